//! Office time by prefix sums over working days: constant time, days of any length.
//!
//! All office time of a calendar stands on one line of seconds. A position on
//! it is found by a coarse table and a step or two, whatever the distance.

use alloc::vec::Vec;

use super::days::DayTable;
use super::plan::{Plan, Session, WeekHours};
use super::sheet::Weekday;

/// Most entries of the coarse table for each working day.
const COARSE: usize = 8;

/// The tables, over ranks of working days.
#[derive(Clone, Debug, Default)]
pub(crate) struct HourTable {
    // INVARIANT: office seconds before each working day, and in all.
    opened: Vec<u32>,
    // INVARIANT: the profile of each working day.
    day: Vec<u16>,
    profiles: Vec<Vec<Session>>,
    // INVARIANT: rank of the working day that holds position `idx << shift`.
    coarse: Vec<u16>,
    shift: u32,
}

impl HourTable {
    pub(crate) fn build(plan: &Plan, days: &DayTable, revision: chrono::NaiveDate) -> Self {
        let mut table = Self::default();
        let mut opened = 0;
        for date in days.working() {
            let model = plan.decree(date, revision).and_then(|it| it.swap).unwrap_or(date);
            let sessions = on(&plan.sessions, Weekday::of(model), date);
            table.opened.push(opened);
            opened += sessions.iter().map(|it| it.seconds()).sum::<u32>();
            let profile = table.profile(sessions);
            table.day.push(profile);
        }
        table.opened.push(opened);
        table.coarsen();
        table
    }

    /// Returns the number of a profile, which is added when it is new.
    fn profile(&mut self, sessions: Vec<Session>) -> u16 {
        let known = self.profiles.iter().position(|it| *it == sessions);
        let number = known.unwrap_or_else(|| {
            self.profiles.push(sessions);
            self.profiles.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    /// Fills the coarse table; its grain is below the shortest day, unless that is tiny.
    fn coarsen(&mut self) {
        let lengths = self.profiles.iter().map(|it| it.iter().map(|it| it.seconds()).sum::<u32>());
        let shortest = lengths.filter(|it| *it > 0).min().unwrap_or(1);
        self.shift = shortest.ilog2();
        while (self.total() >> self.shift) as usize > self.opened.len() * COARSE {
            self.shift += 1;
        }
        let mut rank = 0;
        let entries = (self.total() >> self.shift) + 1;
        self.coarse = (0..entries)
            .map(|entry| {
                while self.opened.get(rank + 1).is_some_and(|it| *it <= entry << self.shift) {
                    rank += 1;
                }
                u16::try_from(rank).unwrap_or(u16::MAX)
            })
            .collect();
    }

    /// Returns all office seconds of the calendar.
    pub(crate) fn total(&self) -> u32 {
        self.opened.last().copied().unwrap_or_default()
    }

    /// Returns the sessions of a working day.
    #[inline]
    pub(crate) fn sessions(&self, rank: usize) -> &[Session] {
        let profile = self.day.get(rank).and_then(|it| self.profiles.get(usize::from(*it)));
        profile.map_or(&[], Vec::as_slice)
    }

    /// Returns the office seconds before a working day.
    #[inline]
    pub(crate) fn opened(&self, rank: usize) -> u32 {
        self.opened.get(rank).copied().unwrap_or_else(|| self.total())
    }

    /// Returns the office seconds before a second of a working day.
    #[inline]
    pub(crate) fn position(&self, rank: usize, second: u32) -> u32 {
        let within: u32 = self.sessions(rank).iter().map(|it| it.before(second)).sum();
        self.opened(rank) + within
    }

    /// Returns the working day and second of the day by which a position is reached.
    ///
    /// None for position zero and beyond the last session.
    #[inline]
    pub(crate) fn locate(&self, position: u32) -> Option<(usize, u32)> {
        let before = position.checked_sub(1)?;
        let mut rank = usize::from(*self.coarse.get((before >> self.shift) as usize)?);
        while *self.opened.get(rank + 1)? < position {
            rank += 1;
        }
        let mut left = position.checked_sub(self.opened(rank))?;
        for session in self.sessions(rank) {
            if left <= session.seconds() {
                return Some((rank, session.from + left));
            }
            left -= session.seconds();
        }
        None
    }
}

/// Returns the hours that hold on a date, taken as some day of the week, in order.
pub(crate) fn on(all: &[WeekHours], weekday: Weekday, date: chrono::NaiveDate) -> Vec<Session> {
    all.iter().filter(|it| it.hold(weekday, date)).map(|it| it.session).collect()
}
