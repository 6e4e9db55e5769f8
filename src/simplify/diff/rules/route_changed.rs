//! A step that leads from or to other states.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, StateIdx, Target, Transition};
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "route-changed",
    title: ("Trình tự", "a step leads elsewhere"),
    means: "A dossier goes another way through the office.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let state = |procedure: &Procedure, at: StateIdx| procedure.states().name(at);
        let from = |procedure: &Procedure, step: &Transition| {
            step.from().filter_map(|at| state(procedure, at)).collect::<Vec<_>>()
        };
        let to = |procedure: &Procedure, step: &Transition| match step.to() {
            Target::State(at) => state(procedure, at),
            Target::Previous | Target::Same => None,
        };
        let from = cx.apart(PartKind::State, from(cx.before, it.old), from(cx.after, it.new));
        let to = cx.apart(PartKind::State, to(cx.before, it.old), to(cx.after, it.new));
        let kind = |it: &Transition| match it.to() {
            Target::State(_) => "a state",
            Target::Previous => "the state before",
            Target::Same => "nowhere",
        };
        let mut told = Vec::new();
        if !from.is_empty() {
            told.push(format!("leaves other states: {}", from.told()));
        }
        if kind(it.old) != kind(it.new) {
            told.push(format!("leads to {} instead of {}", kind(it.new), kind(it.old)));
        } else if !to.is_empty() {
            told.push(format!("leads elsewhere: {}", to.told()));
        }
        let message = format!("transition `{}` {}", it.after.name(), told.join(", and "));
        (!told.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
