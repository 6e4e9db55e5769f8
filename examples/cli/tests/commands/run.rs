//! `hoso run`.

use serde_json::{Value, json};

use crate::desk::{fails, hoso, json, keys};

/// Writes lines into a file of their own.
pub(crate) fn lines(lines: &[String]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("morning.jsonl");
    std::fs::write(&path, lines.join("\n")).unwrap();
    (folder, path.display().to_string())
}

/// Writes one command; what `more` says is added or takes its place.
pub(crate) fn command(dossier: &str, at: &str, role: &str, verb: &str, more: Value) -> String {
    let mut line = json!({
        "dossier": dossier, "at": at, "actor": { "id": format!("{role}-1"), "role": role }, "do": verb,
    });
    for (key, value) in more.as_object().unwrap() {
        line[key] = value.clone();
    }
    line.to_string()
}

/// Files a house permit whose dossier is complete.
pub(crate) fn file(dossier: &str, at: &str) -> String {
    let more = json!({
        "procedure": "1.013225",
        "channel": "counter",
        "facts": {
            "floors": 3, "applicant": "individual", "fire-safety-subject": false, "adjoining-works": false,
            "heritage-area": false, "height-controlled": false, "environment-subject": false,
        },
        "documents": ["application", { "document": "land-right", "database": "land-database" }, "drawings"],
    });
    command(dossier, at, "applicant", "file", more)
}

/// The way of a house permit to its signature.
pub(crate) fn to_the_signature(dossier: &str) -> Vec<String> {
    let step = |at: &str, role: &str, verb: &str| command(dossier, at, role, verb, json!({}));
    vec![
        file(dossier, "2026-03-02T08:30"),
        step("2026-03-02T09:00", "one-stop", "accept"),
        step("2026-03-02T10:00", "one-stop", "assign"),
        command(
            dossier,
            "2026-03-03T09:00",
            "specialist",
            "submit",
            json!({ "facts": { "complete": true, "eligible": true } }),
        ),
        step("2026-03-04T09:00", "team-lead", "agree-team"),
        step("2026-03-04T10:00", "deputy-head", "agree-deputy"),
        step("2026-03-04T11:00", "division-head", "agree-head"),
        command(dossier, "2026-03-04T14:00", "applicant", "pay", json!({ "amount": 75000 })),
        step("2026-03-05T09:00", "approver", "sign"),
    ]
}

fn run(all: &[String], more: &[&str]) -> Value {
    let (_folder, path) = lines(all);
    json(&[&["run", &path], more].concat(), 0)
}

#[test]
fn a_permit_goes_its_way() {
    let said = run(&to_the_signature("A-1"), &[]);
    let it = &said["dossiers"][0];
    let promised = [
        "dossier",
        "procedure",
        "version",
        "state",
        "portal-status",
        "accepted",
        "due",
        "ended",
        "overdue",
        "fee",
        "breaches",
        "refused",
    ];
    assert_eq!(keys(it)[..promised.len()], promised);
    let found: Vec<&Value> = promised.iter().map(|key| &it[key]).collect();
    let expected = json!([
        "A-1",
        "construction-permit-house",
        "2025-12",
        "signed",
        9,
        "2026-03-02T09:00:00+07:00",
        "2026-03-17",
        "2026-03-05T09:00:00+07:00",
        false,
        75000,
        [],
        [],
    ]);
    assert_eq!(json!(found), expected);
    assert_eq!(it["charges"][0]["lines"][0]["ground"], "06/2020/NQ-HĐND, art. A.2.b");
    assert_eq!(
        said["totals"],
        json!({ "dossiers": 1, "commands": 9, "refused": 0, "on-time": 1, "overdue": 0, "fees": 75000, "fees-unknown": 0, "on-time-open": 0, "without-appointment": 0 })
    );
}

#[test]
fn dossiers_may_be_mixed_and_keep_the_order_of_their_appearance() {
    let (b, a) = (to_the_signature("B"), to_the_signature("A"));
    let mixed: Vec<String> = b.into_iter().zip(a).flat_map(|(b, a)| [b, a]).collect();
    let said = run(&mixed, &[]);
    let names: Vec<&Value> = [0, 1].map(|it| &said["dossiers"][it]["dossier"]).into();
    assert_eq!(json!(names), json!(["B", "A"]));
    assert_eq!(said["totals"]["fees"], 150_000);
    assert_eq!(said["dossiers"][0]["state"], said["dossiers"][1]["state"]);
}

