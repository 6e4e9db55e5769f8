//! `hoso show`.

use crate::check::permit_with;
use crate::desk::{fails, hoso, json};

#[test]
fn the_version_of_the_day_is_shown() {
    let show = |on: &str| json(&["show", "construction-permit-house", "--on", on], 0);
    let version = |on: &str| show(on)["version"].clone();
    assert_eq!(version("2025-07-01"), "2025-07");
    assert_eq!(version("2026-03-02"), "2025-12");
    let named = json(&["show", "construction-permit-house@2024-12"], 0);
    assert_eq!(
        (&named["id"], &named["version"]),
        (&"construction-permit-house".into(), &"2024-12".into())
    );
    let said = fails(&["show", "construction-permit-house@2024-11"]);
    assert!(said.contains("there is no version") && said.contains("`2024-12`"), "{said}");
    let said = fails(&["show", "construction-permit-hose@2024-12"]);
    assert!(said.contains("there is no procedure `construction-permit-hose`"), "{said}");
    assert!(said.contains(" more"), "{said}");
    let latest = json(&["show", "construction-permit-house"], 0);
    assert_eq!(latest["id"], "construction-permit-house");
    assert!(!latest["transitions"].as_array().unwrap().is_empty());
    // One code of two procedures shows both.
    let both = json(&["show", "1.013225", "--on", "2026-03-02"], 0);
    let ids = [0, 1].map(|it| both["procedures"][it]["id"].clone());
    assert_eq!(ids, ["construction-permit-house", "construction-permit-works"]);
}

#[test]
fn people_read_documents_terms_fees_states_and_law() {
    let said =
        hoso(&["show", "construction-permit-house", "--on", "2026-03-02", "--lang", "vi"]).out;
    for part in [
        "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
        "Đơn đề nghị cấp giấy phép xây dựng (application), bản chính ×1",
        "Thời hạn cấp giấy phép (decision): 15 ngày; gia hạn 10 ngày ×1",
        "Lệ phí cấp giấy phép xây dựng: construction-permit/house",
        "→ team-review: Trình dự thảo kết quả (submit) [specialist]; khi complete",
        "construction-law: 50/2014/QH13, Điều 102",
        "transition sign: giả định:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_folder_of_ones_own_takes_the_place_of_the_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let text = permit_with("id = \"construction-permit-house\"", "id = \"my-permit\"");
    std::fs::write(folder.path().join("mine.toml"), text).unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(json(&["show", "my-permit", "--procedures", path], 0)["id"], "my-permit");
    assert!(
        fails(&["show", "birth-registration", "--procedures", path])
            .contains("there is `my-permit`")
    );
    // Its life cycle, calendar and tariff are still at hand.
    let due = ["due", "my-permit", "--from", "2026-03-02T09:00", "--procedures", path];
    assert_eq!(json(&due, 0)["due-date"], "2026-03-17");
}

#[test]
fn a_text_with_errors_is_left_out_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let text = permit_with("to = \"team-review\"", "to = \"team-reviev\"");
    std::fs::write(folder.path().join("mine.toml"), text).unwrap();
    let path = folder.path().to_str().unwrap();
    let said = fails(&["show", "construction-permit-house", "--procedures", path]);
    assert!(said.contains("what they touch is left out"), "{said}");
    assert!(said.contains("mine.toml has an error: ") && !said.contains("there is no"), "{said}");
    assert!(said.contains("`team-reviev`"), "{said}");
}

#[test]
fn a_name_or_day_without_a_version_is_status_two() {
    assert!(fails(&["show", "nowhere"]).contains("there is no procedure `nowhere`"));
    let said = fails(&["show", "1.013225", "--on", "2015-01-01"]);
    assert!(said.contains("its versions are in force from 2021-03"), "{said}");
    fails(&["show", "1.013225", "--on", "1/1/2026"]);
}
