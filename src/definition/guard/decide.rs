//! Exact answers about guards: whether one can hold, what it says more or less
//! than another, where several leave a gap or overlap.
//!
//! A **case** gives each fact a value of its domain. It may leave a fact
//! unknown only where one of the guards in question asks `known` of it: what no
//! guard asks for in that way is waited for, and weighed once it is known. A
//! **gap** is narrower: a case that can still learn something is not lost, so
//! that in a gap every fact is known. Where a guard answers *unknown* it does
//! not hold.
//!
//! Every answer is exact, or says that it would have taken too long. Nothing is
//! said here about what else may keep a transition from being taken.

use alloc::vec::Vec;

use super::Guard;
use super::search::{Assignment, Exists, MAX_EVALUATIONS, Unknown, Want, search};
use crate::definition::fact::{FactIdx, Facts};

/// How one guard relates to another, by the cases in which each holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "sets of cases relate in these ways and no other")]
pub enum Relation {
    /// Both hold in the same cases.
    Equivalent,
    /// It holds only where the other does, and not in this case.
    Stronger {
        /// A case that is newly out.
        out: Assignment,
    },
    /// It holds wherever the other does, and in this case too.
    Weaker {
        /// A case that is newly in.
        into: Assignment,
    },
    /// Each holds in a case in which the other does not.
    Incomparable {
        /// A case that is newly in.
        into: Assignment,
        /// A case that is newly out.
        out: Assignment,
    },
    /// Too many cases would have to be tried; these are the facts that make them.
    Entangled(Vec<FactIdx>),
}

impl Relation {
    /// Relates a condition that fell away: who is newly in, if there is one.
    pub(crate) fn weakened(fails: Exists) -> Self {
        match fails {
            Exists::Nowhere => Self::Equivalent,
            Exists::In(into) => Self::Weaker { into },
            Exists::Entangled(facts) => Self::Entangled(facts),
        }
    }

    /// Relates a condition that came: who is newly out, if there is one.
    pub(crate) fn strengthened(fails: Exists) -> Self {
        match fails {
            Exists::Nowhere => Self::Equivalent,
            Exists::In(out) => Self::Stronger { out },
            Exists::Entangled(facts) => Self::Entangled(facts),
        }
    }
}

impl Guard {
    /// Finds a case in which the guard holds; [`Exists::Nowhere`] means never.
    #[must_use]
    pub fn holds_in(&self, facts: &Facts) -> Exists {
        facts.overlap(&[self])
    }

    /// Finds a case in which the guard does not hold; [`Exists::Nowhere`] means always, once its facts are known.
    #[must_use]
    pub fn fails_in(&self, facts: &Facts) -> Exists {
        ask(&[(self, Want::HoldsNot)], facts, Unknown::AskedFor)
    }

    /// Compares it with a guard whose place it takes, over the same facts.
    #[must_use]
    pub fn relation(&self, before: &Self, facts: &Facts) -> Relation {
        if self == before {
            return Relation::Equivalent;
        }
        let only = |held: &Self, not: &Self| {
            ask(&[(held, Want::Holds), (not, Want::HoldsNot)], facts, Unknown::AskedFor)
        };
        match (only(self, before), only(before, self)) {
            (Exists::Entangled(facts), _) | (_, Exists::Entangled(facts)) => {
                Relation::Entangled(facts)
            }
            (Exists::Nowhere, Exists::Nowhere) => Relation::Equivalent,
            (Exists::Nowhere, Exists::In(out)) => Relation::Stronger { out },
            (Exists::In(into), Exists::Nowhere) => Relation::Weaker { into },
            (Exists::In(into), Exists::In(out)) => Relation::Incomparable { into, out },
        }
    }
}

impl Facts {
    /// Finds a case with every fact known in which none of the guards holds.
    ///
    /// A case in which none holds whatever else becomes known has such a
    /// completion, so no other gap is missed.
    #[must_use]
    pub fn gap(&self, guards: &[&Guard]) -> Exists {
        let wanted: Vec<_> = guards.iter().map(|it| (*it, Want::HoldsNot)).collect();
        ask(&wanted, self, Unknown::Nothing)
    }

    /// Finds a case in which all of the guards hold.
    #[must_use]
    pub fn overlap(&self, guards: &[&Guard]) -> Exists {
        let wanted: Vec<_> = guards.iter().map(|it| (*it, Want::Holds)).collect();
        ask(&wanted, self, Unknown::AskedFor)
    }

