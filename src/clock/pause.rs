//! Suspensions as they weigh on a term: their union, in order, in local time.

use chrono::NaiveDateTime;

use super::Suspension;
use crate::calendar::Calendar;
use crate::error::Error;
use crate::id::Id;

/// A stretch `(from, until]` in which nothing is counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    /// Where this and the stretches that it continues began.
    pub(crate) begins: NaiveDateTime,
    pub(crate) from: NaiveDateTime,
    pub(crate) until: NaiveDateTime,
    pub(crate) cause: Id,
}

/// The suspensions of a term, one after the other, never twice over the same time.
#[derive(Debug)]
pub(crate) struct Pauses<'a> {
    rest: core::slice::Iter<'a, Suspension>,
    calendar: &'a Calendar,
    // What is still suspended is taken as resumed then.
    now: Option<NaiveDateTime>,
    covered: Option<Pause>,
    next: Option<Pause>,
}

impl<'a> Pauses<'a> {
    pub(crate) fn new(
        all: &'a [Suspension],
        calendar: &'a Calendar,
        now: Option<NaiveDateTime>,
    ) -> Self {
        Self { rest: all.iter(), calendar, now, covered: None, next: None }
    }

    /// Returns the next pause if it begins while the term still runs.
    pub(crate) fn next_if(
        &mut self,
        begins: impl FnOnce(&Pause) -> bool,
    ) -> Result<Option<Pause>, Error> {
        while self.next.is_none() {
            let Some(suspension) = self.rest.next() else {
                return Ok(None);
            };
            self.next = self.trimmed(suspension)?;
        }
        Ok(self.next.take_if(|it| begins(it)))
    }

    /// Cuts off what an earlier suspension covers already.
    fn trimmed(&mut self, suspension: &Suspension) -> Result<Option<Pause>, Error> {
        let from = self.calendar.local(suspension.from)?;
        let until = match suspension.until {
            Some(until) => self.calendar.local(until)?,
            None => self.now.unwrap_or(from),
        };
        let before = self.covered.filter(|it| from <= it.until);
        let (begins, from) = before.map_or((from, from), |it| (it.begins, it.until));
        if until <= from {
            return Ok(None);
        }
        let pause = Pause { begins, from, until, cause: suspension.cause };
        self.covered = Some(pause);
        Ok(Some(pause))
    }
}
