//! Another legal basis.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::law::Citation;
use crate::simplify::diff::comparison::{Comparison, Found, law_of, now_and_no_longer};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "citations-changed",
    title: ("Căn cứ pháp lý", "another legal basis"),
    means: "The same rule rests on another instrument or article.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    let (old, new) = (cx.before.law().collect::<Vec<_>>(), cx.after.law().collect::<Vec<_>>());
    if !apart(&old, &new, Lang::En).is_empty() {
        found.push(cx.whole(say!(
            lang,
            "thủ tục có căn cứ pháp lý khác: {}",
            "the procedure has another legal basis: {}",
            apart(&old, &new, lang)
        )));
    }
    for (before, after) in cx.pairing.pairs() {
        let old: Vec<_> = cx.before.cited(law_of(cx.before, &before)).collect();
        let new: Vec<_> = cx.after.cited(law_of(cx.after, &after)).collect();
        if !apart(&old, &new, Lang::En).is_empty() {
            let message = say!(
                lang,
                "`{after}` có căn cứ pháp lý khác: {}",
                "`{after}` has another legal basis: {}",
                apart(&old, &new, lang)
            );
            found.push(cx.at(&[before], &[after], message));
        }
    }
    found
}

/// Writes citations as lawyers do, since their keys mean nothing: those that came, and those that went.
fn apart(old: &[&Citation], new: &[&Citation], lang: Lang) -> String {
    let only = |own: &[&Citation], other: &[&Citation]| {
        let other: Vec<String> = other.iter().map(|it| it.display(lang)).collect();
        let mut only: Vec<String> = own.iter().map(|it| it.display(lang)).collect();
        only.retain(|it| !other.contains(it));
        only.sort_unstable();
        only.dedup();
        only
    };
    now_and_no_longer(&only(new, old), &only(old, new), lang)
}
