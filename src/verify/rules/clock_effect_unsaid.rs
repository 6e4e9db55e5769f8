//! A wait for the applicant of which nobody says whether it counts.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{DECISION, PartKind, TransitionIdx, Waiting};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "clock-effect-unsaid",
    title: "a wait for the applicant, and nothing says whether its time counts",
    severity: Severity::Warning,
    why: "Office and applicant count differently: one holds the answer to be late, the other does not.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some((term, _)) = case.procedure.terms().find(&DECISION) else { return Vec::new() };
    let Some(run) = case.run(term) else { return Vec::new() };
    let waits = |at| {
        case.procedure.states().get(at).is_some_and(|it| {
            it.waits_for() == Some(Waiting::Applicant) && !it.portal_status().is_settled()
        })
    };
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| waits(it.to) && !waits(it.from)) {
        let transition = step.transition;
        let says = transition.clock().iter().any(|(it, _)| *it == term)
            || transition.starts.contains(&term)
            || transition.stops.contains(&term);
        let runs = run.phases(step.marking) & bit(RUNNING) != 0;
        if runs && !says && is_fresh(&mut said, step.at) {
            let message = format!(
                "after `{}` the dossier waits for the applicant, and nothing says whether the statutory term runs on",
                step.name
            );
            found.push(
                Finding::of(PartKind::Transition, step.name, message)
                    .help("say `clock = { decision = \"suspend\" }`, or `\"none\"` where the law lets the time run")
                    .witness(case.way_by(&step)),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_supplement_request_without_a_word() {
        check(
            &RULE,
            &changed("clock = { decision = \"suspend\" }\n", ""),
            expect![[r#"
            148:13 after `request-supplement` the dossier waits for the applicant, and nothing says whether the statutory term runs on
              help: say `clock = { decision = "suspend" }`, or `"none"` where the law lets the time run
              witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_wait_that_counts_and_says_so() {
        check(
            &RULE,
            &changed("clock = { decision = \"suspend\" }", "clock = { decision = \"none\" }"),
            expect![""],
        );
    }
}
