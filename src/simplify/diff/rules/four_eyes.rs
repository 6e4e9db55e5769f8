//! Steps that the same person may take, or no longer.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, Transition};
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "four-eyes",
    title: ("Không kiêm nhiệm", "four eyes or not"),
    means: "Where one person may do both, nobody looks a second time.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let not = |procedure: &Procedure, step: &Transition| {
            let all = step.not_by_who_did().iter();
            all.filter_map(|at| procedure.transitions().name(*at)).collect::<Vec<_>>()
        };
        let apart = cx.apart(PartKind::Transition, not(cx.before, it.old), not(cx.after, it.new));
        let message = say!(
            lang,
            "bước `{}` loại trừ người đã làm bước khác: {}",
            "transition `{}` excludes who did other steps: {}",
            it.after.name(),
            apart.told(lang)
        );
        let advantage = apart.advantage(Advantage::Gains);
        (!apart.is_empty())
            .then(|| cx.of(&it, message).party(Party::Applicant).advantage(advantage))
    });
    changed.collect()
}
