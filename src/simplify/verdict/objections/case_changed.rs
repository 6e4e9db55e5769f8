//! Another typical case after than before.

use alloc::format;
use alloc::vec::Vec;

use crate::definition::{Part, PartKind};
use crate::diagnostic::Diagnostic;
use crate::simplify::pairing::Pairing;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "case-changed",
    title: ("Trường hợp điển hình bị thay đổi", "Another typical case is measured"),
    find,
};

/// What both versions state of the typical case must be the same, or a cheaper
/// case would pass for a cheaper procedure. How he files is no circumstance of
/// his but the way that a redesign opens or leads to, and may change.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let (old, new) = (case.before.lead(), case.after.lead());
    let pairing = Pairing::between(old, new);
    let facts = pairing.pairs().filter(|(it, _)| it.kind() == PartKind::Fact);
    facts.filter_map(|(was, is)| changed(case, &was, &is)).collect()
}

fn changed(case: &Case<'_, '_>, was: &Part, is: &Part) -> Option<Diagnostic> {
    let (old, new) = (case.before.lead(), case.after.lead());
    let before = old.compliance().fact(old.facts().position(was.name())?)?;
    let after = new.compliance().fact(new.facts().position(is.name())?)?;
    let (name, span) = (is.name(), case.after.lead().span());
    let message = format!("the typical case has `{name}` = `{before}` before and `{after}` after");
    let diagnostic = Diagnostic::error(OBJECTION.code, span, message)
        .help("measure both versions for one case in `[compliance]`")
        .witness(Witness::facts([(*name, format!("{after}").into())]));
    (before != after).then_some(diagnostic)
}
