//! Other ways of receiving a result.

use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::{Outcome, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "result-delivery",
    title: ("Cách thức nhận kết quả", "other ways of receiving a result"),
    means: "Who receives it in a way that is gone has to come.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.results().filter_map(|it| {
        let ways = |procedure: &'p Procedure, it: &'p Outcome| {
            let own = if it.channels().is_empty() { procedure.channels() } else { it.channels() };
            own.iter().map(|it| it.as_str()).collect::<Vec<_>>()
        };
        let apart = Words::of(&ways(cx.before, it.old), &ways(cx.after, it.new));
        let message = say!(
            lang,
            "kết quả `{}` được nhận theo cách khác: {}",
            "result `{}` is received in other ways: {}",
            it.after.name(),
            apart.told(lang)
        );
        let found = cx.of(&it, message).advantage(apart.advantage(Advantage::Gains));
        (!apart.is_empty()).then_some(found)
    });
    changed.collect()
}
