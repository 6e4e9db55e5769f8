//! Others who may take a step.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, Transition};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::diff::stake::actor;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "actors-changed",
    title: ("Người thực hiện", "others may take a step"),
    means: "Who could act no longer can, or who could not now can.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let by = |procedure: &'p Procedure, step: &Transition| {
            step.by().filter_map(|at| procedure.roles().name(at)).collect::<Vec<_>>()
        };
        let apart = cx.apart(PartKind::Role, by(cx.before, it.old), by(cx.after, it.new));
        let message = say!(
            lang,
            "bước `{}` do người khác thực hiện: {}",
            "transition `{}` is taken by others: {}",
            it.after.name(),
            apart.told(lang)
        );
        (!apart.is_empty()).then(|| cx.of(&it, message).party(actor(cx.after, it.new)))
    });
    changed.collect()
}
