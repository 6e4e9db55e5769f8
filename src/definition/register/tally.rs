//! What a register and a catalogue hold together, counted on one day.

use chrono::NaiveDate;

use super::{Counted, Entry, Register};
use crate::definition::catalogue::Catalogue;
use crate::definition::procedure::Procedure;
use crate::definition::words::ServiceLevel;
use crate::id::Id;
use crate::read::Maybe;

/// Counts of one day.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// Rows of the essential services.
    pub essential: u32,
    /// Rows of which every entry is described in the catalogue, in whatever version.
    pub essential_described: u32,
    /// Rows of which every entry is in force that day as a full online service.
    pub essential_full: u32,
    /// Rows in force that day of which some entry's service level is not known.
    pub essential_unknown: u32,
    /// Entries that are free online that day.
    pub free_online: u32,
}

impl Tally {
    /// Returns one count.
    #[must_use]
    pub const fn of(&self, counted: Counted) -> u32 {
        match counted {
            Counted::Essential => self.essential_described,
            Counted::EssentialFull => self.essential_full,
            Counted::FreeOnline => self.free_online,
        }
    }
}

impl Register {
    /// Counts what stands in the register and in a catalogue on a day.
    #[must_use]
    pub fn tally(&self, catalogue: &Catalogue, day: NaiveDate) -> Tally {
        let mut tally = Tally::default();
        for row in &self.essentials {
            let levels = || {
                let entries = self.entries_of_row(row.row);
                entries.map(|(id, it)| level(catalogue, &id, it, day))
            };
            let described = |(id, _): (Id, &Entry)| !catalogue.versions(&id).is_empty();
            let is_listed = self.entries_of_row(row.row).next().is_some();
            tally.essential += 1;
            tally.essential_described +=
                u32::from(is_listed && self.entries_of_row(row.row).all(described));
            tally.essential_full += u32::from(
                is_listed && levels().all(|it| it == Some(Maybe::Known(ServiceLevel::Full))),
            );
            tally.essential_unknown +=
                u32::from(levels().any(|it| matches!(it, Some(Maybe::Unknown(_)))));
        }
        let free = self.entries.iter().filter(|(_, it)| self.free_online(it, day).is_some());
        tally.free_online = u32::try_from(free.count()).unwrap_or(u32::MAX);
        tally
    }
}

/// Returns the service level of an entry on a day; none when nothing of it is in force.
fn level(
    catalogue: &Catalogue,
    id: &Id,
    entry: &Entry,
    day: NaiveDate,
) -> Option<Maybe<ServiceLevel>> {
    let defined = catalogue.on(id, day).map(Procedure::service_level).cloned();
    defined.or_else(|| entry.service_level().map(Maybe::Known))
}
