//! A document that a shared database answers for, or no longer does.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{DatabaseIdx, PartKind, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::say;

pub(super) const RULE: Rule = Rule {
    code: "document-database",
    title: ("Cơ sở dữ liệu thay giấy tờ", "answered by a database or not"),
    means: "What a database answers the applicant need not bring.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let changed = cx.documents().filter_map(|it| {
        let name = |procedure: &Procedure, all: &[DatabaseIdx]| {
            let names = all.iter().filter_map(|it| procedure.databases().name(*it));
            names.collect::<Vec<_>>()
        };
        let (old, new) =
            (name(cx.before, it.old.replaced_by()), name(cx.after, it.new.replaced_by()));
        let apart = cx.apart(PartKind::Database, old, new);
        let message = say!(
            lang,
            "cơ sở dữ liệu thay cho giấy tờ `{}` đã khác: {}",
            "document `{}` has other databases to answer for it: {}",
            it.after.name(),
            apart.told(lang)
        );
        let found = cx.of(&it, message).advantage(apart.advantage(Advantage::Gains));
        (!apart.is_empty()).then_some(found)
    });
    changed.collect()
}
