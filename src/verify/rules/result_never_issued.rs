//! A result that no step gives.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "result-never-issued",
    title: "a result that no step gives",
    severity: Severity::Warning,
    why: "What was published as the outcome can never be received.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let results = case.procedure.results();
    let issued = |at| case.procedure.transitions().iter().any(|(_, _, it)| it.result() == Some(at));
    results
        .iter()
        .filter(|(at, _, _)| case.is_own(results.span(*at)) && !issued(*at))
        .map(|(_, name, _)| {
            let message = format!("no transition issues result `{name}`");
            Finding::of(PartKind::Result, name, message)
                .help(format!("say `result = \"{name}\"` at the transition that decides so"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_result_on_paper_only() {
        check(
            &RULE,
            &with("[result.plate]\nname = \"Biển số\"\nlaw = \"decree\""),
            expect![[r#"
            223:9 no transition issues result `plate`
              help: say `result = "plate"` at the transition that decides so"#]],
        );
    }

    #[test]
    fn a_result_that_a_step_issues() {
        check(&RULE, &with(""), expect![""]);
    }
}