#[test]
fn a_refusal_names_its_line_and_every_reason() {
    let mut all = to_the_signature("A-1");
    // Nobody paid, and who submitted signs.
    all.remove(7);
    let last = all.pop().unwrap().replace("approver-1", "specialist-1");
    all.push(last);
    let (_folder, path) = lines(&all);
    let said = json(&["run", &path], 0);
    let refused = &said["dossiers"][0]["refused"][0];
    assert_eq!((&refused["line"], &refused["transition"]), (&8.into(), &"sign".into()));
    let codes: Vec<&Value> =
        refused["reasons"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(json!(codes), json!(["four-eyes", "fee-not-settled"]));
    // Programs read the raw amounts, people read them in the message.
    let fee = &refused["reasons"][1];
    assert_eq!((&fee["needed"], &fee["found"]), (&"75000".into(), &"0".into()));
    assert!(fee["message"].as_str().unwrap().ends_with("needed: 75.000 đ; paid: 0 đ"), "{fee}");
    for reason in refused["reasons"].as_array().unwrap() {
        for key in ["code", "message", "needed", "found", "law"] {
            assert!(reason.get(key).is_some(), "{key}: {reason}");
        }
    }
    assert_eq!(hoso(&["run", &path]).status, 0);
    assert_eq!(hoso(&["run", &path, "--strict"]).status, 1);
}

#[test]
fn time_passes_only_as_far_as_it_is_told() {
    let open = &to_the_signature("A-1")[..3];
    let overdue = |more: &[&str]| run(open, more)["totals"]["overdue"].clone();
    assert_eq!(overdue(&[]), 0);
    assert_eq!(overdue(&["--as-of", "2026-03-17T23:59"]), 0);
    assert_eq!(overdue(&["--as-of", "2026-03-18T00:00"]), 1);
    let (_folder, path) = lines(open);
    assert!(
        fails(&["run", &path, "--as-of", "2026-03-01T00:00"]).contains("time never runs backwards")
    );
}

#[test]
fn people_read_due_dates_fees_and_refusals_with_their_grounds() {
    let mut all = to_the_signature("A-1");
    all.remove(7);
    let (_folder, path) = lines(&all);
    let out = hoso(&["run", &path]).out;
    expect_test::expect![[r#"
        A-1  Construction permit, individual house (construction-permit-house 2025-12)
          Signature, stamp and hand-over (4 processing) · accepted 2026-03-02 09:00 · due 2026-03-17 (Tuesday)
          Statutory term 15 days → 2026-03-17 23:59:59: 02/03 the first day is not counted [91/2015/QH13, art. 147(2)]; 03/03–17/03 +15 [91/2015/QH13, art. 148(1)]
          charge Fee for a construction permit: 75.000 đ [06/2020/NQ-HĐND, art. A.2.b]
          refused line 8: Decide (`sign`)
            – a fee is not settled: Fee for a construction permit (`permit`); needed: 75.000 đ; paid: 0 đ; by Applicant [85/2019/TT-BTC]

        Totals: dossiers 1 · commands 8 · refused 1 · on time 1 (of which open 1) · overdue 0 · without an appointment 0 · fees 75.000 đ (as of 2026-03-05 09:00)
    "#]].assert_eq(&out);
}

#[test]
fn a_supplement_suspends_and_restarts_the_term() {
    let mut all = to_the_signature("A-1")[..3].to_vec();
    let ask = json!({ "reason": "thiếu mặt đứng", "facts": { "complete": false } });
    all.push(command("A-1", "2026-03-04T09:00", "specialist", "request-supplement", ask));
    let said = run(&all, &["--ledgers"]);
    assert_eq!(said["dossiers"][0]["due"], Value::Null);
    assert_eq!(said["dossiers"][0]["original-due"], "2026-03-17");
    assert_eq!(said["dossiers"][0]["terms"][0]["standing"], "suspended");
    all.push(command("A-1", "2026-03-16T09:00", "applicant", "supplement", json!({})));
    let said = run(&all, &["--ledgers"]);
    assert_eq!(said["dossiers"][0]["due"], "2026-03-31");
    assert_eq!(said["dossiers"][0]["terms"][0]["ledger"][0]["from"], "2026-03-16");
}

#[test]
fn after_acceptance_the_version_stays() {
    let file = |at: &str| file("A-1", at);
    let accept = |at: &str| command("A-1", at, "one-stop", "accept", json!({}));
    let assign = command("A-1", "2026-09-01T08:00", "one-stop", "assign", json!({}));
    let version = |lines: &[String]| run(lines, &[])["dossiers"][0]["version"].clone();
    // Filed under one version and accepted under the next.
    assert_eq!(version(&[file("2026-06-30T08:00"), accept("2026-07-01T08:00")]), "2026-07");
    let kept = [file("2026-06-29T08:00"), accept("2026-06-30T08:00"), assign];
    assert_eq!(version(&kept), "2025-12");
    let moved = command("A-1", "2026-09-02T08:00", "applicant", "migrate", json!({}));
    let said = run(&[&kept[..], &[moved]].concat(), &[]);
    assert_eq!(said["dossiers"][0]["refused"][0]["reasons"][0]["code"], "not-migratable");
}

#[test]
fn a_version_on_effect_takes_open_dossiers_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let permit = |id: &str, from: &str, until: &str, days: u32| {
        crate::check::permit_with(
            "version = \"2025-07\"",
            &format!("version = \"{id}\"\npinned = \"on-effect\""),
        )
        .replace(
            "effective = { from = 2025-07-01 }",
            &format!("effective = {{ from = {from}{until} }}"),
        )
        .replace("limit = \"15 days\"", &format!("limit = \"{days} days\""))
    };
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
    write("old.toml", permit("2027-01", "2026-01-01", ", until = 2026-03-09", 15));
    write("new.toml", permit("2027-02", "2026-03-09", "", 20));
    let procedures = folder.path().to_str().unwrap();
    let mut all = to_the_signature("A-1")[..3].to_vec();
    let said = run(&all, &["--procedures", procedures]);
    assert_eq!(
        (&said["dossiers"][0]["version"], &said["dossiers"][0]["due"]),
        (&"2027-01".into(), &"2026-03-17".into())
    );
    all.push(command("A-1", "2026-03-09T09:00", "specialist", "verify", json!({})));
    let moved = |due: &str| {
        let said = run(&all, &["--procedures", procedures]);
        assert_eq!(
            (&said["dossiers"][0]["version"], &said["dossiers"][0]["due"]),
            (&"2027-02".into(), &due.into())
        );
        assert_eq!(said["totals"]["refused"], 0);
    };
    // What was promised stands, unless the new version says otherwise.
    moved("2026-03-17");
    let rule = "[migration.longer]\nterm = { decision = \"new-length\" }\nreason = \"Lý do\"\n";
    write("new.toml", permit("2027-02", "2026-03-09", "", 20) + "\n" + rule);
    moved("2026-03-23");
}

#[test]
fn the_same_files_give_the_same_events_and_one_id_is_one_command() {
    let mut all = to_the_signature("A-1");
    all[1] = command("A-1", "2026-03-02T09:00", "one-stop", "accept", json!({ "id": "slip-1" }));
    all.insert(2, all[1].clone());
    let (folder, path) = lines(&all);
    let events = |name: &str| {
        let out = folder.path().join(name);
        let said = json(&["run", &path, "--events", out.to_str().unwrap()], 0);
        assert_eq!(said["totals"]["refused"], 0);
        std::fs::read_to_string(out).unwrap()
    };
    let first = events("first.jsonl");
    assert_eq!(first.lines().count(), 9);
    assert_eq!(first, events("second.jsonl"));
}

#[test]
fn built_in_commands_are_followed() {
    let online = json!({ "channel": "online", "documents": [] });
    let mut filing: Value = serde_json::from_str(&file("A-1", "2026-03-02T08:30")).unwrap();
    filing["channel"] = online["channel"].clone();
    filing["documents"] = online["documents"].clone();
    filing["facts"]["fire-safety-subject"] = json!(true);
    let applicant = |at: &str, verb: &str, more: Value| command("A-1", at, "applicant", verb, more);
    let all = [
        filing.to_string(),
        applicant("2026-03-02T08:31", "document", json!({ "document": "application" })),
        applicant(
            "2026-03-02T08:32",
            "document",
            json!({ "document": "land-right", "database": "land-database" }),
        ),
        applicant(
            "2026-03-02T08:33",
            "document",
            json!({ "documents": ["drawings", "fire-result"] }),
        ),
        applicant("2026-03-02T08:34", "sign", json!({ "document": "application" })),
        command("A-1", "2026-03-02T09:00", "one-stop", "accept", json!({})),
        command("A-1", "2026-03-02T09:30", "one-stop", "assign", json!({})),
        command("A-1", "2026-03-02T10:00", "specialist", "consult", json!({})),
        command(
            "A-1",
            "2026-03-04T10:00",
            "one-stop",
            "answer",
            json!({ "consultation": "fire-police", "opinion": "agree" }),
        ),
        command(
            "A-1",
            "2026-03-04T11:00",
            "specialist",
            "facts",
            json!({ "facts": { "complete": true } }),
        ),
    ];
    let said = run(&all, &[]);
    assert_eq!(said["totals"]["refused"], 0, "{said}");
    assert_eq!(said["dossiers"][0]["state"], "under-review");
}

#[test]
fn a_dossier_that_was_never_filed_is_told_so() {
    let said = run(&[command("X", "2026-03-02T09:00", "approver", "sign", json!({}))], &[]);
    let it = &said["dossiers"][0];
    assert_eq!((&it["state"], &it["fee"]), (&Value::Null, &Value::Null));
    assert_eq!(it["refused"][0]["reasons"][0]["code"], "not-filed");
    let early = file("X", "2015-03-02T09:00");
    let said =
        run(&[early, command("X", "2026-03-02T09:00", "one-stop", "accept", json!({}))], &[]);
    let codes = [0, 1].map(|it| said["dossiers"][0]["refused"][it]["reasons"][0]["code"].clone());
    assert_eq!(codes, ["not-in-force", "not-filed"]);
    assert_eq!(said["totals"]["fees-unknown"], 0);
}

#[test]
fn a_line_that_is_no_command_says_where_and_how_to_mend_it() {
    let good = file("A-1", "2026-03-02T08:30");
    let plain =
        |verb: &str, more: Value| command("A-1", "2026-03-02T09:00", "one-stop", verb, more);
    let wrong = [
        ("{\"dossier\": \"A-1\",".into(), "write one command a line"),
        (
            good.replace("\"floors\":3", "\"floors\":3,\"floors\":9"),
            "key `floors` is written twice",
        ),
        ("[]".into(), "a command is a JSON object"),
        ("{}".into(), "key `dossier` is missing"),
        (plain("accept", json!({ "at": "2026-03-02" })), "key `at`: `2026-03-02` is not a moment"),
        (plain("accept", json!({ "at": 5 })), "key `at`: `5` is not a text"),
        (plain("accept", json!({ "actor": "chi" })), "key `actor`: `\"chi\"` is not an actor"),
        (
            plain("accept", json!({ "actor": { "id": "chi" } })),
            "key `actor`: key `role` is missing",
        ),
        (plain("accept", json!({ "reasons": "x" })), "key `reasons` is not known here"),
        (plain("accept", json!({ "facts": { "floors": 1.5 } })), "fact `floors`: invalid type"),
        (plain("accept", json!({ "facts": ["floors"] })), "a table of facts"),
        (plain("accept", json!({ "documents": "application" })), "a list of documents"),
        (plain("accept", json!({ "documents": [{ "name": "x" }] })), "key `document` is missing"),
        (plain("accept", json!({ "expected-version": "1" })), "a whole number"),
        (plain("accept", json!({ "code": "1" })), "a dossier code such as"),
        (plain("Accept it", json!({})), "key `do`: `Accept it` is not a name"),
        (plain("pay", json!({})), "key `amount` is missing"),
        (plain("answer", json!({ "consultation": "a", "opinion": "maybe" })), "an opinion"),
        (plain("file", json!({ "procedure": "x" })), "key `channel` is missing"),
        (
            plain("file", json!({ "procedure": "nowhere", "channel": "counter" })),
            "there is no procedure `nowhere`",
        ),
    ];
    for (line, expected) in wrong {
        let (_folder, path) = lines(&[good.clone(), String::new(), line.clone()]);
        let err = fails(&["run", &path]);
        assert!(err.contains(expected), "{line}: {err}");
        assert!(err.contains("morning.jsonl:3: "), "{line}: {err}");
    }
    fails(&["run", "nowhere.jsonl"]);
    fails(&["run"]);
}

#[test]
fn events_that_cannot_be_written_leave_nothing_on_standard_output() {
    let (folder, path) = lines(&to_the_signature("A-1"));
    fails(&["run", &path, "--events", folder.path().to_str().unwrap()]);
}

#[test]
fn the_ending_says_in_which_form_events_are_written() {
    let all = [
        file("A-1", "2026-03-02T08:30"),
        command("A-1", "2026-03-02T09:00", "one-stop", "accept", json!({})),
    ];
    let (folder, path) = lines(&all);
    let write = |name: &str| {
        let out = folder.path().join(name);
        let said = hoso(&["run", &path, "--events", out.to_str().unwrap()]);
        assert_eq!(said.status, 0, "{said:?}");
        std::fs::read_to_string(out).unwrap()
    };
    let xes = write("log.XES");
    assert!(xes.starts_with("<?xml"), "{xes}");
    assert_eq!(xes.matches("<event>").count(), 2);
    assert!(xes.contains("<string key=\"concept:name\" value=\"A-1\"/>"), "{xes}");
    let ocel: Value = serde_json::from_str(&write("log.ocel.json")).unwrap();
    assert_eq!(ocel["events"].as_array().unwrap().len(), 2);
    assert!(ocel["objects"].as_array().unwrap().iter().any(|it| it["id"] == "A-1"), "{ocel}");
    assert_eq!(write("log.jsonl").lines().count(), 2);
    let table = folder.path().join("log.csv");
    let said = fails(&["run", &path, "--events", table.to_str().unwrap()]);
    assert!(said.contains("events are not written as `.csv`") && !table.exists(), "{said}");
    let packed = folder.path().join("log.xes.gz");
    assert!(
        fails(&["run", &path, "--events", packed.to_str().unwrap()]).contains("leave `.gz` out")
    );
}
