//! Steps that are allotted more than the term has, in its own unit.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use super::budget_over_term::{last, shown, steps};
use crate::clock::Limit;
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
    let sum = it.exceeding()?;
    let (term, length, last) = (it.term(), it.length().label(Lang::En), last(it));
    let all = sum.label(Lang::En);
    let message = format!("the steps{last} are allotted {all}, and `{term}` has {length}");
    let finding = shown(case, it, message).because([steps(it)]);
    Some(fitting(it, sum).into_iter().fold(finding, Finding::help))
}

/// Says with how much of the heaviest step the budgets fit, where no length of it keeps the term on every day.
fn fitting(it: &Timetable, sum: Limit) -> Option<String> {
    let (row, term) = (it.heaviest()?, it.length().limit()?);
    let has = row.length().limit().filter(|it| it.unit() == term.unit())?;
    let excess = sum.number().checked_sub(term.number())?;
    let most = Limit::new(has.number().checked_sub(excess)?, has.unit())?.label(Lang::En);
    let (name, has) = (row.part().name(), has.number());
    let text = format!(
        "give `{name}` at most {most}: with more the steps sum to more than the term; it has {has}"
    );
    Some(text).filter(|_| row.at_most().is_none())
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
    fn days_of_rest_that_no_length_of_one_step_makes_up_for() {
        let text = changed("limit = \"5 working days\"", "limit = \"5 days\"")
            .replace("budget = \"2 working days\"", "budget = \"12 days\"")
            .replace("budget = \"1 working day\"", "budget = \"1 day\"");
        check(
            &RULE,
            &text,
            expect![[r#"
            83:8 the steps to `sign` are allotted 13 days, and `decision` has 5 days
              note: `under-review` has 12 days, `awaiting-signature` has 1 day
              help: give `under-review` at most 4 days: with more the steps sum to more than the term; it has 12
              witness: accept → submit → sign; complete = true, eligible = true; from 2026-02-02"#]],
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
