//! A part whose place nothing took.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-removed",
    title: ("Bãi bỏ", "something went"),
    means: "Something is no longer asked, granted or done.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Removed);
    matches
        .map(|it| {
            let message = say!(lang, "{} không còn", "{} is gone", told(it.before()));
            let found = cx.at(it.before(), it.after(), message);
            found.advantage(cx.fewer(it.before()))
        })
        .collect()
}
