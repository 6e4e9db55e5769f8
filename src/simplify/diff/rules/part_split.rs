//! A part in whose place several stand.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-split",
    title: ("Tách", "one part became several"),
    means: "What was one is several now; whether that asks for more is for the burdens to say.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Split);
    matches
        .map(|it| {
            let message =
                say!(lang, "{} tách thành {}", "{} became {}", told(it.before()), told(it.after()));
            cx.at(it.before(), it.after(), message)
        })
        .collect()
}
