//! An act that must move the dossier, and leaves it where it is.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, Target};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "act-without-move",
    title: "an act that closes a stage and leaves the dossier where it is",
    severity: Severity::Error,
    why: "The act is recorded and nothing follows: the applicant is told one thing, and the desk shows another.",
    check,
};

/// The acts after which the dossier is in other hands.
const MOVES: [Act; 11] = [
    Act::Accept,
    Act::RefuseIntake,
    Act::RequestSupplement,
    Act::Supplement,
    Act::Decide,
    Act::Refuse,
    Act::Withdraw,
    Act::RefuseWithdrawal,
    Act::ConfirmStop,
    Act::Stop,
    Act::Return,
];

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (_, name, transition) in case.procedure.transitions().iter() {
        let stays =
            |from| transition.to() == Target::Same || transition.to() == Target::State(from);
        let stays = transition.from().find(|it| stays(*it));
        let Some(state) = stays.filter(|_| MOVES.contains(&transition.act())) else { continue };
        let Some(from) = case.procedure.states().name(state) else { continue };
        let message = format!(
            "`{name}` with the act `{}` leaves the dossier in state `{from}`",
            transition.act()
        );
        found.push(
            Finding::of(PartKind::Transition, name, message)
                .help("let it lead to the state that follows the act, or call it what it is, such as `plain` or `verify`")
                .witness(Witness::path(case.graph.path_to(case.procedure, state)).and(name)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_signature_that_stays() {
        check(
            &RULE,
            &changed("to = \"signed\"", "to = \"same\""),
            expect![[r#"
            191:13 `sign` with the act `decide` leaves the dossier in state `awaiting-signature`
              help: let it lead to the state that follows the act, or call it what it is, such as `plain` or `verify`
              witness: file → accept → submit → sign"#]],
        );
    }

    #[test]
    fn an_act_that_moves_in_some_states_only() {
        check(
            &RULE,
            &changed(
                "act = \"refuse-intake\"\nfrom = [\"filed\"]\nto = \"refused-at-intake\"",
                "act = \"refuse-intake\"\nfrom = [\"filed\", \"under-review\"]\nto = \"under-review\"",
            ),
            expect![[r#"
                133:13 `refuse-intake` with the act `refuse-intake` leaves the dossier in state `under-review`
                  help: let it lead to the state that follows the act, or call it what it is, such as `plain` or `verify`
                  witness: file → accept → refuse-intake"#]],
        );
    }

    #[test]
    fn a_consultation_may_stay() {
        check(&RULE, &with(""), expect![""]);
    }
}
