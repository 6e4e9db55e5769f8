//! One course of a route: every step takes its whole budget, from one moment on.
//!
//! Each step ends as its own clock says, rests and all, and the next begins at
//! that moment; so a course in time proves that the term is kept whenever no
//! step is overdue. Limits are counted over the calendar in their own units and
//! never turned into another.

use alloc::vec::Vec;

use chrono::NaiveDateTime;

use super::route::{Leg, Route};
use crate::calendar::Calendar;
use crate::clock::{Clock, Counting, Length, Limit};
use crate::definition::{ConsultationIdx, Part, PartKind, Procedure, Term};
use crate::error::Error;

/// How time is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'p> {
    pub(super) calendar: &'p Calendar,
    /// That of a step, and of a consultation.
    pub(super) step: Counting<'p>,
    /// That of the term.
    pub(super) term: Counting<'p>,
}

impl<'p> Rules<'p> {
    pub(super) fn of(procedure: &Procedure, term: &Term, calendar: &'p Calendar) -> Self {
        let policies = procedure.policies().or(calendar.policies());
        let step = Counting { calendar, policies, cut_off: Clock::CUT_OFF };
        let (policies, cut_off) = (term.policies().or(policies), term.cut_off());
        let cut_off = cut_off.unwrap_or(Clock::CUT_OFF);
        Self { calendar, step, term: Counting { calendar, policies, cut_off } }
    }
}

/// A step of a course, or a consultation beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Task {
    pub(super) part: Part,
    pub(super) length: Length,
    pub(super) from: NaiveDateTime,
    pub(super) until: NaiveDateTime,
}

/// What a course takes: its parts with their lengths, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan(Vec<Stage>);

#[derive(Clone, Copy, Debug)]
enum Stage {
    Step(Part, Length),
    Ask(Part, Length),
    Join,
}

/// How far a course has come: when the last step is done, and when the agency answers.
#[derive(Clone, Copy, Debug)]
struct Reached {
    at: NaiveDateTime,
    answered: Option<NaiveDateTime>,
}

impl Stage {
    fn pass(&self, rules: &Rules<'_>, reached: Reached) -> Result<Reached, Error> {
        let Reached { at, answered } = reached;
        Ok(match *self {
            Self::Step(_, length) => Reached { at: rules.step.end(length, at)?, answered },
            Self::Ask(_, length) => Reached { at, answered: Some(rules.step.end(length, at)?) },
            Self::Join => Reached { at: answered.map_or(at, |it| it.max(at)), answered },
        })
    }

    /// Returns true when both take the same time, from whichever moment on.
    fn lasts_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Step(_, it), Self::Step(_, other)) | (Self::Ask(_, it), Self::Ask(_, other)) => {
                it == other
            }
            (Self::Join, Self::Join) => true,
            _ => false,
        }
    }
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

    /// Returns when everything is done, from a local time on.
    pub(super) fn done(
        &self,
        rules: &Rules<'_>,
        from: NaiveDateTime,
    ) -> Result<NaiveDateTime, Error> {
        let start = Reached { at: from, answered: None };
        let end = self.0.iter().try_fold(start, |reached, stage| stage.pass(rules, reached))?;
        Ok(end.at)
    }

    /// Returns what happens when.
    pub(super) fn tasks(&self, rules: &Rules<'_>, from: NaiveDateTime) -> Result<Vec<Task>, Error> {
        let mut tasks = Vec::with_capacity(self.0.len());
        let mut reached = Reached { at: from, answered: None };
        for stage in &self.0 {
            let from = reached.at;
            reached = stage.pass(rules, reached)?;
            tasks.extend(match *stage {
                Stage::Step(part, length) => Some(Task { part, length, from, until: reached.at }),
                Stage::Ask(part, length) => {
                    reached.answered.map(|until| Task { part, length, from, until })
                }
                Stage::Join => None,
            });
        }
        Ok(tasks)
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

    /// Returns how many stages two plans begin with alike.
    fn alike(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).take_while(|(it, other)| it.lasts_as(other)).count()
    }
}

/// Plans that are run from the same moments on: what two in a row begin with alike is counted once.
#[derive(Debug)]
pub(super) struct Plans<'d> {
    // Each with the number of stages that it shares with the one before it.
    plans: Vec<(usize, &'d Plan)>,
    // How far the plan at hand has come, after each of its stages.
    reached: Vec<Reached>,
}

impl<'d> Plans<'d> {
    pub(super) fn of(plans: Vec<&'d Plan>) -> Self {
        let before = [None].into_iter().chain(plans.iter().copied().map(Some));
        let shared = |before: Option<&Plan>, it| before.map_or(0, |before| before.alike(it));
        let plans = before.zip(&plans).map(|(before, it)| (shared(before, it), *it)).collect();
        Self { plans, reached: Vec::new() }
    }

    /// Returns how many stages are counted from each moment on.
    pub(super) fn stages(&self) -> u32 {
        let own = self.plans.iter().map(|(shared, plan)| plan.0.len().saturating_sub(*shared));
        u32::try_from(own.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// Says of each plan, by its place, when it is done; nothing of one that leaves the calendar.
    pub(super) fn run(
        &mut self,
        rules: &Rules<'_>,
        from: NaiveDateTime,
        mut done: impl FnMut(usize, NaiveDateTime),
    ) {
        let start = Reached { at: from, answered: None };
        self.reached.clear();
        for (place, (shared, plan)) in self.plans.iter().enumerate() {
            self.reached.truncate(*shared);
            let mut last = self.reached.last().copied().unwrap_or(start);
            for stage in plan.0.iter().skip(self.reached.len()) {
                let Ok(next) = stage.pass(rules, last) else { break };
                self.reached.push(next);
                last = next;
            }
            if self.reached.len() == plan.0.len() {
                done(place, last.at);
            }
        }
    }
}
