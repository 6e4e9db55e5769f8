//! A cost that nobody can say.

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::simplify::cost::{Account, Bearer, Line};
use crate::simplify::design::Design;
use crate::simplify::verdict::case::Case;
use crate::simplify::verdict::objection::Objection;
use crate::text::Lang;
use crate::witness::Witness;

pub(super) const OBJECTION: Objection = Objection {
    code: "cost-unknown",
    title: ("Chưa biết đủ chi phí để so sánh", "A cost that is not known"),
    find,
};

/// A figure that is missing on either side makes both legs of cost unknown.
fn find(case: &Case<'_, '_>) -> Vec<Diagnostic> {
    let before = gaps(case.before, case.verdict.before(), "before");
    before.into_iter().chain(gaps(case.after, case.verdict.after(), "after")).collect()
}

fn gaps(design: &Design<'_>, account: &Account<'_>, side: &str) -> Vec<Diagnostic> {
    let lines = account.lines().iter().filter(|it| it.bearer() == Bearer::Applicant);
    lines.flat_map(|line| line.gaps().iter().map(move |gap| (line, gap))).map(|(line, gap)| {
        let what = gap.item().map_or_else(|| line.name(Lang::En).into(), |it| format!("`{it}`"));
        let message = format!("the cost {side} is not known: {what}: {}", gap.missing().label(Lang::En));
        let facts = gap.facts().iter().map(|it| (*it, "unknown".into()));
        let diagnostic = Diagnostic::error(OBJECTION.code, place(design, line), message)
            .help("state it in the norms, the tariff or the typical case; what is not known is never zero");
        if gap.facts().is_empty() { diagnostic } else { diagnostic.witness(Witness::facts(facts)) }
    }).collect()
}

fn place(design: &Design<'_>, line: &Line<'_>) -> crate::source::Span {
    let procedure = design.procedure(line.part()).unwrap_or(design.lead());
    let part = line.serves().and_then(|it| procedure.span_of(&it));
    part.unwrap_or(procedure.span())
}
