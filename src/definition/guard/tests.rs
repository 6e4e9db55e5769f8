use alloc::string::String;
use alloc::vec::Vec;
use std::string::ToString as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::definition::fact::tests::{CASE, read_facts};
use crate::source::FileId;

fn compile(text: &str, facts: &Facts) -> Result<Guard, String> {
    let mut found = Vec::new();
    let guard =
        Guard::compile(text, Span::new(FileId::default(), 0..text.len() + 2), facts, &mut found);
    let lines: Vec<String> = found
        .iter()
        .map(|it| {
            let range = it.span().range();
            let at =
                text.get(range.start.saturating_sub(1)..range.end - 1).filter(|it| it.len() < 99);
            let at = at.unwrap_or("<whole>");
            let help = it.advice().map(|it| std::format!(" ({it})")).unwrap_or_default();
            std::format!("{}@{at}: {}{help}", it.code(), it.message())
        })
        .collect();
    guard.ok_or_else(|| lines.join("\n"))
}

fn case() -> Facts {
    read_facts(CASE).0
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    let said = match compile(text, &case()) {
        Ok(guard) => guard.to_string(),
        Err(found) => found,
    };
    expected.assert_eq(&said);
}

/// Evaluates with the answers `fact=value` that are given.
fn ask<'f>(facts: &'f Facts, answers: &[&str]) -> impl Fn(FactIdx) -> Option<Value> + use<'f> {
    let mut known = std::vec![None; facts.len()];
    for answer in answers {
        let (place, value) = facts.parse(answer).unwrap();
        known[place.index()] = Some(value);
    }
    move |it| known[it.index()]
}

#[test]
fn guards_print_in_normal_form() {
    check("heritage", expect!["heritage"]);
    check(" not  ( heritage  and floors>=07 ) ", expect!["not heritage or floors < 7"]);
    check(
        "(floors<=3)and(area==ward or(heritage))",
        expect!["floors <= 3 and (area == ward or heritage)"],
    );
    check("not not known(signed)", expect!["known(signed)"]);
    check(
        "not area in [ward,other] or heritage == false",
        expect!["not area in [ward, other] or not heritage"],
    );
    check("signed > 2026-03-02 and floors in [1]", expect!["signed > 2026-03-02 and floors == 1"]);
    check(
        "not floors in [3] or not signed in [2026-03-02] or not area in [ward]",
        expect!["floors != 3 or signed != 2026-03-02 or area != ward"],
    );
}

#[test]
fn a_guard_after_others_denies_them() {
    let facts = case();
    let guard = |text: &str| compile(text, &facts).unwrap();
    let first = [guard("heritage and area in [ward]"), guard("floors in [3] or not known(signed)")];
    let after = guard("floors <= 7 and area in [ward, other]").after(&first, &facts).unwrap();
    expect!["floors <= 7 and area in [ward, other] and (not heritage or area != ward) and floors != 3 and known(signed)"]
        .assert_eq(after.as_str());
    let many = guard(&["heritage"; 33].join(" and "));
    assert_eq!(many.after(core::slice::from_ref(&many), &facts), None);
}

#[test]
fn syntax_errors_say_what_was_expected() {
    check("", expect!["bad-guard@: expected a fact, found the end"]);
    check("heritage and", expect!["bad-guard@: expected a fact, found the end"]);
    check(
        "heritage heritage",
        expect!["bad-guard@heritage: expected `and`, `or` or the end, found `heritage`"],
    );
    check("(heritage", expect!["bad-guard@: expected `and`, `or` or `)`, found the end"]);
    check(
        "floors = 7",
        expect!["bad-guard@=: `=` has no meaning in a guard (equality is written `==`)"],
    );
    check(
        "area == 'ward'",
        expect![
            "bad-guard@': `'` has no meaning in a guard (words and dates stand without quotes)"
        ],
    );
    check("floors in 1, 2", expect!["bad-guard@1: expected `[`, found `1`"]);
    check("floors in []", expect!["bad-guard@]: expected a value, found `]`"]);
    check("true", expect!["bad-guard@true: expected a fact, found `true`"]);
    check(
        "heritage && phường",
        expect!["bad-guard@&: `&` has no meaning in a guard (write `and`)"],
    );
}

