//! What every rule is given: both procedures, how their parts pair, how their guards and lengths relate.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::change::{Advantage, Change, Party, Place};
use super::length::{Compared, Counted, Ends, compare};
use super::rules::Rule;
use super::stake::{Stake, binds_applicant, stake};
use crate::calendar::Calendar;
use crate::clock::{Clock, Length};
use crate::definition::fact::Fact;
use crate::definition::guard::{
    Assignment, Exists, Guard, MAX_EVALUATIONS, Relation, Unknown, Want, search,
};
use crate::definition::{
    Activity, Consultation, Document, Fee, LawIdx, Outcome, Part, PartKind, Procedure, Report,
    State, Term, Transition,
};
use crate::id::Id;
use crate::law::Citation;
use crate::read::Maybe;
use crate::simplify::Design;
use crate::simplify::joint::Joint;
use crate::simplify::pairing::Pairing;
use crate::text::{Lang, Text, say};
use crate::witness::Witness;

/// Two versions of one procedure side by side.
#[derive(Debug)]
pub(super) struct Comparison<'p, 'c> {
    pub(super) member: Option<Id>,
    pub(super) before: &'p Procedure,
    pub(super) after: &'p Procedure,
    pub(super) calendar: &'c Calendar,
    pub(super) pairing: Pairing,
    joint: Joint,
    designs: [&'c Design<'p>; 2],
    /// Guards that do not say the same as before.
    pub(super) guards: Vec<Related>,
    /// Lengths that are not those of before.
    pub(super) lengths: Vec<Measured<'p>>,
}

/// A part of the earlier version, and the one that took its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Both<'p, T> {
    pub(super) before: Part,
    pub(super) after: Part,
    pub(super) old: &'p T,
    pub(super) new: &'p T,
}

/// How the guard of a part relates to the one before.
#[derive(Clone, Debug)]
pub(super) struct Related {
    pub(super) before: Part,
    pub(super) after: Part,
    pub(super) relation: Relation,
}

/// Two lengths that one case has, before and after.
#[derive(Clone, Debug)]
pub(super) struct Measured<'p> {
    pub(super) before: Part,
    pub(super) after: Part,
    pub(super) old: &'p Maybe<Length>,
    pub(super) new: &'p Maybe<Length>,
    /// A case that has both; none where too many had to be tried.
    pub(super) case: Option<Assignment>,
    pub(super) law: &'p [LawIdx],
    /// How they compare, where both are known.
    pub(super) compared: Compared,
}

/// Iterates over one kind of parts that were kept or renamed.
macro_rules! both {
    ($($name:ident: $kind:ident => $item:ty),+ $(,)?) => {$(
        pub(super) fn $name(&self) -> impl Iterator<Item = Both<'p, $item>> {
            let (earlier, later) = (self.before, self.after);
            self.pairs(PartKind::$kind).filter_map(move |(before, after)| {
                let (_, old) = earlier.$name().find(before.name())?;
                let (_, new) = later.$name().find(after.name())?;
                Some(Both { before, after, old, new })
            })
        }
    )+};
}

