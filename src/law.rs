//! Citations: the instrument and article on which a rule rests, and how surely.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use crate::read::{Field, Leaf, Node, Reader, record};
use crate::text::{Lang, Text, words};

words! {
    /// How surely a citation or a value is known.
    pub enum Certainty as "a degree of certainty: `read`, `inferred`, `memory` or `assumed`" {
        /// The statement was read in a copy of the source.
        Read = "read" ("đã đọc", "read in a source"),
        /// It follows from statements that were read.
        Inferred = "inferred" ("suy ra", "inferred"),
        /// It is remembered and was not found in a source.
        Memory = "memory" ("theo trí nhớ", "from memory"),
        /// It was assumed so that the rest can be computed; it is not law.
        Assumed = "assumed" ("giả định", "assumed"),
    }
}

record! {
    /// A legal basis (căn cứ pháp lý).
    pub struct Citation {
        /// Number of the instrument, such as `50/2014/QH13`.
        instrument: Box<str> = "instrument",
        /// Title or subject of the instrument.
        title: Option<Text> = "title",
        /// Article, clause and point, such as `19(4)`.
        article: Option<Box<str>> = "article",
        /// When the instrument is in force.
        in_force: Option<Interval> = "in-force",
        /// How surely it is known; `read` when not said.
        certainty: Option<Certainty> = "certainty",
    }
}

/// Days from `from` up to, and without, `until`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Interval {
    pub(crate) from: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
}

impl Leaf for Interval {
    const EXPECTED: &'static str =
        "an interval such as `{ from = 2025-07-01, until = 2026-08-05 }`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let mut table = cx.record(node, Self::EXPECTED, &["from", "until"])?;
        let from = <NaiveDate as Field>::take(&mut table, "from");
        let until = <Option<NaiveDate> as Field>::take(&mut table, "until");
        table.finish();
        let (from, until) = (from?, until?);
        if until.is_some_and(|until| until <= from) {
            cx.error("empty-interval", node.span(cx), "the interval holds no day")
                .mend("`until` is the day after the last and must come after `from`");
            return None;
        }
        Some(Self { from, until })
    }

    fn print(&self, out: &mut String) {
        use core::fmt::Write as _;
        let _ = match self.until {
            Some(until) => write!(out, "{{ from = {}, until = {until} }}", self.from),
            None => write!(out, "{{ from = {} }}", self.from),
        };
    }
}

impl Interval {
    /// Creates the days from `from` up to, and without, `until`; none when that holds no day.
    #[must_use]
    pub fn new(from: NaiveDate, until: Option<NaiveDate>) -> Option<Self> {
        until.is_none_or(|until| from < until).then_some(Self { from, until })
    }

    /// Returns the first day.
    #[must_use]
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// Returns the day after the last, if there is a last.
    #[must_use]
    pub const fn until(&self) -> Option<NaiveDate> {
        self.until
    }

    /// Returns true when the day lies inside.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Returns true when the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.from < until)
            && other.until.is_none_or(|until| self.from < until)
    }

    /// Returns the days that both share, if there are any.
    pub(crate) fn shared(&self, other: &Self) -> Option<Self> {
        let until = match (self.until, other.until) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
        Self::new(self.from.max(other.from), until)
    }

    /// Returns the first of its days that none of the others holds.
    pub(crate) fn first_gap(&self, others: impl IntoIterator<Item = Self>) -> Option<NaiveDate> {
        let mut others: Vec<Self> = others.into_iter().collect();
        others.sort_by_key(Self::from);
        let mut day = Some(self.from);
        for other in &others {
            if day.is_some_and(|it| other.contains(it)) {
                day = other.until;
            }
        }
        day.filter(|it| self.contains(*it))
    }
}

impl Citation {
    /// Returns the number of the instrument, such as `50/2014/QH13`.
    #[must_use]
    pub fn instrument(&self) -> &str {
        &self.instrument
    }

    /// Returns the article, clause and point, such as `19(4)`.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// Returns the title or subject of the instrument.
    #[must_use]
    pub const fn title(&self) -> Option<&Text> {
        self.title.as_ref()
    }

    /// Returns when the instrument is in force, where that is known.
    #[must_use]
    pub const fn in_force(&self) -> Option<Interval> {
        self.in_force
    }

    /// Returns how surely the citation is known.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty.unwrap_or(Certainty::Read)
    }

    /// Returns the citation as lawyers write it, such as `61/2018/NĐ-CP, art. 19(4)`.
    #[must_use]
    pub fn display(&self, lang: Lang) -> String {
        match &self.article {
            Some(article) => {
                alloc::format!("{}, {} {article}", self.instrument, lang.pick("Điều", "art."))
            }
            None => String::from(&*self.instrument),
        }
    }
}
