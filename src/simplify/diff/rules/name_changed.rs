//! A part that is called otherwise, under the same key.

use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::fact::Fact;
use crate::definition::{Part, PartKind, Procedure};
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    code: "name-changed",
    title: ("Tên gọi khác", "a part is called otherwise"),
    means: "A paper, fee or result of another name may be another one.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    if cx.before.name().vi() != cx.after.name().vi() {
        let (old, new) = (cx.before.name().vi(), cx.after.name().vi());
        found.push(cx.whole(say!(
            lang,
            "thủ tục mang tên `{new}` thay cho `{old}`",
            "the procedure is called `{new}` instead of `{old}`"
        )));
    }
    for (before, after) in cx.pairing.pairs() {
        let (old, new) = (name_of(cx.before, &before), name_of(cx.after, &after));
        if let (Some(old), Some(new)) = (old, new)
            && old.vi() != new.vi()
        {
            let (old, new) = (old.vi(), new.vi());
            let message = say!(
                lang,
                "`{after}` mang tên `{new}` thay cho `{old}`",
                "`{after}` is called `{new}` instead of `{old}`"
            );
            found.push(cx.at(&[before], &[after], message));
        }
    }
    found
}

/// Returns the official name of a part.
fn name_of<'p>(procedure: &'p Procedure, part: &Part) -> Option<&'p Text> {
    let name = part.name();
    match part.kind() {
        PartKind::Role => procedure.roles().find(name).map(|(_, it)| it.name()),
        PartKind::Database => procedure.databases().find(name).map(|(_, it)| it.name()),
        PartKind::Document => procedure.documents().find(name).map(|(_, it)| it.name()),
        PartKind::Result => procedure.results().find(name).map(|(_, it)| it.name()),
        PartKind::Consultation => procedure.consultations().find(name).map(|(_, it)| it.name()),
        PartKind::State => procedure.states().find(name).map(|(_, it)| it.name()),
        PartKind::Report => procedure.reports().find(name).map(|(_, it)| it.name()),
        PartKind::Fee => procedure.fees().find(name).and_then(|(_, it)| it.name()),
        PartKind::Term => procedure.terms().find(name).and_then(|(_, it)| it.name()),
        PartKind::Fact => {
            let at = procedure.facts().position(name)?;
            procedure.facts().fact(at).and_then(Fact::name)
        }
        _ => None,
    }
}
