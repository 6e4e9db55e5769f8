//! When people work: sessions on one line of seconds, and the working time before each.
//!
//! A session is open from its first second up to, and without, its last.

use alloc::vec::Vec;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use crate::calendar::{Calendar, Weekday};
use crate::error::Error;
use crate::simulate::scenario::{Hours, SessionDraft};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Longer than any simulation, and short enough to be added to.
const EVER: i64 = i64::MAX / 4;

/// Sessions in order, found by day.
#[derive(Clone, Debug)]
pub(crate) struct Roster {
    // The beginning of the first day, in seconds since the epoch.
    base: i64,
    // INVARIANT: for each day, the first session that ends after it begins.
    first: Vec<u32>,
    sessions: Vec<Session>,
}

/// One session, and the working seconds before it.
#[derive(Clone, Copy, Debug)]
struct Session {
    open: i64,
    close: i64,
    before: i64,
}

impl Roster {
    /// Lays out the sessions of a calendar from a day to the end of its coverage, as far as
    /// they lie in windows where there are any.
    ///
    /// # Errors
    ///
    /// When the first day is outside coverage.
    pub(crate) fn of(
        calendar: &Calendar,
        hours: Hours,
        windows: &[SessionDraft],
        from: NaiveDate,
    ) -> Result<Self, Error> {
        let (_, end) = calendar.covered();
        let base = seconds(calendar, from.and_time(NaiveTime::MIN));
        let mut roster = Self { base, first: Vec::new(), sessions: Vec::new() };
        if hours == Hours::Always && windows.is_empty() {
            calendar.kind(from)?;
            roster.first.push(0);
            roster.sessions.push(Session { open: -EVER, close: EVER, before: -EVER });
            return Ok(roster);
        }
        let mut day = from;
        while day < end {
            roster.first.push(u32::try_from(roster.sessions.len()).map_err(|_| Error::overflow())?);
            for (open, close) in within(spans(calendar, hours, day)?, windows, day) {
                let midnight = base + (day - from).num_days() * DAY;
                roster.push(midnight + i64::from(open), midnight + i64::from(close));
            }
            day = day.checked_add_days(Days::new(1)).ok_or_else(Error::overflow)?;
        }
        Ok(roster)
    }

    fn push(&mut self, open: i64, close: i64) {
        let before = self.sessions.last().map_or(0, |it| it.before + it.close - it.open);
        self.sessions.push(Session { open, close, before });
    }

    /// Returns the place of the session that is open, or that opens next.
    #[inline]
    fn place(&self, at: i64) -> Option<usize> {
        let day = usize::try_from((at - self.base).div_euclid(DAY)).unwrap_or(0);
        let day = day.min(self.first.len().saturating_sub(1));
        let mut place = *self.first.get(day)? as usize;
        while self.sessions.get(place)?.close <= at {
            place += 1;
        }
        Some(place)
    }

    /// Returns a moment and its session, which is sought from an earlier one on; none beyond the calendar.
    #[inline]
    pub(crate) fn spot(&self, from: usize, at: i64) -> Option<Spot<'_>> {
        let mut place = from;
        loop {
            let session = self.sessions.get(place)?;
            if session.close > at {
                return Some(Spot { roster: self, place, session: *session, at });
            }
            place += 1;
        }
    }

    /// Returns the first moment from `at` on at which somebody works.
    #[inline]
    pub(crate) fn next_open(&self, at: i64) -> Option<i64> {
        Some(self.sessions.get(self.place(at)?)?.open.max(at))
    }

    /// Returns the working seconds before a moment, from the first day on.
    #[inline]
    pub(crate) fn position(&self, at: i64) -> i64 {
        match self.place(at).and_then(|it| self.sessions.get(it)) {
            Some(it) => it.before + (at - it.open).max(0),
            None => self.sessions.last().map_or(0, |it| it.before + it.close - it.open),
        }
    }

    /// Returns when so many working seconds have passed; none beyond the calendar.
    ///
    /// At the end of a session that is its end, not the beginning of the next one.
    #[inline]
    pub(crate) fn add(&self, at: i64, seconds: i64) -> Option<i64> {
        self.spot(self.place(at)?, at)?.add(seconds)
    }
}

/// A moment on a roster, with the session that is open then, or that opens next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'r> {
    roster: &'r Roster,
    place: usize,
    session: Session,
    at: i64,
}

impl<'r> Spot<'r> {
    pub(crate) const fn roster(&self) -> &'r Roster {
        self.roster
    }

    /// Returns the place of the session, from which later ones are sought.
    #[inline]
    pub(crate) const fn place(&self) -> usize {
        self.place
    }

    #[inline]
    pub(crate) const fn is_open(&self) -> bool {
        self.session.open <= self.at
    }

    /// Returns the first moment at which somebody works.
    #[inline]
    pub(crate) fn opens(&self) -> i64 {
        self.session.open.max(self.at)
    }

    /// Returns the working seconds before the moment.
    #[inline]
    pub(crate) fn position(&self) -> i64 {
        self.session.before + (self.at - self.session.open).max(0)
    }

    /// Returns the working seconds from an earlier moment on.
    #[inline]
    pub(crate) fn since(&self, earlier: i64) -> i64 {
        if earlier >= self.session.open {
            return self.at - earlier;
        }
        self.position() - self.roster.position(earlier)
    }

    /// Returns when so many working seconds have passed; none beyond the calendar.
    #[inline]
    pub(crate) fn add(&self, seconds: i64) -> Option<i64> {
        let (mut session, mut start, mut left) = (&self.session, self.opens(), seconds);
        let mut place = self.place;
        loop {
            let room = session.close - start;
            if left <= room {
                return Some(start + left);
            }
            left -= room;
            place += 1;
            session = self.roster.sessions.get(place)?;
            start = session.open;
        }
    }
}

/// Returns the seconds since the epoch of a local time of a calendar.
pub(crate) fn seconds(calendar: &Calendar, local: NaiveDateTime) -> i64 {
    local.and_utc().timestamp() - i64::from(calendar.offset().local_minus_utc())
}

/// Returns the sessions of a day, in order, those that touch joined.
pub(crate) fn spans(
    calendar: &Calendar,
    hours: Hours,
    day: NaiveDate,
) -> Result<Vec<(u32, u32)>, Error> {
    if hours == Hours::Always {
        return Ok(Vec::from([(0, 86_400)]));
    }
    let mut all: Vec<(u32, u32)> =
        calendar.sessions(day)?.iter().map(|it| (it.from, it.until)).collect();
    if hours == Hours::Reception {
        all.extend(calendar.receptions(day)?.iter().map(|it| (it.from, it.until)));
    }
    Ok(joined(all))
}

/// Returns what of a day's spans lies in windows; all of them where there are no windows.
fn within(spans: Vec<(u32, u32)>, windows: &[SessionDraft], day: NaiveDate) -> Vec<(u32, u32)> {
    if windows.is_empty() {
        return spans;
    }
    let today = Weekday::of(day);
    let windows = windows.iter().filter(|it| it.days.is_absent() || it.days.0.contains(&today));
    let all = windows.flat_map(|it| {
        let [first, last] = [it.from, it.until].map(|it| it.value.num_seconds_from_midnight());
        spans.iter().map(move |(from, until)| ((*from).max(first), (*until).min(last)))
    });
    joined(all.filter(|(from, until)| from < until).collect())
}

/// Puts spans in order, and joins those that touch.
fn joined(mut all: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    all.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, until) in all {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}
