//! A state before the result from which the applicant cannot withdraw, as elsewhere.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, StateIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "withdrawal-forgotten",
    title: "a state in which the applicant cannot withdraw, although elsewhere that is possible",
    severity: Severity::Warning,
    why: "Until there is a decision the applicant may ask to stop (Decree 118/2025/NĐ-CP, Art. 21); here the desk has no way to receive that.",
    check,
};

/// Status 7 of the Portal: the request to stop is pending.
const WITHDRAWING: u8 = 7;

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let withdraws = |at| case.procedure.leaving(at).any(|(_, _, it)| it.act() == Act::Withdraw);
    let model = case.steps().find(|it| it.transition.act() == Act::Withdraw);
    let Some(model) = model.map(|it| it.name) else { return Vec::new() };
    let mut said: Vec<StateIdx> = Vec::new();
    let mut found = Vec::new();
    for (marking, at, state) in case.situations() {
        let status = state.portal_status();
        if status.is_settled()
            || status.code() == WITHDRAWING
            || withdraws(at)
            || !is_fresh(&mut said, at)
        {
            continue;
        }
        let Some((name, _)) = case.state(at) else { continue };
        let message =
            format!("in state `{name}` there is no result yet, and the applicant cannot withdraw");
        found.push(
            Finding::of(PartKind::State, name, message)
                .help(format!("give the state `leaves-by = [\"{model}\"]`"))
                .witness(case.way_to(marking)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_state_that_was_added_and_forgotten() {
        check(
            &RULE,
            &with(WITHDRAWAL),
            expect![[r#"
            83:8 in state `under-review` there is no result yet, and the applicant cannot withdraw
              help: give the state `leaves-by = ["withdraw"]`
              witness: file → accept
            89:8 in state `supplement-requested` there is no result yet, and the applicant cannot withdraw
              help: give the state `leaves-by = ["withdraw"]`
              witness: file → accept → request-supplement
            94:8 in state `awaiting-signature` there is no result yet, and the applicant cannot withdraw
              help: give the state `leaves-by = ["withdraw"]`
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn every_state_before_the_result() {
        check(&RULE, &with(WITHDRAWAL).replace("from = [\"filed\"]\nto = \"stopped\"", "from = [\"filed\", \"under-review\", \"supplement-requested\", \"awaiting-signature\"]\nto = \"stopped\""), expect![""]);
    }

    #[test]
    fn where_nobody_can_withdraw_none_is_forgotten() {
        check(&RULE, &with(""), expect![""]);
    }

    const WITHDRAWAL: &str = "[transition.withdraw]\nact = \"withdraw\"\nfrom = [\"filed\"]\nto = \"stopped\"\nby = [\"applicant\"]";
}
