//! `hoso migrate`.

use serde_json::{Value, json};

use crate::desk::{fails, hoso, json, repository};
use crate::run::{command, file, lines};

const DISTRICTS: [&str; 2] =
    ["household-business-registration@2021-01", "household-business-registration@2025-07"];

fn states(said: &Value) -> Vec<(&str, &str)> {
    let all = said["states"].as_array().unwrap().iter();
    all.map(|it| (it["state"].as_str().unwrap(), it["passage"].as_str().unwrap())).collect()
}

/// Two versions of a permit: the second governs by itself from 9 March 2026.
fn versions(changes: &[(&str, &str)], added: &str) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let permit = |id: &str, days: &str| {
        let head = format!("version = \"{id}\"\npinned = \"on-effect\"");
        let text = crate::check::permit_with("version = \"2025-07\"", &head);
        text.replace("effective = { from = 2025-07-01 }", &format!("effective = {{ {days} }}"))
    };
    let mut new = permit("2027-02", "from = 2026-03-09");
    for (from, to) in changes {
        assert!(new.contains(from), "{from}");
        new = new.replace(from, to);
    }
    let path = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let old = path("old.toml", permit("2027-01", "from = 2026-01-01, until = 2026-03-09"));
    let new = path("new.toml", new + added);
    (folder, old, new)
}

/// A dossier that was accepted and assigned, and one that was only filed.
fn events(folder: &tempfile::TempDir) -> String {
    let all = [
        file("A-1", "2026-03-02T08:30"),
        command("A-1", "2026-03-02T09:00", "one-stop", "accept", json!({})),
        command("A-1", "2026-03-02T10:00", "one-stop", "assign", json!({})),
        file("A-2", "2026-03-02T11:00"),
    ];
    let (_lines, path) = lines(&all);
    let out = folder.path().join("events.jsonl").display().to_string();
    let procedures = folder.path().display().to_string();
    assert_eq!(hoso(&["run", &path, "--procedures", &procedures, "--events", &out]).status, 0);
    out
}

#[test]
fn the_end_of_the_districts_keeps_household_businesses_where_they_were_accepted() {
    let said = json(&[&["migrate"][..], &DISTRICTS[..]].concat(), 0);
    assert_eq!(said["new"]["pinned"], "at-acceptance");
    assert_eq!(said["migration"], Value::Null);
    let states = states(&said);
    assert!(states.contains(&("filed", "safe")), "{states:?}");
    assert!(states.contains(&("under-review", "forbidden")), "{states:?}");
    assert!(states.contains(&("signed", "forbidden")), "{states:?}");
    let review =
        &said["states"].as_array().unwrap().iter().find(|it| it["state"] == "under-review");
    let reasons = review.unwrap()["reasons"].as_array().unwrap();
    let facts: Vec<_> = reasons.iter().map(|it| (&it["code"], &it["subject"])).collect();
    assert_eq!(facts[0], (&json!("fact-unknown"), &json!("filed-by")));
    assert!(said["terms"].as_array().unwrap().iter().all(|it| it["same"] == true));
}

#[test]
fn a_house_permit_would_pass_and_no_rule_says_that_it_does() {
    let call = ["migrate", "construction-permit-house@2024-12", "1.013225@2025-07"];
    let text = hoso(&call).out;
    assert!(text.contains("construction-permit-house 2024-12 → 2025-07"), "{text}");
    assert!(text.contains("accepted dossiers keep their version"), "{text}");
    assert!(text.contains("the new version has no rule for the change"), "{text}");
    assert!(text.contains("signed, refused: forbidden\n    – a result exists"), "{text}");
    let vi = hoso(&[&call[..], &["--lang", "vi"]].concat()).out;
    assert!(vi.contains("không được chuyển") && vi.contains("15 ngày"), "{vi}");
}

