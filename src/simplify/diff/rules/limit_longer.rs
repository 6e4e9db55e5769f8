//! A limit that ends later, and on no day earlier.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "limit-longer",
    title: ("Thời hạn dài hơn", "a longer limit"),
    means: "Whoever waits for its end waits longer, whoever has to keep it has more time.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let measured = cx.lengths.iter().filter_map(|it| {
        let ends = it.compared.longer.filter(|_| it.compared.shorter.is_none())?;
        let found = cx.measured(it, &say!(lang, "dài hơn", "longer"), ends);
        Some(found.advantage(cx.of_longer(&it.after)))
    });
    measured.collect()
}
