use alloc::string::String;
use alloc::vec::Vec;
use std::format;

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;

/// The least procedure that can be filed, decided and returned.
pub(crate) const LEAST: &str = r#"
format = 1
[procedure]
id = "least"
version = "2025-07"
name = "Thủ tục mẫu"
authority = "commune"
service-level = "full"
channels = ["counter", "online"]
effective = { from = 2025-07-01 }
[law.decree]
instrument = "118/2025/NĐ-CP"
[fact.floors]
type = "integer"
range = [1, 9]
[role.applicant]
name = "Người nộp"
[role.officer]
name = "Công chức"
[term.decision]
limit = "5 working days"
starts = "accept"
[state.filed]
name = "Mới nộp"
portal-status = 1
[state.received]
name = "Tiếp nhận"
portal-status = 2
[state.signed]
name = "Đã ký"
portal-status = 9
[state.returned]
name = "Đã trả"
portal-status = 10
[transition.file]
act = "file"
to = "filed"
by = "applicant"
[transition.accept]
act = "accept"
from = "filed"
to = "received"
by = "officer"
[transition.sign]
act = "decide"
from = "received"
to = "signed"
by = "officer"
when = "floors < 5"
[transition.return]
act = "return"
from = "signed"
to = "returned"
by = "officer"
"#;

fn lines(sources: &Sources, found: &[Diagnostic]) -> String {
    let line = |it: &Diagnostic| {
        let source = sources.file(it.span().file()).unwrap();
        let (line, column) = source.line_column(it.span().range().start);
        let help = it.advice().map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{}:{line}:{column} {}: {}{help}", source.name(), it.code(), it.message())
    };
    let errors = found.iter().filter(|it| it.severity() == Severity::Error);
    errors.map(line).collect::<Vec<_>>().join("\n")
}

fn check(texts: &[&str], expected: Expect) -> Vec<Procedure> {
    let mut sources = Sources::new();
    for (at, text) in texts.iter().enumerate() {
        sources.add(format!("{at}"), *text);
    }
    let (procedures, found) = load(&sources);
    expected.assert_eq(&lines(&sources, &found));
    procedures
}

#[test]
fn the_least_procedure_loads_and_prints_to_itself() {
    let loaded = check(&[LEAST], expect![[""]]);
    let [procedure] = &loaded[..] else { panic!() };
    let again = check(&[procedure.text()], expect![[""]]);
    assert_eq!(again[0], *procedure);
    assert_eq!(again[0].text(), procedure.text());
}

#[test]
fn ten_mistakes_give_ten_diagnostics_each_at_its_place() {
    let text = LEAST
        .replace("authority = \"commune\"", "authority = \"comune\"")
        .replace("from = 2025-07-01 }", "from = 2025-07-01, until = 2025-07-01 }")
        .replace("range = [1, 9]", "rage = [1, 9]")
        .replace("limit = \"5 working days\"", "limit = \"5\"")
        .replace("portal-status = 9", "portal-status = 11")
        .replace("from = \"filed\"", "from = \"field\"")
        .replace("to = \"signed\"", "too = \"signed\"")
        .replace("act = \"return\"", "act = \"returned\"")
        .replace("name = \"Công chức\"", "name = 7")
        .replace("floors < 5", "floor < 5");
    check(
        &[&text],
        expect![[r#"
            0:7:13 unknown-word: `comune` is not a level of authority: `ministry`, `province`, `district` or `commune` (did you mean `commune`?)
            0:10:13 empty-interval: the interval holds no day (`until` is the day after the last and must come after `from`)
            0:15:1 unknown-key: unknown key `rage` (did you mean `range`?)
            0:19:8 wrong-type: expected a text, found a whole number
            0:21:9 bad-limit: `5` is not a limit: a number without a unit (write `working days`, `days`, `months`, `years`, `working hours` or `clock hours` behind it)
            0:31:17 bad-value: `11` is not a status of the Portal, 1 to 10
            0:41:8 undeclared-state: state `field` is not declared (did you mean `filed`?)
            0:47:1 unknown-key: unknown key `too` (did you mean `to`?)
            0:49:9 undeclared-fact: fact `floor` is not declared (did you mean `floors`?)
            0:51:7 unknown-word: `returned` is not an act of the procedure, such as `accept` or `request-supplement` (did you mean `return`?)"#]],
    );
}

#[test]
fn the_real_life_cycle_stands_alone() {
    let text = include_str!("../../procedures/life-cycles/one-stop-2018-06.toml");
    check(&[text], expect![[""]]);
}

#[test]
fn readings_are_inherited_one_by_one() {
    let cycle = r#"
        format = 1
        [life-cycle]
        id = "cycle"
        version = "2025-07"
        name = "Vòng đời"
        effective = { from = 2025-07-01 }
        [policy]
        non-boundary = "received"
        leap-day = "roll"
        [transition.file]
        act = "file"
        to = "filed"
        by = "applicant"
        [role.applicant]
        name = "Người nộp"
        [state.filed]
        name = "Mới nộp"
        portal-status = 1
    "#;
    let own = LEAST.replace(
        "[law.decree]",
        "life-cycle = \"cycle\"\n[policy]\nleap-day = \"last\"\n[law.decree]",
    );
    let loaded = check(&[cycle, &own], expect![[""]]);
    let chosen: Vec<_> = loaded[0].policies().chosen().collect();
    assert_eq!(chosen, [("leap-day", "last"), ("non-boundary", "received")]);
}

#[test]
fn a_text_with_an_error_gives_no_procedure_not_even_through_its_life_cycle() {
    let text = LEAST.replace("type = \"integer\"\n", "").replace("when = \"floors < 5\"\n", "");
    let loaded = check(&[&text], expect!["0:13:1 missing-key: `type` is missing here"]);
    assert!(loaded.is_empty());

    let cycle = include_str!("../../procedures/life-cycles/one-stop-2018-06.toml");
    let cycle = cycle.replace("[law.forms]", "[law.forms]\ncolour = \"green\"");
    let heir = r#"
        format = 1
        [procedure]
        id = "heir"
        version = "2019-01"
        name = "Thủ tục"
        authority = "commune"
        service-level = "full"
        effective = { from = 2019-01-01, until = 2020-01-01 }
        life-cycle = "one-stop"
    "#;
    let loaded = check(&[&cycle, heir], expect!["0:90:1 unknown-key: unknown key `colour`"]);
    assert!(loaded.is_empty());
}
