//! A document that the linked case hands over, or no longer does.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-handed-over",
    title: ("Giấy tờ chuyển trong nhóm liên thông", "handed over in the linked case or not"),
    means: "What the case hands over the applicant brings once, or not at all.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| cx.asks(it).0 != cx.asks(it).1);
    changed
        .map(|it| {
            let name = it.after.name();
            let (message, advantage) = if cx.asks(&it).1 {
                (
                    say!(
                        lang,
                        "giấy tờ `{name}` do người nộp mang đến, không còn được chuyển trong nhóm",
                        "document `{name}` is brought by the applicant, and no longer handed over"
                    ),
                    Advantage::Loses,
                )
            } else {
                (
                    say!(
                        lang,
                        "giấy tờ `{name}` được chuyển trong nhóm liên thông",
                        "document `{name}` is handed over in the linked case"
                    ),
                    Advantage::Gains,
                )
            };
            cx.of(&it, message).advantage(advantage)
        })
        .collect()
}
