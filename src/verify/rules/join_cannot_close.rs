//! A state of the lead in which the case stays when all of its parts are over.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{
    Act, Part, PartKind, Position as _, Procedure, State, StateIdx, Target, Transition, Waiting,
};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "join-cannot-close",
    title: "a delivery that may wait for ever",
    severity: Severity::Error,
    why: "Every result is there, and nobody is told that they can be handed over.",
    check,
};

/// The three ways in which a lead ends when its parts are over.
const CLOSING: [Act; 3] = [Act::Decide, Act::Refuse, Act::Stop];

/// A withdrawal is answered first, so that its state is passed over.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    if case.bundle.is_none() {
        return Vec::new();
    }
    let states = under_way(procedure).into_iter().map(StateIdx::new);
    let found = states.filter_map(|at| {
        let (name, state) = (procedure.states().name(at)?, procedure.states().get(at)?);
        let status = state.portal_status();
        let is_passed = status.is_settled() || status.is_withdrawal();
        let lacks = CLOSING.into_iter().find(|it| !closes(procedure, at, *it))?;
        if is_passed || waits(state) && goes_on(procedure, at) {
            return None;
        }
        let message =
            format!("when all parts are over in state `{name}`, the case may not end by `{lacks}`");
        let finding = Finding::at(Part::new(PartKind::State, name), message)
            .help("let the system take such a transition there, or one that leads where it may")
            .witness(Witness::path(case.path_to(at)));
        Some(finding)
    });
    found.collect()
}

/// Returns the states that follow the acceptance, by their places.
fn under_way(procedure: &Procedure) -> BTreeSet<usize> {
    let onward = |it: &Transition| match it.to() {
        Target::State(to) => Some(to),
        _ => None,
    };
    let transitions = procedure.transitions();
    let accepting = transitions.iter().filter(|(_, _, it)| it.act() == Act::Accept);
    let mut open: Vec<StateIdx> = accepting.filter_map(|(_, _, it)| onward(it)).collect();
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        if seen.insert(at.index()) {
            open.extend(procedure.leaving(at).filter_map(|(_, _, it)| onward(it)));
        }
    }
    seen
}

fn closes(procedure: &Procedure, state: StateIdx, act: Act) -> bool {
    follows(procedure, state, act, |it| it.portal_status().is_settled())
}

fn goes_on(procedure: &Procedure, state: StateIdx) -> bool {
    follows(procedure, state, Act::Supplement, |it| !waits(it))
}

fn waits(state: &State) -> bool {
    state.waits_for() == Some(Waiting::Applicant)
}

/// Says whether the case takes a step with an act by itself that leads where it should.
fn follows(
    procedure: &Procedure,
    state: StateIdx,
    act: Act,
    leads: impl Fn(&State) -> bool,
) -> bool {
    let mut leaving = procedure.leaving(state);
    leaving.any(|(at, _, it)| {
        let target = match it.to() {
            Target::State(to) => procedure.states().get(to),
            _ => None,
        };
        it.act() == act && procedure.followed().contains(&at) && target.is_some_and(&leads)
    })
}

#[cfg(test)]
mod tests {
    use std::format;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{JOINED, check_joined};

    #[test]
    fn a_desk_on_which_the_results_stay() {
        let aside = "
[state.aside]
name = \"Gác lại\"
role = \"one-stop\"
portal-status = 4

[transition.put-aside]
act = \"plain\"
from = [\"in-progress\"]
to = \"aside\"
by = [\"one-stop\"]

[transition.take-up]
act = \"plain\"
from = [\"aside\"]
to = \"in-progress\"
by = [\"one-stop\"]
";
        check_joined(
            &RULE,
            &format!("{JOINED}{aside}"),
            expect![[r#"
                96:8 when all parts are over in state `aside`, the case may not end by `decide`
                  help: let the system take such a transition there, or one that leads where it may
                  witness: file → accept → put-aside"#]],
        );
    }

    #[test]
    fn a_wait_that_ends_with_the_parts() {
        check_joined(&RULE, JOINED, expect![""]);
    }
}
