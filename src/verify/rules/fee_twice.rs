//! Two fees that charge one case for the same item.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Fee, Part, PartKind};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "fee-twice",
    title: "two fees that charge one case for the same item",
    severity: Severity::Warning,
    why: "The applicant pays twice for one thing.",
    check,
};

/// One finding a fee is enough to see that it charges again.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let fees: Vec<_> = case.procedure.fees().iter().map(|(_, name, it)| (name, it)).collect();
    let before = |place| fees.iter().take(place);
    let finding = |(place, later)| before(place).find_map(|it| finding(case, *it, later));
    fees.iter().copied().enumerate().filter_map(finding).collect()
}

fn finding(case: &Case<'_>, one: (Id, &Fee), other: (Id, &Fee)) -> Option<Finding> {
    let ((first, earlier), (second, later)) = (one, other);
    if earlier.item() != later.item() {
        return None;
    }
    let part = Part::new(PartKind::Fee, second);
    let guards: Vec<_> = earlier.when().into_iter().chain(later.when()).collect();
    let overlap = case.inquiry.overlap(part, &guards);
    let overlap = overlap.case()?;
    let (item, shown) = (later.item(), case.inquiry.shown(overlap));
    let message = format!("both `{first}` and `{second}` charge `{item}` for {shown}");
    let finding =
        Finding::at(part, message).help("let their conditions exclude each other, or keep one");
    Some(finding.witness(Witness::facts(case.inquiry.named(overlap))))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    const SECOND: &str =
        "\n[fee.more]\nitem = \"construction-permit/house\"\nwhen = \"floors > 3\"";

    #[test]
    fn one_item_twice() {
        check(
            &RULE,
            &with(SECOND),
            expect![[r#"
                224:6 both `permit` and `more` charge `construction-permit/house` for `floors = 4`
                  help: let their conditions exclude each other, or keep one
                  witness: floors = 4"#]],
        );
    }

    #[test]
    fn one_item_for_other_cases() {
        let text = changed(
            "item = \"construction-permit/house\"",
            "item = \"construction-permit/house\"\nwhen = \"floors <= 3\"",
        );
        check(&RULE, &(text + SECOND), expect![""]);
    }
}
