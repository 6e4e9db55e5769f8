//! More or fewer originals.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-originals",
    title: ("Số bản chính", "more or fewer originals"),
    means: "Each original is fetched, or given up for as long as the dossier lasts.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter(|it| it.old.originals() != it.new.originals());
    changed
        .map(|it| {
            let (old, new) = (it.old.originals(), it.new.originals());
            let name = it.after.name();
            let message = say!(
                lang,
                "giấy tờ `{name}` yêu cầu {new} bản chính thay cho {old}",
                "document `{name}` asks for {new} originals instead of {old}"
            );
            cx.of(&it, message).advantage(Advantage::of_more(old, new))
        })
        .collect()
}
