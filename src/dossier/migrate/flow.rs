//! What lies behind and ahead of each state of one version: steps taken, terms that run, acts that may follow.
//!
//! Guards are left aside: what may have happened is a little more than what
//! did, and what must have happened a little less.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use super::bits::Bits;
use crate::definition::{
    Act, ClockEffect, Position as _, Procedure, StateIdx, Target, TermIdx, Transition,
    TransitionIdx,
};
use crate::id::Id;
use crate::verify::graph::{Edge, Graph};

/// The ways through one version.
#[derive(Debug)]
pub(super) struct Flow<'p> {
    pub(super) procedure: &'p Procedure,
    // For each state; none where no way leads.
    behind: Vec<Option<Behind>>,
    ahead: Vec<BTreeSet<Act>>,
}

/// What lies behind every dossier of a state, and what may lie behind some.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Behind {
    pub(super) always: Bits<TransitionIdx>,
    pub(super) maybe: Bits<TransitionIdx>,
    /// Terms that run in every dossier.
    pub(super) runs: Bits<TermIdx>,
    pub(super) may_run: Bits<TermIdx>,
    /// True when every dossier has its result.
    pub(super) is_decided: bool,
}

impl<'p> Flow<'p> {
    pub(super) fn of(procedure: &'p Procedure) -> Self {
        let graph = Graph::of(procedure);
        let count = procedure.states().len();
        let (behind, ahead) = (vec![None; count], vec![BTreeSet::new(); count]);
        let mut flow = Self { procedure, behind, ahead };
        flow.look_back(&graph);
        flow.look_ahead(graph.edges());
        flow
    }

    /// Returns what lies behind a state; none when no way leads there.
    pub(super) fn behind(&self, state: StateIdx) -> Option<&Behind> {
        self.behind.get(state.index())?.as_ref()
    }

    /// Returns the acts that may still follow.
    pub(super) fn ahead(&self, state: StateIdx) -> impl Iterator<Item = Act> {
        self.ahead.get(state.index()).into_iter().flatten().copied()
    }

    /// Returns the acts of the steps that leave a state.
    pub(super) fn next(&self, state: StateIdx) -> impl Iterator<Item = Act> {
        self.procedure.leaving(state).map(|(_, _, it)| it.act())
    }

    /// Returns the steps of a set with their names.
    pub(super) fn steps(
        &self,
        of: &Bits<TransitionIdx>,
    ) -> impl Iterator<Item = (TransitionIdx, Id, &'p Transition)> {
        let all = self.procedure.transitions().iter();
        all.filter(|(at, _, _)| of.contains(*at))
    }

    /// Passes what lies behind a state on along every way, until nothing changes.
    fn look_back(&mut self, graph: &Graph) {
        let Some(start) = graph.start() else { return };
        let filing = self.procedure.filing();
        self.arrive(start, Behind::default().after(self.procedure, filing, start));
        loop {
            let mut changed = false;
            for edge in graph.edges() {
                for after in self.follow(*edge, graph.edges()) {
                    changed |= self.arrive(edge.to, after);
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// Returns what lies behind whoever comes by a way.
    ///
    /// Whoever goes back to the state before was there already: behind lies
    /// what lay behind that state, the step away from it, what was done
    /// meanwhile, and the step back.
    fn follow(&self, edge: Edge, all: &[Edge]) -> Vec<Behind> {
        let Edge { from, to, by } = edge;
        let back = self.procedure.transitions().get(by).map(Transition::to);
        if back != Some(Target::Previous) {
            let behind = self.behind(from).map(|it| it.after(self.procedure, by, to));
            return behind.into_iter().collect();
        }
        let Some(behind) = self.behind(to) else { return Vec::new() };
        let away = all.iter().filter(|it| it.from == to && it.to == from);
        let left = away.map(|it| behind.after(self.procedure, it.by, from));
        let meanwhile = |it: Behind| {
            let stays = all.iter().filter(|it| it.from == from && it.to == from);
            stays.fold(it, |it, stay| it.join(&it.after(self.procedure, stay.by, from)))
        };
        left.map(|it| meanwhile(it).after(self.procedure, by, to)).collect()
    }

    fn arrive(&mut self, state: StateIdx, after: Behind) -> bool {
        let Some(slot) = self.behind.get_mut(state.index()) else { return false };
        let joined = match slot {
            Some(earlier) => earlier.join(&after),
            None => after,
        };
        let changed = slot.as_ref() != Some(&joined);
        *slot = Some(joined);
        changed
    }

    fn look_ahead(&mut self, edges: &[Edge]) {
        loop {
            let mut changed = false;
            for edge in edges {
                let mut acts = self.ahead.get(edge.to.index()).cloned().unwrap_or_default();
                acts.extend(self.procedure.transitions().get(edge.by).map(Transition::act));
                let Some(slot) = self.ahead.get_mut(edge.from.index()) else { continue };
                let before = slot.len();
                slot.extend(acts);
                changed |= slot.len() > before;
            }
            if !changed {
                return;
            }
        }
    }
}

impl Behind {
    /// Returns what lies behind once a step was taken into a state.
    fn after(&self, procedure: &Procedure, by: TransitionIdx, into: StateIdx) -> Self {
        let mut after = self.clone();
        after.always.insert(by);
        after.maybe.insert(by);
        let Some(step) = procedure.transitions().get(by) else { return after };
        after.is_decided |= step.act().yields_result();
        let status = procedure.states().get(into).map(|it| it.portal_status());
        if status.is_some_and(|it| it.is_settled()) {
            (after.runs, after.may_run) = (Bits::default(), Bits::default());
        }
        let stopped = step.clock().iter().filter(|(_, effect)| *effect == ClockEffect::Stop);
        for at in stopped.map(|(at, _)| *at).chain(step.stops.iter().copied()) {
            after.runs.remove(at);
            after.may_run.remove(at);
        }
        for (at, _, _) in procedure.terms().iter().filter(|(_, _, it)| it.expires() == Some(by)) {
            after.runs.remove(at);
        }
        if status.is_some_and(|it| it.is_terminal()) {
            return after;
        }
        for &at in &step.starts {
            after.may_run.insert(at);
            if procedure.terms().get(at).is_some_and(|it| it.when().is_none()) {
                after.runs.insert(at);
            }
        }
        after
    }

    fn join(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        joined.always.intersect(&other.always);
        joined.maybe.unite(&other.maybe);
        joined.runs.intersect(&other.runs);
        joined.may_run.unite(&other.may_run);
        joined.is_decided &= other.is_decided;
        joined
    }
}
