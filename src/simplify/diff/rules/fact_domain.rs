//! More, fewer or other values of a fact.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "fact-domain",
    title: ("Miền giá trị", "other values of a fact"),
    means: "Who had a value that no longer exists cannot state his case, and who has a new one now can.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.facts().filter(|it| it.old.domain() != it.new.domain());
    changed
        .filter_map(|it| {
            let (old, new) = (it.old.domain(), it.new.domain());
            let (what, advantage) = match (new.covers(old), old.covers(new)) {
                (true, true) => return None,
                (true, false) => (("nhiều hơn", "more"), Advantage::Gains),
                (false, true) => (("ít hơn", "less"), Advantage::Loses),
                (false, false) => (("khác", "other"), Advantage::Mixed),
            };
            let (was, is) = (old.expected(), new.expected());
            let message = say!(
                lang,
                "thông tin `{}` nhận giá trị {} so với trước: {is} thay cho {was}",
                "fact `{}` may be {} than before: {is} instead of {was}",
                it.after.name(),
                lang.pick(what.0, what.1)
            );
            Some(cx.of(&it, message).advantage(advantage))
        })
        .collect()
}
