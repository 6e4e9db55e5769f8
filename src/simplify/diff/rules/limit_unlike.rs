//! A limit that cannot be compared: it is not known, or on no day that the calendar covers.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::clock::Length;
use crate::read::Maybe;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "limit-unlike",
    title: ("Thời hạn chưa so sánh được", "a limit that could not be compared"),
    means: "Whether somebody waits longer cannot be said.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let unlike = cx.lengths.iter().filter(|it| !it.compared.was_tried);
    unlike
        .map(|it| {
            let told = |it: &Maybe<Length>, lang: Lang| match it {
                Maybe::Known(length) => format!("`{length}`"),
                Maybe::Unknown(_) => {
                    lang.pick("một thời hạn chưa biết", "a limit that is not known").into()
                }
            };
            let message = say!(
                lang,
                "`{}` có {} thay cho {}",
                "`{}` has {} instead of {}",
                it.after,
                told(it.new, lang),
                told(it.old, lang)
            );
            cx.at(&[it.before], &[it.after], message).on(cx.after.cited(it.law).collect())
        })
        .collect()
}
