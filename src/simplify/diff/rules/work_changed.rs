//! Other work of compliance for the same part.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Activity, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

pub(super) const RULE: Rule = Rule {
    code: "work-changed",
    title: ("Công việc tuân thủ", "other work"),
    means: "Somebody does something else, more often, or somebody else does it.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.activities().filter_map(|it| {
        let told = |procedure: &Procedure, it: &Activity, lang: Lang| {
            let role = it.borne_by().and_then(|at| procedure.roles().name(at));
            let applicant = lang.pick("người nộp hồ sơ", "the applicant");
            let by = role.map_or_else(|| applicant.into(), |it| format!("`{it}`"));
            match lang {
                Lang::Vi => format!("`{}` {} lần do {by} làm", it.item(), it.times()),
                Lang::En => format!("`{}` {} times by {by}", it.item(), it.times()),
            }
        };
        let old = |lang: Lang| told(cx.before, it.old, lang);
        let new = |lang: Lang| told(cx.after, it.new, lang);
        let is_same = old(Lang::En) == new(Lang::En);
        let message = say!(
            lang,
            "công việc `{}` là {} thay cho {}",
            "activity `{}` is {} instead of {}",
            it.after.name(),
            new(lang),
            old(lang)
        );
        let advantage = match it.old.item() == it.new.item()
            && it.old.borne_by().is_some() == it.new.borne_by().is_some()
        {
            true => Advantage::of_more(it.old.times(), it.new.times()),
            false => Advantage::Neither,
        };
        (!is_same).then(|| cx.of(&it, message).advantage(advantage))
    });
    changed.collect()
}
