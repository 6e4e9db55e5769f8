//! Ways on for cases that no dossier was: facts are drawn independently, and some meet for the first time.
//!
//! A scenario must say what happens in every state that a case may come to.
//! Where the log does not, the commonest step goes on, and a step that was never
//! taken is taken at once; both are marked as assumed.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::estimates::{Chance, Estimates, StepEstimate};
use super::routing::Count;
use super::shares::Shares;
use super::steps::TimeKind;
use super::way::{Known, only_lapses, outlook};
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::Truth;
use crate::definition::{
    Act, Channel, Procedure, StateIdx, Target, Transition, TransitionIdx, Waiting,
};
use crate::id::Id;
use crate::simulate::Basis;

/// The most combinations of facts that are gone through.
const MOST: usize = 2_048;

/// Sees to it that every case goes on in every state, the given ones being those that were seen.
pub(super) fn settle(procedure: &Procedure, seen: BTreeSet<StateIdx>, estimates: &mut Estimates) {
    let cases = cases(procedure, estimates);
    super::answers::assume(procedure, &cases, &mut estimates.answers);
    let mut settling = Settling { procedure, states: seen, estimates, round: 0 };
    for round in 0..12 {
        settling.round = round;
        let mut changed = false;
        for state in settling.states.clone() {
            for (channel, facts) in &cases {
                changed |= settling.go_on(state, *channel, facts);
            }
        }
        if !changed {
            break;
        }
    }
    for step in &mut estimates.steps {
        spell_out(procedure, step);
    }
}

/// Names the states in which a step is taken where their shares differ.
fn spell_out(procedure: &Procedure, step: &mut StepEstimate) {
    let Some((_, transition)) = procedure.transitions().find(&step.step) else { return };
    let all = transition.from().filter_map(|it| procedure.states().name(it));
    let own: Vec<Id> =
        all.filter(|it| step.states.is_empty() || step.states.contains(it)).collect();
    // What is certain in a state is so every time.
    for state in own.iter().filter(|it| step.share.in_state(it).is_none()) {
        step.again.set(*state, None);
    }
    step.share.spell_out(own.iter().copied());
    step.again.spell_out(own);
}

/// Returns every combination of channel and facts that may be drawn, or become so.
fn cases(procedure: &Procedure, estimates: &Estimates) -> Vec<(Option<Channel>, Known)> {
    let channels = estimates.channels.iter().map(|it| Some(it.0));
    let first = || procedure.channels().first().copied();
    let mut cases: Vec<(Option<Channel>, Known)> = channels.map(|it| (it, Known::new())).collect();
    if cases.is_empty() {
        cases.push((first(), Known::new()));
    }
    for shares in estimates.facts.iter().filter(|it| it.decides) {
        let Some(fact) = procedure.facts().position(&shares.fact) else { continue };
        let mut values: BTreeSet<Value> = shares.values.iter().map(|it| it.0).collect();
        let set = estimates.steps.iter().flat_map(|it| &it.sets);
        values.extend(set.filter(|it| it.0 == shares.fact).map(|it| it.1));
        if cases.len().saturating_mul(values.len()) > MOST {
            continue;
        }
        cases =
            cases.iter().flat_map(|it| values.iter().map(|value| with(it, fact, *value))).collect();
    }
    cases
}

fn with(case: &(Option<Channel>, Known), fact: FactIdx, value: Value) -> (Option<Channel>, Known) {
    let mut case = case.clone();
    case.1.insert(fact, value);
    case
}

struct Settling<'s, 'e> {
    procedure: &'s Procedure,
    states: BTreeSet<StateIdx>,
    estimates: &'e mut Estimates,
    /// How often every case was gone through.
    round: usize,
}

impl Settling<'_, '_> {
    /// Lets one case go on in one state; false when it does already.
    fn go_on(&mut self, state: StateIdx, channel: Option<Channel>, facts: &Known) -> bool {
        if self.procedure.is_end(state) {
            return false;
        }
        let may = self.possible(state, channel, facts);
        let exits: Vec<usize> = (0..self.estimates.steps.len())
            .filter(|at| {
                self.estimates.steps.get(*at).is_some_and(|it| {
                    may.iter().any(|(_, name)| *name == it.step) && self.is_in(it, state)
                })
            })
            .collect();
        let waits = self.may_wait(state);
        let Some(name) = self.procedure.states().name(state) else { return false };
        if self.sum(&exits, &name) > 10_000 {
            return self.cut(&exits, name);
        }
        match exits.as_slice() {
            [] if waits => false,
            [] => self.open(state, &may),
            some => self.one_rest(some, name, waits),
        }
    }

    /// Returns the steps that leave a state for a case.
    fn possible(
        &self,
        state: StateIdx,
        channel: Option<Channel>,
        facts: &Known,
    ) -> Vec<(TransitionIdx, Id)> {
        let leaving = self.procedure.leaving(state);
        let possible = leaving.filter(|(at, _, it)| {
            it.to() != Target::Same
                && !only_lapses(self.procedure, *at)
                && outlook(self.procedure, it, channel, facts) == Truth::Yes
        });
        possible.map(|(at, name, _)| (at, name)).collect()
    }

    fn is_in(&self, step: &StepEstimate, state: StateIdx) -> bool {
        let name = self.procedure.states().name(state);
        step.states.is_empty() || name.is_some_and(|it| step.states.contains(&it))
    }

