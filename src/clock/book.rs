//! Writes a ledger: replays the phases of a term day by day, or session by session.
//!
//! It counts again on its own, so that a ledger that adds up proves the date.

use alloc::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

use super::days::Span;
use super::hours::Budget;
use super::ledger::{Entry, Ledger, Mark};
use super::pause::Pause;
use super::reason::Reason;
use super::run::{Phase, Seen, walk};
use super::{Clock, Due, Policies, Unit};
use crate::calendar::{Calendar, Day};
use crate::error::Error;
use crate::law::Citation;

impl Clock {
    /// Accounts for the due date, entry by entry; none while the term is suspended or its length is not known.
    ///
    /// # Errors
    ///
    /// As [`Clock::due`].
    pub fn ledger(&self, calendar: &Calendar) -> Result<Option<Ledger>, Error> {
        if self.is_suspended() {
            return Ok(None);
        }
        let mut seen = Vec::new();
        let Some(due) = walk(self, calendar, None, |it| seen.push(it))? else { return Ok(None) };
        let mut book = Book { calendar, entries: Vec::new(), pauses: Vec::new() };
        let started = calendar.local(self.started)?;
        let mut reached = Reached { from: started, received: calendar.local(self.runs_from())? };
        for step in seen {
            match step {
                Seen::Pause(pause) => book.pauses.push(pause),
                Seen::Phase(phase) => {
                    book.phase(&phase, &reached)?;
                    book.pauses.clear();
                    reached = Reached::after(&phase);
                }
            }
        }
        book.roll(&reached, &due)?;
        Ok(Some(Ledger { entries: book.entries, due }))
    }
}

/// How far the book has come.
#[derive(Clone, Copy)]
struct Reached {
    from: NaiveDateTime,
    received: NaiveDateTime,
}

impl Reached {
    fn after(phase: &Phase) -> Self {
        let at = match *phase {
            Phase::Days { last, .. } | Phase::Rule { last, .. } => midnight_after(last),
            Phase::Hours { end, .. } => end,
        };
        Self { from: at, received: at }
    }
}

/// A ledger while it is written.
struct Book<'a> {
    calendar: &'a Calendar,
    entries: Vec<Entry>,
    pauses: Vec<Pause>,
}

