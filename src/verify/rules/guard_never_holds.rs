//! A condition that no case meets.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::guard::{Exists, Guard};
use crate::definition::{Part, PartKind};
use crate::diagnostic::Severity;
use crate::id::Id;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::conditions;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "guard-never-holds",
    title: "a condition that no case meets",
    severity: Severity::Error,
    why: "A step that everybody sees in the plan is refused to everybody, or a document or fee that the law asks for is never asked for.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let conditions = conditions(case.procedure).into_iter();
    let never = conditions.filter(|(part, it)| case.inquiry.holds(*part, it) == Exists::Nowhere);
    never.map(|(part, guard)| finding(case, part, guard)).collect()
}

fn finding(case: &Case<'_>, part: Part, guard: &Guard) -> Finding {
    let ordered = ordered(case, part);
    // A guard that contradicts itself is not hidden by others.
    let hidden_by = ordered.filter(|(_, own)| case.inquiry.holds(part, own) != Exists::Nowhere);
    let finding = match hidden_by {
        Some((choice, _)) => {
            let name = part.name();
            let message = format!(
                "no case is left to `{name}`: those before it in choice `{choice}` take them all"
            );
            Finding::at(part, message).help("put it before them, or leave it out")
        }
        None => {
            let guard = ordered.map_or(guard, |(_, own)| own);
            let help = format!("`{guard}` contradicts itself or the domains of its facts");
            Finding::at(part, format!("the condition of `{part}` never holds")).help(help)
        }
    };
    finding.over(guard.span()).witness(Witness::facts(case.inquiry.any(guard.facts())))
}

/// Returns the ordered choice in which others come before a transition, and its guard as it was written.
fn ordered<'p>(case: &Case<'p>, part: Part) -> Option<(Id, &'p Guard)> {
    let named = case.procedure.transitions().find(part.name());
    let (at, _) = named.filter(|_| part.kind() == PartKind::Transition)?;
    let mut choices = case.procedure.choices().iter();
    choices.find_map(|(_, name, it)| {
        let place = it.of().iter().position(|it| *it == at).filter(|place| *place > 0)?;
        Some((name, it.written().get(place)?))
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check};

    #[test]
    fn a_document_that_is_never_asked_for() {
        check(
            &RULE,
            &changed("when = \"floors >= 3\"", "when = \"floors >= 3 and floors < 3\""),
            expect![[r#"
                48:8 the condition of `document.drawings` never holds
                  help: `floors >= 3 and floors < 3` contradicts itself or the domains of its facts
                  witness: floors = any value"#]],
        );
    }

    #[test]
    fn a_transition_for_which_an_order_leaves_nothing() {
        let text = changed(
            "of = [\"request-supplement\", \"submit\", \"propose-refusal\"]",
            "of = [\"request-supplement\", \"submit\", \"propose-refusal\", \"park\"]\nhit-policy = \"first\"",
        ) + "\n[transition.park]\nact = \"plain\"\nfrom = \"under-review\"\nto = \"stopped\"\nby = \"officer\"\nwhen = \"complete\"";
        check(
            &RULE,
            &text,
            expect![[r#"
                229:8 no case is left to `park`: those before it in choice `appraisal` take them all
                  help: put it before them, or leave it out
                  witness: complete = any value, eligible = any value"#]],
        );
    }

    #[test]
    fn a_later_transition_of_an_order_that_contradicts_itself() {
        let text = changed(
            "of = [\"request-supplement\", \"submit\", \"propose-refusal\"]",
            "of = [\"request-supplement\", \"submit\", \"propose-refusal\"]\nhit-policy = \"first\"",
        )
        .replace("when = \"complete and not eligible\"", "when = \"eligible and not eligible\"");
        check(
            &RULE,
            &text,
            expect![[r#"
            188:8 the condition of `transition.propose-refusal` never holds
              help: `eligible and not eligible` contradicts itself or the domains of its facts
              witness: eligible = any value, complete = any value"#]],
        );
    }

    #[test]
    fn a_condition_that_holds_only_while_a_fact_is_unknown() {
        check(
            &RULE,
            &changed("when = \"floors >= 3\"", "when = \"not known(floors)\""),
            expect![""],
        );
    }
}
