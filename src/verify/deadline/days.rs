//! The moments on which a course is tried: every day, at the times of day that can matter.
//!
//! Days, months and years count from a day on, so one moment of it is enough.
//! Where steps take hours or a cut-off decides, all moments of a day on one
//! side of the cut-off have one due date, and the last of them is the worst.
//! A term in hours is tried from every minute on.

use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::course::{Plan, Rules};
use super::route::Route;
use crate::calendar::Calendar;
use crate::clock::{After15, Counting, Length, Unit};
use crate::definition::{Act, Procedure};

/// The first and the last second of a day.
const FIRST: NaiveTime = NaiveTime::MIN;
const LAST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// At which times of a day a course is tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Times {
    Once,
    // At both ends and around the cut-off.
    Edges(NaiveTime),
    EveryMinute,
}

/// Days on which a term can start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Days {
    from: NaiveDate,
    until: NaiveDate,
    // True when the applicant starts the term, on whichever day.
    every: bool,
    times: Times,
}

impl Days {
    /// Returns the days on which the procedure is in force and the calendar covered.
    pub(super) fn of(
        procedure: &Procedure,
        rules: &Rules<'_>,
        route: &Route<'_>,
        length: Length,
        plan: &Plan,
    ) -> Self {
        let (from, until) = rules.calendar.covered();
        let effective = procedure.effective();
        let start = route.path.first().and_then(|it| procedure.transitions().get(*it));
        let hours = |it: Length| match it {
            Length::Limit(it) => matches!(it.unit(), Unit::WorkingHours | Unit::ClockHours),
            Length::SameDay | Length::Transfer => false,
        };
        let late_matters = |it: Counting<'_>| it.policies.after_15() != After15::Literal;
        let by_time = length.limit().is_none()
            || plan.lengths().any(|it| hours(it) || it.limit().is_none())
            || late_matters(rules.term)
            || late_matters(rules.step);
        let times = match by_time {
            _ if hours(length) => Times::EveryMinute,
            true => Times::Edges(rules.term.cut_off),
            false => Times::Once,
        };
        Self {
            from: from.max(effective.from()),
            until: effective.until().map_or(until, |it| it.min(until)),
            every: start.is_some_and(|it| matches!(it.act(), Act::File | Act::Supplement)),
            times,
        }
    }

    /// Returns every local time to try, in order.
    pub(super) fn times(self, calendar: &Calendar) -> impl Iterator<Item = NaiveDateTime> {
        let days = self.from.iter_days().take_while(move |it| *it < self.until);
        days.flat_map(move |day| self.of_day(calendar, day))
    }

    fn of_day(self, calendar: &Calendar, day: NaiveDate) -> Vec<NaiveDateTime> {
        let Some((opening, closing)) = self.hours(calendar, day) else { return Vec::new() };
        let mut times = match self.times {
            Times::Once => return Vec::from([day.and_time(opening)]),
            Times::Edges(cut_off) => {
                let after = cut_off.overflowing_add_signed(TimeDelta::seconds(1)).0;
                let before = cut_off.overflowing_sub_signed(TimeDelta::seconds(1)).0;
                Vec::from([opening, before, cut_off, after, closing])
            }
            Times::EveryMinute => {
                let minute = |it| opening.overflowing_add_signed(TimeDelta::minutes(it)).0;
                let minutes = closing.signed_duration_since(opening).num_minutes();
                (0..=minutes).map(minute).chain([closing]).collect()
            }
        };
        times.retain(|it| opening <= *it && *it <= closing);
        times.into_iter().map(|it| day.and_time(it)).collect()
    }

    /// Returns between which times of a day a term can start; none on a day of rest of the office.
    fn hours(self, calendar: &Calendar, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        if self.every {
            return Some((FIRST, LAST));
        }
        let hours = calendar.opening_and_closing(day).ok();
        let works = calendar.is_working_day(day) == Ok(true);
        hours.or_else(|| works.then_some((FIRST, LAST)))
    }
}
