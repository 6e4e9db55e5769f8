//! Somebody else who establishes a fact.

use alloc::vec::Vec;

use super::{Check, Rule, or_nobody};
use crate::definition::PartKind;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "fact-finder",
    title: ("Người xác định thông tin", "somebody else establishes a fact"),
    means: "What the applicant stated the office finds out now, or the reverse.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let role = PartKind::Role;
    let changed = cx.facts().filter(|it| !cx.apart(role, it.old.by(), it.new.by()).is_empty());
    changed
        .map(|it| {
            let message = say!(
                lang,
                "thông tin `{}` do {} xác định thay cho {}",
                "fact `{}` is established by {} instead of {}",
                it.after.name(),
                or_nobody(it.new.by(), lang),
                or_nobody(it.old.by(), lang)
            );
            cx.of(&it, message)
        })
        .collect()
}
