//! A step that issues another result, or none.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, Transition};
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "result-issued",
    title: ("Kết quả của bước", "another result is issued"),
    means: "The applicant gets something else in the end.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let result =
            |procedure: &Procedure, step: &Transition| procedure.results().name(step.result()?);
        let apart = cx.apart(PartKind::Result, result(cx.before, it.old), result(cx.after, it.new));
        let message = say!(
            lang,
            "bước `{}` trả kết quả khác: {}",
            "transition `{}` issues another result: {}",
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
