//! An agency that must be heard and that nobody can ask.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "consultation-never-asked",
    title: "an agency that must be heard, and no step that asks it",
    severity: Severity::Error,
    why: "The decision waits for an opinion that nobody can ask for, or is taken without it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let consultations = case.procedure.consultations();
    if consultations.is_empty() || case.steps().any(|it| it.transition.act() == Act::Consult) {
        return Vec::new();
    }
    consultations
        .iter()
        .map(|(_, name, _)| {
            let message = format!("no step that can be taken asks `{name}`");
            Finding::of(PartKind::Consultation, name, message)
                .help("add a transition with the act `consult`: it asks every agency that applies")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn nobody_asks() {
        check(
            &RULE,
            &changed(
                "[transition.consult]\nact = \"consult\"",
                "[transition.consult]\nact = \"verify\"",
            ),
            expect![[r#"
                67:15 no step that can be taken asks `fire-police`
                  help: add a transition with the act `consult`: it asks every agency that applies"#]],
        );
    }

    #[test]
    fn somebody_asks() {
        check(&RULE, &with(""), expect![""]);
    }
}
