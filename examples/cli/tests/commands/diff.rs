//! `hoso diff`.

use serde_json::Value;

use crate::desk::{fails, hoso, json, repository};

const VERSIONS: [&str; 3] =
    ["diff", "construction-permit-house@2024-12", "construction-permit-house@2025-07"];

/// A later version of a permit, beside the earlier one.
fn versions(from: &str, to: &str) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let old = crate::check::permit_with("version = \"2025-07\"", "version = \"2027-01\"");
    assert!(old.contains(from), "{from}");
    let new = old.replace("2027-01", "2027-02").replace(from, to);
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (old, new) = (path("old.toml", &old), path("new.toml", &new));
    (folder, old, new)
}

fn codes(said: &Value) -> Vec<&str> {
    let changes = said["procedures"][0]["changes"].as_array().unwrap().iter();
    changes.map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn the_end_of_the_districts_moves_the_permit_to_the_commune() {
    let said = json(&VERSIONS, 0);
    let codes = codes(&said);
    assert!(codes.contains(&"authority-level"), "{codes:?}");
    let level = said["procedures"][0]["changes"].as_array().unwrap().iter();
    let level = level.clone().find(|it| it["code"] == "authority-level").unwrap();
    assert_eq!(level["for"]["party"], "applicant");
    assert_eq!(level["advantage"], "neither");
}

#[test]
fn changes_stand_under_whoever_gains_or_loses() {
    let (_folder, old, new) = versions("15 days", "20 days");
    let said = hoso(&["diff", &old, &new]);
    assert_eq!(said.status, 0, "{said:?}");
    let loses = said.out.split("Loses").nth(1).unwrap();
    assert!(loses.contains("limit-longer") && loses.contains("for example: from"), "{}", said.out);
    let vietnamese = hoso(&["diff", &old, &new, "--lang", "vi"]);
    assert!(vietnamese.out.contains("Bất lợi hơn"), "{}", vietnamese.out);
}

#[test]
fn nothing_changes_from_a_folder_to_itself() {
    let folder = repository().join("procedures").display().to_string();
    let said = json(&["diff", &folder, &folder], 0);
    let procedures = said["procedures"].as_array().unwrap();
    assert!(procedures.len() > 40, "{}", procedures.len());
    for it in procedures {
        let empty =
            ["changes", "outcomes", "stranded"].map(|key| it[key].as_array().unwrap().len());
        assert_eq!(empty, [0, 0, 0], "{it}");
    }
    assert_eq!(said["added"], said["removed"]);
}

#[test]
fn what_is_no_design_is_no_call() {
    assert!(fails(&["diff", "nowhere.toml", "nowhere.toml"]).contains("nowhere.toml"));
}
