//! `hoso compare`: the worked example to the đồng, and what stands in the way of a verdict.

use serde_json::{Value, json as value};

use crate::desk::{fails, hoso, json};

fn redesign(version: &str) -> String {
    format!("procedures/redesigns/household-business/{version}.toml")
}

/// Compares the way before with a scenario, for JSON.
#[track_caller]
fn compared(after: &str, status: i32, more: &[&str]) -> Value {
    let call = ["compare", &redesign("before"), &redesign(after)];
    json(&[&call[..], more].concat(), status)
}

#[test]
fn the_worked_example_comes_out_to_the_dong() {
    // Cost of a case after, what is saved, and the two legs of cost.
    let scenarios = [
        ("a", 354_075, 53_248, false, false),
        ("b", 254_075, 153_248, true, false),
        ("c", 52_269, 355_054, true, true),
        ("d", 285_827, 121_496, true, true),
    ];
    for (version, after, saved, cost, without) in scenarios {
        let data = compared(version, i32::from(version != "c"), &[]);
        assert_eq!(data["cost"]["before"], 407_323);
        assert_eq!(data["cost"]["after"], after, "{version}");
        assert_eq!(data["cost"]["saved"], saved, "{version}");
        assert_eq!(data["cost"]["share"], format!("{saved}/407323"), "{version}");
        assert_eq!(data["legs"]["cost"], cost, "{version}");
        assert_eq!(data["legs"]["cost-without-fees"], without, "{version}");
        assert_eq!(data["objections"], value!([]), "{version}");
    }
}

#[test]
fn the_full_redesign_passes_at_equality() {
    let data = compared("c", 0, &[]);
    assert_eq!(data["verdict"], true);
    let burdens = &data["burdens"];
    assert_eq!((&burdens["before"], &burdens["share"]), (&value!(15), &value!("3/15")));
    assert_eq!((&burdens["removed"], &burdens["simplified"]), (&value!(3), &value!(0)));
    assert_eq!(burdens["added"], 0);
    assert_eq!(
        data["cost"]["time"],
        value!({ "before": 257_323, "after": 52_269, "saved": 205_054 })
    );
    assert_eq!(data["cost"]["direct"], value!({ "before": 50_000, "after": 0, "saved": 50_000 }));
    assert_eq!(data["cost"]["fees"], value!({ "before": 100_000, "after": 0, "saved": 100_000 }));
    let year = &data["cost"]["per-year"];
    assert_eq!(
        (&year["before"], &year["after"]),
        (&value!(4_887_876_000_i64), &value!(627_228_000))
    );
}

#[test]
fn a_higher_target_is_missed() {
    let data = compared("c", 1, &["--require", "20.01%"]);
    assert_eq!(data["legs"]["burdens"], false);
    assert_eq!(data["legs"]["cost"], true);
}

#[test]
fn the_share_that_takes_the_new_way_counts() {
    let data = compared("c", 0, &["--adoption", "687/1000"]);
    assert_eq!(data["cost"]["per-year"]["adopted"], "1960810824/1");
    assert_eq!(data["cost"]["on-average"], "81700451/500");
    // 407,323 of five times 355,054, in lowest terms.
    assert_eq!(data["cost"]["break-even"], "58189/253610");
    let data = compared("c", 1, &["--adoption", "22.94%"]);
    assert_eq!(data["legs"]["cost"], false);
    let data = compared("c", 1, &["--adoption", "22.95%"]);
    assert_eq!(data["legs"]["cost"], true);
}

#[test]
fn nothing_is_simpler_than_itself() {
    let data = compared("before", 1, &[]);
    assert_eq!(data["verdict"], false);
    assert_eq!(data["burdens"]["share"], "0/15");
}

#[test]
fn people_read_the_legs_in_their_language() {
    let (before, after) = (redesign("before"), redesign("b"));
    let told = hoso(&["compare", &before, &after, "--lang", "vi"]);
    assert_eq!(told.status, 1);
    assert!(told.out.contains("Đơn giản hơn (mục tiêu 20/100): không đạt"), "{}", told.out);
    assert!(told.out.contains("37.62 %"), "{}", told.out);
}

#[test]
fn folders_are_compared_procedure_by_procedure() {
    let data = json(&["compare", "procedures/bundles", "procedures/bundles"], 1);
    assert_eq!(data["procedures-compared"], 3);
    assert_eq!(data["burdens"]["removed"], 0);
    assert_eq!(data["by-authority"][0]["authority"], "commune");
}

#[test]
fn a_side_that_is_nothing_is_a_wrong_call() {
    let said = fails(&["compare", "nowhere.toml", &redesign("c")]);
    assert!(said.contains("nowhere.toml"), "{said}");
}
