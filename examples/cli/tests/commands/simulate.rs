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
    let title = "Một phường (ward) so với Một phường (ward): 2 lần chạy từng cặp";
    assert!(text.contains(title) && text.contains("điểm %"), "{text}");
    let text = hoso(&[&call[..], &["--lang", "en"]].concat()).out;
    assert_eq!(text.matches("Difference = to be − as is").count(), 1, "{text}");
    // A share differs in points.
    let line = |name: &str| text.lines().find(|it| it.trim_start().starts_with(name)).unwrap();
    assert!(line("officers busy").contains(" points ± "), "{text}");
    let itself = hoso(&["simulate", WARD, "--against", WARD, "--replications", "2"]).out;
    let sojourn = itself.lines().find(|it| it.contains("from filing to the end, hours")).unwrap();
    assert!(sojourn.trim_end().ends_with("equal") && !itself.contains(" 0 %"), "{itself}");
}

#[test]
fn parts_that_were_run_apart_join_to_the_bytes_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let run = ["simulate", WARD, "--replications", "3", "--format", "json"];
    let part = |number: usize| {
        let path = folder.path().join(format!("part-{number}.json")).display().to_string();
        let said = hoso(&[&run[..], &["--shard", &format!("{number}/2")]].concat());
        assert_eq!(said.status, 0, "{said:?}");
        fs::write(&path, said.out).unwrap();
        path
    };
    let (first, second) = (part(1), part(2));
    let merged = hoso(&["merge", &second, &first, "--format", "json"]).out;
    assert_eq!(merged, hoso(&run).out);
    assert_eq!(merged, hoso(&[&run[..], &["--threads", "2"]].concat()).out);
    let text = ["simulate", WARD, "--replications", "3", "--lang", "en"];
    let named = hoso(&["merge", &second, &first, "--of", WARD, "--lang", "en"]).out;
    assert_eq!(named, hoso(&text).out);
    let said = fails(&["merge", &second, &first, "--of", WARD, "--against", WARD]);
    assert!(said.contains("parts of one run"), "{said}");
    assert!(fails(&["merge", &first]).contains("parts of the run are missing"));
    assert!(fails(&["merge", WARD]).contains("this is no part of a run"));
    fails(&["merge", &first, &first]);
}

/// With the scenarios, joined parts give text, data and page of the run that was never parted.
#[test]
fn parts_of_a_pair_join_to_the_bytes_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (businesses(folder.path(), "before"), businesses(folder.path(), "c"));
    let run = ["simulate", &old, "--against", &new, "--seed", "5"];
    let file = |name: &str| folder.path().join(name).display().to_string();
    let parts = ["1", "2"].map(|it| {
        let path = file(&format!("part-{it}.json"));
        let said = hoso(&[&run[..], &["--shard", &format!("{it}/2")]].concat());
        assert_eq!(said.status, 0, "{said:?}");
        fs::write(&path, said.out).unwrap();
        path
    });
    let merge = ["merge", &parts[1], &parts[0], "--of", &old, "--against", &new];
    for format in ["text", "json"] {
        let (page, merged) = (file("page.html"), file("merged.html"));
        let faces = |path| ["--format", format, "--lang", "en", "--report", path];
        let whole = hoso(&[&run[..], &faces(&page)].concat());
        let joined = hoso(&[&merge[..], &faces(&merged)].concat());
        assert_eq!((whole.status, &whole.out), (0, &joined.out), "{joined:?}");
        assert_eq!(fs::read_to_string(&page).unwrap(), fs::read_to_string(&merged).unwrap());
    }
    let said = fails(&["merge", &parts[0], &parts[1]]);
    assert!(said.contains("--of AS-IS --against TO-BE"), "{said}");
    let said = fails(&["merge", &parts[0], &parts[1], "--of", &new, "--against", &new]);
    assert!(said.contains("of another scenario than `desk-c`"), "{said}");
    assert!(fails(&["merge", &parts[0], "--of", &old]).contains("parts of the run are missing"));
    let one = file("one.json");
    fs::write(&one, hoso(&["simulate", &old, "--shard", "1/2", "--seed", "5"]).out).unwrap();
    assert!(fails(&["merge", &parts[0], &one]).contains("one part is of a pair"));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (_folder, shorter) = changed("until = 2025-12-01", "until = 2025-10-01");
    let said = fails(&["simulate", WARD, "--against", &shorter, "--replications", "2"]);
    assert!(said.contains("the runs cannot be compared"), "{said}");
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
    let text = |lang| hoso(&[&call[..], &["--lang", lang]].concat()).out;
    let (vi, en) = (text("vi"), text("en"));
    let rule = "It holds when the lower end of the 95 % interval is at or above 50.00 %";
    assert!(en.contains(rule) && en.contains(" points") && !vi.contains(" points"), "{en}");
    let sum = |key: &str| pools.iter().map(|it| it[key].as_u64().unwrap()).sum::<u64>();
    let together = en.lines().find(|it| it.trim_start().starts_with("together")).unwrap();
    let told: Vec<u64> = together.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    assert_eq!(told, ["given", "least", "enough"].map(sum));
    let enough: Vec<_> = pools.iter().map(|it| &it["enough"]).collect();
    let trials = said["trials"].as_array().unwrap();
    let found = trials
        .iter()
        .find(|it| it["officers"].as_array().unwrap().iter().eq(enough.iter().copied()));
    let share = found.unwrap()["on-time"]["mean"].as_f64().unwrap() * 100.0;
    assert!(en.contains(&format!("\non time: {share:.2} % ± ")), "{share} in {en}");
    let share = format!("\nđúng hạn: {share:.2} %").replace('.', ",");
    assert!(vi.contains(&share), "{share} in {vi}");
    let queue = "procedures/scenarios/reference/mm5.toml";
    let said = fails(&["staff", queue, "--on-time", "90%", "--replications", "1"]);
    assert!(said.contains("no dossier that has a due date"), "{said}");
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
        // It is said of what the drawing tells more than was counted.
        assert!(text.contains("an arrow may leave a state in which its step never happened"));
        // No state that nobody entered is drawn.
        assert!(!text.contains("Refused on the merits") && !text.contains("Từ chối giải quyết<"));
    }
    assert!(both.contains("Difference in per cent of as is") && !one.contains("sau đổi"));
    let drawn = |text: &str| text.matches("class=\"states\"").count();
    assert_eq!((drawn(&one), drawn(&both)), (1, 2));
}

