//! A step that leads from or to other states.

use alloc::vec::Vec;

use super::{Check, Rule, joined};
use crate::definition::{PartKind, Procedure, StateIdx, Target, Transition};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

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
        let kind = |it: &Transition, lang: Lang| match it.to() {
            Target::State(_) => lang.pick("một trạng thái", "a state"),
            Target::Previous => lang.pick("trạng thái trước đó", "the state before"),
            Target::Same => lang.pick("không đâu", "nowhere"),
        };
        let mut told = Vec::new();
        if !from.is_empty() {
            told.push(say!(
                lang,
                "rời trạng thái khác: {}",
                "leaves other states: {}",
                from.told(lang)
            ));
        }
        if kind(it.old, Lang::En) != kind(it.new, Lang::En) {
            told.push(say!(
                lang,
                "dẫn tới {} thay cho {}",
                "leads to {} instead of {}",
                kind(it.new, lang),
                kind(it.old, lang)
            ));
        } else if !to.is_empty() {
            told.push(say!(lang, "dẫn tới nơi khác: {}", "leads elsewhere: {}", to.told(lang)));
        }
        let message =
            say!(lang, "bước `{}` {}", "transition `{}` {}", it.after.name(), joined(&told, lang));
        (!told.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
