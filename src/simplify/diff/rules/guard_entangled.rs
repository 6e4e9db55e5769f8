//! A condition that nobody could compare in time.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::guard::Relation;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "guard-entangled",
    title: ("Điều kiện chưa so sánh được", "a condition that could not be compared"),
    means: "Too many cases would have to be tried; whoever changes it has to look himself.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let related = cx.guards.iter().filter_map(|it| {
        let Relation::Entangled(facts) = &it.relation else { return None };
        let names: Vec<String> = facts
            .iter()
            .filter_map(|at| cx.joint().facts().fact(*at))
            .map(|it| format!("`{}`", it.id()))
            .collect();
        let names = names.join(", ");
        let message = say!(
            lang,
            "không so sánh được `{}`: {names} tạo ra quá nhiều trường hợp",
            "`{}` could not be compared: {names} make too many cases",
            it.after
        );
        Some(cx.at(&[it.before], &[it.after], message))
    });
    related.collect()
}
