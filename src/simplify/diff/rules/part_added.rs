//! A part that took the place of none.

use alloc::vec::Vec;

use super::told;
use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::pairing::Fate;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "part-added",
    title: ("Bổ sung", "something came"),
    means: "Something is asked, granted or done that was not before.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let matches = cx.pairing.matches().iter().filter(|it| it.fate() == Fate::Added);
    matches
        .map(|it| {
            let message = say!(lang, "{} là mới", "{} is new", told(it.after()));
            let found = cx.at(it.before(), it.after(), message);
            found.advantage(cx.more(it.after()))
        })
        .collect()
}