#[test]
fn dossiers_move_on_the_first_day_and_keep_their_due_date() {
    let (folder, old, new) = versions(&[("limit = \"15 days\"", "limit = \"20 days\"")], "");
    let (events, out) = (events(&folder), folder.path().join("moved.jsonl").display().to_string());
    let said = json(&["migrate", &old, &new, &events, "--events", &out, "--strict"], 0);
    let it = &said["dossiers"][0];
    assert_eq!(
        (&it["state"], &it["passage"], &it["moved"]),
        (&json!("under-review"), &json!("safe"), &json!(true))
    );
    assert_eq!((&it["due-before"], &it["due-after"]), (&json!("2026-03-17"), &json!("2026-03-17")));
    assert_eq!(said["totals"]["moved"], 2);
    let moved = std::fs::read_to_string(&out).unwrap();
    let first: Value = serde_json::from_str(moved.lines().next().unwrap()).unwrap();
    assert_eq!(first["at"], "2026-03-09T00:00:00+07:00");
    assert_eq!(first["happened"]["migrated"]["from"], "2027-01");
    // What was stored and what moved make one dossier, which has moved and does not move again.
    let whole = folder.path().join("whole.jsonl");
    std::fs::write(&whole, std::fs::read_to_string(&events).unwrap() + &moved).unwrap();
    let again = json(&["migrate", &old, &new, whole.to_str().unwrap()], 0);
    assert_eq!((&again["totals"]["dossiers"], &again["totals"]["others"]), (&json!(0), &json!(2)));
}

#[test]
fn a_rule_gives_the_new_length_and_another_state() {
    let changes = [("limit = \"15 days\"", "limit = \"20 days\"")];
    let rule = "\n[migration.longer]\nfrom = [\"2027-01\"]\nterm = { decision = \"new-length\" }\nforbid = [\"filed\"]\nreason = { vi = \"Lý do\", en = \"Because the law says so\" }\n";
    let (folder, old, new) = versions(&changes, rule);
    let events = events(&folder);
    let said = json(&["migrate", &old, &new, &events, "--strict"], 1);
    let dossiers = &said["dossiers"];
    assert_eq!(dossiers[0]["due-after"], "2026-03-23");
    assert_eq!(dossiers[1]["reasons"][0]["code"], "migration-forbidden");
    let text = hoso(&["migrate", &old, &new, &events]).out;
    assert!(text.contains("reason: Because the law says so"), "{text}");
    assert!(text.contains("Totals: dossiers 2 · moved 1 · staying 1"), "{text}");
}

#[test]
fn a_state_that_is_gone_asks_for_a_mapping_and_gets_one() {
    // The version that is left rests on a still older one, which lies beside it.
    let kiosk =
        |version: &str| format!("tests/corpus/scenario/procedures/kiosk-permit-{version}.toml");
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(repository().join(kiosk("2026-07"))).unwrap();
    let text = text.replace("\"received\"", "\"appraisal\"").replace(".received]", ".appraisal]");
    let rule =
        "\n[migration.renamed]\nstate = { received = \"appraisal\" }\nreason = \"Đổi tên\"\n";
    let passes = |added: &str| {
        let new = folder.path().join("new.toml");
        std::fs::write(&new, format!("{text}{added}")).unwrap();
        let said = json(&["migrate", &kiosk("2026-01"), new.to_str().unwrap()], 0);
        let all = said["states"].as_array().unwrap();
        all.iter().find(|it| it["state"] == "received").unwrap().clone()
    };
    let lost = passes("");
    assert_eq!((&lost["passage"], &lost["to"]), (&json!("needs-mapping"), &Value::Null));
    assert_eq!(lost["reasons"][0]["code"], "state-not-in-version");
    assert_eq!(lost["candidates"], json!(["appraisal"]));
    let mapped = passes(rule);
    assert_eq!((&mapped["passage"], &mapped["to"]), (&json!("safe"), &json!("appraisal")));
    assert_eq!(mapped["mapped"], true);
}

#[test]
fn a_call_that_cannot_be_read_says_how_to_mend_it() {
    let says = |old: &str, new: &str| fails(&["migrate", old, new]);
    let [old, new] = DISTRICTS;
    assert!(says("nothing", new).contains("write a file, or ID@VERSION"));
    assert!(says("household-busines-registration@2021-01", new).contains("there is no procedure"));
    assert!(
        says(&old.replace("2021-01", "2021-02"), new).contains("there is `2021-01`, `2025-07`")
    );
    assert!(says(new, old).contains("version `2021-01` begins before `2025-07`"));
    let apart = says(old, "construction-permit-house@2025-07");
    assert!(apart.contains("are no versions of one procedure"), "{apart}");
    let (folder, old, new) =
        versions(&[], "\n[migration.x]\nfrom = [\"2030-01\"]\nreason = \"x\"\n");
    let broken = says(&old, &new);
    assert!(broken.contains("there is no version `2030-01` to migrate from"), "{broken}");
    drop(folder);
}
