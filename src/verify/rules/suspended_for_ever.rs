//! A term that stands still although the office works again.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, State};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::SUSPENDED;
use crate::verify::watch::bit;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "suspended-for-ever",
    title: "a term that is never resumed, although the office works again",
    severity: Severity::Error,
    why: "The office decides as late as it likes and is never late, because the clock was not set going again.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let waits = |at| case.procedure.states().get(at).and_then(State::waits_for).is_some();
    let mut found = Vec::new();
    for (term, name, _) in case.procedure.terms().iter() {
        let Some(run) = case.run(term) else { continue };
        let suspended = case.steps().find(|it| {
            it.transition.act().yields_result()
                && !waits(it.from)
                && run.phases(it.marking) & bit(SUSPENDED) != 0
        });
        let Some(step) = suspended else { continue };
        let arcs = run.arcs_to(step.marking, SUSPENDED);
        let resumes = arcs
            .iter()
            .rev()
            .filter_map(|it| case.step(it))
            .find(|it| waits(it.from) && !waits(it.to));
        let back = resumes.unwrap_or(step);
        let message = format!(
            "term `{name}` still stands still when `{}` brings the result, since `{}` does not set it going",
            step.name, back.name
        );
        let path = run.path_to(case.procedure, step.marking, SUSPENDED);
        found.push(
            Finding::of(PartKind::Transition, back.name, message)
                .help(format!("say `clock = {{ {name} = \"resume\" }}` or `\"restart\"` there"))
                .witness(Witness::path(path).and(step.name)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_supplement_that_resumes_nothing() {
        check(
            &RULE,
            &changed("clock = { decision = \"resume\" }\n", ""),
            expect![[r#"
            160:13 term `decision` still stands still when `propose-refusal` brings the result, since `supplement` does not set it going
              help: say `clock = { decision = "resume" }` or `"restart"` there
              witness: file → accept → request-supplement → supplement → propose-refusal"#]],
        );
    }

    #[test]
    fn a_supplement_that_begins_anew() {
        check(
            &RULE,
            &changed("clock = { decision = \"resume\" }", "clock = { decision = \"restart\" }"),
            expect![""],
        );
    }

    #[test]
    fn a_refusal_while_the_applicant_is_awaited() {
        check(
            &RULE,
            &changed(
                "act = \"refuse\"\nfrom = [\"under-review\"]",
                "act = \"refuse\"\nfrom = [\"under-review\", \"supplement-requested\"]",
            ),
            expect![""],
        );
    }
}
