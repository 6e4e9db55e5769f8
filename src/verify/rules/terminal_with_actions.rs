//! A step out of a state that ends the dossier.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "terminal-with-actions",
    title: "a step out of a state that ends the dossier",
    severity: Severity::Error,
    why: "An officer or applicant is offered a step that will always be refused, because the dossier is closed.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states().iter();
    states
        .filter(|(_, _, it)| it.portal_status().is_terminal())
        .flat_map(|(at, state, it)| {
            let status = it.portal_status();
            case.procedure.leaving(at).map(move |(_, name, _)| {
                let message = format!("`{name}` leaves state `{state}`, which ends the dossier with status {status}");
                Finding::of(PartKind::Transition, name, message)
                    .help(format!("take `{state}` out of its `from`, or give the state a status that does not end"))
                    .witness(Witness::path(case.graph.path_to(case.procedure, at)).and(name))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_reopening() {
        check(
            &RULE,
            &changed(
                "act = \"consult\"\nfrom = [\"under-review\"]",
                "act = \"consult\"\nfrom = [\"under-review\", \"returned\"]",
            ),
            expect![[r#"
                141:13 `consult` leaves state `returned`, which ends the dossier with status 10
                  help: take `returned` out of its `from`, or give the state a status that does not end
                  witness: file → accept → propose-refusal → return → consult"#]],
        );
    }

    #[test]
    fn a_processed_dossier_may_move() {
        check(
            &RULE,
            &with(
                "[transition.correct]\nact = \"plain\"\nfrom = \"signed\"\nto = \"awaiting-signature\"\nby = \"one-stop\"",
            ),
            expect![""],
        );
    }
}
