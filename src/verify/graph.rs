//! The graph of a procedure: which state leads where, guards left aside.
//!
//! `previous` leads back to every state from which the present one can have
//! been entered. Whether a guard ever lets a step through is not asked here.

use alloc::vec;
use alloc::vec::Vec;

use crate::definition::{Position as _, Procedure, StateIdx, Target, TransitionIdx};
use crate::id::Id;

/// One way from one state to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Edge {
    pub(crate) from: StateIdx,
    pub(crate) to: StateIdx,
    pub(crate) by: TransitionIdx,
}

/// The states, every way between two of them, and how each is reached first.
#[derive(Debug)]
pub(crate) struct Graph {
    edges: Vec<Edge>,
    start: Option<StateIdx>,
    // The edge by which a state is reached first, breadth first; the start has none.
    entry: Vec<Option<Edge>>,
    reached: Vec<bool>,
}

impl Graph {
    pub(crate) fn of(procedure: &Procedure) -> Self {
        let start = match procedure.transitions().get(procedure.filing()).map(|it| it.to()) {
            Some(Target::State(state)) => Some(state),
            _ => None,
        };
        let edges = edges(procedure);
        let count = procedure.states().len();
        let mut graph =
            Self { edges, start, entry: vec![None; count], reached: vec![false; count] };
        graph.search();
        graph
    }

    fn search(&mut self) {
        let mut queue: Vec<StateIdx> = self.start.into_iter().collect();
        queue.iter().for_each(|it| set(&mut self.reached, *it));
        let mut next = 0;
        while let Some(&state) = queue.get(next) {
            next += 1;
            for edge in self.edges.iter().filter(|it| it.from == state) {
                if !self.reached.get(edge.to.index()).copied().unwrap_or(true) {
                    set(&mut self.reached, edge.to);
                    if let Some(entry) = self.entry.get_mut(edge.to.index()) {
                        *entry = Some(*edge);
                    }
                    queue.push(edge.to);
                }
            }
        }
    }

    /// Returns the state in which a dossier starts.
    pub(crate) const fn start(&self) -> Option<StateIdx> {
        self.start
    }

    /// Returns every way between two states.
    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Returns true when some sequence of transitions leads there from the filing.
    pub(crate) fn is_reached(&self, state: StateIdx) -> bool {
        self.reached.get(state.index()).copied().unwrap_or(false)
    }

    /// Returns the shortest way from the filing to a state, the filing first.
    pub(crate) fn path_to(&self, procedure: &Procedure, state: StateIdx) -> Vec<Id> {
        let name = |it| procedure.transitions().name(it);
        let mut path = Vec::new();
        let mut at = state;
        while let Some(edge) = self.entry.get(at.index()).copied().flatten() {
            path.extend(name(edge.by));
            at = edge.from;
        }
        path.extend(name(procedure.filing()));
        path.reverse();
        path
    }

    /// Returns for every state whether one of the goals can be reached from it.
    pub(crate) fn leads_to(&self, goals: impl Fn(StateIdx) -> bool) -> Vec<bool> {
        let mut leads: Vec<bool> =
            (0..self.reached.len()).map(|it| goals(StateIdx::new(it))).collect();
        loop {
            let mut grown = false;
            for edge in &self.edges {
                let onward = leads.get(edge.to.index()).copied().unwrap_or(false);
                if onward && !leads.get(edge.from.index()).copied().unwrap_or(true) {
                    set(&mut leads, edge.from);
                    grown = true;
                }
            }
            if !grown {
                return leads;
            }
        }
    }
}

fn set(flags: &mut [bool], at: StateIdx) {
    if let Some(flag) = flags.get_mut(at.index()) {
        *flag = true;
    }
}

fn edges(procedure: &Procedure) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (by, _, transition) in procedure.transitions().iter() {
        for from in transition.from() {
            match transition.to() {
                Target::State(to) => edges.push(Edge { from, to, by }),
                Target::Same => edges.push(Edge { from, to: from, by }),
                Target::Previous => {}
            }
        }
    }
    let onward: Vec<Edge> = edges.iter().copied().filter(|it| it.from != it.to).collect();
    for (by, _, transition) in procedure.transitions().iter() {
        if transition.to() == Target::Previous {
            for from in transition.from() {
                let origins = onward.iter().filter(|it| it.to == from).map(|it| it.from);
                for to in origins {
                    let edge = Edge { from, to, by };
                    if !edges.contains(&edge) {
                        edges.push(edge);
                    }
                }
            }
        }
    }
    edges
}