impl<'p, 'c> Comparison<'p, 'c> {
    pub(super) fn new(
        member: Option<Id>,
        (earlier, before): (&'c Design<'p>, &'p Procedure),
        (later, after): (&'c Design<'p>, &'p Procedure),
        calendar: &'c Calendar,
    ) -> Self {
        let pairing = Pairing::between(before, after);
        let joint = Joint::of(before, after, &pairing);
        let designs = [earlier, later];
        let (guards, lengths) = (Vec::new(), Vec::new());
        let mut it =
            Self { member, before, after, calendar, pairing, joint, designs, guards, lengths };
        it.guards = it.relations();
        it.lengths = it.measures();
        it
    }

    both! {
        documents: Document => Document,
        results: Result => Outcome,
        terms: Term => Term,
        consultations: Consultation => Consultation,
        states: State => State,
        transitions: Transition => Transition,
        fees: Fee => Fee,
        activities: Activity => Activity,
        reports: Report => Report,
    }

    /// Returns the parts of a kind that were kept or renamed.
    pub(super) fn pairs(&self, kind: PartKind) -> impl Iterator<Item = (Part, Part)> {
        let pairs: Vec<(Part, Part)> =
            self.pairing.pairs().filter(|(it, _)| it.kind() == kind).collect();
        pairs.into_iter()
    }

    /// Starts a change of a part.
    pub(super) fn of<T>(&self, it: &Both<'p, T>, message: Text) -> Found<'p> {
        self.at(&[it.before], &[it.after], message)
    }

    /// Starts a change of parts; it is for whom they are, and nobody gains or loses yet.
    pub(super) fn at(&self, before: &[Part], after: &[Part], message: Text) -> Found<'p> {
        let (party, law) = match (after, before) {
            ([part, ..], _) => (stake(self.after, part).party, law_of(self.after, part)),
            ([], [part, ..]) => (stake(self.before, part).party, &[][..]),
            ([], []) => (Party::Applicant, &[][..]),
        };
        let place =
            |procedure: &Procedure, it: &Part| Place { part: *it, span: procedure.span_of(it) };
        Found {
            before: before.iter().map(|it| place(self.before, it)).collect(),
            after: after.iter().map(|it| place(self.after, it)).collect(),
            message,
            party,
            advantage: Advantage::Neither,
            witness: None,
            law: self.after.cited(law).collect(),
        }
    }

    /// Starts a change of the procedure as a whole.
    pub(super) fn whole(&self, message: Text) -> Found<'p> {
        Found { law: self.after.law().collect(), ..self.at(&[], &[], message) }
    }

    /// Says whom a part of the later version is for.
    pub(super) fn stake(&self, part: &Part) -> Stake<'p> {
        stake(self.after, part)
    }

    /// Returns true when the applicant himself brings a document, before and after.
    pub(super) fn asks(&self, it: &Both<'p, Document>) -> (bool, bool) {
        let [before, after] = self.designs;
        (before.asks(self.member, it.before.name()), after.asks(self.member, it.after.name()))
    }

    /// Returns what is referred to only before, and only after.
    pub(super) fn apart(
        &self,
        kind: PartKind,
        before: impl IntoIterator<Item = Id>,
        after: impl IntoIterator<Item = Id>,
    ) -> Apart {
        let before: BTreeSet<Id> = before.into_iter().collect();
        let after: BTreeSet<Id> = after.into_iter().collect();
        let old = |it: &Id| self.pairing.place_before(&Part::new(kind, *it));
        let new = |it: &Id| self.pairing.place_after(&Part::new(kind, *it));
        let (olds, news): (Vec<_>, Vec<_>) =
            (before.iter().map(old).collect(), after.iter().map(new).collect());
        Apart {
            gone: before.into_iter().filter(|it| !news.contains(&old(it))).collect(),
            come: after.into_iter().filter(|it| !olds.contains(&new(it))).collect(),
        }
    }

