//! `hoso check`.

use serde_json::Value;

use crate::desk::{fails, hoso, json, keys, repository};

/// A permit that writes every part out.
const PERMIT: &str = "examples/cli/tests/permit.toml";

/// Writes a text into a folder of its own and returns both.
pub(crate) fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.toml");
    std::fs::write(&path, text).unwrap();
    (folder, path.display().to_string())
}

/// Returns the permit with a word replaced.
pub(crate) fn permit_with(word: &str, other: &str) -> String {
    let text = std::fs::read_to_string(repository().join(PERMIT)).unwrap();
    assert!(text.contains(word), "{word}");
    text.replacen(word, other, 1)
}

fn of_code<'d>(said: &'d Value, code: &str) -> &'d Value {
    let found = said["diagnostics"].as_array().unwrap();
    found.iter().find(|it| it["code"] == code).unwrap_or_else(|| panic!("{code}: {said}"))
}

#[test]
fn what_ships_holds() {
    let built_in = json(&["check"], 0);
    assert_eq!(
        keys(&built_in),
        ["files", "procedures", "bundles", "errors", "warnings", "diagnostics", "waived"]
    );
    assert_eq!(built_in["errors"], 0);
    // Redesigns and scenarios stand in the folder too, and are read by path only.
    let folder = json(&["check", "procedures"], 0);
    let redesigns = json(&["check", "procedures/redesigns"], 0);
    let scenarios = json(&["check", "procedures/scenarios"], 0);
    for count in ["files", "procedures", "bundles"] {
        let of = |said: &Value| said[count].as_u64().unwrap();
        assert_eq!(of(&folder), of(&built_in) + of(&redesigns) + of(&scenarios), "{count}");
        assert!(count != "files" || of(&redesigns) > 0 && of(&scenarios) > 0);
    }
    let one = &folder["diagnostics"][0];
    let all =
        ["code", "severity", "file", "line", "column", "message", "details", "help", "witness"];
    assert_eq!(keys(one), all);
    assert_eq!((&one["severity"], &one["witness"]), (&"note".into(), &Value::Null));
}

#[test]
fn a_file_alone_finds_its_life_cycle() {
    let said = json(&["check", PERMIT], 0);
    assert_eq!((&said["files"], &said["procedures"]), (&1.into(), &1.into()));
    let files = said["diagnostics"].as_array().unwrap().iter().map(|it| &it["file"]);
    assert!(files.into_iter().all(|it| it == PERMIT));
    // So does one version of a life cycle, which is based on another.
    json(&["check", "procedures/life-cycles/one-stop-2026-07.toml"], 0);
    json(&["check", "procedures/calendars/hanoi.toml"], 0);
    json(&["check", "procedures/tariffs/hanoi.toml"], 0);
}

#[test]
fn a_column_counts_characters() {
    let (_folder, path) = file(&permit_with("complete", "complete").replace(
        "name = { vi = \"Tổ trưởng thụ lý\", en = \"Team leader\" }",
        "name = { vi = \"Tổ trưởng thụ lý\", em = \"Team leader\" }",
    ));
    let said = json(&["check", &path], 1);
    let found = of_code(&said, "unknown-key");
    assert_eq!(found["column"], 35);
    assert_eq!(found["file"], path);
    let text = hoso(&["check", &path]).out;
    assert!(text.contains("error[unknown-key]"), "{text}");
    assert!(text.contains("draft.toml:") && text.contains(":35"), "{text}");
    assert!(text.contains("help: did you mean `en`?"), "{text}");
    assert!(text.contains("Tổ trưởng thụ lý"), "{text}");
}

#[test]
fn every_error_of_a_file_comes_at_once() {
    let text = permit_with("to = \"team-review\"", "to = \"team-reviev\"").replacen(
        "when = \"not complete\"",
        "when = \"not compleat\"",
        1,
    );
    let (_folder, path) = file(&text);
    let said = json(&["check", &path], 1);
    assert_eq!(said["errors"], 2);
    assert_eq!(of_code(&said, "undeclared-state")["help"], "did you mean `team-review`?");
    let printed = hoso(&["check", &path]).out;
    assert!(printed.contains("2 errors in 1 file, 0 warnings"), "{printed}");
    assert!(!printed.contains("note["), "{printed}");
    assert!(hoso(&["check", &path, "--notes"]).out.contains("note[assumed]"));
}

#[test]
fn a_gap_says_what_each_transition_asks_for_and_where() {
    let gap = permit_with("when = \"not eligible\"", "when = \"not eligible and floors > 7\"")
        + "\n[choice.signature]\nof = [\"sign\", \"refuse\"]\nnote = \"the merits\"\n";
    let (_folder, path) = file(&gap);
    let said = json(&["check", &path], 1);
    let found = of_code(&said, "choice-gap");
    let details = found["details"].as_array().unwrap();
    let last = details.iter().find(|it| it["text"].as_str().unwrap().contains("floors > 7"));
    assert_eq!(last.unwrap()["file"], path);
    let printed = hoso(&["check", &path]).out;
    assert!(printed.contains("`floors > 7` fails"), "{printed}");
}

#[test]
fn what_is_waived_is_listed_with_its_place() {
    let printed = hoso(&["check", "--notes"]).out;
    let (_, waived) = printed.split_once("\nwaived: ").unwrap();
    let mut lines = waived.lines().skip(1);
    let (finding, waiver) = (lines.next().unwrap(), lines.next().unwrap());
    assert!(finding.starts_with("  ") && finding.contains(".toml:"), "{finding}");
    assert!(waiver.starts_with("    waived by ") && waiver.contains(".toml:"), "{waiver}");
}

#[test]
fn deny_and_warn_change_the_exit_status_only() {
    let said = json(&["check", PERMIT, "--deny", "assumed"], 1);
    assert_eq!(said, json(&["check", PERMIT], 0));
    let (_folder, path) = file(&permit_with("to = \"team-review\"", "to = \"team-reviev\""));
    let said = json(&["check", &path, "--warn", "undeclared-state"], 0);
    assert_eq!(said["errors"], 1);
}

#[test]
fn what_breaks_only_together_with_a_life_cycle_is_told() {
    // The guard of the shared mechanism loses the fact that it asks for.
    let (_folder, path) = file(&permit_with("[fact.eligible]", "[fact.eligibel]"));
    let said = json(&["check", &path], 1);
    assert_ne!(said["errors"], 0);
}

#[test]
fn what_cannot_be_read_is_status_two() {
    assert!(fails(&["check", "nowhere.toml"]).contains("nowhere.toml"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    assert!(fails(&["check", &path]).contains("no .toml file"));
    std::fs::write(folder.path().join("a.toml"), [0xff, 0xfe]).unwrap();
    fails(&["check", &path]);
    fails(&["check", "--procedures", "nowhere"]);
    fails(&["check", "--colour"]);
    fails(&[]);
}
