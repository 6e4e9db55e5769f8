//! A result that is handed out and was never made.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::watch::bit;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "result-bypassed",
    title: "a way to the hand-over on which nothing was decided",
    severity: Severity::Error,
    why: "The applicant is told that the result was handed over, and there is none.",
    check,
};

/// Where nothing is ever decided, something else is handed over, such as a receipt.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    if !case.steps().any(|it| it.transition.act().yields_result()) {
        return Vec::new();
    }
    let decides = |act: Act| if act.yields_result() { 0 } else { bit(0) };
    let Some(bypass) = case.watch(bit(0), |_, it| decides(it.transition.act())) else {
        return Vec::new();
    };
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| it.transition.act() == Act::Return) {
        if bypass.phases(step.marking) == 0 || !is_fresh(&mut said, step.at) {
            continue;
        }
        let message = format!("`{}` can be taken although nothing was decided", step.name);
        let path = bypass.path_to(case.procedure, step.marking, 0);
        found.push(
            Finding::of(PartKind::Transition, step.name, message)
                .help("let every way to it pass a transition with the act `decide` or `refuse`")
                .witness(Witness::path(path).and(step.name)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_signature_that_decides_nothing() {
        check(
            &RULE,
            &changed("[transition.sign]\nact = \"decide\"", "[transition.sign]\nact = \"plain\""),
            expect![[r#"
                207:13 `return` can be taken although nothing was decided
                  help: let every way to it pass a transition with the act `decide` or `refuse`
                  witness: file → accept → submit → sign → return"#]],
        );
    }

    #[test]
    fn a_refusal_is_handed_over_too() {
        check(&RULE, &with(""), expect![""]);
    }
}
