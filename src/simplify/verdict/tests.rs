//! Boundaries and cheats, as a test suite of an office would write them.

use std::format;
use std::string::{String, ToString as _};

use std::vec::Vec;

use expect_test::{Expect, expect};

use super::*;
use crate::calendar::Calendar;
use crate::definition::{Procedure, load};
use crate::diagnostic::any_error;
use crate::simplify::burden::tests::BASE;
use crate::simplify::cost;
use crate::source::Sources;
use crate::text::Lang;

/// Work costs nothing but what a test counts: one đồng a unit.
const NORMS: &str = r#"format = 1

[norms]
id = "one-dong"
name = "Mỗi đơn vị một đồng"
year = 2025

[income]
yearly = 2112
hours = 2112
source = "a test"

[item.unit]
name = "Một đơn vị"
task = "other"
minutes = 0
direct = 1
source = "a test"
"#;

fn norms() -> cost::Norms {
    let mut text = String::from(NORMS);
    for item in ["form", "original", "copy", "certified-copy", "submit", "receive", "pay"] {
        text += &format!(
            "\n[item.{item}]\nname = 'Không'\ntask = 'other'\nminutes = 0\nsource = 'a test'\n"
        );
    }
    let mut sources = Sources::new();
    sources.add("norms.toml", text);
    let (mut norms, found) = cost::load(&sources);
    assert!(!any_error(&found), "{found:?}");
    norms.remove(0)
}

fn calendar() -> Calendar {
    let mut sources = Sources::new();
    sources.add("vietnam.toml", include_str!("../../../procedures/calendars/vietnam.toml"));
    Calendar::parse_all(&sources).0.remove(0)
}

/// The base without its fee and with more originals, and a cost in đồng.
fn design(papers: usize, cost: u16) -> String {
    let papers: String = (0..papers)
        .map(|at| format!("[document.paper-{at}]\nname = 'Giấy tờ số {at}'\noriginals = 1\n\n"))
        .collect();
    let work = format!("[activity.work]\nitem = 'unit'\ntimes = {cost}\n");
    BASE.replace("[fee.permit]\nitem = \"stall\"\n", &(papers + &work))
}

fn procedure(text: &str) -> Procedure {
    let mut sources = Sources::new();
    sources.add("stall-permit.toml", text);
    let (mut procedures, found) = load(&sources);
    assert!(!any_error(&found), "{found:?}");
    procedures.remove(0)
}

