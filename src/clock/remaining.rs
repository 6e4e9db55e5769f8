//! How much of a term is left, in the unit of each of its phases.

use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

use super::pause::Pause;
use super::run::{Phase, Seen, walk};
use super::{Clock, Unit};
use crate::calendar::Calendar;
use crate::error::Error;

/// What is left of one phase of a term; never converted into another unit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Remaining {
    /// Working days after today.
    WorkingDays(u32),
    /// Calendar days after today, before any roll.
    Days(u32),
    /// Seconds of office time.
    OfficeSeconds(u64),
    /// Seconds of elapsed time.
    Seconds(u64),
}

impl Clock {
    /// Returns what is left at a moment, phase by phase; empty when nothing is.
    ///
    /// While the term is suspended, what was left when that began.
    ///
    /// # Errors
    ///
    /// As [`Clock::due`].
    pub fn remaining(
        &self,
        calendar: &Calendar,
        at: DateTime<FixedOffset>,
    ) -> Result<Vec<Remaining>, Error> {
        let now = calendar.local(at)?;
        let mut pauses = Vec::new();
        let mut phases = Vec::new();
        walk(self, calendar, Some(now), |it| match it {
            Seen::Pause(pause) => pauses.push(pause),
            Seen::Phase(phase) => phases.push((phase, core::mem::take(&mut pauses))),
        })?;
        let mut left = Vec::new();
        for (phase, pauses) in phases {
            left.extend(of_phase(calendar, &phase, &pauses, now)?);
        }
        Ok(left)
    }
}

fn of_phase(
    calendar: &Calendar,
    phase: &Phase,
    pauses: &[Pause],
    now: NaiveDateTime,
) -> Result<Option<Remaining>, Error> {
    let today = now.date();
    Ok(match *phase {
        Phase::Days { span, last, .. } | Phase::Rule { span, last } => {
            let count = |from: NaiveDate, until| span.count(calendar, from.max(span.after), until);
            let paused =
                pauses.iter().map(|it| count(it.from.date().max(today), it.until.date().min(last)));
            let paused = paused.sum::<Result<u32, Error>>()?;
            let days = count(today, last)?.saturating_sub(paused);
            let left = match span.unit {
                Unit::WorkingDays => Remaining::WorkingDays(days),
                _ => Remaining::Days(days),
            };
            (days > 0).then_some(left)
        }
        Phase::Hours { budget, end, .. } => {
            let count =
                |from: NaiveDateTime, until| budget.count(calendar, from.max(budget.start), until);
            let paused = pauses.iter().map(|it| count(it.from.max(now), it.until.min(end)));
            let seconds = count(now, end)?.saturating_sub(paused.sum::<Result<u64, Error>>()?);
            let left = match budget.unit {
                Unit::WorkingHours => Remaining::OfficeSeconds(seconds),
                _ => Remaining::Seconds(seconds),
            };
            (seconds > 0).then_some(left)
        }
    })
}
