//! What every rule is given: the procedure, the calendar, what can become of a dossier, how terms run.

use alloc::vec::Vec;

use super::deadline::{self, Timetables};
use super::graph::Graph;
use super::inquiry::{Inquiry, Meeting, meetings};
use super::run;
use super::space::{Arc, Event, Space};
use super::watch::{Phases, Watch, bit};
use crate::calendar::Calendar;
use crate::definition::bundle::Bundle;
use crate::definition::{
    DECISION, Position as _, Procedure, State, StateIdx, TermIdx, Transition, TransitionIdx,
};
use crate::id::Id;
use crate::source::Span;
use crate::witness::Witness;

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
    /// How the steps keep the terms on the worst days.
    pub(super) timetables: Timetables,
    /// Where transitions of a choice meet.
    pub(super) meetings: Vec<Meeting>,
    /// What can become of a dossier: without consultations, then beside each of them.
    pub(super) spaces: Vec<Space>,
    // By term.
    runs: Vec<Watch>,
}

/// A transition that is taken in one situation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'p> {
    /// The situation in which it is taken.
    pub(super) marking: usize,
    pub(super) at: TransitionIdx,
    pub(super) name: Id,
    pub(super) transition: &'p Transition,
    pub(super) from: StateIdx,
    pub(super) to: StateIdx,
}

impl Case<'_> {
    /// Returns the spaces that were looked at to the end; of the others nothing may be said.
    pub(super) fn whole_spaces(&self) -> impl Iterator<Item = &Space> {
        self.spaces.iter().filter(|it| it.is_whole)
    }
}

impl<'p> Case<'p> {
    pub(super) fn new(procedure: &'p Procedure, calendar: &'p Calendar) -> Self {
        let spaces = Space::all(procedure);
        let follow = |space| {
            let terms = procedure.terms().iter();
            terms.map(|(at, _, term)| run::follow(procedure, space, at, term)).collect()
        };
        let runs = spaces.first().map(follow).unwrap_or_default();
        let (graph, inquiry) = (Graph::of(procedure), Inquiry::into(procedure));
        let meetings = meetings(procedure, &inquiry);
        let timetables = deadline::tables(procedure, calendar, &inquiry);
        Self {
            procedure,
            bundle: None,
            calendar,
            graph,
            inquiry,
            meetings,
            timetables,
            spaces,
            runs,
        }
    }

    /// Returns the situations of a dossier, consultations left aside, each with its state.
    pub(super) fn situations(&self) -> impl Iterator<Item = (usize, StateIdx, &'p State)> {
        let markings = self.spaces.first().map(|it| &*it.markings).unwrap_or_default();
        let states = self.procedure.states();
        (0..).zip(markings).filter_map(|(at, it)| Some((at, it.state, states.get(it.state)?)))
    }

    /// Returns every transition in every situation in which it can be taken, consultations left aside.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step<'p>> {
        let arcs = self.spaces.first().map(|it| &*it.arcs).unwrap_or_default();
        arcs.iter().filter_map(|it| self.step(it))
    }

    /// Returns the transition that an arc takes.
    pub(super) fn step(&self, arc: &Arc) -> Option<Step<'p>> {
        let Event::Taken(at) = arc.event else { return None };
        let transitions = self.procedure.transitions();
        let state = |marking: usize| Some(self.spaces.first()?.markings.get(marking)?.state);
        let (transition, name) = (transitions.get(at)?, transitions.name(at)?);
        let (from, to) = (state(arc.from)?, state(arc.to)?);
        Some(Step { marking: arc.from, at, name, transition, from, to })
    }

    /// Watches a dossier, consultations left aside.
    pub(super) fn watch(
        &self,
        start: Phases,
        step: impl Fn(u8, Step<'p>) -> Phases,
    ) -> Option<Watch> {
        let next = |phase, arc: &Arc| self.step(arc).map_or(bit(phase), |it| step(phase, it));
        Some(Watch::of(self.spaces.first()?, start, next))
    }

    /// Returns how a term stands in every situation.
    pub(super) fn run(&self, term: TermIdx) -> Option<&Watch> {
        self.runs.get(term.index())
    }

    /// Returns how the statutory term stands in every situation.
    pub(super) fn decision(&self) -> Option<&Watch> {
        self.run(self.procedure.terms().find(&DECISION)?.0)
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

    /// Returns the shortest way to a situation.
    pub(super) fn way_to(&self, marking: usize) -> Witness {
        let space = self.spaces.first();
        Witness::path(space.map(|it| it.path_to(self.procedure, marking)).unwrap_or_default())
    }

    /// Returns the shortest way to a step, and the step.
    pub(super) fn way_by(&self, step: &Step<'_>) -> Witness {
        let space = self.spaces.first();
        let way = space.map(|it| it.path_to(self.procedure, step.marking)).unwrap_or_default();
        Witness::path(way.into_iter().chain([step.name]))
    }

    pub(super) fn state(&self, at: StateIdx) -> Option<(Id, &'p State)> {
        Some((self.procedure.states().name(at)?, self.procedure.states().get(at)?))
    }

    /// Returns true for what follows by itself from how the parts of a bundle stand: the acts are theirs.
    pub(super) fn is_followed(&self, at: TransitionIdx) -> bool {
        self.procedure.followed().contains(&at)
    }

    /// Returns true for what the text of the procedure itself says: what it inherits may idle in it.
    pub(super) fn is_own(&self, span: Option<Span>) -> bool {
        span.is_some_and(|it| it.file() == self.procedure.span().file())
    }
}
