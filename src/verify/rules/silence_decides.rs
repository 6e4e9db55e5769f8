//! A decision that silence brings without a law that says so.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "silence-decides",
    title: "the end of a term decides, and no law says so",
    severity: Severity::Error,
    why: "Silence is consent or refusal only where a law says so; elsewhere the result can be set aside.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions();
    let mut found = Vec::new();
    for (_, term, it) in case.procedure.terms().iter() {
        let Some((at, transition)) = it.expires().and_then(|it| Some((it, transitions.get(it)?)))
        else {
            continue;
        };
        let decides = transition.act().yields_result() || transition.act() == Act::Accept;
        let Some(name) = transitions.name(at).filter(|_| decides && transition.law().is_empty())
        else {
            continue;
        };
        let act = transition.act();
        let message = format!(
            "term `{term}` ends by `{name}` with the act `{act}`, for which no law is named"
        );
        found.push(
            Finding::of(PartKind::Transition, name, message)
                .help("name in `law` the rule by which silence decides, or let a person decide"),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_refusal_by_silence() {
        check(
            &RULE,
            &changed("[transition.lapse]\nact = \"stop\"", "[transition.lapse]\nact = \"refuse\"")
                .replace(
                    "by = [\"system\"]\nlaw = [\"decree\"]",
                    "by = [\"system\"]\nassumed = \"usual\"",
                ),
            expect![[r#"
                168:13 term `supplement` ends by `lapse` with the act `refuse`, for which no law is named
                  help: name in `law` the rule by which silence decides, or let a person decide"#]],
        );
    }

    #[test]
    fn a_refusal_that_a_law_provides_for() {
        check(
            &RULE,
            &changed("[transition.lapse]\nact = \"stop\"", "[transition.lapse]\nact = \"refuse\""),
            expect![""],
        );
    }
}
