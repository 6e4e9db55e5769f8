//! Working days and office hours, as decreed, dated data.
//!
//! A [`Calendar`] (lịch làm việc) is a value read from a text. It answers in
//! constant time, covers a stretch of days and refuses every other day, and
//! knows what had been decreed by which date. Nothing is computed that only an
//! instrument can say: no Tết, no adjacent day of National Day, no swaps
//! (Labour Code 45/2019/QH14 Art. 111–112).

use alloc::string::String;
use alloc::vec::Vec;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::diagnostic::Diagnostic;
use crate::id::{Fingerprint, Id};
use crate::source::{FileId, Sources};
use crate::text::Lang;

mod check;
mod days;
mod format;
mod hours;
mod load;
mod office;
mod plan;
pub(crate) mod policy;
mod sheet;
mod working;

pub use format::format_text;
pub use plan::{Decree, Session};
pub use policy::Policies;
pub use sheet::{DayKind, Status, Weekday};
pub use working::Day;

use days::DayTable;
use hours::HourTable;
use plan::Plan;
use sheet::Sheet;

/// A moment in local time with its distance from UTC.
pub type Moment = DateTime<FixedOffset>;

/// A calendar of working days and office hours, at one revision.
///
/// # Example
///
/// ```
/// use hoso::calendar::Calendar;
/// use hoso::source::Sources;
///
/// let text = include_str!("../../procedures/calendars/vietnam.toml");
/// let mut sources = Sources::new();
/// sources.add("vietnam.toml", text);
/// let (calendars, found) = Calendar::parse_all(&sources);
/// assert!(found.is_empty());
///
/// let calendar = &calendars[0];
/// let saturday = "2025-04-26".parse()?; // worked in exchange for 2 May
/// assert!(calendar.is_working_day(saturday)?);
/// assert_eq!(calendar.add_working_days(saturday, 2)?, "2025-04-29".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    sheet: Sheet,
    // INVARIANT: the canonical print, after that of the calendar it extends.
    canon: String,
    plan: Plan,
    revision: NaiveDate,
    fingerprint: Fingerprint,
    days: DayTable,
    hours: HourTable,
}

impl Calendar {
    /// Reads one calendar; `known` are the calendars that it may extend.
    ///
    /// Every problem goes to `found`; a calendar with an error is none.
    #[must_use]
    pub fn parse(
        sources: &Sources,
        file: FileId,
        known: &[Self],
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        load::Text::read(file, sources.file(file)?.text(), found)?.lay(known, found)
    }

    /// Lays a text over the calendar that it extends.
    fn lay(sheet: &Sheet, known: &[Self], found: &mut Vec<Diagnostic>) -> Option<Self> {
        let plans: Vec<&Plan> = known.iter().map(|it| &it.plan).collect();
        let plan = check::check(sheet, &plans, found)?;
        let base =
            sheet.calendar.0.extends.and_then(|base| known.iter().find(|it| it.id() == base.value));
        let mut canon = base.map(|it| it.canon.clone()).unwrap_or_default();
        canon.push_str(&crate::read::print(sheet));
        let latest = plan.revisions().last().copied().unwrap_or(plan.from);
        Some(Self::build(sheet.clone(), canon, plan, latest))
    }

    /// Reads every calendar of the texts, in whichever order they extend each other.
    ///
    /// Texts of another head are passed over: procedures and tariffs have
    /// loaders of their own.
    #[must_use]
    pub fn parse_all(sources: &Sources) -> (Vec<Self>, Vec<Diagnostic>) {
        load::load(sources)
    }

    fn build(sheet: Sheet, canon: String, plan: Plan, revision: NaiveDate) -> Self {
        let days = DayTable::build(&plan, revision);
        let hours = HourTable::build(&plan, &days, revision);
        let fingerprint = Fingerprint::of(&alloc::format!("{canon}\n{revision}\n"));
        Self { sheet, canon, plan, revision, fingerprint, days, hours }
    }

    /// Returns the calendar as it was known on a day: what was announced later is not in it.
    ///
    /// Days without a date of announcement belong to the first revision.
    #[must_use]
    pub fn known_on(&self, day: NaiveDate) -> Self {
        let revision = self.revisions().iter().rev().copied().find(|it| *it <= day);
        let revision = revision.unwrap_or(self.plan.from);
        Self::build(self.sheet.clone(), self.canon.clone(), self.plan.clone(), revision)
    }

    /// Returns the canonical text, without the calendar that it extends.
    #[must_use]
    pub fn print(&self) -> String {
        crate::read::print(&self.sheet)
    }

    /// Returns the name by which texts and due dates refer to it.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.plan.id
    }

    /// Returns the name for people.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.plan.name.get(lang)
    }

    /// Returns the first day covered, and the first day after coverage.
    #[must_use]
    pub const fn covered(&self) -> (NaiveDate, NaiveDate) {
        (self.plan.from, self.plan.until)
    }

    /// Returns the distance of its local time from UTC.
    #[must_use]
    pub const fn offset(&self) -> FixedOffset {
        self.plan.offset
    }

    /// Returns the day of the latest announcement that it knows.
    #[must_use]
    pub const fn revision(&self) -> NaiveDate {
        self.revision
    }

    /// Returns the day of each announcement, in order; the first one is the start of coverage.
    #[must_use]
    pub fn revisions(&self) -> Vec<NaiveDate> {
        self.plan.revisions()
    }

    /// Returns the SHA-256 of its canonical text, that of the calendar it extends, and its revision.
    #[must_use]
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Returns the readings of the law that it fixes.
    #[must_use]
    pub const fn policies(&self) -> Policies {
        self.plan.policies
    }

    /// Returns the days decreed by date that are known at this revision, in order.
    pub fn decrees(&self) -> impl Iterator<Item = &Decree> {
        self.plan.decrees.iter().filter(|it| it.is_known_on(self.revision))
    }
}

#[cfg(test)]
mod tests;
