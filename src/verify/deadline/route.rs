//! The ways through the office from what starts a term to what ends it.
//!
//! A route takes every state at most once and never goes back: to a state that
//! is nearer to the filing and from which the present one is come to again
//! while the same clock runs. Work that is done again has no time of its own;
//! whoever allots it takes it from the step that it repeats. Where the clock is
//! suspended nothing is spent, and the office goes on from the moment at which
//! it stopped. A restart begins a route of its own. Withdrawing leads to no
//! answer, and is no way through the office. Conditions that were met since the
//! clock last ran anew must be met together; while it stands still facts may
//! change.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use crate::definition::guard::Guard;
use crate::definition::{
    Act, ClockEffect, DECISION, Position as _, Procedure, Requirement, StateIdx, Target, TermIdx,
    Transition, TransitionIdx, Waiting,
};

/// How many steps the search for routes of one term may take.
const MAX_STEPS: u32 = 1 << 14;

/// What happens on the way.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Leg {
    /// A state is given its budget.
    Step(StateIdx),
    /// The agencies are asked.
    Ask,
    /// Every answer is there.
    Join,
}

/// One way from what starts a term to what ends it, or must be done within it.
#[derive(Clone, Debug)]
pub(super) struct Route<'p> {
    pub(super) path: Vec<TransitionIdx>,
    pub(super) legs: Vec<Leg>,
    pub(super) guards: Vec<&'p Guard>,
}

impl Route<'_> {
    /// Returns true when a consultation can hold it up.
    pub(super) fn waits_for_answers(&self) -> bool {
        let asked = self.legs.iter().position(|it| *it == Leg::Ask);
        asked.is_some_and(|at| self.legs.iter().skip(at).any(|it| *it == Leg::Join))
    }
}

/// Returns every route of a term, and whether all were found.
pub(super) fn routes(procedure: &Procedure, term: TermIdx) -> (Vec<Route<'_>>, bool) {
    let mut walk = Walk {
        procedure,
        term,
        distances: distances(procedure),
        found: Vec::new(),
        alike: BTreeMap::new(),
        left: MAX_STEPS,
    };
    for (at, _, transition) in procedure.transitions().iter() {
        if let (true, Target::State(to)) = (walk.begins(transition), transition.to()) {
            let route = Route { path: Vec::from([at]), legs: Vec::new(), guards: Vec::new() };
            walk.enter(to, &mut Vec::new(), route, false);
        }
    }
    let is_whole = walk.left > 0;
    (walk.found, is_whole)
}

struct Walk<'p> {
    procedure: &'p Procedure,
    // INVARIANT: steps from the filing, by state.
    distances: Vec<u32>,
    term: TermIdx,
    found: Vec<Route<'p>>,
    // The places of those with the same legs.
    alike: BTreeMap<Vec<Leg>, Vec<usize>>,
    left: u32,
}

