//! A limit that is published otherwise.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::clock::Length;
use crate::definition::Term;
use crate::read::Maybe;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "term-published",
    title: ("Thời hạn công bố", "a limit is published otherwise"),
    means: "Applicants are told another day than before.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.terms().filter_map(|it| {
        let known = |it: &Term| it.published().and_then(Maybe::known).copied();
        let (old, new) = (known(it.old), known(it.new));
        let told = |it: Option<Length>, lang: Lang| match it {
            Some(it) => lang.pick(format!("là `{it}`"), format!("as `{it}`")),
            None => lang.pick("như luật định", "as the law sets it").into(),
        };
        let message = say!(
            lang,
            "thời hạn `{}` được công bố {} thay cho {}",
            "term `{}` is published {} instead of {}",
            it.after.name(),
            told(new, lang),
            told(old, lang)
        );
        (old != new).then(|| cx.of(&it, message))
    });
    changed.collect()
}
