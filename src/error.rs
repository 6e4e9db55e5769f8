//! Misuse and arithmetic: the one error of this crate that is neither about a
//! text ([`Diagnostic`](crate::diagnostic::Diagnostic)) nor a lawful "no" about
//! a dossier.

use alloc::boxed::Box;
use chrono::NaiveDate;

use crate::id::Id;

/// An error of misuse or of arithmetic.
///
/// Callers ask what sort it was through the questions below; the kinds stay
/// private so that they can grow.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct Error {
    kind: Box<ErrorKind>,
}

#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[cfg_attr(
    not(feature = "simulate"),
    expect(dead_code, reason = "runs of caseloads have faults of their own")
)]
enum ErrorKind {
    #[error("event {place} of the list, numbered {sequence}, is not the next one of this dossier")]
    OutOfSequence { place: usize, sequence: u32 },
    #[error(
        "`{found}` is not a name: 1 to 47 lower-case letters and digits joined by `-`, `/` or `.`"
    )]
    Name { found: Box<str> },
    #[error(
        "{date} is outside calendar `{calendar}`, which covers {from} to the day before {until}"
    )]
    Uncovered { calendar: Id, date: NaiveDate, from: NaiveDate, until: NaiveDate },
    #[error("calendar `{calendar}` has no office sessions on {date}")]
    WithoutSessions { calendar: Id, date: NaiveDate },
    #[error("the count leaves the range of dates that can be written")]
    Overflow,
    #[error("`{found}` is not {expected}{help}")]
    Value { found: Box<str>, expected: &'static str, help: Box<str> },
    #[error("fact `{fact}`: `{found}` is not {expected}")]
    IllTyped { fact: Id, found: Box<str>, expected: Box<str> },
    #[error("fact `{fact}` is not declared; {known}")]
    Undeclared { fact: Box<str>, known: Box<str> },
    #[error("tariff `{tariff}` has no item `{item}`{near}")]
    UnknownItem { item: Id, tariff: Id, near: Box<str> },
    #[error("the item is not one of tariff `{tariff}`")]
    ForeignItem { tariff: Id },
    #[error("`{new}` is another procedure than `{old}`: dossiers pass between versions of one")]
    OtherProcedure { old: Id, new: Id },
    #[error(
        "the summaries are not parts of one run: scenario, procedures, calendar, seed, replications or number of parts differ"
    )]
    OtherRun,
    #[error("part {number} of {of} is there twice")]
    PartTwice { number: u32, of: u32 },
    #[error("no dossier that has a due date was settled: there is no share on time")]
    NothingDue,
    #[error("the runs cannot be compared: {why}")]
    Incomparable { why: &'static str },
    #[error("a quantity of {found} is not from 1 to {most}")]
    Quantity { found: i64, most: i64 },
}

impl Error {
    #[cold]
    pub(crate) fn out_of_sequence(place: usize, sequence: u32) -> Self {
        ErrorKind::OutOfSequence { place, sequence }.into()
    }

    /// Returns true when an event does not follow the one before it.
    #[must_use]
    pub fn is_out_of_sequence(&self) -> bool {
        matches!(*self.kind, ErrorKind::OutOfSequence { .. })
    }

    #[cold]
    pub(crate) fn name(found: &str) -> Self {
        ErrorKind::Name { found: found.into() }.into()
    }

