//! A decision that need not wait for an agency that must be asked.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{Branch, Event, Space};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "consultation-bypassed",
    title: "a way to the decision on which an agency need not have answered",
    severity: Severity::Error,
    why: "The result is signed without an opinion that the law asks for, and can be set aside for it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    case.spaces.iter().filter_map(|it| bypass(case, it)).collect()
}

fn bypass(case: &Case<'_>, space: &Space) -> Option<Finding> {
    let consultation = case.procedure.consultations().name(space.consultation?)?;
    let transitions = case.procedure.transitions();
    let (arc, name, branch) =
        space.arcs.iter().find_map(|arc| {
            let Event::Taken(at) = arc.event else { return None };
            let branch = space.markings.get(arc.from)?.branch;
            let decides = transitions.get(at)?.act() == Act::Decide;
            (decides && matches!(branch, Branch::Unasked | Branch::Open | Branch::Silent))
                .then_some((arc, transitions.name(at)?, branch))
        })?;
    let message = match branch {
        Branch::Unasked => {
            format!("`{name}` can be taken although `{consultation}` was never asked")
        }
        _ => format!("`{name}` can be taken although `{consultation}` has not answered"),
    };
    let path = space.path_to(case.procedure, arc.from);
    let finding = Finding::of(PartKind::Transition, name, message)
        .help("give it `needs = [\"consultations-answered\"]`")
        .witness(Witness::path(path).and(name));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_signature_that_waits_for_nobody() {
        check(
            &RULE,
            &changed("\"fee-settled\", \"consultations-answered\"", "\"fee-settled\""),
            expect![[r#"
                191:13 `sign` can be taken although `fire-police` was never asked
                  help: give it `needs = ["consultations-answered"]`
                  witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn silence_that_is_consent() {
        check(&RULE, &with(""), expect![""]);
    }
}
