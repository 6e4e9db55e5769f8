//! An apology that may name a new day more than once.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "apology-repeated",
    title: "an apology that may name a new day more than once",
    severity: Severity::Error,
    why: "The day on the slip may be changed no more than once (Decree 61/2018/NĐ-CP, Art. 19(9)); after that the applicant is owed the answer.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions().iter();
    transitions
        .filter(|(_, _, it)| it.act() == Act::Apologise && it.at_most().is_none_or(|it| it > 1))
        .map(|(_, name, _)| {
            let message = format!("`{name}` may change the day on the slip more than once");
            Finding::of(PartKind::Transition, name, message).help("say `at-most = 1`")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn an_apology_without_a_limit() {
        check(
            &RULE,
            &with(
                "[transition.apologise]\nact = \"apologise\"\nfrom = [\"under-review\"]\nto = \"same\"\nby = \"chair\"",
            ),
            expect![[r#"
                223:13 `apologise` may change the day on the slip more than once
                  help: say `at-most = 1`"#]],
        );
    }

    #[test]
    fn one_apology() {
        check(
            &RULE,
            &with(
                "[transition.apologise]\nact = \"apologise\"\nfrom = [\"under-review\"]\nto = \"same\"\nby = \"chair\"\nat-most = 1",
            ),
            expect![""],
        );
    }
}
