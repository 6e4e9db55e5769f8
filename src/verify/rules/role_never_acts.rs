//! A role that does nothing.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "role-never-acts",
    title: "a role that takes no transition, holds no state and establishes no fact",
    severity: Severity::Warning,
    why: "Somebody is given access and a share of the work on paper, and there is none.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    let roles = procedure.roles();
    roles
        .iter()
        .filter(|(at, _, _)| case.is_own(roles.span(*at)))
        .filter(|(at, name, _)| {
            let acts = procedure.transitions().iter().any(|(_, _, it)| it.by.contains(*at));
            let holds = procedure.states().iter().any(|(_, _, it)| it.role() == Some(*at));
            let finds = procedure.facts().iter().any(|(_, it)| it.by() == Some(*name));
            !acts && !holds && !finds
        })
        .map(|(_, name, _)| {
            let message = format!(
                "role `{name}` takes no transition, holds no state and establishes no fact"
            );
            Finding::of(PartKind::Role, name, message)
                .help("name it in the `by` of what it does, or remove it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn an_idle_role() {
        check(
            &RULE,
            &with("[role.archivist]\nname = \"Lưu trữ\""),
            expect![[r#"
            223:7 role `archivist` takes no transition, holds no state and establishes no fact
              help: name it in the `by` of what it does, or remove it"#]],
        );
    }

    #[test]
    fn a_role_that_only_establishes_a_fact() {
        check(
            &RULE,
            &with(
                "[role.archivist]\nname = \"Lưu trữ\"\n[fact.filed-before]\ntype = \"boolean\"\nby = \"archivist\"",
            ),
            expect![""],
        );
    }
}