impl<'p> Walk<'p> {
    fn enter(
        &mut self,
        state: StateIdx,
        visited: &mut Vec<StateIdx>,
        mut route: Route<'p>,
        is_suspended: bool,
    ) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || visited.contains(&state) {
            return;
        }
        visited.push(state);
        let leaving = || self.procedure.leaving(state);
        if leaving().any(|(_, _, it)| it.act() == Act::Consult && stays(it, state)) {
            self.ask(&mut route);
        }
        if !is_suspended && self.is_budgeted(state) {
            route.legs.push(Leg::Step(state));
        }
        for (at, _, transition) in leaving() {
            if !stays(transition, state) && transition.act() != Act::Withdraw {
                self.leave(at, transition, visited, route.clone(), is_suspended);
            }
        }
        visited.pop();
    }

    fn leave(
        &mut self,
        at: TransitionIdx,
        transition: &'p Transition,
        visited: &mut Vec<StateIdx>,
        mut route: Route<'p>,
        is_suspended: bool,
    ) {
        if transition.act() == Act::Consult {
            self.ask(&mut route);
        }
        if transition.needs().contains(&Requirement::ConsultationsAnswered) {
            route.legs.push(Leg::Join);
        }
        route.path.push(at);
        route.guards.extend(transition.when());
        if !is_suspended && self.is_goal(transition) {
            self.keep(route);
            return;
        }
        let Target::State(to) = transition.to() else { return };
        let from = visited.last().copied();
        let is_back = from.is_some_and(|from| self.is_back(from, to));
        if self.begins(transition) || self.ends(transition) || is_back {
            return;
        }
        let is_suspended = match self.effect(transition) {
            Some(ClockEffect::Suspend) => true,
            Some(ClockEffect::Resume) => {
                route.guards.clear();
                false
            }
            _ => is_suspended,
        };
        self.enter(to, visited, route, is_suspended);
    }

    /// Returns true for a step back to work that was done.
    fn is_back(&self, from: StateIdx, to: StateIdx) -> bool {
        let distance = |it: StateIdx| self.distances.get(it.index());
        distance(to) < distance(from) && self.leads(to, from)
    }

    /// Returns true when the office goes from one state to another while the clock runs.
    fn leads(&self, from: StateIdx, to: StateIdx) -> bool {
        let mut seen = Vec::from([from]);
        let mut next = 0;
        while let Some(&state) = seen.get(next) {
            next += 1;
            for (_, _, it) in self.procedure.leaving(state) {
                let stands = matches!(self.effect(it), Some(ClockEffect::Suspend));
                let Target::State(onward) = it.to() else { continue };
                if !stands && !self.begins(it) && !self.ends(it) && !seen.contains(&onward) {
                    seen.push(onward);
                }
            }
        }
        seen.contains(&to)
    }

    /// The agencies are asked once.
    fn ask(&self, route: &mut Route<'_>) {
        if !self.procedure.consultations().is_empty() && !route.legs.contains(&Leg::Ask) {
            route.legs.push(Leg::Ask);
        }
    }

    /// Keeps a route that takes time, and differs from those before it.
    fn keep(&mut self, route: Route<'p>) {
        let takes_time = route.legs.iter().any(|it| matches!(it, Leg::Step(_)));
        if !takes_time && !route.waits_for_answers() {
            return;
        }
        let alike = self.alike.entry(route.legs.clone()).or_default();
        let guards = |it: &usize| self.found.get(*it).map(|it| &it.guards);
        if !alike.iter().any(|it| guards(it) == Some(&route.guards)) {
            alike.push(self.found.len());
            self.found.push(route);
        }
    }

    /// The time that the applicant takes is nobody's budget.
    fn is_budgeted(&self, state: StateIdx) -> bool {
        let state = self.procedure.states().get(state);
        let state = state.filter(|it| it.waits_for() != Some(Waiting::Applicant));
        state.is_some_and(|it| it.budget().is_some_and(|it| it.known().is_some()))
    }

    fn effect(&self, transition: &Transition) -> Option<ClockEffect> {
        let mut effects = transition.clock().iter();
        effects.find(|(it, _)| *it == self.term).map(|(_, effect)| *effect)
    }

    fn begins(&self, transition: &Transition) -> bool {
        transition.starts.contains(&self.term)
            || self.effect(transition) == Some(ClockEffect::Restart)
    }

    fn ends(&self, transition: &Transition) -> bool {
        let settles = match transition.to() {
            Target::State(to) => self.procedure.states().get(to),
            Target::Previous | Target::Same => None,
        };
        transition.stops.contains(&self.term)
            || self.effect(transition) == Some(ClockEffect::Stop)
            || settles.is_some_and(|it| it.portal_status().is_settled())
    }

    /// The statutory term is kept by whatever ends it; another one by what must be done within it.
    fn is_goal(&self, transition: &Transition) -> bool {
        let is_decision = self.procedure.terms().name(self.term) == Some(DECISION);
        transition.within().contains(&self.term) || is_decision && self.ends(transition)
    }
}

/// Counts the steps from the filing to each state, withdrawals aside.
fn distances(procedure: &Procedure) -> Vec<u32> {
    let mut distances = vec![u32::MAX; procedure.states().len()];
    let filing = procedure.transitions().get(procedure.filing()).map(Transition::to);
    let mut open: Vec<StateIdx> = Vec::new();
    let mut distance = 0;
    let mut next: Vec<StateIdx> = filing.and_then(onward).into_iter().collect();
    while !next.is_empty() {
        open.clear();
        for state in next.drain(..) {
            if let Some(it @ &mut u32::MAX) = distances.get_mut(state.index()) {
                *it = distance;
                open.push(state);
            }
        }
        let leaving = open.iter().flat_map(|it| procedure.leaving(*it));
        let kept = leaving.filter(|(_, _, it)| it.act() != Act::Withdraw);
        next.extend(kept.filter_map(|(_, _, it)| onward(it.to())));
        distance += 1;
    }
    distances
}

const fn onward(target: Target) -> Option<StateIdx> {
    match target {
        Target::State(to) => Some(to),
        Target::Previous | Target::Same => None,
    }
}

fn stays(transition: &Transition, state: StateIdx) -> bool {
    transition.to() == Target::Same || transition.to() == Target::State(state)
}
