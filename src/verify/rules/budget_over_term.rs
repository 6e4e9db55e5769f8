//! Steps whose budgets last longer than the term that they must keep.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::source::Span;
use crate::text::Lang;
use crate::verify::case::Case;
use crate::verify::deadline::{Row, Timetable};
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "budget-over-term",
    title: "steps that last longer than the term that they must keep",
    severity: Severity::Error,
    why: "Every officer keeps to the time allotted, and the citizen comes on the day named on the slip and gets nothing.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let tables = case.timetables.tables().iter();
    let late = tables.filter(|it| it.consultation().is_none() && !it.is_kept());
    late.map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, it: &Timetable) -> Finding {
    let (term, length) = (it.term(), it.length().label(Lang::En));
    let (due, done) = (it.due().date_naive(), it.done().date_naive());
    let last = it.path().last().map(|it| format!(" to `{it}`")).unwrap_or_default();
    let message = format!(
        "`{term}` of {length} ends on {due} at the worst, and the steps{last} last until {done}"
    );
    let finding = Finding::at(Part::new(PartKind::Term, term), message).help(advice(it));
    let finding = finding.witness(witness(it));
    own_step(case, it).into_iter().fold(finding, Finding::over)
}

/// Returns where the procedure itself wrote one of the steps: an inherited term is not at fault.
fn own_step(case: &Case<'_>, it: &Timetable) -> Option<Span> {
    let own = case.procedure.span().file();
    let term = case.procedure.span_of(&Part::new(PartKind::Term, it.term()));
    if term.is_some_and(|it| it.file() == own) {
        return None;
    }
    let mut spans = it.rows().iter().filter_map(|it| case.procedure.span_of(it.part()));
    spans.find(|it| it.file() == own)
}

/// Lists the steps with what is too much of each.
pub(super) fn advice(it: &Timetable) -> String {
    let steps: Vec<String> = it.rows().iter().map(step).collect();
    format!("take time from a step: {}", steps.join("; "))
}

fn step(it: &Row) -> String {
    let (name, length) = (it.part().name(), it.length().label(Lang::En));
    match it.slack() {
        Some(slack) if slack < 0 => {
            format!("`{name}` has {length}, {} too many", slack.unsigned_abs())
        }
        _ => format!("`{name}` has {length}"),
    }
}

pub(super) fn witness(it: &Timetable) -> Witness {
    let path = Witness::path(it.path().iter().copied());
    path.knowing(it.facts().iter().cloned()).on(it.from().date_naive())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn steps_that_are_too_long_together() {
        check(
            &RULE,
            &changed("budget = \"2 working days\"", "budget = \"5 working days\""),
            expect![[r#"
                55:7 `decision` of 5 working days ends on 2026-02-13 at the worst, and the steps to `sign` last until 2026-02-23
                  help: take time from a step: `under-review` has 5 working days, 1 too many; `awaiting-signature` has 1 working day, 1 too many
                  witness: accept → submit → sign; complete = true, eligible = true; from 2026-02-06"#]],
        );
    }

    #[test]
    fn steps_that_fill_the_term() {
        check(
            &RULE,
            &changed("budget = \"2 working days\"", "budget = \"4 working days\""),
            expect![""],
        );
    }

    #[test]
    fn days_that_are_as_many_and_end_after_a_holiday() {
        let text = changed("limit = \"5 working days\"", "limit = \"5 days\"")
            .replace("budget = \"2 working days\"", "budget = \"4 days\"")
            .replace("budget = \"1 working day\"", "budget = \"1 day\"");
        check(
            &RULE,
            &text,
            expect![[r#"
            55:7 `decision` of 5 days ends on 2026-11-23 at the worst, and the steps to `sign` last until 2026-11-25
              help: take time from a step: `under-review` has 4 days, 1 too many; `awaiting-signature` has 1 day, 1 too many
              witness: accept → submit → sign; complete = true, eligible = true; from 2026-11-17"#]],
        );
    }

    #[test]
    fn a_length_that_the_law_gives_to_some_dossiers() {
        let text = changed(
            "[consultation.fire-police]",
            "[[term.decision.case]]\nwhen = \"floors < 3\"\nlimit = \"2 working days\"\n\n[consultation.fire-police]",
        );
        check(
            &RULE,
            &text,
            expect![[r#"
            55:7 `decision` of 2 working days ends on 2026-02-13 at the worst, and the steps to `sign` last until 2026-02-23
              help: take time from a step: `under-review` has 2 working days, 1 too many; `awaiting-signature` has 1 working day, 1 too many
              witness: accept → submit → sign; floors = 1, complete = true, eligible = true; from 2026-02-11"#]],
        );
    }
}
