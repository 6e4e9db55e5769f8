//! No statutory term within which the applicant must be answered.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{DECISION, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::Watch;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "decision-term-missing",
    title: "no statutory term within which the applicant must be answered",
    severity: Severity::Error,
    why: "No slip can name a day, and no answer is ever late.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some((at, term)) = case.procedure.terms().find(&DECISION) else {
        let message = format!(
            "no term is called `{DECISION}`, so nothing says when the applicant must be answered"
        );
        let help = format!(
            "declare `[term.{DECISION}]`, with `limit = {{ unknown = \"…\" }}` where nobody knows it"
        );
        return Vec::from([Finding::whole(message).help(help)]);
    };
    let runs = |run: &Watch| case.situations().any(|it| run.phases(it.0) & bit(RUNNING) != 0);
    if case.run(at).is_none_or(runs) {
        return Vec::new();
    }
    let acts: Vec<String> = term.starts().iter().map(|it| format!("`{it}`")).collect();
    let message = format!(
        "the statutory term starts with {}, and no step that goes on has that act",
        acts.join(" or ")
    );
    Vec::from([Finding::of(PartKind::Term, DECISION, message)
        .help("let it start with an act that some transition has, such as `accept`")])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn another_name() {
        check(
            &RULE,
            &changed("[term.decision]", "[term.answer]")
                .replace("clock = { decision = \"suspend\" }\n", "")
                .replace("clock = { decision = \"resume\" }\n", ""),
            expect![[r#"
                3:1 no term is called `decision`, so nothing says when the applicant must be answered
                  help: declare `[term.decision]`, with `limit = { unknown = "…" }` where nobody knows it"#]],
        );
    }

    #[test]
    fn an_act_that_no_step_has() {
        check(
            &RULE,
            &changed(
                "limit = \"5 working days\"\nstarts = [\"accept\"]",
                "limit = \"5 working days\"\nstarts = [\"assign\"]",
            ),
            expect![[r#"
                55:7 the statutory term starts with `assign`, and no step that goes on has that act
                  help: let it start with an act that some transition has, such as `accept`"#]],
        );
    }

    #[test]
    fn a_limit_that_nobody_knows_is_a_term() {
        check(
            &RULE,
            &changed("limit = \"5 working days\"", "limit = { unknown = \"not read\" }"),
            expect![""],
        );
    }
}