    /// Finds a case in which a guard holds and all of those that come first fail.
    #[must_use]
    pub fn reached(&self, guard: &Guard, first: &[&Guard]) -> Exists {
        let fail = first.iter().map(|it| (*it, Want::Fails));
        let wanted: Vec<_> = fail.chain([(guard, Want::Holds)]).collect();
        ask(&wanted, self, Unknown::AskedFor)
    }
}

fn ask(wanted: &[(&Guard, Want)], facts: &Facts, unknown: Unknown) -> Exists {
    search(wanted, facts, unknown, &mut { MAX_EVALUATIONS })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::fact::tests::read_facts;
    use crate::definition::fact::{Domain, Value};
    use crate::definition::guard::Truth;
    use proptest::prelude::*;
    use std::format;
    use std::string::String;

    /// Facts of random kinds, and conditions that may be asked of them.
    #[derive(Clone, Debug)]
    struct World {
        facts: String,
        guards: Vec<String>,
    }

    fn fact() -> impl Strategy<Value = (String, Vec<String>)> {
        let boolean = Just(("type = 'boolean'".into(), vec_of(&["", "not "], &["%"])));
        let number = (-1_i64..2, 0_i64..4).prop_map(|(min, more)| {
            let limits = (min..=min + more).flat_map(|it| {
                ["<", "<=", "==", "!=", ">", ">="].map(|order| format!("% {order} {it}"))
            });
            let lists = [format!("% in [{min}, {}]", min + more), format!("not % in [{min}]")];
            let text = format!("type = 'integer', range = [{min}, {}]", min + more);
            (text, limits.chain(lists).collect())
        });
        let choice = Just((
            "type = 'choice', values = ['a', 'b', 'c']".into(),
            vec_of(&["% == ", "% != "], &["a", "b", "c"])
                .into_iter()
                .chain(["% in [a, c]", "not % in [b]"].map(String::from))
                .collect(),
        ));
        let date = Just((
            "type = 'date'".into(),
            vec_of(&["% < ", "% >= ", "% == "], &["2026-03-02", "2026-03-03", "2026-03-06"])
                .into_iter()
                .chain([String::from("not % in [2026-03-03]")])
                .collect(),
        ));
        prop_oneof![boolean, number, choice, date]
    }

    fn vec_of(heads: &[&str], tails: &[&str]) -> Vec<String> {
        heads.iter().flat_map(|head| tails.iter().map(move |it| format!("{head}{it}"))).collect()
    }

    fn world() -> impl Strategy<Value = World> {
        proptest::collection::vec(fact(), 1..4).prop_flat_map(|kinds| {
            let names = ["f", "g", "h"];
            let facts: Vec<String> = kinds
                .iter()
                .zip(names)
                .map(|((it, _), name)| format!("fact.{name} = {{ {it} }}"))
                .collect();
            let leaves: Vec<String> = kinds
                .iter()
                .zip(names)
                .flat_map(|((_, all), name)| {
                    let known = format!("known({name})");
                    all.iter().map(move |it| it.replace('%', name)).chain([known])
                })
                .collect();
            let guard = proptest::sample::select(leaves).prop_recursive(3, 8, 2, |inner| {
                let pair = (inner.clone(), inner.clone());
                prop_oneof![
                    inner.prop_map(|it| format!("not ({it})")),
                    pair.clone().prop_map(|(a, b)| format!("({a}) and ({b})")),
                    pair.prop_map(|(a, b)| format!("({a}) or ({b})")),
                ]
            });
            let facts = facts.join("\n");
            proptest::collection::vec(guard, 2..5)
                .prop_map(move |guards| World { facts: facts.clone(), guards })
        })
    }

    type Known = Vec<Option<Value>>;

    /// Every case over the whole domains; of dates, all days that a guard could tell apart.
    fn cases(facts: &Facts, may_be_unknown: impl Fn(FactIdx) -> bool) -> Vec<Known> {
        let mut cases: Vec<Known> = Vec::from([Vec::new()]);
        for (at, fact) in facts.iter() {
            let mut values: Known = match fact.domain() {
                Domain::Boolean => [false, true].map(|it| Some(Value::Boolean(it))).into(),
                Domain::Integer { min, max } => {
                    (*min..=*max).map(|it| Some(Value::Integer(it))).collect()
                }
                Domain::Choice(words) => words.iter().map(|it| Some(Value::Choice(*it))).collect(),
                Domain::Date => (1..9)
                    .map(|day| chrono::NaiveDate::from_ymd_opt(2026, 3, day))
                    .chain([Some(chrono::NaiveDate::default())])
                    .map(|it| it.map(Value::Date))
                    .collect(),
            };
            values.extend(may_be_unknown(at).then_some(None));
            cases = cases
                .iter()
                .flat_map(|case| values.iter().map(|it| [case.as_slice(), &[*it]].concat()))
                .collect();
        }
        cases
    }

    fn truth(guard: &Guard, case: &Known) -> Truth {
        guard.evaluate(|it| case[it.index()])
    }

    /// A case that was found is one, whatever the facts are that it leaves out.
    fn check(found: &Exists, cases: &[Known], is_one: impl Fn(&Known) -> bool) -> bool {
        let Some(case) = found.case() else {
            return *found == Exists::Nowhere && !cases.iter().any(is_one);
        };
        let agrees = |it: &&Known| case.facts().iter().all(|(at, value)| it[at.index()] == *value);
        let mut like = cases.iter().filter(agrees).peekable();
        like.peek().is_some() && like.all(is_one)
    }

    fn asked(guards: &[&Guard]) -> impl Fn(FactIdx) -> bool {
        let steps = guards.iter().flat_map(|it| it.steps.iter());
        let asked: Vec<FactIdx> = steps
            .filter(|it| it.test == crate::definition::guard::Test::Known)
            .map(|it| it.fact)
            .collect();
        move |it| asked.contains(&it)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn every_answer_agrees_with_brute_force(world in world()) {
            let facts = read_facts(&world.facts).0;
            let guards: Vec<Guard> =
                world.guards.iter().map(|it| Guard::parse(it, &facts).unwrap()).collect();
            let all: Vec<&Guard> = guards.iter().collect();
            let holds = |it: &Guard, case: &Known| truth(it, case) == Truth::Yes;

            let total = cases(&facts, |_| false);
            let gap = facts.gap(&all);
            prop_assert!(check(&gap, &total, |case| !all.iter().any(|it| holds(it, case))), "{gap:?}");

            let overlap = facts.overlap(&all);
            let every = cases(&facts, asked(&all));
            prop_assert!(check(&overlap, &every, |case| all.iter().all(|it| holds(it, case))), "{overlap:?}");

            let (last, first) = all.split_last().unwrap();
            let reached = facts.reached(last, first);
            let only = |case: &Known| holds(last, case) && first.iter().all(|it| truth(it, case) == Truth::No);
            prop_assert!(check(&reached, &every, only), "{reached:?}");

            let own = cases(&facts, asked(&all[..1]));
            let (can, cannot) = (all[0].holds_in(&facts), all[0].fails_in(&facts));
            prop_assert!(check(&can, &own, |case| holds(all[0], case)), "{can:?}");
            prop_assert!(check(&cannot, &own, |case| !holds(all[0], case)), "{cannot:?}");
        }

        #[test]
        fn normal_form_says_the_same(world in world()) {
            let facts = read_facts(&world.facts).0;
            for text in &world.guards {
                let guard = Guard::parse(text, &facts).unwrap();
                prop_assert_eq!(Guard::parse(guard.as_str(), &facts), Ok(guard));
            }
        }

        #[test]
        fn relations_agree_with_brute_force(world in world()) {
            let facts = read_facts(&world.facts).0;
            let guards: Vec<Guard> =
                world.guards.iter().map(|it| Guard::parse(it, &facts).unwrap()).collect();
            let (after, before) = (&guards[0], &guards[1]);
            let cases = cases(&facts, asked(&[after, before]));
            let holds = |it: &Guard, case: &Known| truth(it, case) == Truth::Yes;
            let comes_in = |case: &Known| holds(after, case) && !holds(before, case);
            let goes_out = |case: &Known| holds(before, case) && !holds(after, case);
            let relation = after.relation(before, &facts);
            let (into, out) = match relation {
                Relation::Equivalent => (Exists::Nowhere, Exists::Nowhere),
                Relation::Stronger { out } => (Exists::Nowhere, Exists::In(out)),
                Relation::Weaker { into } => (Exists::In(into), Exists::Nowhere),
                Relation::Incomparable { into, out } => (Exists::In(into), Exists::In(out)),
                Relation::Entangled(facts) => (Exists::Entangled(facts.clone()), Exists::Entangled(facts)),
            };
            prop_assert!(check(&into, &cases, comes_in), "{into:?}");
            prop_assert!(check(&out, &cases, goes_out), "{out:?}");
        }
    }

    /// Sixteen numbers, each guard with sixty comparisons.
    fn wide(of: usize) -> (Facts, Vec<Guard>) {
        let facts: Vec<String> = (0..16)
            .map(|it| format!("fact.f{it} = {{ type = 'integer', range = [0, 999] }}"))
            .collect();
        let facts = read_facts(&facts.join("\n")).0;
        let guard = |at: usize| {
            let part = |it: usize| {
                let limit = 60 * at + 7 * it;
                format!("(f{} > {limit} and f{} <= {})", it % 16, (it * 5 + at) % 16, limit + 40)
            };
            let parts: Vec<String> = (0..30).map(part).collect();
            Guard::parse(&parts.join(" or "), &facts).unwrap()
        };
        let guards = (0..of).map(guard).collect();
        (facts, guards)
    }

    /// How many evaluations a question takes.
    fn effort(wanted: &[(&Guard, Want)], facts: &Facts, unknown: Unknown) -> u32 {
        let mut left = MAX_EVALUATIONS;
        let _ = search(wanted, facts, unknown, &mut left);
        MAX_EVALUATIONS - left
    }

    #[test]
    fn sixty_comparisons_of_sixteen_facts_take_few_evaluations() {
        let (facts, guards) = wide(6);
        let all: Vec<&Guard> = guards.iter().collect();
        assert!(facts.gap(&all).case().is_some(), "{:?}", facts.gap(&all));
        assert!(facts.overlap(&all).case().is_some(), "{:?}", facts.overlap(&all));
        let want = |want| guards.iter().map(move |it| (it, want)).collect::<Vec<_>>();
        let (none, each) = (want(Want::HoldsNot), want(Want::Holds));
        assert!(effort(&none, &facts, Unknown::Nothing) < 2_000);
        assert!(effort(&each, &facts, Unknown::AskedFor) < 2_000);
    }

    #[test]
    fn what_would_take_too_long_is_not_answered() {
        // Whether sixteen numbers can stand in fifteen places is known to be hard to see.
        let facts: Vec<String> = (0..16)
            .map(|it| format!("fact.f{it} = {{ type = 'integer', range = [1, 15] }}"))
            .collect();
        let facts = read_facts(&facts.join("\n")).0;
        let apart = |place: usize| {
            let pairs = (0..16_usize).flat_map(|a| (0..a).map(move |b| (a, b)));
            let texts: Vec<String> =
                pairs.map(|(a, b)| format!("f{a} != {place} or f{b} != {place}")).collect();
            let some: Vec<String> =
                texts.chunks(15).map(|it| format!("({})", it.join(") and ("))).collect();
            some.into_iter().map(|it| Guard::parse(&it, &facts).unwrap()).collect::<Vec<_>>()
        };
        let guards: Vec<Guard> = (1..16).flat_map(apart).collect();
        let all: Vec<&Guard> = guards.iter().collect();
        assert_eq!(facts.overlap(&all).entangled().map(<[_]>::len), Some(16));
        let wanted: Vec<_> = guards.iter().map(|it| (it, Want::Holds)).collect();
        assert_eq!(effort(&wanted, &facts, Unknown::AskedFor), MAX_EVALUATIONS);
    }

    #[test]
    fn sixteen_facts_are_no_obstacle_where_guards_are_plain() {
        let facts = wide(0).0;
        let both: Vec<String> =
            (0..16).map(|it| format!("f{it} > {it} and f{it} <= 9{it}")).collect();
        let text = both.join(" and ");
        let all = Guard::parse(&text, &facts).unwrap();
        let not = Guard::parse(&format!("not ({text})"), &facts).unwrap();
        assert_eq!(facts.overlap(&[&all, &not]), Exists::Nowhere);
        assert_eq!(facts.gap(&[&all, &not]), Exists::Nowhere);
        let fewer = Guard::parse(&format!("{text} and f3 != 50"), &facts).unwrap();
        let Relation::Stronger { out } = fewer.relation(&all, &facts) else { panic!() };
        assert_eq!(out.facts().len(), 16);
    }
}
