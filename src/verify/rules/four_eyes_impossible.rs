//! A rule of two persons where there is only one.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, SYSTEM, Transition};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "four-eyes-impossible",
    title: "a rule of two persons for two steps that only the system takes",
    severity: Severity::Error,
    why: "The system is one actor, so it is refused its own next step and the dossier stays where it is.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions();
    let alone =
        |it: &Transition| it.by().all(|role| case.procedure.roles().name(role) == Some(SYSTEM));
    let mut found = Vec::new();
    for (_, name, transition) in transitions.iter().filter(|(_, _, it)| alone(it)) {
        for &first in transition.not_by_who_did() {
            let systems = transitions.get(first).is_some_and(alone);
            let Some(first) = transitions.name(first).filter(|_| systems) else { continue };
            let message =
                format!("only `{SYSTEM}` may take `{name}`, and it took `{first}` before");
            found.push(
                Finding::of(PartKind::Transition, name, message)
                    .help("let a person take one of the two, or leave `not-by-who-did` out"),
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
    fn the_system_checks_itself() {
        check(&RULE, &changed("by = [\"officer\"]\nlaw = [\"decree\"]\n\n[transition.request", "by = [\"system\"]\nlaw = [\"decree\"]\n\n[transition.request").replace("by = [\"system\"]\nlaw = [\"decree\"]\n\n[transition.submit", "by = [\"system\"]\nnot-by-who-did = [\"consult\"]\nlaw = [\"decree\"]\n\n[transition.submit"), expect![[r#"
            168:13 only `system` may take `lapse`, and it took `consult` before
              help: let a person take one of the two, or leave `not-by-who-did` out"#]]);
    }

    #[test]
    fn a_person_checks_the_system() {
        check(
            &RULE,
            &changed(
                "by = [\"officer\"]\nlaw = [\"decree\"]\n\n[transition.request",
                "by = [\"system\"]\nlaw = [\"decree\"]\n\n[transition.request",
            )
            .replace(
                "needs = [\"fee-settled\"",
                "not-by-who-did = [\"consult\"]\nneeds = [\"fee-settled\"",
            ),
            expect![""],
        );
    }
}
