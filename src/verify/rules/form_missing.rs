//! A paper for which the one-stop rules prescribe a form, and none is named.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, Target, Transition};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "form-missing",
    title: "a paper that the one-stop rules prescribe a form for, and none is named",
    severity: Severity::Warning,
    why: "The applicant gets a letter of any shape, in which the reasons or the day may be missing.",
    check,
};

/// Slip, supplement request, refusal and apology have forms (Circular 01/2018/TT-VPCP, Annex; Circular 03/2025/TT-VPCP, Annex I).
const ON_FORMS: [Act; 4] = [Act::Accept, Act::RefuseIntake, Act::RequestSupplement, Act::Apologise];

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions().iter();
    transitions
        .filter(|(_, _, it)| it.form.is_none() && ON_FORMS.contains(&it.act()))
        .filter(|(at, _, it)| !settles(case, it) && !case.is_followed(*at))
        .map(|(_, name, it)| {
            let message = format!("`{name}` with the act `{}` names no form", it.act());
            Finding::of(PartKind::Transition, name, message)
                .help("name citation and number in `form`, as in `form = \"forms/02\"`, or say `form = { unknown = \"…\" }`")
        })
        .collect()
}

/// What is settled at once needs no slip (Decree 61/2018/NĐ-CP, Art. 17(4)).
fn settles(case: &Case<'_>, transition: &Transition) -> bool {
    let Target::State(to) = transition.to() else { return false };
    let ends = case.procedure.states().get(to).is_some_and(|it| it.portal_status().is_terminal());
    ends && transition.act() == Act::Accept
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_request_without_a_form() {
        check(
            &RULE,
            &changed("form = \"decree/02\"\n", ""),
            expect![[r#"
            148:13 `request-supplement` with the act `request-supplement` names no form
              help: name citation and number in `form`, as in `form = "forms/02"`, or say `form = { unknown = "…" }`"#]],
        );
    }

    #[test]
    fn papers_on_forms() {
        check(&RULE, &with(""), expect![""]);
    }
}
