//! Ways of filing that came or went.

use alloc::vec::Vec;

use super::Words;
use super::{Check, Rule};
use crate::definition::Channel;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "channels-changed",
    title: ("Cách thức nộp", "ways of filing"),
    means: "Who files in a way that is gone has to go another one.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let word = |list: &[Channel]| list.iter().map(|it| it.as_str()).collect::<Vec<_>>();
    let apart = Words::of(&word(cx.before.channels()), &word(cx.after.channels()));
    if apart.is_empty() {
        return Vec::new();
    }
    let message = say!(
        lang,
        "thủ tục được nộp theo cách khác: {}",
        "the procedure is filed in other ways: {}",
        apart.told(lang)
    );
    Vec::from([cx.whole(message).advantage(apart.advantage(Advantage::Gains))])
}