    /// Returns true where a case may wait for the applicant, or for the end of a term.
    fn may_wait(&self, state: StateIdx) -> bool {
        let waits_for = self.procedure.states().get(state).and_then(|it| it.waits_for());
        let mut terms = self.procedure.terms().iter().filter_map(|(_, _, it)| it.expires());
        waits_for == Some(Waiting::Applicant)
            || terms.any(|it| {
                self.procedure.transitions().get(it).is_some_and(|it| it.from.contains(state))
            })
    }

    /// Leaves exactly one exit of a state without a share.
    fn one_rest(&mut self, exits: &[usize], state: Id, waits: bool) -> bool {
        let times = |it: &Self, at: usize| it.estimates.steps.get(at).map_or(0, |it| it.times);
        let is_rest = |it: &Self, at: usize| {
            it.estimates.steps.get(at).is_some_and(|it| it.share.in_state(&state).is_none())
        };
        let rests: Vec<usize> = exits.iter().copied().filter(|at| is_rest(self, *at)).collect();
        let most = |it: &Self, some: &[usize]| some.iter().copied().max_by_key(|at| times(it, *at));
        match rests.as_slice() {
            [_] => false,
            [] => {
                let short = 10_000_u32.saturating_sub(self.sum(exits, &state));
                let Some(most) = most(self, exits).filter(|_| short > 0 && !waits) else {
                    return false;
                };
                if let Some(it) = self.estimates.steps.get_mut(most) {
                    it.assumed = true;
                    // A share that makes it whole is one in every case.
                    let mut share = it.share.in_state(&state).copied().filter(|_| self.round > 3);
                    if let Some(share) = &mut share {
                        share.written += short;
                    }
                    it.share.set(state, share);
                    it.again.set(state, None);
                }
                true
            }
            several => {
                let Some(most) = most(self, several) else { return false };
                let others = self.sum(exits, &state);
                let confidence = self.estimates.confidence;
                for at in several.iter().copied().filter(|it| *it != most) {
                    let Some(it) = self.estimates.steps.get_mut(at) else { continue };
                    // Whenever it may happen it does: in other cases nothing else can.
                    let count = Count { taken: it.times as f64, possible: it.times as f64 };
                    let mut share = Chance::of(count, confidence);
                    if let Some(it) = &mut share {
                        it.written = 10_000_u32.saturating_sub(others);
                    }
                    it.share.set(state, share);
                    it.assumed = true;
                }
                true
            }
        }
    }

    /// Takes from the greatest share what is more than all.
    fn cut(&mut self, exits: &[usize], state: Id) -> bool {
        let over = self.sum(exits, &state).saturating_sub(10_000);
        let most = exits.iter().copied().max_by_key(|it| self.share(*it, &state));
        if let Some(it) = most.and_then(|it| self.estimates.steps.get_mut(it)) {
            it.share.lessen(state, over, exits.len());
        }
        true
    }

    /// Returns the share of a step in a state as it is written; zero for what happens otherwise.
    fn share(&self, step: usize, state: &Id) -> u32 {
        let step = self.estimates.steps.get(step);
        step.and_then(|it| it.share.in_state(state)).map_or(0, Chance::written)
    }

    /// Returns what the shares of some steps make in a state.
    fn sum(&self, steps: &[usize], state: &Id) -> u32 {
        steps.iter().map(|it| self.share(*it, state)).sum()
    }

    /// Opens a way out of a state from which none was seen for such a case.
    fn open(&mut self, state: StateIdx, may: &[(TransitionIdx, Id)]) -> bool {
        let known = |it: &Self, at: TransitionIdx| {
            let to = it.procedure.transitions().get(at).map(Transition::to);
            matches!(to, Some(Target::State(to)) if it.states.contains(&to))
        };
        let goes_on = |at: TransitionIdx| {
            let act = self.procedure.transitions().get(at).map(Transition::act);
            !matches!(act, Some(Act::Withdraw | Act::Stop))
        };
        let is_rest = |name: Id| {
            let mut steps = self.estimates.steps.iter();
            steps.any(|it| it.step == name && it.share.has_rest())
        };
        let is_new = |name| self.estimates.steps.iter().all(|it| it.step != name);
        // What mostly happens elsewhere, else what leads back to where dossiers were seen.
        let rest = may.iter().find(|it| is_rest(it.1));
        let near = may.iter().find(|it| is_new(it.1) && goes_on(it.0) && known(self, it.0));
        let new = may.iter().find(|it| is_new(it.1) && goes_on(it.0));
        let Some((at, name)) = rest.or(near).or(new).or(may.first()).copied() else {
            return false;
        };
        let Some(transition) = self.procedure.transitions().get(at) else { return false };
        if let Target::State(to) = transition.to() {
            self.states.insert(to);
        }
        let place = self.procedure.states().name(state);
        if let Some(it) = self.estimates.steps.iter_mut().find(|it| it.step == name) {
            it.states.extend(place);
            it.assumed = true;
            return true;
        }
        let applicant = self.procedure.applicant();
        let officer = transition.by().find(|it| Some(*it) != applicant);
        let role = officer.or(applicant).and_then(|it| self.procedure.roles().name(it));
        self.estimates.never.retain(|it| *it != name);
        self.estimates.steps.push(StepEstimate {
            step: name,
            times: 0,
            role,
            names_role: transition.by().count() > 1,
            states: place.into_iter().collect(),
            share: Shares::default(),
            again: Shares::default(),
            kind: TimeKind::Wait,
            time: None,
            counted: Basis::Clock,
            sets: Vec::new(),
            assumed: true,
        });
        true
    }
}
