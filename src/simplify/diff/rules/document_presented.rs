//! A document that is shown instead of handed in, or the reverse.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-presented",
    title: ("Xuất trình hay nộp", "shown or handed in"),
    means: "What is only shown is given back, and no copy of it is made.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.presented() != it.new.presented());
    changed
        .map(|it| {
            let name = it.after.name();
            let (message, advantage) = if it.new.presented() {
                (
                    say!(
                        lang,
                        "giấy tờ `{name}` chỉ phải xuất trình, không còn phải nộp",
                        "document `{name}` is only shown, and no longer handed in"
                    ),
                    Advantage::Gains,
                )
            } else {
                (
                    say!(
                        lang,
                        "giấy tờ `{name}` phải nộp, không còn chỉ xuất trình",
                        "document `{name}` is handed in, and no longer only shown"
                    ),
                    Advantage::Loses,
                )
            };
            cx.of(&it, message).advantage(advantage)
        })
        .collect()
}
