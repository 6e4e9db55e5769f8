//! A procedure that left the group.

use alloc::format;

use super::{Check, Rule};
use crate::definition::Procedure;
use crate::simplify::diff::comparison::Found;

pub(super) const RULE: Rule = Rule {
    code: "member-removed",
    title: ("Thủ tục ra khỏi nhóm liên thông", "a procedure left the linked group"),
    means: "What was filed together is filed apart, or not at all.",
    check: Check::Member(check),
};

fn check<'p>(before: Option<&'p Procedure>, after: Option<&'p Procedure>) -> Option<Found<'p>> {
    let left = before.filter(|_| after.is_none())?;
    Some(Found::plain(format!("procedure `{}` is no longer part of the linked case", left.id())))
}