    /// Returns facts that were kept or renamed.
    pub(super) fn facts(&self) -> impl Iterator<Item = Both<'p, Fact>> {
        let (earlier, later) = (self.before.facts(), self.after.facts());
        self.pairs(PartKind::Fact).filter_map(move |(before, after)| {
            let old = earlier.fact(earlier.position(before.name())?)?;
            let new = later.fact(later.position(after.name())?)?;
            Some(Both { before, after, old, new })
        })
    }

    /// Returns who gains when parts come.
    pub(super) fn more(&self, parts: &[Part]) -> Advantage {
        parts.first().map_or(Advantage::Neither, |it| stake(self.after, it).more)
    }

    /// Returns who gains when parts of the earlier version go.
    pub(super) fn fewer(&self, parts: &[Part]) -> Advantage {
        parts.first().map_or(Advantage::Neither, |it| stake(self.before, it).more.reversed())
    }

    /// Returns what it is to the one concerned that a limit ends later.
    pub(super) fn of_longer(&self, part: &Part) -> Advantage {
        let term = self.after.terms().find(part.name()).filter(|_| part.kind() == PartKind::Term);
        match term {
            Some((_, it)) if !binds_applicant(self.after, it) => Advantage::Loses,
            _ => Advantage::Gains,
        }
    }

    /// Compares two lengths by the readings of the whole procedure.
    pub(super) fn compare_plain(&self, before: Length, after: Length) -> Compared {
        let counted = |procedure: &Procedure, length| {
            let policies = procedure.policies().or(self.calendar.policies());
            Counted { length, policies, cut_off: Clock::CUT_OFF }
        };
        let (old, new) = (counted(self.before, before), counted(self.after, after));
        compare(&old, &new, self.calendar, *self.after.effective())
    }

    /// Starts a change of a limit, with the day and the case that show it.
    pub(super) fn measured(&self, it: &Measured<'p>, how: &Text, ends: Ends) -> Found<'p> {
        let told = |it: &Maybe<Length>| it.known().map_or(String::new(), |it| format!("`{it}`"));
        let (old, new, at) = (told(it.old), told(it.new), it.after);
        let (is, was) = (ends.after.date_naive(), ends.before.date_naive());
        let message = if it.old == it.new {
            say!(
                lang,
                "`{at}` vẫn là {new} nhưng kết thúc {}: ngày {is}, không phải ngày {was}",
                "`{at}` is {new} as before and ends {}: on {is}, not on {was}",
                how.get(lang)
            )
        } else {
            say!(
                lang,
                "`{at}` là {new} thay cho {old}, tức là {}: kết thúc ngày {is}, không phải ngày {was}",
                "`{at}` is {new} instead of {old}, which is {}: it ends on {is}, not on {was}",
                how.get(lang)
            )
        };
        let facts = it.case.as_ref().map(|it| it.named(self.joint.facts())).unwrap_or_default();
        let witness = Witness::facts(facts).on(ends.from.date_naive());
        let found = self.at(&[it.before], &[it.after], message).witness(witness);
        found.on(self.after.cited(it.law).collect())
    }

    /// Writes a case for people.
    pub(super) fn witness(&self, case: &Assignment) -> Witness {
        Witness::facts(case.named(self.joint.facts()))
    }

    pub(super) const fn joint(&self) -> &Joint {
        &self.joint
    }

    fn relations(&self) -> Vec<Related> {
        let pairs = self.pairing.pairs().filter_map(|(before, after)| {
            let (old, new) = (when(self.before, &before), when(self.after, &after));
            let relation = self.joint.relation(old, new);
            (relation != Relation::Equivalent).then_some(Related { before, after, relation })
        });
        pairs.collect()
    }
}

/// What is referred to only before, and only after.
#[derive(Clone, Debug)]
pub(super) struct Apart {
    pub(super) gone: Vec<Id>,
    pub(super) come: Vec<Id>,
}

impl Apart {
    /// Returns who gains, where one more of them is that good.
    pub(super) const fn advantage(&self, more: Advantage) -> Advantage {
        more.by_change(!self.come.is_empty(), !self.gone.is_empty())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.come.is_empty()
    }

    /// Writes what is referred to now, and what no longer.
    pub(super) fn told(&self, lang: Lang) -> String {
        now_and_no_longer(&self.come, &self.gone, lang)
    }
}

/// Writes what is there now, and what no longer is.
pub(super) fn now_and_no_longer<T: fmt::Display>(come: &[T], gone: &[T], lang: Lang) -> String {
    let list = |all: &[T], what: &str| {
        let all: Vec<String> = all.iter().map(|it| format!("`{it}`")).collect();
        (!all.is_empty()).then(|| format!("{what} {}", all.join(", ")))
    };
    let come = list(come, lang.pick("nay có", "now"));
    let gone = list(gone, lang.pick("không còn", "no longer"));
    come.into_iter().chain(gone).collect::<Vec<_>>().join(", ")
}

/// A change before it is known which rule found it.
#[derive(Clone, Debug)]
pub(super) struct Found<'p> {
    pub(super) before: Vec<Place>,
    pub(super) after: Vec<Place>,
    pub(super) message: Text,
    pub(super) party: Party<'p>,
    pub(super) advantage: Advantage,
    pub(super) witness: Option<Witness>,
    pub(super) law: Vec<&'p Citation>,
}

