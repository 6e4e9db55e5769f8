//! The day and moment at which a term ends.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::calendar::Calendar;
use crate::error::Error;
use crate::id::Id;

/// When the answer is due (ngày hẹn trả kết quả), and by which calendar.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Due {
    pub(crate) date: NaiveDate,
    pub(crate) moment: DateTime<FixedOffset>,
    pub(crate) calendar: Id,
    pub(crate) revision: NaiveDate,
    pub(crate) provisional: bool,
}

impl Due {
    /// Returns the local day on which the term ends.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns the moment at which the term ends.
    ///
    /// That is 23:59:59 of the last day for days, months, years and the
    /// same-day rule (Civil Code Art. 148(6)), the beginning or end of an
    /// office session for a transfer, and exact for hours.
    #[must_use]
    pub const fn moment(&self) -> DateTime<FixedOffset> {
        self.moment
    }

    /// Returns the calendar by which it was computed.
    #[must_use]
    pub const fn calendar(&self) -> Id {
        self.calendar
    }

    /// Returns the revision of that calendar.
    #[must_use]
    pub const fn revision(&self) -> NaiveDate {
        self.revision
    }

    /// Returns true when a day between reception and the due date may still change.
    ///
    /// See [`Calendar::is_provisional`].
    #[must_use]
    pub const fn is_provisional(&self) -> bool {
        self.provisional
    }

    /// Returns true for a moment at or before the end, in whole seconds.
    #[must_use]
    pub fn is_on_time(&self, at: DateTime<FixedOffset>) -> bool {
        at.timestamp() <= self.moment.timestamp()
    }
}

/// Returns the last day on which an apology still comes "one day before" a due date.
///
/// The reading is the policy `apology` (Decree 61/2018/NĐ-CP Art. 19(9)).
///
/// # Errors
///
/// When that day is outside the calendar's coverage.
pub fn latest_apology(
    calendar: &Calendar,
    policies: &super::Policies,
    due: NaiveDate,
) -> Result<NaiveDate, Error> {
    match policies.apology() {
        super::ApologyDay::WorkingDay => calendar.previous_working_day(due),
        super::ApologyDay::CalendarDay => {
            calendar.day(due)?;
            due.pred_opt().ok_or_else(Error::overflow)
        }
    }
}
