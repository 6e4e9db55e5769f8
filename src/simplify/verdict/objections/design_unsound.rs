//! A redesign that the verifier refuses.

use alloc::vec::Vec;

use super::term_broken::{RULES, restated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;

pub(super) const OBJECTION: Objection = Objection {
    code: "design-unsound",
    title: ("Phương án không qua kiểm tra", "A design that does not verify"),
    find,
};

fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let findings = case.reports.iter().flat_map(|(_, it)| it.findings());
    let errors =
        findings.filter(|it| it.severity() == Severity::Error && !RULES.contains(&it.code()));
    errors.map(|it| restated(&OBJECTION, it)).collect()
}
