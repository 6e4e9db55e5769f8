//! Steps whose budgets last longer than the term that they must keep.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::clock::Limit;
use crate::definition::{Part, PartKind};
use crate::diagnostic::{Detail, Severity};
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

/// What sums to more than the term is said by a rule of its own.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let tables = case.timetables.tables().iter().filter(|it| it.exceeding().is_none());
    let late = tables.filter(|it| it.consultation().is_none() && !it.is_kept());
    late.map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, it: &Timetable) -> Finding {
    let (term, length, last) = (it.term(), it.length().label(Lang::En), last(it));
    let message = format!("`{term}` of {length} may end before the steps{last} are done");
    shown(case, it, message).because([worst_day(it), steps(it)])
}

/// States a finding about a timetable, where the step that weighs most was written.
pub(super) fn shown(case: &Case<'_>, it: &Timetable, message: String) -> Finding {
    let part = Part::new(PartKind::Term, it.term());
    let finding = Finding::at(part, message).help(advice(it)).by(too_many(it));
    let finding = finding.witness(witness(it));
    let own = |it: Option<Span>| it.filter(|it| it.file() == case.procedure.span().file());
    let step = it.heaviest().and_then(|it| case.procedure.span_of(it.part()));
    // A procedure that shortens the term of its life cycle is at fault itself.
    let is_shortened = own(step).is_none() && own(case.procedure.span_of(&part)).is_some();
    step.filter(|_| !is_shortened).into_iter().fold(finding, Finding::over)
}

/// Writes where the steps lead.
pub(super) fn last(it: &Timetable) -> String {
    it.path().last().map(|it| format!(" to `{it}`")).unwrap_or_default()
}

/// States when the term and the steps end on the worst day.
pub(super) fn worst_day(it: &Timetable) -> Detail {
    let (from, due) = (it.from().date_naive(), it.due().date_naive());
    let done = it.done().date_naive();
    Detail::new(format!("begun on {from}, the term ends on {due}, and the steps on {done}"))
}

/// Lists the steps with what each has.
pub(super) fn steps(it: &Timetable) -> Detail {
    let step = |it: &Row| format!("`{}` has {}", it.part().name(), it.length().label(Lang::En));
    let steps: Vec<String> = it.rows().iter().map(step).collect();
    Detail::new(steps.join(", "))
}

/// Says how long the step that weighs most may be.
pub(super) fn advice(it: &Timetable) -> String {
    let heaviest = it.heaviest().and_then(|it| Some((it, it.length().limit()?)));
    let Some((row, limit)) = heaviest else { return "take time from the steps".into() };
    let name = row.part().name();
    match row.at_most().and_then(|it| Limit::new(it, limit.unit())) {
        Some(most) => {
            let (most, has) = (most.label(Lang::En), limit.number());
            format!("give `{name}` at most {most}: that keeps the term on every day; it has {has}")
        }
        None => format!(
            "take time from several steps: no length of `{name}` is known to be enough alone"
        ),
    }
}

/// Returns by how many units the step that weighs most is too long.
pub(super) fn too_many(it: &Timetable) -> u64 {
    let excess = |it: &Row| {
        it.length().limit()?.number().checked_sub(it.at_most().unwrap_or_default()).map(u64::from)
    };
    it.heaviest().and_then(excess).unwrap_or_default()
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
    fn what_sums_to_more_than_the_term_is_said_by_another_rule() {
        check(
            &RULE,
            &changed("budget = \"2 working days\"", "budget = \"5 working days\""),
            expect![""],
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
                83:8 `decision` of 5 days may end before the steps to `sign` are done
                  note: begun on 2026-11-17, the term ends on 2026-11-23, and the steps on 2026-11-25
                  note: `under-review` has 4 days, `awaiting-signature` has 1 day
                  help: take time from several steps: no length of `under-review` is known to be enough alone
                  witness: accept → submit → sign; complete = true, eligible = true; from 2026-11-17"#]],
        );
    }
}