/// Pools and cases of both sides are laid side by side by their names, in whatever order they stand.
#[test]
fn sides_are_paired_by_name() {
    let leaders = "[pool.leaders]\nroles = [\"approver\"]\nofficers = 1\n\n";
    let (folder, other) = changed(leaders, "");
    let text = fs::read_to_string(&other).unwrap();
    let text = text.replacen("[pool.counter]", &format!("{leaders}[pool.counter]"), 1);
    fs::write(&other, &text).unwrap();
    let path = folder.path().join("report.html").display().to_string();
    let call = ["simulate", WARD, "--against", &other, "--replications", "2", "--report", &path];
    assert_eq!(hoso(&call).status, 0);
    let page = fs::read_to_string(&path).unwrap();
    let places: Vec<usize> = ["<td>counter<", "<td>specialists<", "<td>leaders<"]
        .iter()
        .flat_map(|it| page.match_indices(*it).map(|(at, _)| at))
        .collect();
    assert!(places.len() == 6 && places.is_sorted(), "{places:?}");
    // Another case stands before that which both have: as many births are filed on both sides.
    let (_, births) = text.split_at(text.find("[case.birth]").unwrap());
    let arrivals = "rate = \"14 per day\"";
    let seldom = births.replace("case.birth", "case.early").replace(arrivals, "gap = \"9 days\"");
    fs::write(&other, text.replacen(births, &(seldom + "\n" + births), 1)).unwrap();
    let said = json(&call, 0);
    let filed = said["as-is"]["cases"][0]["all"]["filed"]["mean"].as_f64().unwrap();
    let page = fs::read_to_string(&path).unwrap();
    let promises = page.split("<section>").find(|it| it.contains(">Đúng hạn<")).unwrap();
    let filed = format!("<td class=\"number\">{filed:.0} ±");
    assert_eq!(promises.matches(&filed).count(), 2, "{filed} in {promises}");
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

/// Writes a district's desk for household businesses beside their redesigns.
fn businesses(folder: &std::path::Path, version: &str) -> String {
    let redesigns = crate::desk::repository().join("procedures/redesigns/household-business");
    for text in ["before.toml", "c.toml"] {
        fs::copy(redesigns.join(text), folder.join(text)).unwrap();
    }
    let path = folder.join(format!("desk-{version}.toml"));
    let text = BUSINESSES.replace("VERSION", version);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

const BUSINESSES: &str = r#"
format = 1

[scenario]
id = "desk-VERSION"
name = "desk-VERSION"
calendar = "hanoi"
from = 2023-01-03
until = 2023-03-01
replications = 2
assumed = "every figure: it is a test"

[pool.counter]
roles = ["one-stop"]
officers = 1
hours = "reception"

[pool.specialists]
roles = ["specialist"]
officers = 2

[pool.leaders]
roles = ["approver"]
officers = 1

[step.accept]
work = { triangular = ["3 minutes", "8 minutes", "20 minutes"] }

[step.assign]
work = "3 minutes"

[step.request-supplement-at-intake]
work = "6 minutes"

[step.supplement-at-intake]
wait = { exponential = "2 days" }
visits = 1

[step.submit]
by = "specialist"
work = { gamma = "40 minutes", cv = 0.8 }

[step.sign]
work = "5 minutes"

[step.return]
work = "5 minutes"
visits = 1

[case.business]
procedure = "household-business-registration"
version = "VERSION"
complete = "90%"
channels = { counter = "100%" }
facts = { applicant = "individual", name-valid = "true", registered-elsewhere = "false", partner-elsewhere = "false", line-allowed = "true" }
pays = { exponential = "1 hour" }

[case.business.arrivals]
rate = "12 per day"
"#;

/// Trips and waiting of the run take the place of what norms assume, line by line.
#[test]
fn the_verdict_takes_the_trips_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (businesses(folder.path(), "before"), businesses(folder.path(), "c"));
    let call = ["simulate", old.as_str(), "--against", new.as_str()];
    let said = json(&call, 0);
    let verdict = &said["verdicts"][0];
    assert_eq!(verdict["case"], "business");
    assert_eq!(verdict["legs"]["burdens"], true);
    let trips = said["as-is"]["cases"][0]["channels"][0]["trips"]["mean"].as_f64().unwrap();
    let written: f64 = verdict["seen"][0]["trips"].as_str().unwrap().parse().unwrap();
    assert!((2.0..2.5).contains(&trips) && (trips - written).abs() < 0.001, "{trips} {written}");
    let replaced = &verdict["replaced"][0];
    let submit = &replaced[0];
    let minutes = verdict["seen"][0]["minutes-at-office"].as_f64().unwrap();
    assert_eq!(submit["minutes"]["norm"], 90);
    let expected = ((60.0 + minutes) * written / 2.0).round();
    assert_eq!(submit["minutes"]["run"].as_f64().unwrap(), expected, "{submit}");
    assert_eq!(replaced.as_array().unwrap().len(), 2);
    // The new way is online, where the run has nobody: what is assumed stays.
    assert!(verdict["seen"][1].is_null() && verdict["replaced"][1] == serde_json::json!([]));
    let text = hoso(&call).out;
    assert!(text.contains("simulated in place of assumed"), "{text}");
    assert!(text.contains("to be: the run counts no trips"), "{text}");
    assert_eq!(said["not-judged"], serde_json::json!([]));
    let path = folder.path().join("report.html").display().to_string();
    let page = hoso(&[&call[..], &["--lang", "en", "--report", &path]].concat());
    assert_eq!(page.status, 0, "{page:?}");
    let page = fs::read_to_string(&path).unwrap();
    for said in ["Simpler by at least", "Simulated in place of assumed", ">90<", "trips per"] {
        assert!(page.contains(said), "{said}");
    }
}

/// Where both sides run the same version there is nothing to judge, and every face says why.
#[test]
fn the_same_version_on_both_sides_has_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html").display().to_string();
    let call =
        ["simulate", WARD, "--against", WARD, "--replications", "2", "--report", path.as_str()];
    let said = json(&call, 0);
    assert_eq!(said["verdicts"], serde_json::json!([]));
    let why = &said["not-judged"][0];
    assert_eq!((&why["case"], &why["why"]), (&"birth".into(), &"same-version".into()));
    let why = "No verdict of 20 %: both sides run the same version of the procedure, and the \
               difference is in the scenario: Birth registration";
    let text = hoso(&[&call[..], &["--lang", "en"]].concat()).out;
    let line = text.lines().find(|it| it.starts_with(why));
    assert!(line.is_some_and(|it| it.ends_with("(birth-registration @ 2025-07).")), "{text}");
    assert!(fs::read_to_string(&path).unwrap().contains(why));
}

