//! Guards over so many facts that nobody can say how they relate.

use alloc::format;
use alloc::vec::Vec;

use super::Rule;
use crate::diagnostic::Severity;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "guards-too-many",
    title: "conditions over so many facts that they cannot be checked",
    severity: Severity::Error,
    why: "A gap or an overlap among them would strand a citizen, and nobody would know before.",
    check,
};

fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let entangled = case.inquiry.entangled().into_iter();
    let own = entangled.map(|(part, facts)| {
        let facts = case.inquiry.any(&facts);
        let message = format!(
            "the conditions of `{part}` distinguish too many cases of {} facts",
            facts.len()
        );
        Finding::at(part, message)
            .help("declare one fact that says what several of these say together")
            .witness(Witness::facts(facts))
    });
    let together = case.inquiry.ended().map(|(part, facts)| {
        let message = format!(
            "the conditions of the procedure take too long to weigh: from `{part}` on they were not"
        );
        Finding::whole(message)
            .help("shorten the lists of values, or let fewer transitions stand in one choice")
            .witness(Witness::facts(case.inquiry.any(&facts)))
    });
    own.chain(together).collect()
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;
    use std::vec::Vec;

    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{check, with};

    /// A choice between as many steps as there are places, each for nobody but two in one place.
    fn crowded(places: usize) -> String {
        let facts: String = (0..places)
            .map(|it| {
                format!(
                    "[fact.f{it}]\ntype = \"integer\"\nrange = [1, {}]\nby = \"officer\"\n",
                    places - 1
                )
            })
            .collect();
        let names: Vec<String> = (1..places).map(|it| format!("\"t{it}\"")).collect();
        let step = |place: usize| {
            let pairs = (0..places).flat_map(|a| (0..a).map(move |b| (a, b)));
            let texts: Vec<String> =
                pairs.map(|(a, b)| format!("f{a} == {place} and f{b} == {place}")).collect();
            format!(
                "[transition.t{place}]\nact = \"plain\"\nfrom = \"under-review\"\nto = \"stopped\"\nby = \"officer\"\nwhen = \"{}\"\n",
                texts.join(" or ")
            )
        };
        let steps: String = (1..places).map(step).collect();
        let choice = format!(
            "\n[choice.places]\nof = [{}]\nhit-policy = \"unique\"\n{facts}{steps}",
            names.join(", ")
        );
        with(&choice)
    }

    #[test]
    fn many_facts_that_all_hang_together() {
        check(
            &RULE,
            &crowded(8),
            expect![[r#"
                224:9 the conditions of `choice.places` distinguish too many cases of 8 facts
                  help: declare one fact that says what several of these say together
                  witness: f1 = any value, f0 = any value, f2 = any value, f3 = any value, f4 = any value, f5 = any value, f6 = any value, f7 = any value"#]],
        );
    }

    /// A choice between steps that share many words out among them, each by what it leaves to others.
    fn wordy(steps: usize, words: usize) -> String {
        let word = |it: usize| format!("w{it}");
        let all: Vec<String> = (0..words).map(|it| format!("\"{}\"", word(it))).collect();
        let fact = format!(
            "[fact.kind]\ntype = \"choice\"\nvalues = [{}]\nby = \"officer\"\n",
            all.join(", ")
        );
        let names: Vec<String> = (0..steps).map(|it| format!("\"t{it}\"")).collect();
        let step = |place: usize| {
            let some: Vec<String> = (0..words).filter(|it| it % steps != place).map(word).collect();
            format!(
                "[transition.t{place}]\nact = \"plain\"\nfrom = \"under-review\"\nto = \"stopped\"\nby = \"officer\"\nwhen = \"not kind in [{}]\"\n",
                some.join(", ")
            )
        };
        let texts: String = (0..steps).map(step).collect();
        with(&format!("\n[choice.words]\nof = [{}]\n{fact}{texts}", names.join(", ")))
    }

    #[test]
    fn what_nobody_came_to_is_said_once() {
        check(
            &RULE,
            &wordy(70, 160),
            expect![[r#"
            3:1 the conditions of the procedure take too long to weigh: from `choice.words` on they were not
              help: shorten the lists of values, or let fewer transitions stand in one choice
              witness: kind = any value"#]],
        );
    }

    #[test]
    fn a_few_facts_are_weighed_all_the_same() {
        check(&RULE, &crowded(4), expect![""]);
    }
}
