//! A state of the office in which, for some case, nothing moves on.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, Part, PartKind, State, StateIdx, Target, Transition, TransitionIdx};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::{Meeting, guards, named};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "stuck-state",
    title: "a state of the office that some dossiers cannot leave",
    severity: Severity::Error,
    why: "Everything is known about the dossier, and nobody may do anything with it but stop it.",
    check,
};

/// Withdrawing and stopping are ways out and not answers. What one choice says in full is its own matter.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let states = case.procedure.states().iter();
    states
        .filter(|(at, _, it)| is_office(it) && case.graph.is_reached(*at))
        .filter_map(|(at, name, _)| finding(case, at, name))
        .collect()
}

/// A result that is ready waits to be collected.
fn is_office(state: &State) -> bool {
    state.waits_for().is_none() && !state.portal_status().is_settled()
}

fn finding(case: &Case<'_>, at: StateIdx, name: Id) -> Option<Finding> {
    let of = onward(case, at);
    if of.is_empty() || is_told(case, &of) {
        return None;
    }
    let part = Part::new(PartKind::State, name);
    let gap = case.inquiry.gap(part, &guards(case.procedure, &of)?);
    let gap = gap.case()?;
    let (of, shown) = (named(case.procedure, &of), case.inquiry.shown(gap));
    let message = format!("in state `{name}` nothing leads on for {shown}");
    let witness = Witness::path(case.path_to(at));
    let finding = Finding::at(part, message)
        .help(format!("widen the condition of {of}, or add a transition for this case"))
        .witness(witness.knowing(case.inquiry.named(gap)));
    Some(finding)
}

/// Returns the transitions that bring a dossier elsewhere, but for those that only give it up.
fn onward(case: &Case<'_>, state: StateIdx) -> Vec<TransitionIdx> {
    let onward = |it: &Transition| {
        let stays = it.to() == Target::Same || it.to() == Target::State(state);
        !stays && !matches!(it.act(), Act::Withdraw | Act::Stop)
    };
    let leaving = case.procedure.leaving(state);
    leaving.filter(|(_, _, it)| onward(it)).map(|(at, _, _)| at).collect()
}

/// Returns true when a choice already has a gap for which none of these holds.
fn is_told(case: &Case<'_>, of: &[TransitionIdx]) -> bool {
    let told = |it: &Meeting| it.gap.case().is_some() && of.iter().all(|at| it.of.contains(at));
    case.meetings.iter().any(told)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_signature_for_which_some_dossiers_wait_for_ever() {
        check(
            &RULE,
            &changed("by = [\"chair\"]\nneeds", "by = [\"chair\"]\nwhen = \"eligible\"\nneeds"),
            expect![[r#"
                94:8 in state `awaiting-signature` nothing leads on for `eligible = false`
                  help: widen the condition of `sign`, or add a transition for this case
                  witness: file → accept → submit; eligible = false"#]],
        );
    }

    #[test]
    fn a_gap_of_a_choice_is_told_once() {
        let text = changed(
            "when = \"complete and eligible\"",
            "when = \"complete and eligible and floors > 1\"",
        );
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn a_result_that_nobody_may_hand_over_yet_waits_for_the_applicant() {
        let text = changed("act = \"return\"", "act = \"return\"\nwhen = \"eligible\"");
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn a_step_without_a_condition_is_always_a_way_on() {
        let text = changed("when = \"complete and eligible\"\n", "");
        check(&RULE, &text, expect![""]);
    }
}
