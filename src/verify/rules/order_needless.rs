//! An ordered choice in which no two transitions overlap.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::guard::Exists;
use crate::definition::{Choice, Part, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "order-needless",
    title: "an ordered choice in which nothing overlaps",
    severity: Severity::Warning,
    why: "Officers look for the rank of conditions that never compete, and an overlap that comes later goes unseen.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let choices = case.procedure.choices().iter();
    choices
        .map(|(_, name, it)| (Part::new(PartKind::Choice, name), it))
        .filter(|(part, it)| !it.written().is_empty() && is_needless(case, *part, it))
        .map(|(part, it)| {
            let message =
                format!("no two transitions of choice `{}` hold for the same case", part.name());
            let of = it.of().iter().filter_map(|it| case.procedure.transitions().name(*it));
            Finding::at(part, message).help("leave `hit-policy` out").witness(Witness::path(of))
        })
        .collect()
}

fn is_needless(case: &Case<'_>, part: Part, choice: &Choice) -> bool {
    let written = choice.written();
    let apart = |(place, later): (usize, _)| {
        let mut earlier = written.iter().take(place);
        earlier.all(|it| case.inquiry.overlap(part, &[it, later]) == Exists::Nowhere)
    };
    written.iter().enumerate().all(apart)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    const FIRST: (&str, &str) =
        ("of = [\"request-supplement\"", "hit-policy = \"first\"\nof = [\"request-supplement\"");

    #[test]
    fn an_order_among_conditions_that_exclude_each_other() {
        check(
            &RULE,
            &changed(FIRST.0, FIRST.1),
            expect![[r#"
                214:9 no two transitions of choice `appraisal` hold for the same case
                  help: leave `hit-policy` out
                  witness: request-supplement → submit → propose-refusal"#]],
        );
    }

    #[test]
    fn an_order_that_decides() {
        let text = changed("when = \"complete and not eligible\"", "when = \"not eligible\"")
            .replace(FIRST.0, FIRST.1);
        check(&RULE, &text, expect![""]);
    }
}
