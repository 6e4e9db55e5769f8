//! A chain of digests over events, which names the first forged link.
//!
//! Each link is the SHA-256 of the link before it and of the canonical bytes of
//! its event. The chain proves order and content; who wrote it, and when, is
//! for a signature or a time stamp of the embedding to say.

use alloc::vec::Vec;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Event;

/// One link: the digest of everything up to and with one event.
pub type Link = [u8; 32];

/// Returns the link before the first event of a dossier.
#[must_use]
pub fn anchor(dossier: &Uuid) -> Link {
    Sha256::digest(dossier.as_bytes()).into()
}

/// Returns the link of an event after another link.
#[must_use]
pub fn link(before: &Link, event: &Event) -> Link {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(canonical(event));
    hasher.finalize().into()
}

/// Returns one link for each event.
#[must_use]
pub fn chain(dossier: &Uuid, events: &[Event]) -> Vec<Link> {
    let mut before = anchor(dossier);
    events
        .iter()
        .map(|event| {
            before = link(&before, event);
            before
        })
        .collect()
}

/// Checks a stored chain.
///
/// # Errors
///
/// The place of the first event whose link is missing or does not fit.
pub fn verify(dossier: &Uuid, events: &[Event], links: &[Link]) -> Result<(), usize> {
    let fitting = chain(dossier, events).iter().zip(links).take_while(|(a, b)| a == b).count();
    if fitting == events.len() && fitting == links.len() { Ok(()) } else { Err(fitting) }
}

/// The canonical bytes of an event are its JSON, as it is stored: one order of keys, no spaces.
fn canonical(event: &Event) -> Vec<u8> {
    // Events hold neither foreign keys nor floats: writing one into memory has nothing that fails.
    serde_json::to_vec(event).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::tests::a_history;

    #[test]
    fn the_first_forged_link_is_named() {
        let (id, events) = a_history();
        let links = chain(&id, &events);
        assert_eq!(verify(&id, &events, &links), Ok(()));
        let mut forged = events.clone();
        forged[2].actor.id = crate::dossier::ActorId::new("somebody else");
        assert_eq!(verify(&id, &forged, &links), Err(2));
        forged = events.clone();
        forged.swap(0, 1);
        assert_eq!(verify(&id, &forged, &links), Err(0));
        assert_eq!(verify(&id, &events[..3], &links), Err(3));
        assert_eq!(verify(&Uuid::max(), &events, &links), Err(0));
    }
}
