//! What logs are written from: the events of dossiers, and the versions that decided them.
//!
//! An event names a step by its id; people and nets know it by its words, which
//! the version of the procedure has.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};

use super::label;
use crate::calendar::Moment;
use crate::definition::Procedure;
use crate::dossier::{Event, Happened};
use crate::id::{Fingerprint, Id};
use crate::text::Lang;

/// The versions of procedures under which events were decided.
#[derive(Clone, Debug, Default)]
pub struct Versions<'p>(BTreeMap<Fingerprint, &'p Procedure>);

impl<'p> FromIterator<&'p Procedure> for Versions<'p> {
    fn from_iter<I: IntoIterator<Item = &'p Procedure>>(procedures: I) -> Self {
        Self(procedures.into_iter().map(|it| (*it.fingerprint(), it)).collect())
    }
}

impl<'p> Versions<'p> {
    /// Returns the version that decided an event.
    pub(super) fn of(&self, event: &Event) -> Option<&'p Procedure> {
        self.0.get(event.procedure()).copied()
    }

    /// Returns the words of an event that is a step of the net: a transition, or an agency's answer.
    ///
    /// They are those of the net that [`pnml`](super::pnml) writes. None for
    /// what is only recorded beside the steps.
    pub(super) fn activity(&self, event: &Event, lang: Lang) -> Option<String> {
        let procedure = self.of(event);
        let step = |id: &Id| {
            let found = procedure.and_then(|it| it.transitions().find(id));
            found.map_or_else(|| id.to_string(), |(_, it)| it.name(lang).into())
        };
        match event.happened() {
            Happened::Filed(filed) => Some(step(&filed.transition)),
            Happened::Moved(moved) => Some(step(&moved.transition)),
            Happened::Answered { consultation, .. } => {
                let found = procedure.and_then(|it| it.consultations().find(consultation));
                Some(
                    found.map_or_else(
                        || consultation.to_string(),
                        |(_, it)| label::answer(it, lang),
                    ),
                )
            }
            _ => None,
        }
    }
}

/// The history of one dossier.
#[derive(Clone, Copy, Debug)]
pub struct History<'h> {
    name: &'h str,
    events: &'h [Event],
    began: &'h [Option<Moment>],
}

impl<'h> History<'h> {
    /// Puts the events of a dossier, in their order, under the name by which people call it.
    ///
    /// Names must differ within a log.
    #[must_use]
    pub const fn new(name: &'h str, events: &'h [Event]) -> Self {
        Self { name, events, began: &[] }
    }

    /// Adds when work on each event began, where that is known; in the order of the events.
    #[must_use]
    pub const fn began(self, began: &'h [Option<Moment>]) -> Self {
        Self { began, ..self }
    }

    /// Returns the name by which people call it.
    #[must_use]
    pub const fn name(&self) -> &'h str {
        self.name
    }

    /// Returns the events.
    #[must_use]
    pub const fn events(&self) -> &'h [Event] {
        self.events
    }

    /// Returns every event with the moment at which work on it began, if that is known.
    pub(super) fn worked(&self) -> impl Iterator<Item = (&'h Event, Option<Moment>)> {
        let began = self.began.iter().copied().chain(core::iter::repeat(None));
        self.events.iter().zip(began)
    }
}

/// Returns the word for what happened, where no step of the procedure has a name for it.
pub(super) const fn word(happened: &Happened) -> &'static str {
    match happened {
        Happened::Filed(_) => "filed",
        Happened::Moved(_) => "moved",
        Happened::Learnt(_) => "learnt",
        Happened::Answered { .. } => "answered",
        Happened::Lapsed { .. } => "lapsed",
        Happened::Paid { .. } => "paid",
        Happened::Signed { .. } => "signed",
        Happened::Migrated(_) => "migrated",
    }
}
