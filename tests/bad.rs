//! Broken texts and what is found in them.
//!
//! Every file of `tests/corpus/bad` opens with what a person did wrong and ends
//! with `#>` lines that state every diagnostic: place, code, message and help.
//! `UPDATE_EXPECT=1` rewrites those lines. A file may hold more than its own text:
//!
//! - `#= name` begins another text of the same set; places count lines of the file,
//! - `#+ path` adds a text of this repository,
//! - `#* 2000 line` repeats a line, with its number for `{}`.

#![expect(
    clippy::unwrap_used,
    reason = "a test reads its corpus from the folder, and fails by panicking"
)]

mod codes;
mod fixture;

use std::collections::BTreeSet;

use fixture::{Fixture, line};
use hoso::authority;
use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundles;
use hoso::definition::{self, Catalogue, register};
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::fee;
use hoso::simplify::cost;
use hoso::simulate;
use hoso::source::Sources;

/// What all loaders together find, in the order of the texts.
fn diagnose(sources: &Sources) -> Vec<Diagnostic> {
    let (procedures, bundles, mut found) = definition::load_all(sources);
    found.extend(Bundles::new(bundles).1);
    let (catalogue, beside) = Catalogue::new(procedures);
    let (registers, listed) = register::load(sources);
    found.extend(beside.into_iter().chain(listed));
    found.extend(registers.iter().flat_map(|it| it.compare(&catalogue)));
    found.extend(Calendar::parse_all(sources).1);
    found.extend(fee::load(sources).1);
    found.extend(authority::load(sources).1);
    found.extend(cost::load(sources).1);
    found.extend(scenarios(sources));
    found.sort_by_key(Diagnostic::span);
    found
}

/// What is found in scenarios, and while they are bound to the procedures of the set.
fn scenarios(sources: &Sources) -> Vec<Diagnostic> {
    let (scenarios, mut found) = simulate::load(sources);
    let (procedures, _) = definition::load(sources);
    let (calendars, _) = Calendar::parse_all(sources);
    for scenario in scenarios {
        match scenario.calendar_among(&calendars) {
            Ok(calendar) => found.extend(scenario.bind(&procedures, calendar, None).1),
            Err(missing) => found.push(missing),
        }
    }
    found
}

/// What is found in the texts of the fixture itself, and every error elsewhere.
///
/// A model that a scenario runs is not in force, and need not be.
fn found(fixture: &Fixture) -> (Sources, Vec<Diagnostic>) {
    let sources = fixture.sources();
    let mut found = diagnose(&sources);
    let own = |it: &Diagnostic| !sources.file(it.span().file()).unwrap().name().contains('/');
    let is_fault = |it: &Diagnostic| it.severity() == Severity::Error && it.code() != "proposed";
    found.retain(|it| own(it) || is_fault(it));
    (sources, found)
}

#[test]
fn every_broken_text_is_refused_for_the_stated_reasons() {
    let mut wrong = Vec::new();
    for fixture in Fixture::all("tests/corpus/bad") {
        let (sources, found) = found(&fixture);
        let found: String = found.iter().map(|it| line(it, &sources)).collect();
        assert!(fixture.text.starts_with("# "), "{} does not say what is wrong", fixture.name);
        if fixture.stated() == found && !found.is_empty() {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fixture.rewrite(&found);
        }
        wrong.push(format!("{}\nstated\n{}found\n{found}", fixture.name, fixture.stated()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_state_facts_and_stand_inside_their_text() {
    for fixture in Fixture::all("tests/corpus/bad") {
        let (sources, found) = found(&fixture);
        for it in &found {
            let text = sources.file(it.span().file()).unwrap().text();
            assert!(text.get(it.span().range()).is_some(), "{}: {it:?}", fixture.name);
            assert!(!it.message().ends_with('.'), "{}: {it:?}", fixture.name);
            assert!(!it.message().chars().any(char::is_control), "{}: {it:?}", fixture.name);
            assert!(it.message().len() < 300, "{}: {it:?}", fixture.name);
        }
        let twice: BTreeSet<_> = found.iter().map(|it| line(it, &sources)).collect();
        assert_eq!(twice.len(), found.len(), "{} says something twice", fixture.name);
    }
}

#[test]
fn nothing_comes_out_of_a_text_with_an_error() {
    let alone = |it: &&Fixture| !it.text.contains("\n#= ") && !it.text.contains("\n#+ ");
    for fixture in Fixture::all("tests/corpus/bad").iter().filter(alone) {
        let sources = fixture.sources();
        let (procedures, bundles, mut found) = definition::load_all(&sources);
        let (calendars, in_calendars) = Calendar::parse_all(&sources);
        let (tariffs, in_tariffs) = fee::load(&sources);
        let (registers, in_registers) = register::load(&sources);
        let (authorities, in_authorities) = authority::load(&sources);
        found.extend(in_calendars.into_iter().chain(in_tariffs));
        let (norms, in_norms) = cost::load(&sources);
        found.extend(in_registers.into_iter().chain(in_authorities).chain(in_norms));
        let (scenarios, in_scenarios) = simulate::load(&sources);
        found.extend(in_scenarios);
        let is_empty = procedures.is_empty()
            && bundles.is_empty()
            && calendars.is_empty()
            && tariffs.is_empty()
            && registers.is_empty()
            && authorities.is_empty()
            && norms.is_empty()
            && scenarios.is_empty();
        assert_eq!(is_empty, any_error(&found), "{}", fixture.name);
    }
}

#[test]
fn ten_mistakes_of_ten_kinds_give_ten_diagnostics() {
    let fixture =
        Fixture::all("tests/corpus/bad").into_iter().find(|it| it.name == "ten-mistakes").unwrap();
    let (_, found) = found(&fixture);
    let codes: BTreeSet<_> = found.iter().map(Diagnostic::code).collect();
    let places: BTreeSet<_> = found.iter().map(Diagnostic::span).collect();
    assert_eq!((found.len(), codes.len(), places.len()), (10, 10, 10), "{found:#?}");
}

#[test]
fn every_code_has_a_broken_text() {
    let shown: BTreeSet<String> = Fixture::all("tests/corpus/bad")
        .iter()
        .flat_map(|it| found(it).1)
        .map(|it| String::from(it.code()))
        .collect();
    let codes = codes::of_loading();
    assert!(codes.len() > 60 && codes.is_superset(&shown), "{:?}", shown.difference(&codes));
    let missing: Vec<_> = codes.difference(&shown).collect();
    assert!(missing.is_empty(), "no broken text shows {missing:?}");
}
