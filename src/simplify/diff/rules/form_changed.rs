//! Another form, a form that came, or none any more.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Check, Rule};
use crate::definition::{Part, PartKind, Procedure};
use crate::simplify::diff::change::Advantage;
use crate::simplify::diff::comparison::{Comparison, Found};
use crate::text::{Lang, say};

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
        let message = say!(
            lang,
            "`{after}` lập theo {} thay cho {}",
            "`{after}` is written on {} instead of {}",
            told(new.as_ref(), lang),
            told(old.as_ref(), lang)
        );
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

fn told(form: Option<&(String, String)>, lang: Lang) -> String {
    match (form, lang) {
        (Some((number, of)), Lang::Vi) => format!("mẫu {number} của {of}"),
        (Some((number, of)), Lang::En) => format!("form {number} of {of}"),
        (None, lang) => lang.pick("không mẫu nào", "no form").into(),
    }
}

/// Returns the number of a part's form and that of its instrument, since citations may be called otherwise.
fn form(procedure: &Procedure, part: &Part) -> Option<(String, String)> {
    let name = part.name();
    let form = match part.kind() {
        PartKind::Document => procedure.documents().find(name)?.1.form(),
        PartKind::Transition => procedure.transitions().find(name)?.1.form(),
        PartKind::Report => procedure.reports().find(name)?.1.form(),
        _ => None,
    }?;
    let instrument = procedure.laws().get(form.instrument())?.instrument();
    Some((form.number().to_string(), instrument.to_string()))
}
