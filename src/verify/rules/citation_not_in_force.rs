//! A law that is not in force on all days of the version.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::Procedure;
use crate::definition::{Form, LawIdx, PartKind};
use crate::diagnostic::Severity;
use crate::law::Interval;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;
use chrono::NaiveDate;

pub(super) const RULE: Rule = Rule {
    code: "citation-not-in-force",
    title: "a law that is not in force on every day of the version",
    severity: Severity::Error,
    why: "Officers decide by a law that has ended or has not begun, and the decision can be set aside.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let laws = case.procedure.laws();
    let used = used(case.procedure);
    let cited = laws.iter().filter(|it| used.contains(&it.0));
    cited
        .filter_map(|(_, name, citation)| {
            let day = first_day_outside(case.procedure, citation.in_force()?)?;
            let message = format!("`{name}` ({}) is not in force on every day of the version", citation.instrument());
            let finding = Finding::of(PartKind::Law, name, message)
                .help("end the version before that day, cite what is in force then, or waive it with the transitional rule")
                .witness(Witness::default().on(day));
            Some(finding)
        })
        .collect()
}

/// Returns the first day of a version on which a law is not in force.
///
/// A part of a bundle is opened with its case: when the last one is, nobody knows.
fn first_day_outside(procedure: &Procedure, law: Interval) -> Option<NaiveDate> {
    let version = procedure.effective();
    if !law.contains(version.from()) {
        return Some(version.from());
    }
    law.until().filter(|it| !procedure.is_part && version.contains(*it))
}

/// Returns the citations on which some part rests.
pub(super) fn used(procedure: &Procedure) -> Vec<LawIdx> {
    let mut used: Vec<LawIdx> = procedure.law.clone();
    fn issued(form: Option<&Form>) -> Option<LawIdx> {
        form.map(Form::instrument)
    }
    for (_, _, it) in procedure.databases().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.documents().iter() {
        used.extend(it.law().iter().copied().chain(issued(it.form())));
    }
    for (_, _, it) in procedure.results().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.terms().iter() {
        used.extend(it.law().iter().chain(it.cases().iter().flat_map(|it| it.law())));
    }
    for (_, _, it) in procedure.consultations().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.states().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.transitions().iter() {
        used.extend(it.law().iter().copied().chain(issued(it.form())));
    }
    for (_, _, it) in procedure.choices().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.fees().iter() {
        used.extend(it.law());
    }
    for (_, _, it) in procedure.waivers().iter() {
        used.extend(it.law());
    }
    used
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_law_that_ends_before_the_version() {
        check(
            &RULE,
            &changed(
                "in-force = { from = 2025-07-01 }",
                "in-force = { from = 2025-07-01, until = 2027-03-01 }",
            ),
            expect![[r#"
                13:6 `decree` (118/2025/NĐ-CP) is not in force on every day of the version
                  help: end the version before that day, cite what is in force then, or waive it with the transitional rule
                  witness: from 2027-03-01"#]],
        );
    }

    #[test]
    fn a_law_that_begins_after_the_version() {
        check(
            &RULE,
            &changed("in-force = { from = 2025-07-01 }", "in-force = { from = 2025-08-01 }"),
            expect![[r#"
                13:6 `decree` (118/2025/NĐ-CP) is not in force on every day of the version
                  help: end the version before that day, cite what is in force then, or waive it with the transitional rule
                  witness: from 2025-07-01"#]],
        );
    }

    #[test]
    fn a_law_of_which_the_days_are_not_known() {
        check(&RULE, &changed("in-force = { from = 2025-07-01 }\n", ""), expect![""]);
    }

    #[test]
    fn a_version_that_ends_with_its_law() {
        check(
            &RULE,
            &changed(
                "in-force = { from = 2025-07-01 }",
                "in-force = { from = 2025-07-01, until = 2027-03-01 }",
            )
            .replace(
                "effective = { from = 2025-07-01 }",
                "effective = { from = 2025-07-01, until = 2027-03-01 }",
            ),
            expect![""],
        );
    }
}
