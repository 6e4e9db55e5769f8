//! The desk that holds the definitions: which version governs a dossier at a moment.

use chrono::NaiveDate;
use hoso::authority::Authorities;
use hoso::calendar::Calendar;
use hoso::definition::bundle::{Bundle, Bundles};
use hoso::definition::{Catalogue, Pinning, Procedure, SYSTEM};
use hoso::dossier::{Actor, Command, Context, Dossier, Event, Order, Rejection};
use hoso::export::Versions;
use hoso::fee::Tariff;
use hoso::id::Id;
use uuid::Uuid;

use crate::args::{Global, OfficeArgs};
use crate::failure::Fallible;
use crate::load::Texts;
use crate::moment::Moment;

/// Dossiers that are named by other texts than UUIDs get theirs in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0xbe90_d244_1c87_50a0_b83b_6c28_5651_8698);

/// Definitions, calendar and tariff of one call.
#[derive(Debug)]
pub(crate) struct Office {
    catalogue: Catalogue,
    bundles: Bundles,
    calendar: Calendar,
    tariff: Tariff,
    authorities: Authorities,
}

impl Office {
    pub(crate) fn open(global: &Global, args: &OfficeArgs) -> Fallible<Self> {
        let texts = Texts::open(global)?;
        let (catalogue, bundles) = texts.shelves();
        Ok(Self {
            calendar: texts.calendar(&args.calendar)?,
            tariff: texts.tariff(&args.tariff)?,
            authorities: texts.authorities(&args.authorities)?,
            catalogue,
            bundles,
        })
    }

    pub(crate) const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(crate) const fn bundles(&self) -> &Bundles {
        &self.bundles
    }

    /// Returns every version that may have decided a dossier.
    pub(crate) fn versions(&self) -> Versions<'_> {
        let joined = self.bundles.iter().flat_map(Bundle::procedures).map(|(_, it)| it);
        self.catalogue.iter().chain(joined).collect()
    }

    pub(crate) const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub(crate) const fn tariff(&self) -> &Tariff {
        &self.tariff
    }

    pub(crate) const fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    pub(crate) fn day(&self, at: Moment) -> NaiveDate {
        at.with_timezone(&self.calendar.offset()).date_naive()
    }

    pub(crate) fn context<'o>(&'o self, procedure: &'o Procedure) -> Context<'o> {
        Context::new(procedure, &self.calendar, Some(&self.tariff)).among(&self.authorities)
    }

    /// Returns the version that governs: until acceptance that in force at the moment, then the pinned one.
    pub(crate) fn governing(&self, dossier: &Dossier, at: Moment) -> Option<&Procedure> {
        self.version(&self.catalogue, dossier, at)
    }

    /// Returns the version of the bundle that governs a case, by the dossier that leads it.
    pub(crate) fn bundle(&self, lead: &Dossier, at: Moment) -> Option<&Bundle> {
        self.bundles.led_by(self.version(self.bundles.leads(), lead, at)?)
    }

    /// Returns true for the id of a bundle.
    pub(crate) fn is_bundle(&self, id: &Id) -> bool {
        !self.bundles.leads().versions(id).is_empty()
    }

    fn version<'c>(
        &self,
        shelf: &'c Catalogue,
        dossier: &Dossier,
        at: Moment,
    ) -> Option<&'c Procedure> {
        let id = dossier.procedure()?;
        let current = || shelf.on(&id, self.day(at));
        let pinned = shelf.pinned(&id, dossier.fingerprint()?);
        if dossier.accepted().is_some() { pinned } else { current().or(pinned) }
    }

    /// Returns the version to which a dossier may move: the one in force at the moment.
    pub(crate) fn newest(&self, dossier: &Dossier, at: Moment) -> Option<&Procedure> {
        let id = dossier.procedure()?;
        self.catalogue.on(&id, self.day(at)).or_else(|| self.governing(dossier, at))
    }

    /// Returns what a command is decided by; a dossier that moves leaves the version that governs it.
    pub(crate) fn deciding<'o>(
        &'o self,
        dossier: &Dossier,
        procedure: &'o Procedure,
        order: &Order,
        at: Moment,
    ) -> Context<'o> {
        let left = self.governing(dossier, at).filter(|_| *order == Order::Migrate);
        let context = self.context(procedure);
        left.map_or(context, |it| context.moving_from(it))
    }

    /// Moves an accepted dossier to the versions that have governed by themselves since, one after the other.
    ///
    /// Returns what happened, and the reasons if the dossier had to stay.
    pub(crate) fn take_effect(
        &self,
        dossier: &mut Dossier,
        at: Moment,
    ) -> (Vec<Event>, Option<Rejection>) {
        let mut events = Vec::new();
        while let Some((old, new)) = self.superseded(dossier, at) {
            let id = Uuid::new_v5(&dossier.id(), format!("on-effect {}", new.version()).as_bytes());
            let command = Command::new(id, Actor::new(SYSTEM.as_str(), SYSTEM), Order::Migrate);
            match dossier.decide(&self.context(new).moving_from(old), &command, at) {
                // A move that was made before and undone since would be made for ever.
                Ok(moved) if moved.is_empty() => break,
                Ok(moved) => {
                    moved.iter().for_each(|it| dossier.evolve(it));
                    events.extend(moved);
                }
                Err(rejection) => return (events, Some(rejection)),
            }
        }
        (events, None)
    }

    /// Returns the version that governs and the next that has governed by itself since.
    pub(crate) fn superseded(
        &self,
        dossier: &Dossier,
        at: Moment,
    ) -> Option<(&Procedure, &Procedure)> {
        dossier.accepted()?;
        if dossier.portal_status()?.is_terminal() {
            return None;
        }
        let old = self.governing(dossier, at)?;
        let day = self.day(at);
        let later = |it: &&Procedure| {
            it.effective().from() > old.effective().from() && it.effective().from() <= day
        };
        let mut later = self.catalogue.versions(old.id()).iter().filter(later);
        Some((old, later.find(|it| it.pinned() == Pinning::OnEffect)?))
    }
}

/// Returns the id of a dossier: its UUID, or one derived from its name.
pub(crate) fn dossier_id(name: &str) -> Uuid {
    Uuid::parse_str(name).unwrap_or_else(|_| Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

/// Returns the id of a command: its UUID, or one derived from its name, else from its place in the dossier.
pub(crate) fn command_id(dossier: &Uuid, name: Option<&str>, ordinal: usize) -> Uuid {
    let derived = |text: String| Uuid::new_v5(dossier, text.as_bytes());
    match name {
        Some(name) => Uuid::parse_str(name).unwrap_or_else(|_| derived(format!("id {name}"))),
        None => derived(format!("command {ordinal}")),
    }
}