impl Book<'_> {
    fn phase(&mut self, phase: &Phase, reached: &Reached) -> Result<(), Error> {
        match phase {
            Phase::Days { span, own, last } => self.days(span, *own, *last, reached),
            Phase::Rule { span, last } => self.rule(span, *last, reached),
            Phase::Hours { budget, own, end } => self.hours(budget, *own, *end, reached),
        }
    }

    fn days(
        &mut self,
        span: &Span,
        own: u32,
        last: NaiveDate,
        reached: &Reached,
    ) -> Result<(), Error> {
        self.before(span, reached)?;
        let whole = span.budget(self.calendar, span.number)?;
        let (mut left, mut own) = (whole, span.budget(self.calendar, own)?);
        for date in days_after(span.after, last) {
            let day = self.calendar.day(date)?;
            let reason = match self.paused_on(date) {
                Some(pause) => Reason::Suspended(pause.cause),
                None if span.unit == Unit::WorkingDays && !day.kind().is_working() => {
                    Reason::rest(day)
                }
                None if left == 0 => Reason::Roll,
                None if own == 0 => Reason::Extended,
                None if span.unit == Unit::WorkingDays => worked(day),
                None => Reason::Counted(Some(span.unit)),
            };
            if reason.counts() {
                (left, own) = (left.saturating_sub(1), own.saturating_sub(1));
            }
            self.day(day, reason);
        }
        Ok(())
    }

    /// Writes what lies between reception and the first day that counts.
    fn before(&mut self, span: &Span, reached: &Reached) -> Result<(), Error> {
        if !self.entries.is_empty() {
            return self.stretch(reached.from, midnight_after(span.after), Reason::FirstDay, &[]);
        }
        let received = reached.received.date();
        let from = reached.from.date().pred_opt().unwrap_or_default();
        for date in days_after(from, span.after) {
            let reason = if date < received {
                Reason::OnItsWay
            } else if date < span.after {
                Reason::AfterCutOff
            } else {
                Reason::FirstDay
            };
            self.day(self.calendar.day(date)?, reason);
        }
        Ok(())
    }

    fn rule(&mut self, span: &Span, last: NaiveDate, reached: &Reached) -> Result<(), Error> {
        let received = span.after;
        let counted = if span.number == 0 { received } else { last };
        let from = reached.from.date().pred_opt().unwrap_or_default();
        for date in days_after(from, last) {
            let day = self.calendar.day(date)?;
            let reason = if date < received {
                Reason::OnItsWay
            } else if date == counted {
                Reason::Counted(None)
            } else if let Some(pause) = self.paused_on(date) {
                Reason::Suspended(pause.cause)
            } else if day.kind().is_working() {
                Reason::AfterCutOff
            } else {
                Reason::rest(day)
            };
            self.day(day, reason);
        }
        Ok(())
    }

    fn hours(
        &mut self,
        budget: &Budget,
        own: u32,
        end: NaiveDateTime,
        reached: &Reached,
    ) -> Result<(), Error> {
        self.stretch(reached.from, reached.received, Reason::OnItsWay, &[])?;
        self.stretch(reached.received, budget.start, Reason::AfterCutOff, &[])?;
        let mut at = budget.start;
        let mut left = u64::from(budget.hours) * 3600;
        let mut own = u64::from(own) * 3600;
        while at < end {
            let day = self.calendar.day(at.date())?;
            let (mut until, mut reason) = self.segment(budget, day, at)?;
            if reason.counts() {
                let room = if own > 0 { own } else { left };
                (until, reason) = match (left, own) {
                    (0, _) => (until, Reason::Roll),
                    (_, 0) => (until.min(later(at, room)), Reason::Extended),
                    _ => (until.min(later(at, room)), reason),
                };
            }
            let until = until.min(end);
            if reason.counts() {
                let run = u64::try_from((until - at).num_seconds()).unwrap_or_default();
                (left, own) = (left.saturating_sub(run), own.saturating_sub(run));
            }
            let law = if matches!(reason, Reason::Rest(..)) { day.law() } else { &[] };
            self.stretch(at, until, reason, law)?;
            at = until;
        }
        Ok(())
    }

    /// Returns until when, and why, time goes on as it does at a moment.
    fn segment(
        &self,
        budget: &Budget,
        day: Day<'_>,
        at: NaiveDateTime,
    ) -> Result<(NaiveDateTime, Reason), Error> {
        if let Some(pause) = self.pauses.iter().find(|it| it.from <= at && at < it.until) {
            return Ok((pause.until, Reason::Suspended(pause.cause)));
        }
        let next = self.pauses.iter().map(|it| it.from).find(|it| at < *it);
        let stop = |it: NaiveDateTime| next.map_or(it, |next| next.min(it));
        if budget.unit == Unit::ClockHours {
            return Ok((stop(NaiveDateTime::MAX), Reason::Counted(Some(budget.unit))));
        }
        let second = at.time().num_seconds_from_midnight();
        let midnight = later(at.date().and_time(NaiveTime::MIN), 24 * 3600);
        if !day.kind().is_working() {
            return Ok((stop(midnight), Reason::rest(day)));
        }
        let session = self.calendar.sessions(at.date())?.iter().find(|it| second < it.until);
        Ok(match session {
            Some(open) if open.from <= second => {
                let reason = match worked(day) {
                    Reason::Counted(_) => Reason::Counted(Some(budget.unit)),
                    swapped => swapped,
                };
                (stop(at.date().and_time(open.until())), reason)
            }
            Some(ahead) => (stop(at.date().and_time(ahead.from())), Reason::OutOfHours),
            None => (stop(midnight), Reason::OutOfHours),
        })
    }

    /// Writes the roll from where counting ended to the due date.
    fn roll(&mut self, reached: &Reached, due: &Due) -> Result<(), Error> {
        match self.entries.last().map(|it| it.to) {
            Some(Mark::Day(last)) => {
                for date in days_after(last, due.date) {
                    self.day(self.calendar.day(date)?, Reason::Roll);
                }
                Ok(())
            }
            _ => self.stretch(reached.from, self.calendar.local(due.moment)?, Reason::Roll, &[]),
        }
    }

    fn paused_on(&self, date: NaiveDate) -> Option<&Pause> {
        self.pauses.iter().find(|it| it.from.date() < date && date <= it.until.date())
    }

    fn day(&mut self, day: Day<'_>, reason: Reason) {
        let law = match reason {
            Reason::Rest(..) | Reason::SwappedDay(_) => day.law(),
            _ => &[],
        };
        let mark = Mark::Day(day.date());
        self.write(mark, mark, reason, law);
    }

    fn stretch(
        &mut self,
        from: NaiveDateTime,
        to: NaiveDateTime,
        reason: Reason,
        law: &[Citation],
    ) -> Result<(), Error> {
        if from < to {
            let (from, to) = (self.calendar.moment(from)?, self.calendar.moment(to)?);
            self.write(Mark::Moment(from), Mark::Moment(to), reason, law);
        }
        Ok(())
    }

    /// Adds a stretch, joining it to the one before when that has the same reason.
    fn write(&mut self, from: Mark, to: Mark, reason: Reason, law: &[Citation]) {
        let mut all = reason.law();
        all.extend_from_slice(law);
        match self.entries.last_mut() {
            Some(last) if last.reason == reason && last.law == all => last.to = to,
            _ => self.entries.push(Entry { from, to, reason, law: all }),
        }
    }
}

impl Span {
    /// Returns how many of its days a number of units has, without suspensions.
    fn budget(&self, calendar: &Calendar, number: u32) -> Result<u32, Error> {
        if number == 0 || self.unit == Unit::WorkingDays {
            return Ok(number);
        }
        let part = Self { number, ..*self };
        let last = part.last_day(calendar, &Policies::default(), 0)?;
        self.count(calendar, self.after, last)
    }
}

/// Returns why a working day counts.
fn worked(day: Day<'_>) -> Reason {
    match day.decree() {
        Some(decree) => Reason::SwappedDay(decree.name().clone()),
        None => Reason::Counted(None),
    }
}

fn midnight_after(day: NaiveDate) -> NaiveDateTime {
    day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN)
}

fn days_after(after: NaiveDate, through: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    after.iter_days().skip(1).take_while(move |it| *it <= through)
}

fn later(at: NaiveDateTime, seconds: u64) -> NaiveDateTime {
    let delta = i64::try_from(seconds).ok().and_then(TimeDelta::try_seconds);
    delta.and_then(|it| at.checked_add_signed(it)).unwrap_or(NaiveDateTime::MAX)
}
