//! A count that contradicts itself or the term that it prolongs.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{ClockEffect, PartKind, Transition};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "at-most-contradictory",
    title: "a count that allows nothing, or more than its term",
    severity: Severity::Warning,
    why: "The definition promises a step that will be refused.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions().iter();
    transitions
        .filter_map(|(_, name, it)| {
            let (what, help) = contradiction(case, it)?;
            Some(Finding::of(PartKind::Transition, name, format!("`{name}` {what}")).help(help))
        })
        .collect()
}

fn contradiction(case: &Case<'_>, it: &Transition) -> Option<(String, &'static str)> {
    let limit = it.at_most()?;
    if limit == 0 {
        return Some((
            "has `at-most = 0`, so it can never be taken".into(),
            "remove the transition, or allow it once",
        ));
    }
    let extended = it.clock().iter().find(|(_, effect)| *effect == ClockEffect::Extend)?.0;
    let terms = case.procedure.terms();
    let (term, rule) = (terms.name(extended)?, terms.get(extended)?.extension()?);
    let more = limit > rule.at_most();
    let what = format!(
        "has `at-most = {limit}`, and the `extend` of term `{term}` has {}",
        rule.at_most()
    );
    more.then_some((what, "make the two counts equal"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn never() {
        check(
            &RULE,
            &changed("act = \"consult\"\n", "act = \"consult\"\nat-most = 0\n"),
            expect![[r#"
                141:13 `consult` has `at-most = 0`, so it can never be taken
                  help: remove the transition, or allow it once"#]],
        );
    }

    #[test]
    fn more_extensions_than_the_term_has() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\n",
                "limit = \"5 working days\"\nextend = { by = \"2 working days\", at-most = 1 }\n",
            )
            .replace(
                "act = \"consult\"\n",
                "act = \"extend\"\nat-most = 2\nclock = { decision = \"extend\" }\n",
            ),
            expect![[r#"
                142:13 `consult` has `at-most = 2`, and the `extend` of term `decision` has 1
                  help: make the two counts equal"#]],
        );
    }

    #[test]
    fn as_many_extensions_as_the_term_has() {
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
