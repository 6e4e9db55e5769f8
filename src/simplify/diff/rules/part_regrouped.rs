//! Several parts in whose place several others stand.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-regrouped",
    title: ("Sắp xếp lại", "several parts became several others"),
    means: "The parts are cut otherwise; whether that asks for less is for the burdens to say.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Regrouped);
    matches
        .map(|it| {
            let message = say!(
                lang,
                "{} sắp xếp lại thành {}",
                "{} became {}",
                told(it.before()),
                told(it.after())
            );
            cx.at(it.before(), it.after(), message)
        })
        .collect()
}
