//! What the decisions of a case rest on: the bundle, the calendar, the tariff.

use crate::calendar::Calendar;
use crate::definition::bundle::Bundle;
use crate::dossier::Context;
use crate::fee::Tariff;
use crate::id::Id;

/// The definitions under which a case is decided; all borrowed, none changed.
///
/// Which version of the bundle governs is for the caller to look up, as with
/// [`Context`]: by the moment until the lead was accepted, then by the lead's
/// fingerprint.
#[derive(Clone, Copy, Debug)]
pub struct LinkedContext<'c> {
    bundle: &'c Bundle,
    calendar: &'c Calendar,
    tariff: Option<&'c Tariff>,
    left: Option<&'c Bundle>,
}

impl<'c> LinkedContext<'c> {
    /// Puts the definitions together; without a tariff every fee is unknown.
    #[must_use]
    pub const fn new(
        bundle: &'c Bundle,
        calendar: &'c Calendar,
        tariff: Option<&'c Tariff>,
    ) -> Self {
        Self { bundle, calendar, tariff, left: None }
    }

    /// Adds the version that a case leaves when it moves to the one of this context.
    ///
    /// The lead and the open parts move together, or none does. Once a part has
    /// given its result, the case stays with the version under which it did.
    #[must_use]
    pub const fn moving_from(self, left: &'c Bundle) -> Self {
        Self { left: Some(left), ..self }
    }

    /// Returns what the case is decided under until it moves.
    pub(super) fn before_the_move(self) -> Self {
        Self { bundle: self.left.unwrap_or(self.bundle), left: None, ..self }
    }

    /// Returns the bundle.
    #[must_use]
    pub const fn bundle(&self) -> &'c Bundle {
        self.bundle
    }

    /// Returns what the lead is decided under.
    #[must_use]
    pub fn lead(&self) -> Context<'c> {
        let cx = Context::new(self.bundle.lead(), self.calendar, self.tariff);
        self.left.map_or(cx, |it| cx.moving_from(it.lead()))
    }

    /// Returns what a part is decided under.
    #[must_use]
    pub fn part(&self, name: &Id) -> Option<Context<'c>> {
        let (_, part) = self.bundle.parts().find(name)?;
        let cx = Context::new(part.procedure(), self.calendar, self.tariff);
        let left = self.left.and_then(|it| it.parts().find(name));
        Some(left.map_or(cx, |(_, it)| cx.moving_from(it.procedure())))
    }
}
