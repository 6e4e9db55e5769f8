//! Another level of the competent authority.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "authority-level",
    title: ("Cấp thực hiện", "another level of authority"),
    means: "The applicant goes to another office.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let (old, new) = (cx.before.authority(), cx.after.authority());
    if old == new {
        return Vec::new();
    }
    let found = cx.whole(say!(
        lang,
        "thủ tục được giải quyết ở cấp `{new}` thay cho `{old}`",
        "the procedure is decided at the level `{new}` instead of `{old}`"
    ));
    Vec::from([found])
}
