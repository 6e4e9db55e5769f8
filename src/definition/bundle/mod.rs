//! Bundles (liên thông): procedures that are filed once and delivered together.
//!
//! A bundle is a procedure that has parts. What it is beside them is its lead:
//! the one filing, the term of the whole, the one delivery. Each part is a
//! procedure of its own with its own clock, under what the law of the bundle
//! says otherwise. Nothing here knows a dossier.

mod bundles;
mod carry;
mod days;
mod derive;
mod lower;
mod order;

use alloc::vec::Vec;

pub use bundles::Bundles;
pub(crate) use lower::lower;

use super::accessors::accessors;
use super::guard::Guard;
use super::procedure::Procedure;
use super::table::{BundlePartIdx, LawIdx, Table};
use crate::id::Id;
use crate::read::Remarks;

/// The transition by which a part ends with the case; every part of a bundle has it.
pub(crate) const STOP: Id = Id::literal("stop-with-bundle");

/// One version of a bundle of procedures (thủ tục hành chính liên thông).
///
/// # Invariants
///
/// A part stands after those that it waits for.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub(crate) lead: Procedure,
    pub(crate) parts: Table<BundlePartIdx, BundlePart>,
    pub(crate) delivery: Vec<LawIdx>,
}

impl Bundle {
    accessors! {
        /// Returns what the bundle is beside its parts: head, filing, term of the whole, delivery.
        lead: Procedure,
        /// Returns the parts, each after those that it waits for.
        parts: Table<BundlePartIdx, BundlePart>,
        /// Returns the legal basis of the one delivery, as positions in the lead.
        delivery: [LawIdx],
    }

    /// Returns the lead and then the procedure of each part, with the part's name.
    pub fn procedures(&self) -> impl Iterator<Item = (Option<Id>, &Procedure)> {
        let parts = self.parts.iter().map(|(_, name, it)| (Some(name), it.procedure()));
        core::iter::once((None, &self.lead)).chain(parts)
    }
}

/// Two bundles are equal when they say the same, wherever they were written.
impl PartialEq for Bundle {
    fn eq(&self, other: &Self) -> bool {
        self.procedures().eq(other.procedures())
    }
}

impl Eq for Bundle {}

/// One procedure of a bundle.
#[derive(Clone, Debug)]
pub struct BundlePart {
    pub(crate) procedure: Procedure,
    pub(crate) after: Vec<BundlePartIdx>,
    pub(crate) when: Option<Guard>,
    pub(crate) facts: Vec<Carried>,
    pub(crate) documents: Vec<Answered>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl BundlePart {
    accessors! {
        /// Returns the procedure as it is under the law of the bundle.
        ///
        /// Its days have no end: a case that was filed in time may open the part later.
        procedure: Procedure,
        /// Returns the parts whose results it waits for, as far as they apply.
        after: [BundlePartIdx],
        /// Returns the facts that it shares with the bundle.
        facts: [Carried],
        /// Returns its documents that it takes from the case.
        documents: [Answered],
        /// Returns the legal basis, as positions in the lead.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the condition over the bundle's facts under which the case has this part.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

/// A fact that a part shares with the bundle: whoever learns it, both know it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Carried {
    /// The fact of the part's procedure.
    pub part: Id,
    /// The fact of the bundle.
    pub bundle: Id,
}

/// A document of a part that the applicant need not bring again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Answered {
    /// The document of the part's procedure.
    pub document: Id,
    /// What takes its place.
    pub by: Paper,
}

/// What takes the place of a part's document.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a paper was handed in or comes out of an earlier part"
)]
pub enum Paper {
    /// A document of the bundle, once it came in.
    Document(Id),
    /// The result of a part before it.
    Result(BundlePartIdx),
}
