//! Terms within which a step must be taken.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, Transition};
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "within-changed",
    title: ("Thời hạn của bước", "another term for a step"),
    means: "To be late is a breach of service, or no longer.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let within = |procedure: &Procedure, step: &Transition| {
            step.within().iter().filter_map(|at| procedure.terms().name(*at)).collect::<Vec<_>>()
        };
        let apart = cx.apart(PartKind::Term, within(cx.before, it.old), within(cx.after, it.new));
        let message = say!(
            lang,
            "bước `{}` phải xong trong thời hạn khác: {}",
            "transition `{}` is due within other terms: {}",
            it.after.name(),
            apart.told(lang)
        );
        let found = cx
            .of(&it, message)
            .party(Party::Applicant)
            .advantage(apart.advantage(Advantage::Gains));
        (!apart.is_empty()).then_some(found)
    });
    changed.collect()
}
