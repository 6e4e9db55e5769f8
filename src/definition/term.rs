//! What a procedure sets a time or a price on: terms, consultations, fees.
//!
//! Prices are absent: a tariff has them.

use alloc::vec::Vec;

use chrono::NaiveTime;

use super::accessors::accessors;
use super::fact::FactIdx;
use super::guard::Guard;
use super::table::{LawIdx, TransitionIdx};
use super::words::{Act, Silence};
use crate::calendar::policy::Policies;
use crate::clock::{Length, Limit};
use crate::id::Id;
use crate::read::{Maybe, Remarks};
use crate::text::Text;

/// A term (thời hạn): how long, from which act, and what its end brings.
#[derive(Clone, Debug)]
pub struct Term {
    pub(crate) name: Option<Text>,
    pub(crate) when: Option<Guard>,
    pub(crate) limit: Maybe<Length>,
    pub(crate) published: Option<Maybe<Length>>,
    pub(crate) cases: Vec<Case>,
    pub(crate) starts: Vec<Act>,
    pub(crate) stops: Vec<Act>,
    pub(crate) expires: Option<TransitionIdx>,
    pub(crate) extension: Option<Extension>,
    pub(crate) cut_off: Option<NaiveTime>,
    pub(crate) policies: Policies,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Term {
    accessors! {
        /// Returns the length, or why it is not known.
        limit: Maybe<Length>,
        /// Returns the lengths that the law sets for some dossiers, the first that holds wins.
        cases: [Case],
        /// Returns the acts that start it.
        starts: [Act],
        /// Returns the acts that stop it, beside the end of the dossier.
        stops: [Act],
        /// Returns the readings of the law that this term fixes, over the procedure's.
        policies: Policies,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the length that was published, where it is not that of the law.
    #[must_use]
    pub const fn published(&self) -> Option<&Maybe<Length>> {
        self.published.as_ref()
    }

    /// Returns the condition under which it runs at all.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns the transition that happens by itself when the term ends.
    #[must_use]
    pub const fn expires(&self) -> Option<TransitionIdx> {
        self.expires
    }

    /// Returns by how much it may be prolonged.
    #[must_use]
    pub const fn extension(&self) -> Option<Extension> {
        self.extension
    }

    /// Returns the time of day after which reception counts otherwise; 15:00 when not said.
    #[must_use]
    pub const fn cut_off(&self) -> Option<NaiveTime> {
        self.cut_off
    }
}

/// A length that holds under a condition.
#[derive(Clone, Debug)]
pub struct Case {
    pub(crate) when: Guard,
    pub(crate) limit: Maybe<Length>,
    pub(crate) law: Vec<LawIdx>,
}

impl Case {
    accessors! {
        /// Returns the condition.
        when: Guard,
        /// Returns the length.
        limit: Maybe<Length>,
        /// Returns the legal basis.
        law: [LawIdx],
    }
}

/// By how much, and how often, a term may be prolonged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Extension {
    pub(crate) by: Limit,
    pub(crate) at_most: u8,
}

impl Extension {
    /// Returns the length of one extension.
    #[must_use]
    pub const fn by(&self) -> Limit {
        self.by
    }

    /// Returns how many extensions there may be.
    #[must_use]
    pub const fn at_most(&self) -> u8 {
        self.at_most
    }
}

/// A question to another agency (lấy ý kiến).
#[derive(Clone, Debug)]
pub struct Consultation {
    pub(crate) name: Text,
    pub(crate) when: Option<Guard>,
    pub(crate) limit: Maybe<Length>,
    pub(crate) silence: Silence,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Consultation {
    accessors! {
        /// Returns the name of the agency.
        name: Text,
        /// Returns how long the agency has.
        limit: Maybe<Length>,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the condition under which the agency is asked.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns what silence means.
    #[must_use]
    pub const fn silence(&self) -> Silence {
        self.silence
    }
}

/// A fee that a tariff prices (phí, lệ phí).
#[derive(Clone, Debug)]
pub struct Fee {
    pub(crate) name: Option<Text>,
    pub(crate) item: Id,
    pub(crate) when: Option<Guard>,
    pub(crate) quantity: Option<FactIdx>,
    pub(crate) due_before: Option<TransitionIdx>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Fee {
    accessors! {
        /// Returns the item of the tariff.
        item: Id,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the condition under which it is charged.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns the fact that counts the units.
    #[must_use]
    pub const fn quantity(&self) -> Option<FactIdx> {
        self.quantity
    }

    /// Returns the transition before which it must be settled.
    #[must_use]
    pub const fn due_before(&self) -> Option<TransitionIdx> {
        self.due_before
    }
}
