//! Bundles at the desk: `hoso run`, `hoso show` and `hoso due`.

use std::fs;

use expect_test::expect_file;
use serde_json::json;

use crate::desk::{fails, hoso, json, repository};

const SAMPLE: &str = "examples/linked-cases-in-hanoi.jsonl";

/// `UPDATE_EXPECT=1` rewrites the report beside the tests.
#[test]
fn the_sample_goes_from_filing_to_delivery() {
    let said = hoso(&["run", SAMPLE, "--as-of", "2026-09-30T17:00"]);
    assert_eq!(said.status, 0);
    expect_file!["linked.txt"].assert_eq(&said.out);
}

#[test]
fn programs_read_how_the_parts_stand() {
    let run = json(&["run", SAMPLE, "--as-of", "2026-09-30T17:00"], 0);
    let dossiers = run["dossiers"].as_array().unwrap();
    let of = |name: &str| dossiers.iter().find(|it| it["dossier"] == name).unwrap();
    let parts = [("birth", "granted"), ("residence", "refused"), ("card", "granted")];
    let parts = parts.map(|(part, standing)| {
        json!({ "part": part, "standing": standing, "dossier": format!("KS-03/{part}") })
    });
    assert_eq!(of("KS-03")["parts"], json!(parts));
    assert_eq!(of("KS-03/residence")["state"], "returned");
    let refused = &of("KS-01/birth")["refused"][0]["reasons"][0];
    assert_eq!(refused["code"], "part-awaited");
    assert_eq!(refused["needed"], "residence, card");
    assert!(dossiers.iter().all(|it| it["dossier"] != "KT-01/allowance"), "it was left out");
}

#[test]
fn a_case_moves_with_its_parts_when_the_applicant_asks() {
    let text = fs::read_to_string(repository().join(SAMPLE)).unwrap();
    let filed: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let command = |at: &str, role: &str, verb: &str| {
        let mut line = filed.clone();
        for key in ["procedure", "channel", "facts", "documents"] {
            line.as_object_mut().unwrap().remove(key);
        }
        line["at"] = json!(at);
        line["actor"] = json!({ "id": role, "role": role });
        line["do"] = json!(verb);
        line
    };
    let mut filing = filed.clone();
    filing["at"] = json!("2026-08-27T08:30");
    let mut signing = command("2026-08-27T08:40", "applicant", "sign");
    signing["document"] = json!("form");
    let lines = [
        filing,
        signing,
        command("2026-08-27T09:00", "one-stop", "accept"),
        command("2026-09-03T09:00", "applicant", "migrate"),
    ];
    let (_folder, path) = crate::run::lines(&lines.map(|it| it.to_string()));
    let run = json(&["run", &path], 0);
    let dossiers = run["dossiers"].as_array().unwrap();
    assert_eq!(dossiers[0]["refused"], json!([]), "{run}");
    assert_eq!(
        (&dossiers[0]["state"], &dossiers[0]["version"]),
        (&json!("in-progress"), &json!("2026-09"))
    );
}

/// The four readings of "received after 15:00": vectors LT01 to LT04.
#[test]
fn the_term_of_the_group_follows_each_reading_of_the_law() {
    let due = |at: &str, policy: &[&str]| {
        let call = ["due", "birth-group", "--accepted", at];
        json(&[&call, policy].concat(), 0)["due-date"].clone()
    };
    assert_eq!(due("2026-09-10T10:00", &[]), "2026-09-15");
    assert_eq!(due("2026-09-10T15:30", &[]), "2026-09-15");
    assert_eq!(due("2026-09-10T15:30", &["--policy", "after-15=deemed-next-day"]), "2026-09-16");
    let counted = ["--policy", "after-15=count-reception-day"];
    assert_eq!(due("2026-09-10T10:00", &counted), "2026-09-14");
    assert_eq!(due("2026-09-10T10:00", &["--fact", "verification=true"]), "2026-09-17");
}

#[test]
fn a_bundle_is_shown_with_its_parts() {
    let shown = json(&["show", "2.000986", "--on", "2026-09-14"], 0);
    assert_eq!(shown["id"], "birth-group");
    assert_eq!(shown["parts"][1]["after"], json!(["birth"]));
    assert_eq!(shown["parts"][1]["when"], "with-residence");
    assert_eq!(shown["parts"][0]["procedure"]["id"], "birth-registration");
    let said = hoso(&["show", "birth-group", "--on", "2026-09-14"]).out;
    assert!(said.contains("(residence, permanent-residence); after birth; if with-residence"));
}

#[test]
fn a_part_is_named_only_where_there_are_parts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    let line = r#"{"dossier": "A-1", "at": "2026-03-02T08:00", "actor": {"id": "a", "role": "applicant"}, "do": "withdraw", "part": "birth"}"#;
    fs::write(&path, line).unwrap();
    assert!(fails(&["run", path.to_str().unwrap()]).contains("has no parts"));
    assert!(repository().join(SAMPLE).is_file());
}

