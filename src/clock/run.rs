//! From a term to its end: phase by phase, then the roll, once and last.
//!
//! This is the one computation behind due dates, ledgers and remaining time.
//! Whoever wants to see the phases and pauses on the way passes `seen`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use super::days::{self, IsLast, Span};
use super::hours::{self, Budget};
use super::pause::{Pause, Pauses};
use super::{After15, At15Sharp, Clock, Due, Extension, Length, Limit, NonBoundary, Policies};
use super::{SaturdayCounter, Unit};
use crate::calendar::Calendar;
use crate::error::Error;

/// The last second of a day (Civil Code Art. 148(6)).
const LAST_SECOND: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A step on the way to the end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seen {
    /// A pause that the next phase takes in.
    Pause(Pause),
    /// A phase that is complete.
    Phase(Phase),
}

/// A stretch of the term in one unit; `own` is its number without extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Phase {
    Days { span: Span, own: u32, last: NaiveDate },
    Rule { span: Span, last: NaiveDate },
    Hours { budget: Budget, own: u32, end: NaiveDateTime },
}

/// How lengths are counted: over which calendar, by which readings of the law.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) policies: Policies,
    pub(crate) cut_off: NaiveTime,
}

impl Counting<'_> {
    /// Returns the local time at which a length ends that nothing suspends or extends.
    pub(crate) fn end(
        &self,
        length: Length,
        received: NaiveDateTime,
    ) -> Result<NaiveDateTime, Error> {
        let Self { calendar, policies, cut_off } = self;
        let mut track = Track { calendar, policies, cut_off: *cut_off, pauses: None, seen: |_| {} };
        let part = Part { length, own: 0 };
        let phase = track.phase(part, Place::Received(received), IsLast::Yes)?;
        let end = track.end(length, phase)?;
        // Hours that run by the clock may end after the last day covered.
        calendar.kind(end.date())?;
        Ok(end)
    }
}

/// What all phases share.
pub(crate) struct Track<'a, S> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) policies: &'a Policies,
    cut_off: NaiveTime,
    pauses: Option<Pauses<'a>>,
    seen: S,
}

/// Where a phase ended: with a day, or at a moment.
#[derive(Clone, Copy)]
enum Place {
    Received(NaiveDateTime),
    Day(NaiveDate),
    Time(NaiveDateTime),
}

/// A length with the extensions that add to it.
#[derive(Clone, Copy)]
struct Part {
    length: Length,
    own: u32,
}

/// Runs the term to its end, if its length is known; what is still suspended resumes at `now`.
#[inline]
pub(crate) fn walk(
    clock: &Clock,
    calendar: &Calendar,
    now: Option<NaiveDateTime>,
    seen: impl FnMut(Seen),
) -> Result<Option<Due>, Error> {
    let Some(length) = clock.length else { return Ok(None) };
    let received = calendar.local(clock.runs_from())?;
    let pauses =
        (!clock.suspensions.is_empty()).then(|| Pauses::new(&clock.suspensions, calendar, now));
    let (policies, cut_off) = (&clock.policies, clock.cut_off);
    let mut track = Track { calendar, policies, cut_off, pauses, seen };
    let (mut part, mut rest) = first_part(length, &clock.extensions);
    let mut place = Place::Received(received);
    let phase = loop {
        let next = rest.next();
        let is_last = if next.is_some() { IsLast::No } else { IsLast::Yes };
        let phase = track.phase(part, place, is_last)?;
        let Some(extension) = next else { break phase };
        place = phase.place();
        part = following(Part { length: extension.by.into(), own: 0 }, &mut rest);
    };
    let end = track.end(part.length, phase)?;
    Ok(Some(Due {
        date: end.date(),
        moment: calendar.moment(end)?,
        calendar: calendar.id(),
        revision: calendar.revision(),
        provisional: calendar.is_provisional(received.date(), end.date())?,
    }))
}

type Extensions<'a> = core::slice::Iter<'a, Extension>;

fn first_part(length: Length, extensions: &[Extension]) -> (Part, Extensions<'_>) {
    let mut rest = extensions.iter();
    let own = length.limit().map_or(1, Limit::number);
    (following(Part { length, own }, &mut rest), rest)
}

/// Adds the extensions that follow in the same unit.
fn following(mut part: Part, rest: &mut Extensions<'_>) -> Part {
    while let (Length::Limit(limit), Some(next)) = (part.length, rest.as_slice().first()) {
        if next.by.unit() != limit.unit() {
            break;
        }
        let number = limit.number().saturating_add(next.by.number());
        part.length = Limit::new(number, limit.unit()).map_or(part.length, Length::Limit);
        rest.next();
    }
    part
}

impl Phase {
    /// Returns where the next phase begins.
    const fn place(&self) -> Place {
        match *self {
            Self::Days { last, .. } | Self::Rule { last, .. } => Place::Day(last),
            Self::Hours { end, .. } => Place::Time(end),
        }
    }
}

