//! A consultation whose answer alone can let a dossier end.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::space::{Event, Marking, Space};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "join-waits-for-ever",
    title: "a join that waits for ever when an agency is silent",
    severity: Severity::Error,
    why: "An agency that does not answer holds the dossier, and nobody else can end it.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    case.whole_spaces().filter_map(|it| held(case, it)).collect()
}

fn held(case: &Case<'_>, space: &Space) -> Option<Finding> {
    let ends = |it: &Marking| case.procedure.is_end(it.state);
    let silent = space.leads_to(ends, |it| it.event != Event::Answered);
    let answered = space.leads_to(ends, |_| true);
    let at = silent.iter().zip(&answered).position(|(silent, answered)| !silent && *answered)?;
    let (name, state) = space.names(case.procedure, at)?;
    let message = format!("in state `{state}` only an answer of `{name}` lets the dossier end");
    let finding = Finding::at(Part::new(PartKind::Consultation, name), message)
        .help("give it a limit with `silence = \"consent\"`, or let a transition lead on without the answer")
        .witness(Witness::path(space.path_to(case.procedure, at)));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    /// The sound procedure in which only the signature ends what awaits it.
    fn unstoppable() -> String {
        with("").replace(
            "act = \"stop\"\nfrom = [\"awaiting-signature\"]",
            "act = \"stop\"\nfrom = [\"under-review\"]",
        )
    }

    /// The same, where the agency may still be asked then.
    fn unstoppable_and_asked() -> String {
        unstoppable().replace(
            "act = \"consult\"\nfrom = [\"under-review\"]",
            "act = \"consult\"\nfrom = [\"under-review\", \"awaiting-signature\"]",
        )
    }

    #[test]
    fn an_agency_whose_silence_settles_nothing() {
        let text =
            unstoppable_and_asked().replace("silence = \"consent\"", "silence = \"escalate\"");
        check(
            &RULE,
            &text,
            expect![[r#"
            67:15 in state `awaiting-signature` only an answer of `fire-police` lets the dossier end
              help: give it a limit with `silence = "consent"`, or let a transition lead on without the answer
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn an_agency_without_a_limit() {
        let text = unstoppable_and_asked()
            .replace("limit = \"1 working day\"", "limit = { unknown = \"not read\" }");
        check(
            &RULE,
            &text,
            expect![[r#"
            67:15 in state `awaiting-signature` only an answer of `fire-police` lets the dossier end
              help: give it a limit with `silence = "consent"`, or let a transition lead on without the answer
              witness: file → accept → submit"#]],
        );
    }

    #[test]
    fn an_agency_that_consents_by_silence() {
        check(&RULE, &unstoppable_and_asked(), expect![""]);
    }

    #[test]
    fn a_silent_agency_beside_whom_the_office_may_go_back() {
        let step = "[transition.send-back]\nact = \"plain\"\nfrom = \"awaiting-signature\"\n\
            to = \"under-review\"\nby = \"chair\"\nlaw = \"decree\"";
        let text = format!("{}\n{step}", unstoppable())
            .replace("silence = \"consent\"", "silence = \"escalate\"");
        check(&RULE, &text, expect![""]);
    }
}
