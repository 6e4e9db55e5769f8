//! More or fewer hand-offs on the prescribed way.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::Procedure;
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::simplify::way::Way;
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "hand-offs",
    title: ("Số lần chuyển giao", "more or fewer hand-offs"),
    means: "Each desk that takes a dossier over lets it lie first.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let count = |procedure: &Procedure| {
        let way = Way::of(procedure);
        way.steps().iter().map(|it| way.hand_offs(*it)).sum::<u32>()
    };
    let (old, new) = (count(cx.before), count(cx.after));
    let message = say!(
        lang,
        "hồ sơ được chuyển giao {new} lần thay cho {old}",
        "a dossier is handed over {new} times instead of {old}"
    );
    let found = cx.whole(message).advantage(Advantage::of_more(old, new));
    if old == new { Vec::new() } else { Vec::from([found]) }
}
