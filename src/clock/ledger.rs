//! The account of a due date: every day, or hour, and why it counted or not.
//!
//! Built on request, never on the way to a date. Run-length entries follow each
//! other without a gap from the start of the term to its end.

use alloc::vec::Vec;
use core::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::Due;
use super::reason::Reason;
use crate::law::Citation;

/// How a due date came about.
///
/// # Example
///
/// ```
/// # use hoso::{calendar::Calendar, source::Sources};
/// # let mut sources = Sources::new();
/// # sources.add("vietnam.toml", include_str!("../../procedures/calendars/vietnam.toml"));
/// # let (calendars, _) = Calendar::parse_all(&sources);
/// use hoso::clock::{Clock, Limit};
/// use hoso::text::Lang;
///
/// let limit: Limit = "1 working day".parse()?;
/// let clock = Clock::start(limit.into(), "2026-04-24T16:00:00+07:00".parse()?);
/// let ledger = clock.ledger(&calendars[0])?.unwrap();
/// let lines: Vec<String> = ledger.entries().iter()
///     .map(|it| format!("{} {}", it.from(), it.reason().text(Lang::En))).collect();
/// assert_eq!(lines, [
///     "2026-04-24 the first day is not counted",
///     "2026-04-25 weekly rest",
///     "2026-04-26 Hung Kings' Commemoration Day",
///     "2026-04-27 Compensatory rest for Hung Kings' Commemoration Day",
///     "2026-04-28 counted",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    pub(crate) entries: Vec<Entry>,
    pub(crate) due: Due,
}

/// One stretch of a ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub(crate) from: Mark,
    pub(crate) to: Mark,
    pub(crate) reason: Reason,
    pub(crate) law: Vec<Citation>,
}

/// A day that belongs to the stretch, or a moment that bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(untagged))]
pub enum Mark {
    /// A whole day; it belongs to the stretch at both ends.
    Day(NaiveDate),
    /// A moment.
    Moment(DateTime<FixedOffset>),
}

impl Ledger {
    /// Returns the entries in order; each begins where the one before ends.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the due date to which they lead.
    #[must_use]
    pub const fn due(&self) -> Due {
        self.due
    }
}

impl Entry {
    /// Returns the first day, or the moment from which the stretch runs.
    #[must_use]
    pub const fn from(&self) -> Mark {
        self.from
    }

    /// Returns the last day, or the moment up to which it runs.
    #[must_use]
    pub const fn to(&self) -> Mark {
        self.to
    }

    /// Returns why it counted or did not.
    #[must_use]
    pub const fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Returns true when it counted.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.reason.counts()
    }

    /// Returns the articles and instruments on which that rests.
    #[must_use]
    pub fn law(&self) -> &[Citation] {
        &self.law
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => fmt::Display::fmt(day, f),
            Self::Moment(at) => f.write_str(&at.to_rfc3339()),
        }
    }
}
