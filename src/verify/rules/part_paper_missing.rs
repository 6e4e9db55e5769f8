//! A document of a part that the case never hands over.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "part-paper-missing",
    title: "a document of a part that the one filing does not bring",
    severity: Severity::Warning,
    why: "The applicant filed once and is asked again, by an agency that they have never seen.",
    check,
};

/// Documents under a condition are passed over: the case may never meet it.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some(bundle) = case.bundle else { return Vec::new() };
    let mut found = Vec::new();
    for (at, part, it) in bundle.parts().iter() {
        let answered = |name| it.documents().iter().any(|it| it.document == name);
        let asked = it.procedure().documents().iter();
        let asked = asked.filter(|(_, _, it)| it.when().is_none() && !it.presented());
        for (_, name, _) in asked.filter(|(_, name, _)| !answered(*name)) {
            let message = format!("document `{name}` of part `{part}` does not come with the case");
            let finding = Finding::whole(message).help(format!(
                "name what takes its place, as in `documents = {{ {name} = \"document.form\" }}`"
            ));
            found.push(bundle.parts().span(at).into_iter().fold(finding, Finding::over));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{JOINED, check_joined};

    #[test]
    fn the_declaration_of_one_part() {
        let text = JOINED.replace("ct01 = \"document.form\", ", "");
        check_joined(
            &RULE,
            &text,
            expect![[r#"
                69:7 document `ct01` of part `residence` does not come with the case
                  help: name what takes its place, as in `documents = { ct01 = "document.form" }`"#]],
        );
    }

    #[test]
    fn a_result_that_takes_the_place_of_a_paper() {
        check_joined(&RULE, JOINED, expect![""]);
    }
}
