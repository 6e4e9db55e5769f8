//! Files of events: dossiers as they were stored, and what is stored of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hoso::dossier::{Dossier, Event};
use uuid::Uuid;

use crate::failure::{Failure, Fallible};
use crate::run::{Place, contents};

/// Rebuilds every dossier of a file, in the order in which they first appear; each chain is checked.
pub(crate) fn dossiers(path: &Path) -> Fallible<Vec<Dossier>> {
    let text = contents(path)?;
    let mut dossiers: Vec<Dossier> = Vec::new();
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    for (place, line) in Place::lines(path, &text) {
        let event: Event = serde_json::from_str(line).map_err(|error| {
            Failure::new(error).at(&place).help("events are written by `hoso run --events`")
        })?;
        let fresh = dossiers.len();
        let at = *places.entry(event.dossier()).or_insert(fresh);
        if at == fresh {
            dossiers.push(Dossier::new(event.dossier()));
        }
        let Some(dossier) = dossiers.get_mut(at) else { continue };
        let number = dossier.version();
        if event.sequence() != number.wrapping_add(1) {
            let message = format!(
                "event {} of dossier {} does not follow event {number}",
                event.sequence(),
                event.dossier()
            );
            return Err(Failure::new(message).at(&place));
        }
        dossier.evolve(&event);
    }
    Ok(dossiers)
}

/// Writes events, one a line.
pub(crate) fn write(path: &Path, events: &[Event]) -> Fallible<()> {
    let mut text = String::new();
    for event in events {
        text += &serde_json::to_string(event).map_err(|error| Failure::file(path, &error))?;
        text.push('\n');
    }
    fs::write(path, text).map_err(|error| Failure::file(path, &error))
}
