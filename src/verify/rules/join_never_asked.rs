//! A consultation that must be answered where nobody can ask any more.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind, Position as _};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{Marking, Space};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "join-never-asked",
    title: "a join that waits for an agency that nobody can ask any more",
    severity: Severity::Error,
    why: "An officer who forgot to ask in time holds the dossier for ever, and nobody can mend it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let finishes = case.graph.leads_to(|it| case.procedure.is_end(it));
    case.whole_spaces().filter_map(|it| forgotten(case, it, &finishes)).collect()
}

/// States from which nothing ends, whatever is answered, are another rule's.
fn forgotten(case: &Case<'_>, space: &Space, finishes: &[bool]) -> Option<Finding> {
    let leads = space.leads_to(|it| case.procedure.is_end(it.state), |_| true);
    let by_state = |it: &Marking| finishes.get(it.state.index()) == Some(&true);
    let mut markings = space.markings.iter().zip(&leads);
    let at = markings.position(|(it, leads)| !leads && by_state(it))?;
    let (name, state) = space.names(case.procedure, at)?;
    let message =
        format!("in state `{state}` the dossier waits for `{name}`, which nobody can ask any more");
    let finding = Finding::at(Part::new(PartKind::Consultation, name), message)
        .help("let a transition with the act `consult` leave that state too, or let one lead back")
        .witness(Witness::path(space.path_to(case.procedure, at)));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    /// The sound procedure in which only the signature ends what awaits it.
    const STOP: [&str; 2] = [
        "act = \"stop\"\nfrom = [\"awaiting-signature\"]",
        "act = \"stop\"\nfrom = [\"under-review\"]",
    ];

    #[test]
    fn an_agency_that_can_be_forgotten() {
        check(
            &RULE,
            &with("").replace(STOP[0], STOP[1]),
            expect![[r#"
            67:15 in state `awaiting-signature` the dossier waits for `fire-police`, which nobody can ask any more
              help: let a transition with the act `consult` leave that state too, or let one lead back
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn an_agency_that_was_forgotten_and_can_still_be_asked() {
        let text = with("").replace(STOP[0], STOP[1]).replace(
            "act = \"consult\"\nfrom = [\"under-review\"]",
            "act = \"consult\"\nfrom = [\"under-review\", \"awaiting-signature\"]",
        );
        check(&RULE, &text, expect![""]);
    }
}
