//! A case of a term that never decides its length.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::guard::{Exists, Guard};
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "case-unreachable",
    title: "a case of a term that never decides its length",
    severity: Severity::Error,
    why: "The law gives some applicants another term, and the slip will never show it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, name, term) in case.procedure.terms().iter() {
        let part = Part::new(PartKind::Term, name);
        let guards: Vec<&Guard> = term.cases().iter().map(|it| it.when()).collect();
        for place in 1..=guards.len() {
            let upto = guards.get(..place).unwrap_or_default();
            let reached = case.inquiry.reached(part, term.when(), upto);
            let guard = upto.last().filter(|_| reached == Exists::Nowhere);
            found.extend(guard.map(|it| finding(case, part, it)));
        }
    }
    found
}

fn finding(case: &Case<'_>, part: Part, guard: &Guard) -> Finding {
    let message = format!("no case is left in which `{guard}` decides the length of `{part}`");
    Finding::at(part, message)
        .over(guard.span())
        .help("put it before the cases that cover it, or mend its condition or that of the term")
        .witness(Witness::facts(case.inquiry.any(guard.facts())))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_case_that_earlier_ones_cover() {
        check(
            &RULE,
            &with(
                "[[term.decision.case]]\nwhen = \"floors >= 3\"\nlimit = \"7 working days\"\n[[term.decision.case]]\nwhen = \"floors >= 7\"\nlimit = \"9 working days\"",
            ),
            expect![[r#"
                227:8 no case is left in which `floors >= 7` decides the length of `term.decision`
                  help: put it before the cases that cover it, or mend its condition or that of the term
                  witness: floors = any value"#]],
        );
    }

    #[test]
    fn a_case_behind_one_that_waits_for_the_same_fact() {
        check(
            &RULE,
            &with(
                "[[term.decision.case]]\nwhen = \"floors >= 3\"\nlimit = \"7 working days\"\n[[term.decision.case]]\nwhen = \"not known(floors)\"\nlimit = \"9 working days\"",
            ),
            expect![[r#"
                227:8 no case is left in which `not known(floors)` decides the length of `term.decision`
                  help: put it before the cases that cover it, or mend its condition or that of the term
                  witness: floors = any value"#]],
        );
    }

    #[test]
    fn cases_that_overlap_are_told_apart_by_their_order() {
        check(
            &RULE,
            &with(
                "[[term.decision.case]]\nwhen = \"floors >= 7\"\nlimit = \"9 working days\"\n[[term.decision.case]]\nwhen = \"floors >= 3\"\nlimit = \"7 working days\"",
            ),
            expect![""],
        );
    }
}
