//! Simulated caseloads: queues against their closed forms, parts against the whole, histories against the law.
//!
//! Runs here are short: their intervals are wide, and the closed form must lie
//! within three times their half width. Nothing is asserted of the time they take.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a test reads the folder of scenarios and compares means"
)]

use std::fs;
use std::path::Path;

use hoso::calendar::Calendar;
use hoso::definition::{self, PortalStatus, Procedure};
use hoso::diagnostic::{Diagnostic, Severity};
use hoso::dossier::Happened;
use hoso::simulate::figures::{Confidence, Interval};
use hoso::simulate::{self, Estimate, Measure, Part, Report, Runs, Scenario, Summary};
use hoso::source::Sources;

/// The texts of the reference models, of the calendars and of the catalogue.
struct Desk {
    calendars: Vec<Calendar>,
    procedures: Vec<Procedure>,
    scenarios: Vec<Scenario>,
    found: Vec<Diagnostic>,
}

impl Desk {
    fn open(more: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures");
        let mut sources = Sources::new();
        for sub in ["", "calendars", "life-cycles", "scenarios/reference"] {
            for entry in fs::read_dir(folder.join(sub)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|it| it == "toml") {
                    let text = fs::read_to_string(&path).unwrap();
                    sources.add(path.display().to_string(), text);
                }
            }
        }
        for (name, text) in more {
            sources.add(*name, *text);
        }
        let (calendars, _) = Calendar::parse_all(&sources);
        let (procedures, _) = definition::load(&sources);
        let (scenarios, mut found) = simulate::load(&sources);
        found.retain(|it| it.severity() == Severity::Error);
        Self { calendars, procedures, scenarios, found }
    }

    fn scenario(&self, id: &str) -> &Scenario {
        self.scenarios.iter().find(|it| it.id() == *id).unwrap()
    }

    fn bind(&self, id: &str) -> (Option<simulate::Model<'_>>, Vec<Diagnostic>) {
        let scenario = self.scenario(id);
        let calendar = self.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap();
        scenario.bind(&self.procedures, calendar, None)
    }

    fn run(&self, id: &str, replications: u32) -> Summary {
        let (model, found) = self.bind(id);
        assert!(found.iter().all(|it| it.severity() != Severity::Error), "{found:?}");
        let runs = Runs { seed: 1, replications, part: Part::WHOLE };
        simulate::simulate(&model.unwrap(), &runs, &|| {})
    }

    fn report(&self, id: &str, replications: u32) -> Report {
        self.run(id, replications).report()
    }
}

/// The closed form lies within three half widths, and these are narrow enough to mean something.
fn agrees(name: &str, figure: Option<&Estimate>, exact: f64, most: f64) {
    let figure = figure.unwrap();
    let half = figure.interval().unwrap().half();
    let (mean, off) = (figure.mean(), (figure.mean() - exact).abs());
    assert!(half < most * exact, "{name}: {mean} ± {half} says nothing of {exact}");
    assert!(off <= 3.0 * half, "{name}: {mean} ± {half} is not {exact}");
}

#[test]
fn the_queue_of_five_servers_waits_as_erlang_says() {
    let report = Desk::open(&[]).report("mm5", 10);
    agrees("wait", report.totals.mean_wait.as_ref(), 1.524_986_441_5, 0.1);
    agrees("sojourn", report.totals.mean_sojourn.as_ref(), 2.524_986_441_5, 0.1);
    let pool = &report.pools[0];
    agrees("busy", pool.utilisation.as_ref(), 0.9, 0.02);
    agrees("p95", Some(&pool.wait.as_ref().unwrap().p95), 5.449_141, 0.1);
}

#[test]
fn a_network_with_rework_is_that_of_jackson() {
    let report = Desk::open(&[]).report("rework", 10);
    agrees("sojourn", report.totals.mean_sojourn.as_ref(), 13.227_840_837, 0.05);
    agrees("wait", report.totals.mean_wait.as_ref(), 1.088_606_448, 0.1);
    let redo = report.cases[0].steps.iter().find(|it| it.step == *"redo").unwrap();
    agrees("rework", redo.times.as_ref(), 1.0 / 9.0, 0.05);
}

