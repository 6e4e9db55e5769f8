//! A term on which nothing depends.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{DECISION, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "term-without-consequence",
    title: "a term on which nothing depends",
    severity: Severity::Warning,
    why: "The law sets a time, and when it is over nobody is told, nothing follows and no breach is recorded.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let terms = case.procedure.terms();
    let is_named = |at| {
        let mut transitions = case.procedure.transitions().iter();
        transitions
            .any(|(_, _, it)| it.within().contains(&at) || it.clock().iter().any(|it| it.0 == at))
    };
    terms
        .iter()
        .filter(|(at, name, it)| it.expires().is_none() && *name != DECISION && !is_named(*at) && case.is_own(terms.span(*at)))
        .map(|(_, name, _)| {
            let message = format!("nothing depends on term `{name}`");
            Finding::of(PartKind::Term, name, message)
                .help(format!("say `within = [\"{name}\"]` at the transition that must come before its end, or what its end brings with `expires`"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_term_that_is_only_told() {
        check(
            &RULE,
            &with("[term.notice]\nlimit = \"1 day\"\nstarts = \"consult\"\nlaw = \"decree\""),
            expect![[r#"
                223:7 nothing depends on term `notice`
                  help: say `within = ["notice"]` at the transition that must come before its end, or what its end brings with `expires`"#]],
        );
    }

    #[test]
    fn a_term_within_which_a_step_must_come() {
        check(
            &RULE,
            &with("[term.notice]\nlimit = \"1 day\"\nstarts = \"accept\"\nlaw = \"decree\"")
                .replace("act = \"consult\"\n", "act = \"consult\"\nwithin = [\"notice\"]\n"),
            expect![""],
        );
    }
}
