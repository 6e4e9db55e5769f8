//! A state from which no end can be reached.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, Position as _};
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

/// A state that nothing leaves was found already.
fn check(case: &Case<'_>, before: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states();
    let finishes = case.graph.leads_to(|it| case.procedure.is_end(it));
    let stuck = |at: usize| !finishes.get(at).copied().unwrap_or(true);
    states
        .iter()
        .filter(|(at, _, _)| case.graph.is_reached(*at) && stuck(at.index()))
        .map(|(at, name, _)| {
            let message = format!("from state `{name}` no end of the procedure can be reached");
            Finding::of(PartKind::State, name, message)
                .help("let a transition lead on, or give it a Portal status that ends: 3, 8 or 10")
                .witness(Witness::path(case.path_to(at)))
        })
        .filter(|it| !before.is_found("dead-end", it))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::format;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn two_states_that_lead_to_each_other() {
        let text = changed("from = [\"signed\", \"refused\"]", "from = [\"signed\"]");
        let archive = "[state.archived]\nname = \"Lưu\"\nrole = \"one-stop\"\nportal-status = 9\n\
            [transition.archive]\nact = \"plain\"\nfrom = \"refused\"\nto = \"archived\"\nby = \"one-stop\"\n\
            [transition.fetch]\nact = \"plain\"\nfrom = \"archived\"\nto = \"refused\"\nby = \"one-stop\"";
        check(
            &RULE,
            &format!("{text}\n{archive}"),
            expect![[r#"
            105:8 from state `refused` no end of the procedure can be reached
              help: let a transition lead on, or give it a Portal status that ends: 3, 8 or 10
              witness: file → accept → propose-refusal
            223:8 from state `archived` no end of the procedure can be reached
              help: let a transition lead on, or give it a Portal status that ends: 3, 8 or 10
              witness: file → accept → propose-refusal → archive"#]],
        );
    }

    #[test]
    fn a_state_that_nothing_leaves_is_a_dead_end() {
        let text = changed("from = [\"signed\", \"refused\"]", "from = [\"signed\"]");
        check(&RULE, &text, expect![""]);
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
