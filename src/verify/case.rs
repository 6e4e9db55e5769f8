//! What every rule is given: the procedure, the calendar, and the graph between its states.

use super::graph::Graph;
use crate::calendar::Calendar;
use crate::definition::Procedure;

/// A procedure on trial.
#[derive(Debug)]
pub(super) struct Case<'p> {
    pub(super) procedure: &'p Procedure,
    pub(super) calendar: &'p Calendar,
    pub(super) graph: Graph,
}

impl<'p> Case<'p> {
    pub(super) fn new(procedure: &'p Procedure, calendar: &'p Calendar) -> Self {
        Self { procedure, calendar, graph: Graph::of(procedure) }
    }
}
