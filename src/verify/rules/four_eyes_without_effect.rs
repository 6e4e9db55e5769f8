//! A second pair of eyes that never looks at what the first did.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::PartKind;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::watch::bit;

pub(super) const RULE: Rule = Rule {
    code: "four-eyes-without-effect",
    title: "a rule of two persons that never applies",
    severity: Severity::Warning,
    why: "Everybody believes that two persons see the dossier, and one may do it all.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions();
    let mut found = Vec::new();
    for (at, name, transition) in transitions.iter() {
        for &first in transition.not_by_who_did() {
            let did = |phase, it| if it == first { bit(1) } else { bit(phase) };
            let Some(watch) = case.watch(bit(0), |phase, it| did(phase, it.at)) else { continue };
            let mut taken = case.steps().filter(|it| it.at == at).peekable();
            let Some(witness) = taken.peek().map(|it| case.way_by(it)) else { continue };
            if taken.any(|it| watch.phases(it.marking) & bit(1) != 0) {
                continue;
            }
            let Some(first) = transitions.name(first) else { continue };
            let message = format!(
                "whoever took `{first}` may not take `{name}`, but `{first}` never comes before it"
            );
            found.push(
                Finding::of(PartKind::Transition, name, message)
                    .help("name in `not-by-who-did` a transition that comes before it")
                    .witness(witness),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_step_that_comes_after() {
        check(
            &RULE,
            &changed(
                "needs = [\"fee-settled\"",
                "not-by-who-did = [\"return\"]\nneeds = [\"fee-settled\"",
            ),
            expect![[r#"
                191:13 whoever took `return` may not take `sign`, but `return` never comes before it
                  help: name in `not-by-who-did` a transition that comes before it
                  witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn a_step_that_comes_before() {
        check(
            &RULE,
            &changed(
                "needs = [\"fee-settled\"",
                "not-by-who-did = [\"submit\"]\nneeds = [\"fee-settled\"",
            ),
            expect![""],
        );
    }
}
