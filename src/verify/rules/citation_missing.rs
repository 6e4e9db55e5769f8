//! A rule that rests on nothing.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, LawIdx, PartKind};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::read::Remarks;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "citation-missing",
    title: "a rule that rests neither on a law nor on an assumption that is said",
    severity: Severity::Warning,
    why: "Whoever is refused or charged may ask for the law, and nobody can tell whether there is one.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let procedure = case.procedure;
    if rests_on_nothing(&procedure.law, procedure.remarks()) {
        let message = "the procedure as a whole names no law";
        found.push(Finding::whole(message).over(procedure.span()).help(HELP));
    }
    let mut say = |kind: PartKind, name: Id, law: &[LawIdx], remarks: &Remarks| {
        if rests_on_nothing(law, remarks) {
            let message = format!("`{kind}.{name}` names no law");
            found.push(Finding::of(kind, name, message).help(HELP));
        }
    };
    for (_, name, it) in procedure.documents().iter() {
        say(PartKind::Document, name, it.law(), it.remarks());
    }
    for (_, name, it) in procedure.results().iter() {
        say(PartKind::Result, name, it.law(), it.remarks());
    }
    for (_, name, it) in procedure.terms().iter() {
        say(PartKind::Term, name, it.law(), it.remarks());
    }
    for (_, name, it) in procedure.consultations().iter() {
        say(PartKind::Consultation, name, it.law(), it.remarks());
    }
    for (_, name, it) in procedure.transitions().iter().filter(|it| it.2.act() != Act::Plain) {
        say(PartKind::Transition, name, it.law(), it.remarks());
    }
    for (_, name, it) in procedure.fees().iter() {
        say(PartKind::Fee, name, it.law(), it.remarks());
    }
    found
}

const HELP: &str = "name a citation in `law`, or say in `assumed` what is taken for granted";

fn rests_on_nothing(law: &[LawIdx], remarks: &Remarks) -> bool {
    law.is_empty() && remarks.assumed().is_none()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_fee_that_rests_on_nothing() {
        check(
            &RULE,
            &changed("due-before = \"sign\"\nlaw = [\"decree\"]\n", "due-before = \"sign\"\n"),
            expect![[r#"
                218:6 `fee.permit` names no law
                  help: name a citation in `law`, or say in `assumed` what is taken for granted"#]],
        );
    }

    #[test]
    fn a_transition_that_rests_on_nothing() {
        check(
            &RULE,
            &changed(
                "act = \"refuse\"\nfrom = [\"under-review\"]\nto = \"refused\"\nby = [\"officer\"]\nwhen = \"complete and not eligible\"\nlaw = [\"decree\"]\n",
                "act = \"refuse\"\nfrom = [\"under-review\"]\nto = \"refused\"\nby = [\"officer\"]\nwhen = \"complete and not eligible\"\n",
            ),
            expect![[r#"
                183:13 `transition.propose-refusal` names no law
                  help: name a citation in `law`, or say in `assumed` what is taken for granted"#]],
        );
    }

    #[test]
    fn a_fee_that_is_assumed() {
        check(
            &RULE,
            &changed(
                "due-before = \"sign\"\nlaw = [\"decree\"]\n",
                "due-before = \"sign\"\nassumed = \"as in the next district\"\n",
            ),
            expect![""],
        );
    }

    #[test]
    fn an_internal_step_needs_no_law() {
        check(
            &RULE,
            &changed(
                "when = \"complete and eligible\"\nlaw = [\"decree\"]\n",
                "when = \"complete and eligible\"\n",
            ),
            expect![""],
        );
    }
}
