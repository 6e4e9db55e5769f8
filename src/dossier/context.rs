//! What a decision rests on: the procedure, the calendar, the tariff, the authorities.

use crate::authority::Authorities;
use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::fee::Tariff;
use crate::id::Fingerprint;

/// The definitions under which a dossier is decided; all borrowed, none changed.
///
/// Which version of a procedure governs is for the caller to look up: by the
/// day of filing until acceptance, by [`Dossier::fingerprint`](super::Dossier::fingerprint)
/// afterwards. A wrong one is refused.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    procedure: &'c Procedure,
    calendar: &'c Calendar,
    tariff: Option<&'c Tariff>,
    authorities: Option<&'c Authorities>,
    left: Option<&'c Procedure>,
}

impl<'c> Context<'c> {
    /// Puts the definitions together; without a tariff every fee is unknown.
    #[must_use]
    pub const fn new(
        procedure: &'c Procedure,
        calendar: &'c Calendar,
        tariff: Option<&'c Tariff>,
    ) -> Self {
        Self { procedure, calendar, tariff, authorities: None, left: None }
    }

    /// Adds the authorities among which the receiver of a dossier must be, on the day of filing.
    #[must_use]
    pub const fn among(self, authorities: &'c Authorities) -> Self {
        Self { authorities: Some(authorities), ..self }
    }

    /// Adds the version that a dossier leaves when it moves to the one of this context.
    #[must_use]
    pub const fn moving_from(self, left: &'c Procedure) -> Self {
        Self { left: Some(left), ..self }
    }

    /// Returns the same definitions with another version of the procedure.
    pub(super) const fn under(self, procedure: &'c Procedure) -> Self {
        Self { procedure, ..self }
    }

    /// Returns the procedure.
    #[must_use]
    pub const fn procedure(&self) -> &'c Procedure {
        self.procedure
    }

    /// Returns the calendar.
    #[must_use]
    pub const fn calendar(&self) -> &'c Calendar {
        self.calendar
    }

    /// Returns the tariff, if there is one.
    #[must_use]
    pub const fn tariff(&self) -> Option<&'c Tariff> {
        self.tariff
    }

    /// Returns the authorities, if they were told.
    #[must_use]
    pub const fn authorities(&self) -> Option<&'c Authorities> {
        self.authorities
    }

    /// Returns the version that a dossier leaves, if it was told.
    pub(super) const fn left(&self) -> Option<&'c Procedure> {
        self.left
    }

    pub(crate) fn tariff_fingerprint(&self) -> Option<Fingerprint> {
        self.tariff.map(Tariff::fingerprint)
    }
}
