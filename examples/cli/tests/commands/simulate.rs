//! `hoso simulate`.

use serde_json::json;

use crate::desk::{fails, hoso, json};

const WARD: &str = "tests/fixture/ward.toml";

/// Writes the ward with something changed.
fn changed(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let text = std::fs::read_to_string(crate::desk::repository().join(WARD)).unwrap();
    assert!(text.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.toml");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    (folder, path.display().to_string())
}

#[test]
fn two_scenarios_are_compared_on_the_same_luck() {
    let (_folder, more) = changed("officers = 2\nabsence", "officers = 3\nabsence");
    let call = ["simulate", WARD, "--against", &more, "--replications", "2"];
    let said = json(&call, 0);
    let sojourn = &said["difference"]["totals"]["mean-sojourn"];
    assert!(sojourn["mean"].as_f64().unwrap() < 0.0, "{sojourn}");
    assert_eq!(sojourn["as-is"], said["as-is"]["totals"]["mean-sojourn"]["mean"]);
    assert_eq!(said["difference"]["replications"], json!(2));
    let text = hoso(&[&call[..], &["--lang", "vi"]].concat()).out;
    assert!(text.contains("ward so với ward: 2 lần chạy từng cặp"), "{text}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (_folder, shorter) = changed("until = 2025-12-01", "until = 2025-10-01");
    let said = fails(&["simulate", WARD, "--against", &shorter, "--replications", "2"]);
    assert!(said.contains("the runs cannot be compared"), "{said}");
    fails(&["simulate", WARD, "--against", WARD, "--shard", "1/2"]);
}
