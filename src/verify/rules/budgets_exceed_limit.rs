//! Steps that are allotted more than the term has, in its own unit.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use super::budget_over_term::{last, shown, steps};
use crate::diagnostic::Severity;
use crate::text::Lang;
use crate::verify::case::Case;
use crate::verify::deadline::Timetable;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "budgets-exceed-limit",
    title: "steps that are allotted more than the term has",
    severity: Severity::Error,
    why: "Every officer keeps to the time allotted, and the term is missed whatever the day and whatever the holidays.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let alone = case.timetables.tables().iter().filter(|it| it.consultation().is_none());
    alone.filter_map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, it: &Timetable) -> Option<Finding> {
    let sum = it.exceeding()?.label(Lang::En);
    let (term, length, last) = (it.term(), it.length().label(Lang::En), last(it));
    let message = format!("the steps{last} are allotted {sum}, and `{term}` has {length}");
    Some(shown(case, it, message).because([steps(it)]))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn steps_that_sum_to_more_than_the_term() {
        check(
            &RULE,
            &changed("budget = \"2 working days\"", "budget = \"5 working days\""),
            expect![[r#"
                83:8 the steps to `sign` are allotted 6 working days, and `decision` has 5 working days
                  note: `under-review` has 5 working days, `awaiting-signature` has 1 working day
                  help: give `under-review` at most 4 working days: that keeps the term on every day; it has 5
                  witness: accept → submit → sign; complete = true, eligible = true; from 2026-02-06"#]],
        );
    }

    #[test]
    fn steps_that_sum_to_the_term() {
        let text = changed("budget = \"2 working days\"", "budget = \"4 working days\"");
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn no_unit_is_turned_into_another() {
        let text = changed("limit = \"5 working days\"", "limit = \"2 days\"");
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn the_shorter_term_of_some_dossiers() {
        let text = changed(
            "[consultation.fire-police]",
            "[[term.decision.case]]\nwhen = \"floors < 3\"\nlimit = \"2 working days\"\n\n[consultation.fire-police]",
        );
        check(
            &RULE,
            &text,
            expect![[r#"
                87:8 the steps to `sign` are allotted 3 working days, and `decision` has 2 working days
                  note: `under-review` has 2 working days, `awaiting-signature` has 1 working day
                  help: give `under-review` at most 1 working day: that keeps the term on every day; it has 2
                  witness: accept → submit → sign; floors = 1, complete = true, eligible = true; from 2026-02-11"#]],
        );
    }
}
