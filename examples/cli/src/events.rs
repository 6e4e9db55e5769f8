//! Files of events: dossiers as they were stored.

use std::collections::BTreeMap;
use std::path::Path;

use hoso::dossier::{Dossier, Event};
use uuid::Uuid;

use crate::failure::{Failure, Fallible};
use crate::run::{Place, contents};

/// Reads the events of a file; the chain of each dossier is checked.
pub(crate) fn read(path: &Path) -> Fallible<Vec<Event>> {
    let text = contents(path)?;
    let mut events: Vec<Event> = Vec::new();
    let mut last: BTreeMap<Uuid, u32> = BTreeMap::new();
    for (place, line) in Place::lines(path, &text) {
        let event: Event = serde_json::from_str(line).map_err(|error| {
            Failure::new(error).at(&place).help("events are written by `hoso run --events`")
        })?;
        let number = last.entry(event.dossier()).or_default();
        if event.sequence() != number.wrapping_add(1) {
            let message = format!(
                "event {} of dossier {} does not follow event {number}",
                event.sequence(),
                event.dossier()
            );
            return Err(Failure::new(message).at(&place));
        }
        *number = event.sequence();
        events.push(event);
    }
    Ok(events)
}

/// Rebuilds every dossier, in the order in which they first appear.
pub(crate) fn dossiers(events: &[Event]) -> Vec<Dossier> {
    let mut dossiers: Vec<Dossier> = Vec::new();
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    for event in events {
        let at = *places.entry(event.dossier()).or_insert(dossiers.len());
        if at == dossiers.len() {
            dossiers.push(Dossier::new(event.dossier()));
        }
        dossiers.get_mut(at).into_iter().for_each(|it| it.evolve(event));
    }
    dossiers
}
