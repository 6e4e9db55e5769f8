//! A state that nothing leaves, and that is no end.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "dead-end",
    title: "a state that nothing leaves, and that is no end",
    severity: Severity::Error,
    why: "A dossier that comes there is neither answered nor closed, and nobody can do anything about it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let leads_on = |at| case.graph.edges().iter().any(|it| it.from == at && it.to != at);
    let states = case.procedure.states().iter();
    states
        .filter(|(at, _, it)| {
            !it.portal_status().is_terminal() && case.graph.is_reached(*at) && !leads_on(*at)
        })
        .map(|(at, name, _)| {
            let message = format!("no transition leads on from state `{name}`");
            Finding::of(PartKind::State, name, message)
                .help("let a transition lead on, or give it a Portal status that ends: 3, 8 or 10")
                .witness(Witness::path(case.graph.path_to(case.procedure, at)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_state_that_only_keeps_what_it_has() {
        check(
            &RULE,
            &changed(
                "act = \"return\"\nfrom = [\"signed\", \"refused\"]",
                "act = \"return\"\nfrom = [\"signed\"]",
            ),
            expect![[r#"
                105:8 no transition leads on from state `refused`
                  help: let a transition lead on, or give it a Portal status that ends: 3, 8 or 10
                  witness: file → accept → propose-refusal"#]],
        );
    }

    #[test]
    fn a_state_from_which_the_applicant_returns() {
        check(
            &RULE,
            &with(
                "[transition.complain]\nact = \"plain\"\nfrom = \"returned\"\nto = \"same\"\nby = \"applicant\"",
            ),
            expect![""],
        );
    }
}
