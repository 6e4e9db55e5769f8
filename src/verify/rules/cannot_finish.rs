//! A state from which no end can be reached.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind, Position as _};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "cannot-finish",
    title: "a state from which no end can be reached",
    severity: Severity::Error,
    why: "A dossier that comes here is never answered, whatever anybody does.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states();
    let ends = |at| states.get(at).is_some_and(|it| it.portal_status().is_terminal());
    let finishes = case.graph.leads_to(ends);
    let stuck = |at: usize| !finishes.get(at).copied().unwrap_or(true);
    states
        .iter()
        .filter(|(at, _, _)| case.graph.is_reached(*at) && stuck(at.index()))
        .map(|(at, name, _)| {
            let message = format!("from state `{name}` no end of the procedure can be reached");
            Finding::at(Part::new(PartKind::State, name), message)
                .help("let a transition lead on, or give it a Portal status that ends: 3, 8 or 10")
                .witness(Witness::path(case.graph.path_to(case.procedure, at)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_state_without_an_end() {
        check(
            &RULE,
            &changed("from = [\"signed\", \"refused\"]", "from = [\"signed\"]"),
            expect![[r#"
                105:8 from state `refused` no end of the procedure can be reached
                  help: let a transition lead on, or give it a Portal status that ends: 3, 8 or 10
                  witness: file → accept → propose-refusal"#]],
        );
    }

    #[test]
    fn a_step_that_leads_back_still_finishes() {
        let text = changed(
            "from = [\"awaiting-signature\"]\nto = \"signed\"",
            "from = [\"awaiting-signature\"]\nto = \"under-review\"",
        );
        check(&RULE, &text, expect![""]);
    }
}
