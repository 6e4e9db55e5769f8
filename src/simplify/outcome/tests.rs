use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;
use std::format;
use std::string::String;

use proptest::prelude::*;

use super::{Prospect, differences, prospect};
use crate::definition::fact::{Domain, Value};
use crate::definition::guard::Truth;
use crate::definition::{Act, Position as _, Procedure, Target, load};
use crate::diagnostic::any_error;
use crate::simplify::Design;
use crate::source::Sources;

const HEAD: &str = r#"format = 1
[procedure]
id = "kiosk"
version = "%"
name = "Ki-ốt"
authority = "commune"
service-level = "full"
channels = ["counter"]
effective = { from = %-01 }
[law.decree]
instrument = "118/2025/NĐ-CP"
[role.applicant]
name = "Người nộp"
[role.officer]
name = "Công chức"
"#;

/// What kind of facts both versions have.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Boolean,
    Integer,
}

/// A fact of a version: its declaration, what may be asked of it.
fn fact(kind: Kind) -> BoxedStrategy<(String, Vec<String>)> {
    let boolean = Just(("type = 'boolean'".into(), vec!["%".into(), "not %".into()]));
    let number = (0_i64..2, 1_i64..3).prop_map(|(min, more)| {
        let text = format!("type = 'integer', range = [{min}, {}]", min + more);
        let asked = [">=", "==", "<"].map(|it| format!("% {it} {}", min + 1));
        (text, asked.into())
    });
    match kind {
        Kind::Boolean => boolean.boxed(),
        Kind::Integer => number.boxed(),
    }
}

/// Two versions with facts of the same kinds.
fn pair() -> impl Strategy<Value = (String, String)> {
    let kind = || proptest::sample::select(vec![Kind::Boolean, Kind::Integer]);
    (kind(), kind()).prop_flat_map(|kinds| (version("2025-01", kinds), version("2026-01", kinds)))
}

/// One version: two facts, three states, random transitions between them and to an end.
fn version(name: &'static str, (f, g): (Kind, Kind)) -> impl Strategy<Value = String> {
    let facts = (fact(f), fact(g));
    facts.prop_flat_map(move |(f, g)| {
        let leaves: Vec<String> = [("f", &f.1), ("g", &g.1)]
            .iter()
            .flat_map(|(name, all)| {
                let known = format!("known({name})");
                all.iter().map(|it| it.replace('%', name)).chain([known]).collect::<Vec<_>>()
            })
            .collect();
        let guard = proptest::sample::select(leaves).prop_recursive(2, 4, 2, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
                (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) or ({b})")),
            ]
        });
        let act = proptest::sample::select(vec!["plain", "plain", "decide", "refuse"]);
        let step = (0_usize..3, 0_usize..5, act, proptest::option::of(guard));
        let steps = proptest::collection::vec(step, 1..6);
        let head = HEAD.replace('%', name);
        steps.prop_map(move |steps| {
            let mut text = format!("{head}[fact.f]\n{}\n[fact.g]\n{}\n", lines(&f.0), lines(&g.0));
            for (state, status) in ["s0", "s1", "s2", "s3", "end"].iter().zip([1, 4, 4, 9, 10]) {
                text += &format!("[state.{state}]\nname = 'S'\nportal-status = {status}\n");
            }
            text += "[transition.file]\nact = 'file'\nto = 's0'\nby = 'applicant'\n";
            for (at, (from, to, act, when)) in steps.iter().enumerate() {
                let to = ["s0", "s1", "s2", "s3", "end"][*to];
                let when = when.as_ref().map(|it| format!("when = '{it}'\n")).unwrap_or_default();
                text += &format!(
                    "[transition.t{at}]\nact = '{act}'\nfrom = 's{from}'\nto = '{to}'\nby = 'officer'\n{when}"
                );
            }
            text
        })
    })
}

fn lines(declaration: &str) -> String {
    declaration.replace("', ", "'\n")
}

