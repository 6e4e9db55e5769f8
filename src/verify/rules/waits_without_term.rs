//! A wait that no term will ever end.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, StateIdx, Target, Term, Waiting};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "waits-without-term",
    title: "a wait that no term ends",
    severity: Severity::Error,
    why: "If whoever is waited for never acts, the dossier stays open for ever: the office may not close it, and the figures count it for years.",
    check,
};

/// A bundle waits as long as one of its parts does.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut said: Vec<StateIdx> = Vec::new();
    let mut found = Vec::new();
    for (marking, at, state) in case.situations() {
        let Some(waiting) = state.waits_for().filter(|_| !state.portal_status().is_settled())
        else {
            continue;
        };
        if waiting == Waiting::Agency && agencies_answer(case)
            || ends(case, marking, at)
            || case.procedure.leaving(at).any(|(it, _, _)| case.is_followed(it))
            || !is_fresh(&mut said, at)
        {
            continue;
        }
        let Some((name, _)) = case.state(at) else { continue };
        let whom = match waiting {
            Waiting::Applicant => "the applicant",
            Waiting::Agency => "an agency",
        };
        let message = format!("state `{name}` waits for {whom}, and no term ends the wait");
        found.push(
            Finding::of(PartKind::State, name, message)
                .help(advice(case, at))
                .witness(case.way_to(marking)),
        );
    }
    found
}

/// Consultations with a limit come back to the office by themselves.
fn agencies_answer(case: &Case<'_>) -> bool {
    let asked = case.procedure.consultations();
    !asked.is_empty() && asked.iter().all(|(_, _, it)| it.limit().known().is_some())
}

/// Returns true when some term is certain to run in a situation, and its end leads out of it.
fn ends(case: &Case<'_>, marking: usize, at: StateIdx) -> bool {
    let runs = |term| case.run(term).is_some_and(|it| it.phases(marking) == bit(RUNNING));
    let mut terms = case.procedure.terms().iter();
    terms.any(|(term, _, it)| leads_out(case, it, at) && is_known(it) && runs(term))
}

fn leads_out(case: &Case<'_>, term: &Term, at: StateIdx) -> bool {
    let brought = term.expires().and_then(|it| case.procedure.transitions().get(it));
    brought.is_some_and(|it| {
        it.from.contains(at) && it.to() != Target::Same && it.to() != Target::State(at)
    })
}

fn is_known(term: &Term) -> bool {
    term.limit().known().is_some() && term.cases().iter().all(|it| it.limit().known().is_some())
}

fn advice(case: &Case<'_>, at: StateIdx) -> String {
    let mut terms = case.procedure.terms().iter();
    match terms.find(|(_, _, it)| leads_out(case, it, at)) {
        Some((_, name, it)) if !is_known(it) => format!(
            "term `{name}` would end it, but nobody knows its limit: set one, or waive this with the rule that sets none"
        ),
        Some((_, name, _)) => format!(
            "term `{name}` would end it, but need not run here: see what starts, stops and suspends it"
        ),
        None => "give a term `expires` with a transition that leaves the state, or waive this with the rule that sets no limit".into(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_supplement_without_limit() {
        check(
            &RULE,
            &changed("limit = \"10 working days\"", "limit = { unknown = \"not found\" }"),
            expect![[r#"
                89:8 state `supplement-requested` waits for the applicant, and no term ends the wait
                  help: term `supplement` would end it, but nobody knows its limit: set one, or waive this with the rule that sets none
                  witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_term_that_another_act_starts() {
        check(
            &RULE,
            &changed("starts = [\"request-supplement\"]", "starts = [\"consult\"]"),
            expect![[r#"
                89:8 state `supplement-requested` waits for the applicant, and no term ends the wait
                  help: term `supplement` would end it, but need not run here: see what starts, stops and suspends it
                  witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_term_whose_end_leads_nowhere() {
        check(
            &RULE,
            &changed("expires = \"lapse\"\n", ""),
            expect![[r#"
            88:8 state `supplement-requested` waits for the applicant, and no term ends the wait
              help: give a term `expires` with a transition that leaves the state, or waive this with the rule that sets no limit
              witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_term_that_runs_for_some_only() {
        check(
            &RULE,
            &changed(
                "limit = \"10 working days\"",
                "limit = \"10 working days\"\nwhen = \"floors < 3\"",
            ),
            expect![[r#"
                90:8 state `supplement-requested` waits for the applicant, and no term ends the wait
                  help: term `supplement` would end it, but need not run here: see what starts, stops and suspends it
                  witness: file → accept → request-supplement"#]],
        );
    }

    #[test]
    fn a_wait_that_a_term_of_another_name_ends() {
        check(&RULE, &changed("[term.supplement]", "[term.patience]"), expect![""]);
    }

    #[test]
    fn a_term_from_the_filing_on_ends_it_too() {
        check(
            &RULE,
            &changed("starts = [\"request-supplement\"]", "starts = [\"file\"]"),
            expect![[r#"
                89:8 state `supplement-requested` waits for the applicant, and no term ends the wait
                  help: term `supplement` would end it, but need not run here: see what starts, stops and suspends it
                  witness: file → accept → request-supplement"#]],
        );
    }
}
