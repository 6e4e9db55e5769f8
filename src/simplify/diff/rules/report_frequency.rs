//! A report that is owed more or less often.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "report-frequency",
    title: ("Định kỳ báo cáo", "more or fewer reports"),
    means: "Each report is work without a result.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.reports().filter(|it| it.old.times_a_year() != it.new.times_a_year());
    changed
        .map(|it| {
            let (old, new) = (it.old.times_a_year(), it.new.times_a_year());
            let name = it.after.name();
            let message = say!(
                lang,
                "báo cáo `{name}` phải nộp {new} lần mỗi năm thay cho {old}",
                "report `{name}` is owed {new} times a year instead of {old}"
            );
            cx.of(&it, message).advantage(Advantage::of_more(old, new))
        })
        .collect()
}
