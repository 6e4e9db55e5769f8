//! Other effects of a step on running terms.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{ClockEffect, Part, PartKind, Procedure, Transition};
use crate::id::Id;
use crate::simplify::diff::change::{Advantage, Party};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "clock-effects",
    title: ("Tác động lên thời hạn", "other effects on running terms"),
    means: "A term stands still, begins anew or runs on where it did not.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.transitions().filter_map(|it| {
        let effects =
            |procedure: &Procedure, step: &Transition, place: &dyn Fn(&Part) -> Option<usize>| {
                let all = step.clock().iter().filter(|(_, effect)| *effect != ClockEffect::None);
                let named =
                    all.filter_map(|(at, effect)| Some((procedure.terms().name(*at)?, *effect)));
                let mut effects: Vec<_> = named
                    .map(|(name, effect)| (place(&Part::new(PartKind::Term, name)), name, effect))
                    .collect();
                effects.sort_unstable();
                effects
            };
        let old = effects(cx.before, it.old, &|it| cx.pairing.place_before(it));
        let new = effects(cx.after, it.new, &|it| cx.pairing.place_after(it));
        let alike =
            old.iter().map(|(at, _, it)| (at, it)).eq(new.iter().map(|(at, _, it)| (at, it)));
        let told = |all: &[(Option<usize>, Id, ClockEffect)], lang: Lang| {
            let all: Vec<String> =
                all.iter().map(|(_, name, it)| format!("`{name} = {it}`")).collect();
            if all.is_empty() { lang.pick("không gì", "nothing").into() } else { all.join(", ") }
        };
        let message = say!(
            lang,
            "bước `{}` tác động {} lên thời hạn đang chạy thay cho {}",
            "transition `{}` does {} to running terms instead of {}",
            it.after.name(),
            told(&new, lang),
            told(&old, lang)
        );
        (!alike)
            .then(|| cx.of(&it, message).party(Party::Applicant).advantage(advantage(&old, &new)))
    });
    changed.collect()
}

/// A term that stands still or begins anew keeps the applicant waiting.
fn advantage(
    old: &[(Option<usize>, Id, ClockEffect)],
    new: &[(Option<usize>, Id, ClockEffect)],
) -> Advantage {
    let delays = |all: &[(Option<usize>, Id, ClockEffect)]| {
        let delay = |it: &ClockEffect| {
            matches!(it, ClockEffect::Suspend | ClockEffect::Restart | ClockEffect::Extend)
        };
        all.iter().filter(|(_, _, it)| delay(it)).count()
    };
    Advantage::of_more(delays(old), delays(new))
}
