//! Parts that are given more than the whole has, in its own unit.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Rule;
use super::group_term_too_short::{Exceeding, Known, assignments, exceeding, shown};
use crate::definition::{DECISION, Part, PartKind};
use crate::diagnostic::Severity;
use crate::text::Lang;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "parts-exceed-limit",
    title: "parts that are given more than the whole has",
    severity: Severity::Error,
    why: "Every agency is in time, and the whole is late whatever the day and whatever the holidays.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some(bundle) = case.bundle else { return Vec::new() };
    let all = assignments(bundle.lead()).into_iter();
    all.filter_map(|it| Some(finding(&it, &exceeding(bundle, &it)?))).collect()
}

/// Shows it at the part that is given most.
fn finding(known: &Known, it: &Exceeding) -> Finding {
    let way: Vec<String> = it.path.iter().map(|it| format!("`{}`", it.part)).collect();
    let (sum, whole) = (it.sum.label(Lang::En), it.whole.label(Lang::En));
    let message = format!("{} may take {sum}, and the whole has {whole}", way.join(", then "));
    let path = it.path.iter().map(|it| it.part);
    let finding = Finding::at(Part::new(PartKind::Term, DECISION), message)
        .by(it.sum.number().saturating_sub(it.whole.number()).into())
        .help("shorten a part in the bundle, or lengthen the whole: no day makes up for it")
        .witness(Witness::path(path).knowing(shown(known)));
    let most = it.path.iter().max_by_key(|it| it.number).and_then(|it| it.span);
    most.into_iter().fold(finding, Finding::over)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{JOINED, check_joined};

    #[test]
    fn parts_one_after_the_other_that_sum_to_more() {
        let text = JOINED.replacen("limit = \"5 working days\"", "limit = \"4 working days\"", 1);
        check_joined(
            &RULE,
            &text,
            expect![[r#"
            69:7 `birth`, then `residence` may take 5 working days, and the whole has 4 working days
              help: shorten a part in the bundle, or lengthen the whole: no day makes up for it
              witness: birth → residence; verification = true"#]],
        );
    }

    #[test]
    fn parts_that_sum_to_the_whole_and_end_later_on_some_days() {
        check_joined(&RULE, JOINED, expect![""]);
    }
}
