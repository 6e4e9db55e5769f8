//! `hoso options`.

use serde_json::{Value, json};

use crate::desk::{fails, hoso, json};
use crate::run::{lines, to_the_signature};

/// Runs the first lines of a permit and returns its events.
fn events(count: usize) -> (tempfile::TempDir, String) {
    let (folder, path) = lines(&to_the_signature("A-1")[..count]);
    let out = folder.path().join("events.jsonl").display().to_string();
    assert_eq!(hoso(&["run", &path, "--events", &out]).status, 0);
    (folder, out)
}

fn ask<'a>(events: &'a str, role: &'a str, at: &'a str) -> [&'a str; 9] {
    ["options", events, "A-1", "--actor", "specialist-1", "--role", role, "--at", at]
}

fn verdicts(said: &Value) -> Vec<(&str, &str)> {
    let all = said["options"].as_array().unwrap().iter();
    all.map(|it| (it["transition"].as_str().unwrap(), it["verdict"].as_str().unwrap())).collect()
}

#[test]
fn every_transition_of_the_state_is_listed() {
    let (_folder, events) = events(3);
    let said = json(&ask(&events, "specialist", "2026-03-03T09:00"), 0);
    assert_eq!((&said["state"], &said["portal-status"]), (&"under-review".into(), &4.into()));
    let verdicts = verdicts(&said);
    assert!(verdicts.contains(&("verify", "allowed")), "{verdicts:?}");
    assert!(verdicts.contains(&("submit", "waiting")), "{verdicts:?}");
    assert!(verdicts.contains(&("extend", "refused")), "{verdicts:?}");
    let of = |name: &str| {
        let all = said["options"].as_array().unwrap();
        all.iter().find(|it| it["transition"] == name).unwrap().clone()
    };
    assert_eq!(of("submit")["facts"], json!(["complete"]));
    assert_eq!(of("extend")["reasons"][0]["code"], "role-not-allowed");
    assert_eq!(of("apologise")["brings"], json!(["reason", "new-day"]));
}

#[test]
fn who_submitted_may_not_sign() {
    let (_folder, events) = events(8);
    let said = json(&ask(&events, "approver", "2026-03-05T09:00"), 0);
    let sign =
        said["options"].as_array().unwrap().iter().find(|it| it["transition"] == "sign").unwrap();
    assert_eq!(sign["verdict"], "refused");
    assert_eq!(sign["reasons"][0]["code"], "four-eyes");
    let text =
        hoso(&[&ask(&events, "approver", "2026-03-05T09:00")[..], &["--lang", "vi"]].concat()).out;
    assert!(text.contains("không"), "{text}");
}

#[test]
fn a_broken_chain_is_named_by_its_line() {
    let (folder, path) = events(4);
    let all = std::fs::read_to_string(&path).unwrap();
    let mut rows: Vec<&str> = all.lines().collect();
    rows.remove(1);
    let broken = folder.path().join("broken.jsonl").display().to_string();
    std::fs::write(&broken, rows.join("\n")).unwrap();
    let said = fails(&ask(&broken, "approver", "2026-03-05T09:00"));
    assert!(said.contains("broken.jsonl:2: event 3 of dossier"), "{said}");
    std::fs::write(&broken, all.replacen("\"moved\"", "\"mooved\"", 1)).unwrap();
    assert!(fails(&ask(&broken, "approver", "2026-03-05T09:00")).contains("broken.jsonl:2: "));
}

#[test]
fn a_call_that_cannot_be_read_says_how_to_mend_it() {
    let (_folder, events) = events(4);
    let said = fails(&ask(&events, "approver", "2026-03-01T09:00"));
    assert!(said.contains("before the last command"), "{said}");
    assert!(fails(&ask(&events, "Head", "2026-03-05T09:00")).contains("not a name"));
    let other =
        ["options", &events, "B", "--actor", "a", "--role", "b", "--at", "2026-03-05T09:00"];
    assert!(fails(&other).contains("there is no event of dossier `B`"));
}
