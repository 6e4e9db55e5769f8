//! Everything that can become of a dossier: its markings, and the steps between them.
//!
//! A marking is the state, the state before it where a transition leads back,
//! whether a result exists, how often each limited step was taken, and how one
//! consultation stands. Consultations neither enable nor hinder one another,
//! so they are explored one at a time: what holds for each beside the dossier
//! holds for all together. Guards are left aside, which can only add steps;
//! whether the facts of a state ever let somebody move on is another rule's.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use crate::definition::{
    Act, Beyond, Consultation, ConsultationIdx, Position as _, Procedure, Requirement, RoleIdx,
    SYSTEM, Silence, StateIdx, Target, Term, Transition, TransitionIdx,
};
use crate::id::Id;
use crate::read::Maybe;

/// The most markings that are looked at, beside all consultations together.
pub(crate) const MAX_MARKINGS: usize = 1 << 14;

/// The most limited steps that are counted.
pub(crate) const MAX_COUNTED: usize = 16;

/// How one consultation stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Branch {
    /// The dossier has no consultation, or not this one.
    Absent,
    /// It applies, and the agency was not asked yet.
    Unasked,
    /// The agency was asked and has not answered.
    Open,
    /// The agency let its limit pass, and silence settles nothing.
    Silent,
    /// It answered, or its silence was consent.
    Settled,
}

/// What is remembered of a dossier.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Marking {
    pub(crate) state: StateIdx,
    previous: Option<StateIdx>,
    pub(crate) has_result: bool,
    pub(crate) branch: Branch,
    counts: [u8; MAX_COUNTED],
}

/// By what a dossier goes from one marking to the next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Event {
    /// Somebody takes a transition, or the law does.
    Taken(TransitionIdx),
    /// The agency answers.
    Answered,
    /// The agency's limit passes.
    Lapsed,
}

impl Event {
    /// Returns how a path shows it.
    pub(crate) fn name(self, procedure: &Procedure) -> Option<Id> {
        match self {
            Self::Taken(it) => procedure.transitions().name(it),
            Self::Answered => Some(ANSWERED),
            Self::Lapsed => Some(SILENT),
        }
    }
}

/// One way from a marking to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) event: Event,
    /// True when it needs neither the applicant nor an agency.
    pub(crate) is_own: bool,
}

/// The markings that one dossier with at most one consultation can come to.
#[derive(Debug)]
pub(crate) struct Space {
    pub(crate) consultation: Option<ConsultationIdx>,
    pub(crate) markings: Vec<Marking>,
    // INVARIANT: sorted by `from`.
    pub(crate) arcs: Vec<Arc>,
    /// False when there are more than [`MAX_MARKINGS`], or more limited steps than are counted.
    pub(crate) is_whole: bool,
    // The arc by which a marking was found first.
    entry: Vec<Option<Arc>>,
}

impl Space {
    /// Explores a procedure without consultations, then beside each of them.
    pub(crate) fn all(procedure: &Procedure) -> Vec<Self> {
        let alone = [None].into_iter();
        let beside = procedure.consultations().iter().map(|(at, _, _)| Some(at));
        let steps = Steps::of(procedure);
        let mut left = MAX_MARKINGS;
        let mut explore = |it| {
            let space = Search::of(&steps, it, left).run();
            left = left.saturating_sub(space.markings.len());
            space
        };
        alone.chain(beside).map(&mut explore).collect()
    }

    /// Explores a procedure whose agencies answer.
    pub(crate) fn alone(procedure: &Procedure) -> Self {
        Search::of(&Steps::of(procedure), None, MAX_MARKINGS).run()
    }

    /// Returns the names of the consultation and of the state of a marking.
    pub(crate) fn names(&self, procedure: &Procedure, marking: usize) -> Option<(Id, Id)> {
        let state = self.markings.get(marking)?.state;
        Some((procedure.consultations().name(self.consultation?)?, procedure.states().name(state)?))
    }

    /// Returns the names of what leads to a marking from the filing on.
    pub(crate) fn path_to(&self, procedure: &Procedure, marking: usize) -> Vec<Id> {
        let mut path = Vec::new();
        let mut at = marking;
        while let Some(arc) = self.entry.get(at).copied().flatten() {
            path.extend(arc.event.name(procedure));
            at = arc.from;
        }
        path.extend(procedure.transitions().name(procedure.filing()));
        path.reverse();
        path
    }

    /// Returns the ways on from a marking.
    pub(crate) fn arcs_from(&self, marking: usize) -> &[Arc] {
        let start = self.arcs.partition_point(|it| it.from < marking);
        let end = self.arcs.partition_point(|it| it.from <= marking);
        self.arcs.get(start..end).unwrap_or_default()
    }

