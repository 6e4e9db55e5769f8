//! A state that no sequence of transitions reaches.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "unreachable-state",
    title: "a state that no dossier reaches",
    severity: Severity::Error,
    why: "An officer trains for a step that never comes, and what was meant to lead there leads elsewhere.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states().iter();
    states
        .filter(|(at, _, _)| !case.graph.is_reached(*at))
        .map(|(_, name, _)| {
            let message = format!("no sequence of transitions leads to state `{name}`");
            Finding::at(Part::new(PartKind::State, name), message)
                .help("let a transition lead to it, or remove it")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_state_to_which_nothing_leads() {
        check(
            &RULE,
            &with("[state.forgotten]\nname = \"Bỏ quên\"\nportal-status = 4"),
            expect![[r#"
                223:8 no sequence of transitions leads to state `forgotten`
                  help: let a transition lead to it, or remove it"#]],
        );
    }

    #[test]
    fn a_state_reached_by_going_back_is_reached() {
        check(&RULE, &with(""), expect![""]);
    }
}
