//! A state whose status on the Portal says something else than its step or its wait.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{
    Act, PartKind, PortalStatus, State, StateIdx, Target, TransitionIdx, Waiting,
};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "portal-status-inconsistent",
    title: "a status on the Portal that is not what happened",
    severity: Severity::Warning,
    why: "The applicant reads the status on the Portal and is told something else than what is the case.",
    check,
};

/// Statuses that stand for one act, and the acts that bring them.
const BROUGHT: [(u8, &[Act]); 8] = [
    (2, &[Act::Accept, Act::Supplement]),
    (3, &[Act::RefuseIntake]),
    (5, &[Act::RequestSupplement]),
    (6, &[Act::DemandPayment]),
    (7, &[Act::Withdraw]),
    (8, &[Act::Stop, Act::ConfirmStop]),
    (9, &[Act::Decide, Act::Refuse]),
    (10, &[Act::Return, Act::Accept, Act::Decide]),
];

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, name, state) in case.procedure.states().iter() {
        found.extend(contradiction(state).map(|(what, help)| {
            let message = format!(
                "state `{name}` has status {} of the Portal and {what}",
                state.portal_status()
            );
            Finding::of(PartKind::State, name, message).help(help)
        }));
    }
    let mut said: Vec<TransitionIdx> = Vec::new();
    let steps = case.steps().filter(|it| it.transition.to() != Target::Previous);
    for step in steps {
        if let Some(status) = entered(case, step.from, step.to) {
            let brought = BROUGHT.iter().find(|(it, _)| *it == status.code());
            let Some((_, acts)) = brought.filter(|(_, it)| !it.contains(&step.transition.act()))
            else {
                continue;
            };
            if !is_fresh(&mut said, step.at) {
                continue;
            }
            let acts: Vec<String> = acts.iter().map(|it| format!("`{it}`")).collect();
            let (name, act) = (step.name, step.transition.act());
            let message = format!(
                "`{name}` with the act `{act}` leads to status {status} of the Portal, which {} brings",
                acts.join(" or ")
            );
            found.push(
                Finding::of(PartKind::Transition, name, message)
                    .help("give the transition the act that it is, or the state another status")
                    .witness(case.way_by(&step)),
            );
        }
    }
    found
}

/// Returns the status that a step changes to.
fn entered(case: &Case<'_>, from: StateIdx, to: StateIdx) -> Option<PortalStatus> {
    let status = |at| case.procedure.states().get(at).map(State::portal_status);
    status(to).filter(|it| status(from) != Some(*it))
}

/// Returns what a state says of itself that its status does not allow, and how to mend it.
fn contradiction(state: &State) -> Option<(&'static str, &'static str)> {
    let (waits, ends) = (state.waits_for(), state.portal_status().is_terminal());
    match state.portal_status().code() {
        5 | 6 if waits != Some(Waiting::Applicant) => Some((
            "does not wait for the applicant",
            "say `waits-for = \"applicant\"`, or give it status 4",
        )),
        _ if ends && (waits.is_some() || state.role().is_some() || state.budget().is_some()) => {
            Some((
                "yet somebody has or awaits it",
                "a dossier that is closed has no `role`, `waits-for` or `budget`",
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_supplement_that_nobody_awaits() {
        check(
            &RULE,
            &changed(
                "waits-for = \"applicant\"\nportal-status = 5",
                "role = \"officer\"\nportal-status = 5",
            ),
            expect![[r#"
                89:8 state `supplement-requested` has status 5 of the Portal and does not wait for the applicant
                  help: say `waits-for = "applicant"`, or give it status 4"#]],
        );
    }

    #[test]
    fn an_end_on_a_desk() {
        check(
            &RULE,
            &changed("portal-status = 10", "portal-status = 10\nrole = \"one-stop\""),
            expect![[r#"
                114:8 state `returned` has status 10 of the Portal and yet somebody has or awaits it
                  help: a dossier that is closed has no `role`, `waits-for` or `budget`"#]],
        );
    }

    #[test]
    fn a_result_without_a_decision() {
        check(
            &RULE,
            &changed(
                "[transition.propose-refusal]\nact = \"refuse\"",
                "[transition.propose-refusal]\nact = \"plain\"",
            ),
            expect![[r#"
                183:13 `propose-refusal` with the act `plain` leads to status 9 of the Portal, which `decide` or `refuse` brings
                  help: give the transition the act that it is, or the state another status
                  witness: file → accept → propose-refusal"#]],
        );
    }

    #[test]
    fn a_processing_status_may_follow_anything() {
        check(
            &RULE,
            &with(
                "[transition.look]\nact = \"plain\"\nfrom = \"awaiting-signature\"\nto = \"under-review\"\nby = \"chair\"",
            ),
            expect![""],
        );
    }
}
