//! A fee that a tariff prices as another item.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "fee-item",
    title: ("Khoản phí, lệ phí", "another item of the tariff"),
    means: "Another price is looked up.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.fees().filter(|it| it.old.item() != it.new.item());
    changed
        .map(|it| {
            let (old, new) = (it.old.item(), it.new.item());
            cx.of(
                &it,
                say!(
                    lang,
                    "khoản `{}` thu theo mục `{new}` thay cho `{old}`",
                    "fee `{}` is priced as `{new}` instead of `{old}`",
                    it.after.name()
                ),
            )
        })
        .collect()
}
