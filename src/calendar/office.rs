//! Questions about hours: sessions, receptions, and counting office time.

use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};

use super::{Calendar, DayKind, Moment, Session, Weekday, hours, plan};
use crate::error::Error;

/// Office hours.
impl Calendar {
    /// Returns the office sessions of a day; none on a day that is no working day.
    ///
    /// A swapped working day has the sessions of the day for which it is exchanged.
    ///
    /// # Errors
    ///
    /// When the day is outside coverage.
    pub fn sessions(&self, date: NaiveDate) -> Result<&[Session], Error> {
        let (rank, works) = self.place(self.index(date)?);
        Ok(if works { self.hours.sessions(rank) } else { &[] })
    }

    /// Returns the hours in which dossiers are only received: they make no working day.
    ///
    /// # Errors
    ///
    /// When the day is outside coverage.
    pub fn receptions(&self, date: NaiveDate) -> Result<Vec<Session>, Error> {
        let ordinary = matches!(self.kind(date)?, DayKind::Working | DayKind::WeeklyRest);
        let all = if ordinary { self.plan.receptions.as_slice() } else { &[] };
        Ok(hours::on(all, Weekday::of(date), date))
    }

    /// Returns true when dossiers are received at a counter at the moment.
    ///
    /// # Errors
    ///
    /// When the day is outside coverage.
    pub fn is_reception(&self, at: DateTime<FixedOffset>) -> Result<bool, Error> {
        self.receives(self.local(at)?)
    }

    pub(crate) fn receives(&self, local: NaiveDateTime) -> Result<bool, Error> {
        let second = local.time().num_seconds_from_midnight();
        let inside = |it: &Session| it.from <= second && second < it.until;
        Ok(self.sessions(local.date())?.iter().any(inside)
            || self.receptions(local.date())?.iter().any(inside))
    }

