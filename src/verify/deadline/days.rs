//! The moments on which a course is tried: every day, at the times of day that can matter.
//!
//! Days, months and years count from a day on, so one moment of it is enough.
//! Where steps take hours or a cut-off decides, all moments of a day on one
//! side of the cut-off have one due date, and the last of them is the worst.
//! A term in hours is tried from every minute on.

use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::course::{Plan, Rules};
use crate::calendar::{Calendar, Moment};
use crate::clock::{After15, Length, Policies, Unit};
use crate::definition::{Act, Procedure};

/// The first and the last second of a day.
const FIRST: NaiveTime = NaiveTime::MIN;
const LAST: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// At which times of a day a course is tried.
#[derive(Clone, Copy, Debug)]
enum Times {
    Once,
    // At both ends and around the cut-off.
    Edges(NaiveTime),
    EveryMinute,
}

/// Days on which a term can start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days<'c> {
    calendar: &'c Calendar,
    from: NaiveDate,
    until: NaiveDate,
    // True when the applicant starts the term, on whichever day.
    every: bool,
    times: Times,
}

impl<'c> Days<'c> {
    /// Returns the days on which the procedure is in force and the calendar covered.
    pub(super) fn of(
        procedure: &Procedure,
        rules: &Rules<'c>,
        start: Act,
        length: Length,
        plan: &Plan,
    ) -> Self {
        let (from, until) = rules.calendar.covered();
        let effective = procedure.effective();
        let hours = |it: Length| match it {
            Length::Limit(it) => matches!(it.unit(), Unit::WorkingHours | Unit::ClockHours),
            Length::SameDay | Length::Transfer => false,
        };
        let late_matters = |it: Policies| it.after_15() != After15::Literal;
        let by_time = length.limit().is_none()
            || plan.lengths().any(|it| hours(it) || it.limit().is_none())
            || late_matters(rules.own)
            || late_matters(rules.shared);
        let times = match by_time {
            _ if hours(length) => Times::EveryMinute,
            true => Times::Edges(rules.cut_off),
            false => Times::Once,
        };
        Self {
            calendar: rules.calendar,
            from: from.max(effective.from()),
            until: effective.until().map_or(until, |it| it.min(until)),
            every: matches!(start, Act::File | Act::Supplement),
            times,
        }
    }

    /// Returns every moment to try, in order.
    pub(super) fn moments(self) -> impl Iterator<Item = Moment> {
        let days = self.from.iter_days().take_while(move |it| *it < self.until);
        let times = days.flat_map(move |day| self.times(day).into_iter().map(move |it| (day, it)));
        times.filter_map(move |(day, time)| self.calendar.moment(day.and_time(time)).ok())
    }

    fn times(&self, day: NaiveDate) -> Vec<NaiveTime> {
        let Some((opening, closing)) = self.hours(day) else { return Vec::new() };
        let mut times = match self.times {
            Times::Once => return Vec::from([opening]),
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
        times
    }

    /// Returns between which times of a day a term can start; none on a day of rest of the office.
    fn hours(&self, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        if self.every {
            return Some((FIRST, LAST));
        }
        let hours = self.calendar.opening_and_closing(day).ok();
        let works = self.calendar.is_working_day(day) == Ok(true);
        hours.or_else(|| works.then_some((FIRST, LAST)))
    }
}
