//! A step that is another act in law.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "act-changed",
    title: ("Hành vi pháp lý", "another act in law"),
    means: "Forms, terms and rights that hang on the act change with it.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter(|it| it.old.act() != it.new.act());
    changed
        .map(|it| {
            let (old, new) = (it.old.act(), it.new.act());
            cx.of(
                &it,
                say!(
                    lang,
                    "bước `{}` về pháp lý là `{new}` thay cho `{old}`",
                    "transition `{}` is `{new}` in law instead of `{old}`",
                    it.after.name()
                ),
            )
        })
        .collect()
}
