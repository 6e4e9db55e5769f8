//! What a calendar says once its text was checked: days, weeks, years, hours.
//!
//! A plan holds every revision at once; the tables that answer questions are
//! built from it for one revision. No diagnostic is made here.

use alloc::vec::Vec;

use chrono::{Datelike as _, FixedOffset, NaiveDate, NaiveTime, Timelike as _};

use super::policy::Policies;
use super::sheet::{DayKind, Status, Weekday};
use crate::id::Id;
use crate::law::{Certainty, Citation, Interval};
use crate::text::Text;

/// The checked content of a calendar.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) id: Id,
    pub(crate) name: Text,
    pub(crate) offset: FixedOffset,
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
    pub(crate) rest: Vec<Weekday>,
    pub(crate) rest_law: Vec<Citation>,
    // INVARIANT: in order of date, one to a date.
    pub(crate) decrees: Vec<Decree>,
    pub(crate) years: Vec<Year>,
    pub(crate) sessions: Vec<WeekHours>,
    pub(crate) receptions: Vec<WeekHours>,
    pub(crate) policies: Policies,
}

/// When the schedule of a year was decreed.
#[derive(Clone, Debug)]
pub(crate) struct Year {
    pub(crate) year: i32,
    pub(crate) on: NaiveDate,
}

/// A day that is decreed by date: a holiday, compensatory rest, or one half of a swap.
#[derive(Clone, Debug)]
pub struct Decree {
    pub(crate) date: NaiveDate,
    pub(crate) kind: DayKind,
    pub(crate) name: Text,
    pub(crate) swap: Option<NaiveDate>,
    pub(crate) announced: Option<NaiveDate>,
    pub(crate) status: Status,
    pub(crate) certainty: Certainty,
    pub(crate) law: Vec<Citation>,
}

/// Hours on some days of the week, while they are in effect.
#[derive(Clone, Debug)]
pub(crate) struct WeekHours {
    pub(crate) days: Vec<Weekday>,
    pub(crate) session: Session,
    pub(crate) effective: Option<Interval>,
}

/// Hours without a break (buổi làm việc), from and until a time of day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Session {
    // INVARIANT: from < until, in seconds of the day.
    pub(crate) from: u32,
    pub(crate) until: u32,
}

impl Plan {
    /// Returns the decree of a date, if it was known on the revision.
    pub(crate) fn decree(&self, date: NaiveDate, revision: NaiveDate) -> Option<&Decree> {
        let found = self.decrees.binary_search_by_key(&date, |it| it.date).ok()?;
        self.decrees.get(found).filter(|it| it.is_known_on(revision))
    }

    /// Returns the kind of a date that no decree changes.
    pub(crate) fn ordinary(&self, date: NaiveDate) -> DayKind {
        if self.rest.contains(&Weekday::of(date)) { DayKind::WeeklyRest } else { DayKind::Working }
    }

    /// Returns true when the schedule of the date's year was decreed by the revision.
    ///
    /// Years before the first one that has an announcement are history.
    pub(crate) fn is_scheduled(&self, date: NaiveDate, revision: NaiveDate) -> bool {
        let Some(first) = self.years.iter().map(|it| it.year).min() else {
            return true;
        };
        date.year() < first
            || self.years.iter().any(|it| it.year == date.year() && it.on <= revision)
    }

    /// Returns the days on which something was announced, in order and once each.
    pub(crate) fn revisions(&self) -> Vec<NaiveDate> {
        let announced = self.decrees.iter().filter_map(|it| it.announced);
        let mut all: Vec<NaiveDate> = announced.chain(self.years.iter().map(|it| it.on)).collect();
        all.push(self.from);
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Decree {
    pub(crate) fn is_known_on(&self, revision: NaiveDate) -> bool {
        self.announced.is_none_or(|it| it <= revision)
    }

    /// Returns the date.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns what the decree makes of the day.
    #[must_use]
    pub const fn kind(&self) -> DayKind {
        self.kind
    }

    /// Returns the name of the day.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the day for which a swapped day is exchanged.
    #[must_use]
    pub const fn swap(&self) -> Option<NaiveDate> {
        self.swap
    }

    /// Returns when it was announced; none when it belongs to the first revision.
    #[must_use]
    pub const fn announced(&self) -> Option<NaiveDate> {
        self.announced
    }

    /// Returns how firmly it is decreed.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Returns how surely the decree is known.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns the instruments on which it rests.
    #[must_use]
    pub fn law(&self) -> &[Citation] {
        &self.law
    }
}

impl WeekHours {
    /// Returns true when these hours hold on a date, taken as some day of the week.
    pub(crate) fn hold(&self, weekday: Weekday, date: NaiveDate) -> bool {
        self.days.contains(&weekday) && self.effective.is_none_or(|it| it.contains(date))
    }
}

impl Session {
    /// Creates a session; none when it does not end after it begins.
    pub(crate) fn new(from: NaiveTime, until: NaiveTime) -> Option<Self> {
        let (from, until) = (from.num_seconds_from_midnight(), until.num_seconds_from_midnight());
        (from < until).then_some(Self { from, until })
    }

    /// Returns when it begins.
    #[must_use]
    pub fn from(&self) -> NaiveTime {
        time(self.from)
    }

    /// Returns when it ends.
    #[must_use]
    pub fn until(&self) -> NaiveTime {
        time(self.until)
    }

    /// Returns its length in seconds.
    pub(crate) const fn seconds(self) -> u32 {
        self.until - self.from
    }

    /// Returns the seconds of it that lie before a second of the day.
    pub(crate) fn before(self, second: u32) -> u32 {
        second.clamp(self.from, self.until) - self.from
    }
}

/// Returns the time of a second of the day; midnight for a second that no day has.
pub(crate) fn time(second: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or_default()
}
