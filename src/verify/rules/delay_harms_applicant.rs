//! A delay of the office that ends the applicant's dossier.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, Waiting};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "delay-harms-applicant",
    title: "a delay of the office ends the dossier of the applicant",
    severity: Severity::Error,
    why: "The office is late, and the applicant loses the case for it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions();
    let mut found = Vec::new();
    for (at, term, it) in case.procedure.terms().iter() {
        let brought =
            it.expires().and_then(|it| Some((transitions.name(it)?, transitions.get(it)?)));
        let harms =
            |act| matches!(act, Act::RefuseIntake | Act::Refuse | Act::Stop | Act::ConfirmStop);
        let Some((name, transition)) = brought.filter(|(_, it)| harms(it.act())) else { continue };
        let Some(run) = case.run(at) else { continue };
        let delay = case.situations().find(|(marking, state, it)| {
            it.waits_for() != Some(Waiting::Applicant)
                && transition.from.contains(*state)
                && run.phases(*marking) & bit(RUNNING) != 0
        });
        let Some((state, marking)) = delay.and_then(|it| Some((case.state(it.1)?.0, it.0))) else {
            continue;
        };
        let message = format!(
            "in state `{state}` nobody waits for the applicant, and the end of term `{term}` closes the dossier by `{name}`"
        );
        found.push(
            Finding::of(PartKind::Term, term, message)
                .help(format!(
                    "take `{state}` out of the `from` of `{name}`, or stop the term before it"
                ))
                .witness(case.way_to(marking)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_slow_review() {
        check(
            &RULE,
            &changed(
                "act = \"stop\"\nfrom = [\"supplement-requested\"]",
                "act = \"stop\"\nfrom = [\"supplement-requested\", \"under-review\"]",
            )
            .replace("stops = [\"supplement\"]\n", ""),
            expect![[r#"
                60:7 in state `under-review` nobody waits for the applicant, and the end of term `supplement` closes the dossier by `lapse`
                  help: take `under-review` out of the `from` of `lapse`, or stop the term before it
                  witness: file → accept"#]],
        );
    }

    #[test]
    fn a_slow_applicant() {
        check(
            &RULE,
            &changed(
                "act = \"stop\"\nfrom = [\"supplement-requested\"]",
                "act = \"stop\"\nfrom = [\"supplement-requested\", \"under-review\"]",
            ),
            expect![""],
        );
    }
}