impl<'p> Found<'p> {
    /// Starts a change that has no part, for the applicant.
    pub(super) fn plain(message: Text) -> Self {
        Self {
            before: Vec::new(),
            after: Vec::new(),
            message,
            party: Party::Applicant,
            advantage: Advantage::Neither,
            witness: None,
            law: Vec::new(),
        }
    }

    /// Says for whom it is.
    pub(super) fn party(self, party: Party<'p>) -> Self {
        Self { party, ..self }
    }

    /// Says whether that one gains or loses.
    pub(super) fn advantage(self, advantage: Advantage) -> Self {
        Self { advantage, ..self }
    }

    /// Adds the case that shows it.
    pub(super) fn witness(self, witness: Witness) -> Self {
        Self { witness: Some(witness), ..self }
    }

    /// Puts another legal basis in the place of the part's.
    pub(super) fn on(self, law: Vec<&'p Citation>) -> Self {
        Self { law, ..self }
    }

    pub(super) fn by(self, rule: &'static Rule, member: Option<Id>) -> Change<'p> {
        let Self { before, after, message, party, advantage, witness, law } = self;
        Change { rule, member, before, after, message, party, advantage, witness, law }
    }
}

/// Lengths.
impl<'p> Comparison<'p, '_> {
    fn measures(&self) -> Vec<Measured<'p>> {
        let mut found = Vec::new();
        self.terms().for_each(|it| self.measure_term(&it, &mut found));
        for it in self.consultations() {
            let sides = (it.before, it.after);
            found.extend(self.measure(sides, it.old.limit(), it.new.limit(), it.new.law(), None));
        }
        found
    }

    /// Pairs the lengths that one case can have before and after.
    fn measure_term(&self, it: &Both<'p, Term>, found: &mut Vec<Measured<'p>>) {
        let (old, new) = (branches(it.old), branches(it.new));
        for (at, (was, _)) in old.iter().enumerate() {
            for (place, (is, law)) in new.iter().enumerate() {
                let counts = |it: &Measured<'_>| (it.old, it.new) == (*was, *is);
                let own = |known: &Measured<'_>| known.after == it.after && counts(known);
                if self.counts_alike(it, was, is) || found.iter().any(own) {
                    continue;
                }
                let case = match self.meet(it, at, place) {
                    Exists::Nowhere => continue,
                    Exists::In(case) => Some(case),
                    Exists::Entangled(_) => None,
                };
                found.extend(self.measure((it.before, it.after), was, is, law, case));
            }
        }
    }

    fn counts_alike(&self, it: &Both<'p, Term>, old: &Maybe<Length>, new: &Maybe<Length>) -> bool {
        let known = |it: &Maybe<Length>| it.known().copied();
        known(old) == known(new) && self.counting(it.old, it.new).is_none()
    }

    /// Returns how two terms are counted, where that differs: readings and cut-off.
    pub(super) fn counting(&self, old: &Term, new: &Term) -> Option<[String; 2]> {
        let told = |procedure: &Procedure, it: &Term| {
            let policies = it.policies().or(*procedure.policies());
            let readings = policies.iter().map(|(name, reading)| format!("{name} = {reading}"));
            let cut_off = it.cut_off().unwrap_or(Clock::CUT_OFF);
            readings.chain([format!("cut-off = {cut_off}")]).collect::<Vec<_>>()
        };
        let (old, new) = (told(self.before, old), told(self.after, new));
        let only = |own: &[String], other: &[String]| {
            own.iter().filter(|it| !other.contains(it)).cloned().collect::<Vec<_>>().join(", ")
        };
        (old != new).then(|| [only(&old, &new), only(&new, &old)])
    }

    /// Finds a case that has one length before and another after.
    fn meet(&self, it: &Both<'p, Term>, old: usize, new: usize) -> Exists {
        let mut guards: Vec<(Guard, Want)> = Vec::new();
        let runs = it.old.when().map(|it| (self.joint.guard_before(it), Want::Holds));
        guards.extend(runs);
        guards.extend(it.new.when().map(|it| (self.joint.guard_after(it), Want::Holds)));
        let wanted = |at: usize, chosen: usize| {
            (at <= chosen).then_some(if at == chosen { Want::Holds } else { Want::Fails })
        };
        for (at, case) in it.old.cases().iter().enumerate() {
            guards.extend(wanted(at, old).map(|want| (self.joint.guard_before(case.when()), want)));
        }
        for (at, case) in it.new.cases().iter().enumerate() {
            guards.extend(wanted(at, new).map(|want| (self.joint.guard_after(case.when()), want)));
        }
        let wanted: Vec<(&Guard, Want)> = guards.iter().map(|(it, want)| (it, *want)).collect();
        search(&wanted, self.joint.facts(), Unknown::AskedFor, &mut { MAX_EVALUATIONS })
    }

    fn measure(
        &self,
        (before, after): (Part, Part),
        old: &'p Maybe<Length>,
        new: &'p Maybe<Length>,
        law: &'p [LawIdx],
        case: Option<Assignment>,
    ) -> Option<Measured<'p>> {
        let counted = |procedure: &Procedure, part: &Part, it: &Maybe<Length>| {
            let term = procedure.terms().find(part.name()).map(|(_, it)| it);
            let term = term.filter(|_| part.kind() == PartKind::Term);
            let own = term.map(|it| *it.policies()).unwrap_or_default();
            let policies = own.or(procedure.policies().or(self.calendar.policies()));
            let cut_off = term.and_then(Term::cut_off).unwrap_or(Clock::CUT_OFF);
            Some(Counted { length: *it.known()?, policies, cut_off })
        };
        let was = counted(self.before, &before, old);
        let is = counted(self.after, &after, new);
        let compared = match (was, is) {
            (None, None) => return None,
            (Some(was), Some(is)) if was == is => return None,
            (Some(was), Some(is)) => compare(&was, &is, self.calendar, *self.after.effective()),
            _ => Compared::default(),
        };
        Some(Measured { before, after, old, new, case, law, compared })
    }
}

