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
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its corpus from the folder, and fails by panicking"
)]

mod codes;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hoso::authority;
use hoso::calendar::Calendar;
use hoso::definition::bundle::Bundles;
use hoso::definition::{self, Catalogue, register};
use hoso::diagnostic::{Diagnostic, Severity, any_error};
use hoso::fee;
use hoso::source::Sources;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder with an ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

struct Fixture {
    path: PathBuf,
    name: String,
    text: String,
}

impl Fixture {
    fn all() -> Vec<Self> {
        let read = |path: PathBuf| {
            let name = path.file_stem().unwrap().to_str().unwrap().into();
            Self { name, text: fs::read_to_string(&path).unwrap(), path }
        };
        files(&root("tests/corpus/bad"), "toml").into_iter().map(read).collect()
    }

    /// The texts of the set; lines of the others are blank, so that places are those of the file.
    fn sources(&self) -> Sources {
        let mut texts = vec![(self.name.clone(), String::new())];
        let mut added = Vec::new();
        let lines = self.text.lines().take_while(|it| !it.starts_with("#>"));
        for (at, line) in lines.enumerate() {
            if let Some(name) = line.strip_prefix("#= ") {
                texts.push((name.into(), "\n".repeat(at)));
            } else if let Some(path) = line.strip_prefix("#+ ") {
                added.push((String::from(path), fs::read_to_string(root(path)).unwrap()));
            }
            let (_, text) = texts.last_mut().unwrap();
            match line.strip_prefix("#* ").and_then(|it| it.split_once(' ')) {
                Some((times, line)) => (0..times.parse().unwrap())
                    .for_each(|it: u32| *text += &(line.replace("{}", &it.to_string()) + "\n")),
                None => *text += &(String::from(line) + "\n"),
            }
        }
        let mut sources = Sources::new();
        for (name, text) in texts.into_iter().chain(added) {
            sources.add(name, text);
        }
        sources
    }

    fn stated(&self) -> String {
        let stated = self.text.lines().filter(|it| it.starts_with("#>"));
        stated.map(|it| String::from(it) + "\n").collect()
    }

    fn rewrite(&self, found: &str) {
        let kept = self.text.lines().filter(|it| !it.starts_with("#>"));
        let kept: String = kept.map(|it| String::from(it) + "\n").collect();
        fs::write(&self.path, format!("{}\n\n{found}", kept.trim_end())).unwrap();
    }
}

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
    found.sort_by_key(Diagnostic::span);
    found
}

/// One diagnostic as fixtures state it.
fn line(it: &Diagnostic, sources: &Sources) -> String {
    let source = sources.file(it.span().file()).unwrap();
    let (line, column) = source.line_column(it.span().range().start);
    let severity = match it.severity() {
        Severity::Error => String::new(),
        other => format!("{} ", other.as_str()),
    };
    let place = match source.name() {
        name if name.contains('/') => format!("{name}:{line}:{column}"),
        _ => format!("{line}:{column}"),
    };
    let help = it.advice().map(|it| format!("#>   help: {it}\n")).unwrap_or_default();
    format!("#> {place} {severity}{}: {}\n{help}", it.code(), it.message())
}

/// What is found in the texts of the fixture itself, and every error elsewhere.
fn found(fixture: &Fixture) -> (Sources, Vec<Diagnostic>) {
    let sources = fixture.sources();
    let mut found = diagnose(&sources);
    let own = |it: &Diagnostic| !sources.file(it.span().file()).unwrap().name().contains('/');
    found.retain(|it| own(it) || it.severity() == Severity::Error);
    (sources, found)
}

#[test]
fn every_broken_text_is_refused_for_the_stated_reasons() {
    let mut wrong = Vec::new();
    for fixture in Fixture::all() {
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
    for fixture in Fixture::all() {
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
    for fixture in Fixture::all().iter().filter(alone) {
        let sources = fixture.sources();
        let (procedures, bundles, mut found) = definition::load_all(&sources);
        let (calendars, in_calendars) = Calendar::parse_all(&sources);
        let (tariffs, in_tariffs) = fee::load(&sources);
        let (registers, in_registers) = register::load(&sources);
        let (authorities, in_authorities) = authority::load(&sources);
        found.extend(in_calendars.into_iter().chain(in_tariffs));
        found.extend(in_registers.into_iter().chain(in_authorities));
        let is_empty = procedures.is_empty()
            && bundles.is_empty()
            && calendars.is_empty()
            && tariffs.is_empty()
            && registers.is_empty()
            && authorities.is_empty();
        assert_eq!(is_empty, any_error(&found), "{}", fixture.name);
    }
}

#[test]
fn ten_mistakes_of_ten_kinds_give_ten_diagnostics() {
    let fixture = Fixture::all().into_iter().find(|it| it.name == "ten-mistakes").unwrap();
    let (_, found) = found(&fixture);
    let codes: BTreeSet<_> = found.iter().map(Diagnostic::code).collect();
    let places: BTreeSet<_> = found.iter().map(Diagnostic::span).collect();
    assert_eq!((found.len(), codes.len(), places.len()), (10, 10, 10), "{found:#?}");
}

#[test]
fn every_code_has_a_broken_text() {
    let shown: BTreeSet<String> = Fixture::all()
        .iter()
        .flat_map(|it| found(it).1)
        .map(|it| String::from(it.code()))
        .collect();
    let codes = codes::of_loading();
    assert!(codes.len() > 60 && codes.is_superset(&shown), "{:?}", shown.difference(&codes));
    let missing: Vec<_> = codes.difference(&shown).collect();
    assert!(missing.is_empty(), "no broken text shows {missing:?}");
}
