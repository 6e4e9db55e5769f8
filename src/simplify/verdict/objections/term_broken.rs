//! A statutory term that the redesign cannot keep.

use alloc::format;
use alloc::vec::Vec;

use crate::definition::Status;
use crate::diagnostic::Diagnostic;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;

pub(super) const OBJECTION: Objection = Objection {
    code: "term-broken",
    title: ("Không bảo đảm thời hạn theo quy định", "A statutory term that cannot be kept"),
    find,
};

/// The rules of the verifier that find a term which cannot be kept.
pub(super) const RULES: [&str; 5] = [
    "budget-over-term",
    "budgets-exceed-limit",
    "consultation-over-term",
    "group-term-too-short",
    "parts-exceed-limit",
];

/// What was accepted of the version before may stay so, and what a text in force accepts is the law's; what a proposal accepts anew may not.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (part, report) in &case.reports {
        let broken = report.findings().iter().filter(|it| RULES.contains(&it.code()));
        let accepted = report.waived().iter().filter(|it| RULES.contains(&it.finding().code()));
        let is_proposed = case.after.lead().status() == Status::Proposed;
        let anew = accepted.filter(|it| is_proposed && !case.was_waived(*part, it.waiver()));
        found.extend(broken.chain(anew.map(|it| it.finding())).map(|it| restated(&OBJECTION, it)));
    }
    found
}

/// Says a finding of the verifier as an objection, with its place and its case.
///
/// The verifier speaks English; in Vietnamese the objection names the rule that it broke.
pub(super) fn restated(objection: &Objection, finding: &Diagnostic) -> Diagnostic {
    let broken = format!("không đạt quy tắc kiểm tra `{}`", finding.code());
    let diagnostic = Diagnostic::error(objection.code, finding.span(), finding.message())
        .in_vietnamese(broken, None);
    let diagnostic = finding.advice().into_iter().fold(diagnostic, Diagnostic::help);
    finding.evidence().cloned().into_iter().fold(diagnostic, Diagnostic::witness)
}
