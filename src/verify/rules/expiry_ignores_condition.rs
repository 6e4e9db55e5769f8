//! A condition on a transition that the end of a term brings.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Beyond, PartKind, Requirement, Transition};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "expiry-ignores-condition",
    title: "a condition on a step that the end of a term brings",
    severity: Severity::Error,
    why: "At the end of the term the step happens whatever its condition says, because nobody is there to be refused.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, term, it) in case.procedure.terms().iter() {
        let transitions = case.procedure.transitions();
        let Some((name, transition)) =
            it.expires().and_then(|it| Some((transitions.name(it)?, transitions.get(it)?)))
        else {
            continue;
        };
        let Some(condition) = condition(transition) else { continue };
        let message = format!(
            "`{name}` has {condition}, and the end of term `{term}` brings it all the same"
        );
        let finding = Finding::of(PartKind::Transition, name, message).help(
            "leave the condition out, or let the term end by a transition of its own without one",
        );
        found.push(match transition.when() {
            Some(guard) => finding.over(guard.span()),
            None => finding,
        });
    }
    found
}

/// Reasons are given by the law itself.
fn condition(transition: &Transition) -> Option<String> {
    let needs = transition
        .needs()
        .iter()
        .find(|it| !matches!(it, Requirement::Reason | Requirement::NewDay));
    let limited = transition.at_most().filter(|_| transition.beyond() == Beyond::Refuse);
    match (transition.when(), needs, limited) {
        (Some(guard), _, _) => Some(format!("the guard `{guard}`")),
        (_, Some(need), _) => Some(format!("the need `{need}`")),
        (_, _, Some(limit)) => Some(format!("`at-most = {limit}`")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_guard() {
        check(
            &RULE,
            &changed("by = [\"system\"]", "by = [\"system\"]\nwhen = \"not complete\""),
            expect![[r#"
                173:8 `lapse` has the guard `not complete`, and the end of term `supplement` brings it all the same
                  help: leave the condition out, or let the term end by a transition of its own without one"#]],
        );
    }

    #[test]
    fn a_need() {
        check(
            &RULE,
            &changed("by = [\"system\"]", "by = [\"system\"]\nneeds = [\"documents\"]"),
            expect![[r#"
                168:13 `lapse` has the need `documents`, and the end of term `supplement` brings it all the same
                  help: leave the condition out, or let the term end by a transition of its own without one"#]],
        );
    }

    #[test]
    fn reasons_are_those_of_the_law() {
        check(
            &RULE,
            &changed("by = [\"system\"]", "by = [\"system\"]\nneeds = [\"reason\"]"),
            expect![""],
        );
    }
}
