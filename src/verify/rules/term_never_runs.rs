//! A term that nothing ever starts.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "term-never-runs",
    title: "a term that no possible step starts",
    severity: Severity::Warning,
    why: "A time that the law sets is written down and watched by nobody.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let terms = case.procedure.terms();
    terms
        .iter()
        .filter(|(at, _, _)| case.is_own(terms.span(*at)))
        .filter(|(at, _, _)| {
            let run = case.run(*at);
            run.is_some_and(|run| case.situations().all(|it| run.phases(it.0) & bit(RUNNING) == 0))
        })
        .map(|(_, name, term)| {
            let acts: Vec<String> = term.starts().iter().map(|it| format!("`{it}`")).collect();
            let message = format!(
                "term `{name}` starts with {}, and no step that goes on has that act",
                acts.join(" or ")
            );
            Finding::of(PartKind::Term, name, message)
                .help("name an act that some transition has, or remove the term")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_term_of_an_act_that_no_step_has() {
        check(
            &RULE,
            &with("[term.notice]\nlimit = \"1 day\"\nstarts = \"verify\"\nlaw = \"decree\""),
            expect![[r#"
                223:7 term `notice` starts with `verify`, and no step that goes on has that act
                  help: name an act that some transition has, or remove the term"#]],
        );
    }

    #[test]
    fn a_term_of_an_act_that_a_step_has() {
        check(
            &RULE,
            &with("[term.notice]\nlimit = \"1 day\"\nstarts = \"consult\"\nlaw = \"decree\""),
            expect![""],
        );
    }
}