impl Clock {
    /// Returns the moment from which the term runs: policy `non-boundary`.
    pub(crate) fn runs_from(&self) -> DateTime<FixedOffset> {
        match (self.policies.non_boundary(), self.competent) {
            (NonBoundary::Competent, Some(competent)) => competent,
            _ => self.started,
        }
    }
}

impl<S: FnMut(Seen)> Track<'_, S> {
    /// Returns true when nothing suspends the term.
    pub(crate) const fn is_unbroken(&self) -> bool {
        self.pauses.is_none()
    }

    /// Takes the next pause, if it begins while the term runs.
    pub(crate) fn next_if(
        &mut self,
        begins: impl FnOnce(&Pause) -> bool,
    ) -> Result<Option<Pause>, Error> {
        let Some(pauses) = &mut self.pauses else {
            return Ok(None);
        };
        let pause = pauses.next_if(begins)?;
        if let Some(pause) = pause {
            (self.seen)(Seen::Pause(pause));
        }
        Ok(pause)
    }

    #[inline]
    fn phase(&mut self, part: Part, place: Place, is_last: IsLast) -> Result<Phase, Error> {
        let own = part.own;
        let phase = match part.length {
            Length::Limit(limit)
                if matches!(limit.unit(), Unit::WorkingHours | Unit::ClockHours) =>
            {
                let start = self.opening(place)?;
                let budget = Budget { unit: limit.unit(), hours: limit.number(), start };
                Phase::Hours { budget, own, end: budget.run(self, is_last)? }
            }
            Length::Limit(limit) => {
                let span = self.span(limit, place)?;
                Phase::Days { span, own, last: span.run(self, is_last)? }
            }
            Length::SameDay | Length::Transfer => {
                let span = self.answer(place)?;
                Phase::Rule { span, last: span.run(self, is_last)? }
            }
        };
        (self.seen)(Seen::Phase(phase));
        Ok(phase)
    }

    /// Returns the days to count from a place: policy `after-15`.
    #[inline]
    fn span(&self, limit: Limit, place: Place) -> Result<Span, Error> {
        let (unit, number) = (limit.unit(), limit.number());
        let from = |after, anchor| Span { unit, number, after, anchor };
        let received = match place {
            Place::Received(received) => received,
            Place::Day(day) => return Ok(from(day, day)),
            Place::Time(time) => return Ok(from(time.date(), time.date())),
        };
        let day = received.date();
        Ok(match self.policies.after_15() {
            After15::DeemedNextDay if self.is_late(received) => {
                let deemed = self.calendar.next_working_day(day)?;
                from(deemed, deemed)
            }
            After15::CountReceptionDay if !self.is_late(received) => {
                from(day.pred_opt().ok_or_else(Error::overflow)?, day)
            }
            _ => from(day, day),
        })
    }

    /// Returns the moment from which hours run.
    fn opening(&self, place: Place) -> Result<NaiveDateTime, Error> {
        let calendar = self.calendar;
        match place {
            Place::Time(time) => Ok(time),
            Place::Day(day) => {
                Ok(day.succ_opt().ok_or_else(Error::overflow)?.and_time(NaiveTime::MIN))
            }
            Place::Received(received)
                if self.policies.after_15() == After15::DeemedNextDay && self.is_late(received) =>
            {
                let day = calendar.next_working_day(received.date())?;
                Ok(day.and_time(calendar.opening_and_closing(day)?.0))
            }
            Place::Received(received) => Ok(received),
        }
    }

    /// Returns the working days of a 15:00 rule, none or one after reception: policy `saturday-counter`.
    fn answer(&self, place: Place) -> Result<Span, Error> {
        let received = match place {
            Place::Received(time) | Place::Time(time) => time,
            Place::Day(day) => day.and_time(LAST_SECOND),
        };
        let day = received.date();
        let open = self.calendar.is_working_day(day)?
            || self.policies.saturday_counter() == SaturdayCounter::SameDay
                && self.calendar.receives(received)?;
        let number = u32::from(!open || self.is_late(received));
        Ok(Span { unit: Unit::WorkingDays, number, after: day, anchor: day })
    }

    /// Returns true after the cut-off: policy `at-15-sharp`.
    fn is_late(&self, received: NaiveDateTime) -> bool {
        match self.policies.at_15_sharp() {
            At15Sharp::SameDay => received.time() > self.cut_off,
            At15Sharp::Next => received.time() >= self.cut_off,
        }
    }

    /// Returns the local time at which the last phase ends, after the roll.
    #[inline]
    fn end(&self, length: Length, phase: Phase) -> Result<NaiveDateTime, Error> {
        let (calendar, policies) = (self.calendar, self.policies);
        match phase {
            Phase::Days { span, last, .. } => {
                Ok(days::roll(calendar, policies, span.unit, last)?.and_time(LAST_SECOND))
            }
            Phase::Hours { budget, end, .. } => hours::roll(calendar, policies, budget.unit, end),
            Phase::Rule { last, .. } if length == Length::SameDay => Ok(last.and_time(LAST_SECOND)),
            Phase::Rule { span, last } => {
                let (opening, closing) = calendar.opening_and_closing(last)?;
                Ok(last.and_time(if span.number == 0 { closing } else { opening }))
            }
        }
    }
}
