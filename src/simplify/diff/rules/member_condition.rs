//! A procedure that the linked case has under another condition.

use alloc::format;

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::comparison::Found;
use crate::simplify::diff::membership::{Membership, witness};

pub(super) const RULE: Rule = Rule {
    code: "member-condition",
    title: ("Điều kiện của thủ tục trong nhóm liên thông", "a procedure linked in other cases"),
    means: "Who was spared a second filing may have to file again, or the reverse.",
    check: Check::Member(check),
};

fn check<'p>(it: &Membership<'p, '_>) -> Option<Found<'p>> {
    let id = it.kept()?.id();
    let (relation, joint) = it.relation();
    match relation {
        Relation::Equivalent => None,
        Relation::Stronger { out } => {
            let message = format!("procedure `{id}` is part of the linked case in fewer cases");
            Some(it.found(message).witness(witness(&joint, &out)))
        }
        Relation::Weaker { into } => {
            let message = format!("procedure `{id}` is part of the linked case in more cases");
            Some(it.found(message).witness(witness(&joint, &into)))
        }
        Relation::Incomparable { into, out } => {
            let gone = witness(&joint, &out);
            let message = format!(
                "procedure `{id}` is part of the linked case in other cases, and no longer where {gone}"
            );
            Some(it.found(message).witness(witness(&joint, &into)))
        }
        Relation::Entangled(_) => {
            let message =
                format!("when procedure `{id}` is part of the linked case could not be compared");
            Some(it.found(message))
        }
    }
}
