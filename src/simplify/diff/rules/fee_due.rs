//! A fee that is due before another step.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Fee, PartKind, Procedure};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "fee-due",
    title: ("Thời điểm nộp phí", "a fee is due before another step"),
    means: "The applicant pays earlier or later, and another step waits for it.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.fees().filter_map(|it| {
        let before =
            |procedure: &Procedure, fee: &Fee| procedure.transitions().name(fee.due_before()?);
        let apart =
            cx.apart(PartKind::Transition, before(cx.before, it.old), before(cx.after, it.new));
        let message = say!(
            lang,
            "khoản `{}` phải nộp trước bước khác: {}",
            "fee `{}` is due before another step: {}",
            it.after.name(),
            apart.told(lang)
        );
        (!apart.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
