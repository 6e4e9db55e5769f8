//! Questions about days: why one is worked, and counting working days.

use chrono::NaiveDate;

use super::{Calendar, DayKind, Decree};
use crate::error::Error;
use crate::law::Citation;
use crate::text::Lang;

/// One day of a calendar, and why it is or is not a working day.
#[derive(Clone, Copy, Debug)]
pub struct Day<'c> {
    date: NaiveDate,
    kind: DayKind,
    decree: Option<&'c Decree>,
    rest_law: &'c [Citation],
    provisional: bool,
}

/// Working days.
impl Calendar {
    /// Returns a day, and why it is or is not a working day.
    ///
    /// # Errors
    ///
    /// When the day is outside coverage.
    pub fn day(&self, date: NaiveDate) -> Result<Day<'_>, Error> {
        let index = self.index(date)?;
        let kind = self.days.kind(index).ok_or_else(|| self.uncovered(date))?;
        let decree = self.plan.decree(date, self.revision);
        let provisional = self.days.is_provisional(index, index);
        Ok(Day { date, kind, decree, rest_law: &self.plan.rest_law, provisional })
    }

    /// Returns true for a working day, swapped ones included.
    ///
    /// # Errors
    ///
    /// When the day is outside coverage.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, Error> {
        Ok(self.kind(date)?.is_working())
    }

    /// Returns the number of working days after `after` up to and including `through`.
    ///
    /// Zero when `through` is not later.
    ///
    /// # Errors
    ///
    /// When either day is outside coverage.
    pub fn working_days_between(&self, after: NaiveDate, through: NaiveDate) -> Result<u32, Error> {
        let (after, through) = (self.index(after)?, self.index(through)?);
        let days = self.days.rank(through + 1).saturating_sub(self.days.rank(after + 1));
        Ok(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// Returns the `count`-th working day after a day, which itself is not counted (Civil Code Art. 147(2)).
    ///
    /// With a count of zero, the day itself.
    ///
    /// # Errors
    ///
    /// When the day, or the answer, is outside coverage.
    #[inline]
    pub fn add_working_days(&self, date: NaiveDate, count: u32) -> Result<NaiveDate, Error> {
        let index = self.index(date)?;
        let Some(more) = count.checked_sub(1) else {
            return Ok(date);
        };
        let rank = self.days.rank(index + 1).saturating_add(more as usize);
        self.working_day(rank)
    }

    /// Returns the first working day after a day.
    ///
    /// # Errors
    ///
    /// When either is outside coverage.
    pub fn next_working_day(&self, date: NaiveDate) -> Result<NaiveDate, Error> {
        self.add_working_days(date, 1)
    }

    /// Returns the last working day before a day.
    ///
    /// # Errors
    ///
    /// When either is outside coverage.
    pub fn previous_working_day(&self, date: NaiveDate) -> Result<NaiveDate, Error> {
        let rank = self.days.rank(self.index(date)?);
        let before = self.plan.from.pred_opt().unwrap_or(self.plan.from);
        let rank = rank.checked_sub(1).ok_or_else(|| self.uncovered(before))?;
        self.working_day(rank)
    }

    /// Returns the day itself if it is a working day, else the next one (Civil Code Art. 148(5)).
    ///
    /// # Errors
    ///
    /// When either is outside coverage.
    #[inline]
    pub fn roll(&self, date: NaiveDate) -> Result<NaiveDate, Error> {
        self.working_day(self.days.rank(self.index(date)?))
    }

    /// Returns true when a day from `first` to `last` may still change.
    ///
    /// That is when its year had no decreed schedule at this revision, or its
    /// row is derived or provisional.
    ///
    /// # Errors
    ///
    /// When either day is outside coverage.
    #[inline]
    pub fn is_provisional(&self, first: NaiveDate, last: NaiveDate) -> Result<bool, Error> {
        Ok(self.days.is_provisional(self.index(first)?, self.index(last)?))
    }

    #[inline]
    pub(crate) fn kind(&self, date: NaiveDate) -> Result<DayKind, Error> {
        let index = self.days.index(date);
        index.and_then(|it| self.days.kind(it)).ok_or_else(|| self.uncovered(date))
    }

    #[inline]
    pub(super) fn index(&self, date: NaiveDate) -> Result<usize, Error> {
        self.days.index(date).ok_or_else(|| self.uncovered(date))
    }

    #[inline]
    pub(super) fn working_day(&self, rank: usize) -> Result<NaiveDate, Error> {
        let index = self.days.select(rank);
        index.and_then(|it| self.days.date(it)).ok_or_else(|| self.uncovered(self.days.end()))
    }

    #[cold]
    pub(crate) fn uncovered(&self, date: NaiveDate) -> Error {
        Error::uncovered(self.plan.id, date, self.plan.from, self.plan.until)
    }
}

impl<'c> Day<'c> {
    /// Returns the date.
    #[must_use]
    pub const fn date(&self) -> NaiveDate {
        self.date
    }

    /// Returns why it is, or is not, a working day.
    #[must_use]
    pub const fn kind(&self) -> DayKind {
        self.kind
    }

    /// Returns what was decreed for this date; none for a day like any other.
    #[must_use]
    pub const fn decree(&self) -> Option<&'c Decree> {
        self.decree
    }

    /// Returns what the day is for people: the name of the holiday, else the kind of day.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'c str {
        self.decree.map_or_else(|| self.kind.label(lang), |it| it.name.get(lang))
    }

    /// Returns the instruments on which it rests that the day is, or is not, worked.
    #[must_use]
    pub fn law(&self) -> &'c [Citation] {
        match self.decree {
            Some(decree) => &decree.law,
            None if self.kind == DayKind::WeeklyRest => self.rest_law,
            None => &[],
        }
    }

    /// Returns true when the day may still change: see [`Calendar::is_provisional`].
    #[must_use]
    pub const fn is_provisional(&self) -> bool {
        self.provisional
    }
}
