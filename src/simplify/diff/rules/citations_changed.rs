//! Another legal basis.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::law::Citation;
use crate::simplify::diff::comparison::law_of;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::Lang;

pub(super) const RULE: Rule = Rule {
    code: "citations-changed",
    title: ("Căn cứ pháp lý", "another legal basis"),
    means: "The same rule rests on another instrument or article.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    let whole = apart(&cited(cx.before.law()), &cited(cx.after.law()));
    found.extend(
        whole.map(|told| cx.whole(format!("the procedure has another legal basis: {told}"))),
    );
    for (before, after) in cx.pairing.pairs() {
        let old = cited(cx.before.cited(law_of(cx.before, &before)));
        let new = cited(cx.after.cited(law_of(cx.after, &after)));
        let told = apart(&old, &new);
        found.extend(told.map(|told| {
            cx.at(&[before], &[after], format!("`{after}` has another legal basis: {told}"))
        }));
    }
    found
}

/// Returns citations as lawyers write them, since their keys mean nothing.
fn cited<'c>(law: impl Iterator<Item = &'c Citation>) -> Vec<String> {
    law.map(|it| it.display(Lang::En)).collect()
}

fn apart(old: &[String], new: &[String]) -> Option<String> {
    let only = |own: &[String], other: &[String], what: &str| {
        let mut only: Vec<String> =
            own.iter().filter(|it| !other.contains(it)).map(|it| format!("`{it}`")).collect();
        only.sort_unstable();
        only.dedup();
        (!only.is_empty()).then(|| format!("{what} {}", only.join(", ")))
    };
    let parts = [only(new, old, "now"), only(old, new, "no longer")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
