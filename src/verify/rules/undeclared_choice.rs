//! Conditional transitions of one role in one state, of which no choice says how they exclude each other.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Part, PartKind, StateIdx, Target, Transition, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::inquiry::named;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "undeclared-choice",
    title: "conditional transitions of one role that no choice relates",
    severity: Severity::Warning,
    why: "Whether one of them always holds, and only one, was not checked: the definition does not say that it is meant.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let procedure = case.procedure;
    let mut seen: Vec<Vec<TransitionIdx>> = Vec::new();
    let mut found = Vec::new();
    for (state, name, _) in procedure.states().iter() {
        let loose = loose(case, state);
        if loose.is_empty() || seen.contains(&loose) {
            continue;
        }
        let of = named(procedure, &loose);
        let message = format!("in state `{name}` no choice says how {of} exclude each other");
        let Some(part) = own(case, &loose) else { continue };
        let finding = Finding::at(part, message)
            .help("name them in `of` of one `[choice.…]`")
            .witness(Witness::path(case.path_to(state)));
        found.push(finding);
        seen.push(loose);
    }
    found
}

/// Returns the first of them that the procedure itself wrote, else the first.
fn own(case: &Case<'_>, of: &[TransitionIdx]) -> Option<Part> {
    let transitions = case.procedure.transitions();
    let own = case.procedure.span().file();
    let is_own = |at: &&TransitionIdx| transitions.span(**at).is_some_and(|it| it.file() == own);
    let at = of.iter().find(is_own).or(of.first())?;
    Some(Part::new(PartKind::Transition, transitions.name(*at)?))
}

/// Returns the transitions of a state that share a role and no choice with another one.
///
/// Two that lead to the same state need no order between them.
fn loose(case: &Case<'_>, state: StateIdx) -> Vec<TransitionIdx> {
    let onward = |it: &Transition| it.to() != Target::Same && it.to() != Target::State(state);
    let leaving: Vec<(TransitionIdx, &Transition)> = case
        .procedure
        .leaving(state)
        .filter(|(_, _, it)| it.when().is_some() && onward(it))
        .map(|(at, _, it)| (at, it))
        .collect();
    let is_loose = |(at, it): &&(TransitionIdx, &Transition)| {
        let others = leaving.iter().filter(|(other, _)| other != at);
        others.into_iter().any(|(other, that)| {
            let together = it.by().any(|role| that.by().any(|it| it == role));
            together && it.to() != that.to() && !is_declared(case, *at, *other)
        })
    };
    leaving.iter().filter(is_loose).map(|(at, _)| *at).collect()
}

fn is_declared(case: &Case<'_>, one: TransitionIdx, other: TransitionIdx) -> bool {
    let mut choices = case.procedure.choices().iter();
    choices.any(|(_, _, it)| it.of().contains(&one) && it.of().contains(&other))
}

#[cfg(test)]
mod tests {
    use std::borrow::ToOwned as _;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn conditions_that_nobody_relates() {
        check(
            &RULE,
            &changed(
                "[choice.appraisal]\nof = [\"request-supplement\", \"submit\", \"propose-refusal\"]",
                "[choice.appraisal]\nof = [\"submit\", \"propose-refusal\"]",
            ),
            expect![[r#"
                148:13 in state `under-review` no choice says how `request-supplement`, `submit`, `propose-refusal` exclude each other
                  help: name them in `of` of one `[choice.…]`
                  witness: file → accept"#]],
        );
    }

    #[test]
    fn two_grounds_of_one_refusal() {
        let ground = "\n[transition.refuse-height]\nact = \"refuse\"\nfrom = \"awaiting-signature\"\nto = \"refused\"\n\
            by = \"chair\"\nwhen = \"floors > 5\"";
        let text = with(
            &(ground.to_owned()
                + &ground.replace("height", "ground").replace("floors > 5", "not eligible")),
        );
        check(&RULE, &text, expect![""]);
    }

    #[test]
    fn a_condition_of_another_role_is_another_matter() {
        let text =
            changed("to = \"refused\"\nby = [\"officer\"]", "to = \"refused\"\nby = [\"chair\"]")
                .replace("\"submit\", \"propose-refusal\"]", "\"submit\"]");
        check(&RULE, &text, expect![""]);
    }
}
