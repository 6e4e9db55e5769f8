//! A running term as a value: what happened to it, and nothing that follows from that.
//!
//! The due date is computed on request; nothing here is late by itself. The
//! methods that change a term only copy what was decided.

use alloc::vec::Vec;
use core::fmt;

use chrono::{DateTime, FixedOffset, NaiveTime};
use smallvec::SmallVec;

use super::{Due, Length, Limit, Policies, run};
use crate::calendar::Calendar;
use crate::error::Error;
use crate::id::Id;

/// A term (thời hạn) that runs: when it started, and what suspended, extended or stopped it.
///
/// # Example
///
/// ```
/// # use hoso::{calendar::Calendar, source::Sources};
/// # let mut sources = Sources::new();
/// # sources.add("vietnam.toml", include_str!("../../procedures/calendars/vietnam.toml"));
/// # let (calendars, _) = Calendar::parse_all(&sources);
/// # let calendar = &calendars[0];
/// use hoso::clock::{Clock, Limit};
/// use hoso::id::Id;
///
/// let limit: Limit = "10 working days".parse()?;
/// let mut clock = Clock::start(limit.into(), "2026-06-01T09:00:00+07:00".parse()?);
/// let tax = Id::parse("tax")?;
/// clock.suspend(tax, "2026-06-04T10:00:00+07:00".parse()?);
/// assert!(clock.due(calendar)?.is_none()); // not while it is suspended
/// clock.resume(tax, "2026-06-09T10:00:00+07:00".parse()?);
/// let due = clock.due(calendar)?.unwrap();
/// assert_eq!(due.moment().to_rfc3339(), "2026-06-18T23:59:59+07:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case", deny_unknown_fields)
)]
pub struct Clock {
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) length: Option<Length>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) policies: Policies,
    pub(crate) cut_off: NaiveTime,
    pub(crate) started: DateTime<FixedOffset>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) competent: Option<DateTime<FixedOffset>>,
    // INVARIANT: in order of their beginning.
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) suspensions: SmallVec<[Suspension; 2]>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) extensions: Vec<Extension>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) stopped: Option<DateTime<FixedOffset>>,
}

/// A time in which a term did not run (tạm dừng), and what suspended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case", deny_unknown_fields)
)]
pub struct Suspension {
    pub(crate) cause: Id,
    pub(crate) from: DateTime<FixedOffset>,
    pub(crate) until: Option<DateTime<FixedOffset>>,
}

/// Time that was added to a term (gia hạn), and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case", deny_unknown_fields)
)]
pub struct Extension {
    pub(crate) by: Limit,
    pub(crate) at: DateTime<FixedOffset>,
}

/// How often, and by how much at most, a term may be extended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bound {
    /// How many extensions there may be.
    pub times: usize,
    /// The longest one; it is compared in its own unit only.
    pub longest: Option<Limit>,
}

/// Why a term may not be extended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// It was stopped.
    Stopped,
    /// It had expired by then.
    Expired(Due),
    /// It was extended as often as the rule allows.
    TooOften(usize),
    /// The extension is longer than the rule allows, or in another unit.
    TooLong(Limit),
}

impl Clock {
    /// The time of day after which receipt counts as late in the day: 15:00.
    pub const CUT_OFF: NaiveTime = match NaiveTime::from_hms_opt(15, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    };

    /// Starts a term at a moment, with the default readings and the cut-off 15:00.
    #[must_use]
    pub fn start(length: Length, at: DateTime<FixedOffset>) -> Self {
        Self::unmeasured(at).measured(length)
    }

    /// Starts a term whose length is not known yet: it can be suspended, but has no due date.
    #[must_use]
    pub fn unmeasured(at: DateTime<FixedOffset>) -> Self {
        Self {
            length: None,
            policies: Policies::default(),
            cut_off: Self::CUT_OFF,
            started: at,
            competent: None,
            suspensions: SmallVec::new(),
            extensions: Vec::new(),
            stopped: None,
        }
    }

    /// Gives the term its length; what happened to it meanwhile stays.
    #[must_use]
    pub fn measured(self, length: Length) -> Self {
        Self { length: Some(length), ..self }
    }

    /// Fixes the readings of the law; merge them with [`Policies::or`] first.
    #[must_use]
    pub fn under(self, policies: Policies) -> Self {
        Self { policies, ..self }
    }

    /// Replaces the cut-off 15:00 by another time of day.
    #[must_use]
    pub fn cutting_off_at(self, time: NaiveTime) -> Self {
        Self { cut_off: time, ..self }
    }

    /// Notes when the competent agency received a dossier filed elsewhere (phi địa giới).
    ///
    /// Whether the term runs from then is the policy `non-boundary`.
    #[must_use]
    pub fn received_by_competent(self, at: DateTime<FixedOffset>) -> Self {
        Self { competent: Some(at), ..self }
    }

    /// Computes when the term ends; none while it is suspended or its length is not known.
    ///
    /// `due = roll(base + suspended)`: the base by the Civil Code, Art. 147–148,
    /// the suspensions as a union of stretches `(from, until]` counted in the
    /// limit's own unit, the roll to a working day once and last. Allocates
    /// nothing.
    ///
    /// # Errors
    ///
    /// When a day that has to be counted is outside the calendar's coverage, or
    /// office hours are needed of a calendar that has none.
    #[inline]
    pub fn due(&self, calendar: &Calendar) -> Result<Option<Due>, Error> {
        if self.is_suspended() {
            return Ok(None);
        }
        run::walk(self, calendar, None, |_| {})
    }

