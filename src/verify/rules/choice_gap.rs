//! A case for which a choice has no transition.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::asked::{asked, other_gaps, outside};
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

const HELP: &str = "ask what the law says of this case, then correct the condition that should hold; add a transition only where the law knows one more";

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    case.meetings.iter().filter_map(|it| finding(case, it)).collect()
}

fn finding(case: &Case<'_>, it: &Meeting) -> Option<Finding> {
    let (procedure, choice) = (case.procedure, it.choice);
    let part = Part::new(PartKind::Choice, choice);
    let (gap, state) = (it.gap.case()?, procedure.states().name(it.state)?);
    let (of, shown) = (named(procedure, &it.of), case.inquiry.shown(gap));
    let message = format!("in state `{state}` none of {of} holds for {shown}");
    let asked = it.of.iter().filter_map(|at| asked(procedure, *at, gap));
    let details = asked.chain(outside(case, it, gap)).chain(other_gaps(case, it, gap));
    let finding = Finding::at(part, message).because(details).help(HELP);
    let witness = Witness::path(case.path_to(it.state));
    Some(finding.witness(witness.knowing(case.inquiry.named(gap))))
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
                  note: 148:13 `request-supplement` asks for `not complete`, which fails here
                  note: 175:13 `submit` asks for `complete and eligible`; here `eligible` fails
                  note: 183:13 `propose-refusal` asks for `complete and not eligible and floors > 2`; here `floors > 2` fails
                  help: ask what the law says of this case, then correct the condition that should hold; add a transition only where the law knows one more
                  witness: file → accept; floors = 1, complete = true, eligible = false"#]],
        );
    }

    #[test]
    fn a_second_gap_that_stays_when_the_first_is_closed() {
        let text = changed(
            "when = \"complete and not eligible\"",
            "when = \"complete and not eligible and floors > 2\"",
        )
        .replace(
            "when = \"complete and eligible\"",
            "when = \"complete and eligible and floors < 5\"",
        );
        check(
            &RULE,
            &text,
            expect![[r#"
            214:9 in state `under-review` none of `request-supplement`, `submit`, `propose-refusal` holds for `floors = 1`, `complete = true`, `eligible = false`
              note: 148:13 `request-supplement` asks for `not complete`, which fails here
              note: 175:13 `submit` asks for `complete and eligible and floors < 5`; here `eligible` fails
              note: 183:13 `propose-refusal` asks for `complete and not eligible and floors > 2`; here `floors > 2` fails
              note: another gap, all else alike, for `floors = 5`, `eligible = true`
              help: ask what the law says of this case, then correct the condition that should hold; add a transition only where the law knows one more
              witness: file → accept; floors = 1, complete = true, eligible = false"#]],
        );
    }

    #[test]
    fn a_transition_of_another_role_that_holds() {
        let text = changed(
            "when = \"complete and not eligible\"",
            "when = \"complete and not eligible and floors > 2\"",
        ) + "\n[transition.refuse-small]\nact = \"refuse\"\nfrom = [\"under-review\"]\nto = \"refused\"\n\
             by = [\"chair\"]\nwhen = \"floors <= 2\"\nlaw = [\"decree\"]";
        check(
            &RULE,
            &text,
            expect![[r#"
            214:9 in state `under-review` none of `request-supplement`, `submit`, `propose-refusal` holds for `floors = 1`, `complete = true`, `eligible = false`
              note: 148:13 `request-supplement` asks for `not complete`, which fails here
              note: 175:13 `submit` asks for `complete and eligible`; here `eligible` fails
              note: 183:13 `propose-refusal` asks for `complete and not eligible and floors > 2`; here `floors > 2` fails
              note: 223:13 `refuse-small` holds here, but not for `officer`; adding it does not close the gap
              help: ask what the law says of this case, then correct the condition that should hold; add a transition only where the law knows one more
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
