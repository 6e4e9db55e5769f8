//! A decision on papers that nobody checked.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, Requirement};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::watch::bit;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "documents-bypassed",
    title: "a way to the decision on which nobody checks the documents",
    severity: Severity::Error,
    why: "A permit is signed although papers are missing that the law asks of everybody else.",
    check,
};

/// What is only shown and given back is checked by whoever sees it.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    if case.procedure.documents().iter().all(|(_, _, it)| it.presented()) {
        return Vec::new();
    }
    let checks =
        |needs: &[Requirement]| if needs.contains(&Requirement::Documents) { 0 } else { bit(0) };
    let Some(bypass) = case.watch(bit(0), |_, it| checks(it.transition.needs())) else {
        return Vec::new();
    };
    let mut decisions = case.steps().filter(|it| it.transition.act() == Act::Decide);
    let unchecked =
        decisions.find(|it| bypass.phases(it.marking) != 0 && checks(it.transition.needs()) != 0);
    let Some(step) = unchecked else { return Vec::new() };
    let path = bypass.path_to(case.procedure, step.marking, 0);
    let message =
        format!("`{}` can be taken without anybody having checked the documents", step.name);
    Vec::from([Finding::of(PartKind::Transition, step.name, message)
        .help("give a transition on every way to it `needs = [\"documents\"]`, best the one that accepts")
        .witness(Witness::path(path).and(step.name))])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn an_acceptance_that_checks_nothing() {
        check(
            &RULE,
            &changed("needs = [\"documents\"]\n", ""),
            expect![[r#"
            190:13 `sign` can be taken without anybody having checked the documents
              help: give a transition on every way to it `needs = ["documents"]`, best the one that accepts
              witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn documents_checked_at_the_signature() {
        check(
            &RULE,
            &changed("needs = [\"documents\"]\n", "")
                .replace("needs = [\"fee-settled\"", "needs = [\"documents\", \"fee-settled\""),
            expect![""],
        );
    }

    #[test]
    fn documents_that_are_only_shown() {
        check(
            &RULE,
            &changed("needs = [\"documents\"]\n", "")
                .replace("originals = 1\n", "originals = 1\npresented = true\n"),
            expect![""],
        );
    }
}
