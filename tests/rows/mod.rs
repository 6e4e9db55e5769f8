//! Reads the corpora under `tests/corpus`: rows of named values.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hoso::calendar::Calendar;
use hoso::source::Sources;
use toml::de::{DeTable, DeValue};

/// One row; every value as text, lists joined by commas.
#[derive(Debug)]
pub(crate) struct Row(BTreeMap<String, String>);

impl Row {
    #[track_caller]
    pub(crate) fn get(&self, key: &str) -> &str {
        self.find(key).unwrap_or_else(|| panic!("no `{key}` in {self:?}"))
    }

    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Returns the value of `key` parsed, with the row in the message if that fails.
    #[track_caller]
    pub(crate) fn parse<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, key: &str) -> T {
        self.get(key).parse().unwrap_or_else(|error| panic!("`{key}`: {error:?} in {self:?}"))
    }

    pub(crate) fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        self.find(key).into_iter().flat_map(|it| it.split(',')).filter(|it| !it.is_empty())
    }
}

pub(crate) fn path(relative: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// Reads the rows of one kind from a corpus.
#[track_caller]
pub(crate) fn rows(file: &str, kind: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(path("tests/corpus").join(file)).unwrap();
    let table = DeTable::parse(&text).unwrap();
    let rows = table.get_ref().get(kind).and_then(|it| it.get_ref().as_array());
    let rows: Vec<Row> = rows
        .unwrap()
        .iter()
        .map(|row| {
            let row = row.get_ref().as_table().unwrap();
            Row(row
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), text_of(value.get_ref())))
                .collect())
        })
        .collect();
    assert!(!rows.is_empty(), "{file} has no `{kind}`");
    rows
}

fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(it) => it.to_string(),
        DeValue::Integer(it) => it.to_string(),
        DeValue::Boolean(it) => it.to_string(),
        DeValue::Datetime(it) => it.to_string(),
        DeValue::Array(it) => {
            it.iter().map(|it| text_of(it.get_ref())).collect::<Vec<_>>().join(",")
        }
        other => panic!("a corpus has no {other:?}"),
    }
}

/// Reads the calendars that ship with the crate.
pub(crate) fn calendars() -> Vec<Calendar> {
    let mut sources = Sources::new();
    for name in ["hanoi", "vietnam"] {
        let file = path("procedures/calendars").join(format!("{name}.toml"));
        sources.add(name, std::fs::read_to_string(file).unwrap());
    }
    let (calendars, found) = Calendar::parse_all(&sources);
    assert!(found.iter().all(|it| it.code() == "assumed"), "{found:?}");
    calendars
}

pub(crate) fn calendar(id: &str) -> Calendar {
    calendars().into_iter().find(|it| it.id() == id).unwrap()
}
