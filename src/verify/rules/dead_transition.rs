//! A transition that nobody can ever take.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::bundle::STOP;
use crate::definition::{Part, PartKind, Position as _, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::Event;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "dead-transition",
    title: "a transition that nobody can ever take",
    severity: Severity::Error,
    why: "An officer or applicant is told of a step that will always be refused.",
    check,
};

/// What a term of unknown length brings is passed over: the term says why.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    if case.spaces.iter().any(|it| !it.is_whole) {
        return Vec::new();
    }
    let arcs = case.spaces.iter().flat_map(|it| &it.arcs);
    let mut live: BTreeSet<usize> = arcs
        .filter_map(|it| match it.event {
            Event::Taken(at) => Some(at.index()),
            Event::Answered | Event::Lapsed => None,
        })
        .collect();
    live.insert(procedure.filing().index());
    let expires = procedure.terms().iter().filter_map(|(_, _, it)| it.expires());
    live.extend(expires.map(TransitionIdx::index));
    // A part of a bundle ends with its case, which is not seen here.
    live.extend(procedure.transitions().find(&STOP).map(|(at, _)| at.index()));
    procedure
        .transitions()
        .iter()
        .filter(|(at, _, _)| !live.contains(&at.index()))
        .filter_map(|(_, name, it)| {
            let from = it.from().find(|it| case.graph.is_reached(*it))?;
            let message = format!("nothing that can happen lets anybody take `{name}`");
            let finding = Finding::at(Part::new(PartKind::Transition, name), message)
                .help("see what it needs in the states that it leaves, or remove it")
                .witness(Witness::path(case.path_to(from)));
            Some(finding)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_withdrawal_after_the_result() {
        let step = "[transition.withdraw]\nact = \"withdraw\"\nfrom = \"signed\"\nto = \"stopped\"\n\
            by = \"applicant\"\nlaw = \"decree\"";
        check(
            &RULE,
            &with(step),
            expect![[r#"
                223:13 nothing that can happen lets anybody take `withdraw`
                  help: see what it needs in the states that it leaves, or remove it
                  witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn a_withdrawal_before_or_after_the_result_is_possible_before() {
        let step = "[transition.withdraw]\nact = \"withdraw\"\nfrom = [\"under-review\", \"signed\"]\n\
            to = \"stopped\"\nby = \"applicant\"\nlaw = \"decree\"";
        check(&RULE, &with(step), expect![""]);
    }
}
