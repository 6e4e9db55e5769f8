//! Two transitions of a choice that hold for the same case.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{HitPolicy, Part, PartKind, TransitionIdx};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::asked::asked;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::Meeting;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "choice-overlap",
    title: "two transitions of a choice that hold for the same case",
    severity: Severity::Error,
    why: "Two officers treat two like dossiers unlike, and both are right.",
    check,
};

const HELP: &str = "correct the condition that should not hold; only if the law puts one before the other, order the list with `hit-policy = \"first\"`";

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut seen: Vec<(Id, TransitionIdx)> = Vec::new();
    for it in &case.meetings {
        let choice = case.procedure.choices().find(&it.choice);
        if choice.is_none_or(|(_, it)| it.hit_policy() == HitPolicy::First) {
            continue;
        }
        for (place, &later) in it.of.iter().enumerate() {
            if seen.contains(&(it.choice, later)) {
                continue;
            }
            let mut earlier = it.of.iter().take(place);
            if let Some(finding) = earlier.find_map(|&other| finding(case, it, other, later)) {
                seen.push((it.choice, later));
                found.push(finding);
            }
        }
    }
    found
}

fn finding(
    case: &Case<'_>,
    it: &Meeting,
    one: TransitionIdx,
    other: TransitionIdx,
) -> Option<Finding> {
    let (procedure, choice) = (case.procedure, it.choice);
    let part = Part::new(PartKind::Choice, choice);
    let when = |at| procedure.transitions().get(at).and_then(|it| it.when());
    let guards: Vec<_> = when(one).into_iter().chain(when(other)).collect();
    let overlap = case.inquiry.overlap(part, &guards);
    let (overlap, state) = (overlap.case()?, procedure.states().name(it.state)?);
    let name = |at| procedure.transitions().name(at);
    let (first, second, shown) = (name(one)?, name(other)?, case.inquiry.shown(overlap));
    let message = format!("in state `{state}` both `{first}` and `{second}` hold for {shown}");
    let witness = Witness::path(case.path_to(it.state));
    let asked = [one, other].into_iter().filter_map(|at| asked(procedure, at, overlap));
    let finding = Finding::at(part, message).because(asked).help(HELP);
    Some(finding.witness(witness.knowing(case.inquiry.named(overlap))))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn an_incomplete_dossier_that_may_be_refused_as_well() {
        check(
            &RULE,
            &changed("when = \"complete and not eligible\"", "when = \"not eligible\""),
            expect![[r#"
                214:9 in state `under-review` both `request-supplement` and `propose-refusal` hold for `complete = false`, `eligible = false`
                  note: 148:13 `request-supplement` asks for `not complete`
                  note: 183:13 `propose-refusal` asks for `not eligible`
                  help: correct the condition that should not hold; only if the law puts one before the other, order the list with `hit-policy = "first"`
                  witness: file → accept; complete = false, eligible = false"#]],
        );
    }

    #[test]
    fn a_transition_without_a_condition_overlaps_with_every_other() {
        check(
            &RULE,
            &changed("when = \"complete and not eligible\"\n", ""),
            expect![[r#"
                213:9 in state `under-review` both `request-supplement` and `propose-refusal` hold for `complete = false`
                  note: 148:13 `request-supplement` asks for `not complete`
                  note: 183:13 `propose-refusal` has no condition
                  help: correct the condition that should not hold; only if the law puts one before the other, order the list with `hit-policy = "first"`
                  witness: file → accept; complete = false"#]],
        );
    }

    #[test]
    fn an_order_decides_an_overlap() {
        let text = changed("when = \"complete and not eligible\"", "when = \"not eligible\"")
            .replace(
                "of = [\"request-supplement\"",
                "hit-policy = \"first\"\nof = [\"request-supplement\"",
            );
        check(&RULE, &text, expect![""]);
    }
}
