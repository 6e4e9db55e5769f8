//! A term that is counted otherwise.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "term-counting",
    title: ("Cách tính thời hạn", "a term is counted otherwise"),
    means: "The same number of days may end on another one.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.terms().filter_map(|it| {
        let [old, new] = cx.counting(it.old, it.new)?;
        let message = say!(
            lang,
            "thời hạn `{}` được tính theo {new} thay cho {old}",
            "term `{}` is counted by {new} instead of {old}",
            it.after.name()
        );
        Some(cx.of(&it, message))
    });
    changed.collect()
}
