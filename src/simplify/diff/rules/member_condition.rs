//! A procedure that the linked case has under another condition.

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::comparison::Found;
use crate::simplify::diff::membership::{Membership, witness};
use crate::text::say;

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
            let message = say!(
                lang,
                "thủ tục `{id}` thuộc nhóm liên thông trong ít trường hợp hơn",
                "procedure `{id}` is part of the linked case in fewer cases"
            );
            Some(it.found(message).witness(witness(&joint, &out)))
        }
        Relation::Weaker { into } => {
            let message = say!(
                lang,
                "thủ tục `{id}` thuộc nhóm liên thông trong nhiều trường hợp hơn",
                "procedure `{id}` is part of the linked case in more cases"
            );
            Some(it.found(message).witness(witness(&joint, &into)))
        }
        Relation::Incomparable { into, out } => {
            let gone = witness(&joint, &out);
            let message = say!(
                lang,
                "thủ tục `{id}` thuộc nhóm liên thông trong các trường hợp khác, và không còn khi {gone}",
                "procedure `{id}` is part of the linked case in other cases, and no longer where {gone}"
            );
            Some(it.found(message).witness(witness(&joint, &into)))
        }
        Relation::Entangled(_) => {
            let message = say!(
                lang,
                "không so sánh được khi nào thủ tục `{id}` thuộc nhóm liên thông",
                "when procedure `{id}` is part of the linked case could not be compared"
            );
            Some(it.found(message))
        }
    }
}