/// The closed forms of one server, by its law of work: arrivals 0.8 an hour, mean work one hour.
#[test]
fn one_server_waits_as_pollaczek_and_khinchine_say() {
    let laws = [
        ("fixed", "{ fixed = \"1 hour\" }", 2.0),
        ("erlang", "{ erlang = \"1 hour\", stages = 2 }", 3.0),
        ("exponential", "{ exponential = \"1 hour\" }", 4.0),
    ];
    for (id, work, wait) in laws {
        let text = format!(
            "format = 1\n\n[scenario]\nid = \"{id}\"\nname = \"{id}\"\nfrom = 2018-01-01\n\
             until = 2026-01-01\nwarm-up-days = 60\n\n[pool.clerk]\nroles = [\"clerk\"]\n\
             officers = 1\nhours = \"always\"\n\n[step.serve]\nwork = {work}\n\n\
             [case.customer]\nprocedure = \"one-station\"\n\n[case.customer.arrivals]\n\
             rate = \"0.8 per hour\"\nhours = \"always\"\n"
        );
        let report = Desk::open(&[(id, &text)]).report(id, 10);
        agrees(id, report.totals.mean_wait.as_ref(), wait, 0.1);
    }
}

/// Officers who take up all dossiers at once: how long a dossier stays depends on the mean of the work alone.
#[test]
fn shared_officers_keep_a_dossier_as_long_whatever_the_law_of_work() {
    for (id, work) in
        [("even", "{ fixed = \"1 hour\" }"), ("uneven", "{ lognormal = \"1 hour\", cv = 2 }")]
    {
        let text = format!(
            "format = 1\n\n[scenario]\nid = \"{id}\"\nname = \"{id}\"\nfrom = 2018-01-01\n\
             until = 2026-01-01\nwarm-up-days = 60\n\n[pool.clerk]\nroles = [\"clerk\"]\n\
             officers = 1\nhours = \"always\"\nat-once = 200\n\n[step.serve]\nwork = {work}\n\n\
             [case.customer]\nprocedure = \"one-station\"\n\n[case.customer.arrivals]\n\
             rate = \"0.7 per hour\"\nhours = \"always\"\n"
        );
        let report = Desk::open(&[(id, &text)]).report(id, 10);
        agrees(id, report.totals.mean_sojourn.as_ref(), 1.0 / 0.3, 0.05);
        agrees(id, report.pools[0].utilisation.as_ref(), 0.7, 0.02);
    }
}

/// Arrivals, work and officers on one calendar: the working clock sees the queue that never closes.
#[test]
fn a_calendar_changes_the_clock_and_not_the_queue() {
    let text = |id: &str, hours: &str, until: &str| {
        format!(
            "format = 1\n\n[scenario]\nid = \"{id}\"\nname = \"{id}\"\ncalendar = \"hanoi\"\nfrom = 2024-01-01\n\
             until = {until}\n\n[pool.clerk]\nroles = [\"clerk\"]\nofficers = 1\n\
             hours = \"{hours}\"\n\n[step.serve]\nwork = {{ exponential = \"1 hour\" }}\n\n\
             [case.customer]\nprocedure = \"one-station\"\n\n[case.customer.arrivals]\n\
             rate = \"0.8 per hour\"\nhours = \"{hours}\"\n"
        )
    };
    let (open, shut) = (text("open", "always", "2024-03-25"), text("shut", "office", "2025-01-01"));
    let desk = Desk::open(&[("open", &open), ("shut", &shut)]);
    let (open, shut) = (desk.report("open", 4), desk.report("shut", 4));
    let wait = |it: &Report| it.pools[0].mean_working_wait.as_ref().unwrap().values().to_vec();
    // The two years hold the same number of working hours only nearly; the luck is the same.
    for (open, shut) in wait(&open).iter().zip(wait(&shut)) {
        assert!((open - shut).abs() / open < 0.35, "{open} and {shut}");
    }
    let clock = shut.totals.mean_wait.as_ref().unwrap().mean();
    assert!(clock > 2.0 * shut.pools[0].mean_working_wait.as_ref().unwrap().mean());
}

