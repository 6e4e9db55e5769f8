//! A state that the Portal shows otherwise.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::simplify::diff::change::Party;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "portal-status",
    title: ("Trạng thái trên Cổng", "another status on the Portal"),
    means: "The applicant reads another status, and other duties hang on it.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.states().filter(|it| it.old.portal_status() != it.new.portal_status());
    changed
        .map(|it| {
            let (old, new) = (it.old.portal_status(), it.new.portal_status());
            let message = say!(
                lang,
                "trạng thái `{}` hiện {new} trên Cổng thay cho {old}",
                "state `{}` has status {new} on the Portal instead of {old}",
                it.after.name()
            );
            cx.of(&it, message).party(Party::Applicant)
        })
        .collect()
}
