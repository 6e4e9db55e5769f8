//! A law on which nothing rests.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use super::citation_not_in_force::used;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "citation-unused",
    title: "a law on which nothing rests",
    severity: Severity::Warning,
    why: "Readers look for the rule that follows from it, and an amendment of it would be worked in nowhere.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let laws = case.procedure.laws();
    let used = used(case.procedure);
    laws.iter()
        .filter(|(at, _, _)| case.is_own(laws.span(*at)) && !used.contains(at))
        .map(|(_, name, it)| {
            let message = format!("nothing rests on `{name}` ({})", it.instrument());
            Finding::of(PartKind::Law, name, message)
                .help("name it in the `law` of what rests on it, or remove it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_law_for_show() {
        check(
            &RULE,
            &with("[law.land]\ninstrument = \"31/2024/QH15\""),
            expect![[r#"
            223:6 nothing rests on `land` (31/2024/QH15)
              help: name it in the `law` of what rests on it, or remove it"#]],
        );
    }

    #[test]
    fn a_law_that_issues_a_form() {
        check(
            &RULE,
            &with(
                "[law.land]\ninstrument = \"31/2024/QH15\"\n[document.map]\nname = \"Bản đồ\"\nform = \"land/01\"\nlaw = \"decree\"",
            ),
            expect![""],
        );
    }
}
