//! The hour-budget model: hours start at their moment and end at a moment
//! (Civil Code Art. 147(1)); the first day is not excluded.

use chrono::{NaiveDateTime, TimeDelta};

use super::days::{self, IsLast};
use super::run::{Seen, Track};
use super::{ClockHours, Policies, Unit};
use crate::calendar::Calendar;
use crate::error::Error;

/// A budget of hours to run down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub(crate) unit: Unit,
    pub(crate) hours: u32,
    pub(crate) start: NaiveDateTime,
}

impl Budget {
    /// Returns the end of the budget, with so many seconds added for suspensions.
    pub(crate) fn end(&self, calendar: &Calendar, suspended: u64) -> Result<NaiveDateTime, Error> {
        let seconds = (u64::from(self.hours) * 3600).saturating_add(suspended);
        if self.unit == Unit::WorkingHours {
            return calendar.add_office(self.start, seconds);
        }
        i64::try_from(seconds)
            .ok()
            .and_then(TimeDelta::try_seconds)
            .and_then(|it| self.start.checked_add_signed(it))
            .ok_or_else(Error::overflow)
    }

    /// Counts seconds between two moments: of office time, or elapsed.
    pub(crate) fn count(
        &self,
        calendar: &Calendar,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> Result<u64, Error> {
        if self.unit == Unit::WorkingHours {
            return calendar.office_between(from, until);
        }
        Ok(u64::try_from(until.signed_duration_since(from).num_seconds()).unwrap_or_default())
    }

    /// Runs the budget through the suspensions that begin before it ends.
    pub(crate) fn run(
        &self,
        track: &mut Track<'_, impl FnMut(Seen)>,
        is_last: IsLast,
    ) -> Result<NaiveDateTime, Error> {
        let (calendar, policies) = (track.calendar, track.policies);
        let mut suspended = 0_u64;
        loop {
            let base = self.end(calendar, suspended)?;
            let end = match is_last {
                IsLast::Yes => roll(calendar, policies, self.unit, base)?,
                IsLast::No => base,
            };
            let Some(pause) = track.next_if(|it| it.begins <= end)? else {
                return Ok(base);
            };
            let from = pause.from.max(self.start);
            suspended = suspended.saturating_add(self.count(calendar, from, pause.until)?);
        }
    }
}

/// Returns the moment at which a budget ends that is used up then: policy `clock-hours`.
pub(crate) fn roll(
    calendar: &Calendar,
    policies: &Policies,
    unit: Unit,
    end: NaiveDateTime,
) -> Result<NaiveDateTime, Error> {
    if unit == Unit::WorkingHours || policies.clock_hours() == ClockHours::Literal {
        return Ok(end);
    }
    let day = days::roll(calendar, policies, unit, end.date())?;
    Ok(day.and_time(end.time()))
}
