//! A request for papers that may be made again and again.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "supplement-unlimited",
    title: "a request for papers that may be repeated without a trace",
    severity: Severity::Warning,
    why: "Everything missing is asked for once (Decree 61/2018/NĐ-CP, Art. 15(3)); a second request counts as late in the service index and must leave a trace.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let transitions = case.procedure.transitions().iter();
    transitions
        .filter(|(_, _, it)| it.act() == Act::RequestSupplement && it.at_most().is_none())
        .filter(|(at, _, _)| !case.is_followed(*at))
        .map(|(_, name, _)| {
            let message = format!("`{name}` may ask the applicant for papers any number of times");
            Finding::of(PartKind::Transition, name, message)
                .help("say `at-most = 1`, with `beyond = \"breach\"` so that a second one stays possible and is recorded")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn again_and_again() {
        check(
            &RULE,
            &changed("at-most = 1\nbeyond = \"breach\"\n", ""),
            expect![[r#"
            148:13 `request-supplement` may ask the applicant for papers any number of times
              help: say `at-most = 1`, with `beyond = "breach"` so that a second one stays possible and is recorded"#]],
        );
    }

    #[test]
    fn once_and_then_with_a_trace() {
        check(&RULE, &with(""), expect![""]);
    }
}
