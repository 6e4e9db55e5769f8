//! More or fewer copies.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-copies",
    title: ("Số bản sao", "more or fewer copies"),
    means: "Each copy is made, and often certified, by the applicant.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.copies() != it.new.copies());
    changed
        .map(|it| {
            let (old, new) = (it.old.copies(), it.new.copies());
            let name = it.after.name();
            let message = say!(
                lang,
                "giấy tờ `{name}` yêu cầu {new} bản sao thay cho {old}",
                "document `{name}` asks for {new} copies instead of {old}"
            );
            cx.of(&it, message).advantage(Advantage::of_more(old, new))
        })
        .collect()
}
