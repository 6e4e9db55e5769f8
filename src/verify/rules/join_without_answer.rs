//! A consultation whose silence keeps the result away.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{Branch, Event, Space};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "join-without-answer",
    title: "a result that a silent agency keeps away",
    severity: Severity::Warning,
    why: "The office may stop or refuse the dossier, but as long as the agency is silent the applicant gets no decision.",
    check,
};

fn check(case: &Case<'_>, before: &Findings<'_>) -> Vec<Finding> {
    case.spaces
        .iter()
        .filter_map(|it| silent(case, it))
        .filter(|it| !before.is_found(WORSE, it))
        .collect()
}

/// The finding that says more about the same consultation.
const WORSE: &str = "join-waits-for-ever";

fn silent(case: &Case<'_>, space: &Space) -> Option<Finding> {
    let procedure = case.procedure;
    let name = procedure.consultations().name(space.consultation?)?;
    let decided =
        |at| procedure.states().get(at).is_some_and(|it| it.portal_status().is_processed());
    let silent = space.leads_to(|it| decided(it.state), |it| it.event != Event::Answered);
    let answered = space.leads_to(|it| decided(it.state), |_| true);
    let kept = |at: usize| {
        let marking = space.markings.get(at)?;
        let asked = matches!(marking.branch, Branch::Open | Branch::Silent);
        (asked && !*silent.get(at)? && *answered.get(at)?).then_some(at)
    };
    let kept = (0..space.markings.len()).find_map(kept)?;
    let message = format!("as long as `{name}` is silent, no result can be reached");
    let finding = Finding::at(Part::new(PartKind::Consultation, name), message)
        .help("if the law deems silence consent, say so with a limit; else waive it with the rule that says what follows")
        .witness(Witness::path(space.path_to(procedure, kept)));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_silent_agency_that_only_a_stop_ends() {
        let text = with("")
            .replace("silence = \"consent\"", "silence = \"escalate\"")
            .replace("act = \"refuse\"", "act = \"plain\"")
            .replace("to = \"refused\"", "to = \"stopped\"");
        check(
            &RULE,
            &text,
            expect![[r#"
            67:15 as long as `fire-police` is silent, no result can be reached
              help: if the law deems silence consent, say so with a limit; else waive it with the rule that says what follows
              witness: file → accept → consult"#]],
        );
    }

    #[test]
    fn a_silence_that_consents() {
        check(&RULE, &with(""), expect![""]);
    }
}
