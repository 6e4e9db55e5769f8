//! A consultation that lets the steps around it miss a term.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use super::budget_over_term::{advice, steps, too_many, witness, worst_day};
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::text::Lang;
use crate::verify::case::Case;
use crate::verify::deadline::Timetable;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "consultation-over-term",
    title: "a consultation after which a term can no longer be kept",
    severity: Severity::Error,
    why: "The agency answers within its limit, and the office is late all the same.",
    check,
};

/// Where the steps alone are too long, that is said instead.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let tables = case.timetables.tables();
    let is_late_alone = |it: &Timetable| {
        let same = |other: &&Timetable| other.term() == it.term() && other.length() == it.length();
        let alone = tables.iter().filter(same).find(|it| it.consultation().is_none());
        alone.is_some_and(|it| !it.is_kept())
    };
    tables.iter().filter(|it| !it.is_kept() && !is_late_alone(it)).filter_map(finding).collect()
}

fn finding(it: &Timetable) -> Option<Finding> {
    let consultation = it.consultation()?;
    let (term, length) = (it.term(), it.length().label(Lang::En));
    let message = format!(
        "beside consultation `{consultation}`, `{term}` of {length} may end before the steps are done"
    );
    let finding = Finding::at(Part::new(PartKind::Consultation, consultation), message);
    let finding = finding.because([worst_day(it), steps(it)]).by(too_many(it));
    Some(finding.help(advice(it)).witness(witness(it)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn an_agency_that_has_the_whole_term() {
        check(
            &RULE,
            &changed("limit = \"1 working day\"", "limit = \"6 working days\""),
            expect![[r#"
                67:15 beside consultation `fire-police`, `decision` of 5 working days may end before the steps are done
                  note: begun on 2026-02-06, the term ends on 2026-02-13, and the steps on 2026-02-23
                  note: `fire-police` has 6 working days, `under-review` has 2 working days, `awaiting-signature` has 1 working day
                  help: give `fire-police` at most 5 working days: that keeps the term on every day; it has 6
                  witness: accept → submit → sign; floors = 7, complete = true, eligible = true; from 2026-02-06"#]],
        );
    }

    #[test]
    fn an_agency_that_answers_while_the_signature_is_awaited() {
        check(
            &RULE,
            &changed("limit = \"1 working day\"", "limit = \"5 working days\""),
            expect![""],
        );
    }

    #[test]
    fn an_agency_that_is_asked_only_where_the_term_is_longer() {
        let text = changed("limit = \"1 working day\"", "limit = \"6 working days\"")
            .replace("[consultation.fire-police]", "[[term.decision.case]]\nwhen = \"floors >= 7\"\nlimit = \"9 working days\"\n\n[consultation.fire-police]");
        check(&RULE, &text, expect![""]);
    }
}
