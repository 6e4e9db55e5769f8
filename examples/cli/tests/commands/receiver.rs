//! Who received a dossier, and who acts for it after the districts ended.

use serde_json::{Value, json};

use crate::desk::{hoso, json};
use crate::run::{command, lines};

/// Files a household business with an authority on 27/06/2025, and has it accepted.
fn filed_with(receiver: &str) -> Vec<String> {
    let filing = json!({
        "procedure": "household-business-registration",
        "channel": "counter",
        "received-by": receiver,
        "facts": { "applicant": "individual", "founder": "individual" },
        "documents": ["application", "identity-papers"],
    });
    vec![
        command("H-1", "2025-06-27T08:30", "applicant", "file", filing),
        command("H-1", "2025-06-27T08:40", "applicant", "pay", json!({ "amount": 100_000 })),
        command("H-1", "2025-06-27T09:00", "one-stop", "accept", json!({})),
    ]
}

fn run(receiver: &str, as_of: &str) -> (String, Value) {
    let (_folder, path) = lines(&filed_with(receiver));
    let call = ["run", &path, "--as-of", as_of];
    let said = json(&call, 0);
    let text = hoso(&call).out;
    let line = text.lines().find(|it| it.contains("received by")).unwrap_or_default().trim();
    (line.into(), said["dossiers"][0].clone())
}

#[test]
fn a_district_keeps_its_dossier_and_a_ward_acts() {
    let (line, said) = run("sample/district-x", "2025-06-30T17:00");
    assert_eq!(line, "received by People's Committee of District X (a sample)");
    assert_eq!(said["acting"], json!(["sample/district-x"]));
    let (line, said) = run("sample/district-x", "2025-07-01T07:30");
    assert_eq!(
        line,
        "received by People's Committee of District X (a sample) → \
         People's Committee of Ward A (a sample) (since 2025-07-01)"
    );
    assert_eq!(said["received-by"], "sample/district-x");
    assert_eq!(said["acting"], json!(["sample/ward-a"]));
    assert_eq!((&said["version"], &said["due"]), (&"2021-01".into(), &"2025-07-02".into()));
}

#[test]
fn a_district_that_was_split_has_no_guessed_successor() {
    let (line, said) = run("sample/district-y", "2025-07-01T07:30");
    assert!(line.contains("one of People's Committee of Ward B (a sample), People's"), "{line}");
    assert!(line.contains("its territory went to several"), "{line}");
    assert_eq!(said["acting"], json!(["sample/ward-b", "sample/ward-c"]));
}

#[test]
fn a_stored_dossier_keeps_its_receiver() {
    let (folder, path) = lines(&filed_with("sample/district-x"));
    let events = folder.path().join("events.jsonl").display().to_string();
    assert_eq!(hoso(&["run", &path, "--events", &events]).status, 0);
    let first = std::fs::read_to_string(&events).unwrap();
    assert!(first.lines().next().unwrap().contains(r#""received-by":"sample/district-x""#));
    assert!(!first.contains("ward-a"), "who acts is computed, never stored");
}

#[test]
fn nothing_is_filed_with_an_authority_that_is_not_there() {
    let (_, said) = run("sample/ward-a", "2025-07-01T07:30");
    let reason = &said["refused"][0]["reasons"][0];
    assert_eq!(reason["code"], "authority-not-there");
    let (_, said) = run("sample/ward-q", "2025-07-01T07:30");
    assert_eq!(said["refused"][0]["reasons"][0]["code"], "unknown-authority");
    assert_eq!(said["acting"], Value::Null);
}
