//! The register (danh mục) of a place: what no procedure says of itself.
//!
//! Which essential service a procedure is, under which resolutions filing it
//! online is free, and the figures that were published about all of them. Code,
//! level and service level are the procedure's own; an entry may restate them,
//! and then [`Register::compare`] holds them against each other. Nothing here
//! decides about a dossier.

mod compare;
mod draft;
mod figure;
mod load;
mod tally;

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveDate;

pub use figure::{Counted, Figure, Part, Percent, Rounding};
pub use load::{format_text, load};
pub use tally::Tally;

use super::accessors::accessors;
use super::table::{LawIdx, Position as _};
use super::words::{Level, ServiceLevel};
use crate::id::Id;
use crate::law::{Certainty, Citation, Interval};
use crate::read::Remarks;
use crate::source::At;
use crate::text::Text;

/// The procedures of a place, beside their definitions.
#[derive(Clone, Debug)]
pub struct Register {
    id: Id,
    name: Text,
    law: Vec<LawIdx>,
    laws: Vec<Citation>,
    regimes: Vec<(Id, Regime)>,
    // INVARIANT: sorted by row, one of each.
    essentials: Vec<Essential>,
    entries: Vec<(Id, Entry)>,
    figures: Vec<(Id, Figure)>,
    remarks: Remarks,
}

impl Register {
    accessors! {
        /// Returns the name by which it is chosen, such as `hanoi`.
        id: Id,
        /// Returns the name for people.
        name: Text,
        /// Returns the rows of the list of essential services, in their order.
        essentials: [Essential],
        /// Returns the entries by the id of their procedure or bundle, in the order of the text.
        entries: [(Id, Entry)],
        /// Returns the published figures by name.
        figures: [(Id, Figure)],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the legal basis of the list.
    pub fn law(&self) -> impl Iterator<Item = &Citation> {
        self.cited(&self.law)
    }

    /// Returns the entry of a procedure or bundle.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Entry> {
        self.entries.iter().find(|(it, _)| it == id).map(|(_, it)| it)
    }

    /// Returns a published figure by name.
    #[must_use]
    pub fn figure(&self, name: &Id) -> Option<&Figure> {
        self.figures.iter().find(|(it, _)| it == name).map(|(_, it)| it)
    }

    /// Returns the entries that make up a row of the essential services.
    pub fn entries_of_row(&self, row: u8) -> impl Iterator<Item = (Id, &Entry)> {
        let entries = self.entries.iter().filter(move |(_, it)| it.essential == Some(row));
        entries.map(|(id, it)| (*id, it))
    }

    /// Returns the resolution under which an entry is free online on a day.
    #[must_use]
    pub fn free_online(&self, entry: &Entry, day: NaiveDate) -> Option<&Regime> {
        let regimes = self.regimes.iter().filter(|(id, _)| entry.free_online.contains(id));
        regimes.map(|(_, it)| it).find(|it| it.effective.contains(day))
    }

    /// Returns the citations behind positions of this register.
    pub fn cited<'r>(&'r self, law: &'r [LawIdx]) -> impl Iterator<Item = &'r Citation> {
        law.iter().filter_map(|at| self.laws.get(at.index()))
    }
}

/// A resolution under which filing online costs the payer nothing.
#[derive(Clone, Debug)]
pub struct Regime {
    name: Text,
    effective: Interval,
    law: Vec<LawIdx>,
}

impl Regime {
    accessors! {
        /// Returns what it is called.
        name: Text,
        /// Returns its days.
        effective: Interval,
        /// Returns the legal basis, as positions in the register.
        law: [LawIdx],
    }
}

/// A row of the essential public services (dịch vụ công thiết yếu).
#[derive(Clone, Debug)]
pub struct Essential {
    row: u8,
    name: Text,
    owner: Option<Text>,
}

impl Essential {
    accessors! {
        /// Returns the official name.
        name: Text,
    }

    /// Returns the number of the row.
    #[must_use]
    pub const fn row(&self) -> u8 {
        self.row
    }

    /// Returns the agency that owned it when the list was decided.
    #[must_use]
    pub const fn owner(&self) -> Option<&Text> {
        self.owner.as_ref()
    }
}

/// What the register says of one procedure or bundle.
#[derive(Clone, Debug)]
pub struct Entry {
    essential: Option<u8>,
    free_online: Vec<Id>,
    codes: Vec<At<Box<str>>>,
    authority: Option<At<Level>>,
    service_level: Option<At<ServiceLevel>>,
    source: Option<Box<str>>,
    certainty: Certainty,
    remarks: Remarks,
}

impl Entry {
    accessors! {
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the row of the essential services, if it is one.
    #[must_use]
    pub const fn essential(&self) -> Option<u8> {
        self.essential
    }

    /// Returns the national codes that the register restates.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|it| &*it.value)
    }

    /// Returns the level of authority that the register restates.
    #[must_use]
    pub fn authority(&self) -> Option<Level> {
        self.authority.map(|it| it.value)
    }

    /// Returns the service level that the register restates.
    #[must_use]
    pub fn service_level(&self) -> Option<ServiceLevel> {
        self.service_level.map(|it| it.value)
    }

    /// Returns where it was read.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns how surely it is known.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }
}
