//! Simulated caseloads: parts against the whole, as-is against to-be, figures that cannot be.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads a scenario, and stops where it is not as expected"
)]

mod caseload;

use std::fs;

use caseload::Desk;
use chrono::{Datelike as _, Timelike as _, Weekday};
use hoso::calendar::Moment;
use hoso::diagnostic::{Diagnostic, any_error};
use hoso::dossier::Happened;
use hoso::simulate::figures::{Confidence, Interval};
use hoso::simulate::{self, History, Measure, Part, Runs};
use hoso::source::Sources;

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

#[test]
fn the_example_of_the_manual_runs() {
    let manual = include_str!("../src/manual/scenarios.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let report = Desk::open(&[("manual.toml", text)]).run("status-in-a-ward", 2).report();
    assert!(report.totals.closed.unwrap().mean() > 600.0);
}

/// The example of the manual, in which some are refused on the merits.
fn refusals(share: &str) -> String {
    let manual = include_str!("../src/manual/scenarios.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let text = text.replace("eligible = \"true\", ", "").replace("12 per day", "8 per day");
    let fact = "[case.status.fact.eligible]\nchances = { true = \"60%\", false = \"40%\" }\n";
    let step = format!("[step.refuse]\nshare = {share}\nwork = \"5 minutes\"\n");
    format!("{text}\n{fact}\n{step}")
}

/// Refused on the merits: under review by chance, and where only that is left, for certain.
#[test]
fn a_step_is_drawn_in_one_state_and_certain_in_another() {
    let table = refusals("{ under-review = \"30%\" }");
    let desk = Desk::open(&[("refusals.toml", &table)]);
    let mut from = std::collections::BTreeMap::new();
    let mut unfit = 0;
    for history in desk.model("status-in-a-ward").sample(1, u64::MAX).histories() {
        let (mut refused, mut signed) = (None, false);
        for event in history.events() {
            if let Happened::Moved(it) = event.happened() {
                signed |= it.transition == *"sign";
                if it.transition == *"refuse" {
                    refused = Some(it.from);
                }
            }
        }
        assert!(refused.is_some() != signed);
        unfit += u64::from(refused.is_some());
        refused.into_iter().for_each(|it| *from.entry(it.to_string()).or_insert(0_u64) += 1);
    }
    let sure = Confidence::new(0.999).unwrap();
    let share = Interval::of_share(from["under-review"], unfit, sure).unwrap();
    assert!(share.holds(0.3) && share.half() < 0.12, "{from:?} of {unfit}");
    assert_eq!(from["under-review"] + from["awaiting-signature"], unfit);
    // One share for both leaves some of those that cannot be signed where they are.
    let one = refusals("\"30%\"");
    let desk_of_one = Desk::open(&[("refusals.toml", &one)]);
    let (model, found) = desk_of_one.bind("status-in-a-ward");
    assert!(model.is_none() && found.iter().any(|it| it.code() == "stuck-case"), "{found:?}");
    // What is said twice is the same as what is said once.
    let both = refusals("{ awaiting-signature = \"97%\", under-review = \"30%\" }");
    let both = Desk::open(&[("refusals.toml", &both)]).run("status-in-a-ward", 2).report();
    let table = desk.run("status-in-a-ward", 2).report();
    assert_eq!(format!("{:?}", both.cases), format!("{:?}", table.cases));
}

/// A chair who is there on two afternoons of the week signs then, and in the hours of the office only.
#[test]
fn officers_are_there_in_their_sessions() {
    let manual = include_str!("../src/manual/scenarios.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let leaders = "roles = [\"approver\"]\nofficers = 1\n";
    let two = leaders.replace('1', "2");
    let with = |session: &str| text.replace(leaders, &format!("{two}session = [{session}]\n"));
    let text = with(
        "{ days = [\"tuesday\", \"saturday\"], from = \"15:00\", until = \"17:00\" },
         { days = [\"tuesday\"], from = \"16:00\", until = \"20:00\" }",
    );
    let desk = Desk::open(&[("sessions.toml", &text)]);
    let mut signed = Vec::new();
    for history in desk.model("status-in-a-ward").sample(1, u64::MAX).histories() {
        for (event, began) in history.events().iter().zip(history.began()) {
            if let Happened::Moved(it) = event.happened()
                && it.transition == *"sign"
            {
                signed.push(began.unwrap());
            }
        }
    }
    assert!(signed.len() > 500, "{}", signed.len());
    // The office closes at 17:30.
    let is_there = |it: &Moment| it.weekday() == Weekday::Tue && (15..18).contains(&it.hour());
    assert!(signed.iter().all(is_there), "{signed:?}");
    let late = signed.iter().filter(|it| it.hour() == 17 && it.minute() < 30).count();
    assert!(late > 5 && late == signed.iter().filter(|it| it.hour() == 17).count(), "{late}");
    let never = with("{ days = [\"sunday\"], from = \"15:00\", until = \"17:00\" }");
    let desk = Desk::open(&[("never.toml", &never)]);
    let (model, found) = desk.bind("status-in-a-ward");
    assert!(model.is_none() && found.iter().any(|it| it.code() == "unstaffed-role"), "{found:?}");
}

/// Who asked to withdraw before asks again in one state as often as before, and in the other never.
#[test]
fn a_step_is_taken_again_by_state() {
    let steps = "
[step.withdraw]
in = [\"received\", \"under-review\"]
by = \"applicant\"
share = { received = \"50%\", under-review = \"30%\" }
again = { received = \"0%\" }
wait = \"10 minutes\"

[step.refuse-withdrawal]
by = \"one-stop\"
work = \"5 minutes\"
";
    let text = format!("{}{steps}", refusals("{ under-review = \"30%\" }"));
    let desk = Desk::open(&[("withdrawals.toml", &text)]);
    let (mut twice_received, mut later, mut begun) = (0, 0, 0);
    for history in desk.model("status-in-a-ward").sample(1, 500).histories() {
        let moved = history.events().iter().filter_map(|it| match it.happened() {
            Happened::Moved(it) if it.transition == *"withdraw" => Some(it.from),
            _ => None,
        });
        let from: Vec<String> = moved.map(|it| it.to_string()).collect();
        begun += usize::from(from.iter().any(|it| it == "received"));
        twice_received += usize::from(from.iter().filter(|it| *it == "received").count() > 1);
        later += usize::from(from.windows(2).any(|it| it == ["received", "under-review"]));
    }
    assert!(begun > 200 && later > 40, "{begun} {later}");
    assert_eq!(twice_received, 0);
}

/// What was decided before the run waits to be returned; it is not decided in time, or late, once more.
#[test]
fn a_backlog_that_was_settled_is_not_settled_again() {
    let manual = include_str!("../src/manual/scenarios.md");
    let (_, rest) = manual.split_once("```toml\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let (before, after) = text.split_once("[case.status.arrivals]").unwrap();
    let (_, facts) = after.split_once("[case.status.fact").unwrap();
    let backlog = "backlog = { signed = 5, awaiting-signature = 3 }\nbacklog-age = \"30 days\"\n";
    let text = format!("{before}\n[case.status.fact{facts}")
        .replace("complete = \"92%\"\n", &format!("complete = \"100%\"\n{backlog}"));
    let report = Desk::open(&[("signed.toml", &text)]).run("status-in-a-ward", 2).report();
    let all = &report.cases[0].all;
    assert_eq!(all.closed.as_ref().unwrap().values(), [8.0, 8.0]);
    assert_eq!(all.late.as_ref().unwrap().values(), [3.0, 3.0]);
    assert_eq!(all.on_time.as_ref().unwrap().values(), [0.0, 0.0]);
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
    // The only kind of case repeats the totals, and makes no interval wider.
    assert_eq!((comparison.cases.len(), comparison.cases_apart().count()), (1, 0));
    let all = core::iter::once(&comparison.totals).chain(pools);
    let mut count = 0;
    for it in all.flat_map(simulate::Differences::iter) {
        assert_eq!((it.mean(), it.interval().unwrap().half()), (0.0, 0.0), "{}", it.measure());
        assert_eq!((it.better().unwrap_or(0.0), it.worse().unwrap_or(0.0)), (0.0, 0.0));
        assert!(it.is_equal(), "{}", it.measure());
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
    for measure in [Measure::WaitPerDossier, Measure::MeanSojourn, Measure::Late] {
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

/// What a dossier owes is what the tariff says of it; trips and officers have their price.
#[test]
fn costs_are_those_of_the_tariff_and_of_the_scenario() {
    let text = ward("priced", "2")
        .replacen("replications = 4", "replications = 2\nvisit-cost = 30000", 1)
        .replacen("late = \"false\"", "late = \"true\"", 1)
        .replacen("officers = 1", "officers = 1\nhourly-cost = 60000", 1);
    let desk = Desk::open(&[("priced.toml", &text)]);
    let scenario = desk.scenario("priced");
    let calendar = desk.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap();
    let mut sources = Sources::new();
    sources.add("hanoi.toml", include_str!("../procedures/tariffs/hanoi.toml"));
    sources.add("vietnam.toml", include_str!("../procedures/tariffs/vietnam.toml"));
    let (tariffs, _) = hoso::fee::load(&sources);
    let tariff = tariffs.iter().find(|it| it.id() == "hanoi");
    let (model, found) = scenario.bind(&desk.procedures, calendar, tariff);
    assert!(!any_error(&found), "{found:?}");
    let model = model.unwrap();
    let runs = Runs { seed: 1, replications: 2, part: Part::WHOLE };
    let report = simulate::simulate(&model, &runs, &|| {}).report();
    let totals = &report.totals;
    assert_eq!(totals.unknown_fees.as_ref().unwrap().mean(), 0.0);
    // Each history owes what the simulation counted for its like.
    let sample = model.sample(1, 300);
    let histories: Vec<History> = sample.histories().collect();
    assert!(histories.iter().all(|it| it.disagreement().is_none()));
    let owed = histories.iter().map(|it| {
        let charges = it.dossier().charges().iter();
        charges.map(|it| it.payer.unwrap().get()).sum::<i64>() as f64
    });
    let mean = owed.sum::<f64>() / histories.len() as f64;
    let counted = report.cases[0].all.fees.as_ref().unwrap().mean();
    assert!(mean > 0.0 && (mean - counted).abs() <= 0.2 * mean, "{mean} and {counted}");
    // 64 working days of 8 hours of one leader, give or take a holiday.
    let office = totals.office_cost.as_ref().unwrap().mean();
    let hours = office / 60_000.0;
    assert!((480.0..=540.0).contains(&hours), "{hours}");
    let trips = totals.trips.as_ref().unwrap().values().to_vec();
    let filed = totals.filed.as_ref().unwrap().values().to_vec();
    let travel = totals.travel_cost.as_ref().unwrap().values();
    for ((trips, filed), travel) in trips.iter().zip(&filed).zip(travel) {
        assert!((trips * filed * 30_000.0 - travel).abs() < 1.0, "{travel}");
    }
    let (citizens, fees) = (totals.citizen_cost.as_ref().unwrap(), totals.fees.as_ref().unwrap());
    assert_eq!(citizens.mean(), fees.mean() + totals.travel_cost.as_ref().unwrap().mean());
    assert!(
        totals.index_766.on_time.as_ref().unwrap().mean()
            <= totals.on_time.as_ref().unwrap().mean()
    );
}

/// Who files online does not come to the counter; one number holds for whoever filed.
#[test]
fn trips_are_those_of_the_channel() {
    let told = |id: &str, visits: &str, own: &str| {
        let text = ward(id, "2").replacen("visits = 1", visits, 1);
        text + &format!("\n[case.birth.step.supplement-at-intake]\n{own}\n")
    };
    let plain = told("plain", "visits = 1", "");
    let shared = told("shared", "visits = { counter = 2 }", "");
    let own = told("own", "visits = { counter = 2 }", "visits = { online = 3 }");
    let desk = Desk::open(&[("plain", &plain), ("shared", &shared), ("own", &own)]);
    let trips = |id: &str| {
        let report = desk.run(id, 2).report();
        let of = |channel: &str| {
            let it = report.cases[0].channels.iter().find(|it| *it.channel == *channel);
            it.unwrap().flow.trips.as_ref().unwrap().mean()
        };
        [of("counter"), of("online")]
    };
    let [counter, online] = trips("plain");
    assert!(counter > 1.05 && online > 0.05, "{counter} {online}");
    let near = |[counter, online]: [f64; 2], expected: [f64; 2]| {
        let gap = (counter - expected[0]).abs().max((online - expected[1]).abs());
        assert!(gap < 1e-9, "{counter} {online}, not {expected:?}");
    };
    // Who files at the counter is there while it is looked at, a quarter of an hour and a queue.
    let report = desk.run("plain", 2).report();
    let at_office = |channel: &str| {
        let it = report.cases[0].channels.iter().find(|it| *it.channel == *channel);
        it.unwrap().flow.at_office.as_ref().map(|it| it.mean())
    };
    let hours = at_office("counter").unwrap();
    assert!((0.2..1.0).contains(&hours) && at_office("online").is_none(), "{hours}");
    near(trips("shared"), [2.0 * counter - 1.0, 0.0]);
    near(trips("own"), [1.0, 3.0 * online]);
    let printed = desk.scenario("own").print();
    assert!(printed.contains("\nvisits = { counter = 2 }\n"), "{printed}");
    let mut sources = Sources::new();
    sources.add("printed", printed);
    let again = simulate::load(&sources).0;
    assert_eq!(again[0].fingerprint(), desk.scenario("own").fingerprint());
}

/// A queue with one figure or another: customers come 4 an hour on average, and are served in an hour.
fn station(id: &str, until: &str, officers: u16, arrivals: &str) -> String {
    format!(
        "format = 1\n\n[scenario]\nid = \"{id}\"\nname = \"{id}\"\nfrom = 2021-01-01\n\
         until = {until}\nreplications = 5\n\n[pool.clerks]\nroles = [\"clerk\"]\n\
         officers = {officers}\nhours = \"always\"\n\n[step.serve]\n\
         work = {{ exponential = \"1 hour\" }}\n\n[case.customer]\nprocedure = \"one-station\"\n\n\
         [case.customer.arrivals]\n{arrivals}\nhours = \"always\"\n"
    )
}

/// Three hours of work an hour, and ten officers of whom four in ten are away.
#[test]
fn officers_who_are_away_are_not_idle() {
    let text = station("away", "2021-07-01", 10, "rate = \"3 per hour\"");
    let text = text
        .replace("hours = \"always\"\n\n[step", "hours = \"always\"\nabsence = \"40%\"\n\n[step");
    let report = Desk::open(&[("away.toml", &text)]).run("away", 5).report();
    let busy = report.totals.utilisation.unwrap();
    assert!((busy.mean() - 0.5).abs() < 0.02, "{busy:?}");
}

/// On average there are hours for the work, but not in the last months.
#[test]
fn a_queue_that_grows_to_the_end_has_no_mean_wait() {
    let late = "rate = \"4 per hour\"\nby-month = [2, 2, 2, 2, 2, 2, 2, 2, 2, 6, 6, 6]";
    let late = station("late", "2022-01-01", 5, late);
    // The same load in the first months: the queue is worked off before the end.
    let early = "rate = \"4 per hour\"\nby-month = [6, 6, 6, 2, 2, 2, 2, 2, 2, 2, 2, 2]";
    let early = station("early", "2022-01-01", 5, early);
    let full = station("full", "2022-01-01", 5, "rate = \"4.75 per hour\"");
    let desk = Desk::open(&[("late", &late), ("early", &early), ("full", &full)]);
    let report = desk.run("late", 3).report();
    assert!(report.pools[0].unstable && report.pools[0].wait.is_none());
    assert!(report.totals.mean_wait.is_none() && report.suggested_warm_up_days.is_none());
    let comparison = desk.run("late", 3).compare(&desk.run("full", 3)).unwrap();
    assert!(comparison.unstable.len() == 1 && comparison.totals.find(Measure::MeanWait).is_none());
    assert!(comparison.pools[0].differences.find(Measure::MeanWait).is_none());
    let waits = [&comparison.totals, &comparison.cases[0].differences];
    assert!(waits.iter().all(|it| it.find(Measure::WaitPerDossier).is_none()));
    assert!(report.totals.wait_per_dossier.is_none() && report.cases[0].wait_per_dossier.is_none());
    assert!(comparison.totals.find(Measure::MeanSojourn).is_some());
    for id in ["early", "full"] {
        for replications in [1, 5] {
            let report = desk.run(id, replications).report();
            assert!(!report.pools[0].unstable && report.pools[0].wait.is_some(), "{id}");
        }
    }
}

#[test]
fn replications_are_doubled_until_figures_are_precise() {
    let month = station("month", "2021-02-01", 6, "rate = \"4 per hour\"");
    let desk = Desk::open(&[("month", &month)]);
    let model = desk.model("month");
    let runs = Runs { seed: 1, replications: 5, part: Part::WHOLE };
    let to = |wished: &str| {
        let wished = wished.parse().unwrap();
        let summary = simulate::simulate_to(&model, &runs, wished, &|| {});
        (summary.replications(), summary.precision(wished))
    };
    let (many, precision) = to("5%");
    assert!(precision.reached && precision.wide.is_empty(), "{precision:?}");
    assert!([10, 20, 40, 80, 160].contains(&many), "{many}");
    let (most, precision) = to("0.01%");
    assert_eq!((most, precision.reached), (320, false));
    assert!(precision.wide.contains(&Measure::MeanWait), "{precision:?}");
    // What was run first is what a run of so many gives.
    let whole = simulate::simulate(&model, &Runs { replications: many, ..runs }, &|| {});
    let wished = "5%".parse().unwrap();
    assert_eq!(simulate::simulate_to(&model, &runs, wished, &|| {}), whole);
}

/// Of customers who come 4.5 an hour, 68.6 % leave five servers within three hours, 91.8 % six,
/// 94.4 % seven, and 95.0 % are served in that time by whomever they find free (Erlang).
#[test]
fn the_fewest_servers_are_those_of_erlang() {
    let model = fs::read_to_string("procedures/scenarios/reference/one-station.toml").unwrap();
    let model = model.replace("id = \"one-station\"", "id = \"timed-station\"").replace(
        "[state.filed]",
        "[term.decision]\nname = { vi = \"Thời hạn\", en = \"Term\" }\nlimit = \"3 clock hours\"\n\
         starts = [\"file\"]\nassumed = \"part of the model\"\n\n[state.filed]",
    );
    let text = station("timed", "2021-03-01", 5, "rate = \"4.5 per hour\"")
        .replace("one-station", "timed-station");
    let desk = Desk::open(&[("timed-station.toml", &model), ("timed.toml", &text)]);
    assert!(desk.found.is_empty(), "{:?}", desk.found);
    let scenario = desk.scenario("timed");
    let calendar = desk.calendars.iter().find(|it| it.id() == scenario.calendar()).unwrap();
    let (bound, found) = scenario.bind_for_staffing(&desk.procedures, calendar, None);
    let mut bound = bound.unwrap_or_else(|| panic!("{found:?}"));
    let runs = Runs { seed: 1, replications: 10, part: Part::WHOLE };
    for (wished, enough) in [("90%", Some(6)), ("93%", Some(7)), ("96%", None)] {
        let wished = wished.parse().unwrap();
        let staffing = simulate::staff(&mut bound, &runs, wished, &|| {}).unwrap();
        let pool = &staffing.pools[0];
        assert_eq!((pool.given, pool.least, pool.enough), (5, 5, enough), "{staffing:?}");
        assert_eq!(staffing.reached, enough.is_some());
    }
}