#[test]
fn parts_merge_to_the_bytes_of_the_whole() {
    let desk = Desk::open(&[]);
    let (model, _) = desk.bind("mm5");
    let model = model.unwrap();
    let run = |part| simulate::simulate(&model, &Runs { seed: 7, replications: 3, part }, &|| {});
    let whole = run(Part::WHOLE);
    let mut parts: Vec<_> = (1..=3).map(|it| run(Part::new(it, 3).unwrap())).collect();
    let mut merged = parts.pop().unwrap();
    assert!(!merged.is_whole());
    for part in &parts {
        merged.merge(part).unwrap();
    }
    assert_eq!(merged, whole);
    assert!(merged.merge(&parts[0]).unwrap_err().is_other_run());
    let other =
        simulate::simulate(&model, &Runs { seed: 8, replications: 3, part: Part::WHOLE }, &|| {});
    assert!(other != whole);
}

#[test]
fn the_reference_scenarios_load_and_print_as_themselves() {
    let desk = Desk::open(&[]);
    assert!(desk.found.is_empty(), "{:?}", desk.found);
    for id in ["mm5", "rework", "rework-office-hours"] {
        let scenario = desk.scenario(id);
        let mut sources = Sources::new();
        sources.add("printed", scenario.print());
        let (again, found) = simulate::load(&sources);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(again[0].fingerprint(), scenario.fingerprint());
        assert!(desk.bind(id).0.is_some());
    }
}

/// Figures that cannot be are said before anything runs.
#[test]
fn impossible_scenarios_are_refused() {
    let base = fs::read_to_string("procedures/scenarios/reference/mm5.toml").unwrap();
    let cases = [
        ("id = \"mm5\"", "id = \"tested\"", None),
        ("officers = 5", "officers = 4", Some("unstable-pool")),
        ("officers = 5", "officers = 0", Some("bad-figure")),
        ("roles = [\"clerk\"]", "roles = [\"nobody\"]", Some("unstaffed-role")),
        (
            "procedure = \"one-station\"",
            "procedure = \"one-statoin\"",
            Some("undeclared-procedure"),
        ),
        ("work = {", "share = \"110%\"\nwork = {", Some("bad-figure")),
        ("work = {", "share = \"90%\"\nwork = {", Some("stuck-case")),
        ("[step.serve]", "[step.sreve]", Some("stuck-case")),
        ("until = 2022-01-01", "until = 2019-01-01", Some("bad-figure")),
        ("from = 2020-01-01", "from = 1990-01-01", Some("uncovered-day")),
    ];
    for (from, to, code) in cases {
        assert!(base.contains(from), "{from}");
        let text = base.replace("id = \"mm5\"", "id = \"tested\"").replacen(from, to, 1);
        let desk = Desk::open(&[("tested.toml", &text)]);
        let bound = desk.scenarios.iter().find(|it| it.id() == *"tested");
        let found = match bound {
            Some(_) => desk.bind("tested").1,
            None => desk.found,
        };
        let codes: Vec<&str> = found.iter().map(Diagnostic::code).collect();
        match code {
            Some(code) => assert!(codes.contains(&code), "{to}: {codes:?}"),
            None => assert!(codes.is_empty(), "{to}: {codes:?}"),
        }
    }
}

