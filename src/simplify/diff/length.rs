//! Which of two lengths ends later, day by day.
//!
//! Five working days and seven days are never turned into one another: both are
//! put on the calendar, from every day on which they may begin.

use alloc::vec::Vec;
use core::cmp::Ordering;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::calendar::{Calendar, Moment};
use crate::clock::{After15, Clock, Length, Policies, Unit};
use crate::law::Interval;

/// A length with the readings under which it is counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Counted {
    pub(super) length: Length,
    pub(super) policies: Policies,
    pub(super) cut_off: NaiveTime,
}

/// When a length ends later than another, and when earlier.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Compared {
    /// The first beginning from which it ends later, with both ends: the earlier length's, its own.
    pub(super) longer: Option<Ends>,
    /// The first beginning from which it ends earlier.
    pub(super) shorter: Option<Ends>,
    /// True when some beginning was tried to the end under both.
    pub(super) was_tried: bool,
}

/// A beginning and two ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Ends {
    pub(super) from: Moment,
    pub(super) before: Moment,
    pub(super) after: Moment,
}

/// Compares a length with the one before on every working day of an interval that the calendar covers.
///
/// A calendar that covers no day of the interval is taken as a whole.
pub(super) fn compare(
    before: &Counted,
    after: &Counted,
    calendar: &Calendar,
    within: Interval,
) -> Compared {
    let mut compared = Compared::default();
    let times = times(before, after);
    for day in days(calendar, within) {
        for time in &times {
            let Ok(from) = calendar.moment(day.and_time(*time)) else { continue };
            let (Some(before), Some(after)) =
                (before.end(calendar, from), after.end(calendar, from))
            else {
                continue;
            };
            compared.was_tried = true;
            let ends = Ends { from, before, after };
            match after.cmp(&before) {
                Ordering::Greater => compared.longer = compared.longer.or(Some(ends)),
                Ordering::Less => compared.shorter = compared.shorter.or(Some(ends)),
                Ordering::Equal => {}
            }
        }
    }
    compared
}

impl Counted {
    fn end(&self, calendar: &Calendar, from: Moment) -> Option<Moment> {
        let clock = Clock::start(self.length, from).under(self.policies);
        let due = clock.cutting_off_at(self.cut_off).due(calendar).ok().flatten()?;
        Some(due.moment())
    }

    /// Returns true when the time of day decides on which day it ends.
    fn minds_time(&self) -> bool {
        let by_hours = self
            .length
            .limit()
            .is_none_or(|it| matches!(it.unit(), Unit::WorkingHours | Unit::ClockHours));
        by_hours || self.policies.after_15() != After15::Literal
    }
}

/// Nine o'clock, and around the cut-offs where they matter.
fn times(before: &Counted, after: &Counted) -> Vec<NaiveTime> {
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
    let mut times = Vec::from([nine]);
    if before.minds_time() || after.minds_time() {
        let later = |it: NaiveTime| it.overflowing_add_signed(TimeDelta::seconds(1)).0;
        let edges = [before.cut_off, after.cut_off];
        times.extend(edges.into_iter().flat_map(|it| [it, later(it)]));
    }
    times.sort_unstable();
    times.dedup();
    times
}

fn days(calendar: &Calendar, within: Interval) -> Vec<NaiveDate> {
    let (from, until) = calendar.covered();
    let working = |it: &NaiveDate| calendar.is_working_day(*it) == Ok(true);
    let all = || from.iter_days().take_while(|it| *it < until).filter(working);
    let inside: Vec<NaiveDate> = all().filter(|it| within.contains(*it)).collect();
    if inside.is_empty() { all().collect() } else { inside }
}
