//! A condition that every case meets.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::guard::Exists;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::conditions;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "guard-always-holds",
    title: "a condition that every case meets",
    severity: Severity::Warning,
    why: "Whoever wrote it meant to tell cases apart; as it stands it only waits for facts that change nothing.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let conditions = conditions(case.procedure).into_iter();
    let always = conditions.filter(|(part, it)| case.inquiry.fails(*part, it) == Exists::Nowhere);
    always
        .map(|(part, guard)| {
            Finding::at(part, format!("the condition of `{part}` holds for every case"))
                .over(guard.span())
                .help(format!("leave `when` out, or mend `{guard}`"))
                .witness(Witness::facts(case.inquiry.any(guard.facts())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_document_that_is_always_asked_for() {
        check(
            &RULE,
            &changed("when = \"floors >= 3\"", "when = \"floors >= 3 or floors < 4\""),
            expect![[r#"
                48:8 the condition of `document.drawings` holds for every case
                  help: leave `when` out, or mend `floors >= 3 or floors < 4`
                  witness: floors = any value"#]],
        );
    }

    #[test]
    fn to_wait_for_a_fact_is_a_condition() {
        check(&RULE, &changed("when = \"floors >= 3\"", "when = \"known(floors)\""), expect![""]);
    }
}
