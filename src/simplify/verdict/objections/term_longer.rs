//! A term on which the applicant waits, and which became longer or went.

use alloc::vec::Vec;

use crate::definition::{DECISION, PartKind};
use crate::diagnostic::Diagnostic;
use crate::simplify::diff::{Advantage, Change, Party, Place};
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;

pub(super) const OBJECTION: Objection = Objection {
    code: "term-longer",
    title: ("Thời hạn kéo dài hơn", "A term that became longer"),
    find,
};

/// More time for the applicant to act is no objection; more time to wait is, were it on one day only.
///
/// Who files a bundle waits for the whole, so that the terms of its parts are theirs to keep.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let has_whole = case.after.lead().terms().find(&DECISION).is_some();
    let waits = |it: &&Change<'_>| it.member().is_none() || !has_whole;
    let changes = case.diff.changes().iter().filter(waits);
    changes.filter(|it| is_longer(it)).map(|it| objection(case, it)).collect()
}

fn is_longer(change: &Change<'_>) -> bool {
    let of_term = |it: &Place| matches!(it.part().kind(), PartKind::Term | PartKind::Consultation);
    let is_longer = change.code().starts_with("limit-") || change.code() == "term-extension";
    let is_gone = change.code() == "part-removed";
    let waits = matches!(change.advantage(), Advantage::Loses | Advantage::Mixed);
    (is_longer || is_gone)
        && waits
        && change.party() == Party::Applicant
        && change.before().iter().chain(change.after()).any(of_term)
}

fn objection(case: &Case<'_, '_>, change: &Change<'_>) -> Diagnostic {
    let part = change.after().first().map(|it| *it.part());
    let span = part.map_or(case.after.lead().span(), |it| case.span(change.member(), &it));
    let help = |lang: Lang| {
        lang.pick(
            "giữ nguyên thời hạn; bớt bước thì cần ít thời gian hơn, không phải nhiều hơn",
            "keep the term; steps that are gone need less time, not more",
        )
        .into()
    };
    let diagnostic = OBJECTION.raise(span, |lang| change.message(lang).into(), help);
    change.witness().cloned().into_iter().fold(diagnostic, Diagnostic::witness)
}
