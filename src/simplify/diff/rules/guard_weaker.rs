//! A condition that holds in more cases.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "guard-weaker",
    title: ("Điều kiện rộng hơn", "a condition in more cases"),
    means: "Some cases are newly in, and none is newly out.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let related = cx.guards.iter().filter_map(|it| {
        let Relation::Weaker { into } = &it.relation else { return None };
        let message = say!(
            lang,
            "`{}` áp dụng trong nhiều trường hợp hơn",
            "`{}` applies in more cases",
            it.after
        );
        let found = cx.at(&[it.before], &[it.after], message);
        Some(found.advantage(cx.stake(&it.after).more).witness(cx.witness(into)))
    });
    related.collect()
}
