//! More ways through the office than are timed.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "routes-too-many",
    title: "more ways through the office than are timed",
    severity: Severity::Error,
    why: "One of the ways that were not timed may take longer than the law allows.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let short = case.timetables.cut_short().iter();
    let states = || case.procedure.states().iter().map(|(_, name, _)| name);
    short
        .map(|term| {
            let message =
                format!("the ways that must keep `{term}` are too many to be timed on every day");
            Finding::at(Part::new(PartKind::Term, *term), message)
                .help("join states between which a dossier goes to and fro")
                .witness(Witness::path(states()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    /// States of which each leads to every other.
    fn tangled(states: usize) -> String {
        let state =
            |it| format!("[state.s{it}]\nname = \"S\"\nrole = \"officer\"\nportal-status = 4\n");
        let all: String = (0..states).map(|it| format!("\"s{it}\", ")).collect();
        let step = |it| {
            format!(
                "[transition.to-s{it}]\nact = \"plain\"\nfrom = [{all}\"under-review\"]\nto = \"s{it}\"\nby = \"officer\"\n"
            )
        };
        let back = format!(
            "[transition.back]\nact = \"plain\"\nfrom = [{all}]\nto = \"awaiting-signature\"\nby = \"officer\"\n"
        );
        (0..states).map(state).chain((0..states).map(step)).chain([back]).collect()
    }

    #[test]
    fn a_knot_of_states() {
        check(
            &RULE,
            &with(&tangled(9)),
            expect![[r#"
            55:7 the ways that must keep `decision` are too many to be timed on every day
              help: join states between which a dossier goes to and fro
              witness: filed → refused-at-intake → under-review → supplement-requested → awaiting-signature → signed → refused → stopped → returned → s0 → s1 → s2 → s3 → s4 → s5 → s6 → s7 → s8"#]],
        );
    }

    #[test]
    fn a_few_states_that_all_lead_to_each_other() {
        check(&RULE, &with(&tangled(4)), expect![""]);
    }
}
