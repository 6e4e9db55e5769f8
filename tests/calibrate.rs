//! Calibration: what a simulation was told comes back out of its log, within the intervals.
//!
//! The intervals hold with 99.9 % each; a test that looks at forty of them at
//! fixed seeds would fail by chance once in twenty-five choices of seeds.
#![expect(
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a test stops where something is not as expected, and compares means"
)]

mod caseload;

use caseload::Desk;
use chrono::{Datelike as _, TimeDelta};
use hoso::calendar::{Calendar, Moment};
use hoso::calibrate::{
    BackTest, Compared, Estimates, Scope, Side, StepEstimate, TimeKind, Wording, back_test,
    calibrate,
};
use hoso::conform::{Activity, Entry, Model, Trace};
use hoso::definition::Procedure;
use hoso::definition::fact::Value;
use hoso::dossier::{Event, Happened};
use hoso::id::Id;
use hoso::simulate::figures::{Confidence, Interval};
use hoso::simulate::{self, History, Hours, Part, Runs};
use hoso::text::Lang;

fn calendar<'d>(desk: &'d Desk, id: &str) -> &'d Calendar {
    let scenario = desk.scenario(id);
    desk.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap()
}

/// Simulates a scenario; what was recorded of it.
fn log<'d>(desk: &'d Desk, id: &str, version: &str) -> (Vec<Trace>, &'d Procedure) {
    let histories: Vec<History> = desk.model(id).sample(5, u64::MAX).histories().collect();
    let named = histories.first().unwrap().dossier().procedure().unwrap();
    let mut procedures = desk.procedures.iter();
    let procedure = procedures.find(|it| *it.id() == named && *it.version() == *version).unwrap();
    (histories.iter().map(trace).collect(), procedure)
}

/// Simulates a scenario and learns from what was recorded.
fn learn<'d>(desk: &'d Desk, id: &str, version: &str) -> (Estimates, &'d Procedure) {
    let (traces, procedure) = log(desk, id, version);
    let mut model = Model::new(procedure).unwrap();
    let sure = Confidence::new(0.999).unwrap();
    let found = calibrate(&mut model, calendar(desk, id), &traces, None, sure).unwrap();
    (found.unwrap(), procedure)
}

/// Writes a simulated history as a log would have it.
fn trace(history: &History) -> Trace {
    let entries = history.events().iter().zip(history.began()).filter_map(|(event, began)| {
        let mut entry = entry(event)?;
        entry.began = *began;
        entry.actor = Some(event.actor().id.clone());
        entry.role = Some(event.actor().role);
        Some(entry)
    });
    Trace { channel: history.dossier().channel(), facts: Vec::new(), entries: entries.collect() }
}

fn entry(event: &Event) -> Option<Entry> {
    let (activity, facts) = match event.happened() {
        Happened::Filed(it) => (Activity::Step(it.transition), it.facts.clone()),
        Happened::Moved(it) => (Activity::Step(it.transition), it.facts.clone()),
        Happened::Answered { consultation, .. } => (Activity::Answer(*consultation), Vec::new()),
        _ => return None,
    };
    Some(Entry { facts, ..Entry::new(activity, event.at()) })
}

fn step<'e>(estimates: &'e Estimates, name: &str) -> &'e StepEstimate {
    estimates.steps.iter().find(|it| it.step == *name).unwrap()
}

