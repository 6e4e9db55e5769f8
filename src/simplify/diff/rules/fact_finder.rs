//! Somebody else who establishes a fact.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::PartKind;
use crate::id::Id;
use crate::simplify::diff::comparison::{Comparison, Found};

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
            let told =
                |by: Option<Id>| by.map_or("nobody in particular".into(), |it| format!("`{it}`"));
            let message = format!(
                "fact `{}` is established by {} instead of {}",
                it.after.name(),
                told(it.new.by()),
                told(it.old.by())
            );
            cx.of(&it, message)
        })
        .collect()
}
