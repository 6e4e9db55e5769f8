//! `hoso calibrate`.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::{fails, hoso, json, repository};

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

#[test]
fn the_end_of_a_log_is_held_against_its_beginning() {
    let (_folder, log, learnt) = past();
    let call = ["calibrate", &log, "--procedure", "birth-registration", "--hold-out", "20%"];
    let said = json(&call, 0);
    let test = &said["back-test"];
    let count = |key: &str| test[key].as_u64().unwrap();
    assert_eq!(count("learnt-from") + count("filed"), said["dossiers"].as_u64().unwrap());
    assert_eq!(count("replications"), 199);
    let figures = test["figures"].as_array().unwrap();
    let named: Vec<&str> = figures.iter().map(|it| it["figure"].as_str().unwrap()).collect();
    assert_eq!(named, ["closed", "open", "mean", "median", "p90", "on-time"]);
    for figure in figures {
        let number = |key: &str| figure[key].as_f64().unwrap();
        let is_inside = (number("low")..=number("high")).contains(&number("recorded"));
        assert_eq!(figure["holds"], is_inside, "{figure}");
        assert!((number("low")..=number("high")).contains(&number("simulated")), "{figure}");
    }
    let hours = &test["distances"]["hours"];
    assert!(hours["recorded"].as_f64().unwrap() > 0.0 && hours["by-chance"].is_f64(), "{test}");
    let held = figures.iter().filter(|it| it["holds"] == true).count();
    // It is printed, and noted in the scenario, which is learnt from the whole log.
    let said = hoso(&[&call[..], &["--out", &learnt]].concat());
    assert!(said.status == 0 && said.out.contains("95 % of runs"), "{said:?}");
    let whole = hoso(&["calibrate", &log, "--procedure", "birth-registration"]).out;
    let (whole, noted) = (whole, fs::read_to_string(&learnt).unwrap());
    let note = format!("{held} of 6 figures lie where 95 % of replications do");
    assert!(noted.contains(&note) && !whole.contains("Back-test"), "{noted}");
    let rate = |text: &str| text.lines().find(|it| it.starts_with("rate = ")).map(str::to_owned);
    assert!(rate(&noted).is_some() && rate(&noted) == rate(&whole));
    for (share, why) in [
        ("0%", "nothing is left to learn from"),
        ("100%", "nothing is left to learn from"),
        ("much", "--hold-out much"),
    ] {
        let call = ["calibrate", &log, "--procedure", "birth-registration", "--hold-out", share];
        assert!(fails(&call).contains(why), "{share}");
    }
}

#[test]
fn a_scenario_begins_with_the_backlog_or_takes_the_recorded_moments() {
    let (_folder, log, learnt) = past();
    let call = ["calibrate", &log, "--procedure", "birth-registration"];
    let filed = || {
        let run = json(&["simulate", &learnt, "--replications", "2"], 0);
        run["totals"]["filed"]["mean"].as_f64().unwrap()
    };
    let more = ["--recorded-arrivals", "--out", &learnt];
    let said = json(&[&call[..], &more].concat(), 0);
    let text = fs::read_to_string(&learnt).unwrap();
    assert!(text.contains("\nat = [2025-09-") && !text.contains("\nrate = "), "{text}");
    assert_eq!(filed(), said["arrivals"]["filed"].as_f64().unwrap());
    // The log of an office that is in the middle of its work.
    let ward = fs::read_to_string(repository().join(WARD)).unwrap();
    let ward = ward.replace("until = 2025-12-01", "until = 2025-11-01\ndrain = false");
    fs::write(&learnt, ward).unwrap();
    let events = ["simulate", &learnt, "--replications", "1", "--events", &log];
    assert_eq!(hoso(&events).status, 0);
    let said = json(&[&call[..], &["--from-backlog", "--out", &learnt]].concat(), 0);
    let text = fs::read_to_string(&learnt).unwrap();
    let states = said["backlog"].as_array().unwrap().iter();
    let states: Vec<String> =
        states.map(|it| format!("{} = {}", it[0].as_str().unwrap(), it[1])).collect();
    assert!(states.len() > 2, "{states:?}");
    assert!(text.contains(&format!("\nbacklog = {{ {} }}\n", states.join(", "))), "{text}");
    assert!(text.contains("\nfrom = 2025-11-01\n") && text.contains("\nrate = "), "{text}");
    let (open, before) =
        (said["open"].as_f64().unwrap(), said["arrivals"]["filed"].as_f64().unwrap());
    let expected = open + before;
    assert!((filed() - expected).abs() < 0.15 * expected, "{} of {expected}", filed());
    let both = [&call[..], &["--from-backlog", "--recorded-arrivals"]].concat();
    assert!(fails(&both).contains("--recorded-arrivals"));
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
