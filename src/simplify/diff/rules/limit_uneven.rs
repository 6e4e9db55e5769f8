//! A limit that ends later from some days, and earlier from others.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "limit-uneven",
    title: ("Thời hạn lúc dài lúc ngắn", "a limit longer on some days"),
    means: "On which day somebody files decides whether he waits longer.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let measured = cx.lengths.iter().filter_map(|it| {
        let ends = it.compared.longer.filter(|_| it.compared.shorter.is_some())?;
        let how = say!(
            lang,
            "có ngày dài hơn, có ngày ngắn hơn",
            "on some days longer, and on others shorter"
        );
        let found = cx.measured(it, &how, ends);
        Some(found.advantage(Advantage::Mixed))
    });
    measured.collect()
}
