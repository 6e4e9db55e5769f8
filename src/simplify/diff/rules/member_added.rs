//! A procedure that joined the group.

use alloc::format;

use super::{Check, Rule};
use crate::definition::Procedure;
use crate::simplify::diff::comparison::Found;

pub(super) const RULE: Rule = Rule {
    code: "member-added",
    title: ("Bổ sung thủ tục trong nhóm liên thông", "a procedure joined the linked group"),
    means: "What was filed apart is filed together.",
    check: Check::Member(check),
};

fn check<'p>(before: Option<&'p Procedure>, after: Option<&'p Procedure>) -> Option<Found<'p>> {
    let joined = after.filter(|_| before.is_none())?;
    Some(Found::plain(format!("procedure `{}` is part of the linked case", joined.id())))
}
