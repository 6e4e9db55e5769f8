//! A result that is valid for longer or shorter.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::clock::Limit;
use crate::definition::Outcome;
use crate::read::Maybe;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "result-validity",
    title: ("Thời hạn hiệu lực của kết quả", "a result valid for longer or shorter"),
    means: "Who holds the result has to come again sooner, or later.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.results().filter_map(|it| {
        let known = |it: &Outcome| it.valid_for().and_then(Maybe::known).copied();
        let (old, new) = (known(it.old), known(it.new));
        if old == new {
            return None;
        }
        let told = |it: Option<Limit>, lang: Lang| match it {
            Some(it) => lang.pick(format!("trong `{it}`"), format!("for `{it}`")),
            None => lang.pick("không nêu hạn", "without a stated end").into(),
        };
        let message = say!(
            lang,
            "kết quả `{}` có giá trị {} thay cho {}",
            "result `{}` is valid {} instead of {}",
            it.after.name(),
            told(new, lang),
            told(old, lang)
        );
        let found = cx.of(&it, message);
        match old.zip(new).filter(|(old, new)| old.unit() == new.unit()) {
            Some((old, new)) => {
                Some(found.advantage(Advantage::of_more(new.number(), old.number())))
            }
            None => Some(found),
        }
    });
    changed.collect()
}
