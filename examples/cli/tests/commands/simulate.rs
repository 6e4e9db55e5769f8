//! `hoso simulate`.

use std::fs;

use crate::desk::{fails, hoso, json};

const WARD: &str = "tests/fixture/ward.toml";

/// Writes the ward with something changed.
fn changed(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let text = fs::read_to_string(crate::desk::repository().join(WARD)).unwrap();
    assert!(text.contains(from), "{from}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.toml");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
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
    assert_eq!(said["difference"]["replications"], 2);
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

#[test]
fn histories_tell_what_the_figures_count_and_the_definition_explains_them() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.xes").display().to_string();
    let report = json(&["simulate", WARD, "--replications", "1", "--events", &log], 0);
    let filed = report["cases"][0]["all"]["filed"]["mean"].as_f64().unwrap();
    let text = fs::read_to_string(&log).unwrap();
    assert_eq!(text.matches("<trace>").count() as f64, filed);
    assert!(text.contains("value=\"start\""));
    let replay = json(&["replay", &log, "--procedure", "birth-registration"], 0);
    let costs = replay["dossiers"].as_array().unwrap().iter().map(|it| it["cost"].clone());
    assert!(filed > 800.0 && costs.into_iter().all(|it| it == 0));
}

#[test]
fn a_sample_is_every_second_or_fourth_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.jsonl").display().to_string();
    let said =
        hoso(&["simulate", WARD, "--replications", "1", "--events", &log, "--sample", "250"]);
    assert_eq!(said.status, 0, "{said:?}");
    assert!(said.err.contains("dossiers, one in 4"), "{}", said.err);
    let text = fs::read_to_string(&log).unwrap();
    let filed = text.lines().filter(|it| it.contains("{\"filed\":")).count();
    assert!((120..=250).contains(&filed), "{filed}");
    let error = fails(&["simulate", WARD, "--events", &log, "--sample", "0"]);
    assert!(error.contains("--sample"), "{error}");
    assert!(fails(&["simulate", WARD, "--events", &log, "--shard", "1/2"]).contains("--shard"));
}

#[test]
fn officers_are_searched_or_it_is_said_that_none_are_enough() {
    let call = ["staff", WARD, "--on-time", "50%", "--replications", "2"];
    let said = json(&call, 0);
    assert_eq!(said["reached"], true);
    let pools = said["pools"].as_array().unwrap();
    assert!(pools.iter().all(|it| it["enough"].as_u64() >= it["least"].as_u64()), "{pools:?}");
    let last = said["trials"].as_array().unwrap().len();
    assert!(last > 3, "{last}");
    let said = json(&["staff", WARD, "--on-time", "99.9%", "--replications", "2"], 1);
    assert!(said["reached"] == false && said["pools"][0]["enough"].is_null());
}

#[test]
fn parts_are_not_run_to_a_precision() {
    let said = fails(&["simulate", WARD, "--precision", "5%", "--shard", "1/2"]);
    assert!(said.contains("--replications"), "{said}");
    let said = json(&["simulate", WARD, "--precision", "50%", "--replications", "2"], 0);
    assert_eq!(said["precision"]["wished"], 0.5);
}

/// A page loads nothing, names everything in both languages, and is the same for every call.
#[test]
fn a_report_for_people_is_one_page_that_loads_nothing() {
    let (_folder, more) = changed("officers = 2\nabsence", "officers = 3\nabsence");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html").display().to_string();
    let page = |args: &[&str]| {
        let said =
            hoso(&[&["simulate", WARD, "--replications", "2", "--report", &path], args].concat());
        assert_eq!(said.status, 0, "{said:?}");
        fs::read_to_string(&path).unwrap()
    };
    let one = page(&[]);
    assert_eq!(one, page(&["--threads", "1"]));
    let both = page(&["--against", &more, "--lang", "en"]);
    for text in [&one, &both] {
        for loads in ["src=", "href=", "@import", "url(http", "<script", "<link"] {
            assert!(!text.contains(loads), "{loads}");
        }
        for said in ["Tiếp nhận hồ sơ", "Accept", "giờ ×", "id = &quot;ward&quot;", "<details>"]
        {
            let said = if *text == both { said.replace("giờ ×", "h ×") } else { said.into() };
            assert!(text.contains(&*said), "{said}");
        }
        // No state that nobody entered is drawn.
        assert!(!text.contains("Refused on the merits") && !text.contains("Từ chối giải quyết<"));
    }
    assert!(both.contains("Difference in per cent of as is") && !one.contains("sau đổi"));
    let drawn = |text: &str| text.matches("class=\"states\"").count();
    assert_eq!((drawn(&one), drawn(&both)), (1, 2));
}

#[test]
fn the_text_names_states_steps_and_figures_in_the_language_of_the_reader() {
    let call = ["simulate", WARD, "--replications", "1", "--lang"];
    let vi = hoso(&[&call[..], &["vi"]].concat()).out;
    for said in
        ["Một phường (ward)", "Phê duyệt kết quả", "kết thúc ở “Đã trả kết quả”", "100,00 %"]
    {
        assert!(vi.contains(said), "{said} in {vi}");
    }
    let en = hoso(&[&call[..], &["en"]].concat()).out;
    for said in ["A ward (ward)", "Decide", "ended in “Returned”", "100.00 %"] {
        assert!(en.contains(said), "{said} in {en}");
    }
    // Of one replication there is no interval.
    let figures = en.lines().filter(|it| it.contains("±") && !it.starts_with("Times are"));
    assert_eq!(figures.count(), 0, "{en}");
}
