//! Another form, a form that came, or none any more.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Part, PartKind, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};

pub(super) const RULE: Rule = Rule {
    code: "form-changed",
    title: ("Mẫu đơn, mẫu giấy tờ", "another form"),
    means: "Who has the old form at hand has to find the new one.",
    check: Check::Versions(check),
};

fn check<'p>(cx: &Comparison<'p, '_>) -> Vec<Found<'p>> {
    let mut found = Vec::new();
    for (before, after) in cx.pairing.pairs() {
        let (old, new) = (form(cx.before, &before), form(cx.after, &after));
        if old == new {
            continue;
        }
        let told = |it: &Option<String>| it.clone().unwrap_or_else(|| "no form".into());
        let message = format!("`{after}` is written on {} instead of {}", told(&new), told(&old));
        let weighs = after.kind() != PartKind::Transition;
        let advantage = match (old, new) {
            (None, Some(_)) if weighs => Advantage::Loses,
            (Some(_), None) if weighs => Advantage::Gains,
            _ => Advantage::Neither,
        };
        found.push(cx.at(&[before], &[after], message).advantage(advantage));
    }
    found
}

/// Returns the form of a part by the number of its instrument, since citations may be called otherwise.
fn form(procedure: &Procedure, part: &Part) -> Option<String> {
    let name = part.name();
    let form = match part.kind() {
        PartKind::Document => procedure.documents().find(name)?.1.form(),
        PartKind::Transition => procedure.transitions().find(name)?.1.form(),
        PartKind::Report => procedure.reports().find(name)?.1.form(),
        _ => None,
    }?;
    let instrument = procedure.laws().get(form.instrument())?.instrument();
    Some(format!("form {} of {instrument}", form.number()))
}
