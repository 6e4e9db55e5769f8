//! Rank and select over the days of a calendar: constant time, no loop over days.
//!
//! Built once for one revision. A day has an index from the first covered day,
//! a working day a rank among working days. Nothing here knows why a day works.

use alloc::vec::Vec;

use chrono::{Datelike as _, Days, NaiveDate};

use super::plan::Plan;
use super::sheet::{DayKind, Status};

/// Seconds of a day.
const DAY: i32 = 86_400;

/// The tables.
#[derive(Clone, Debug)]
pub(crate) struct DayTable {
    first_year: i32,
    // INVARIANT: index of each 1 January from the year before coverage to the year after it.
    years: Vec<i32>,
    // INVARIANT: one to a day, and one more for the end.
    ranks: Vec<Rank>,
    kinds: Vec<DayKind>,
    dates: Vec<NaiveDate>,
    // INVARIANT: index of each working day, by rank.
    working: Vec<u16>,
}

/// What lies before a day.
#[derive(Clone, Copy, Debug)]
struct Rank {
    working: u16,
    provisional: u16,
}

impl DayTable {
    pub(crate) fn build(plan: &Plan, revision: NaiveDate) -> Self {
        let mut table = Self {
            first_year: plan.from.year() - 1,
            years: years(plan),
            ranks: Vec::new(),
            kinds: Vec::new(),
            dates: Vec::new(),
            working: Vec::new(),
        };
        let mut before = Rank { working: 0, provisional: 0 };
        for date in plan.from.iter_days().take_while(|it| *it < plan.until) {
            let decree = plan.decree(date, revision);
            let kind = decree.map_or_else(|| plan.ordinary(date), |it| it.kind);
            let firm = decree.is_none_or(|it| it.status == Status::Announced);
            table.push(date, kind, before);
            before.working += u16::from(kind.is_working());
            before.provisional += u16::from(!firm || !plan.is_scheduled(date, revision));
        }
        table.ranks.push(before);
        table
    }

    fn push(&mut self, date: NaiveDate, kind: DayKind, before: Rank) {
        if kind.is_working() {
            self.working.push(u16::try_from(self.dates.len()).unwrap_or(u16::MAX));
        }
        self.ranks.push(before);
        self.kinds.push(kind);
        self.dates.push(date);
    }

    /// Returns the index of a date; none outside coverage.
    #[inline]
    pub(crate) fn index(&self, date: NaiveDate) -> Option<usize> {
        self.covered(self.distance(date)?)
    }

    /// Returns the index of a day so many seconds after the beginning of a date, and the second of that day.
    ///
    /// No other date is computed on the way, as moments in UTC would need.
    #[inline]
    pub(crate) fn spot(&self, date: NaiveDate, seconds: i32) -> Option<(usize, u32)> {
        let index = self.covered(self.distance(date)? + seconds.div_euclid(DAY))?;
        Some((index, seconds.rem_euclid(DAY).unsigned_abs()))
    }

    /// Returns the days from the first covered one, negative before it; none for years far from coverage.
    #[inline]
    fn distance(&self, date: NaiveDate) -> Option<i32> {
        let year = usize::try_from(date.year().checked_sub(self.first_year)?).ok()?;
        Some(self.years.get(year)? + date.ordinal0() as i32)
    }

    #[inline]
    fn covered(&self, distance: i32) -> Option<usize> {
        usize::try_from(distance).ok().filter(|it| *it < self.dates.len())
    }

    #[inline]
    pub(crate) fn date(&self, index: usize) -> Option<NaiveDate> {
        self.dates.get(index).copied()
    }

    #[inline]
    pub(crate) fn kind(&self, index: usize) -> Option<DayKind> {
        self.kinds.get(index).copied()
    }

    /// Returns the number of working days before the day of an index.
    #[inline]
    pub(crate) fn rank(&self, index: usize) -> usize {
        self.ranks.get(index).map_or(self.working.len(), |it| usize::from(it.working))
    }

    /// Returns the index of the working day of a rank; none after the last one covered.
    #[inline]
    pub(crate) fn select(&self, rank: usize) -> Option<usize> {
        self.working.get(rank).map(|it| usize::from(*it))
    }

    /// Returns true when a day from `first` to `last`, both included, may still change.
    #[inline]
    pub(crate) fn is_provisional(&self, first: usize, last: usize) -> bool {
        let before = |it: usize| self.ranks.get(it).map_or(u16::MAX, |it| it.provisional);
        before(first) < before(last + 1)
    }

    /// Returns the first covered date that lies after every other.
    pub(crate) fn end(&self) -> NaiveDate {
        let last = self.dates.last().copied().unwrap_or_default();
        last.checked_add_days(Days::new(1)).unwrap_or(last)
    }

    /// Returns every working day in order.
    pub(crate) fn working(&self) -> impl Iterator<Item = NaiveDate> {
        self.working.iter().filter_map(|it| self.date(usize::from(*it)))
    }
}

/// Returns the distance of each 1 January from the first covered day.
fn years(plan: &Plan) -> Vec<i32> {
    (plan.from.year() - 1..=plan.until.year())
        .filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1))
        .filter_map(|it| i32::try_from(it.signed_duration_since(plan.from).num_days()).ok())
        .collect()
}
