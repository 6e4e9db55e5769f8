//! A condition that holds in other cases.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "guard-incomparable",
    title: ("Điều kiện khác", "a condition in other cases"),
    means: "Some cases are newly in, and others newly out.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let related = cx.guards.iter().filter_map(|it| {
        let Relation::Incomparable { into, out } = &it.relation else { return None };
        let mixed = match cx.stake(&it.after).more {
            Advantage::Neither => Advantage::Neither,
            _ => Advantage::Mixed,
        };
        let out = say!(
            lang,
            "`{}` áp dụng trong các trường hợp khác, và không còn khi {}",
            "`{}` applies in other cases, and no longer where {}",
            it.after,
            cx.witness(out)
        );
        let found = cx.at(&[it.before], &[it.after], out).advantage(mixed);
        Some(found.witness(cx.witness(into)))
    });
    related.collect()
}
