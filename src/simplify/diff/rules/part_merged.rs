//! Several parts in whose place one stands.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-merged",
    title: ("Gộp", "several parts became one"),
    means: "What was several is one now; whether that asks for less is for the burdens to say.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Merged);
    matches
        .map(|it| {
            let message =
                say!(lang, "{} gộp thành {}", "{} became {}", told(it.before()), told(it.after()));
            cx.at(it.before(), it.after(), message)
        })
        .collect()
}
