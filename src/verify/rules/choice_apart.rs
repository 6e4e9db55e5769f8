//! A transition of a choice that meets no other one of it.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "choice-apart",
    title: "a transition of a choice that meets no other one of it",
    severity: Severity::Warning,
    why: "Somebody believes that two steps exclude each other, and nobody checks that they do.",
    check,
};

/// Two meet where they leave the same state for a common role.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    let mut found = Vec::new();
    for (_, choice, it) in procedure.choices().iter() {
        let meets = |at| case.meetings.iter().any(|it| it.choice == choice && it.of.contains(at));
        let part = Part::new(PartKind::Choice, choice);
        for at in it.of().iter().filter(|it| !meets(it)) {
            let Some(transition) = procedure.transitions().get(*at) else { continue };
            let Some(name) = procedure.transitions().name(*at) else { continue };
            let Some(first) = transition.from().next() else { continue };
            let message = format!(
                "`{name}` leaves no state that another transition of choice `{choice}` leaves for a common role"
            );
            let finding = Finding::at(part, message)
                .help("leave it out of the choice, or let it leave such a state for such a role")
                .witness(Witness::path(case.path_to(first)));
            found.push(finding);
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
    fn a_choice_between_steps_of_different_states() {
        check(
            &RULE,
            &changed(
                "\"submit\", \"propose-refusal\"]",
                "\"submit\", \"propose-refusal\", \"sign\"]",
            ),
            expect![[r#"
                214:9 `sign` leaves no state that another transition of choice `appraisal` leaves for a common role
                  help: leave it out of the choice, or let it leave such a state for such a role
                  witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn a_choice_between_steps_of_different_roles() {
        let text =
            changed("to = \"refused\"\nby = [\"officer\"]", "to = \"refused\"\nby = [\"chair\"]");
        check(
            &RULE,
            &text,
            expect![[r#"
                214:9 `propose-refusal` leaves no state that another transition of choice `appraisal` leaves for a common role
                  help: leave it out of the choice, or let it leave such a state for such a role
                  witness: file → accept"#]],
        );
    }
}