/// The page tells what the text tells: how precise it is, what to leave out, the index.
#[test]
fn a_page_tells_what_is_to_be_known_before_its_figures_are_believed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html").display().to_string();
    let told = |args: &[&str]| {
        let call = ["simulate", WARD, "--replications", "2", "--precision", "50%", "--lang", "en"];
        let said = hoso(&[&call[..], &["--report", path.as_str()], args].concat());
        assert_eq!(said.status, 0, "{said:?}");
        [said.out, fs::read_to_string(&path).unwrap()]
    };
    let [text, page] = told(&[]);
    let [pair, both] = told(&["--against", WARD]);
    for told in [&text, &page, &pair, &both] {
        for said in ["The precision 50 % is ", "3.3 online, at most", "3.6"] {
            assert!(told.contains(said), "{said}: {told}");
        }
    }
    let times = |told: &str| told.matches("The precision 50 %").count();
    assert_eq!([&text, &page, &pair, &both].map(|it| times(it)), [1, 1, 2, 2]);
    let online = text.lines().find(|it| it.contains("3.3 online")).unwrap();
    let online = online.rsplit("  ").next().unwrap();
    assert!(page.contains(online), "{online}");
}

/// Of dossiers whose end no run saw, every face says how many there are.
#[test]
fn dossiers_that_did_not_end_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html").display().to_string();
    let (_folder, cut) = changed("replications = 4", "replications = 4\ndrain = false");
    let (_folder, stuck) = changed(
        "wait = { exponential = \"4 days\" }",
        "share = \"80%\"\nwait = { exponential = \"4 days\" }",
    );
    for (path, key, words) in [
        (&cut, "open", "open at the end of the run: "),
        (&stuck, "left", "never ended (nobody goes on with them): "),
    ] {
        let call = ["simulate", path, "--replications", "2", "--lang", "en", "--report", &page];
        let said = json(&call, 0);
        let case = &said["cases"][0];
        let mean = |it: &serde_json::Value| it["mean"].as_f64().unwrap();
        let [filed, closed] = ["filed", "closed"].map(|it| mean(&case["all"][it]));
        let [left, open] = ["left", "open"].map(|it| mean(&case[it]));
        assert!((filed - closed - left - open).abs() < 1e-9 && mean(&case[key]) > 0.0, "{case}");
        assert_eq!(case[key], said["totals"][key]);
        let told = format!("{words}{:.1} ±", mean(&case[key]));
        assert!(fs::read_to_string(&page).unwrap().contains(&told), "{told}");
        let text = hoso(&call).out;
        assert!(text.contains(&told), "{told} in {text}");
        let pair = hoso(&["simulate", WARD, "--against", path, "--replications", "2"]).out;
        assert!(pair.contains("to be: Birth registration: of"), "{pair}");
    }
    let all = hoso(&["simulate", WARD, "--replications", "2"]).out;
    assert!(!all.contains("never ended") && !all.contains("open at the end"), "{all}");
}

