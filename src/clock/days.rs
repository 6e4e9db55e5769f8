//! The legal day model: the first day is excluded, the term ends with its last
//! day, and a last day on rest rolls on (Civil Code Art. 147–148).
//!
//! No time of day takes part.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::run::{Seen, Track};
use super::{LeapDay, Policies, SwappedDayOff, SwappedSaturday, Unit};
use crate::calendar::{Calendar, DayKind};
use crate::error::Error;

/// A stretch of days to count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) unit: Unit,
    pub(crate) number: u32,
    /// The day before the first one that counts.
    pub(crate) after: NaiveDate,
    /// Where corresponding days of months and years are taken from.
    pub(crate) anchor: NaiveDate,
}

impl Span {
    /// Returns the last day of the count, with so many days added for suspensions.
    #[inline]
    pub(crate) fn last_day(
        &self,
        calendar: &Calendar,
        policies: &Policies,
        suspended: u32,
    ) -> Result<NaiveDate, Error> {
        if self.unit == Unit::WorkingDays {
            let count = self.number.saturating_add(suspended);
            return calendar.add_working_days(self.after, count);
        }
        // A counted day of reception moves the whole term one day ahead.
        let ahead = u64::from(self.anchor != self.after);
        let civil = match self.unit {
            Unit::Months => self.anchor.checked_add_months(Months::new(self.number)),
            Unit::Years => years_after(self.anchor, self.number, policies.leap_day()),
            _ => self.anchor.checked_add_days(Days::new(u64::from(self.number))),
        };
        civil
            .and_then(|it| it.checked_add_days(Days::new(u64::from(suspended))))
            .and_then(|it| it.checked_sub_days(Days::new(ahead)))
            .ok_or_else(Error::overflow)
    }

    /// Counts the days after `from` up to and including `until` in the unit of suspensions.
    pub(crate) fn count(
        &self,
        calendar: &Calendar,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<u32, Error> {
        if self.unit == Unit::WorkingDays {
            return calendar.working_days_between(from, until);
        }
        let days = until.signed_duration_since(from).num_days().max(0);
        Ok(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// Runs the count through the suspensions that begin before it ends.
    #[inline]
    pub(crate) fn run(
        &self,
        track: &mut Track<'_, impl FnMut(Seen)>,
        is_last: IsLast,
    ) -> Result<NaiveDate, Error> {
        let (calendar, policies) = (track.calendar, track.policies);
        let mut suspended = 0_u32;
        loop {
            let last = self.last_day(calendar, policies, suspended)?;
            if track.is_unbroken() {
                return Ok(last);
            }
            let end = match is_last {
                IsLast::Yes => roll(calendar, policies, self.unit, last)?,
                IsLast::No => last,
            };
            let Some(pause) = track.next_if(|it| it.begins.date() <= end)? else {
                return Ok(last);
            };
            let from = pause.from.date().max(self.after);
            suspended = suspended.saturating_add(self.count(calendar, from, pause.until.date())?);
        }
    }
}

/// Whether anything follows a phase: only the last one rolls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum IsLast {
    Yes,
    No,
}

/// Returns the corresponding day of a later year; from 29 February by the policy.
fn years_after(date: NaiveDate, years: u32, leap: LeapDay) -> Option<NaiveDate> {
    let months = years.checked_mul(12)?;
    let last = date.checked_add_months(Months::new(months))?;
    match leap {
        LeapDay::Roll if last.day() != date.day() => last.succ_opt(),
        _ => Some(last),
    }
}

/// Returns the day on which a term ends whose last day this is (Civil Code Art. 148(5)).
///
/// A limit in working days never ends on rest and is not touched.
#[inline]
pub(crate) fn roll(
    calendar: &Calendar,
    policies: &Policies,
    unit: Unit,
    last: NaiveDate,
) -> Result<NaiveDate, Error> {
    if unit == Unit::WorkingDays {
        return Ok(last);
    }
    let plain = policies.swapped_day_off() == SwappedDayOff::Rest
        && policies.swapped_saturday() == SwappedSaturday::Works;
    if plain {
        return calendar.roll(last);
    }
    let mut day = last;
    while rests(calendar.kind(day)?, policies) {
        day = day.succ_opt().ok_or_else(Error::overflow)?;
    }
    Ok(day)
}

fn rests(kind: DayKind, policies: &Policies) -> bool {
    match kind {
        DayKind::SwapOff => policies.swapped_day_off() == SwappedDayOff::Rest,
        DayKind::SwapWork => policies.swapped_saturday() == SwappedSaturday::Rest,
        other => !other.is_working(),
    }
}
