//! A decision that says not what it gives the applicant.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "decision-without-result",
    title: "a decision that does not say what the applicant receives",
    severity: Severity::Warning,
    why: "The applicant cannot know what to expect, and no electronic result can be counted or reused.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| it.transition.act() == Act::Decide) {
        let gives = step.transition.result().is_some() || case.is_followed(step.at);
        if !gives && is_fresh(&mut said, step.at) {
            let message =
                format!("`{}` decides, and does not say what the applicant receives", step.name);
            found.push(
                Finding::of(PartKind::Transition, step.name, message)
                    .help("name a `[result.…]` in its `result`")
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
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_signature_under_nothing() {
        check(
            &RULE,
            &changed("result = \"permit\"\n", ""),
            expect![[r#"
            191:13 `sign` decides, and does not say what the applicant receives
              help: name a `[result.…]` in its `result`
              witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn a_refusal_needs_no_result() {
        check(&RULE, &with(""), expect![""]);
    }
}
