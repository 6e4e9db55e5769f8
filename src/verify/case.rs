//! What every rule is given: the procedure, the calendar, and the graph between its states.

use alloc::vec::Vec;

use super::graph::Graph;
use super::inquiry::Inquiry;
use super::space::Space;
use crate::calendar::Calendar;
use crate::definition::bundle::Bundle;
use crate::definition::{Procedure, StateIdx};
use crate::id::Id;

/// A procedure on trial.
#[derive(Debug)]
pub(super) struct Case<'p> {
    pub(super) procedure: &'p Procedure,
    /// The bundle that the procedure leads.
    pub(super) bundle: Option<&'p Bundle>,
    pub(super) calendar: &'p Calendar,
    pub(super) graph: Graph,
    /// What is asked of the guards, alone and together.
    pub(super) inquiry: Inquiry<'p>,
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
        Self {
            procedure,
            bundle: None,
            calendar,
            graph: Graph::of(procedure),
            inquiry: Inquiry::into(procedure),
            spaces: Space::all(procedure),
        }
    }

    /// Puts the lead of a bundle on trial, together with its parts.
    pub(super) fn leading(bundle: &'p Bundle, calendar: &'p Calendar) -> Self {
        Self { bundle: Some(bundle), ..Self::new(bundle.lead(), calendar) }
    }

    /// Returns a shortest way from the filing to a state; the filing alone where nothing leads there.
    pub(super) fn path_to(&self, state: StateIdx) -> Vec<Id> {
        let whole = self.spaces.first();
        let found = whole.and_then(|it| it.markings.iter().position(|it| it.state == state));
        match (whole, found) {
            (Some(space), Some(at)) => space.path_to(self.procedure, at),
            _ => self.graph.path_to(self.procedure, state),
        }
    }
}