fn read(text: &str) -> Procedure {
    let mut sources = Sources::new();
    sources.add("it.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(!any_error(&found), "{text}\n{found:#?}");
    procedures.remove(0)
}

type Known = [Option<Value>; 2];

/// Every value that either version admits, and not to know it where some guard asks that.
fn values(versions: [&Procedure; 2], place: usize) -> Vec<Option<Value>> {
    let mut values = BTreeSet::new();
    for version in versions {
        let (at, fact) = version.facts().iter().nth(place).unwrap();
        match fact.domain() {
            Domain::Boolean => values.extend([false, true].map(|it| Some(Value::Boolean(it)))),
            Domain::Integer { min, max } => {
                values.extend((*min..=*max).map(|it| Some(Value::Integer(it))));
            }
            Domain::Choice(_) | Domain::Date => panic!("no such fact is made here"),
        }
        let mut guards = version.transitions().iter().filter_map(|it| it.2.when());
        if guards.any(|it| it.asks_known(at)) {
            values.insert(None);
        }
    }
    values.into_iter().collect()
}

/// Follows one case through one version, state by state.
fn followed(version: &Procedure, case: &Known) -> Prospect {
    let known = |at: crate::definition::fact::FactIdx| {
        let fact = version.facts().fact(at)?;
        case[at.index()].filter(|it| fact.domain().admits(*it))
    };
    let mut reached = vec![false; version.states().len()];
    let (mut granted, mut refused) = (false, false);
    let Target::State(first) = version.transitions().get(version.filing()).unwrap().to() else {
        panic!("filing leads to a state")
    };
    reached[first.index()] = true;
    for _ in 0..version.states().len() {
        for (_, _, step) in version.transitions().iter() {
            let leaves = step.from().any(|it| {
                let status = version.states().get(it).unwrap().portal_status();
                reached[it.index()] && !status.is_terminal()
            });
            let holds = step.when().is_none_or(|it| it.evaluate(known) == Truth::Yes);
            if let (true, Target::State(to)) = (leaves && holds, step.to()) {
                reached[to.index()] = true;
                granted |= step.act() == Act::Decide;
                refused |= step.act() == Act::Refuse;
            }
        }
    }
    match (granted, refused) {
        (true, true) => Prospect::Either,
        (true, false) => Prospect::Granted,
        (false, true) => Prospect::Refused,
        (false, false) => Prospect::Neither,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn differences_are_those_that_brute_force_finds((one, other) in pair()) {
        let (before, after) = (read(&one), read(&other));
        let mut wanted = BTreeSet::new();
        for f in values([&before, &after], 0) {
            for g in values([&before, &after], 1) {
                let (old, new) = (followed(&before, &[f, g]), followed(&after, &[f, g]));
                if old != new {
                    wanted.insert((old, new));
                }
            }
        }
        let found = differences(&Design::of(&before), &Design::of(&after));
        prop_assert!(found.entangled().is_empty());
        let pairs: BTreeSet<_> = found.found().iter().map(|it| (it.before(), it.after())).collect();
        prop_assert_eq!(pairs, wanted);
        for it in found.found() {
            let ends = |path: &[crate::id::Id], prospect| path.is_empty() == (prospect == Prospect::Neither);
            prop_assert!(ends(it.path_before(), it.before()) && ends(it.path_after(), it.after()));
        }
    }

    #[test]
    fn what_a_case_leaves_possible_is_what_brute_force_finds((text, _) in pair()) {
        let version = read(&text);
        for f in values([&version, &version], 0) {
            for g in values([&version, &version], 1) {
                let case = [f, g];
                prop_assert_eq!(prospect(&version, |it| case[it.index()]), followed(&version, &case));
            }
        }
    }
}

/// Refuses houses of more than four floors, or of more than six with the change that says so.
fn kiosk(version: &str, least: i64, change: &str) -> Procedure {
    let head = HEAD.replace('%', version);
    read(&format!(
        "{head}[fact.floors]\ntype = 'integer'\nrange = [1, 9]
        [state.filed]\nname = 'Mới nộp'\nportal-status = 1
        [state.signed]\nname = 'Đã ký'\nportal-status = 9
        [state.refused]\nname = 'Từ chối'\nportal-status = 9
        [transition.file]\nact = 'file'\nto = 'filed'\nby = 'applicant'
        [transition.sign]\nact = 'decide'\nfrom = 'filed'\nto = 'signed'\nby = 'officer'\nwhen = 'floors < {least}'
        [transition.refuse]\nact = 'refuse'\nfrom = 'filed'\nto = 'refused'\nby = 'officer'\nwhen = 'floors >= {least}'
        {change}"
    ))
}

fn told(before: &Procedure, after: &Procedure) -> String {
    let found = differences(&Design::of(before), &Design::of(after));
    let names = |all: &[crate::id::Id]| {
        all.iter().map(crate::id::Id::as_str).collect::<Vec<_>>().join(" → ")
    };
    let line = |it: &super::Difference| {
        let facts: Vec<String> = it.facts().iter().map(|(id, it)| format!("{id} = {it}")).collect();
        format!(
            "{} → {} for {}: {} | {} by [{}]\n",
            it.before(),
            it.after(),
            facts.join(", "),
            names(it.path_before()),
            names(it.path_after()),
            names(it.explained_by())
        )
    };
    let idle = found.idle().iter().map(|(_, it)| format!("idle: {it}\n"));
    found.found().iter().map(line).chain(idle).collect()
}

#[test]
fn a_declared_change_explains_what_it_is_about_and_nothing_else() {
    use expect_test::expect;
    const SAID: &str = "[change.higher]\nnow = 'granted'\nwhen = 'floors < 6'\nreason = 'Nhà cao hơn'\nlaw = 'decree'";
    let before = kiosk("2025-01", 4, "");
    expect![[r#"
        refused → granted for floors = 4: file → refuse | file → sign by []
    "#]]
    .assert_eq(&told(&before, &kiosk("2026-01", 6, "")));
    expect![[r#"
        refused → granted for floors = 4: file → refuse | file → sign by [higher]
    "#]]
    .assert_eq(&told(&before, &kiosk("2026-01", 6, SAID)));
    expect![[r#"
        refused → granted for floors = 4: file → refuse | file → sign by [higher]
        refused → granted for floors = 6: file → refuse | file → sign by []
    "#]]
    .assert_eq(&told(&before, &kiosk("2026-01", 8, SAID)));
    expect![[r#"
        granted → refused for floors = 2: file → sign | file → refuse by []
        idle: higher
    "#]]
    .assert_eq(&told(&before, &kiosk("2026-01", 2, SAID)));
    expect![[r#"
        refused → granted for floors = 4: file → refuse | file → sign by []
        idle: higher
    "#]]
    .assert_eq(&told(&before, &kiosk("2026-01", 6, &SAID.replace("law = 'decree'", ""))));
}
