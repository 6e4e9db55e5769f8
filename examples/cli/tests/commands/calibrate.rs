//! `hoso calibrate`.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::{fails, hoso, json};

const WARD: &str = "tests/fixture/ward.toml";

/// Writes the histories of a simulated ward, and says where.
fn past() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (log, learnt) = (at("past.xes"), at("learnt.toml"));
    assert_eq!(hoso(&["simulate", WARD, "--replications", "1", "--events", &log]).status, 0);
    (folder, log, learnt)
}

#[test]
fn what_is_learnt_from_a_log_is_a_scenario_that_runs_as_the_past_did() {
    let (_folder, log, learnt) = past();
    let call = ["calibrate", &log, "--procedure", "birth-registration"];
    let said = hoso(&[&call[..], &["--out", &learnt]].concat());
    assert_eq!(said.status, 0, "{said:?}");
    assert_eq!(hoso(&["fmt", "--check", &learnt]).status, 0);
    assert_eq!(json(&["check", &learnt], 0)["errors"], 0);
    let filed = |path: &str| {
        let said = json(&["simulate", path, "--replications", "2"], 0);
        said["totals"]["filed"]["mean"].as_f64().unwrap()
    };
    let (was, is) = (filed(WARD), filed(&learnt));
    assert!((is - was).abs() < 0.15 * was, "{is} and {was}");
    // Without a file the scenario is printed, with what could not be told as comments.
    let printed = hoso(&call).out;
    assert!(printed.starts_with(&fs::read_to_string(&learnt).unwrap()), "{printed}");
}

#[test]
fn an_estimate_that_cannot_be_made_is_said() {
    let (_folder, log, _) = past();
    let said = fails(&["calibrate", &log, "--procedure", "marriage-registrations"]);
    assert!(said.contains("marriage-registration"), "{said}");
    let said = fails(&["calibrate", "no-such-log.xes", "--procedure", "birth-registration"]);
    assert!(said.contains("no-such-log.xes"), "{said}");
}

/// Every procedure of the morning, with the few dossiers that it has.
#[test]
fn every_procedure_of_the_morning_is_learnt_and_runs() {
    const MORNING: &str = "examples/a-morning-in-hanoi.jsonl";
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let log = at("morning.xes");
    let run = json(&["run", MORNING, "--events", &log], 0);
    let dossiers = run["dossiers"].as_array().unwrap();
    let all: BTreeSet<&str> = dossiers.iter().map(|it| it["procedure"].as_str().unwrap()).collect();
    assert_eq!(all.len(), 5, "{all:?}");
    for procedure in all {
        let path = at(procedure);
        let said = hoso(&["calibrate", &log, "--procedure", procedure, "--out", &path]);
        assert_eq!(said.status, 0, "{procedure}: {}", said.err);
        let run = json(&["simulate", &path, "--replications", "1"], 0);
        let totals = &run["totals"];
        assert_eq!(totals["filed"]["mean"], totals["closed"]["mean"], "{procedure}: {totals}");
    }
    // Who has a business already is refused under review by chance, and else when the draft is to be signed.
    let learnt = fs::read_to_string(at("household-business-registration")).unwrap();
    let shares = "share = { under-review = \"83.33%\", awaiting-signature = \"100%\" }";
    assert!(learnt.contains(shares), "{learnt}");
    // Nobody waited for the culture office to the end; it is taken to be like the others.
    let learnt = fs::read_to_string(at("construction-permit-house")).unwrap();
    let culture = learnt.split("answer.culture]").nth(1).unwrap();
    let culture = culture.split("\n\n").next().unwrap();
    assert!(culture.contains("it is taken to answer as `fire-police` did"), "{culture}");
}
