//! Another rule for which version governs open dossiers.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "pinning-changed",
    title: ("Phiên bản áp dụng cho hồ sơ đang giải quyết", "open dossiers follow another rule"),
    means: "Whoever has a dossier open is governed otherwise when a version takes effect.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let (old, new) = (cx.before.pinned(), cx.after.pinned());
    if old == new {
        return Vec::new();
    }
    let found = cx.whole(say!(
        lang,
        "hồ sơ đang giải quyết được giữ theo bản `{new}` thay cho `{old}`",
        "open dossiers are pinned `{new}` instead of `{old}`"
    ));
    Vec::from([found])
}
