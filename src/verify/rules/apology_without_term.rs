//! An apology or extension where no statutory term runs.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, StateIdx, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::{RUNNING, SUSPENDED};
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "apology-without-term",
    title: "an apology or extension where no statutory term runs",
    severity: Severity::Warning,
    why: "There is no day to put off, so the step is refused or promises what nobody counts.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some(run) = case.decision() else { return Vec::new() };
    let lives = |marking| run.phases(marking) & (bit(RUNNING) | bit(SUSPENDED)) != 0;
    let mut said: Vec<(TransitionIdx, StateIdx)> = Vec::new();
    let mut found = Vec::new();
    for step in
        case.steps().filter(|it| matches!(it.transition.act(), Act::Apologise | Act::Extend))
    {
        let mut situations = case.situations().filter(|it| it.1 == step.from);
        if situations.any(|it| lives(it.0)) || !is_fresh(&mut said, (step.at, step.from)) {
            continue;
        }
        let Some((state, _)) = case.state(step.from) else { continue };
        let message = format!(
            "`{}` leaves state `{state}`, in which the statutory term does not run",
            step.name
        );
        found.push(
            Finding::of(PartKind::Transition, step.name, message)
                .help(format!("take `{state}` out of its `from`"))
                .witness(case.way_by(&step)),
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
    fn an_apology_for_a_result_that_is_there() {
        check(
            &RULE,
            &with(
                "[transition.apologise]\nact = \"apologise\"\nfrom = [\"under-review\", \"signed\"]\nto = \"same\"\nby = \"chair\"\nat-most = 1",
            ),
            expect![[r#"
                223:13 `apologise` leaves state `signed`, in which the statutory term does not run
                  help: take `signed` out of its `from`
                  witness: file → accept → submit → sign → apologise"#]],
        );
    }

    #[test]
    fn an_apology_while_the_term_runs() {
        check(
            &RULE,
            &with(
                "[transition.apologise]\nact = \"apologise\"\nfrom = [\"under-review\"]\nto = \"same\"\nby = \"chair\"\nat-most = 1",
            ),
            expect![""],
        );
    }
}
