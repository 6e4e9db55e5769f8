//! A limit that is written otherwise and ends on the same days.

use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::clock::Length;
use crate::read::Maybe;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "limit-alike",
    title: ("Thời hạn viết khác", "a limit written otherwise"),
    means: "From every day that was tried it ends when it ended before; from others it may not.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let alike = cx.lengths.iter().filter(|it| {
        let compared = it.compared;
        compared.was_tried
            && compared.longer.is_none()
            && compared.shorter.is_none()
            && it.old != it.new
    });
    alike
        .map(|it| {
            let told = |it: &Maybe<Length>| it.known().map(Length::to_string).unwrap_or_default();
            let (old, new) = (told(it.old), told(it.new));
            let message = say!(
                lang,
                "`{}` là `{new}` thay cho `{old}`, kết thúc như nhau",
                "`{}` is `{new}` instead of `{old}`, which end alike",
                it.after
            );
            cx.at(&[it.before], &[it.after], message).on(cx.after.cited(it.law).collect())
        })
        .collect()
}
