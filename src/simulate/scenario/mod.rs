//! Scenarios: who files what and when, who works, and how long things take.
//!
//! A scenario is a text with places, like a definition; its mistakes are
//! diagnostics. It is bound to procedures by [`Scenario::bind`].

mod check;
mod draft;
mod load;
pub(crate) mod moment;
mod rate;
mod words;

use alloc::string::String;

use chrono::NaiveDate;

pub use load::{format_text, load};
pub(crate) use rate::Per;
pub use rate::Rate;
pub use words::{Basis, Discipline, FigureRole, Hours};

pub(crate) use draft::{ArrivalsDraft, CaseDraft, Draft, SessionDraft, StepDraft};

use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::id::{Fingerprint, Id};
use crate::read::CALENDAR;
use crate::simulate::random::{Decimal, Distribution, Lapse, LapseUnit, Law};
use crate::source::{At, FileId, Span};
use crate::text::{Lang, Text};

/// A caseload and the offices that settle it (kịch bản mô phỏng), as a text says.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(crate) draft: Draft,
    pub(crate) id: Id,
    pub(crate) name: Text,
    pub(crate) fingerprint: Fingerprint,
}

impl Scenario {
    /// Returns the name by which it is known.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Returns the name for people.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.name.get(lang)
    }

    /// Returns the name of a kind of case for people, where the text has one.
    #[must_use]
    pub fn case_name(&self, case: &Id, lang: Lang) -> Option<&str> {
        let (_, draft) = self.draft.case.iter().find(|(it, _)| it.value == *case)?;
        draft.name.as_ref().map(|it| it.get(lang))
    }

    /// Returns the name of a pool of officers for people, where the text has one.
    #[must_use]
    pub fn pool_name(&self, pool: &Id, lang: Lang) -> Option<&str> {
        let (_, draft) = self.draft.pool.iter().find(|(it, _)| it.value == *pool)?;
        draft.name.as_ref().map(|it| it.get(lang))
    }

    /// Returns the days of the run: the first, and that from which nobody files any more.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let head = &self.draft.scenario.0;
        Some((head.from.0?.value, head.until.0?.value))
    }

    /// Returns how many days at the start are run and not counted.
    #[must_use]
    pub fn warm_up_days(&self) -> u16 {
        self.draft.scenario.0.warm_up.map_or(0, |it| it.value)
    }

    /// Returns the SHA-256 of the canonical print.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Finds the calendar by which it counts.
    ///
    /// # Errors
    ///
    /// A diagnostic at the name, when none of the calendars bears it.
    pub fn calendar_among<'c>(
        &self,
        calendars: &'c [Calendar],
    ) -> Result<&'c Calendar, Diagnostic> {
        let (value, written) = (self.calendar(), self.draft.scenario.0.calendar);
        calendars.iter().find(|it| it.id() == value).ok_or_else(|| {
            let name = At { value, span: written.map_or(self.span(), |it| it.span) };
            CALENDAR.not_among(name, calendars.iter().map(Calendar::id))
        })
    }

    /// Returns the name of the calendar by which it counts; that of Vietnam when it names none.
    #[must_use]
    pub fn calendar(&self) -> Id {
        const VIETNAM: Id = Id::literal("vietnam");
        self.draft.scenario.0.calendar.map_or(VIETNAM, |it| it.value)
    }

    /// Returns the procedures that its cases are filed under, and the versions it asks for.
    pub fn procedures(&self) -> impl Iterator<Item = (Id, Option<Id>)> {
        let cases = self.draft.case.iter();
        cases.filter_map(|(_, it)| Some((it.procedure.0?.value, it.version.map(|it| it.value))))
    }

    /// Returns the published figures that it is built on, or is to be compared with.
    pub fn figures(&self) -> impl Iterator<Item = Figure<'_>> {
        self.draft.figure.iter().filter_map(|(_, it)| {
            Some(Figure {
                name: it.name.0.as_ref()?,
                value: it.value.0.as_deref()?,
                role: it.role.0?,
                source: it.source.0.as_deref()?,
            })
        })
    }

    /// Returns the canonical text.
    #[must_use]
    pub fn print(&self) -> String {
        crate::read::print(&self.draft)
    }

    /// Returns the file in which it was written.
    #[must_use]
    pub const fn file(&self) -> FileId {
        self.span().file()
    }

    pub(crate) const fn span(&self) -> Span {
        self.draft.scenario.0.span
    }
}

/// Returns the law of gaps that vary so much; their mean is that of the rate.
pub(crate) fn uneven(cv: Decimal) -> Option<Distribution> {
    let mean = Lapse::new(Decimal::nearest(1.0, 0)?, LapseUnit::Hours)?;
    Distribution::new(Law::Gamma { mean, cv }).ok()
}

/// A published figure beside a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'s> {
    name: &'s Text,
    value: &'s str,
    role: FigureRole,
    source: &'s str,
}

impl<'s> Figure<'s> {
    /// Returns what it is a figure of.
    #[must_use]
    pub const fn name(&self) -> &'s Text {
        self.name
    }

    /// Returns the figure as it was published.
    #[must_use]
    pub const fn value(&self) -> &'s str {
        self.value
    }

    /// Returns whether the scenario is built on it or compared with it.
    #[must_use]
    pub const fn role(&self) -> FigureRole {
        self.role
    }

    /// Returns where it was read.
    #[must_use]
    pub const fn source(&self) -> &'s str {
        self.source
    }
}
