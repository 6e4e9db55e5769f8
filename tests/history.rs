//! Mistakes that others made, by the public threads in which they were told.
//!
//! Each fixture makes one mistake in a procedure in which nothing is wrong, and
//! names what must catch it. The sound procedure shows that nothing else would.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its corpus from the folder, and fails by panicking"
)]

mod office;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hoso::calendar::Calendar;
use hoso::definition::load;
use hoso::diagnostic::Diagnostic;
use hoso::source::Sources;
use hoso::verify::verify;
use toml::de::{DeTable, DeValue};

const SOUND: &str = include_str!("../src/verify/rules/sound.toml");

/// Everything that loading and verifying a text finds, without notes.
fn found(text: &str, calendar: &Calendar) -> BTreeSet<&'static str> {
    let mut sources = Sources::new();
    sources.add("it.toml", text);
    let (procedures, mut found) = load(&sources);
    found.extend(procedures.iter().flat_map(|it| verify(it, calendar).into_findings()));
    found.iter().map(Diagnostic::code).collect()
}

struct Mistake {
    name: String,
    caught_by: Vec<String>,
    text: String,
}

fn mistakes() -> Vec<Mistake> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/history");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|it| mistake(it)).collect()
}

fn mistake(path: &Path) -> Mistake {
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let written = fs::read_to_string(path).unwrap();
    let table = DeTable::parse(&written).unwrap();
    let table = table.get_ref();
    let text = |value: &DeValue<'_>| value.as_str().unwrap().to_owned();
    let list = |key: &str| match table.get(key).map(|it| it.get_ref()) {
        Some(DeValue::Array(items)) => items.iter().map(|it| it.get_ref().clone()).collect(),
        _ => Vec::new(),
    };
    let thread = text(table["thread"].get_ref());
    let number = thread.rsplit('#').next().unwrap();
    assert!(name.ends_with(number) && !text(table["happened"].get_ref()).is_empty(), "{name}");
    let mut sound = SOUND.to_owned();
    for change in list("replace") {
        let change = change.as_table().unwrap();
        let passage = text(change["passage"].get_ref());
        assert_eq!(sound.matches(&passage).count(), 1, "{name}: {passage}");
        sound = sound.replace(&passage, &text(change["by"].get_ref()));
    }
    if let Some(parts) = table.get("add") {
        sound = format!("{sound}\n{}", text(parts.get_ref()));
    }
    Mistake { name, caught_by: list("caught-by").iter().map(text).collect(), text: sound }
}

fn calendar() -> Calendar {
    Calendar::parse_all(&office::sources(&office::folder())).0.remove(0)
}

#[test]
fn every_mistake_is_caught() {
    let calendar = calendar();
    assert_eq!(found(SOUND, &calendar), BTreeSet::new());
    let mistakes = mistakes();
    assert!(mistakes.len() >= 20);
    let mut missed = Vec::new();
    for it in mistakes {
        let found = found(&it.text, &calendar);
        if it.caught_by.is_empty() || !it.caught_by.iter().all(|code| found.contains(&**code)) {
            missed.push(format!("{}: by {:?}, found {found:?}", it.name, it.caught_by));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
