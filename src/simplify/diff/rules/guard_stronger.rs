//! A condition that holds in fewer cases.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "guard-stronger",
    title: ("Điều kiện chặt hơn", "a condition in fewer cases"),
    means: "Some cases are newly out, and none is newly in.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let related = cx.guards.iter().filter_map(|it| {
        let Relation::Stronger { out } = &it.relation else { return None };
        let message = say!(
            lang,
            "`{}` áp dụng trong ít trường hợp hơn",
            "`{}` applies in fewer cases",
            it.after
        );
        let found = cx.at(&[it.before], &[it.after], message);
        Some(found.advantage(cx.stake(&it.after).more.reversed()).witness(cx.witness(out)))
    });
    related.collect()
}
