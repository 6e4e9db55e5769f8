//! A case for which a choice has no transition.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::{Meeting, named};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "choice-gap",
    title: "a case for which a choice has no transition",
    severity: Severity::Error,
    why: "Everything is known about the dossier, and the officer may neither grant it, nor refuse it, nor ask for more.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    case.meetings.iter().filter_map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, it: &Meeting) -> Option<Finding> {
    let (procedure, choice) = (case.procedure, it.choice);
    let part = Part::new(PartKind::Choice, choice);
    let (gap, state) = (it.gap.case()?, procedure.states().name(it.state)?);
    let (of, shown) = (named(procedure, &it.of), case.inquiry.shown(gap));
    let message = format!("in state `{state}` none of {of} holds for {shown}");
    let help = format!("widen a condition, or add a transition for this case to choice `{choice}`");
    let witness = Witness::path(case.path_to(it.state));
    Some(Finding::at(part, message).help(help).witness(witness.knowing(case.inquiry.named(gap))))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_complete_dossier_that_may_neither_be_granted_nor_refused() {
        check(
            &RULE,
            &changed(
                "when = \"complete and not eligible\"",
                "when = \"complete and not eligible and floors > 2\"",
            ),
            expect![[r#"
                214:9 in state `under-review` none of `request-supplement`, `submit`, `propose-refusal` holds for `floors = 1`, `complete = true`, `eligible = false`
                  help: widen a condition, or add a transition for this case to choice `appraisal`
                  witness: file → accept; floors = 1, complete = true, eligible = false"#]],
        );
    }

    #[test]
    fn a_gap_at_a_channel_that_is_not_offered_is_none() {
        let text = changed(
            "when = \"complete and not eligible\"",
            "when = \"complete and not eligible and channel in [counter, online]\"",
        ) + "\n[fact.channel]\ntype = \"choice\"\nvalues = [\"counter\", \"postal\", \"online\"]";
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn what_may_still_become_known_is_no_gap() {
        let text = changed(
            "when = \"complete and not eligible\"",
            "when = \"complete and known(eligible) and not eligible\"",
        );
        check(&RULE, &text, expect![""]);
    }
}
