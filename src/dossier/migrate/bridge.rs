//! Two versions side by side: what a state of the one is in the other, and what stands between them.

use alloc::vec::Vec;

use super::demand::{self, Demand};
use super::flow::{Behind, Flow};
use super::plan::{Passage, Stage};
use crate::clock::Length;
use crate::definition::fact::Domain;
use crate::definition::guard::Guard;
use crate::definition::{
    Act, Carriage, Migration, Procedure, State, StateIdx, Target, Term, TermIdx,
};
use crate::dossier::rejection::{Cause, Reason, Thing};
use crate::id::Id;
use crate::read::Maybe;

/// How many states are proposed for a mapping.
const CANDIDATES: usize = 3;

/// Both versions with the ways through them, and the rule of the later one.
#[derive(Debug)]
pub(super) struct Bridge<'p> {
    pub(super) old: Flow<'p>,
    pub(super) new: Flow<'p>,
    pub(super) rule: Option<(Id, &'p Migration)>,
}

/// A live state of the earlier version, and where its dossiers arrive.
pub(super) struct Crossing<'b, 'p> {
    pub(super) bridge: &'b Bridge<'p>,
    pub(super) behind: &'b Behind,
    pub(super) to: Option<StateIdx>,
}

impl<'p> Bridge<'p> {
    pub(super) fn between(old: &'p Procedure, new: &'p Procedure) -> Self {
        let mut rules = new.migrations().iter();
        let rule = rules.find(|(_, _, it)| it.is_about(old.version()));
        let rule = rule.map(|(_, name, it)| (name, it));
        Self { old: Flow::of(old), new: Flow::of(new), rule }
    }

    pub(super) fn stages(&self) -> Vec<Stage> {
        let states = self.old.procedure.states().iter();
        let live = states.filter(|(_, _, it)| !it.portal_status().is_terminal());
        live.filter_map(|(at, name, state)| self.stage(at, name, state)).collect()
    }

    fn stage(&self, at: StateIdx, name: Id, state: &State) -> Option<Stage> {
        let crossing = self.crossing(at, &name)?;
        let is_mapped = self.mapped(&name).is_some();
        let mut reasons = self.meaning(at, &name);
        let mut provisos = Vec::new();
        crossing.weigh(&mut reasons, &mut provisos);
        let accepts =
            |act| self.old.steps(&crossing.behind.always).any(|(_, _, it)| it.act() == act);
        let needs_mapping = Passage::of(&reasons) == Passage::NeedsMapping;
        Some(Stage {
            state: name,
            to: crossing.to.and_then(|it| self.new.procedure.states().name(it)),
            is_mapped,
            is_accepted: accepts(Act::Accept),
            reasons,
            provisos,
            candidates: if needs_mapping { self.candidates(at, state) } else { Vec::new() },
        })
    }

    /// Returns what lies between a state of the earlier version and where its dossiers arrive.
    pub(super) fn crossing(&self, at: StateIdx, name: &Id) -> Option<Crossing<'_, 'p>> {
        Some(Crossing { bridge: self, behind: self.old.behind(at)?, to: self.arrives_in(name) })
    }

    /// Returns the state to which the migration maps one of the earlier version.
    pub(super) fn mapped(&self, state: &Id) -> Option<StateIdx> {
        self.rule.and_then(|(_, it)| it.state(state))
    }

    /// Returns the state in which dossiers of one of the earlier version arrive.
    pub(super) fn arrives_in(&self, state: &Id) -> Option<StateIdx> {
        let same = || self.new.procedure.states().find(state).map(|(it, _)| it);
        self.mapped(state).or_else(same)
    }

    /// Compares what a state means in the two versions, unless the migration says it.
    pub(super) fn meaning(&self, at: StateIdx, name: &Id) -> Vec<Reason> {
        if let Some((_, rule)) = self.rule.filter(|(_, it)| it.forbids(name)) {
            let why = Thing::Told(rule.reason().clone());
            let reason = Reason::new(Cause::MigrationForbidden).about(*name).found(why);
            return Vec::from([reason.on(rule.law())]);
        }
        if self.mapped(name).is_some() {
            return Vec::new();
        }
        let Some((to, new)) = self.new.procedure.states().find(name) else {
            return Vec::from([Reason::new(Cause::StateNotInVersion).about(*name)]);
        };
        let Some(old) = self.old.procedure.states().get(at) else { return Vec::new() };
        let mut reasons = Vec::new();
        if old.portal_status() != new.portal_status() {
            let status = |it: &State| Thing::Number(it.portal_status().code().into());
            let reason = Reason::new(Cause::StatusChanged).about(*name);
            reasons.push(reason.needed(status(old)).found(status(new)).on(new.law()));
        }
        if old.waits_for() != new.waits_for() {
            let whom = |it: &State| match it.waits_for() {
                Some(whom) => Thing::word(whom.as_str(), |lang| whom.label(lang)),
                None => Thing::word("nobody", |lang| lang.pick("không chờ ai", "nobody")),
            };
            let reason = Reason::new(Cause::WaitsForAnother).about(*name);
            reasons.push(reason.needed(whom(old)).found(whom(new)).on(new.law()));
        }
        reasons.extend(self.lost_acts(at, to).into_iter().map(|act| {
            let act = Thing::word(act.as_str(), |it| act.label(it));
            Reason::new(Cause::ActLost).about(*name).needed(act)
        }));
        reasons
    }

