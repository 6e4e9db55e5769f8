//! `hoso export`, and `hoso show --graph`.

use expect_test::expect;

use crate::desk::{fails, hoso, json};

/// Writes a folder with one procedure small enough to be read whole.
fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = r#"
        format = 1
        [procedure]
        id = "card"
        code = "9.000001"
        version = "2026-01"
        name = { vi = "Cấp thẻ", en = "Card" }
        authority = "commune"
        service-level = "full"
        channels = ["counter"]
        effective = { from = 2026-01-01 }
        [role.officer]
        name = { vi = "Công chức", en = "Officer" }
        [state.filed]
        name = { vi = "Mới nộp", en = "Filed" }
        role = "officer"
        portal-status = 1
        [state.returned]
        name = { vi = "Đã trả", en = "Returned" }
        portal-status = 10
        [transition.file]
        act = "file"
        to = "filed"
        by = "officer"
        [transition.return]
        act = "return"
        from = "filed"
        to = "returned"
        by = "officer"
    "#;
    std::fs::write(folder.path().join("card.toml"), text).unwrap();
    folder
}

#[test]
fn drawings_come_out_as_they_are() {
    let folder = small();
    let path = folder.path().to_str().unwrap();
    let drawn = |as_: &str| hoso(&["show", "card", "--graph", as_, "--procedures", path]).out;
    expect![[r#"
        stateDiagram-v2
          state "Filed" as state_filed
          state_filed : Officer
          state "Returned" as state_returned
          [*] --> state_filed : File
          state_filed --> state_returned : Return the result
          state_returned --> [*]
          classDef end_state fill:#e0e0e0,stroke:#555555
          class state_returned end_state
    "#]]
    .assert_eq(&drawn("mermaid"));
    expect![[r##"
        digraph "card" {
          label="Card";
          labelloc=t;
          rankdir=TB;
          node [fontname="sans-serif", fontsize=11];
          edge [fontname="sans-serif", fontsize=9];
          start [label="", shape=circle, style=filled, fillcolor=black, width=0.2];
          state_filed [label="Filed\n(Officer)", shape=box, style="rounded,filled", fillcolor="#dbeafe"];
          state_returned [label="Returned", shape=box, style="rounded,filled", peripheries=2, fillcolor="#ffffff"];
          start -> state_filed [label="File", style=solid];
          state_filed -> state_returned [label="Return the result", style=solid];
        }
    "##]].assert_eq(&drawn("dot"));
}

#[test]
fn a_program_finds_the_text_in_one_document() {
    let answer = json(&["export", "birth-registration", "--to", "pnml"], 0);
    assert_eq!(answer["id"], "birth-registration");
    assert!(answer["text"].as_str().unwrap().starts_with("<?xml"));
}

#[test]
fn a_procedure_or_language_that_does_not_exist_is_status_two() {
    assert!(fails(&["export", "nowhere", "--to", "pnml"]).contains("there is no procedure"));
    fails(&["export", "birth-registration", "--to", "visio"]);
    fails(&["export", "birth-registration"]);
    fails(&["show", "nowhere", "--graph", "dot"]);
}
