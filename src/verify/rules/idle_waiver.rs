//! A waiver that accepts nothing.

use alloc::format;
use alloc::vec::Vec;

use super::{RULES, Rule};
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "idle-waiver",
    title: "a waiver that accepts nothing",
    severity: Severity::Warning,
    why: "The next finding of its kind would be accepted unseen, for a reason that was given for another.",
    check,
};

/// An inherited waiver may idle: what it accepts may have been removed.
fn check(case: &Case<'_>, before: &Findings<'_>) -> Vec<Finding> {
    let own = case.procedure.span().file();
    let waivers = case.procedure.waivers();
    let is_own = |at| waivers.span(at).is_some_and(|it| it.file() == own);
    let is_known = |rule: &str| RULES.iter().any(|it| it.code() == rule);
    waivers
        .iter()
        .filter(|(at, _, it)| is_own(*at) && !before.is_used(*at) && is_known(it.rule().as_str()))
        .map(|(_, name, it)| {
            let message = format!("waiver `{name}` of `{}` accepts no finding", it.rule());
            Finding::at(Part::new(PartKind::Waiver, name), message).help("leave it out")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_waiver_without_a_finding() {
        check(
            &RULE,
            &with("[waiver.w]\nrule = \"unreachable-state\"\nreason = \"r\""),
            expect![[r#"
                223:9 waiver `w` of `unreachable-state` accepts no finding
                  help: leave it out"#]],
        );
    }

    #[test]
    fn a_waiver_does_not_accept_itself() {
        let text = "[waiver.w]\nrule = \"idle-waiver\"\nreason = \"r\"";
        check(
            &RULE,
            &with(text),
            expect![[r#"
                223:9 waiver `w` of `idle-waiver` accepts no finding
                  help: leave it out"#]],
        );
    }

    #[test]
    fn a_waiver_that_accepts_is_not_idle_and_hides_its_finding() {
        let text = "[state.forgotten]\nname = \"Bỏ quên\"\nportal-status = 4\n\
            [waiver.w]\nrule = \"unreachable-state\"\nat = \"state.forgotten\"\nreason = \"r\"";
        check(&RULE, &with(text), expect![""]);
    }
}
