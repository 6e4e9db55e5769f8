//! How often a step may be taken.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Beyond, Transition};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "at-most",
    title: ("Số lần tối đa", "how often a step may be taken"),
    means: "The applicant is asked once more, or may ask once more.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let often = |it: &Transition| (it.at_most(), it.at_most().map(|_| it.beyond()));
    let changed = cx.transitions().filter(|it| often(it.old) != often(it.new));
    changed
        .map(|it| {
            let told = |it: &Transition, lang: Lang| match (it.at_most(), lang) {
                (Some(most), Lang::Vi) if it.beyond() == Beyond::Breach => {
                    format!("nhiều nhất {most} lần mà không vi phạm")
                }
                (Some(most), Lang::En) if it.beyond() == Beyond::Breach => {
                    format!("at most {most} times without a breach")
                }
                (Some(most), Lang::Vi) => format!("nhiều nhất {most} lần"),
                (Some(most), Lang::En) => format!("at most {most} times"),
                (None, lang) => lang.pick("bao nhiêu lần cũng được", "as often as needed").into(),
            };
            let most = |it: &Transition| it.at_most().map_or(u16::MAX, u16::from);
            let fewer = Advantage::of_more(most(it.old), most(it.new)).reversed();
            let more = cx.stake(&it.after).more;
            let advantage = match (fewer, more) {
                (_, Advantage::Neither) | (Advantage::Neither, _) => Advantage::Neither,
                (Advantage::Gains, more) => more,
                (_, more) => more.reversed(),
            };
            let message = say!(
                lang,
                "bước `{}` được thực hiện {} thay cho {}",
                "transition `{}` is taken {} instead of {}",
                it.after.name(),
                told(it.new, lang),
                told(it.old, lang)
            );
            cx.of(&it, message).advantage(advantage)
        })
        .collect()
}
