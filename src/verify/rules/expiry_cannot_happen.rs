//! The end of a term that can bring nothing.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, SYSTEM, StateIdx, Transition, TransitionIdx};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "expiry-cannot-happen",
    title: "the end of a term brings a transition that cannot follow",
    severity: Severity::Error,
    why: "Everybody relies on the end of the term, and when it comes nothing happens.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, name, term) in case.procedure.terms().iter() {
        let Some((brought, transition)) = brought(case, term.expires()) else { continue };
        let is_system = |it| case.procedure.roles().name(it) == Some(SYSTEM);
        if !transition.by().any(is_system) {
            let message = format!(
                "term `{name}` ends by `{brought}`, which the role `{SYSTEM}` may not take"
            );
            found.push(
                Finding::of(PartKind::Term, name, message)
                    .help(format!("add `{SYSTEM}` to the `by` of `{brought}`")),
            );
        }
        let Some(run) = case.run(at) else { continue };
        let runs = |marking: usize| run.phases(marking) & bit(RUNNING) != 0;
        let mut running =
            case.situations().filter(|it| runs(it.0)).map(|it| (it.0, it.1)).peekable();
        let Some(first) = running.peek().copied() else { continue };
        if !running.any(|(_, state)| transition.from.contains(state)) {
            found.push(idle(case, name, brought, first));
        }
    }
    found
}

fn brought<'p>(case: &Case<'p>, at: Option<TransitionIdx>) -> Option<(Id, &'p Transition)> {
    let transitions = case.procedure.transitions();
    Some((transitions.name(at?)?, transitions.get(at?)?))
}

fn idle(case: &Case<'_>, term: Id, brought: Id, first: (usize, StateIdx)) -> Finding {
    let message = format!(
        "term `{term}` ends by `{brought}`, which leaves no state in which the term can run"
    );
    let help = match case.state(first.1) {
        Some((state, _)) => format!(
            "it runs in `{state}`: let `{brought}` leave that state, or name another transition"
        ),
        None => "name another transition".into(),
    };
    Finding::of(PartKind::Term, term, message).help(help).witness(case.way_to(first.0))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_step_that_only_an_officer_takes() {
        check(
            &RULE,
            &changed("by = [\"system\"]", "by = [\"officer\"]"),
            expect![[r#"
            60:7 term `supplement` ends by `lapse`, which the role `system` may not take
              help: add `system` to the `by` of `lapse`"#]],
        );
    }

    #[test]
    fn a_step_of_another_state() {
        check(
            &RULE,
            &changed(
                "act = \"stop\"\nfrom = [\"supplement-requested\"]",
                "act = \"stop\"\nfrom = [\"signed\"]",
            ),
            expect![[r#"
                60:7 term `supplement` ends by `lapse`, which leaves no state in which the term can run
                  help: it runs in `supplement-requested`: let `lapse` leave that state, or name another transition
                  witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_step_that_officer_and_system_take() {
        check(&RULE, &changed("by = [\"system\"]", "by = [\"officer\", \"system\"]"), expect![""]);
    }
}
