//! One thing that changed in meaning: what, for whom, and whether that one gains by it.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::rules::Rule;
use crate::definition::Part;
use crate::id::Id;
use crate::law::Citation;
use crate::source::Span;
use crate::text::{Lang, Text, words};
use crate::witness::Witness;

words! {
    /// Whether somebody is better off.
    pub enum Advantage as "an advantage: `gains`, `loses`, `mixed` or `neither`" {
        /// Less is asked, or more is given.
        Gains = "gains" ("Được lợi", "Gains"),
        /// More is asked, or less is given.
        Loses = "loses" ("Bất lợi hơn", "Loses"),
        /// Some cases or days gain, others lose.
        Mixed = "mixed" ("Có trường hợp lợi, có trường hợp thiệt", "Gains in some cases, loses in others"),
        /// It is otherwise, and nobody can say better or worse.
        Neither = "neither" ("Thay đổi khác", "Neither"),
    }
}

impl Advantage {
    /// Returns what it is to be asked for more, or for less.
    pub(super) fn of_more<T: Ord>(before: T, after: T) -> Self {
        match after.cmp(&before) {
            Ordering::Greater => Self::Loses,
            Ordering::Less => Self::Gains,
            Ordering::Equal => Self::Neither,
        }
    }

    /// Returns what it is that something came and something went, where more of it is this.
    pub(super) const fn by_change(self, has_come: bool, has_gone: bool) -> Self {
        match (self, has_come, has_gone) {
            (Self::Neither, ..) | (_, false, false) => Self::Neither,
            (_, true, true) => Self::Mixed,
            (more, true, false) => more,
            (more, false, true) => more.reversed(),
        }
    }

    /// Returns what the opposite would be.
    pub(super) const fn reversed(self) -> Self {
        match self {
            Self::Gains => Self::Loses,
            Self::Loses => Self::Gains,
            same => same,
        }
    }
}

/// For whom something changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Party<'p> {
    /// Whoever applies (người nộp hồ sơ).
    Applicant,
    /// The office that settles the dossier, as a whole (cơ quan giải quyết).
    Office,
    /// Those who act in a role.
    Role(Id, &'p Text),
    /// An agency that is consulted (cơ quan phối hợp).
    Agency(Id, &'p Text),
}

impl<'p> Party<'p> {
    /// Returns the name for people.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'p str {
        match self {
            Self::Applicant => lang.pick("Người nộp hồ sơ", "The applicant"),
            Self::Office => lang.pick("Cơ quan giải quyết", "The office"),
            Self::Role(_, name) | Self::Agency(_, name) => name.get(lang),
        }
    }

    /// Returns the word for data: `applicant`, `office`, `role` or `agency`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Office => "office",
            Self::Role(..) => "role",
            Self::Agency(..) => "agency",
        }
    }

    /// Returns the name of the role or of the consultation.
    #[must_use]
    pub const fn name(&self) -> Option<Id> {
        match self {
            Self::Role(name, _) | Self::Agency(name, _) => Some(*name),
            Self::Applicant | Self::Office => None,
        }
    }
}

/// A part, and where it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place {
    pub(super) part: Part,
    pub(super) span: Option<Span>,
}

impl Place {
    /// Returns the part.
    #[must_use]
    pub const fn part(&self) -> &Part {
        &self.part
    }

    /// Returns where it was written.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        self.span
    }
}

/// One thing that changed in meaning.
#[derive(Clone, Debug)]
pub struct Change<'p> {
    pub(super) rule: &'static Rule,
    pub(super) member: Option<Id>,
    pub(super) before: Vec<Place>,
    pub(super) after: Vec<Place>,
    pub(super) message: Text,
    pub(super) party: Party<'p>,
    pub(super) advantage: Advantage,
    pub(super) witness: Option<Witness>,
    pub(super) law: Vec<&'p Citation>,
}

impl<'p> Change<'p> {
    /// Returns the stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// Returns the rule that found it.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Returns the part of the bundle; none in a single procedure and in the lead.
    #[must_use]
    pub const fn member(&self) -> Option<Id> {
        self.member
    }

    /// Returns the parts of the earlier version; none where it is about the whole, or about what is new.
    #[must_use]
    pub fn before(&self) -> &[Place] {
        &self.before
    }

    /// Returns the parts of the later version; none where it is about the whole, or about what is gone.
    #[must_use]
    pub fn after(&self) -> &[Place] {
        &self.after
    }

    /// Returns the facts: lower case, no final stop, the author's words in backticks.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        self.message.get(lang)
    }

    /// Returns for whom it is.
    #[must_use]
    pub const fn party(&self) -> Party<'p> {
        self.party
    }

    /// Returns whether that one gains or loses.
    #[must_use]
    pub const fn advantage(&self) -> Advantage {
        self.advantage
    }

    /// Returns a case that shows it, when there is one.
    #[must_use]
    pub const fn witness(&self) -> Option<&Witness> {
        self.witness.as_ref()
    }

    /// Returns the legal basis in the later version.
    #[must_use]
    pub fn law(&self) -> &[&'p Citation] {
        &self.law
    }
}
