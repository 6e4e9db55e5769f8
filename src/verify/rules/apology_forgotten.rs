//! A desk on which the statutory term runs, and no apology is possible, as elsewhere.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, StateIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::RUNNING;
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "apology-forgotten",
    title: "a desk that cannot apologise for a delay, although others can",
    severity: Severity::Warning,
    why: "A dossier that is late there keeps a day that will not be met, and the applicant is told nothing.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let apologises = |at| case.procedure.leaving(at).any(|(_, _, it)| it.act() == Act::Apologise);
    let model = case.procedure.transitions().iter().find(|(_, _, it)| it.act() == Act::Apologise);
    let (Some((_, model, _)), Some(decision)) = (model, case.decision()) else { return Vec::new() };
    let mut said: Vec<StateIdx> = Vec::new();
    let mut found = Vec::new();
    for (marking, at, state) in case.situations() {
        let works = state.role().is_some() && matches!(state.portal_status().code(), 2 | 4);
        let runs = decision.phases(marking) & bit(RUNNING) != 0;
        if !works || !runs || apologises(at) || !is_fresh(&mut said, at) {
            continue;
        }
        let Some((name, _)) = case.state(at) else { continue };
        let message = format!(
            "in state `{name}` the statutory term runs, and nobody can apologise for a delay"
        );
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
    fn a_desk_that_was_added_and_forgotten() {
        check(
            &RULE,
            &with(APOLOGY),
            expect![[r#"
            94:8 in state `awaiting-signature` the statutory term runs, and nobody can apologise for a delay
              help: give the state `leaves-by = ["apologise"]`
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn every_desk() {
        check(&RULE, &with(APOLOGY).replace("from = [\"under-review\"]\nto = \"same\"\nby = [\"chair\"]", "from = [\"under-review\", \"awaiting-signature\"]\nto = \"same\"\nby = [\"chair\"]"), expect![""]);
    }

    const APOLOGY: &str = "[transition.apologise]\nact = \"apologise\"\nfrom = [\"under-review\"]\nto = \"same\"\nby = [\"chair\"]\nat-most = 1";
}
