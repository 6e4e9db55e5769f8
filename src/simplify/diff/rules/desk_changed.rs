//! A state on another desk, or that waits for somebody else.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, State, Waiting};
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "desk-changed",
    title: ("Người đang giữ hồ sơ", "the dossier lies elsewhere"),
    means: "Somebody else has the dossier, or is waited for.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.states().filter_map(|it| {
        let role = |procedure: &Procedure, state: &State| procedure.roles().name(state.role()?);
        let apart = cx.apart(PartKind::Role, role(cx.before, it.old), role(cx.after, it.new));
        let mut told = Vec::new();
        if !apart.is_empty() {
            told.push(format!("lies on another desk: {}", apart.told()));
        }
        if it.old.waits_for() != it.new.waits_for() {
            let whom = |it: Option<Waiting>| it.map_or("nobody", Waiting::as_str);
            let (old, new) = (whom(it.old.waits_for()), whom(it.new.waits_for()));
            told.push(format!("waits for {new} instead of {old}"));
        }
        let message = format!("state `{}` {}", it.after.name(), told.join(", and "));
        (!told.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