/// A ward, its dossiers short of papers, sent back, in arrears and refused, decided again by the law.
#[test]
fn simulated_histories_replay_without_a_rejection() {
    let text = include_str!("fixture/ward.toml");
    let desk = Desk::open(&[("ward.toml", text)]);
    assert!(desk.found.is_empty(), "{:?}", desk.found);
    let (model, found) = desk.bind("ward");
    assert!(found.iter().all(|it| it.severity() != Severity::Error), "{found:?}");
    let histories = model.unwrap().histories(3, 400);
    assert!(histories.len() > 300, "{}", histories.len());
    for history in &histories {
        assert!(history.rejected().is_none(), "{:?}", history.rejected());
    }
    let closed = histories
        .iter()
        .filter(|it| it.dossier().portal_status().is_some_and(PortalStatus::is_terminal));
    assert_eq!(closed.count(), histories.len());
    let taken = |it: &&simulate::History, step: &str| {
        it.events().iter().any(|it| match it.happened() {
            Happened::Moved(moved) => moved.transition == *step,
            _ => false,
        })
    };
    for step in ["supplement", "supplement-at-intake", "consult", "send-back"] {
        let count = histories.iter().filter(|it| taken(it, step)).count();
        assert!(count > 5, "{step}: {count}");
    }
}

fn ward(id: &str, specialists: &str) -> String {
    let text =
        include_str!("fixture/ward.toml").replacen("id = \"ward\"", &format!("id = \"{id}\""), 1);
    text.replace(
        "roles = [\"specialist\"]\nofficers = 2",
        &format!("roles = [\"specialist\"]\nofficers = {specialists}"),
    )
}

#[test]
fn a_design_against_itself_differs_in_nothing() {
    let (one, other) = (ward("one", "2"), ward("other", "2"));
    let desk = Desk::open(&[("one.toml", &one), ("other.toml", &other)]);
    let comparison = desk.run("one", 3).compare(&desk.run("other", 3)).unwrap();
    let pools = comparison.pools.iter().map(|it| &it.differences);
    let cases = comparison.cases.iter().map(|it| &it.differences);
    let all = core::iter::once(&comparison.totals).chain(cases).chain(pools);
    let mut count = 0;
    for it in all.flat_map(simulate::Differences::iter) {
        assert_eq!((it.mean(), it.interval().unwrap().half()), (0.0, 0.0), "{}", it.measure());
        assert_eq!(it.better().unwrap_or(0.0), 0.0, "{}", it.measure());
        count += 1;
    }
    assert!(count == comparison.figures && count > 12, "{count}");
}

/// One more specialist: people wait less, and the shared luck shows by how much.
#[test]
fn pairs_on_shared_luck_tell_a_difference_that_strangers_do_not() {
    let (few, more) = (ward("few", "2"), ward("more", "3"));
    let desk = Desk::open(&[("few.toml", &few), ("more.toml", &more)]);
    let comparison = desk.run("few", 10).compare(&desk.run("more", 10)).unwrap();
    for measure in [Measure::MeanWait, Measure::MeanSojourn, Measure::Late] {
        let it = comparison.totals.find(measure).unwrap();
        assert!(it.interval().unwrap().high() < 0.0 && it.better() == Some(1.0), "{it:?}");
    }
    let sojourn = comparison.totals.find(Measure::MeanSojourn).unwrap();
    let (before, after) = sojourn.values();
    let shared = Confidence::NINETY_FIVE.shared_by(comparison.figures);
    let half = |values: &[f64]| Interval::of_mean(values, shared).unwrap().half();
    let strangers = half(before).hypot(half(after));
    let pairs = sojourn.interval().unwrap().half();
    assert!(2.0 * pairs < strangers, "{pairs} of pairs, {strangers} of strangers");
}

#[test]
fn runs_of_other_days_or_luck_are_not_compared() {
    let (one, other) = (ward("one", "2"), ward("other", "2").replace("2025-12-01", "2025-11-01"));
    let desk = Desk::open(&[("one.toml", &one), ("other.toml", &other)]);
    let run = desk.run("one", 2);
    for other in [desk.run("other", 2), desk.run("one", 3)] {
        assert!(run.compare(&other).unwrap_err().is_incomparable());
    }
}
