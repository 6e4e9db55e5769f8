//! Requirements of a step that came or went.

use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Requirement;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "requirements-changed",
    title: ("Yêu cầu của bước", "a step needs more or less"),
    means: "A step waits for something that it did not wait for, or no longer.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let word = |list: &[Requirement]| list.iter().map(|it| it.as_str()).collect::<Vec<_>>();
        let apart = Words::of(&word(it.old.needs()), &word(it.new.needs()));
        let message = say!(
            lang,
            "bước `{}` có yêu cầu khác: {}",
            "transition `{}` has other requirements: {}",
            it.after.name(),
            apart.told(lang)
        );
        let more = match cx.stake(&it.after).more {
            Advantage::Neither => Advantage::Neither,
            other => other.reversed(),
        };
        let found = cx.of(&it, message).advantage(apart.advantage(more));
        (!apart.is_empty()).then_some(found)
    });
    changed.collect()
}