    #[cold]
    pub(crate) fn uncovered(
        calendar: Id,
        date: NaiveDate,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Self {
        ErrorKind::Uncovered { calendar, date, from, until }.into()
    }

    #[cold]
    pub(crate) fn without_sessions(calendar: Id, date: NaiveDate) -> Self {
        ErrorKind::WithoutSessions { calendar, date }.into()
    }

    #[cold]
    pub(crate) fn overflow() -> Self {
        ErrorKind::Overflow.into()
    }

    #[cold]
    pub(crate) fn value(found: &str, expected: &'static str) -> Self {
        ErrorKind::Value { found: found.into(), expected, help: Box::default() }.into()
    }

    /// Adds to an error about a value how to mend it.
    #[cold]
    pub(crate) fn value_with_help(found: &str, expected: &'static str, help: &str) -> Self {
        let help = alloc::format!("; {help}").into();
        ErrorKind::Value { found: found.into(), expected, help }.into()
    }

    #[cold]
    pub(crate) fn ill_typed(fact: Id, found: &str, expected: &str) -> Self {
        ErrorKind::IllTyped { fact, found: found.into(), expected: expected.into() }.into()
    }

    #[cold]
    pub(crate) fn undeclared(fact: &str, known: &str) -> Self {
        ErrorKind::Undeclared { fact: fact.into(), known: known.into() }.into()
    }

    #[cold]
    pub(crate) fn unknown_item(item: Id, tariff: Id, near: Option<&str>) -> Self {
        let near = near.map(|it| alloc::format!("; the nearest is `{it}`")).unwrap_or_default();
        ErrorKind::UnknownItem { item, tariff, near: near.into() }.into()
    }

    #[cold]
    pub(crate) fn foreign_item(tariff: Id) -> Self {
        ErrorKind::ForeignItem { tariff }.into()
    }

    #[cold]
    pub(crate) fn quantity(found: i64, most: i64) -> Self {
        ErrorKind::Quantity { found, most }.into()
    }

    #[cold]
    pub(crate) fn other_procedure(old: Id, new: Id) -> Self {
        ErrorKind::OtherProcedure { old, new }.into()
    }

    #[cold]
    #[cfg(feature = "simulate")]
    pub(crate) fn other_run() -> Self {
        ErrorKind::OtherRun.into()
    }

    #[cold]
    #[cfg(feature = "simulate")]
    pub(crate) fn part_twice(number: u32, of: u32) -> Self {
        ErrorKind::PartTwice { number, of }.into()
    }

    #[cold]
    #[cfg(feature = "simulate")]
    pub(crate) fn incomparable(why: &'static str) -> Self {
        ErrorKind::Incomparable { why }.into()
    }

    #[cold]
    #[cfg(feature = "simulate")]
    pub(crate) fn nothing_due() -> Self {
        ErrorKind::NothingDue.into()
    }

    /// Returns true when a share on time was asked for where nothing was due.
    #[must_use]
    pub fn is_nothing_due(&self) -> bool {
        matches!(*self.kind, ErrorKind::NothingDue)
    }

    /// Returns true when two runs were compared that do not share their days, seed and replications.
    #[must_use]
    pub fn is_incomparable(&self) -> bool {
        matches!(*self.kind, ErrorKind::Incomparable { .. })
    }

    /// Returns true when summaries were merged that are not different parts of one run.
    #[must_use]
    pub fn is_other_run(&self) -> bool {
        matches!(*self.kind, ErrorKind::OtherRun | ErrorKind::PartTwice { .. })
    }

    /// Returns true when two procedures were taken for versions of one.
    #[must_use]
    pub fn is_other_procedure(&self) -> bool {
        matches!(*self.kind, ErrorKind::OtherProcedure { .. })
    }

    /// Returns true when a tariff was asked for an item that it does not have.
    #[must_use]
    pub fn is_unknown_item(&self) -> bool {
        matches!(*self.kind, ErrorKind::UnknownItem { .. } | ErrorKind::ForeignItem { .. })
    }

    /// Returns true when a quantity was not one that can be assessed.
    #[must_use]
    pub fn is_bad_quantity(&self) -> bool {
        matches!(*self.kind, ErrorKind::Quantity { .. })
    }

    /// Returns true when a value does not fit the fact for which it was given.
    #[must_use]
    pub fn is_ill_typed(&self) -> bool {
        matches!(*self.kind, ErrorKind::IllTyped { .. })
    }

    /// Returns true when a fact was named that nobody declared.
    #[must_use]
    pub fn is_undeclared(&self) -> bool {
        matches!(*self.kind, ErrorKind::Undeclared { .. })
    }

    /// Returns true when a day fell outside what a calendar covers.
    #[must_use]
    pub fn is_uncovered(&self) -> bool {
        matches!(*self.kind, ErrorKind::Uncovered { .. })
    }

    /// Returns true when hours were to be counted in a calendar without office sessions.
    #[must_use]
    pub fn is_without_sessions(&self) -> bool {
        matches!(*self.kind, ErrorKind::WithoutSessions { .. })
    }

    /// Returns true when a date or an amount left the range that can be computed.
    #[must_use]
    pub fn is_overflow(&self) -> bool {
        matches!(*self.kind, ErrorKind::Overflow)
    }

    /// Returns true when a text was not of the form that it must have.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        matches!(*self.kind, ErrorKind::Name { .. } | ErrorKind::Value { .. })
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind: Box::new(kind) }
    }
}
