use alloc::string::String;
use alloc::vec::Vec;

use expect_test::{Expect, expect};

use super::*;

const HEAD: &str = r#"format = 1
week.rest = ["saturday", "sunday"]
law.code.instrument = "45/2019/QH14"
[calendar]
id = "test"
name = "Test"
offset = "+07:00"
covered = { from = 2026-01-01, until = 2027-01-01 }
"#;

fn problems(text: &str) -> (Option<Calendar>, String) {
    let mut sources = Sources::new();
    let file = sources.add("test.toml", text);
    let mut found = Vec::new();
    let calendar = Calendar::parse(&sources, file, &[], &mut found);
    crate::diagnostic::settle(&mut found);
    let lines: Vec<String> = found
        .iter()
        .map(|it| {
            let (line, column) = sources.file(file).unwrap().line_column(it.span().range().start);
            let help = it.advice().map(|it| alloc::format!(" ({it})")).unwrap_or_default();
            alloc::format!("{line}:{column} {}: {}{help}", it.code(), it.message())
        })
        .collect();
    (calendar, lines.join("\n"))
}

#[track_caller]
fn check(rows: &str, expected: Expect) {
    let (calendar, found) = problems(&alloc::format!("{HEAD}{rows}"));
    assert!(calendar.is_none());
    expected.assert_eq(&found);
}

#[test]
fn a_row_lies_inside_coverage_and_says_something() {
    check(
        r#"day = [
  { date = 2027-01-01, kind = "holiday", name = "N", law = ["code"] },
  { date = 2026-04-25, kind = "compensatory", name = "N", law = ["cod"] },
  { date = 2026-04-30, kind = "working", name = "N" },
  { date = 2026-05-01, kind = "holiday", name = "N" },
  { date = 2026-05-01, kind = "holiday", name = "N", for = 2026-05-02 },
]"#,
        expect![[r#"
            10:12 outside-coverage: 2027-01-01 lies outside the coverage (covered are 2026-01-01 to the day before 2027-01-01)
            11:12 unfit-day: 2026-04-25 cannot be `compensatory`: a Saturday is weekly rest already (check the date and the kind)
            11:66 undeclared-law: law `cod` is not declared (did you mean `code`?)
            12:31 unfit-day: `working` is what a day is without a row (write `holiday`, `compensatory`, `swap-off` or `swap-work`)
            14:12 double-day: 2026-05-01 is decreed twice (keep one of the rows)
            14:60 lonely-swap: `holiday` is not exchanged for another day (leave `for` out)"#]],
    );
}

#[test]
fn both_halves_of_a_swap_name_each_other() {
    check(
        r#"day = [
  { date = 2026-01-02, kind = "swap-off", name = "N", for = 2026-01-10 },
  { date = 2026-08-22, kind = "swap-work", name = "N", for = 2026-08-30 },
  { date = 2026-08-31, kind = "swap-off", name = "N" },
  { date = 2026-08-28, kind = "swap-work", name = "N", for = 2026-08-31 },
]"#,
        expect![[r#"
            10:61 lonely-swap: 2026-01-10 is not a `swap-work` for 2026-01-02 (give that day a row whose `for` names this one)
            11:62 lonely-swap: 2026-08-30 is not a `swap-off` for 2026-08-22 (give that day a row whose `for` names this one)
            12:31 lonely-swap: the day for which 2026-08-31 is exchanged is missing (a swapped day names its other half, as in `for = 2026-01-10`)
            13:12 unfit-day: 2026-08-28 cannot be `swap-work`: a Friday is not weekly rest (check the date and the kind)"#]],
    );
}

#[test]
fn sessions_have_an_order_and_room() {
    check(
        r#"session = [
  { days = ["monday"], from = "12:00", until = "08:00" },
  { days = ["monday", "tuesday"], from = "08:00", until = "12:00" },
  { days = ["tuesday"], from = "11:59", until = "13:00" },
  { days = ["tuesday"], from = "08:00", until = "09:00", effective = { from = 2026-05-05, until = 2026-05-01 } },
  { days = [], from = "14:00", until = "15:00" },
]"#,
        expect![[r#"
            10:48 backward-session: the session ends before it begins (`until` comes after `from`)
            12:32 overlapping-sessions: the session overlaps another one on the same day (end one where the other begins, or give them `effective` intervals)
            13:70 empty-interval: the interval holds no day (`until` is the day after the last and must come after `from`)
            14:23 missing-key: `days` is missing here (name the days of the week, as in `days = ["saturday"]`)"#]],
    );
}

#[test]
fn a_year_is_announced_once_by_declared_laws() {
    check(
        r#"announcement = [
  { year = 2026, on = 2025-10-16, law = ["code"] },
  { year = 2026, on = 2025-10-17, law = ["dispatch"] },
]
[policy]
after-15 = "tomorrow""#,
        expect![[r#"
            11:12 double-day: the schedule of 2026 is announced twice (keep one of the rows)
            11:42 undeclared-law: law `dispatch` is not declared (declare it under `[law.dispatch]`)
            14:12 unknown-word: `tomorrow` is not a reading of `after-15`: `literal`, `deemed-next-day`, `count-reception-day` or `may-finish-next`"#]],
    );
}

#[test]
fn a_calendar_stands_alone_or_extends() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&problems(text).1);
    check(
        "format = 2\n[calendar]\nid = \"a\"\nname = \"A\"\n",
        expect![[r#"
            1:10 unknown-format: format 2 is not known (this version reads format 1)
            3:6 missing-key: `covered` is missing here (write it, or name the calendar that this one `extends`)
            3:6 missing-key: `offset` is missing here (write it, or name the calendar that this one `extends`)
            3:6 missing-key: `week` is missing here (write it, or name the calendar that this one `extends`)"#]],
    );
    check(
        "format = 1\n[calendar]\nid = \"a\"\nname = \"A\"\nextends = \"b\"\noffset = \"+07:00\"\ncovered = { from = 2020-01-01 }\n",
        expect![[r#"
            5:11 undeclared-calendar: calendar `b` is not among the texts (load its text together with this one)
            6:10 inherited-key: `offset` is inherited from calendar `b` (leave it out)
            7:11 inherited-key: `covered` is inherited from calendar `b` (leave it out)"#]],
    );
    check(
        "format = 1\n[calendar]\nid = \"a\"\nname = \"A\"\noffset = \"+7\"\ncovered = { from = 1000-01-01, until = 9999-01-01 }\n[week]\nrest = []\n",
        expect![[r#"
            5:10 bad-value: `+7` is not an offset from UTC such as `+07:00`
            6:11 open-coverage: the coverage is longer than 100 years (days far ahead are not decreed)"#]],
    );
}

#[test]
fn calendars_are_read_in_any_order_and_a_circle_is_reported() {
    let mut sources = Sources::new();
    sources.add("b", "format = 1\n[calendar]\nid = \"b\"\nname = \"B\"\nextends = \"test\"\n");
    sources.add("test", HEAD);
    sources.add("c", "format = 1\n[calendar]\nid = \"c\"\nname = \"C\"\nextends = \"d\"\n");
    sources.add("d", "format = 1\n[calendar]\nid = \"d\"\nname = \"D\"\nextends = \"c\"\n");
    let (calendars, found) = Calendar::parse_all(&sources);
    assert_eq!(calendars.iter().map(Calendar::id).collect::<Vec<_>>(), ["test", "b"]);
    let codes: Vec<_> = found.iter().map(Diagnostic::code).collect();
    assert_eq!(codes, ["cyclic-inheritance"]);
}
