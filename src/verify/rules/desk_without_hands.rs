//! A state whose holder can do nothing, or that nobody holds.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, State, StateIdx};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "desk-without-hands",
    title: "a state whose holder can do nothing, or that nobody holds",
    severity: Severity::Warning,
    why: "The dossier lies on a desk where nobody may touch it, and shows up on nobody else's list.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states().iter();
    states
        .filter(|(at, _, it)| !it.portal_status().is_terminal() && case.graph.is_reached(*at))
        .filter_map(|(at, name, state)| {
            let (message, help) = complaint(case, at, name, state)?;
            let way = Witness::path(case.graph.path_to(case.procedure, at));
            Some(Finding::of(PartKind::State, name, message).help(help).witness(way))
        })
        .collect()
}

fn complaint(
    case: &Case<'_>,
    at: StateIdx,
    name: Id,
    state: &State,
) -> Option<(String, &'static str)> {
    let Some(role) = state.role() else {
        let message =
            format!("in state `{name}` the dossier is on nobody's desk and waits for nobody");
        let help = "say whose it is with `role`, or whom it waits for with `waits-for`";
        return state.waits_for().is_none().then_some((message, help));
    };
    let acts = case.procedure.leaving(at).any(|(_, _, it)| it.by.contains(role));
    let message = format!(
        "`{}` has the dossier in state `{name}` and may take no transition there",
        case.procedure.roles().name(role)?
    );
    (!acts).then_some((
        message,
        "let the role take one of the transitions that leave it, or name the role that may",
    ))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn an_officer_who_can_only_look_on() {
        check(
            &RULE,
            &changed(
                "by = [\"chair\"]\nneeds = [\"fee-settled\"",
                "by = [\"officer\"]\nneeds = [\"fee-settled\"",
            )
            .replace(
                "act = \"stop\"\nfrom = [\"awaiting-signature\"]",
                "act = \"stop\"\nfrom = [\"under-review\"]",
            ),
            expect![[r#"
                94:8 `chair` has the dossier in state `awaiting-signature` and may take no transition there
                  help: let the role take one of the transitions that leave it, or name the role that may
                  witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn a_state_of_nobody() {
        check(
            &RULE,
            &changed("waits-for = \"applicant\"\n", ""),
            expect![[r#"
            89:8 in state `supplement-requested` the dossier is on nobody's desk and waits for nobody
              help: say whose it is with `role`, or whom it waits for with `waits-for`
              witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_wait_needs_no_desk() {
        check(&RULE, &with(""), expect![""]);
    }
}
