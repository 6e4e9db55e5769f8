//! `hoso compare`: the worked example to the đồng, and what stands in the way of a verdict.

use serde_json::{Value, json as value};

use crate::desk::{fails, hoso, json, repository};

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
    // Enough with fees; without them 102441/425090 is needed, which is more.
    let data = compared("c", 1, &["--adoption", "22.95%"]);
    assert_eq!(data["legs"]["cost"], true);
    assert_eq!(data["legs"]["cost-without-fees"], false);
    let data = compared("c", 0, &["--adoption", "24.1%"]);
    assert_eq!(data["legs"]["cost-without-fees"], true);
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

/// Compares two designs and reads the report for people.
#[track_caller]
fn reported(before: &str, after: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let call = ["compare", before, after, "--report", path.to_str().unwrap()];
    let told = hoso(&[&call[..], more].concat());
    assert!(told.status < 2, "{}", told.err);
    std::fs::read_to_string(path).unwrap()
}

#[track_caller]
fn assert_has(report: &str, text: &str) {
    assert!(report.contains(text), "`{text}` is not in {report}");
}

#[test]
fn the_report_says_all_that_the_data_says() {
    let (before, after) = (redesign("before"), redesign("c"));
    let (report, data) = (reported(&before, &after, &[]), compared("c", 0, &[]));
    assert_has(
        &report,
        "<p class=\"answer\"><span lang=\"vi\">ĐẠT</span><small lang=\"en\">YES</small>",
    );
    for figure in ["355.054", "87,17 %", "82,99 %", "20,00 %", "58189/253610", "627.228.000"] {
        assert_has(&report, figure);
    }
    for unit in data["burdens"]["units"].as_array().unwrap() {
        assert_has(&report, &format!(">{}</div>", unit["at"].as_str().unwrap()));
    }
    for version in ["before", "c"] {
        let account = json(&["cost", &redesign(version)], 0);
        for line in account["lines"].as_array().unwrap() {
            let (name, serves) = (line["name"].as_str().unwrap(), line["for"].as_str().unwrap());
            assert_has(&report, &format!("<small lang=\"en\">{name}</small>"));
            assert_has(&report, &format!(">{serves}</div>"));
            assert_has(&report, line["assumed"].as_str().unwrap());
        }
    }
    for basis in ["101.900.000 đ / 2112 giờ = 48.248 đ", "vietnam-2023", "2023-01-01", "Đề xuất"]
    {
        assert_has(&report, basis);
    }
}

#[test]
fn the_steps_of_the_waterfall_add_up_to_the_dong() {
    let report = reported(&redesign("before"), &redesign("c"), &[]);
    let (_, table) = report.split_once("class=\"waterfall\"").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let sums = table.lines().filter(|it| it.starts_with("<tr")).map(|row| {
        let cell = row.rsplit("<td class=\"number\">").next().unwrap();
        let figure = cell.split('<').next().unwrap().replace('.', "").replace('−', "-");
        figure.parse::<i64>().unwrap_or_default()
    });
    let sums: Vec<i64> = sums.collect();
    let [before, steps @ .., after, saved] = &sums[..] else { panic!("{sums:?}") };
    assert_eq!((*before, *after, *saved), (407_323, 52_269, -355_054));
    assert_eq!(steps.iter().sum::<i64>(), *saved);
}

#[test]
fn the_report_loads_nothing_and_is_the_same_twice() {
    let (before, after) = (redesign("before"), redesign("a"));
    let report = reported(&before, &after, &[]);
    for foreign in ["http://", "https://", "<script", "<link", "<img", "url(", "@import", "src="] {
        assert!(!report.contains(foreign), "{foreign}");
    }
    assert_eq!(report, reported(&before, &after, &[]));
    assert!(reported(&before, &after, &["--lang", "en"]).contains("<html lang=\"en\">"));
    assert!(report.contains("<html lang=\"vi\">"));
}

#[test]
fn names_are_escaped_in_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let copied = |version: &str| {
        let text = std::fs::read_to_string(repository().join(redesign(version))).unwrap();
        let name = "Bản sao giấy tờ về địa điểm kinh doanh";
        assert!(text.contains(name));
        let path = folder.path().join(format!("{version}.toml"));
        std::fs::write(&path, text.replace(name, r#"<script>R&D 'x' \"y\"</script>"#)).unwrap();
        String::from(path.to_str().unwrap())
    };
    let report = reported(&copied("before"), &copied("c"), &[]);
    assert_has(&report, "&lt;script&gt;R&amp;D &#39;x&#39; &quot;y&quot;&lt;/script&gt;");
    assert!(!report.contains("<script"));
}

#[test]
fn the_report_of_folders_sums_up() {
    let report = reported("procedures/bundles", "procedures/bundles", &[]);
    let data = json(&["compare", "procedures/bundles", "procedures/bundles"], 1);
    for entry in data["procedures"].as_array().unwrap() {
        assert_has(&report, entry["procedure"].as_str().unwrap());
    }
    // Their typical cases are not stated: what nobody knows is never a zero.
    assert_has(&report, "<small lang=\"en\">not known</small>");
    assert_has(&report, "<small lang=\"en\">By authority</small>");
    assert_has(&report, "<small lang=\"en\">NO</small>");
}