    /// Returns for every marking whether a goal can be reached by some of the arcs.
    pub(crate) fn leads_to(
        &self,
        goal: impl Fn(&Marking) -> bool,
        by: impl Fn(&Arc) -> bool,
    ) -> Vec<bool> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.markings.len()];
        for arc in self.arcs.iter().filter(|it| by(it)) {
            into.get_mut(arc.to).into_iter().for_each(|it| it.push(arc.from));
        }
        let mut leads: Vec<bool> = self.markings.iter().map(goal).collect();
        let mut open: Vec<usize> =
            (0..).zip(&leads).filter(|(_, it)| **it).map(|(at, _)| at).collect();
        while let Some(at) = open.pop() {
            for &from in into.get(at).map_or(&[][..], |it| it) {
                if let Some(it @ false) = leads.get_mut(from) {
                    *it = true;
                    open.push(from);
                }
            }
        }
        leads
    }
}

/// How a path shows that an agency answered, and that it let its limit pass.
const ANSWERED: Id = Id::literal("answer");
const SILENT: Id = Id::literal("silence");

/// Returns the transitions that lead on and that may be taken so often only.
pub(crate) fn limited(procedure: &Procedure) -> impl Iterator<Item = (Id, (TransitionIdx, u8))> {
    let steps = procedure.transitions().iter();
    let leads_on = |it: &Transition| it.to() != Target::Same && it.beyond() == Beyond::Refuse;
    let limited = steps.filter(move |(_, _, it)| leads_on(it));
    limited.filter_map(|(at, name, it)| Some((name, (at, it.at_most()?))))
}

/// What is looked up of a procedure again and again.
struct Steps<'p> {
    procedure: &'p Procedure,
    // The transitions that leave each state.
    leaving: Vec<Vec<TransitionIdx>>,
    counted: Vec<(TransitionIdx, u8)>,
    // Whether some transition leads back from a state.
    leads_back: Vec<bool>,
    // Whether the law takes a transition by itself.
    lapses: Vec<bool>,
    // Roles of those outside: they file, and have no desk.
    outside: Vec<RoleIdx>,
}

impl<'p> Steps<'p> {
    fn of(procedure: &'p Procedure) -> Self {
        let mut leaving = vec![Vec::new(); procedure.states().len()];
        let mut leads_back = vec![false; procedure.states().len()];
        for (at, _, transition) in procedure.transitions().iter() {
            for state in transition.from() {
                leaving.get_mut(state.index()).into_iter().for_each(|it: &mut Vec<_>| it.push(at));
                if let (Some(it), Target::Previous) =
                    (leads_back.get_mut(state.index()), transition.to())
                {
                    *it = true;
                }
            }
        }
        let counted = limited(procedure).map(|(_, it)| it).collect();
        let (lapses, outside) = (lapses(procedure), outside(procedure));
        Self { procedure, leaving, counted, leads_back, lapses, outside }
    }
}

/// Returns the roles that may file and have no state on their desk.
fn outside(procedure: &Procedure) -> Vec<RoleIdx> {
    let desks: Vec<RoleIdx> = procedure.states().iter().filter_map(|it| it.2.role()).collect();
    let filing = procedure.transitions().get(procedure.filing());
    let files = filing.map(|it| it.by().collect::<Vec<_>>()).unwrap_or_default();
    files.into_iter().filter(|it| !desks.contains(it)).collect()
}

struct Search<'s> {
    steps: &'s Steps<'s>,
    beside: Option<(ConsultationIdx, &'s Consultation)>,
    // How many markings may be looked at.
    most: usize,
    known: BTreeMap<Marking, usize>,
    space: Space,
}

impl<'s> Search<'s> {
    fn of(steps: &'s Steps<'s>, consultation: Option<ConsultationIdx>, most: usize) -> Self {
        let consultations = steps.procedure.consultations();
        let beside = consultation.and_then(|it| Some((it, consultations.get(it)?)));
        let space = Space {
            consultation,
            markings: Vec::new(),
            arcs: Vec::new(),
            is_whole: steps.counted.len() <= MAX_COUNTED,
            entry: Vec::new(),
        };
        Self { steps, beside, most, known: BTreeMap::new(), space }
    }

    fn run(mut self) -> Space {
        let procedure = self.steps.procedure;
        let filing = procedure.transitions().get(procedure.filing());
        if let Some(Target::State(state)) = filing.map(Transition::to) {
            let branch = if self.beside.is_some() { Branch::Unasked } else { Branch::Absent };
            let counts = [0; MAX_COUNTED];
            let _ =
                self.visit(Marking { state, previous: None, has_result: false, branch, counts });
        }
        let mut next = 0;
        while let Some(&marking) = self.space.markings.get(next) {
            if !procedure.is_end(marking.state) {
                self.expand(next, marking);
            }
            next += 1;
        }
        self.space
    }

    fn expand(&mut self, from: usize, marking: Marking) {
        let steps = self.steps;
        for &at in steps.leaving.get(marking.state.index()).map_or(&[][..], |it| it) {
            let Some(transition) = steps.procedure.transitions().get(at) else { continue };
            if let Some(next) = self.take(marking, at, transition) {
                let is_own = self.happens_alone(at) || self.is_office(at, transition);
                self.arc(from, next, Event::Taken(at), is_own);
            }
        }
        let Some((_, consultation)) = self.beside else { return };
        let settled = Marking { branch: Branch::Settled, ..marking };
        if matches!(marking.branch, Branch::Open | Branch::Silent) {
            self.arc(from, settled, Event::Answered, false);
        }
        let ends = marking.branch == Branch::Open && consultation.limit().known().is_some();
        if ends && !self.is_settled(marking.state) {
            let silent = Marking { branch: Branch::Silent, ..marking };
            let consents = consultation.silence() == Silence::Consent;
            self.arc(from, if consents { settled } else { silent }, Event::Lapsed, true);
        }
    }

