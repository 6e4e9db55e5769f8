//! A procedure that joined the group.

use super::{Check, Rule};
use crate::simplify::diff::comparison::Found;
use crate::simplify::diff::membership::Membership;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "member-added",
    title: ("Bổ sung thủ tục trong nhóm liên thông", "a procedure joined the linked group"),
    means: "What was filed apart is filed together.",
    check: Check::Member(check),
};

fn check<'p>(it: &Membership<'p, '_>) -> Option<Found<'p>> {
    let [None, Some(joined)] = it.procedures else { return None };
    Some(it.found(say!(
        lang,
        "thủ tục `{}` thuộc nhóm liên thông",
        "procedure `{}` is part of the linked case",
        joined.id()
    )))
}
