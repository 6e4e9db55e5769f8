//! Names cut nothing; measures do.

use std::format;
use std::string::String;

use expect_test::{Expect, expect};

use super::*;
use crate::calendar::Calendar;
use crate::definition::{Procedure, load};
use crate::simplify::burden::tests::BASE;
use crate::simplify::diff::diff;
use crate::source::Sources;

fn procedure(text: &str) -> Procedure {
    let mut sources = Sources::new();
    sources.add("stall-permit.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(found.is_empty(), "{found:?}");
    procedures.remove(0)
}

/// Tells what became of the burdens of `BASE` when words of it are changed.
fn check(changes: &[(&str, &str)], expect: &Expect) {
    check_of(BASE, changes, expect);
}

fn check_of(base: &str, changes: &[(&str, &str)], expect: &Expect) {
    let after = changes.iter().fold(String::from(base), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let (before, after) = (procedure(base), procedure(&after));
    let mut sources = Sources::new();
    sources.add("vietnam.toml", include_str!("../../../procedures/calendars/vietnam.toml"));
    let calendar = Calendar::parse_all(&sources).0.remove(0);
    let (before, after) = (Design::of(&before), Design::of(&after));
    let balance = Balance::between(&before, &after, &diff(&before, &after, &calendar));
    let weighed = balance
        .weighed()
        .iter()
        .filter(|it| it.relief() != Relief::Kept || it.now()[0].at() != it.burden().at());
    let mut told: String = weighed
        .map(|it| {
            let now: String = it.now().iter().map(|it| format!(" {}", it.at())).collect();
            let fallen: String = it.fallen().iter().map(|it| format!(" {it}")).collect();
            format!("{} {}:{now};{fallen}\n", it.relief(), it.burden().at())
        })
        .collect();
    balance.added().iter().for_each(|it| told += &format!("added {}\n", it.at()));
    expect.assert_eq(&told);
}

#[test]
fn nothing_changed_and_nothing_became_simpler() {
    check(&[], &expect![""]);
}

#[test]
fn what_is_gone_or_answered_is_removed() {
    let database = "[database.population]\nname = 'Cơ sở dữ liệu'\n\n[result.permit]";
    check(
        &[
            ("certified = true", "certified = true\nreplaced-by = ['population']"),
            ("[result.permit]", database),
            ("[fee.permit]\nitem = \"stall\"\n", ""),
        ],
        &expect![[r#"
            removed document.identity:;
            removed fee.permit:;
        "#]],
    );
}

#[test]
fn a_declared_new_name_removes_nothing() {
    let paper = "[document.identity]";
    let renamed = "[document.personal-paper]\nreplaces = [\"document.identity\"]";
    check(
        &[(paper, renamed)],
        &expect![[r#"
        kept document.identity: document.personal-paper;
    "#]],
    );
}

#[test]
fn an_undeclared_new_name_is_one_gone_and_one_new() {
    check(
        &[("[document.identity]", "[document.personal-paper]")],
        &expect![[r#"
        removed document.identity:;
        added document.personal-paper
    "#]],
    );
}

#[test]
fn fewer_copies_are_simpler_unless_originals_take_their_place() {
    check(
        &[("copies = 2", "copies = 1")],
        &expect![[r#"
        simplified document.identity: document.identity; copies certified-copies
    "#]],
    );
    check(&[("copies = 2", "copies = 1\noriginals = 1")], &expect![""]);
}

#[test]
fn a_split_adds_what_there_was_not() {
    let two = "[document.front]\nname = 'Mặt trước'\ncopies = 1\nreplaces = [\"document.identity\"]\n
[document.back]\nname = 'Mặt sau'\ncopies = 1\nreplaces = [\"document.identity\"]\n\n[document.identity]";
    let gone = "[document.identity]\nname = { vi = \"Căn cước\", en = \"Identity card\" }\ncopies = 2\ncertified = true\nlaw = [\"decree\"]\n";
    check(
        &[("[document.identity]", two), (gone, "")],
        &expect![[r#"
        simplified document.identity: document.front document.back; certified-copies
        added document.back
    "#]],
    );
}

#[test]
fn a_merger_is_simpler_when_it_asks_for_less() {
    let gone = "[document.identity]\nname = { vi = \"Căn cước\", en = \"Identity card\" }\ncopies = 2\ncertified = true\nlaw = [\"decree\"]\n";
    let merged = "fields = 20\nreplaces = [\"document.application\", \"document.identity\"]";
    check(
        &[(gone, ""), ("fields = 20", merged)],
        &expect![[r#"
        simplified document.application: document.application; copies certified-copies
        simplified document.identity: document.application; copies certified-copies
    "#]],
    );
}

#[test]
fn a_result_that_comes_sooner_is_simpler() {
    check(
        &[("\"5 working days\"", "\"3 working days\"")],
        &expect![[r#"
        simplified result.permit: result.permit; waiting-days
    "#]],
    );
    check(&[("\"5 working days\"", "\"6 working days\"")], &expect![[""]]);
    // Six days end sooner at most times, and later where five working days hold no weekend.
    check(&[("\"5 working days\"", "\"6 days\"")], &expect![[""]]);
}

/// The base with a second condition that can be more or less.
fn with_floors() -> String {
    BASE.replace(
        "[fact.eligible]",
        "[fact.floors]\ntype = \"integer\"\nrange = [1, 9]\nby = \"officer\"\n\n[fact.eligible]",
    )
    .replace("when = \"eligible\"", "when = \"eligible and floors <= 3\"")
    .replace("when = \"not eligible\"", "when = \"not eligible or floors > 3\"")
}

#[test]
fn a_condition_that_rules_fewer_cases_out_is_simpler_and_no_other_one() {
    let granted = "when = \"eligible and floors <= 3\"";
    let refused = "when = \"not eligible or floors > 3\"";
    for (wider, narrower, expect) in [
        (
            "eligible and floors <= 5",
            "not eligible or floors > 5",
            expect![[r#"
            simplified fact.floors: fact.floors; exclusions
        "#]],
        ),
        ("eligible and floors <= 2", "not eligible or floors > 2", expect![[""]]),
        (
            "eligible and floors in [2, 3, 4]",
            "not eligible or not floors in [2, 3, 4]",
            expect![[""]],
        ),
        (
            "eligible",
            "not eligible",
            expect![[r#"
            removed fact.floors:;
        "#]],
        ),
        (
            "eligible or floors <= 3",
            "not eligible and floors > 3",
            expect![[r#"
            simplified fact.floors: fact.floors; exclusions
            simplified fact.eligible: fact.eligible; exclusions
        "#]],
        ),
        ("eligible and floors < 4", "not eligible or floors >= 4", expect![[""]]),
    ] {
        let changes = [
            (granted, &*format!("when = \"{wider}\"")),
            (refused, &*format!("when = \"{narrower}\"")),
        ];
        check_of(&with_floors(), &changes, &expect);
    }
}

#[test]
fn a_condition_that_a_second_step_asks_for_too_is_not_simpler() {
    check_of(
        &with_floors(),
        &[
            ("when = \"eligible and floors <= 3\"", "when = \"eligible and floors <= 5\""),
            ("when = \"not eligible or floors > 3\"", "when = \"not eligible or floors > 5\""),
            ("needs = [\"documents\"]", "needs = [\"documents\"]\nwhen = \"floors <= 3\""),
        ],
        &expect![[""]],
    );
}
