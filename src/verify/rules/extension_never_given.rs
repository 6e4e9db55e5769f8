//! An extension that a term allows and no step gives.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{ClockEffect, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "extension-never-given",
    title: "an extension that a term allows and no step gives",
    severity: Severity::Warning,
    why: "The law allows more time with written reasons, and the office has no way to take it: it will be late instead.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let terms = case.procedure.terms();
    let given = |at| {
        let mut transitions = case.procedure.transitions().iter();
        transitions.any(|(_, _, it)| it.clock().contains(&(at, ClockEffect::Extend)))
    };
    terms
        .iter()
        .filter(|(at, _, it)| it.extension().is_some() && !given(*at))
        .map(|(_, name, _)| {
            let message = format!("term `{name}` may be extended, and no transition extends it");
            Finding::of(PartKind::Term, name, message)
                .help(format!("add a transition with the act `extend` and `clock = {{ {name} = \"extend\" }}`, or leave `extend` out"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn an_extension_on_paper() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\nextend = { by = \"2 working days\", at-most = 1 }\n",
            ),
            expect![[r#"
                55:7 term `decision` may be extended, and no transition extends it
                  help: add a transition with the act `extend` and `clock = { decision = "extend" }`, or leave `extend` out"#]],
        );
    }

    #[test]
    fn an_extension_that_a_step_gives() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\nextend = { by = \"2 working days\", at-most = 1 }\n",
            )
            .replace(
                "act = \"consult\"\n",
                "act = \"extend\"\nat-most = 1\nclock = { decision = \"extend\" }\n",
            ),
            expect![""],
        );
    }
}
