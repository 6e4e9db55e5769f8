//! Something else that the end of a term brings by itself.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{PartKind, Procedure, TransitionIdx};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "term-expiry",
    title: ("Hệ quả khi hết thời hạn", "the end of a term brings something else"),
    means: "What happens when nobody acts is another thing now.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.terms().filter_map(|it| {
        let name =
            |procedure: &Procedure, at: Option<TransitionIdx>| procedure.transitions().name(at?);
        let (old, new) = (name(cx.before, it.old.expires()), name(cx.after, it.new.expires()));
        let apart = cx.apart(PartKind::Transition, old, new);
        let message = say!(
            lang,
            "hết thời hạn `{}` thì xảy ra việc khác: {}",
            "the end of term `{}` brings something else: {}",
            it.after.name(),
            apart.told(lang)
        );
        (!apart.is_empty()).then(|| cx.of(&it, message))
    });
    changed.collect()
}