    /// Returns the acts that could follow, now or later, and no longer can.
    ///
    /// Internal steps may be arranged otherwise, as long as they lead to the same acts.
    fn lost_acts(&self, old: StateIdx, new: StateIdx) -> Vec<Act> {
        let now: Vec<Act> = self.new.next(new).collect();
        let later: Vec<Act> = self.new.ahead(new).collect();
        let direct = self.old.next(old).filter(|it| *it != Act::Plain && !now.contains(it));
        let distant = self.old.ahead(old).filter(|it| *it != Act::Plain && !later.contains(it));
        let mut lost: Vec<Act> = direct.chain(distant).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Returns open states of the later version that mean the same, those with most acts in common first.
    fn candidates(&self, at: StateIdx, old: &State) -> Vec<Id> {
        let like = |it: &State| {
            (it.portal_status(), it.waits_for()) == (old.portal_status(), old.waits_for())
        };
        let acts: Vec<Act> = self.old.next(at).collect();
        let shared = |to| self.new.next(to).filter(|it| acts.contains(it)).count();
        let states = self.new.procedure.states().iter();
        let alike = states.filter(|(to, _, it)| like(it) && self.new.behind(*to).is_some());
        let mut alike: Vec<(usize, Id)> = alike.map(|(to, name, _)| (shared(to), name)).collect();
        alike.sort_by_key(|(shared, _)| core::cmp::Reverse(*shared));
        alike.into_iter().take(CANDIDATES).map(|(_, name)| name).collect()
    }

    /// Returns true when a term may run in some live state of the earlier version.
    pub(super) fn may_run(&self, at: TermIdx) -> bool {
        let states = self.old.procedure.states().iter();
        let live = states.filter(|(_, _, it)| !it.portal_status().is_settled());
        live.filter_map(|(state, _, _)| self.old.behind(state)).any(|it| it.may_run.contains(at))
    }

    /// Returns what becomes of a term; none when the later version does not know it.
    pub(super) fn carriage(&self, term: &Id) -> Option<Carriage> {
        let said = self.rule.and_then(|(_, it)| it.carriage(term));
        let known = self.new.procedure.terms().find(term).is_some();
        match said {
            Some(Carriage::Stop | Carriage::Start) => said,
            _ if !known => None,
            Some(said) => Some(said),
            None => Some(Carriage::Keep),
        }
    }

    /// Returns true when two terms are measured by the same rule.
    pub(super) fn is_same_rule(&self, old: &Term, new: &Term) -> bool {
        let readings = |procedure: &Procedure, it: &Term| it.policies().or(*procedure.policies());
        old.limit() == new.limit()
            && old.when().map(Guard::as_str) == new.when().map(Guard::as_str)
            && cases(old) == cases(new)
            && old.cut_off() == new.cut_off()
            && readings(self.old.procedure, old) == readings(self.new.procedure, new)
    }

    /// Returns the facts whose values may not fit the later version.
    pub(super) fn narrowed(&self) -> impl Iterator<Item = (Id, &Domain)> {
        let facts = self.old.procedure.facts().iter();
        facts.filter_map(|(_, old)| {
            let later = self.new.procedure.facts();
            let new = later.position(&old.id()).and_then(|it| later.fact(it))?;
            (!new.domain().covers(old.domain())).then_some((old.id(), new.domain()))
        })
    }

    /// Returns true when a step that was taken must be known to the later version: it is counted, or who took it is excluded.
    pub(super) fn matters(&self, step: &Id) -> bool {
        let transitions = self.old.procedure.transitions();
        let Some((at, it)) = transitions.find(step) else { return false };
        let excludes = transitions.iter().any(|(_, _, other)| other.not_by_who_did().contains(&at));
        let is_known = self.new.procedure.transitions().find(step).is_some()
            || self.rule.is_some_and(|(_, it)| it.transition(step).is_some());
        let mut later = self.new.procedure.transitions().iter();
        let fresh = |name: &Id| transitions.find(name).is_none();
        (it.at_most().is_some() || excludes)
            && !is_known
            && later.any(|(_, name, new)| new.act() == it.act() && fresh(&name))
    }

    /// Returns true when a fee of the earlier version has no place in the later one.
    pub(super) fn loses_fee(&self, fee: &Id) -> bool {
        self.new.procedure.fees().find(fee).is_none()
            && self.rule.is_none_or(|(_, it)| it.fee(fee).is_none())
    }
}

fn cases(term: &Term) -> Vec<(&str, &Maybe<Length>)> {
    term.cases().iter().map(|it| (it.when().as_str(), it.limit())).collect()
}

impl<'p> Crossing<'_, 'p> {
    /// Adds what stands in the way of every dossier, and what may stand in the way of some.
    fn weigh(&self, reasons: &mut Vec<Reason>, provisos: &mut Vec<Reason>) {
        let (old, new) = (&self.bridge.old, &self.bridge.new);
        let result = Reason::new(Cause::ResultExists);
        if self.behind.is_decided {
            // Nothing else matters to what is decided.
            *reasons = Vec::from([result]);
            return;
        }
        if old.steps(&self.behind.maybe).any(|(_, _, it)| it.act().yields_result()) {
            provisos.push(result);
        }
        for (at, name, term) in old.procedure.terms().iter() {
            if self.bridge.carriage(&name).is_some() || !self.behind.may_run.contains(at) {
                continue;
            }
            let always = self.behind.runs.contains(at);
            let reason = Reason::new(Cause::TermNotInVersion).about(name);
            push(always, reason.needed(limit(term)), reasons, provisos);
        }
        for (name, term) in self.unstarted() {
            let ran =
                old.procedure.terms().find(&name).is_some_and(|(at, _)| self.may_have_run(at));
            let reason = Reason::new(Cause::TermNotStarted).about(name).on(term.law());
            push(!ran, reason.needed(limit(term)), reasons, provisos);
        }
        if old.steps(&self.behind.maybe).any(|(_, _, it)| it.act() == Act::Consult) {
            let asked = old.procedure.consultations().iter();
            let lost = asked.filter(|(_, it, _)| new.procedure.consultations().find(it).is_none());
            let reason = |it| Reason::new(Cause::ConsultationNotInVersion).about(it);
            provisos.extend(lost.map(|(_, it, _)| reason(it)));
        }
        for (fact, domain) in self.bridge.narrowed() {
            let needed = Thing::Text(domain.expected().into());
            provisos.push(Reason::new(Cause::IllTypedFact).about(fact).needed(needed));
        }
        for (at, name, _) in old.steps(&self.behind.maybe) {
            if self.bridge.matters(&name) {
                let reason = Reason::new(Cause::StepNotInVersion).about(name);
                push(self.behind.always.contains(at), reason, reasons, provisos);
            }
        }
        let fees = old.procedure.fees().iter().filter(|(_, it, _)| self.bridge.loses_fee(it));
        provisos.extend(fees.map(|(_, it, _)| Reason::new(Cause::FeeNotInVersion).about(it)));
        for demand in self.demands() {
            let (always, more) = demand.foresee(old.procedure, new.procedure);
            more.into_iter().for_each(|it| push(always, it, reasons, provisos));
        }
    }