    /// A result ends what was asked of other agencies.
    fn is_settled(&self, state: StateIdx) -> bool {
        let state = self.steps.procedure.states().get(state);
        state.is_none_or(|it| it.portal_status().is_settled())
    }

    /// Returns the marking after a transition; none when it cannot be taken.
    fn take(
        &self,
        marking: Marking,
        at: TransitionIdx,
        transition: &Transition,
    ) -> Option<Marking> {
        let is_blocked = |need: &Requirement| match need {
            Requirement::ConsultationsAnswered => {
                !matches!(marking.branch, Branch::Absent | Branch::Settled)
            }
            Requirement::NoResult => marking.has_result,
            _ => false,
        };
        let waits_for_nobody = self.is_systems(transition) && !self.happens_alone(at);
        if waits_for_nobody || transition.needs().iter().any(is_blocked) {
            return None;
        }
        let mut next = marking;
        if let Some(place) = self.steps.counted.iter().position(|(it, _)| *it == at) {
            let (_, limit) = self.steps.counted.get(place)?;
            if let Some(count) = next.counts.get_mut(place) {
                *count = count.checked_add(1).filter(|it| it <= limit)?;
            }
        }
        next.state = match transition.to() {
            Target::State(to) => to,
            Target::Same => marking.state,
            Target::Previous => marking.previous?,
        };
        if next.state != marking.state {
            let leads_back = self.steps.leads_back.get(next.state.index()) == Some(&true);
            next.previous = Some(marking.state).filter(|_| leads_back);
        }
        next.has_result |= transition.act().yields_result();
        if transition.act() == Act::Consult && marking.branch == Branch::Unasked {
            next.branch = Branch::Open;
        }
        Some(next)
    }

    /// Returns true when a term of known length brings the transition by itself.
    fn happens_alone(&self, at: TransitionIdx) -> bool {
        self.steps.lapses.get(at.index()) == Some(&true)
    }

    /// Returns true when only the law could take it, at the end of a term that has no known length.
    ///
    /// A payment is noticed by the system whenever it comes.
    fn is_systems(&self, transition: &Transition) -> bool {
        let is_system = |it| self.steps.procedure.roles().name(it) == Some(SYSTEM);
        transition.act() != Act::Pay && transition.by().all(is_system)
    }

    /// Returns true when the office can take it with nobody outside doing anything.
    fn is_office(&self, at: TransitionIdx, transition: &Transition) -> bool {
        let theirs =
            matches!(transition.act(), Act::Supplement | Act::Withdraw | Act::Pay | Act::Answer);
        let papers = transition.needs().contains(&Requirement::Documents)
            && !self.steps.procedure.documents().is_empty();
        let settled = transition.needs().contains(&Requirement::FeeSettled);
        let charged = self.steps.procedure.fees().iter().any(|(_, _, it)| match it.due_before() {
            Some(before) => before == at,
            None => settled,
        });
        let by_office = transition.by().any(|it| !self.steps.outside.contains(&it));
        by_office && !theirs && !papers && !charged
    }

    fn arc(&mut self, from: usize, to: Marking, event: Event, is_own: bool) {
        let before = self.space.markings.len();
        let Some(to) = self.visit(to) else { return };
        let arc = Arc { from, to, event, is_own };
        if let Some(entry) = self.space.entry.get_mut(to).filter(|_| to == before) {
            *entry = Some(arc);
        }
        self.space.arcs.push(arc);
    }

    fn visit(&mut self, marking: Marking) -> Option<usize> {
        if let Some(&at) = self.known.get(&marking) {
            return Some(at);
        }
        let at = self.space.markings.len();
        if at >= self.most {
            self.space.is_whole = false;
            return None;
        }
        self.known.insert(marking, at);
        self.space.markings.push(marking);
        self.space.entry.push(None);
        Some(at)
    }
}

/// Returns for every transition whether a term of known length, or the parts of a bundle, bring it by themselves.
fn lapses(procedure: &Procedure) -> Vec<bool> {
    let mut lapses = vec![false; procedure.transitions().len()];
    let ends = |it: &Term| {
        let cases = it.cases().iter().map(|it| it.limit());
        cases.chain([it.limit()]).any(|it| matches!(it, Maybe::Known(_)))
    };
    for (_, _, term) in procedure.terms().iter().filter(|it| ends(it.2)) {
        let brought = term.expires().and_then(|it| lapses.get_mut(it.index()));
        brought.into_iter().for_each(|it| *it = true);
    }
    for at in procedure.followed() {
        lapses.get_mut(at.index()).into_iter().for_each(|it| *it = true);
    }
    lapses
}
