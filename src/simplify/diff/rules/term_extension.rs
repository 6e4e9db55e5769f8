//! More, less or another prolongation.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::Extension;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "term-extension",
    title: ("Gia hạn", "another prolongation"),
    means: "Whoever waits may be told to wait once more, or no longer.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.terms().filter(|it| it.old.extension() != it.new.extension());
    changed
        .map(|it| {
            let told = |it: Option<Extension>, lang: Lang| match (it, lang) {
                (Some(it), Lang::Vi) => {
                    format!("được gia hạn {} lần, mỗi lần `{}`", it.at_most(), it.by())
                }
                (Some(it), Lang::En) => {
                    format!("may be prolonged {} times by `{}`", it.at_most(), it.by())
                }
                (None, lang) => lang.pick("không được gia hạn", "may not be prolonged").into(),
            };
            let (old, new) = (it.old.extension(), it.new.extension());
            let advantage = match (old, new) {
                (None, _) => cx.of_longer(&it.after),
                (_, None) => cx.of_longer(&it.after).reversed(),
                (Some(old), Some(new)) if old.by() == new.by() && old.at_most() < new.at_most() => {
                    cx.of_longer(&it.after)
                }
                (Some(old), Some(new)) if old.by() == new.by() => {
                    cx.of_longer(&it.after).reversed()
                }
                _ => Advantage::Neither,
            };
            let message = say!(
                lang,
                "thời hạn `{}` {}, trước đây {}",
                "term `{}` {}, where it {}",
                it.after.name(),
                told(new, lang),
                told(old, lang)
            );
            cx.of(&it, message).advantage(advantage)
        })
        .collect()
}
