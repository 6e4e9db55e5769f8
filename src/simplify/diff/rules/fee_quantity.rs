//! A fee that is charged by another count.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Fee, PartKind, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "fee-quantity",
    title: ("Đơn vị tính phí", "a fee by another count"),
    means: "It is paid once instead of for each, or the reverse.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.fees().filter_map(|it| {
        let fact =
            |procedure: &Procedure, fee: &Fee| Some(procedure.facts().fact(fee.quantity()?)?.id());
        let apart = cx.apart(PartKind::Fact, fact(cx.before, it.old), fact(cx.after, it.new));
        let message = say!(
            lang,
            "khoản `{}` tính theo số lượng khác: {}",
            "fee `{}` is charged by another count: {}",
            it.after.name(),
            apart.told(lang)
        );
        let advantage = apart.advantage(Advantage::Loses);
        (!apart.is_empty()).then(|| cx.of(&it, message).advantage(advantage))
    });
    changed.collect()
}
