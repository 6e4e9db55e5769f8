//! `hoso calibrate`.

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
