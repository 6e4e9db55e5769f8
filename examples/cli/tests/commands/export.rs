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
    // Without the style sheet, which is the same for every picture.
    let picture = drawn("svg");
    let (head, rest) = picture.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</defs>\n").unwrap();
    expect![[r##"
        <svg class="states" xmlns="http://www.w3.org/2000/svg" viewBox="-71 -59 142 321" width="142" height="321" role="img">
        <title>Card</title>
        <rect x="-71" y="-59" width="100%" height="100%" fill="#ffffff"/>
        <text class="title" x="-51" y="-29">Card</text>
        <path class="line" d="M0 9 C0 29 0 29 0 49 C0 69 0 69 0 89"/>
        <path class="line" d="M0 133 C0 153 0 153 0 173 C0 193 0 193 0 214"/>
        <rect class="words" x="-12" y="43" width="24" height="12"/>
        <text class="step" x="0" y="52">File</text>
        <rect class="words" x="-51" y="167" width="102" height="12"/>
        <text class="step" x="0" y="176">Return the result</text>
        <rect class="bar" x="-9" y="-9" width="18" height="18" rx="9" fill="#222222"/>
        <rect class="box" x="-33" y="89" width="67" height="44" rx="9" fill="#dbeafe"/>
        <text class="state" x="0" y="108">Filed</text>
        <text class="role" x="0" y="123">Officer</text>
        <rect class="box end" x="-37" y="214" width="74" height="29" rx="9" fill="#ffffff"/>
        <text class="state" x="0" y="233">Returned</text>
        </svg>
    "##]].assert_eq(&[head, body].concat());
}

#[test]
fn the_parts_of_a_picture_stand_apart_and_it_is_drawn_alike_each_time() {
    let drawn = || hoso(&["show", "construction-permit-house", "--graph", "svg"]).out;
    let picture = drawn();
    assert_eq!(picture, drawn());
    let number = |line: &str, key: &str| -> i64 {
        let rest = line.split_once(&format!(" {key}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let keys = ["x", "y", "width", "height"];
    let boxes: Vec<[i64; 4]> = picture
        .lines()
        .filter(|it| it.starts_with("<rect class=\"") && !it.contains("100%"))
        .map(|line| keys.map(|key| number(line, key)))
        .collect();
    assert!(boxes.len() > 60, "{}", boxes.len());
    for (at, [x, y, width, height]) in boxes.iter().enumerate() {
        for other in &boxes[at + 1..] {
            let beside = x + width <= other[0] || other[0] + other[2] <= *x;
            let below = y + height <= other[1] || other[1] + other[3] <= *y;
            assert!(beside || below, "{:?} covers {other:?}", boxes[at]);
        }
    }
}

#[test]
fn a_program_finds_the_text_in_one_document() {
    let answer = json(&["export", "birth-registration", "--to", "pnml"], 0);
    assert_eq!(answer["id"], "birth-registration");
    assert!(answer["text"].as_str().unwrap().starts_with("<?xml"));
}

#[test]
fn a_bundle_is_seen_as_the_dossier_that_leads_it() {
    let schema = json(&["export", "birth-card-group", "--to", "json-schema"], 0);
    assert!(schema["text"].as_str().unwrap().contains("\"birth-card-group\""));
}

#[test]
fn a_procedure_or_language_that_does_not_exist_is_status_two() {
    assert!(fails(&["export", "nowhere", "--to", "pnml"]).contains("there is no procedure"));
    fails(&["export", "birth-registration", "--to", "visio"]);
    fails(&["export", "birth-registration"]);
    fails(&["show", "nowhere", "--graph", "dot"]);
    let shared = fails(&["export", "1.013225", "--to", "bpmn"]);
    assert!(shared.contains("is shared by") && shared.contains("write the id"), "{shared}");
}
