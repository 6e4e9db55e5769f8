use std::format;
use std::string::String;

use expect_test::{Expect, expect};

use super::*;
use crate::id::Id;
use crate::source::Sources;

/// A district that was split, of whose parts two were joined again.
const SPLIT: &str = r#"
format = 1
[authorities]
id = "sample"
name = "Mẫu"
[law.order]
instrument = "1/2025/QĐ"
[authority.district]
name = "Quận"
level = "district"
effective = { from = 2000-01-01, until = 2025-07-01 }
successors = ["north", "south"]
law = ["order"]
[authority.north]
name = "Phường Bắc"
level = "commune"
effective = { from = 2025-07-01, until = 2026-01-01 }
successors = ["whole"]
[authority.south]
name = "Phường Nam"
level = "commune"
effective = { from = 2025-07-01, until = 2027-01-01 }
successors = ["whole"]
[authority.whole]
name = "Phường"
level = "commune"
effective = { from = 2025-07-01 }
"#;

fn authorities(text: &str) -> Authorities {
    let mut sources = Sources::new();
    sources.add("sample.toml", text);
    let (mut all, found) = load(&sources);
    assert_eq!(found, []);
    all.remove(0)
}

#[track_caller]
fn check(id: &str, day: &str, expected: Expect) {
    let all = authorities(SPLIT);
    let said = match all.succession(&Id::parse(id).unwrap(), day.parse().unwrap()) {
        None => String::from("not there yet"),
        Some(it) => {
            let ended: alloc::vec::Vec<_> = it.ended().iter().map(|it| it.id()).collect();
            format!("{:?} after {ended:?}", it.acting())
        }
    };
    expected.assert_eq(&said);
}

#[test]
fn a_split_is_told_and_not_guessed_and_a_merger_ends_it() {
    check("district", "1999-12-31", expect!["not there yet"]);
    check("district", "2025-06-30", expect![[r#"One("district") after []"#]]);
    check("district", "2025-07-01", expect![[r#"OneOf(["north", "south"]) after ["district"]"#]]);
    check(
        "district",
        "2026-01-01",
        expect![[r#"OneOf(["south", "whole"]) after ["district", "north"]"#]],
    );
    check(
        "district",
        "2027-01-01",
        expect![[r#"One("whole") after ["district", "north", "south"]"#]],
    );
    check("whole", "2030-01-01", expect![[r#"One("whole") after []"#]]);
    check("village", "2030-01-01", expect!["not there yet"]);
}

#[test]
fn a_change_rests_on_its_law_and_an_authority_is_there_or_not() {
    let all = authorities(SPLIT);
    let id = |it| Id::parse(it).unwrap();
    let district = all.find(&id("district")).unwrap();
    let law: alloc::vec::Vec<_> = all.law(district).map(|it| it.instrument()).collect();
    assert_eq!(law, ["1/2025/QĐ"]);
    assert!(all.on(&id("district"), "2025-06-30".parse().unwrap()).is_some());
    assert!(all.on(&id("district"), "2025-07-01".parse().unwrap()).is_none());
}

#[test]
fn what_is_printed_reads_back() {
    let mut sources = Sources::new();
    let file = sources.add("sample.toml", SPLIT);
    let printed = format_text(&sources, file).unwrap();
    let mut again = Sources::new();
    let file = again.add("sample.toml", printed.as_str());
    assert_eq!(format_text(&again, file).unwrap(), printed);
    assert_eq!(authorities(&printed).list(), authorities(SPLIT).list());
}
