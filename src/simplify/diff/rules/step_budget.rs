//! More or less time for a step inside the office.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::clock::Limit;
use crate::definition::State;
use crate::read::Maybe;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "step-budget",
    title: ("Thời gian của bước nội bộ", "more or less time for a step"),
    means: "Whoever works at the step has more or less time.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.states().filter_map(|it| {
        let known = |state: &State| state.budget().and_then(Maybe::known).copied();
        let (old, new) = (known(it.old), known(it.new));
        if old == new {
            return None;
        }
        let told = |it: Option<Limit>, lang: Lang| match it {
            Some(it) => format!("`{it}`"),
            None => lang.pick("không có thời gian riêng", "no time of its own").into(),
        };
        let message = say!(
            lang,
            "trạng thái `{}` có {} thay cho {}",
            "state `{}` has {} instead of {}",
            it.after.name(),
            told(new, lang),
            told(old, lang)
        );
        let compared = old.zip(new).map(|(old, new)| cx.compare_plain(old.into(), new.into()));
        let advantage = match compared.map(|it| (it.longer.is_some(), it.shorter.is_some())) {
            Some((true, false)) => Advantage::Gains,
            Some((false, true)) => Advantage::Loses,
            Some((true, true)) => Advantage::Mixed,
            _ => Advantage::Neither,
        };
        Some(cx.of(&it, message).advantage(advantage))
    });
    changed.collect()
}
