//! A fact that is asked for and used nowhere.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::definition::Procedure;
use crate::definition::fact::FactIdx;
use crate::definition::guard::Guard;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "fact-never-used",
    title: "a fact that nothing depends on",
    severity: Severity::Warning,
    why: "The applicant or an officer is asked for something that changes nothing: a burden without a use.",
    check,
};

/// A tariff may ask for any fact, and so may the parts of a bundle: nothing is said where there is one.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    if !case.procedure.fees().is_empty() || !case.procedure.followed().is_empty() {
        return Vec::new();
    }
    let mut used: Vec<FactIdx> = Vec::new();
    guards(case.procedure, |it| used.extend(it.facts()));
    let facts = case.procedure.facts().iter();
    facts
        .filter(|(at, it)| case.is_own(Some(it.span())) && !used.contains(at))
        .map(|(_, it)| {
            let name = it.id();
            let message = format!(
                "no condition asks for fact `{name}`, and there is no fee whose tariff could"
            );
            Finding::of(PartKind::Fact, name, message).help("remove it, or use it in a `when`")
        })
        .collect()
}

/// Shows every guard of a procedure.
pub(super) fn guards<'p>(procedure: &'p Procedure, mut show: impl FnMut(&'p Guard)) {
    procedure.transitions().iter().filter_map(|it| it.2.when()).for_each(&mut show);
    procedure.documents().iter().filter_map(|it| it.2.when()).for_each(&mut show);
    procedure.consultations().iter().filter_map(|it| it.2.when()).for_each(&mut show);
    procedure.fees().iter().filter_map(|it| it.2.when()).for_each(&mut show);
    for (_, _, term) in procedure.terms().iter() {
        term.when().into_iter().for_each(&mut show);
        term.cases().iter().map(|it| it.when()).for_each(&mut show);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_question_without_a_use() {
        check(
            &RULE,
            &changed(
                "[fee.permit]\nitem = \"construction-permit/house\"\ndue-before = \"sign\"\nlaw = [\"decree\"]\n",
                "[fact.shoe-size]\ntype = \"boolean\"\nby = \"applicant\"",
            ),
            expect![[r#"
                218:7 no condition asks for fact `shoe-size`, and there is no fee whose tariff could
                  help: remove it, or use it in a `when`"#]],
        );
    }

    #[test]
    fn a_tariff_may_ask() {
        check(
            &RULE,
            &with("[fact.shoe-size]\ntype = \"boolean\"\nby = \"applicant\""),
            expect![""],
        );
    }
}