    /// Returns the first moment by which so many seconds of office time have passed.
    ///
    /// At the end of a session that is its last moment, not the beginning of
    /// the next one. Fractions of a second are dropped.
    ///
    /// # Errors
    ///
    /// When the moment or the answer is outside coverage, or the calendar has no office sessions.
    ///
    /// # Example
    ///
    /// ```
    /// # use hoso::{calendar::Calendar, source::Sources};
    /// # let mut sources = Sources::new();
    /// # sources.add("vietnam.toml", include_str!("../../procedures/calendars/vietnam.toml"));
    /// # sources.add("hanoi.toml", include_str!("../../procedures/calendars/hanoi.toml"));
    /// let (calendars, _) = Calendar::parse_all(&sources);
    /// let hanoi = calendars.iter().find(|it| it.id() == "hanoi").unwrap();
    /// let friday = "2026-10-09T15:00:00+07:00".parse()?;
    /// let end = hanoi.add_office_time(friday, 4 * 3600)?;
    /// assert_eq!(end.to_rfc3339(), "2026-10-12T09:30:00+07:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn add_office_time(
        &self,
        at: DateTime<FixedOffset>,
        seconds: u64,
    ) -> Result<DateTime<FixedOffset>, Error> {
        let (index, second) = self.spot(at)?;
        let end = self.after_position(self.position(index, second), seconds)?;
        end.map_or(Ok(at.with_timezone(&self.plan.offset)), |end| self.moment(end))
    }

    /// Returns the seconds of office time after `from` up to `until`; zero when that is not later.
    ///
    /// # Errors
    ///
    /// When either moment is outside coverage.
    #[inline]
    pub fn office_time_between(
        &self,
        from: DateTime<FixedOffset>,
        until: DateTime<FixedOffset>,
    ) -> Result<u64, Error> {
        let ((from, first), (until, last)) = (self.spot(from)?, self.spot(until)?);
        let seconds = self.position(until, last).saturating_sub(self.position(from, first));
        Ok(u64::from(seconds))
    }

    #[inline]
    pub(crate) fn add_office(
        &self,
        at: NaiveDateTime,
        seconds: u64,
    ) -> Result<NaiveDateTime, Error> {
        let end = self.after_position(self.position_of(at)?, seconds)?;
        Ok(end.unwrap_or(at))
    }

    /// Returns when so many office seconds after a position have passed; none for no time.
    #[inline]
    fn after_position(&self, start: u32, seconds: u64) -> Result<Option<NaiveDateTime>, Error> {
        if seconds == 0 {
            return Ok(None);
        }
        let position = u32::try_from(seconds).ok().and_then(|it| start.checked_add(it));
        let found = position.and_then(|it| self.hours.locate(it));
        let (rank, second) = found.ok_or_else(|| self.beyond())?;
        Ok(Some(self.working_day(rank)?.and_time(plan::time(second))))
    }

    #[inline]
    pub(crate) fn office_between(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
    ) -> Result<u64, Error> {
        Ok(u64::from(self.position_of(until)?.saturating_sub(self.position_of(from)?)))
    }

    /// Returns when the first session of a day begins and the last one ends.
    ///
    /// On a day on which dossiers are only received, the hours of reception.
    pub(crate) fn opening_and_closing(
        &self,
        date: NaiveDate,
    ) -> Result<(NaiveTime, NaiveTime), Error> {
        let ends = |it: &[Session]| Some((it.first()?.from(), it.last()?.until()));
        let found = match ends(self.sessions(date)?) {
            None => ends(&self.receptions(date)?),
            found => found,
        };
        found.ok_or_else(|| Error::without_sessions(self.id(), date))
    }

    /// Returns the local time of a moment.
    #[inline]
    pub(crate) fn local(&self, at: Moment) -> Result<NaiveDateTime, Error> {
        let (index, second) = self.spot(at)?;
        let date = self.days.date(index).ok_or_else(Error::overflow)?;
        Ok(date.and_time(plan::time(second)))
    }

    /// Returns the index of the local day of a moment, and the second of that day.
    #[inline]
    fn spot(&self, at: Moment) -> Result<(usize, u32), Error> {
        let utc = at.naive_utc();
        let seconds =
            utc.time().num_seconds_from_midnight() as i32 + self.plan.offset.local_minus_utc();
        self.days.spot(utc.date(), seconds).ok_or_else(|| self.unspotted(utc))
    }

    #[cold]
    fn unspotted(&self, utc: NaiveDateTime) -> Error {
        match utc.checked_add_offset(self.plan.offset) {
            Some(local) => self.uncovered(local.date()),
            None => Error::overflow(),
        }
    }

    /// Returns the moment of a local time.
    #[inline]
    pub(crate) fn moment(&self, local: NaiveDateTime) -> Result<Moment, Error> {
        let utc = local.checked_sub_offset(self.plan.offset).ok_or_else(Error::overflow)?;
        Ok(DateTime::from_naive_utc_and_offset(utc, self.plan.offset))
    }

    /// Returns the office seconds of the whole calendar before a local time.
    #[inline]
    fn position_of(&self, at: NaiveDateTime) -> Result<u32, Error> {
        Ok(self.position(self.index(at.date())?, at.time().num_seconds_from_midnight()))
    }

    /// Returns the office seconds of the whole calendar before a second of a day.
    #[inline]
    fn position(&self, index: usize, second: u32) -> u32 {
        match self.place(index) {
            (rank, true) => self.hours.position(rank, second),
            (rank, false) => self.hours.opened(rank),
        }
    }

    /// Returns the number of working days before a day, and whether it is one itself.
    #[inline]
    fn place(&self, index: usize) -> (usize, bool) {
        let rank = self.days.rank(index);
        (rank, self.days.rank(index + 1) > rank)
    }

    #[cold]
    fn beyond(&self) -> Error {
        if self.hours.total() == 0 {
            return Error::without_sessions(self.plan.id, self.plan.from);
        }
        self.uncovered(self.days.end())
    }
}
