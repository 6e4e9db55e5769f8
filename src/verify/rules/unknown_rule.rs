//! A waiver of a rule that does not exist.

use alloc::format;
use alloc::vec::Vec;

use super::{RULES, Rule};
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::text::nearest;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "unknown-rule",
    title: "a waiver of a rule that does not exist",
    severity: Severity::Error,
    why: "Whoever wrote the waiver believes that a finding was accepted, and it was not.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let waivers = case.procedure.waivers().iter();
    waivers
        .filter(|(_, _, it)| RULES.iter().all(|rule| *it.rule() != *rule.code()))
        .map(|(_, name, it)| {
            let message = format!("there is no rule `{}`", it.rule());
            let finding = Finding::at(Part::new(PartKind::Waiver, name), message);
            match nearest(it.rule().as_str(), RULES.iter().map(|rule| rule.code())) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("leave the waiver out"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_misspelt_rule() {
        check(
            &RULE,
            &with("[waiver.w]\nrule = \"unreachable-sate\"\nreason = \"r\""),
            expect![[r#"
                223:9 there is no rule `unreachable-sate`
                  help: did you mean `unreachable-state`?"#]],
        );
    }
}
