//! A limit that ends earlier, and on no day later.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "limit-shorter",
    title: ("Thời hạn ngắn hơn", "a shorter limit"),
    means: "Whoever waits for its end waits less, whoever has to keep it has less time.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let measured = cx.lengths.iter().filter_map(|it| {
        let ends = it.compared.shorter.filter(|_| it.compared.longer.is_none())?;
        let found = cx.measured(it, &say!(lang, "ngắn hơn", "shorter"), ends);
        Some(found.advantage(cx.of_longer(&it.after).reversed()))
    });
    measured.collect()
}
