//! Which part waits for which: names are found, and rings of parts that wait for each other reported.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use crate::definition::draft::PartDraft;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{Kind, Many, Named};
use crate::source::At;

/// A part of a bundle.
pub(super) const PART: Kind = Kind { code: "undeclared-part", what: "part", table: "part" };

/// Returns the parts, each after those that it waits for; none of a ring.
pub(super) fn sorted<'d>(
    parts: &'d Named<PartDraft>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(At<Id>, &'d PartDraft)> {
    let mut left: Vec<(At<Id>, &PartDraft)> = parts.iter().collect();
    let mut sorted: Vec<(At<Id>, &PartDraft)> = Vec::with_capacity(left.len());
    while let Some(place) = left.iter().position(|(_, it)| !waits_for_any(it, &left)) {
        sorted.push(left.remove(place));
    }
    if let Some((id, part)) = in_ring(&left) {
        let written =
            part.after.0.iter().find(|it| left.iter().any(|(id, _)| id.value == it.value));
        let message = format!("part `{}` waits for itself in the end", id.value);
        let diagnostic =
            Diagnostic::error("cyclic-parts", written.map_or(id.span, |it| it.span), message);
        found.push(diagnostic.help("leave one part out of one `after`"));
    }
    sorted
}

fn waits_for_any(part: &PartDraft, left: &[(At<Id>, &PartDraft)]) -> bool {
    part.after.0.iter().any(|it| left.iter().any(|(id, _)| id.value == it.value))
}

/// Returns the first part that comes back to itself; others that are left only wait for a ring.
fn in_ring<'l, 'd>(left: &'l [(At<Id>, &'d PartDraft)]) -> Option<&'l (At<Id>, &'d PartDraft)> {
    let after = |id: Id| {
        let part = left.iter().find(|(it, _)| it.value == id);
        part.into_iter().flat_map(|(_, it)| it.after.0.iter().map(|it| it.value))
    };
    left.iter().find(|(start, _)| {
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        let mut open: Vec<Id> = after(start.value).collect();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(after(id));
            }
        }
        seen.contains(&start.value)
    })
}

/// Returns the places of named parts; a name that is not declared is reported.
pub(super) fn places(
    written: &Many<At<Id>>,
    parts: &Named<PartDraft>,
    sorted: &[(At<Id>, &PartDraft)],
    found: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut places = Vec::with_capacity(written.0.len());
    for name in &written.0 {
        let place = sorted.iter().position(|(id, _)| id.value == name.value);
        // One of a ring, or one that could not be read, was reported.
        if place.is_none() && !parts.0.iter().any(|(id, _)| id.value == name.value) {
            found.push(PART.undeclared(*name, parts.names()));
        }
        places.extend(place);
    }
    places
}
