//! Other work of compliance for the same part.

use alloc::format;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Activity, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "work-changed",
    title: ("Công việc tuân thủ", "other work"),
    means: "Somebody does something else, more often, or somebody else does it.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.activities().filter_map(|it| {
        let told = |procedure: &Procedure, it: &Activity| {
            let role = it.borne_by().and_then(|at| procedure.roles().name(at));
            let by = role.map_or("the applicant".into(), |it| format!("`{it}`"));
            format!("`{}` {} times by {by}", it.item(), it.times())
        };
        let (old, new) = (told(cx.before, it.old), told(cx.after, it.new));
        let message = format!("activity `{}` is {new} instead of {old}", it.after.name());
        let advantage = match it.old.item() == it.new.item()
            && it.old.borne_by().is_some() == it.new.borne_by().is_some()
        {
            true => Advantage::of_more(it.old.times(), it.new.times()),
            false => Advantage::Neither,
        };
        (old != new).then(|| cx.of(&it, message).advantage(advantage))
    });
    changed.collect()
}