/// Text and page say of what a figure is: its hours, its interval, its run.
#[test]
fn figures_say_what_they_are_of() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html").display().to_string();
    let (_folder, late) = changed("replications = 4", "replications = 4\nwarm-up-days = 7");
    let told = |replications: &str| {
        let call = ["simulate", &late, "--replications", replications, "--lang", "en"];
        let said = hoso(&[&call[..], &["--report", &page]].concat());
        assert_eq!(said.status, 0, "{said:?}");
        [said.out, fs::read_to_string(&page).unwrap()]
    };
    let [one, page_of_one] = told("1");
    assert!(one.starts_with("A ward (ward): 1 replication, seed 1, 1 office\n"), "{one}");
    let [three, page_of_three] = told("3");
    assert!(three.starts_with("A ward (ward): 3 replications, seed 1, 1 office\n"), "{three}");
    for (told, few) in [
        ([&one, &page_of_one], "A single replication has no intervals."),
        ([&three, &page_of_three], "Only 3 replications: intervals of few runs are rough."),
    ] {
        assert!(told.iter().all(|it| it.contains(few) && it.contains("hours of the clock")));
    }
    let quantiles = three.lines().find(|it| it.contains("p50 · p90")).unwrap();
    assert_eq!(quantiles.matches(" ± ").count(), 4, "{quantiles}");
    for said in ["Left out at the start (warm-up)", ">7 days<", "repeat it, in one replication"] {
        assert!(page_of_three.contains(said), "{said}");
    }
    // What is told as at most so much is not listed as not known.
    let unknown = three.lines().find(|it| it.contains("index 766, not known")).unwrap();
    assert!(three.contains("3.3 online, at most") && !unknown.contains("3.3"), "{unknown}");
    let [ten, page_of_ten] = told("10");
    assert!(!ten.contains("few runs") && !page_of_ten.contains("few runs"), "{ten}");
}

/// A number alone is that number; beside a precision it is where the doubling begins.
#[test]
fn a_number_of_replications_is_kept_unless_a_precision_is_asked_for() {
    let (_folder, path) = changed("replications = 4", "replications = 4\nprecision = \"1%\"");
    let run = |more: &[&str]| {
        let said = json(&[&["simulate", &path, "--replications", "2"], more].concat(), 0);
        (said["replications"].as_u64().unwrap(), said["precision"]["wished"].as_f64())
    };
    assert_eq!(run(&[]), (2, None));
    let (many, wished) = run(&["--precision", "40%"]);
    assert!(many > 2 && many.is_power_of_two() && wished == Some(0.4), "{many}");
    let help = hoso(&["simulate", "--help"]).out;
    assert!(help.contains("with `--replications N` it begins with N"), "{help}");
    let paper = fs::read_to_string(crate::desk::repository().join("src/manual/simulating.md"));
    assert!(
        paper.unwrap().contains("with `--precision` beside it, N is where the doubling begins")
    );
}
