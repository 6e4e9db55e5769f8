//! Others who may apply, as the procedure says it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Check, Rule, or_nobody};
use crate::definition::Procedure;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "subjects-changed",
    title: ("Đối tượng thực hiện", "others may apply"),
    means: "What the text says of who may apply is not compared by its meaning.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let text = |it: &Procedure| it.subjects().map(|it| Box::<str>::from(it.vi()));
    let (old, new) = (text(cx.before), text(cx.after));
    if old == new {
        return Vec::new();
    }
    let message = say!(
        lang,
        "đối tượng thực hiện là {} thay cho {}",
        "those who may apply are {} instead of {}",
        or_nobody(new.as_deref(), lang),
        or_nobody(old.as_deref(), lang)
    );
    Vec::from([cx.whole(message)])
}
