//! A clock effect on a term that cannot be in a state to feel it.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{ClockEffect, PartKind, TermIdx, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::verify::run::{ABSENT, RUNNING, STOPPED, SUSPENDED};
use crate::verify::watch::{Phases, bit};

pub(super) const RULE: Rule = Rule {
    code: "clock-without-effect",
    title: "a clock effect that changes nothing",
    severity: Severity::Warning,
    why: "Whoever wrote it believes that the clock stands still or goes on, and it does not.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let effects = effects(case);
    let mut found = Vec::new();
    for (at, term, effect, phases) in effects {
        let transitions = case.procedure.transitions();
        let names = transitions.name(at).zip(case.procedure.terms().name(term));
        let Some((name, term)) = names.filter(|_| phases != 0) else { continue };
        let Some(why) = idle(effect, phases) else { continue };
        let message = format!("`{name}` says `{term} = \"{effect}\"`, but the term {why} there");
        let step = case.steps().find(|it| it.at == at);
        let finding = Finding::of(PartKind::Transition, name, message)
            .help("leave the effect out, or see what starts, stops and suspends the term before");
        found.push(match step {
            Some(step) => finding.witness(case.way_by(&step)),
            None => finding,
        });
    }
    found
}

/// Returns every clock effect with the phases in which the term meets it.
fn effects(case: &Case<'_>) -> Vec<(TransitionIdx, TermIdx, ClockEffect, Phases)> {
    let transitions = case.procedure.transitions().iter();
    let declared =
        transitions.flat_map(|(at, _, it)| it.clock().iter().map(move |it| (at, it.0, it.1, 0)));
    let mut effects: Vec<_> = declared.collect();
    for step in case.steps().filter(|it| !it.transition.clock().is_empty()) {
        for (_, term, _, phases) in effects.iter_mut().filter(|it| it.0 == step.at) {
            *phases |= case.run(*term).map_or(0, |it| it.phases(step.marking));
        }
    }
    effects
}

fn idle(effect: ClockEffect, phases: Phases) -> Option<&'static str> {
    let may_be = |phase| phases & bit(phase) != 0;
    let lives = may_be(RUNNING) || may_be(SUSPENDED);
    match effect {
        ClockEffect::Restart if phases == bit(ABSENT) => Some("has not started"),
        ClockEffect::Restart => None,
        _ if !lives && may_be(STOPPED) => Some("is over"),
        _ if !lives => Some("has not started"),
        ClockEffect::Suspend if !may_be(RUNNING) => Some("already stands still"),
        ClockEffect::Resume if !may_be(SUSPENDED) => Some("never stands still"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{changed, check, with};

    #[test]
    fn a_suspension_before_the_start() {
        check(
            &RULE,
            &changed(
                "to = \"refused-at-intake\"\n",
                "to = \"refused-at-intake\"\nclock = { decision = \"suspend\" }\n",
            ),
            expect![[r#"
                133:13 `refuse-intake` says `decision = "suspend"`, but the term has not started there
                  help: leave the effect out, or see what starts, stops and suspends the term before
                  witness: file → refuse-intake"#]],
        );
    }

    #[test]
    fn a_resumption_of_what_runs() {
        check(
            &RULE,
            &changed("clock = { decision = \"suspend\" }", "clock = { decision = \"none\" }"),
            expect![[r#"
                160:13 `supplement` says `decision = "resume"`, but the term never stands still there
                  help: leave the effect out, or see what starts, stops and suspends the term before
                  witness: file → accept → request-supplement → supplement"#]],
        );
    }

    #[test]
    fn an_effect_after_the_end() {
        check(
            &RULE,
            &changed("act = \"return\"\n", "act = \"return\"\nclock = { decision = \"stop\" }\n"),
            expect![[r#"
                207:13 `return` says `decision = "stop"`, but the term is over there
                  help: leave the effect out, or see what starts, stops and suspends the term before
                  witness: file → accept → propose-refusal → return"#]],
        );
    }

    #[test]
    fn suspended_and_resumed() {
        check(&RULE, &with(""), expect![""]);
    }
}
