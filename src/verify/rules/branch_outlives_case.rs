//! A step by which somebody ends the lead while its parts may still be open.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind, Procedure, Target, Transition};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "branch-outlives-case",
    title: "a case that ends before its parts",
    severity: Severity::Error,
    why: "The applicant is told that all is done, and an agency goes on with a procedure whose result nobody will fetch.",
    check,
};

/// What stops the case stops its parts; what ends it with a result must wait for them.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    if case.bundle.is_none() {
        return Vec::new();
    }
    let steps = procedure.transitions().iter();
    let found = steps.filter(|(at, _, it)| {
        ends_with_result(procedure, it) && !procedure.followed().contains(at)
    });
    let found = found.filter_map(|(_, name, it)| {
        let open = |at| procedure.states().get(at).filter(|it| !it.portal_status().is_settled());
        let from = it.from().find(|it| open(*it).is_some())?;
        let message = format!("`{name}` ends the case while its parts may be open");
        let finding = Finding::at(Part::new(PartKind::Transition, name), message)
            .help("let only the system take it, with the act `decide`, `refuse` or `stop`")
            .witness(Witness::path(case.path_to(from).into_iter().chain([name])));
        Some(finding)
    });
    found.collect()
}

fn ends_with_result(procedure: &Procedure, transition: &Transition) -> bool {
    let Target::State(to) = transition.to() else { return false };
    procedure
        .states()
        .get(to)
        .is_some_and(|it| it.portal_status().is_processed() || it.portal_status().is_returned())
}

#[cfg(test)]
mod tests {
    use std::format;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{JOINED, check_joined};

    #[test]
    fn an_officer_who_need_not_wait() {
        let early = "
[transition.finish]
act = \"plain\"
from = [\"in-progress\"]
to = \"ready\"
by = [\"one-stop\"]
";
        check_joined(
            &RULE,
            &format!("{JOINED}{early}"),
            expect![[r#"
                96:13 `finish` ends the case while its parts may be open
                  help: let only the system take it, with the act `decide`, `refuse` or `stop`
                  witness: file → accept → finish"#]],
        );
    }

    #[test]
    fn an_officer_who_returns_what_is_ready() {
        check_joined(&RULE, JOINED, expect![""]);
    }
}