#[test]
fn facts_and_constants_are_checked_all_at_once() {
    check(
        "heritge and floors",
        expect![[r#"
        undeclared-fact@heritge: fact `heritge` is not declared (did you mean `heritage`?)
        guard-type@floors: `floors` is a whole number from 1 to 200, not a yes or no (compare it with a value)"#]],
    );
    check(
        "floors == ward or floors > 300 or heritage == 1",
        expect![[r#"
        guard-type@ward: `floors` is a whole number from 1 to 200; `ward` is not
        guard-type@300: `floors` is a whole number from 1 to 200; `300` is not
        guard-type@1: `heritage` is `true` or `false`; `1` is not"#]],
    );
    check(
        "area == wad",
        expect![
            "guard-type@wad: `area` is one of `ward`, `other`; `wad` is not (did you mean `ward`?)"
        ],
    );
    check(
        "area < ward",
        expect![
            "guard-type@area: `area` has no order: it is one of `ward`, `other` (use `==`, `!=` or `in`)"
        ],
    );
    check(
        "heritage in [true]",
        expect![
            "guard-type@heritage: `heritage` is `true` or `false`, not one of a list (write the fact alone, or `not` before it)"
        ],
    );
    check(
        "known(wing)",
        expect![
            "undeclared-fact@wing: fact `wing` is not declared (declare it under `[fact.wing]`)"
        ],
    );
}

#[test]
fn hostile_guards_are_refused() {
    let deep = |n| "(".repeat(n) + "heritage" + &")".repeat(n);
    check(&deep(16), expect!["heritage"]);
    check(
        &deep(17),
        expect![
            "guard-too-deep@(: brackets stand more than 16 deep (declare a fact that says as much)"
        ],
    );
    check(&("not ".repeat(240) + "heritage"), expect!["heritage"]);
    check(
        &["heritage"; 65].join(" or "),
        expect![
            "guard-too-wide@heritage: the guard has more than 64 comparisons (declare a fact that says as much)"
        ],
    );
    check(
        &"heritage or ".repeat(90),
        expect![
            "guard-too-long@<whole>: the guard has 1080 bytes; at most 1024 are read (declare a fact that says as much)"
        ],
    );
    let text: String =
        (0..17).map(|it| std::format!("fact.f{it} = {{ type = 'boolean' }}\n")).collect();
    let names: Vec<String> = (0..17).map(|it| std::format!("f{it}")).collect();
    let wide = compile(&names.join(" or "), &read_facts(&text).0).unwrap_err();
    expect!["guard-too-wide@<whole>: the guard asks for more than 16 facts (declare a fact that says as much)"].assert_eq(&wide);
}

#[test]
fn an_unknown_fact_matters_only_where_it_matters() {
    let facts = case();
    let truth = |text: &str, answers: &[&str]| {
        compile(text, &facts).unwrap().evaluate(ask(&facts, answers))
    };
    assert_eq!(truth("heritage and floors > 7", &["floors=3"]), Truth::No);
    assert_eq!(truth("heritage and floors > 7", &["floors=8"]), Truth::Unknown);
    assert_eq!(truth("heritage or floors > 7", &["floors=8"]), Truth::Yes);
    assert_eq!(truth("not heritage", &[]), Truth::Unknown);
    assert_eq!(truth("known(heritage)", &[]), Truth::No);
    assert_eq!(truth("not known(heritage) or heritage", &[]), Truth::Yes);
    assert_eq!(truth("signed >= 2026-03-02", &["signed=2026-03-02"]), Truth::Yes);
    assert_eq!(truth("area in [ward, other]", &["area=other"]), Truth::Yes);
}

fn explain(text: &str, answers: &[&str]) -> String {
    let facts = case();
    let unmet = compile(text, &facts).unwrap().unmet(ask(&facts, answers), &facts);
    let lines: Vec<String> = unmet
        .needs()
        .iter()
        .map(|need| {
            let name = facts.fact(need.fact()).unwrap().id();
            let conditions: Vec<&str> = need.conditions().collect();
            let show = |it: Option<Value>| it.map_or("unknown".into(), |it| it.to_string());
            let (found, example) = (show(need.found()), show(need.example()));
            std::format!("; {name}: {} ({found}, as {example})", conditions.join(", "))
        })
        .collect();
    let word = std::format!("{unmet:?}");
    std::format!("{}{}", word.split('(').next().unwrap_or_default(), lines.concat())
}

#[test]
fn explanations_name_the_least_that_would_help() {
    expect!["Fails; floors: floors <= 7 (9, as 1)"]
        .assert_eq(&explain("floors <= 7 and not heritage", &["floors=9", "heritage=false"]));
    expect!["Waits; heritage: heritage (unknown, as true)"].assert_eq(&explain(
        "heritage and floors > 7 and area == ward",
        &["floors=9", "area=ward"],
    ));
    expect!["Fails; area: area == ward (other, as ward)"].assert_eq(&explain(
        "(heritage and floors > 7) or area == ward",
        &["heritage=false", "floors=1", "area=other"],
    ));
    expect!["Never"].assert_eq(&explain("heritage and not heritage", &["heritage=true"]));
    expect!["Holds"].assert_eq(&explain("not known(signed)", &[]));
    expect!["Fails; signed: not known(signed) (2026-03-02, as unknown)"]
        .assert_eq(&explain("not known(signed)", &["signed=2026-03-02"]));
    expect!["Fails; heritage: not heritage (unknown, as false); floors: floors > 7 (1, as 8)"]
        .assert_eq(&explain("not heritage and floors > 7", &["floors=1"]));
}

type Condition = fn(&Small) -> Option<bool>;

/// A guard of the properties, evaluated by the definition of Kleene's logic.
#[derive(Clone, Debug)]
enum Formula {
    Condition(&'static str, Condition),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

/// Answers to a small case: `n` from 0 to 3, `flag`, `area`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Small {
    n: Option<i64>,
    flag: Option<bool>,
    area: Option<&'static str>,
}

const SMALL: &str = "
    fact.n = { type = 'integer', range = [0, 3] }
    fact.flag = { type = 'boolean' }
    fact.area = { type = 'choice', values = ['ward', 'town', 'other'] }
";

impl Small {
    fn all() -> Vec<Self> {
        let n = [None, Some(0), Some(1), Some(2), Some(3)];
        let flag = [None, Some(false), Some(true)];
        let area = [None, Some("ward"), Some("town"), Some("other")];
        let pairs = n.iter().flat_map(|&n| flag.iter().map(move |&flag| (n, flag)));
        pairs.flat_map(|(n, flag)| area.iter().map(move |&area| Self { n, flag, area })).collect()
    }

    fn lookup(self) -> impl Fn(FactIdx) -> Option<Value> {
        move |it| match it.index() {
            0 => self.n.map(Value::Integer),
            1 => self.flag.map(Value::Boolean),
            _ => self.area.map(|it| Value::Choice(Id::parse(it).unwrap())),
        }
    }

    /// Which facts differ, as a set of places.
    fn differs(&self, other: &Self) -> u32 {
        u32::from(self.n != other.n)
            | u32::from(self.flag != other.flag) << 1
            | u32::from(self.area != other.area) << 2
    }
}

impl Formula {
    fn write(&self) -> String {
        match self {
            Self::Condition(text, _) => String::from(*text),
            Self::Not(it) => std::format!("not ({})", it.write()),
            Self::And(a, b) => std::format!("({}) and ({})", a.write(), b.write()),
            Self::Or(a, b) => std::format!("({}) or ({})", a.write(), b.write()),
        }
    }

    fn truth(&self, case: &Small) -> Truth {
        match self {
            Self::Condition(_, test) => test(case).map_or(Truth::Unknown, Truth::from),
            Self::Not(it) => match it.truth(case) {
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
                Truth::Yes => Truth::No,
            },
            Self::And(a, b) => a.truth(case).min(b.truth(case)),
            Self::Or(a, b) => a.truth(case).max(b.truth(case)),
        }
    }
}

fn formulas() -> impl Strategy<Value = Formula> {
    let leaves: [(&'static str, Condition); 14] = [
        ("n < 2", |it| it.n.map(|n| n < 2)),
        ("n >= 3", |it| it.n.map(|n| n >= 3)),
        ("n != 1", |it| it.n.map(|n| n != 1)),
        ("n in [0, 3]", |it| it.n.map(|n| n == 0 || n == 3)),
        ("n in [1]", |it| it.n.map(|n| n == 1)),
        ("not n in [2]", |it| it.n.map(|n| n != 2)),
        ("not n in [0, 3]", |it| it.n.map(|n| n != 0 && n != 3)),
        ("flag", |it| it.flag),
        ("flag == false", |it| it.flag.map(|flag| !flag)),
        ("known(n)", |it| Some(it.n.is_some())),
        ("known(area)", |it| Some(it.area.is_some())),
        ("area == ward", |it| it.area.map(|area| area == "ward")),
        ("not area in [town]", |it| it.area.map(|area| area != "town")),
        ("area in [ward, town]", |it| it.area.map(|area| area != "other")),
    ];
    let leaf = proptest::sample::select(leaves.to_vec())
        .prop_map(|(text, test)| Formula::Condition(text, test));
    leaf.prop_recursive(4, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|it| Formula::Not(Box::new(it))),
            pair.clone().prop_map(|(a, b)| Formula::And(Box::new(a), Box::new(b))),
            pair.prop_map(|(a, b)| Formula::Or(Box::new(a), Box::new(b))),
        ]
    })
}

const WORDS: [&str; 24] = [
    "and",
    "or",
    "not",
    "in",
    "known",
    "(",
    ")",
    "[",
    "]",
    ",",
    "==",
    "!=",
    "<",
    ">=",
    "floors",
    "heritage",
    "area",
    "signed",
    "7",
    "-1",
    "ward",
    "true",
    "2026-03-02",
    "9999999999999999999",
];

proptest! {
    #[test]
    fn evaluation_is_kleene_and_printing_an_identity(formula in formulas()) {
        let facts = read_facts(SMALL).0;
        let guard = compile(&formula.write(), &facts).unwrap();
        for case in Small::all() {
            prop_assert_eq!(guard.evaluate(case.lookup()), formula.truth(&case), "{:?}", case);
        }
        let again = compile(guard.as_str(), &facts).unwrap();
        prop_assert_eq!(again.as_str(), guard.as_str());
        prop_assert_eq!(again, guard);
    }

    #[test]
    fn what_comes_after_is_what_its_text_says(all in proptest::collection::vec(formulas(), 1..4)) {
        let facts = read_facts(SMALL).0;
        let mut guards: Vec<Guard> =
            all.iter().map(|it| compile(&it.write(), &facts).unwrap()).collect();
        let own = guards.pop().unwrap();
        let after = own.after(&guards, &facts).unwrap();
        for case in Small::all() {
            let truth = |it: &Guard| it.evaluate(case.lookup());
            let denied = guards.iter().map(|it| match truth(it) {
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
                Truth::Yes => Truth::No,
            });
            let expected = denied.chain([truth(&own)]).min();
            prop_assert_eq!(Some(truth(&after)), expected, "{:?}", case);
        }
        prop_assert_eq!(compile(after.as_str(), &facts), Ok(after));
    }

    #[test]
    fn no_text_is_too_strange(words in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..24), noise in ".{0,12}") {
        let facts = case();
        for text in [words.join(" "), words.concat(), words.join(&noise)] {
            if let Ok(guard) = compile(&text, &facts) {
                prop_assert_eq!(compile(guard.as_str(), &facts), Ok(guard));
            }
        }
    }

    #[test]
    fn what_is_needed_suffices_and_nothing_smaller_does(
        formula in formulas(),
        at in 0..Small::all().len(),
    ) {
        let facts = read_facts(SMALL).0;
        let guard = compile(&formula.write(), &facts).unwrap();
        let now = Small::all()[at];
        let unmet = guard.unmet(now.lookup(), &facts);
        let needs = unmet.needs();
        let fixed = |it: FactIdx| match needs.iter().find(|need| need.fact() == it) {
            Some(need) => need.example(),
            None => now.lookup()(it),
        };
        let helps = needs.is_empty() || guard.evaluate(fixed) == Truth::Yes;
        prop_assert!(helps, "{:?}", unmet);

        let holding = Small::all().into_iter().filter(|it| formula.truth(it) == Truth::Yes);
        let least = holding.map(|it| now.differs(&it).count_ones()).min();
        match unmet {
            Explanation::Holds => prop_assert_eq!(least, Some(0)),
            Explanation::Never => prop_assert_eq!(least, None),
            Explanation::Fails(needs) => prop_assert_eq!(least, Some(needs.len() as u32)),
            // Waiting changes nothing that is known, even if changing less would do.
            Explanation::Waits(needs) => {
                prop_assert_eq!(formula.truth(&now), Truth::Unknown);
                let waits = |it: &Small| {
                    formula.truth(it) == Truth::Yes
                        && (now.n.is_none() || it.n == now.n)
                        && (now.flag.is_none() || it.flag == now.flag)
                        && (now.area.is_none() || it.area == now.area)
                };
                let least = Small::all().iter().filter(|it| waits(it)).map(|it| now.differs(it).count_ones()).min();
                prop_assert_eq!(least, Some(needs.len() as u32));
            }
            Explanation::Entangled(_) => prop_assert!(false, "three facts are not entangled"),
        }
    }
}
