//! A bundle as drawings show it: a graph for its lead and for each part, and what opens what.
//!
//! That the case is delivered once, when every part is over, is said by the
//! lead's own steps; no line is drawn for it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::graph::Graph;
use super::key::key;
use crate::definition::Procedure;
use crate::definition::bundle::{Bundle, BundlePart};
use crate::id::Id;
use crate::text::Lang;

/// The lead or a part.
pub(super) struct Section<'b> {
    pub(super) key: String,
    pub(super) procedure: &'b Procedure,
    /// Its nodes have keys that begin with its own.
    pub(super) graph: Graph,
}

/// What opens a part: the acceptance of the case, or the result of a part before it.
pub(super) struct Opening {
    /// The places of two sections.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
}

/// Returns the lead, and then every part.
pub(super) fn sections(bundle: &Bundle, lang: Lang) -> Vec<Section<'_>> {
    let section = |(part, procedure): (Option<Id>, _)| {
        let key = part.map_or("lead".into(), |it| key("part", it));
        let graph = Graph::new(procedure, lang).under(&key);
        Section { key, procedure, graph }
    };
    bundle.procedures().map(section).collect()
}

/// Returns what opens each part, in the order of the parts.
pub(super) fn openings(bundle: &Bundle, lang: Lang) -> Vec<Opening> {
    let mut openings = Vec::new();
    // The lead is the first section.
    for (to, (_, _, part)) in (1..).zip(bundle.parts().iter()) {
        let places = bundle.parts().iter().map(|(at, _, _)| at).zip(1..);
        let before = places.filter(|(at, _)| part.after().contains(at));
        let mut before: Vec<usize> = before.map(|(_, place)| place).collect();
        let label = words(part, !before.is_empty(), lang);
        if before.is_empty() {
            before.push(0);
        }
        openings.extend(before.into_iter().map(|from| Opening { from, to, label: label.clone() }));
    }
    openings
}

fn words(part: &BundlePart, is_after_others: bool, lang: Lang) -> String {
    let opens = if is_after_others {
        lang.pick("có kết quả", "result")
    } else {
        lang.pick("tiếp nhận", "accepted")
    };
    part.when().map_or(opens.into(), |guard| format!("{opens} [{guard}]"))
}
