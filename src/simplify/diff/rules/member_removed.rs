//! A procedure that left the group.

use super::{Check, Rule};
use crate::simplify::diff::comparison::Found;
use crate::simplify::diff::membership::Membership;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "member-removed",
    title: ("Thủ tục ra khỏi nhóm liên thông", "a procedure left the linked group"),
    means: "What was filed together is filed apart, or not at all.",
    check: Check::Member(check),
};

fn check<'p>(it: &Membership<'p, '_>) -> Option<Found<'p>> {
    let [Some(left), None] = it.procedures else { return None };
    Some(it.found(say!(
        lang,
        "thủ tục `{}` không còn thuộc nhóm liên thông",
        "procedure `{}` is no longer part of the linked case",
        left.id()
    )))
}
