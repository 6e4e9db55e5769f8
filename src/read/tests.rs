use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use std::string::ToString as _;

use expect_test::{Expect, expect};

use super::*;
use crate::source::Sources;
use crate::text::Text;

record! {
    /// A small text with every kind of field.
    struct Sample {
        format: u8 = "format",
        name: Need<Text> = "name",
        part: Named<Part> = "part",
        row: Rows<Part> = "row",
        line: Lines<Part> = "line",
    }
}

record! {
    struct Part {
        size: u8 = "size",
        limit: Option<Maybe<Box<str>>> = "limit",
        tags: Many<crate::id::Id> = "tags",
    }
}

fn read_sample(text: &str) -> (Option<Sample>, String) {
    let mut sources = Sources::new();
    let file = sources.add("sample.toml", text);
    let mut found = Vec::new();
    let sample = read(file, text, &mut found);
    crate::diagnostic::settle(&mut found);
    let source = sources.file(file).unwrap();
    let lines: Vec<String> = found
        .iter()
        .map(|it| {
            let (line, column) = source.line_column(it.span().range().start);
            let help = it.advice().map(|it| std::format!(" ({it})")).unwrap_or_default();
            std::format!("{line}:{column} {}: {}{help}", it.code(), it.message())
        })
        .collect();
    (sample, lines.join("\n"))
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&read_sample(text).1);
}

#[test]
fn printing_and_reading_are_one_identity() {
    let text = r#"
        row = [{ size = 3 }]
        line = [{ size = 4, note = "kept" }, { size = 5, assumed = "because" }]
        part.b = { size = 1, limit = { unknown = "not published" }, tags = "x" }
        part."a/b" = { size = 2, tags = ["y", "z"], limit = "a \"quoted\" \\ limit" }
        name = { vi = "Mẫu", en = "Sample" }
        format = 1
    "#;
    let sample = read_sample(text).0.unwrap();
    let printed = print(&sample);
    expect![[r#"
        format = 1
        name = { vi = "Mẫu", en = "Sample" }
        line = [
          { size = 4, note = "kept" },
          { size = 5, assumed = "because" },
        ]

        [part.b]
        size = 1
        limit = { unknown = "not published" }
        tags = ["x"]

        [part."a/b"]
        size = 2
        limit = "a \"quoted\" \\ limit"
        tags = ["y", "z"]

        [[row]]
        size = 3
    "#]]
    .assert_eq(&printed);
    let again = read_sample(&printed).0.unwrap();
    assert_eq!(sample, again);
    assert_eq!(printed, print(&again));
}

#[test]
fn every_problem_in_one_pass_each_at_its_place() {
    check(
        "formt = 1\nname = ''\nformat = 300\n[part.A]\nsize = 'x'\n[part.a]\ntags = [1, 'Ô']\nsize = 1.5\n[[row]]\n",
        expect![[r#"
            1:1 unknown-key: unknown key `formt` (did you mean `format`?)
            2:8 empty-text: the text is empty (write it, or leave the key out)
            3:10 bad-value: `300` is not a whole number from 0 to 255
            4:7 bad-value: `A` is not a name: 1 to 47 lower-case letters and digits joined by `-`, `/` or `.` (did you mean `a`?)
            5:8 wrong-type: expected a whole number from 0 to 255, found a text
            7:9 wrong-type: expected a name: 1 to 47 lower-case letters and digits joined by `-`, `/` or `.`, found a whole number
            7:12 bad-value: `Ô` is not a name: 1 to 47 lower-case letters and digits joined by `-`, `/` or `.` (`Ô` is U+00D4, none of the letters a to z)
            8:8 wrong-type: expected a whole number from 0 to 255, found a number with a fraction
            9:1 missing-key: `size` is missing here"#]],
    );
}

#[test]
fn a_syntax_error_hides_only_what_seems_missing() {
    check(
        "format = 1\nname = \n[part.a]\nsize = 'x'\n",
        expect![[r#"
            2:8 syntax: string values must be quoted, expected literal string (texts and names stand between quotes)
            4:8 wrong-type: expected a whole number from 0 to 255, found a text"#]],
    );
}

#[test]
fn unknown_and_assumed_are_listed() {
    check(
        "format = 1\nname = 'Tên'\n[part.a]\nsize = 1\nlimit = { unknown = 'nobody wrote it down' }\nassumed = 'for the test'\n",
        expect![[r#"
            5:9 unknown: nobody wrote it down
            6:11 assumed: for the test"#]],
    );
}

#[test]
fn a_large_text_is_refused_before_it_is_parsed() {
    let text = " ".repeat(MAX_BYTES + 1);
    let (sample, found) = read_sample(&text);
    assert!(sample.is_none());
    assert_eq!(
        found,
        "1:1 too-large: the text has 1048577 bytes; at most 1048576 are read (split the text)"
            .to_string()
    );
}