    fn may_have_run(&self, at: TermIdx) -> bool {
        let mut steps = self.bridge.old.steps(&self.behind.maybe);
        steps.any(|(_, _, it)| it.starts.contains(&at))
    }

    /// Returns the terms that run where a dossier arrives and that nothing has started or is to start.
    pub(super) fn unstarted(&self) -> impl Iterator<Item = (Id, &'p Term)> {
        let new = &self.bridge.new;
        let behind = self.to.and_then(|it| new.behind(it));
        let runs = behind.map(|it| it.runs.clone()).unwrap_or_default();
        let terms = new.procedure.terms().iter().filter(move |(at, _, _)| runs.contains(*at));
        let starts = |it: &Id| self.bridge.carriage(it) == Some(Carriage::Start);
        let ran = |name: &Id| {
            let old = self.bridge.old.procedure.terms().find(name);
            old.is_some_and(|(at, _)| self.always_ran(at))
        };
        terms.filter(move |(_, it, _)| !starts(it) && !ran(it)).map(|(_, name, it)| (name, it))
    }

    /// Returns true when a term was started in every dossier that comes this way.
    fn always_ran(&self, at: TermIdx) -> bool {
        let term = self.bridge.old.procedure.terms().get(at);
        let mut steps = self.bridge.old.steps(&self.behind.always);
        term.is_some_and(|it| it.when().is_none())
            && steps.any(|(_, _, it)| it.starts.contains(&at))
    }

    /// Returns what the later version asked for before this state, and the earlier one did not.
    pub(super) fn demands(&self) -> Vec<Demand> {
        let (old, new) = (&self.bridge.old, &self.bridge.new);
        let Some(behind) = self.to.and_then(|it| new.behind(it)) else { return Vec::new() };
        let met = demand::of(old.procedure, old.steps(&self.behind.always));
        let mut demands = demand::of(new.procedure, new.steps(&behind.always));
        demands.retain(|it| !met.iter().any(|met| met.is_like(it)));
        demands
    }

    /// Returns true when a step of the later version goes back from where a dossier arrives.
    pub(super) fn goes_back(&self) -> bool {
        let Some(to) = self.to else { return false };
        let mut leaving = self.bridge.new.procedure.leaving(to);
        leaving.any(|(_, _, it)| it.to() == Target::Previous)
    }
}

fn push(always: bool, reason: Reason, reasons: &mut Vec<Reason>, provisos: &mut Vec<Reason>) {
    let list = if always { reasons } else { provisos };
    if !list.contains(&reason) {
        list.push(reason);
    }
}

fn limit(term: &Term) -> Thing {
    let known = term.limit().known();
    known.map_or(Thing::Unknown, |it| Thing::Text(alloc::format!("{it}").into()))
}
