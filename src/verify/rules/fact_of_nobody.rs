//! A fact on which a condition depends and that nobody establishes.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use super::fact_never_used::guards;
use crate::definition::fact::FactIdx;
use crate::definition::{CHANNEL, PartKind};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};

pub(super) const RULE: Rule = Rule {
    code: "fact-of-nobody",
    title: "a fact that conditions ask for, and nobody establishes",
    severity: Severity::Warning,
    why: "A step is refused because something is not known, and nobody can say who must find it out.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut used: Vec<FactIdx> = Vec::new();
    guards(case.procedure, |it| used.extend(it.facts()));
    let facts = case.procedure.facts().iter();
    facts
        .filter(|(at, it)| it.by().is_none() && it.id() != CHANNEL && used.contains(at))
        .map(|(_, it)| {
            let name = it.id();
            let message =
                format!("conditions ask for fact `{name}`, and nothing says who establishes it");
            Finding::of(PartKind::Fact, name, message).help("name the role in `by`")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_fact_of_nobody() {
        check(
            &RULE,
            &changed(
                "type = \"boolean\"\nby = \"officer\"\n\n[fact.eligible]",
                "type = \"boolean\"\n\n[fact.eligible]",
            ),
            expect![[r#"
                22:7 conditions ask for fact `complete`, and nothing says who establishes it
                  help: name the role in `by`"#]],
        );
    }

    #[test]
    fn a_fact_of_nobody_that_nothing_asks_for() {
        check(&RULE, &with("[fact.shoe-size]\ntype = \"boolean\""), expect![""]);
    }
}
