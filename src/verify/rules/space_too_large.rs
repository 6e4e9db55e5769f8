//! More can become of a dossier than is looked at.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{MAX_COUNTED, MAX_MARKINGS, limited};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "space-too-large",
    title: "more can become of a dossier than is looked at",
    severity: Severity::Error,
    why: "What was not looked at may strand a citizen, and nobody would know.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    if case.spaces.iter().all(|it| it.is_whole) {
        return Vec::new();
    }
    let limited: Vec<Id> = limited(case.procedure).map(|(name, _)| name).collect();
    let message = match limited.len() {
        0..=MAX_COUNTED => format!("more than {MAX_MARKINGS} situations of a dossier differ"),
        _ => format!("more than {MAX_COUNTED} transitions that lead on are limited in number"),
    };
    let finding = Finding::whole(message)
        .help("let fewer transitions that lead on have `at-most`, or let going beyond be a breach")
        .witness(Witness::path(limited));
    Vec::from([finding])
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    /// Steps between the review and the signature that each may be taken so often only.
    fn limited(steps: usize) -> String {
        let step = |it| {
            format!(
                "[transition.t{it}]\nact = \"plain\"\nfrom = \"under-review\"\nto = \"awaiting-signature\"\n\
                by = \"officer\"\nat-most = 9\nlaw = \"decree\"\n[transition.b{it}]\nact = \"plain\"\n\
                from = \"awaiting-signature\"\nto = \"under-review\"\nby = \"chair\"\nlaw = \"decree\"\n"
            )
        };
        (0..steps).map(step).collect()
    }

    #[test]
    fn a_few_limited_steps_are_told_apart() {
        check(&RULE, &with(&limited(2)), expect![""]);
    }

    #[test]
    fn many_limited_steps_are_too_many() {
        check(
            &RULE,
            &with(&limited(6)),
            expect![[r#"
                3:1 more than 16384 situations of a dossier differ
                  help: let fewer transitions that lead on have `at-most`, or let going beyond be a breach
                  witness: t0 → t1 → t2 → t3 → t4 → t5"#]],
        );
    }
}
