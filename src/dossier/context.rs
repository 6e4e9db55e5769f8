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
}

impl<'c> Context<'c> {
    /// Puts the definitions together; without a tariff every fee is unknown.
    #[must_use]
    pub const fn new(
        procedure: &'c Procedure,
        calendar: &'c Calendar,
        tariff: Option<&'c Tariff>,
    ) -> Self {
        Self { procedure, calendar, tariff, authorities: None }
    }

    /// Adds the authorities among which the receiver of a dossier must be, on the day of filing.
    #[must_use]
    pub const fn among(self, authorities: &'c Authorities) -> Self {
        Self { authorities: Some(authorities), ..self }
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

    pub(crate) fn tariff_fingerprint(&self) -> Option<Fingerprint> {
        self.tariff.map(Tariff::fingerprint)
    }
}
