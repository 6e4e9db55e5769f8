//! A part that goes by another name.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-renamed",
    title: ("Đổi tên", "a part goes by another name"),
    means: "Nothing is saved by another name: the part is compared with the one that it replaces.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Renamed);
    matches
        .map(|it| {
            let message =
                say!(lang, "{} nay là {}", "{} is now {}", told(it.before()), told(it.after()));
            cx.at(it.before(), it.after(), message)
        })
        .collect()
}
