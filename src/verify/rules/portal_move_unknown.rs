//! A move between two statuses of the Portal that it does not know.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{PartKind, Target, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "portal-move-unknown",
    title: "a move between statuses that the Portal does not know",
    severity: Severity::Warning,
    why: "The Portal refuses the update, and the applicant goes on seeing the old status.",
    check,
};

/// Where a dossier may go from each status, the same status apart.
///
/// A fee may be asked for before the reception, and what is settled at once is
/// received and returned in one step (Decree 61/2018/NĐ-CP, Art. 17(4)).
const MOVES: [(u8, &[u8]); 7] = [
    (1, &[2, 3, 4, 5, 6, 7, 8, 10]),
    (2, &[4, 5, 6, 7, 8, 9, 10]),
    (4, &[5, 6, 7, 8, 9]),
    (5, &[1, 2, 3, 4, 7, 8]),
    (6, &[1, 2, 4, 7, 8]),
    (7, &[8]),
    (9, &[10]),
];

/// What leads back was possible the other way round.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| it.transition.to() != Target::Previous) {
        let (Some((_, from)), Some((_, to))) = (case.state(step.from), case.state(step.to)) else {
            continue;
        };
        let (from, to) = (from.portal_status(), to.portal_status());
        let mut known = MOVES.iter().filter(|(it, _)| *it == from.code());
        let is_known = from == to || known.any(|(_, it)| it.contains(&to.code()));
        if !is_known && is_fresh(&mut said, step.at) {
            let message = format!(
                "`{}` moves the dossier from status {from} of the Portal to status {to}",
                step.name
            );
            found.push(
                Finding::of(PartKind::Transition, step.name, message)
                    .help(onward(from.code()))
                    .witness(case.way_by(&step)),
            );
        }
    }
    found
}

fn onward(from: u8) -> String {
    let onward = MOVES.iter().find(|(it, _)| *it == from).map_or(&[][..], |(_, it)| it);
    let onward: Vec<String> = onward.iter().map(|it| format!("{it}")).collect();
    format!("the Portal lets {from} be followed by {}", onward.join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_decision_on_what_was_not_received() {
        check(
            &RULE,
            &changed(
                "to = \"under-review\"\nby = [\"one-stop\"]",
                "to = \"signed\"\nby = [\"one-stop\"]",
            ),
            expect![[r#"
                124:13 `accept` moves the dossier from status 1 of the Portal to status 9
                  help: the Portal lets 1 be followed by 2, 3, 4, 5, 6, 7, 8, 10
                  witness: file → accept"#]],
        );
    }

    #[test]
    fn known_moves() {
        check(&RULE, &with(""), expect![""]);
    }
}
