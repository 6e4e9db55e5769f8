//! Copies that must be certified, or no longer.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-certified",
    title: ("Bản sao có chứng thực", "copies certified or not"),
    means: "To certify a copy takes a visit and a fee.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.certified() != it.new.certified());
    changed
        .map(|it| {
            let name = it.after.name();
            let (message, advantage) = if it.new.certified() {
                (
                    say!(
                        lang,
                        "bản sao của giấy tờ `{name}` phải được chứng thực",
                        "copies of document `{name}` must be certified"
                    ),
                    Advantage::Loses,
                )
            } else {
                (
                    say!(
                        lang,
                        "bản sao của giấy tờ `{name}` không còn phải chứng thực",
                        "copies of document `{name}` need not be certified any more"
                    ),
                    Advantage::Gains,
                )
            };
            cx.of(&it, message).advantage(advantage)
        })
        .collect()
}
