//! A term of the applicant that runs on when the applicant has acted.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, State, StateIdx, Waiting};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "term-never-stops",
    title: "a term of the applicant that runs on when the applicant has acted",
    severity: Severity::Warning,
    why: "The applicant was in time, and the next time the office asks, the old term is over already and the dossier is closed.",
    check,
};

/// Status 7 of the Portal: the request to stop is pending, and the wait may go on after it.
const WITHDRAWING: u8 = 7;

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions();
    let waits = |at: StateIdx| {
        case.procedure.states().get(at).and_then(State::waits_for) == Some(Waiting::Applicant)
    };
    let works = |it: &State| {
        let status = it.portal_status();
        it.waits_for().is_none() && status.code() != WITHDRAWING && !status.is_settled()
    };
    let mut found = Vec::new();
    for (at, name, term) in case.procedure.terms().iter() {
        let brought = term.expires().and_then(|it| transitions.get(it));
        let Some(run) = case.run(at).filter(|_| brought.is_some_and(|it| it.from().all(waits)))
        else {
            continue;
        };
        let begins = |marking: usize| {
            run.arcs_to(marking, RUNNING)
                .iter()
                .rev()
                .find_map(|it| case.step(it))
                .filter(|it| waits(it.from))
        };
        let late = case.situations().find_map(|(marking, _, it)| {
            let runs = works(it) && run.phases(marking) & bit(RUNNING) != 0;
            begins(marking).filter(|_| runs).map(|it| (marking, it))
        });
        let Some((marking, step)) = late else { continue };
        let message = format!("term `{name}` of the applicant runs on after `{}`", step.name);
        found.push(
            Finding::of(PartKind::Term, name, message)
                .help(format!("add `\"{}\"` to its `stops`", step.transition.act()))
                .witness(Witness::path(run.path_to(case.procedure, marking, RUNNING))),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_supplement_in_time_that_stops_nothing() {
        check(
            &RULE,
            &changed("stops = [\"supplement\"]\n", ""),
            expect![[r#"
            60:7 term `supplement` of the applicant runs on after `supplement`
              help: add `"supplement"` to its `stops`
              witness: file → accept → request-supplement → supplement"#]],
        );
    }

    #[test]
    fn a_supplement_that_stops_it() {
        check(&RULE, &with(""), expect![""]);
    }
}
