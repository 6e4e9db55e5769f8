//! The desk of the rules: a procedure in which no rule finds anything, and what is found in others.

use std::format;
use std::string::String;
use std::vec::Vec;

use expect_test::Expect;

use super::{RULES, Rule};
use crate::calendar::Calendar;
use crate::definition::{load, load_all};
use crate::diagnostic::{Detail, Diagnostic, any_error};
use crate::source::{Sources, Span};
use crate::verify::{Report, verify, verify_bundle};

/// A procedure in which no rule finds anything.
pub(in crate::verify) const SOUND: &str = include_str!("sound.toml");

/// Adds parts to the sound procedure.
pub(in crate::verify) fn with(parts: &str) -> String {
    format!("{SOUND}\n{parts}")
}

/// Changes one passage of the sound procedure.
pub(in crate::verify) fn changed(passage: &str, to: &str) -> String {
    assert!(SOUND.contains(passage), "{passage}");
    SOUND.replacen(passage, to, 1)
}

/// What one rule finds: line and column, message, help, witness.
pub(in crate::verify) fn check(rule: &Rule, text: &str, expected: Expect) {
    let found = found(text);
    let found = found.iter().filter(|(it, _)| it.code() == rule.code());
    let lines: Vec<&str> = found.map(|(_, line)| &**line).collect();
    expected.assert_eq(&lines.join("\n"));
}

/// A bundle in which no rule finds anything, over three small procedures.
pub(in crate::verify) const JOINED: &str =
    include_str!("../../../tests/corpus/linked/small-group.toml");

/// Adds a text to those of a bundle.
macro_rules! texts {
    ($sources:ident: $($path:literal),+ $(,)?) => {
        $($sources.add($path, include_str!(concat!("../../../", $path)));)+
    };
}

/// What one rule finds in a bundle that is a variation of the small one.
pub(in crate::verify) fn check_joined(rule: &Rule, text: &str, expected: Expect) {
    let mut sources = Sources::new();
    sources.add("it.toml", text);
    texts!(sources:
        "tests/corpus/linked/small-birth.toml",
        "tests/corpus/linked/small-card.toml",
        "tests/corpus/linked/small-residence.toml",
        "procedures/life-cycles/linked-2024-06.toml",
        "procedures/life-cycles/linked-2026-09.toml",
        "procedures/life-cycles/one-stop-2018-06.toml",
        "procedures/life-cycles/one-stop-2020-05.toml",
        "procedures/life-cycles/one-stop-2025-07.toml",
        "procedures/life-cycles/one-stop-2025-12.toml",
        "procedures/life-cycles/one-stop-2026-07.toml",
        "procedures/life-cycles/one-stop-2026-08.toml",
        "procedures/calendars/vietnam.toml",
    );
    let (calendars, _) = Calendar::parse_all(&sources);
    let (_, bundles, broken) = load_all(&sources);
    assert!(!any_error(&broken), "{broken:#?}");
    let report = Report::joined(bundles.iter().flat_map(|it| verify_bundle(it, &calendars[0])));
    let found = report.findings().iter().filter(|it| it.code() == rule.code());
    let lines: Vec<String> = found.map(|it| line(it, &sources)).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn found(text: &str) -> Vec<(Diagnostic, String)> {
    let mut sources = Sources::new();
    sources.add("it.toml", text);
    sources.add("vietnam.toml", include_str!("../../../procedures/calendars/vietnam.toml"));
    let (calendars, _) = Calendar::parse_all(&sources);
    let (procedures, broken) = load(&sources);
    assert!(!any_error(&broken), "{broken:#?}");
    let found = procedures.iter().flat_map(|it| verify(it, &calendars[0]).into_findings());
    found.map(|it| (it.clone(), line(&it, &sources))).collect()
}

fn line(it: &Diagnostic, sources: &Sources) -> String {
    let place = |it: Span| {
        let source = sources.file(it.file()).unwrap();
        let (line, column) = source.line_column(it.range().start);
        format!("{line}:{column} ")
    };
    let detail = |it: &Detail| {
        format!("\n  note: {}{}", it.span().map(place).unwrap_or_default(), it.text())
    };
    let details: String = it.details().iter().map(detail).collect();
    let help = it.advice().map(|it| format!("\n  help: {it}")).unwrap_or_default();
    let witness = it.evidence().map(|it| format!("\n  witness: {it}")).unwrap_or_default();
    format!("{}{}{details}{help}{witness}", place(it.span()), it.message())
}

#[test]
fn nothing_is_found_in_a_sound_procedure() {
    let found: Vec<String> =
        found(SOUND).into_iter().map(|(it, line)| format!("{} {line}", it.code())).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn codes_are_file_names_and_each_is_said_once() {
    let mut codes: Vec<&str> = RULES.iter().map(|it| it.code()).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/verify/rules");
    #[expect(clippy::disallowed_methods, reason = "a test compares the table with the folder")]
    let files = std::fs::read_dir(folder).unwrap();
    let mut stems: Vec<String> = files
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        .map(|it| it.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .filter(|it| it != "mod" && it != "tests")
        .collect();
    codes.sort_unstable();
    stems.sort_unstable();
    assert_eq!(codes, stems);
    for rule in RULES {
        assert!(!rule.title().ends_with('.') && rule.why().ends_with('.'), "{}", rule.code());
    }
}
