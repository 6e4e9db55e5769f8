//! `hoso fmt`.

use std::fs;

use crate::check::{file, permit_with};
use crate::desk::{fails, hoso, json};

#[test]
fn what_ships_is_in_canonical_form() {
    let said = json(&["fmt", "--check", "procedures"], 0);
    assert_eq!(said["changed"], serde_json::json!([]));
}

#[test]
fn the_canonical_form_is_written_once() {
    let canonical = permit_with("complete", "complete");
    let text = canonical
        .replace(" = ", "   =  ")
        .replace("\n[role.team-lead]", "\n# who leads\n[role.team-lead]");
    let (_folder, path) = file(&text);
    let check = ["fmt", "--check", &path];
    let said = hoso(&check);
    assert_eq!(said.status, 1);
    assert_eq!(said.out, format!("{path}: not in canonical form\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(hoso(&["fmt", &path]).out, format!("{path}: written\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), canonical);
    assert_eq!(hoso(&check).status, 0);
    assert_eq!(hoso(&["fmt", &path]).out, "");
}

#[test]
fn each_kind_of_text_has_its_form() {
    for text in ["calendars/hanoi", "tariffs/hanoi", "life-cycles/one-stop-2026-08"] {
        let shipped = crate::desk::repository().join(format!("procedures/{text}.toml"));
        let shipped = fs::read_to_string(shipped).unwrap();
        let (_folder, path) = file(&shipped.replacen("format = 1", "format   = 1 # first", 1));
        assert_eq!(hoso(&["fmt", &path]).status, 0, "{text}");
        assert_eq!(fs::read_to_string(&path).unwrap(), shipped, "{text}");
    }
}

#[test]
fn a_file_with_errors_is_left_alone() {
    let text = permit_with("act = \"consult\"", "act =   \"cónsult\"");
    let (_folder, path) = file(&text);
    let said = hoso(&["fmt", &path]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("error[unknown-word]"), "{said:?}");
    assert!(!said.err.contains("note["), "{said:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let (_folder, path) = file("nothing = 1");
    assert_eq!(hoso(&["fmt", &path]).status, 1);
}

#[test]
fn a_call_without_files_is_status_two() {
    fails(&["fmt"]);
    fails(&["fmt", "nowhere"]);
}
