//! A step of the office on a dossier that was never accepted.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::definition::{Act, PartKind, TransitionIdx};
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::is_fresh;
use crate::verify::finding::{Finding, Findings};
use crate::verify::watch::bit;
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "acceptance-bypassed",
    title: "a step that only an accepted dossier may come to, and another way to it",
    severity: Severity::Error,
    why: "Work begins and is decided without a slip: no day was named, no version fixed, no term runs.",
    check,
};

/// The acts that presuppose a dossier that was accepted.
const LATER: [Act; 7] =
    [Act::Assign, Act::Consult, Act::Decide, Act::Refuse, Act::Apologise, Act::Extend, Act::Return];

/// Where nothing is ever accepted, nothing is bypassed: whether a term runs is another rule's.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    if case.steps().all(|it| it.transition.act() != Act::Accept) {
        return Vec::new();
    }
    let accepts = |act| if act == Act::Accept { 0 } else { bit(0) };
    let Some(bypass) = case.watch(bit(0), |_, it| accepts(it.transition.act())) else {
        return Vec::new();
    };
    let mut said: Vec<TransitionIdx> = Vec::new();
    let mut found = Vec::new();
    for step in case.steps().filter(|it| LATER.contains(&it.transition.act())) {
        if bypass.phases(step.marking) == 0 || !is_fresh(&mut said, step.at) {
            continue;
        }
        let (name, act) = (step.name, step.transition.act());
        let message = format!(
            "`{name}` with the act `{act}` can be taken on a dossier that was not accepted"
        );
        let path = bypass.path_to(case.procedure, step.marking, 0);
        found.push(
            Finding::of(PartKind::Transition, name, message)
                .help("let every way to it pass a transition with the act `accept`")
                .witness(Witness::path(path).and(name)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    #[test]
    fn a_way_round_the_counter() {
        check(
            &RULE,
            &with(
                "[transition.rush]\nact = \"plain\"\nfrom = \"filed\"\nto = \"under-review\"\nby = \"one-stop\"",
            ),
            expect![[r#"
                141:13 `consult` with the act `consult` can be taken on a dossier that was not accepted
                  help: let every way to it pass a transition with the act `accept`
                  witness: file → rush → consult
                183:13 `propose-refusal` with the act `refuse` can be taken on a dossier that was not accepted
                  help: let every way to it pass a transition with the act `accept`
                  witness: file → rush → propose-refusal
                191:13 `sign` with the act `decide` can be taken on a dossier that was not accepted
                  help: let every way to it pass a transition with the act `accept`
                  witness: file → rush → submit → sign
                207:13 `return` with the act `return` can be taken on a dossier that was not accepted
                  help: let every way to it pass a transition with the act `accept`
                  witness: file → rush → propose-refusal → return"#]],
        );
    }

    #[test]
    fn a_refusal_at_intake_needs_no_acceptance() {
        check(&RULE, &with(""), expect![""]);
    }
}
