//! A procedure that waits for others of the linked case.

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::Found;
use crate::simplify::diff::membership::Membership;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "member-order",
    title: ("Thứ tự trong nhóm liên thông", "a procedure waits for others of the linked group"),
    means: "What waits for the result of another begins later; what no longer does runs beside it.",
    check: Check::Member(check),
};

fn check<'p>(it: &Membership<'p, '_>) -> Option<Found<'p>> {
    let id = it.kept()?.id();
    let apart = it.waits();
    let message = say!(
        lang,
        "thủ tục `{id}` chờ các phần khác: {}",
        "procedure `{id}` waits for other parts: {}",
        apart.told(lang)
    );
    let found = it.found(message).advantage(apart.advantage(Advantage::Loses));
    (!apart.is_empty()).then_some(found)
}
