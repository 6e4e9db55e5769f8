//! A state on another desk, or that waits for somebody else.

use alloc::vec::Vec;

use super::{Check, Rule, joined};
use crate::definition::{PartKind, Procedure, State, Waiting};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

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
            let desk =
                say!(lang, "nằm ở bàn khác: {}", "lies on another desk: {}", apart.told(lang));
            told.push(desk);
        }
        let (old, new) = (it.old.waits_for(), it.new.waits_for());
        if old != new {
            let whom = |it: Option<Waiting>, lang: Lang| match (it, lang) {
                (Some(it), Lang::Vi) => it.label(lang),
                (Some(it), Lang::En) => it.as_str(),
                (None, lang) => lang.pick("không ai", "nobody"),
            };
            told.push(say!(
                lang,
                "chờ {} thay cho {}",
                "waits for {} instead of {}",
                whom(new, lang),
                whom(old, lang)
            ));
        }
        let message =
            say!(lang, "trạng thái `{}` {}", "state `{}` {}", it.after.name(), joined(&told, lang));
        (!told.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
