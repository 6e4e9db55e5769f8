//! One course of a route: every step takes its whole budget, from one moment on.
//!
//! Each step ends as its own clock says, rests and all, and the next begins at
//! that moment; so a course in time proves that the term is kept whenever no
//! step is overdue. Limits are counted over the calendar in their own units and
//! never turned into another.

use alloc::vec::Vec;

use chrono::NaiveTime;

use super::route::{Leg, Route};
use crate::calendar::{Calendar, Moment, Policies};
use crate::clock::{Clock, Length, Limit};
use crate::definition::{ConsultationIdx, Part, PartKind, Procedure, Term};
use crate::error::Error;

/// Under which rules time is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'p> {
    pub(super) calendar: &'p Calendar,
    /// Those of a step, and of a consultation.
    pub(super) shared: Policies,
    /// Those of the term.
    pub(super) own: Policies,
    pub(super) cut_off: NaiveTime,
}

impl<'p> Rules<'p> {
    pub(super) fn of(procedure: &Procedure, term: &Term, calendar: &'p Calendar) -> Self {
        let shared = procedure.policies().or(calendar.policies());
        let cut_off = term.cut_off().unwrap_or(Clock::CUT_OFF);
        Self { calendar, shared, own: term.policies().or(shared), cut_off }
    }

    /// Returns when the term ends.
    pub(super) fn due(&self, length: Length, from: Moment) -> Result<Option<Moment>, Error> {
        let clock = Clock::start(length, from).under(self.own).cutting_off_at(self.cut_off);
        Ok(clock.due(self.calendar)?.map(|it| it.moment()))
    }

    fn end(&self, length: Length, from: Moment) -> Result<Moment, Error> {
        let due = Clock::start(length, from).under(self.shared).due(self.calendar)?;
        Ok(due.map_or(from, |it| it.moment()))
    }
}

/// A step of a course, or a consultation beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Task {
    pub(super) part: Part,
    pub(super) length: Length,
    pub(super) from: Moment,
    pub(super) until: Moment,
}

/// What a course takes: its parts with their lengths, in order.
#[derive(Clone, Debug)]
pub(super) struct Plan(Vec<Stage>);

#[derive(Clone, Copy, Debug)]
enum Stage {
    Step(Part, Length),
    Ask(Part, Length),
    Join,
}

impl Plan {
    /// Lays out a route, with at most one consultation beside it: of several the longest decides.
    pub(super) fn of(
        procedure: &Procedure,
        route: &Route<'_>,
        beside: Option<ConsultationIdx>,
    ) -> Self {
        let stage = |leg: &Leg| match leg {
            Leg::Step(at) => {
                let budget = procedure.states().get(*at)?.budget()?.known()?;
                let part = Part::new(PartKind::State, procedure.states().name(*at)?);
                Some(Stage::Step(part, Length::Limit(*budget)))
            }
            Leg::Ask => {
                let length = procedure.consultations().get(beside?)?.limit().known()?;
                let name = procedure.consultations().name(beside?)?;
                Some(Stage::Ask(Part::new(PartKind::Consultation, name), *length))
            }
            Leg::Join => Some(Stage::Join),
        };
        Self(route.legs.iter().filter_map(stage).collect())
    }

    /// Returns every length that it counts.
    pub(super) fn lengths(&self) -> impl Iterator<Item = Length> {
        self.0.iter().filter_map(|it| match it {
            Stage::Step(_, length) | Stage::Ask(_, length) => Some(*length),
            Stage::Join => None,
        })
    }

    /// Returns when everything is done, from a moment on.
    pub(super) fn done(&self, rules: &Rules<'_>, from: Moment) -> Result<Moment, Error> {
        self.run(rules, from, |_| {})
    }

    /// Returns what happens when.
    pub(super) fn tasks(&self, rules: &Rules<'_>, from: Moment) -> Result<Vec<Task>, Error> {
        let mut tasks = Vec::with_capacity(self.0.len());
        self.run(rules, from, |it| tasks.push(it))?;
        Ok(tasks)
    }

    fn run(
        &self,
        rules: &Rules<'_>,
        from: Moment,
        mut seen: impl FnMut(Task),
    ) -> Result<Moment, Error> {
        let (mut at, mut answered) = (from, None);
        for stage in &self.0 {
            match *stage {
                Stage::Step(part, length) => {
                    let until = rules.end(length, at)?;
                    seen(Task { part, length, from: at, until });
                    at = until;
                }
                Stage::Ask(part, length) => {
                    let until = rules.end(length, at)?;
                    seen(Task { part, length, from: at, until });
                    answered = Some(until);
                }
                Stage::Join => at = answered.map_or(at, |it| it.max(at)),
            }
        }
        Ok(at)
    }

    /// Returns the plan in which one part has another length; without that part when it has none.
    pub(super) fn with(&self, changed: &Part, to: Option<Limit>) -> Self {
        let stage = |stage: &Stage| match *stage {
            Stage::Step(part, _) if part == *changed => Some(Stage::Step(part, to?.into())),
            Stage::Ask(part, _) if part == *changed => Some(Stage::Ask(part, to?.into())),
            other => Some(other),
        };
        Self(self.0.iter().filter_map(stage).collect())
    }
}
