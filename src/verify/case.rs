//! What every rule is given: the procedure, the calendar, and the graph between its states.

use alloc::vec::Vec;

use super::graph::Graph;
use super::space::Space;
use crate::calendar::Calendar;
use crate::definition::{Procedure, StateIdx};

/// A procedure on trial.
#[derive(Debug)]
pub(super) struct Case<'p> {
    pub(super) procedure: &'p Procedure,
    pub(super) calendar: &'p Calendar,
    pub(super) graph: Graph,
    /// What can become of a dossier: without consultations, then beside each of them.
    pub(super) spaces: Vec<Space>,
}

impl Case<'_> {
    /// Returns true when nothing can follow a state.
    pub(super) fn is_end(&self, state: StateIdx) -> bool {
        self.procedure.states().get(state).is_none_or(|it| it.portal_status().is_terminal())
    }
}

impl<'p> Case<'p> {
    pub(super) fn new(procedure: &'p Procedure, calendar: &'p Calendar) -> Self {
        Self { procedure, calendar, graph: Graph::of(procedure), spaces: Space::all(procedure) }
    }
}
