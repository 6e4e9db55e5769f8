//! Ways of filing that came or went.

use alloc::format;
use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Channel;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "channels-changed",
    title: ("Cách thức nộp", "ways of filing"),
    means: "Who files in a way that is gone has to go another one.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let word = |list: &[Channel]| list.iter().map(|it| it.as_str()).collect::<Vec<_>>();
    let apart = Words::of(&word(cx.before.channels()), &word(cx.after.channels()));
    let found = apart.told().map(|told| {
        cx.whole(format!("the procedure is filed in other ways: {told}"))
            .advantage(apart.advantage(Advantage::Gains))
    });
    found.into_iter().collect()
}