/// Judges one text against another.
fn judge(before: &str, after: &str, then: impl FnOnce(&Verdict<'_>)) {
    let (before, after, norms, calendar) =
        (procedure(before), procedure(after), norms(), calendar());
    let setting = Setting::new(&norms, "2025-08-01".parse().unwrap());
    let by = Yardstick::new(setting, &calendar);
    then(&Verdict::between(&Design::of(&before), &Design::of(&after), &by).unwrap());
}

fn check(before: &str, after: &str, expect: &Expect) {
    judge(before, after, |it| expect.assert_eq(&it.to_string()));
}

#[test]
fn a_fifth_of_the_burdens_passes_and_less_does_not() {
    // Seven units stand in the base beside the papers.
    for (papers, left, passes) in [(34, 26, false), (34, 25, true), (93, 73, true), (93, 74, false)]
    {
        judge(&design(papers, 10), &design(left, 8), |it| {
            assert_eq!(it.balance().before(), papers + 7);
            assert_eq!(it.legs().burdens, passes, "{it}");
        });
    }
}

#[test]
fn a_fifth_of_the_cost_passes_and_a_hundredth_of_a_percent_less_does_not() {
    for (after, passes) in [(8_000, true), (8_001, false), (7_999, true)] {
        judge(&design(93, 10_000), &design(0, after), |it| {
            assert_eq!((it.legs().cost, it.legs().cost_without_fees), (passes, passes), "{it}");
            assert_eq!(it.legs().hold(), passes);
        });
    }
}

#[test]
fn nothing_changed_and_nothing_is_reached() {
    check(
        &design(3, 10),
        &design(3, 10),
        &expect![[r#"
            simpler by 1/5: no
              burdens: 0 of 10 cut (0 removed, 0 simplified, 0 new), 0.00 %: missed
              cost: 10 to 10 đồng a case, 0 saved, 0.00 %: missed
              cost without fees: 10 to 10 đồng a case, 0 saved, 0.00 %: missed
        "#]],
    );
}

#[test]
fn an_honest_redesign_passes() {
    check(
        &design(33, 10_000),
        &design(24, 7_000),
        &expect![[r#"
            simpler by 1/5: yes
              burdens: 9 of 40 cut (9 removed, 0 simplified, 0 new), 22.50 %: reached
              cost: 10.000 to 7.000 đồng a case, 3.000 saved, 30.00 %: reached
              cost without fees: 10.000 to 7.000 đồng a case, 3.000 saved, 30.00 %: reached
        "#]],
    );
}

#[test]
fn papers_under_new_names_are_no_progress() {
    let after = (0..9).fold(design(33, 10), |text, at| {
        text.replace(&format!("[document.paper-{at}]"), &format!("[document.sheet-{at}]"))
    });
    check(
        &design(33, 10),
        &after.replace("times = 10", "times = 8"),
        &expect![[r#"
            simpler by 1/5: no
              burdens: 9 of 40 cut (9 removed, 0 simplified, 9 new), 22.50 %: reached
              cost: 10 to 8 đồng a case, 2 saved, 20.00 %: reached
              cost without fees: 10 to 8 đồng a case, 2 saved, 20.00 %: reached
              objection burden-renamed: `document.paper-0` is gone and `document.sheet-0` asks for the same
                for example: paper-0 → sheet-0
              objection burden-renamed: `document.paper-1` is gone and `document.sheet-1` asks for the same
                for example: paper-1 → sheet-1
              objection burden-renamed: `document.paper-2` is gone and `document.sheet-2` asks for the same
                for example: paper-2 → sheet-2
              objection burden-renamed: `document.paper-3` is gone and `document.sheet-3` asks for the same
                for example: paper-3 → sheet-3
              objection burden-renamed: `document.paper-4` is gone and `document.sheet-4` asks for the same
                for example: paper-4 → sheet-4
              objection burden-renamed: `document.paper-5` is gone and `document.sheet-5` asks for the same
                for example: paper-5 → sheet-5
              objection burden-renamed: `document.paper-6` is gone and `document.sheet-6` asks for the same
                for example: paper-6 → sheet-6
              objection burden-renamed: `document.paper-7` is gone and `document.sheet-7` asks for the same
                for example: paper-7 → sheet-7
              objection burden-renamed: `document.paper-8` is gone and `document.sheet-8` asks for the same
                for example: paper-8 → sheet-8
              objection burdens-added: 9 of 40 burdens are cut and 9 are new (`document.sheet-0`, `document.sheet-1`, `document.sheet-2`, `document.sheet-3`, `document.sheet-4`, `document.sheet-5`, `document.sheet-6`, `document.sheet-7`, `document.sheet-8`): 0 of 40 misses the target
        "#]],
    );
}

#[test]
fn other_papers_in_their_place_are_no_progress() {
    let new: String = ["Bản vẽ", "Ảnh chụp", "Giấy hẹn"]
        .iter()
        .enumerate()
        .map(|(at, name)| format!("[document.new-{at}]\nname = '{name}'\ncopies = {}\n\n", at + 1))
        .collect();
    let after = design(24, 8).replace("[activity.work]", &(new + "[activity.work]"));
    check(
        &design(33, 10),
        &after,
        &expect![[r#"
            simpler by 1/5: no
              burdens: 9 of 40 cut (9 removed, 0 simplified, 3 new), 22.50 %: reached
              cost: 10 to 8 đồng a case, 2 saved, 20.00 %: reached
              cost without fees: 10 to 8 đồng a case, 2 saved, 20.00 %: reached
              objection burdens-added: 9 of 40 burdens are cut and 3 are new (`document.new-0`, `document.new-1`, `document.new-2`): 6 of 40 misses the target
        "#]],
    );
}

#[test]
fn work_that_the_office_does_instead_is_moved() {
    let moved = "[activity.copying]\nfor = 'document.identity'\nitem = 'unit'\ntimes = 3\nborne-by = 'officer'\n";
    check(
        &design(33, 10),
        &(design(24, 7) + moved),
        &expect![[r#"
            simpler by 1/5: no
              burdens: 9 of 40 cut (9 removed, 0 simplified, 0 new), 22.50 %: reached
              cost: 10 to 7 đồng a case, 3 saved, 30.00 %: reached
              cost without fees: 10 to 7 đồng a case, 3 saved, 30.00 %: reached
              objection cost-moved: Công chức bears 3 đồng a case after 0 đồng before
                for example: identity
        "#]],
    );
}

#[test]
fn a_role_that_stands_for_another_bears_what_that_one_bore() {
    let work = "[activity.copying]\nitem = 'unit'\ntimes = 3\nborne-by = 'officer'\n";
    let after = (design(24, 7) + work).replace("officer", "clerk");
    for (role, codes) in [("", &["cost-moved"][..]), ("replaces = ['role.officer']\n", &[])] {
        let after = after.replace("[role.clerk]\n", &format!("[role.clerk]\n{role}"));
        judge(&(design(33, 10) + work), &after, |it| {
            let found: Vec<&str> = it.objections().iter().map(Diagnostic::code).collect();
            assert_eq!(found, codes, "{it}");
        });
    }
}

#[test]
fn what_is_not_known_reaches_nothing() {
    let unknown = "[activity.travel]\nitem = 'travel-to-the-moon'\n";
    check(
        &design(33, 10),
        &(design(24, 7) + unknown),
        &expect![[r#"
            simpler by 1/5: no
              burdens: 9 of 40 cut (9 removed, 0 simplified, 0 new), 22.50 %: reached
              cost: not known: missed
              cost without fees: not known: missed
              objection cost-unknown: the cost after of `activity.travel` is not known: `travel-to-the-moon`: the norms have no such item
        "#]],
    );
}

#[test]
fn a_share_of_the_subjects_saves_a_share() {
    let (before, after) = (procedure(&design(33, 10_000)), procedure(&design(24, 7_000)));
    let (norms, calendar) = (norms(), calendar());
    let setting = Setting::new(&norms, "2025-08-01".parse().unwrap());
    for (share, reached) in [("2/3", true), ("66.66%", false)] {
        let by = Yardstick::new(setting, &calendar).adopted_by(share.parse().unwrap());
        let verdict = Verdict::between(&Design::of(&before), &Design::of(&after), &by).unwrap();
        assert_eq!(verdict.legs().cost, reached, "{verdict}");
        assert_eq!(verdict.cost().break_even(by.target()).unwrap().to_string(), "2/3");
    }
}

#[test]
fn the_assertion_shows_a_small_report() {
    judge(&design(3, 10), &design(3, 10), |it| {
        let asserted = std::panic::AssertUnwindSafe(|| crate::assert_simpler!(it));
        let said = std::panic::catch_unwind(asserted).unwrap_err();
        assert_eq!(*said.downcast::<String>().unwrap(), it.to_string());
    });
    judge(&design(33, 10_000), &design(24, 7_000), |it| crate::assert_simpler!(it));
}

#[test]
fn a_term_may_become_shorter_and_never_longer() {
    let term = |limit: &str| design(24, 7).replace("\"5 working days\"", &format!("\"{limit}\""));
    judge(&design(33, 10), &term("3 working days"), |it| assert!(it.holds(), "{it}"));
    // Seven days are five working days at most times, and fewer around Tết.
    for (limit, codes) in [("6 working days", ["term-longer"]), ("8 days", ["term-longer"])] {
        judge(&design(33, 10), &term(limit), |it| {
            let found: Vec<&str> = it.objections().iter().map(Diagnostic::code).collect();
            assert_eq!(found, codes, "{limit}: {it}");
        });
    }
}

#[test]
fn a_term_that_the_steps_cannot_keep_is_broken() {
    let slow = design(24, 7).replace(
        "role = \"chair\"\nportal-status = 4",
        "role = \"chair\"\nportal-status = 4\nbudget = \"9 working days\"",
    );
    judge(&design(33, 10), &slow, |it| {
        assert!(it.legs().hold() && !it.holds(), "{it}");
        assert!(it.objections().iter().all(|it| it.code() == "term-broken"), "{it}");
    });
}

#[test]
fn applications_are_decided_as_before_unless_a_change_says_so() {
    let kind = design(24, 7)
        .replace("when = \"eligible\"", "when = \"eligible or small\"")
        .replace("when = \"not eligible\"", "when = \"not eligible and not small\"")
        .replace(
            "[fact.eligible]",
            "[fact.small]\ntype = \"boolean\"\nby = \"officer\"\n\n[fact.eligible]",
        );
    let old = design(33, 10).replace(
        "[fact.eligible]",
        "[fact.small]\ntype = \"boolean\"\nby = \"officer\"\n\n[fact.eligible]",
    );
    judge(&old, &kind, |it| {
        let objection = it.objections().first().unwrap();
        assert_eq!(objection.code(), "outcome-changed");
        let known = objection.evidence().unwrap().known();
        assert!(known.iter().any(|(fact, value)| *fact == *"small" && **value == *"true"), "{it}");
    });
    let declared = "[change.small]\nnow = 'granted'\nwhen = 'small'\nreason = 'Quy mô nhỏ'\nlaw = ['decree']\n";
    judge(&old, &format!("{kind}{declared}"), |it| {
        assert!(it.objections().iter().all(|it| it.code() != "outcome-changed"), "{it}");
    });
}

#[test]
fn both_versions_are_measured_for_one_typical_case() {
    let typical = |text: String, case: &str| format!("{text}[compliance]\ncase = \"{case}\"\n");
    let before = typical(design(33, 10), "eligible");
    for (case, code) in [("eligible", None), ("not eligible", Some("case-changed"))] {
        judge(&before, &typical(design(24, 7), case), |it| {
            assert_eq!(it.objections().first().map(Diagnostic::code), code, "{it}");
            assert_eq!(it.holds(), code.is_none(), "{it}");
        });
    }
}

#[test]
fn the_same_work_is_measured_by_one_item() {
    let work = |text: String, item: &str| {
        text + &format!("[activity.go]\nfor = 'transition.file'\nitem = '{item}'\n")
    };
    // A unit costs a đồng, and filing as usual nothing.
    for (before, after, code) in [
        (work(design(33, 10), "unit"), work(design(24, 7), "unit"), None),
        (work(design(33, 10), "unit"), work(design(24, 7), "submit"), Some("case-changed")),
        (work(design(33, 10), "unit"), design(24, 7), Some("case-changed")),
        (design(33, 10), work(design(24, 7), "unit"), None),
    ] {
        judge(&before, &after, |it| {
            assert_eq!(it.objections().first().map(Diagnostic::code), code, "{it}");
        });
        // The way to another office is another way.
        let level =
            |text: &str| text.replace("authority = \"commune\"", "authority = \"province\"");
        assert_ne!(level(&after), after);
        judge(&before, &level(&after), |it| assert!(it.objections().is_empty(), "{it}"));
    }
}

#[test]
fn a_figure_that_is_not_known_is_named_with_its_paper_and_what_to_supply() {
    let unknown = "[document.map]\nname = 'Bản đồ'\nreplaces = ['document.paper-0']\n\n[activity.draw]\nfor = 'document.identity'\nitem = 'drawing'\n";
    judge(
        &design(33, 10),
        &(design(24, 7).replace("[document.paper-0]\nname = 'Giấy tờ số 0'\noriginals = 1\n", "")
            + unknown),
        |it| {
            let said: Vec<String> = it
                .objections()
                .iter()
                .filter(|it| it.code() == "cost-unknown")
                .flat_map(|it| {
                    let advice = |lang| it.advice_in(lang).unwrap_or_default().to_string();
                    [Lang::En, Lang::Vi]
                        .map(|lang| format!("{}: {}", it.message_in(lang), advice(lang)))
                })
                .collect();
            expect![[r#"
                the cost after of `document.map` is not known: the definition does not say how much is asked for: state how many originals or copies `document.map` asks for, or add an `[activity]` with `for = "document.map"`
                chưa biết chi phí cho `document.map` ở bản sau: thủ tục không nêu số lượng: nêu số bản chính hoặc bản sao của `document.map`, hoặc thêm một `[activity]` với `for = "document.map"`
                the cost after of `document.identity` is not known: `drawing`: the norms have no such item: add `[item."drawing"]` to the norms, or let an `[activity]` name an item that they have
                chưa biết chi phí cho `document.identity` ở bản sau: `drawing`: định mức không có mục này: thêm `[item."drawing"]` vào định mức, hoặc để một `[activity]` nêu mục đã có trong định mức"#]].assert_eq(&said.join("\n"));
        },
    );
}

#[test]
fn every_objection_speaks_both_languages() {
    let moved =
        "[activity.copying]\nfor = 'document.identity'\nitem = 'unit'\nborne-by = 'officer'\n";
    let cheat = design(24, 7)
        .replace("\"5 working days\"", "\"6 working days\"")
        .replace("[document.paper-0]", "[document.sheet-0]")
        + moved;
    judge(&design(33, 10), &cheat, |it| {
        assert!(it.objections().len() >= 3, "{it}");
        for it in it.objections() {
            assert_ne!(it.message_in(Lang::Vi), it.message(), "{}", it.code());
        }
    });
}
