//! Other acts that start or stop a term.

use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Act;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

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
        let whats = [("bắt đầu", "started"), ("dừng", "stopped")];
        for ((vi, en), words) in whats.into_iter().zip([started, stopped]) {
            if !words.is_empty() {
                let message = say!(
                    lang,
                    "thời hạn `{}` {} bởi hành vi khác: {}",
                    "term `{}` is {} by other acts: {}",
                    it.after.name(),
                    lang.pick(vi, en),
                    words.told(lang)
                );
                found.push(cx.of(&it, message));
            }
        }
    }
    found
}