/// Runs the sample and returns its events.
fn events() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("events.jsonl").display().to_string();
    assert_eq!(hoso(&["run", SAMPLE, "--events", &out]).status, 0);
    (folder, out)
}

fn options<'a>(events: &'a str, dossier: &'a str, role: &'a str) -> [&'a str; 9] {
    let at = "2026-09-14T16:00";
    ["options", events, dossier, "--actor", "somebody", "--role", role, "--at", at]
}

#[test]
fn what_may_follow_is_told_of_a_case_and_of_each_part() {
    let (_folder, events) = events();
    let verdict = |said: &serde_json::Value, step: &str| {
        let all = said["options"].as_array().unwrap();
        all.iter().find(|it| it["transition"] == step).unwrap().clone()
    };
    let case = json(&options(&events, "KT-01", "one-stop"), 0);
    assert_eq!((&case["procedure"], &case["state"]), (&json!("death-group"), &json!("waiting")));
    assert_eq!(
        case["parts"],
        json!([
            { "part": "death", "standing": "granted", "dossier": "KT-01/death" },
            { "part": "deregistration", "standing": "open", "dossier": "KT-01/deregistration" },
            { "part": "allowance", "standing": "left-out", "dossier": "KT-01/allowance" },
        ])
    );
    let part = json(&options(&events, "KT-01/deregistration", "applicant"), 0);
    assert_eq!(part["procedure"], "permanent-residence-deregistration");
    assert_eq!(
        (&part["state"], &part["standing"]),
        (&json!("supplement-requested"), &json!("open"))
    );
    assert_eq!(verdict(&part, "supplement")["verdict"], "allowed");
    // What a part granted is returned with the case.
    let death = json(&options(&events, "KT-01/death", "one-stop"), 0);
    let returned = verdict(&death, "return");
    assert_eq!(returned["verdict"], "refused");
    assert_eq!(returned["reasons"][0]["code"], "part-awaited");
    let text = hoso(&options(&events, "KT-01", "one-stop")).out;
    assert!(
        text.contains("parts: death granted · deregistration open · allowance left out"),
        "{text}"
    );
}

#[test]
fn a_part_that_was_not_opened_says_so_and_one_that_is_none_is_refused() {
    let (_folder, events) = events();
    let allowance = json(&options(&events, "KT-01/allowance", "one-stop"), 0);
    assert_eq!((&allowance["state"], &allowance["standing"]), (&json!(null), &json!("left-out")));
    assert_eq!(allowance["options"], json!([]));
    let text = hoso(&options(&events, "KT-01/allowance", "one-stop")).out;
    assert!(text.starts_with("KT-01/allowance: left out\n"), "{text}");
    assert!(fails(&options(&events, "KT-01/birth", "one-stop")).contains("no part `birth`"));
    assert!(fails(&options(&events, "KT-02", "one-stop")).contains("no event of dossier"));
    let early = [&options(&events, "KT-01/death", "one-stop")[..8], &["2026-09-14T10:00"]].concat();
    assert!(fails(&early).contains("before the last command"));
}

#[test]
fn a_part_has_a_term_of_its_own() {
    let due = |of: &str, more: &[&str]| {
        let call = ["due", of, "--accepted", "2026-03-09T13:40"];
        json(&[&call, more].concat(), 0)
    };
    let residence = due("birth-group/residence", &["--fact", "verification=false"]);
    // As `hoso run` says of the sample.
    assert_eq!(residence["due-date"], "2026-03-11");
    assert_eq!(residence["procedure"], "permanent-residence");
    assert_eq!(due("2.000986/residence", &["--fact", "verification=false"]), residence);
    let unknown = fails(&["due", "birth-group/death", "--accepted", "2026-03-09T13:40"]);
    assert!(unknown.contains("no part `death`") && unknown.contains("`residence`"), "{unknown}");
}

#[test]
fn a_bundle_is_drawn_whole_and_written_with_a_word_about_what_is_left_out() {
    let on = ["--on", "2026-09-14"];
    let drawn = |graph: &str| hoso(&[&["show", "birth-group", "--graph", graph], &on[..]].concat());
    let mermaid = drawn("mermaid");
    assert!(mermaid.err.is_empty());
    assert!(mermaid.out.contains("part_birth --> part_residence : result [with-residence]"));
    assert!(mermaid.out.contains("  lead --> part_birth : accepted\n"), "{}", mermaid.out);
    let dot = drawn("dot").out;
    assert!(dot.contains("subgraph cluster_part_card {") && dot.contains("ltail=cluster_lead"));
    assert!(drawn("svg").err.contains("its parts are left out"));
    let said = hoso(&[&["export", "birth-group", "--to", "bpmn"], &on[..]].concat());
    assert!(said.err.contains("`birth-group/residence`"), "{}", said.err);
    let part = hoso(&[&["export", "birth-group/residence", "--to", "bpmn"], &on[..]].concat());
    assert!(part.err.is_empty() && part.out.contains("name=\"permanent-residence\""));
    let schema = hoso(&[&["export", "birth-group", "--to", "json-schema"], &on[..]].concat());
    assert!(schema.err.is_empty());
}
