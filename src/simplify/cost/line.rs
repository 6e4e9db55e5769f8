//! One line of the table of compliance costs (biểu tính chi phí tuân thủ).
//!
//! A figure that is not known is none, and a gap says why; it is never zero.

use alloc::vec::Vec;

use super::norms::Item;
use crate::definition::{Part, Task};
use crate::fee::{Assessment, Why};
use crate::id::Id;
use crate::law::Certainty;
use crate::money::Dong;
use crate::text::{Lang, Text, words};

words! {
    /// Why a figure is not known.
    pub enum Missing as "why a figure is missing, such as `no-norm`" {
        /// The norms have no such item.
        NoNorm = "no-norm" ("định mức không có mục này", "the norms have no such item"),
        /// The norms have the item, and say that nobody found the figure.
        NotFound = "not-found" ("chưa tìm được số liệu", "the norms say that the figure was not found"),
        /// Whether it applies hangs on facts that the typical case leaves open.
        UnknownCase = "unknown-case" ("phụ thuộc tình tiết chưa biết của trường hợp điển hình", "it hangs on facts that the typical case leaves open"),
        /// The definition does not say how much is asked for.
        NotStated = "not-stated" ("thủ tục không nêu số lượng", "the definition does not say how much is asked for"),
        /// No tariff in force has an amount.
        NoTariff = "no-tariff" ("không có mức thu áp dụng", "no tariff in force has an amount for it"),
        /// The tariff has one, and nobody could find it.
        UnknownBase = "unknown-base" ("chưa tìm được mức thu", "the amount of the tariff is not known"),
        /// The tariff needs a fact that is not known, or is read in two ways.
        Ambiguous = "ambiguous" ("mức thu chưa xác định được", "the tariff hangs on a fact or a reading that is not settled"),
    }
}

impl From<Why> for Missing {
    fn from(why: Why) -> Self {
        match why {
            Why::NoTariff => Self::NoTariff,
            Why::UnknownBase => Self::UnknownBase,
            Why::Ambiguous => Self::Ambiguous,
        }
    }
}

/// Why a figure of a line is not known.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Gap<'a> {
    pub(super) missing: Missing,
    pub(super) item: Option<Id>,
    pub(super) facts: Vec<Id>,
    pub(super) reason: Option<&'a str>,
}

impl<'a> Gap<'a> {
    pub(super) const fn new(missing: Missing) -> Self {
        Self { missing, item: None, facts: Vec::new(), reason: None }
    }

    /// Returns what sort of thing is missing.
    #[must_use]
    pub const fn missing(&self) -> Missing {
        self.missing
    }

    /// Returns the item of the norms or of the tariff that is asked for.
    #[must_use]
    pub const fn item(&self) -> Option<Id> {
        self.item
    }

    /// Returns the facts that would settle it.
    #[must_use]
    pub fn facts(&self) -> &[Id] {
        &self.facts
    }

    /// Returns the reason that the norms give themselves.
    #[must_use]
    pub const fn reason(&self) -> Option<&'a str> {
        self.reason
    }
}

/// Who bears a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "whoever is not the applicant acts in a role")]
pub enum Bearer<'a> {
    /// Whoever complies (người nộp hồ sơ).
    Applicant,
    /// A role of the procedure, such as an office; it is never part of the applicant's cost.
    Role(Id, &'a Text),
}

impl<'a> Bearer<'a> {
    /// Returns the name for people.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'a str {
        match self {
            Self::Applicant => lang.pick("Người nộp hồ sơ", "Applicant"),
            Self::Role(_, name) => name.get(lang),
        }
    }

    pub(super) const fn id(&self) -> Option<Id> {
        match self {
            Self::Applicant => None,
            Self::Role(id, _) => Some(*id),
        }
    }
}

/// One line of work, with what it takes and costs in one case.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub(super) part: Option<Id>,
    pub(super) activity: Option<Id>,
    pub(super) name: Option<&'a Text>,
    pub(super) subject: Option<&'a Text>,
    pub(super) task: Task,
    pub(super) serves: Option<Part>,
    pub(super) norm: Option<(Id, &'a Item)>,
    pub(super) bearer: Bearer<'a>,
    pub(super) times: u16,
    pub(super) minutes: Option<u64>,
    pub(super) direct: Option<Dong>,
    pub(super) fee: Option<Dong>,
    pub(super) certainty: Certainty,
    pub(super) assumed: Option<&'a str>,
    pub(super) charge: Option<Assessment<'a>>,
    pub(super) by_norm: Option<(Option<u64>, Option<Dong>)>,
    pub(super) gaps: Vec<Gap<'a>>,
}

impl<'a> Line<'a> {
    /// Returns the part of the bundle; none in a single procedure and in the lead.
    #[must_use]
    pub const fn part(&self) -> Option<Id> {
        self.part
    }

    /// Returns the name of the `[activity]` that states it; none for usual work.
    #[must_use]
    pub const fn activity(&self) -> Option<Id> {
        self.activity
    }

    /// Returns the work for people: as the activity or the norm calls it, else its group.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &'a str {
        self.name.map_or_else(|| self.task.label(lang), |it| it.get(lang))
    }

    /// Returns the name of what it serves, such as a document.
    #[must_use]
    pub const fn subject(&self) -> Option<&'a Text> {
        self.subject
    }

    /// Returns the group of work.
    #[must_use]
    pub const fn task(&self) -> Task {
        self.task
    }

    /// Returns the part of the definition that it serves.
    #[must_use]
    pub const fn serves(&self) -> Option<Part> {
        self.serves
    }

    /// Returns the item of the norms by which it is measured.
    #[must_use]
    pub const fn norm(&self) -> Option<(Id, &'a Item)> {
        self.norm
    }

    /// Returns who bears it.
    #[must_use]
    pub const fn bearer(&self) -> Bearer<'a> {
        self.bearer
    }

    /// Returns how often it is done in one case.
    #[must_use]
    pub const fn times(&self) -> u16 {
        self.times
    }

    /// Returns how many minutes it takes in one case; none where a gap says why.
    #[must_use]
    pub const fn minutes(&self) -> Option<u64> {
        self.minutes
    }

    /// Returns what it costs in one case besides time and fees.
    #[must_use]
    pub const fn direct(&self) -> Option<Dong> {
        self.direct
    }

    /// Returns the fee that the applicant pays.
    #[must_use]
    pub const fn fee(&self) -> Option<Dong> {
        self.fee
    }

    /// Returns how surely its figures are known: as the least sure of them.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns what is assumed of it, by the activity or by the norm.
    #[must_use]
    pub const fn assumed(&self) -> Option<&'a str> {
        self.assumed
    }

    /// Returns how the fee was assessed, with its legal ground.
    #[must_use]
    pub const fn charge(&self) -> Option<&Assessment<'a>> {
        self.charge.as_ref()
    }

    /// Returns minutes and direct cost by the norm, where what was seen stands in their place.
    #[must_use]
    pub const fn by_norm(&self) -> Option<(Option<u64>, Option<Dong>)> {
        self.by_norm
    }

    /// Returns why figures are not known.
    #[must_use]
    pub fn gaps(&self) -> &[Gap<'a>] {
        &self.gaps
    }
}