    /// Returns true while something suspends the term.
    #[must_use]
    pub fn is_suspended(&self) -> bool {
        self.suspensions.iter().any(|it| it.until.is_none())
    }

    /// Suspends the term from a moment on; a second suspension by the same cause changes nothing.
    pub fn suspend(&mut self, cause: Id, at: DateTime<FixedOffset>) {
        if self.suspensions.iter().any(|it| it.cause == cause && it.until.is_none()) {
            return;
        }
        let place = self.suspensions.partition_point(|it| it.from <= at);
        self.suspensions.insert(place, Suspension { cause, from: at, until: None });
    }

    /// Ends the suspension by a cause; without one nothing changes.
    pub fn resume(&mut self, cause: Id, at: DateTime<FixedOffset>) {
        let open = self.suspensions.iter_mut().find(|it| it.cause == cause && it.until.is_none());
        if let Some(open) = open {
            open.until = Some(at.max(open.from));
        }
    }

    /// Ends every suspension.
    pub(crate) fn resume_all(&mut self, at: DateTime<FixedOffset>) {
        for open in self.suspensions.iter_mut().filter(|it| it.until.is_none()) {
            open.until = Some(at.max(open.from));
        }
    }

    /// Starts the term anew: the days run, suspensions and extensions are dropped.
    ///
    /// (Decree 61/2018/NĐ-CP Art. 19(4): "tính lại từ đầu".)
    pub fn restart(&mut self, at: DateTime<FixedOffset>) {
        self.started = at;
        self.competent = None;
        self.suspensions.clear();
        self.extensions.clear();
        self.stopped = None;
    }

    /// Adds time without asking whether that is allowed.
    ///
    /// Time in the unit of the limit adds to it; time in another unit follows after it.
    pub fn add(&mut self, by: Limit, at: DateTime<FixedOffset>) {
        self.extensions.push(Extension { by, at });
    }

    /// Extends the term, if its rule allows that and it has not expired.
    ///
    /// # Errors
    ///
    /// As [`Clock::due`]. A lawful "no" is the inner `Err`, and changes nothing.
    pub fn extend(
        &mut self,
        calendar: &Calendar,
        by: Limit,
        at: DateTime<FixedOffset>,
        bound: Bound,
    ) -> Result<Result<(), Refusal>, Error> {
        let refusal = self.refusal(calendar, by, at, bound)?;
        Ok(match refusal {
            Some(refusal) => Err(refusal),
            None => {
                self.add(by, at);
                Ok(())
            }
        })
    }

    fn refusal(
        &self,
        calendar: &Calendar,
        by: Limit,
        at: DateTime<FixedOffset>,
        bound: Bound,
    ) -> Result<Option<Refusal>, Error> {
        let fits = |most: Limit| most.unit() == by.unit() && by.number() <= most.number();
        Ok(if self.stopped.is_some() {
            Some(Refusal::Stopped)
        } else if self.extensions.len() >= bound.times {
            Some(Refusal::TooOften(bound.times))
        } else if let Some(longest) = bound.longest.filter(|it| !fits(*it)) {
            Some(Refusal::TooLong(longest))
        } else {
            self.due(calendar)?.filter(|it| !it.is_on_time(at)).map(Refusal::Expired)
        })
    }

    /// Stops the term; what still suspends it ends there.
    pub fn stop(&mut self, at: DateTime<FixedOffset>) {
        self.stopped = Some(at);
        self.resume_all(at);
    }

    /// Returns the length that the term started with, if that is known.
    #[must_use]
    pub const fn length(&self) -> Option<Length> {
        self.length
    }

    /// Returns the readings of the law under which it runs.
    #[must_use]
    pub const fn policies(&self) -> Policies {
        self.policies
    }

    /// Returns when it started, or was last restarted.
    #[must_use]
    pub const fn started(&self) -> DateTime<FixedOffset> {
        self.started
    }

    /// Returns when the competent agency received the dossier, if it was filed elsewhere.
    #[must_use]
    pub const fn competent(&self) -> Option<DateTime<FixedOffset>> {
        self.competent
    }

    /// Returns the suspensions since it started, in order.
    #[must_use]
    pub fn suspensions(&self) -> &[Suspension] {
        &self.suspensions
    }

    /// Returns the extensions since it started, in order.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Returns when it was stopped.
    #[must_use]
    pub const fn stopped(&self) -> Option<DateTime<FixedOffset>> {
        self.stopped
    }
}

impl Suspension {
    /// Returns what suspended the term.
    #[must_use]
    pub const fn cause(&self) -> Id {
        self.cause
    }

    /// Returns when it began; that day still counts.
    #[must_use]
    pub const fn from(&self) -> DateTime<FixedOffset> {
        self.from
    }

    /// Returns when it ended, which day does not count; none while it lasts.
    #[must_use]
    pub const fn until(&self) -> Option<DateTime<FixedOffset>> {
        self.until
    }
}

impl Extension {
    /// Returns how much was added.
    #[must_use]
    pub const fn by(&self) -> Limit {
        self.by
    }

    /// Returns when it was granted.
    #[must_use]
    pub const fn at(&self) -> DateTime<FixedOffset> {
        self.at
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => f.write_str("the term was stopped"),
            Self::Expired(due) => write!(f, "the term expired at {}", due.moment),
            Self::TooOften(times) => write!(f, "the term may be extended {times} times"),
            Self::TooLong(longest) => write!(f, "the term may be extended by {longest} at most"),
        }
    }
}