/// Returns the lengths of a term in the order in which they are tried, each with its law.
fn branches<'p>(term: &'p Term) -> Vec<(&'p Maybe<Length>, &'p [LawIdx])> {
    let law = |own: &'p [LawIdx]| if own.is_empty() { term.law() } else { own };
    let cases = term.cases().iter().map(|it| (it.limit(), law(it.law())));
    cases.chain([(term.limit(), term.law())]).collect()
}

/// Returns the condition of a part.
fn when<'p>(procedure: &'p Procedure, part: &Part) -> Option<&'p Guard> {
    let name = part.name();
    match part.kind() {
        PartKind::Document => procedure.documents().find(name)?.1.when(),
        PartKind::Term => procedure.terms().find(name)?.1.when(),
        PartKind::Consultation => procedure.consultations().find(name)?.1.when(),
        PartKind::Transition => procedure.transitions().find(name)?.1.when(),
        PartKind::Fee => procedure.fees().find(name)?.1.when(),
        PartKind::Activity => procedure.activities().find(name)?.1.when(),
        PartKind::Report => procedure.reports().find(name)?.1.when(),
        _ => None,
    }
}

/// Returns the legal basis of a part, as positions of its procedure.
pub(super) fn law_of<'p>(procedure: &'p Procedure, part: &Part) -> &'p [LawIdx] {
    let name = part.name();
    let law = match part.kind() {
        PartKind::Database => procedure.databases().find(name).map(|(_, it)| it.law()),
        PartKind::Document => procedure.documents().find(name).map(|(_, it)| it.law()),
        PartKind::Result => procedure.results().find(name).map(|(_, it)| it.law()),
        PartKind::Term => procedure.terms().find(name).map(|(_, it)| it.law()),
        PartKind::Consultation => procedure.consultations().find(name).map(|(_, it)| it.law()),
        PartKind::State => procedure.states().find(name).map(|(_, it)| it.law()),
        PartKind::Transition => procedure.transitions().find(name).map(|(_, it)| it.law()),
        PartKind::Fee => procedure.fees().find(name).map(|(_, it)| it.law()),
        PartKind::Activity => procedure.activities().find(name).map(|(_, it)| it.law()),
        PartKind::Report => procedure.reports().find(name).map(|(_, it)| it.law()),
        _ => None,
    };
    law.unwrap_or_default()
}
