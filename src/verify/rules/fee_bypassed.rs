//! A fee that a decided dossier need not pay.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, Fee, PartKind, Requirement, Transition, TransitionIdx};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::case::Step;
use crate::verify::finding::{Finding, Findings};
use crate::verify::watch::{Phases, bit};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "fee-bypassed",
    title: "a way from the filing to the result on which a fee is never asked for",
    severity: Severity::Error,
    why: "Some applicants pay and others with the same case do not, and the office answers for the difference.",
    check,
};

/// Nothing was decided yet; something was.
const OPEN: u8 = 0;
const DECIDED: u8 = 1;

/// Status 10 of the Portal: the applicant has the result.
const RETURNED: u8 = 10;

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let fees = case.procedure.fees().iter();
    fees.filter_map(|(_, name, fee)| bypass(case, name, fee)).collect()
}

fn bypass(case: &Case<'_>, name: Id, fee: &Fee) -> Option<Finding> {
    let next = |phase, step: Step<'_>| -> Phases {
        match step.transition.act() {
            _ if demands(fee, step.at, step.transition) => 0,
            Act::Decide => bit(DECIDED),
            _ => bit(phase),
        }
    };
    let watch = case.watch(bit(OPEN), next)?;
    let returned = case.situations().find(|(marking, _, it)| {
        it.portal_status().code() == RETURNED && watch.phases(*marking) & bit(DECIDED) != 0
    });
    let path = watch.path_to(case.procedure, returned?.0, DECIDED);
    let mut transitions = case.procedure.transitions().iter();
    let asked = transitions.any(|(at, _, it)| demands(fee, at, it));
    let message = match asked {
        true => format!("the result can be had without fee `{name}` having been settled"),
        false => format!("no transition waits until fee `{name}` is settled"),
    };
    let finding = Finding::of(PartKind::Fee, name, message)
        .help("name in `due-before` a transition that every way to the result takes, or give one on each way `needs = [\"fee-settled\"]`")
        .witness(Witness::path(path));
    Some(finding)
}

/// Returns true when a transition cannot be taken while the fee is open.
fn demands(fee: &Fee, at: TransitionIdx, transition: &Transition) -> bool {
    match fee.due_before() {
        Some(before) => before == at,
        None => transition.needs().contains(&Requirement::FeeSettled),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_second_signature() {
        check(
            &RULE,
            &with(
                "[transition.sign-at-once]\nact = \"decide\"\nfrom = \"under-review\"\nto = \"signed\"\nby = \"chair\"\nresult = \"permit\"",
            ),
            expect![[r#"
                218:6 the result can be had without fee `permit` having been settled
                  help: name in `due-before` a transition that every way to the result takes, or give one on each way `needs = ["fee-settled"]`
                  witness: file → accept → sign-at-once → return"#]],
        );
    }

    #[test]
    fn a_fee_that_nothing_waits_for() {
        check(
            &RULE,
            &changed("due-before = \"sign\"\n", "")
                .replace("needs = [\"fee-settled\", ", "needs = ["),
            expect![[r#"
                218:6 no transition waits until fee `permit` is settled
                  help: name in `due-before` a transition that every way to the result takes, or give one on each way `needs = ["fee-settled"]`
                  witness: file → accept → submit → sign → return"#]],
        );
    }

    #[test]
    fn a_fee_that_is_settled_at_the_signature() {
        check(&RULE, &changed("due-before = \"sign\"\n", ""), expect![""]);
    }

    #[test]
    fn whoever_is_refused_pays_nothing() {
        check(&RULE, &with(""), expect![""]);
    }
}