/// The true value lies in the interval, and that is narrow enough to mean something.
fn holds(what: &str, found: Option<&Interval>, truth: f64, most: f64) {
    let it = found.unwrap();
    assert!(it.holds(truth), "{what}: {truth} is not in {} to {}", it.low(), it.high());
    assert!(it.half() <= most * truth, "{what}: {it:?} says nothing of {truth}");
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// The share of a step is that of the scenario.
fn taken(estimates: &Estimates, name: &str, truth: f64, most: f64) {
    let it = step(estimates, name).share.everywhere();
    holds(name, it.map(|it| &it.share), truth, most);
}

/// The mean time of a step is that of the scenario, its law of the family.
fn takes(estimates: &Estimates, name: &str, kind: TimeKind, mean: f64, family: &str) {
    let it = step(estimates, name);
    assert_eq!(it.kind, kind, "{name}");
    let fit = it.time.as_ref().unwrap();
    assert!(fit.fits(), "{name}: {}", fit.distribution());
    holds(name, fit.mean(), mean, 0.15);
    let found = fit.distribution();
    assert!(families(family).contains(&found.law().name()), "{name}: {found} is not {family}");
}

/// A gamma or Weibull law of shape one is the exponential law, and may be told for it.
fn families(family: &str) -> &[&str] {
    match family {
        "exponential" => &["exponential", "gamma"],
        "lognormal" => &["lognormal"],
        "gamma" => &["gamma"],
        "triangular" => &["triangular"],
        _ => &["fixed"],
    }
}

/// What was estimated reads back as it was printed, binds, and is run.
fn runs(desk: &Desk, of: &str, found: &Estimates, procedure: &Procedure) -> simulate::Report {
    written(desk, of, found, procedure, Scope::Log).1
}

/// Writes estimates for some days, and runs them.
fn written(
    desk: &Desk,
    of: &str,
    found: &Estimates,
    procedure: &Procedure,
    scope: Scope<'_>,
) -> (String, simulate::Report) {
    let id = Id::parse("again").unwrap();
    let wording = Wording { id, source: "a simulated log", lang: Lang::En, scope, tested: None };
    let text = found.scenario(procedure, calendar(desk, of), &wording).unwrap();
    let again = Desk::open(&[("again.toml", &text)]);
    assert_eq!(again.scenario("again").print(), text);
    let report = again.run("again", 3).report();
    (text, report)
}

#[test]
fn a_network_of_queues_comes_back() {
    let rework = include_str!("../procedures/scenarios/reference/rework.toml");
    let office = include_str!("../procedures/scenarios/reference/rework-office-hours.toml");
    for (id, text, ends, hours) in [
        ("rework", rework, ["2022-01-01", "2020-03-15"], Hours::Always),
        ("rework-office-hours", office, ["2022-01-01", "2018-11-01"], Hours::Office),
    ] {
        let text = text.replace(ends[0], ends[1]).replace(&format!("\"{id}\""), "\"short\"");
        assert!(text.contains(ends[1]) && text.contains("\"short\""));
        let desk = Desk::open(&[("short.toml", &text)]);
        let (found, procedure) = learn(&desk, "short", "2026");
        let arrivals = found.arrivals.as_ref().unwrap();
        let rate = if hours == Hours::Always { 4.05 } else { 0.92 };
        holds(id, Some(&arrivals.per_day), 24.0 * rate, 0.06);
        assert_eq!(arrivals.hours, Hours::Always);
        assert!(!arrivals.is_uneven() && arrivals.by_hour.is_empty());
        taken(&found, "redo", 0.1, 0.15);
        for number in 1..=6 {
            takes(&found, &format!("serve-{number}"), TimeKind::Work, HOUR, "exponential");
            let pool = found.pools.iter().find(|it| it.roles[0] == *format!("clerk-{number}"));
            assert_eq!((pool.unwrap().officers, pool.unwrap().hours), (5, hours));
        }
        assert!(found.never.is_empty() && found.deviating == 0);
        let (before, after) =
            (desk.run("short", 3).report(), runs(&desk, "short", &found, procedure));
        let mean = |it: &simulate::Report| it.totals.mean_sojourn.as_ref().unwrap().mean();
        let ratio = mean(&after) / mean(&before);
        // At nine tenths of their hours, a hundredth more work is a tenth more of the queue.
        assert!((ratio - 1.0).abs() < 0.5, "{id}: the queue is {ratio} times as long");
    }
}

/// Half a year of the ward, with four times as many people on both sides of the counter.
fn ward() -> String {
    let mut text = String::from(include_str!("fixture/ward.toml"));
    for (from, to) in [
        ("from = 2025-09-01", "from = 2025-07-01"),
        ("until = 2025-12-01", "until = 2025-12-31"),
        ("officers = 2", "officers = 8"),
        ("officers = 1", "officers = 4"),
        ("14 per day", "56 per day"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

#[test]
fn a_ward_comes_back() {
    let desk = Desk::open(&[("ward.toml", &ward())]);
    let (found, procedure) = learn(&desk, "ward", "2025-07");
    holds("arrivals", found.arrivals.as_ref().map(|it| &it.per_day), 56.0, 0.06);
    holds("complete", found.complete.as_ref().map(|it| &it.share), 0.85, 0.03);
    cases_come_back(&found);
    for (name, share) in [("send-back", 0.05), ("correct-draft", 0.1), ("confirm-draft", 0.6)] {
        taken(&found, name, share, 0.25);
        assert!(step(&found, name).again.is_rest(), "{name} is no different later");
    }
    let consult = step(&found, "consult");
    assert!(
        consult.share.everywhere().unwrap().is_all()
            && consult.again.everywhere().unwrap().taken == 0
    );
    for name in ["accept", "assign", "submit", "send-draft", "sign", "return"] {
        assert!(step(&found, name).share.is_rest(), "{name} is what happens otherwise");
    }
    takes(&found, "accept", TimeKind::Work, 15.0 * MINUTE, "lognormal");
    takes(&found, "submit", TimeKind::Work, 40.0 * MINUTE, "gamma");
    takes(&found, "sign", TimeKind::Work, 9.0 * MINUTE, "triangular");
    takes(&found, "supplement", TimeKind::Wait, 4.0 * DAY, "exponential");
    takes(&found, "supplement-at-intake", TimeKind::Wait, 2.0 * DAY, "exponential");
    takes(&found, "confirm-draft", TimeKind::Wait, 6.0 * HOUR, "exponential");
    takes(&found, "return", TimeKind::Wait, DAY, "exponential");
    takes(&found, "correct-draft", TimeKind::Wait, 6.0 * HOUR, "fixed");
    takes(&found, "assign", TimeKind::Work, 5.0 * MINUTE, "fixed");
    let [answers] = found.answers.as_slice() else { panic!("{:?}", found.answers) };
    holds("answers", answers.after.as_ref().unwrap().mean(), DAY, 0.15);
    holds("silent", Some(&answers.silent), 0.1, 0.35);
    let pools = found.pools.iter().map(|it| (it.roles[0].to_string(), it.officers, it.hours));
    let expected = [
        ("approver".into(), 4, Hours::Office),
        ("one-stop".into(), 8, Hours::Reception),
        ("specialist".into(), 8, Hours::Office),
    ];
    assert_eq!(pools.collect::<Vec<_>>(), expected);
    let (before, after) = (desk.run("ward", 3).report(), runs(&desk, "ward", &found, procedure));
    let mean = |it: &simulate::Report| it.totals.mean_sojourn.as_ref().unwrap().mean();
    let ratio = mean(&after) / mean(&before);
    assert!((ratio - 1.0).abs() < 0.05, "dossiers take {ratio} times as long");
}

/// A step has a share for each state where they differ, and one where they do not.
#[test]
fn shares_of_states_come_back() {
    let withdrawals = |share: &str| {
        let steps = format!(
            "
[step.withdraw]
in = [\"received\", \"under-review\"]
by = \"applicant\"
share = {share}
wait = \"10 minutes\"

[step.confirm-stop]
by = \"one-stop\"
work = \"5 minutes\"
"
        );
        ward().replace("[case.birth]\n", &format!("{steps}\n[case.birth]\n"))
    };
    let text = withdrawals("{ received = \"4%\", under-review = \"15%\" }");
    let desk = Desk::open(&[("ward.toml", &text)]);
    let (found, procedure) = learn(&desk, "ward", "2025-07");
    let withdraw = step(&found, "withdraw");
    assert!(withdraw.share.everywhere().is_none() && withdraw.again.is_rest());
    let share = |state: &str| withdraw.share.in_state(&Id::parse(state).unwrap());
    holds("received", share("received").map(|it| &it.share), 0.04, 0.25);
    holds("under review", share("under-review").map(|it| &it.share), 0.15, 0.15);
    assert_eq!(withdraw.share.by_state().count(), 2);
    for name in ["assign", "submit", "sign"] {
        assert!(step(&found, name).share.is_rest(), "{name}");
    }
    let again = runs(&desk, "ward", &found, procedure);
    let times = |it: &simulate::Report| {
        let all = it.cases[0].steps.iter().find(|it| it.step == *"withdraw").unwrap();
        all.times.as_ref().unwrap().mean()
    };
    let ratio = times(&again) / times(&desk.run("ward", 3).report());
    assert!((ratio - 1.0).abs() < 0.1, "{ratio} times as many withdraw");
    let desk = Desk::open(&[("ward.toml", &withdrawals("\"10%\""))]);
    let (found, _) = learn(&desk, "ward", "2025-07");
    taken(&found, "withdraw", 0.1, 0.15);
}

/// Two of three that were filed on Fridays are left out of the log, and on Sundays nobody could file.
#[test]
fn a_quiet_weekday_weighs_little_and_a_closed_one_nothing() {
    let desk = Desk::open(&[("ward.toml", &ward())]);
    let (mut traces, procedure) = log(&desk, "ward", "2025-07");
    let mut number = 0;
    traces.retain(|it| {
        number += 1;
        it.entries[0].at.weekday() != chrono::Weekday::Fri || number % 3 == 0
    });
    let mut model = Model::new(procedure).unwrap();
    let found =
        calibrate(&mut model, calendar(&desk, "ward"), &traces, None, Confidence::NINETY_FIVE);
    let arrivals = found.unwrap().unwrap().arrivals.unwrap();
    let weights = &arrivals.by_weekday;
    assert!(weights[4] > 200 && weights[4] < 700 && weights[0] > 900, "{weights:?}");
    assert_eq!(weights[6], 0, "{weights:?}");
    let days = || traces.iter().map(|it| it.entries[0].at.date_naive());
    let ends = [days().min().unwrap(), days().max().unwrap()];
    assert_eq!(arrivals.counted, days().filter(|it| !ends.contains(it)).count() as u64);
    let mean = arrivals.counted as f64 / arrivals.days as f64;
    assert!(arrivals.per_day.low() < mean && mean < arrivals.per_day.high(), "{arrivals:?}");
}

/// Where every second day is quiet, days differ again as much when the log is simulated.
#[test]
fn days_that_differ_differ_again() {
    let desk = Desk::open(&[("ward.toml", &ward())]);
    let (mut traces, procedure) = log(&desk, "ward", "2025-07");
    let mut number = 0;
    traces.retain(|it| {
        number += 1;
        it.entries[0].at.ordinal() % 2 == 0 || number % 3 == 0
    });
    let mut model = Model::new(procedure).unwrap();
    let mut learn = |calendar, traces: &[Trace]| {
        let found = calibrate(&mut model, calendar, traces, None, Confidence::NINETY_FIVE);
        found.unwrap().unwrap()
    };
    let found = learn(calendar(&desk, "ward"), &traces);
    let before = found.arrivals.clone().unwrap();
    assert!(before.is_uneven() && before.dispersion > 5.0, "{}", before.dispersion);
    let (text, _) = written(&desk, "ward", &found, procedure, Scope::Log);
    assert!(text.contains("\ncv = "), "{text}");
    let again = Desk::open(&[("again.toml", &text)]);
    let (traces, _) = log(&again, "again", "2025-07");
    let after = learn(calendar(&again, "again"), &traces).arrivals.unwrap();
    let ratio = after.dispersion / before.dispersion;
    // Over 120 days an index of dispersion is known to an eighth.
    assert!((0.65..1.5).contains(&ratio), "{} after {}", after.dispersion, before.dispersion);
    holds("rate", Some(&after.per_day), before.per_day.mean(), 0.3);
    // By chance alone they would differ by about one.
    let even = text.lines().filter(|it| !it.starts_with("cv = ")).collect::<Vec<_>>().join("\n");
    let even = Desk::open(&[("again.toml", &even)]);
    let (traces, _) = log(&even, "again", "2025-07");
    let chance = learn(calendar(&even, "again"), &traces).arrivals.unwrap();
    assert!(chance.dispersion < 2.0 && chance.cv.is_none(), "{}", chance.dispersion);
}

/// A fifth of the time is held out.
fn tested(desk: &Desk, traces: &[Trace], procedure: &Procedure) -> BackTest {
    let mut model = Model::new(procedure).unwrap();
    let runs = Runs { seed: 1, replications: 79, part: Part::WHOLE };
    let fifth = "20%".parse().unwrap();
    let calendar = calendar(desk, "ward");
    back_test(&mut model, calendar, None, traces, None, fifth, &runs).unwrap()
}

fn side(test: &BackTest, figure: Compared) -> &Side {
    test.figures.iter().find(|it| it.figure == figure).unwrap()
}

/// The end of a log is told by its beginning, as long as nothing changes between them.
#[test]
fn a_back_test_tells_whether_the_office_stayed_as_it_was() {
    let desk = Desk::open(&[("ward.toml", &ward())]);
    let (mut traces, procedure) = log(&desk, "ward", "2025-07");
    let same = tested(&desk, &traces, procedure);
    let cut = same.from.and_hms_opt(0, 0, 0).unwrap();
    let local = |it: &Entry| it.at.naive_local();
    let after = |it: &&Trace| local(&it.entries[0]) >= cut;
    let across = |it: &&Trace| !after(it) && it.entries.last().is_some_and(|it| local(it) >= cut);
    // Nearly all of those that were under way at the cut have something recorded after it.
    assert_eq!(same.filed, traces.iter().filter(after).count() as u64);
    assert_eq!(same.learnt_from + same.filed, traces.len() as u64);
    assert_eq!(same.backlog, traces.iter().filter(across).count() as u64);
    let recorded = |figure| side(&same, figure).recorded.unwrap();
    let there = (same.filed + same.backlog) as f64;
    assert_eq!(recorded(Compared::Closed) + recorded(Compared::Open), there);
    let held = same.figures.iter().filter(|it| it.holds == Some(true)).count();
    assert!(held >= 5 && same.figures.iter().all(|it| it.holds.is_some()), "{same:?}");
    let distances = same.distances.unwrap();
    assert!(distances.hours.as_far > 0.02 && distances.greatest.as_far > 0.02, "{distances:?}");
    // From the cut on everything takes twice as long.
    for trace in traces.iter_mut().filter(|it| after(&&**it)) {
        let filed = trace.entries[0].at;
        for entry in &mut trace.entries {
            entry.at = entry.at + (entry.at - filed);
            entry.began = entry.began.map(|it| it + (it - filed));
        }
    }
    let slow = tested(&desk, &traces, procedure);
    for figure in [Compared::Mean, Compared::Median, Compared::NineOfTen] {
        assert_eq!(side(&slow, figure).holds, Some(false), "{slow:?}");
    }
    let distances = slow.distances.unwrap();
    assert!(distances.hours.recorded > 2.0 * distances.hours.by_chance, "{distances:?}");
    assert!(distances.greatest.as_far < 0.02, "{distances:?}");
}

/// Dossiers come in at the moments of the log, or after it with those that were open.
#[test]
fn a_scenario_takes_the_moments_or_the_backlog_of_the_log() {
    let desk = Desk::open(&[("ward.toml", &ward())]);
    let (traces, procedure) = log(&desk, "ward", "2025-07");
    let mut model = Model::new(procedure).unwrap();
    let sure = Confidence::new(0.999).unwrap();
    let calendar = calendar(&desk, "ward");
    let mut learn = |traces: &[Trace], as_of| {
        calibrate(&mut model, calendar, traces, as_of, sure).unwrap().unwrap()
    };
    let (text, report) = written(&desk, "ward", &learn(&traces, None), procedure, Scope::Recorded);
    let at = text.lines().find_map(|it| it.strip_prefix("at = [")).unwrap();
    let moments: Vec<&str> = at.trim_end_matches(']').split(", ").collect();
    let mut filed: Vec<String> =
        traces.iter().map(|it| it.entries[0].at.format("%Y-%m-%dT%H:%M:%S").to_string()).collect();
    filed.sort();
    assert_eq!(moments, filed);
    assert!(!text.contains("rate = ") && !text.contains("backlog"));
    let count = |it: &simulate::Report| it.cases[0].all.filed.as_ref().unwrap().values().to_vec();
    assert_eq!(count(&report), [filed.len() as f64; 3]);
    // The log ends on a day on which many are under way.
    let cut: Moment = "2025-09-22T00:00:00+07:00".parse().unwrap();
    let known: Vec<Trace> = traces
        .iter()
        .filter_map(|it| {
            let entries: Vec<Entry> = it.entries.iter().filter(|it| it.at < cut).cloned().collect();
            (!entries.is_empty()).then(|| Trace { entries, ..it.clone() })
        })
        .collect();
    let ended = traces.iter().filter(|it| it.entries.last().unwrap().at < cut).count();
    let found = learn(&known, Some(cut - TimeDelta::seconds(1)));
    let (text, report) = written(&desk, "ward", &found, procedure, Scope::After);
    assert!(text.contains("from = 2025-09-22\n"), "{text}");
    let open = known.len() - ended;
    assert_eq!(found.backlog.iter().map(|it| it.1).sum::<u64>(), open as u64);
    assert!(open > 50, "{open}");
    let again = Activity::Step(Id::parse("supplement-at-intake").unwrap());
    let under_way = known
        .iter()
        .filter(|it| it.entries.len() == 1 || it.entries.last().unwrap().activity == again);
    let in_state = |name: &str| found.backlog.iter().find(|it| it.0 == *name).map_or(0, |it| it.1);
    assert_eq!(in_state("filed"), under_way.count() as u64);
    let age = |it: &Trace| (cut - it.entries[0].at).num_seconds() as f64;
    let ages = known.iter().zip(0..).filter(|(it, _)| {
        let whole = traces.iter().find(|other| other.entries[0] == it.entries[0]).unwrap();
        whole.entries.last().unwrap().at >= cut
    });
    let ages: Vec<f64> = ages.map(|it| age(it.0)).collect();
    let mean = ages.iter().sum::<f64>() / ages.len() as f64;
    holds("age", found.backlog_age.as_ref().unwrap().mean(), mean, 0.5);
    // As many days as the log, at its rate, and those that were open.
    let days = found.arrivals.as_ref().unwrap();
    let expected = open as f64 + (known.len() as f64);
    let ratio = report.cases[0].all.filed.as_ref().unwrap().mean() / expected;
    assert!((ratio - 1.0).abs() < 0.1, "{ratio} of {expected}, {:?}", days.per_day);
}

/// Channels, facts, and what a step makes of them.
fn cases_come_back(found: &Estimates) {
    let sure = Confidence::new(0.999).unwrap();
    let share = |part: u64, all: u64| Interval::of_share(part, all, sure);
    let all: u64 = found.channels.iter().map(|it| it.1).sum();
    let online = found.channels.iter().find(|it| it.0.as_str() == "online").unwrap().1;
    holds("online", share(online, all).as_ref(), 0.7, 0.05);
    for (name, truth) in [("complete", 0.9), ("parents-married", 0.8), ("marriage-found", 0.75)] {
        let fact = found.facts.iter().find(|it| it.fact == *name).unwrap();
        let yes = fact.values.iter().find(|it| it.0 == Value::Boolean(true)).unwrap().1;
        holds(name, share(yes, fact.told).as_ref(), truth, 0.05);
    }
    let complete = Id::parse("complete").unwrap();
    assert_eq!(step(found, "supplement").sets, [(complete, Value::Boolean(true))]);
}
