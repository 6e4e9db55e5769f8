//! Runs the built command, and reads the corpora of the library.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// What a call left behind.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Calls `hoso` in English, in the folder of the repository.
pub(crate) fn hoso(args: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_hoso"))
        .args(args)
        .current_dir(repository())
        .env("LANG", "C")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let said = Said {
        status: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    };
    assert!(said.status != 2 || said.out.is_empty(), "{args:?}: {said:?}");
    said
}

/// Calls `hoso` for JSON, with the status that it should have.
#[track_caller]
pub(crate) fn json(args: &[&str], status: i32) -> Value {
    let said = hoso(&[args, &["--format", "json"]].concat());
    assert_eq!(said.status, status, "{args:?}: {said:?}");
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
}

/// Calls `hoso` for nothing: status 2, and what it says about that.
#[track_caller]
pub(crate) fn fails(args: &[&str]) -> String {
    let said = hoso(args);
    assert_eq!(said.status, 2, "{args:?}: {said:?}");
    said.err
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the keys of an object in the order in which they were printed.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// One row of a corpus.
#[derive(Debug)]
pub(crate) struct Row(Vec<(String, Vec<String>)>);

impl Row {
    pub(crate) fn list(&self, key: &str) -> &[String] {
        self.0.iter().find(|(it, _)| it == key).map_or(&[], |(_, values)| values)
    }

    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.list(key).first().map(String::as_str)
    }

    #[track_caller]
    pub(crate) fn get(&self, key: &str) -> &str {
        self.find(key).unwrap_or_else(|| panic!("no `{key}` in {self:?}"))
    }

    pub(crate) fn number(&self, key: &str) -> Option<i64> {
        self.find(key).map(|it| it.parse().unwrap())
    }
}

/// Reads the rows of one kind from a corpus of the library.
pub(crate) fn rows(file: &str, kind: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(repository().join("tests/corpus").join(file)).unwrap();
    let table = DeTable::parse(&text).unwrap();
    let rows = table.get_ref().get(kind).unwrap().get_ref().as_array().unwrap();
    rows.iter()
        .map(|row| {
            let row = row.get_ref().as_table().unwrap().iter();
            Row(row.map(|(key, it)| (key.get_ref().to_string(), texts(it.get_ref()))).collect())
        })
        .collect()
}

fn texts(value: &DeValue<'_>) -> Vec<String> {
    match value {
        DeValue::String(it) => vec![it.to_string()],
        DeValue::Integer(it) => vec![it.to_string()],
        DeValue::Datetime(it) => vec![it.to_string()],
        DeValue::Array(it) => it.iter().flat_map(|it| texts(it.get_ref())).collect(),
        other => panic!("a corpus has no {other:?}"),
    }
}
