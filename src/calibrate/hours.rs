//! Lengths of time over the hours that count: of the clock, of the office, of reception.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::error::Error;
use crate::simulate::{Hours, Roster};

/// Of fewer moments, those of day and night cannot be told from exceptions.
const FEW: usize = 100;

/// The hours of a calendar from a day on.
#[derive(Debug)]
pub(super) struct Watch {
    office: Roster,
    reception: Roster,
}

impl Watch {
    /// Lays out the hours.
    ///
    /// # Errors
    ///
    /// When the day is outside the calendar's coverage.
    pub(super) fn from(calendar: &Calendar, day: NaiveDate) -> Result<Self, Error> {
        Ok(Self {
            office: Roster::of(calendar, Hours::Office, &[], day)?,
            reception: Roster::of(calendar, Hours::Reception, &[], day)?,
        })
    }

    const fn roster(&self, hours: Hours) -> Option<&Roster> {
        match hours {
            Hours::Always => None,
            Hours::Office => Some(&self.office),
            Hours::Reception => Some(&self.reception),
        }
    }

    /// Returns how many seconds count between two moments.
    pub(super) fn between(&self, hours: Hours, from: i64, until: i64) -> i64 {
        match self.roster(hours) {
            None => until - from,
            Some(roster) => roster.position(until) - roster.position(from),
        }
    }

    /// Returns true where somebody is there at a moment, its session just ended included.
    pub(super) fn holds(&self, hours: Hours, at: i64) -> bool {
        let open = |roster: &Roster, at: i64| roster.next_open(at) == Some(at);
        self.roster(hours).is_none_or(|it| open(it, at) || open(it, at - 1))
    }

    /// Returns the narrowest hours in which nearly all of some moments lie; of few, in which most do.
    pub(super) fn of(&self, moments: impl Iterator<Item = i64> + Clone) -> Hours {
        let all = moments.clone().count();
        let holds = |hours: &Hours| {
            let inside = moments.clone().filter(|it| self.holds(*hours, *it)).count();
            if all < FEW { inside * 10 >= all * 8 } else { inside * 100 >= all * 99 }
        };
        [Hours::Office, Hours::Reception].into_iter().find(holds).unwrap_or(Hours::Always)
    }
}
