//! A situation that ends only if somebody outside the office acts, where nobody is waited for.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind, StateIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{Marking, Space};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "may-strand",
    title: "a dossier that stays in the office when nobody outside acts",
    severity: Severity::Error,
    why: "The dossier lies on a desk, the officer can do nothing, and the applicant does not know that the office waits.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut states: Vec<StateIdx> = Vec::new();
    let mut found = Vec::new();
    for space in case.whole_spaces() {
        for (marking, at) in stranded(case, space) {
            if !states.contains(&marking.state) {
                states.push(marking.state);
                found.extend(finding(case, space, marking.state, at));
            }
        }
    }
    found
}

/// Returns the situations that neither office nor law can bring to a result, an end or a wait.
///
/// A result that is ready waits to be collected, and paid where the fee is due then.
fn stranded<'s>(
    case: &Case<'_>,
    space: &'s Space,
) -> impl Iterator<Item = (&'s Marking, usize)> + use<'s> {
    let states = case.procedure.states();
    let rests = |it: &Marking| {
        let state = states.get(it.state);
        state.is_none_or(|it| it.portal_status().is_settled() || it.waits_for().is_some())
    };
    let rest = space.leads_to(rests, |it| it.is_own);
    let markings = space.markings.iter().zip(0..).zip(rest);
    markings.filter(|(_, rest)| !rest).map(|(it, _)| it)
}

fn finding(case: &Case<'_>, space: &Space, state: StateIdx, at: usize) -> Option<Finding> {
    let name = case.procedure.states().name(state)?;
    let message =
        format!("from state `{name}` the office alone cannot bring the dossier to an end");
    let finding = Finding::at(Part::new(PartKind::State, name), message)
        .help("let the office stop or refuse it, let a term bring it on, or say whom it waits for with `waits-for`")
        .witness(Witness::path(space.path_to(case.procedure, at)));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn an_unpaid_fee_before_the_only_way_on() {
        let stop = "act = \"stop\"\nfrom = [\"awaiting-signature\"]";
        check(
            &RULE,
            &changed(stop, "act = \"stop\"\nfrom = [\"under-review\"]"),
            expect![[r#"
            94:8 from state `awaiting-signature` the office alone cannot bring the dossier to an end
              help: let the office stop or refuse it, let a term bring it on, or say whom it waits for with `waits-for`
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn an_unpaid_fee_beside_which_the_office_may_stop() {
        check(&RULE, &with(""), expect![""]);
    }

    #[test]
    fn a_step_of_the_applicant_alone_does_not_help_the_office() {
        let back = changed(
            "act = \"stop\"\nfrom = [\"awaiting-signature\"]\nto = \"stopped\"\nby = [\"chair\"]",
            "act = \"plain\"\nfrom = [\"awaiting-signature\"]\nto = \"under-review\"\nby = [\"applicant\"]",
        );
        check(
            &RULE,
            &back,
            expect![[r#"
            94:8 from state `awaiting-signature` the office alone cannot bring the dossier to an end
              help: let the office stop or refuse it, let a term bring it on, or say whom it waits for with `waits-for`
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn a_wait_for_the_applicant_is_said_to_be_one() {
        let text = changed("waits-for = \"applicant\"", "role = \"officer\"")
            .replace("expires = \"lapse\"\n", "");
        check(
            &RULE,
            &text,
            expect![[r#"
            88:8 from state `supplement-requested` the office alone cannot bring the dossier to an end
              help: let the office stop or refuse it, let a term bring it on, or say whom it waits for with `waits-for`
              witness: file → accept → request-supplement"#]],
        );
    }
}
