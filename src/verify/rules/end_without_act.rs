//! An end that no act in law brings about.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, Transition, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "end-without-act",
    title: "an end that no act in law brings about",
    severity: Severity::Error,
    why: "The case is closed, and there is no paper that tells the applicant so, nor one to complain about.",
    check,
};

/// The acts that the law knows as the end of a dossier; whatever gives a result at once is one too.
const ENDS: [Act; 6] =
    [Act::RefuseIntake, Act::Decide, Act::Refuse, Act::ConfirmStop, Act::Stop, Act::Return];

fn closes(transition: &Transition) -> bool {
    ENDS.contains(&transition.act()) || transition.result().is_some()
}

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| !closes(it.transition)) {
        let Some((state, to)) = case.state(step.to) else { continue };
        if to.portal_status().is_terminal() && is_fresh(&mut said, step.at) {
            let (name, act) = (step.name, step.transition.act());
            let message =
                format!("`{name}` ends the dossier in state `{state}` by the act `{act}`");
            found.push(
                Finding::of(PartKind::Transition, name, message)
                    .help("say which act closes it: `refuse-intake`, `stop`, `confirm-stop` or `return`")
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
    fn a_case_that_is_put_away() {
        check(
            &RULE,
            &changed("[transition.lapse]\nact = \"stop\"", "[transition.lapse]\nact = \"plain\""),
            expect![[r#"
                168:13 `lapse` ends the dossier in state `stopped` by the act `plain`
                  help: say which act closes it: `refuse-intake`, `stop`, `confirm-stop` or `return`
                  witness: file → accept → request-supplement → lapse"#]],
        );
    }

    #[test]
    fn a_case_that_is_answered_at_once() {
        check(&RULE, &changed("to = \"refused\"\nby", "to = \"stopped\"\nby"), expect![""]);
    }
}
