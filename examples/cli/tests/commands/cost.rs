//! `hoso cost` on the command line.

use crate::desk::{fails, hoso, json, keys};
use serde_json::{Value, json as value};

fn redesign(name: &str) -> String {
    format!("procedures/redesigns/household-business/{name}.toml")
}

#[test]
fn every_scenario_of_the_worked_example() {
    for (name, cost, without_fees) in [
        ("before", 407_323, 307_323),
        ("a", 354_075, 254_075),
        ("b", 254_075, 254_075),
        ("c", 52_269, 52_269),
        ("d", 285_827, 185_827),
    ] {
        let said = json(&["cost", &redesign(name)], 0);
        assert_eq!(said["applicant"]["cost"], cost, "{name}");
        assert_eq!(said["applicant"]["without-fees"], without_fees, "{name}");
        assert_eq!(said["year"]["cost"], i64::from(cost) * 12_000, "{name}");
    }
}

#[test]
fn the_answer_has_the_promised_keys() {
    let said = json(&["cost", &redesign("before")], 0);
    let promised = [
        "procedure",
        "version",
        "norms",
        "income",
        "tariff",
        "on",
        "lines",
        "applicant",
        "others",
        "year",
    ];
    assert_eq!(keys(&said), promised);
    assert_eq!(said["on"], "2023-01-01");
    assert_eq!(said["lines"][1]["for"], "document.identity-papers");
    assert_eq!(said["lines"][1]["direct"], 5_000);
    assert_eq!(said["lines"][1]["certainty"], "assumed");
    assert_eq!(said["lines"][1]["unknown"], value!([]));
}

#[test]
fn a_share_that_takes_the_new_way_is_computed_exactly() {
    let (new, old) = (redesign("c"), redesign("before"));
    let said = json(&["cost", &new, "--against", &old, "--adoption", "68.7%"], 0);
    let against = &said["against"];
    assert_eq!(against["saved"], 355_054);
    assert_eq!(against["per-year"], "1960810824/1");
    assert_eq!(against["break-even"], "58189/253610");
    let text = hoso(&["cost", &new, "--against", &old, "--adoption", "687/1000"]).out;
    for part in ["163.400,902 đ a case", "1.960.810.824 đ a year", "22.944 %"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    fails(&["cost", &new, "--against", &old, "--adoption", "3/2"]);
    fails(&["cost", &new, "--adoption", "1/2"]);
}

#[test]
fn a_case_that_is_not_known_says_which_facts_would_settle_it() {
    let call = ["cost", "household-business-reissue", "--on", "2024-06-03"];
    let said = json(&call, 1);
    assert_eq!(said["applicant"]["cost"], Value::Null);
    let gaps: Vec<&Value> = said["lines"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["unknown"].as_array().unwrap())
        .collect();
    assert!(gaps.iter().any(|it| it["why"] == "unknown-base"), "{gaps:?}");
    // Online nothing is charged, whatever the amount would be.
    let online = json(&[&call[..], &["--channel", "online"]].concat(), 0);
    assert_eq!(online["applicant"]["fees"], 0);
    let permit = ["cost", "construction-permit-house", "--on", "2026-03-02"];
    assert!(hoso(&permit).out.contains("`floors`"));
    let known = [
        "--fact",
        "floors=3",
        "--fact",
        "applicant=household",
        "--fact",
        "fire-safety-subject=false",
        "--fact",
        "adjoining-works=false",
    ];
    let said = json(&[&permit[..], &known].concat(), 0);
    assert_eq!(said["applicant"]["fees"], 75_000);
}

#[test]
fn norms_are_chosen_by_name() {
    let said = json(&["cost", &redesign("before"), "--norms", "standard-cost-model-2023"], 0);
    assert_eq!(said["applicant"]["cost"], 371_653);
    let said = json(&["cost", &redesign("before"), "--norms", "vietnam-2022"], 0);
    assert_eq!(said["income"]["hourly"], 45_265);
    assert!(fails(&["cost", &redesign("before"), "--norms", "laos"]).contains("vietnam-2023"));
    assert!(fails(&["cost", "no-such-procedure"]).contains("there is no procedure"));
    assert!(fails(&["cost", &redesign("before"), "--fact", "florrs=1"]).contains("florrs"));
}
