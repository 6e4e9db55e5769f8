//! `hoso replay`.

use std::collections::BTreeSet;
use std::io::Write as _;

use serde_json::{Value, json};

use crate::desk::{fails, hoso, json};

const MORNING: &str = "examples/a-morning-in-hanoi.jsonl";
const HOUSE: [&str; 2] = ["--procedure", "construction-permit-house"];

/// Writes a log into a folder of its own.
fn log(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path.display().to_string())
}

fn replay<'a>(path: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["replay", path][..], &HOUSE, more].concat()
}

const TABLE: &str = "\
Mã hồ sơ;Bước;Thời điểm;Người thực hiện;Vai trò;floors
XD-1;Nộp hồ sơ;02/03/2026 08:30;chi;applicant;3
XD-1;TIEP NHAN HO SO;02/03/2026 09:00;an;one-stop;
XD-2;Nộp hồ sơ;02/03/2026 08:40;dung;applicant;2
XD-2;Scan;02/03/2026 08:45;an;one-stop;
XD-2;assign;03/03/2026 09:30;an;applicant;
";

#[test]
fn a_table_of_another_system_is_understood_and_judged() {
    let (_folder, path) = log("log.csv", TABLE);
    let said = json(&replay(&path, &[]), 0);
    let totals = &said["totals"];
    assert_eq!(
        (&totals["dossiers"], &totals["explained"], &totals["cost"]),
        (&json!(2), &json!(1), &json!(2))
    );
    assert_eq!(said["words"], json!([{ "activity": "Scan", "count": 1, "nearest": null }]));
    let second = &said["dossiers"][1];
    let kinds: Vec<_> = second["deviations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["kind"], &it["code"]))
        .collect();
    let missing = (&json!("missing"), &json!("missing"));
    let unknown = (&json!("unknown"), &json!("unknown"));
    let role = (&json!("unlawful"), &json!("role-not-allowed"));
    assert!(
        kinds.contains(&missing) && kinds.contains(&unknown) && kinds.contains(&role),
        "{kinds:?}"
    );
    assert!(second["deviations"].as_array().unwrap().iter().any(|it| it["law"].is_string()));
    assert_eq!(hoso(&replay(&path, &["--strict"])).status, 1);
}

#[test]
fn people_read_how_much_is_explained_and_what_is_not() {
    let (_folder, path) = log("log.csv", TABLE);
    let text = hoso(&replay(&path, &[])).out;
    assert!(text.contains("1  explained by the definition (50.00 %)"), "{text}");
    let line = text.lines().find(|it| it.contains("Accept (`accept`): a step is missing"));
    assert!(line.is_some_and(|it| it.contains("XD-2")), "{text}");
    assert!(text.contains("words that are no step of the procedure"), "{text}");
    let vi = hoso(&replay(&path, &["--lang", "vi"])).out;
    assert!(vi.contains("được định nghĩa giải thích (50.00 %)"), "{vi}");
}

#[test]
fn the_caller_says_what_words_and_columns_mean() {
    let (folder, path) = log("log.csv", &TABLE.replace("Bước", "Việc"));
    assert!(fails(&replay(&path, &[])).contains("no column is known to say the activity"));
    let map = folder.path().join("words.txt");
    std::fs::write(&map, "# what the scanner does\nScan = -\n").unwrap();
    let more = ["--column", "activity=Việc", "--map", map.to_str().unwrap()];
    let said = json(&replay(&path, &more), 0);
    assert_eq!((&said["words"], &said["totals"]["cost"]), (&json!([]), &json!(1)));
    std::fs::write(&map, "Scan = no-such-step\n").unwrap();
    let failure = fails(&replay(&path, &more));
    assert!(failure.contains("words.txt:1: ") && failure.contains("no-such-step"), "{failure}");
    assert!(fails(&replay(&path, &["--column", "what=Việc"])).contains("names no column"));
    assert!(
        fails(&replay(&path, &["--column", "activity=Nothing"])).contains("no column `Nothing`")
    );
}

#[test]
fn what_is_wrong_in_a_log_is_told_with_line_and_column() {
    let head = "case_id,activity,time:timestamp\n";
    let cases = [
        (
            "A-1,file,yesterday\n",
            "log.csv:2: column 3 (`time:timestamp`): `yesterday` is not a moment",
        ),
        (
            "A-1,file,2026-03-02 08:00\nA-1,,2026-03-02 09:00\n",
            "log.csv:3: column 2 (`activity`): nothing is written here",
        ),
        ("A-1,file\n", "log.csv:2: the row has 2 columns, the heading has 3"),
    ];
    for (rows, wanted) in cases {
        let (_folder, path) = log("log.csv", &format!("{head}{rows}"));
        let failure = fails(&replay(&path, &[]));
        assert!(failure.contains(wanted), "{failure}");
    }
    let (_folder, path) = log("log.xlsx", "");
    assert!(fails(&replay(&path, &[])).contains("not known what kind of log"));
    let (_folder, path) = log("log.csv", "");
    fails(&replay(&path, &[]));
}

#[test]
fn a_broken_file_of_xes_is_told_with_its_line() {
    let cases = [
        (
            "<log><trace>\n<string key='concept:name' value='A-1'/>\n<event/></trace></log>",
            "log.xes:3: event: has no `concept:name`",
        ),
        ("<log>\n<trace>\n</trace></log>", "log.xes:3: the trace has no `concept:name`"),
        ("<log>\n<trace></log>", "log.xes:2: "),
        ("<log>\n<trace>", "in the middle of an element"),
        ("<pnml/>", "log.xes:1: the outermost element of XES is `log`"),
        (
            "<log><trace><string key='concept:name' value='A'/>\n\n<event><string key='concept:name' value='file'/><date key='time:timestamp' value='soon'/></event></trace></log>",
            "log.xes:3: event: `time:timestamp`: `soon` is not a moment",
        ),
    ];
    for (text, wanted) in cases {
        let (_folder, path) = log("log.xes", text);
        let failure = fails(&replay(&path, &[]));
        assert!(failure.contains(wanted), "{text}: {failure}");
    }
}

#[test]
fn beginnings_and_ends_of_work_are_one_step() {
    let rows = "case_id,activity,timestamp,lifecycle:transition\n\
        A-1,file,2026-03-02T08:00,complete\n\
        A-1,accept,2026-03-02T08:30,start\n\
        A-1,accept,2026-03-02T08:50,schedule\n\
        A-1,accept,2026-03-02T09:00,COMPLETE\n";
    let (_folder, path) = log("log.csv", rows);
    let totals = &json(&replay(&path, &[]), 0)["totals"];
    assert_eq!((&totals["cost"], &totals["left-out"]), (&json!(0), &json!(1)));
}

#[test]
fn our_own_histories_fit_and_are_overdue_where_the_run_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (xes, lines) = (path("morning.xes"), path("morning.jsonl"));
    let run = json(&["run", MORNING, "--events", &xes], 0);
    assert_eq!(hoso(&["run", MORNING, "--events", &lines]).status, 0);
    let dossiers = run["dossiers"].as_array().unwrap().iter();
    let procedures: BTreeSet<&str> =
        dossiers.clone().filter_map(|it| it["procedure"].as_str()).collect();
    let name = |it: &Value| it["dossier"].as_str().unwrap().to_owned();
    let wanted: BTreeSet<String> = dossiers.filter(|it| it["overdue"] == true).map(name).collect();
    let mut late = BTreeSet::new();
    for procedure in procedures {
        let said = json(&["replay", &xes, "--procedure", procedure], 0);
        assert_eq!(said["totals"]["cost"], 0, "{procedure}");
        assert!(said["totals"]["dossiers"].as_u64().unwrap() > 0, "{procedure}");
        for dossier in said["dossiers"].as_array().unwrap() {
            let found = dossier["deviations"].as_array().unwrap();
            if found.iter().any(|it| it["kind"] == "overdue") {
                late.insert(name(dossier));
            }
            // Nothing of what decided the dossier is found to be unlawful.
            assert!(found.iter().all(|it| it["kind"] != "unlawful"), "{dossier}");
        }
        // Our own form names steps by the definition: it fits just the same.
        let own = json(&["replay", &lines, "--procedure", procedure], 0);
        assert_eq!(own["totals"]["cost"], 0, "{procedure}");
        assert_eq!(own["totals"]["explained"], said["totals"]["explained"], "{procedure}");
    }
    assert_eq!(late, wanted);
    // A packed log says the same.
    let packed = path("morning.xes.gz");
    let mut file = flate2::write::GzEncoder::new(
        std::fs::File::create(&packed).unwrap(),
        flate2::Compression::fast(),
    );
    file.write_all(&std::fs::read(&xes).unwrap()).unwrap();
    file.finish().unwrap();
    let mut said = [&packed, &xes].map(|it| json(&replay(it, &[]), 0));
    said.iter_mut().for_each(|it| it["log"] = Value::Null);
    assert_eq!(said[0], said[1]);
}
