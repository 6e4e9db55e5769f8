//! Other acts that start or stop a term.

use alloc::format;
use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Act;
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "term-starts",
    title: ("Căn cứ bắt đầu, kết thúc thời hạn", "other acts start or stop a term"),
    means: "The same number of days runs from another event.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    for it in cx.terms() {
        let word = |list: &[Act]| list.iter().map(|it| it.as_str()).collect::<Vec<_>>();
        let started = Words::of(&word(it.old.starts()), &word(it.new.starts()));
        let stopped = Words::of(&word(it.old.stops()), &word(it.new.stops()));
        for (what, words) in [("started", started), ("stopped", stopped)] {
            if let Some(told) = words.told() {
                let message = format!("term `{}` is {what} by other acts: {told}", it.after.name());
                found.push(cx.of(&it, message));
            }
        }
    }
    found
}
