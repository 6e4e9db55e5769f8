//! Versions of bundles side by side, by effective date.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::Bundle;
use crate::definition::Catalogue;
use crate::definition::Procedure;
use crate::diagnostic::Diagnostic;
use crate::id::{Fingerprint, Id};

/// Every version of every bundle in force.
///
/// Leads are found as procedures are, by id, code, day or fingerprint; each
/// leads to its bundle.
#[derive(Clone, Debug, Default)]
pub struct Bundles {
    leads: Catalogue,
    list: Vec<Bundle>,
}

impl Bundles {
    /// Puts versions side by side.
    ///
    /// Gaps, overlaps and proposed redesigns are reported and left out as
    /// [`Catalogue::new`] does.
    #[must_use]
    pub fn new(bundles: Vec<Bundle>) -> (Self, Vec<Diagnostic>) {
        let (leads, found) = Catalogue::new(bundles.iter().map(|it| it.lead.clone()).collect());
        (Self { leads, list: bundles }, found)
    }

    /// Returns the leads of all versions, as a catalogue of procedures.
    #[must_use]
    pub const fn leads(&self) -> &Catalogue {
        &self.leads
    }

    /// Returns the leads beside other procedures, as a register lists both.
    #[must_use]
    pub fn beside(&self, procedures: &Catalogue) -> Catalogue {
        Catalogue::new(procedures.iter().chain(self.leads.iter()).cloned().collect()).0
    }

    /// Returns every version, sorted by id and first day.
    pub fn iter(&self) -> impl Iterator<Item = &Bundle> {
        self.leads.iter().filter_map(|it| self.led_by(it))
    }

    /// Returns the version of a bundle in force on a day.
    #[must_use]
    pub fn on(&self, id: &Id, day: NaiveDate) -> Option<&Bundle> {
        self.leads.on(id, day).and_then(|it| self.led_by(it))
    }

    /// Returns the version whose lead has a fingerprint, such as the one to which a case is pinned.
    #[must_use]
    pub fn pinned(&self, id: &Id, fingerprint: &Fingerprint) -> Option<&Bundle> {
        self.leads.pinned(id, fingerprint).and_then(|it| self.led_by(it))
    }

    /// Returns the bundle that a lead leads.
    #[must_use]
    pub fn led_by(&self, lead: &Procedure) -> Option<&Bundle> {
        self.list.iter().find(|it| it.lead == *lead)
    }
}
