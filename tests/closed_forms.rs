//! Caseloads whose means are known exactly: queues against their closed forms, traces against a hand.
//!
//! A closed form must lie in the interval that holds it with 99.9 % confidence,
//! and that interval must be narrow enough to tell a wrong kernel from a right
//! one. Every form is run twice: for seconds with every other test, and at
//! length, on intervals two and a half times narrower, where somebody asks for it:
//!
//! ```text
//! cargo test --workspace --test closed_forms -- --ignored
//! ```
//!
//! The mean service is ten minutes where nothing else is said, and figures are
//! told in that unit. Sources: L. Kleinrock, *Queueing Systems* I (1975) for
//! M/M/c, M/G/1 and M/G/infinity; J. R. Jackson, *Operations Research* 5 (1957)
//! 518–521; A. Cobham, *Operations Research* 2 (1954) 70–76; J. D. C. Little,
//! *Operations Research* 9 (1961) 383–387.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a test compares means, and fails by panicking"
)]

mod caseload;

use std::fmt::Write as _;

use caseload::{Desk, run};
use chrono::NaiveDateTime;
use expect_test::{Expect, expect};
use hoso::dossier::Happened;
use hoso::simulate::figures::{Confidence, Interval};
use hoso::simulate::random::Key;
use hoso::simulate::{Estimate, History, Report};
use serde_json::Value;

/// How much is run: over which years, how often, and how many times narrower the intervals are.
struct Effort {
    until: &'static str,
    replications: u32,
    narrower: f64,
}

const SHORT: Effort = Effort { until: "2020-01-01", replications: 10, narrower: 1.0 };
/// Eight million dossiers at 4.8 an hour: 1 % of the wait of M/M/1 takes five million.
const LONG: Effort = Effort { until: "2027-12-31", replications: 20, narrower: 2.5 };

/// Runs each form for seconds, and at length where that is asked for.
macro_rules! closed_forms {
    ($($form:ident)*) => {
        $(#[test] fn $form() { forms::$form(&SHORT); })*
        mod at_length {
            use super::{LONG, forms};
            $(#[test] #[ignore = "a minute and a half of a processor"] fn $form() { forms::$form(&LONG); })*
        }
    };
}

closed_forms! {
    one_server two_servers five_servers work_of_one_length work_of_two_stages work_of_heavy_tail
    network_of_jackson chain_of_two_dossiers priorities_of_cobham
    shared_work_of_one_length shared_work_of_heavy_tail batches_that_form passes_of_rework
    suspended_for_one_length suspended_for_long_and_short suspended_without_memory
}

/// Hours in the unit of time: the mean service.
const UNITS: f64 = 6.0;

/// A scenario of one station, day and night.
struct Station {
    officers: u16,
    rate: &'static str,
    step: &'static str,
}

impl Station {
    fn text(&self, effort: &Effort) -> String {
        format!(
            "{}[pool.clerk]\nroles = [\"clerk\"]\nofficers = {}\nhours = \"always\"\n\n\
             [step.serve]\n{}\n\n[case.customer]\nprocedure = \"one-station\"\n\n\
             [case.customer.arrivals]\nrate = \"{} per hour\"\nhours = \"always\"\n",
            head(effort.until, 30),
            self.officers,
            self.step,
            self.rate,
        )
    }

    fn report(&self, effort: &Effort) -> Report {
        report(&self.text(effort), effort)
    }

    fn histories(&self, effort: &Effort) -> Vec<History> {
        let text = self.text(effort);
        Desk::of_models(&[("tested.toml", &text)])
            .model("tested")
            .sample(1, u64::MAX)
            .histories()
            .collect()
    }
}

fn head(until: &str, warm_up: u16) -> String {
    format!(
        "format = 1\n\n[scenario]\nid = \"tested\"\nname = \"tested\"\nfrom = 2018-01-01\n\
         until = {until}\nwarm-up-days = {warm_up}\n\n"
    )
}

fn report(text: &str, effort: &Effort) -> Report {
    let desk = Desk::of_models(&[("tested.toml", text)]);
    run(&desk.model("tested"), effort.replications).report()
}

/// What is judged in a report: figures of the station, and how narrow their intervals must be.
struct Judge<'r>(&'r Report, &'r Effort);

impl Judge<'_> {
    /// A figure in hours, and its closed form in units of the mean service.
    fn time(&self, name: &str, figure: Option<&Estimate>, exact: f64, most: f64) {
        let values: Vec<f64> = figure.unwrap().values().iter().map(|it| it * UNITS).collect();
        self.values(name, &values, exact, most);
    }

    fn share(&self, name: &str, figure: Option<&Estimate>, exact: f64, most: f64) {
        self.values(name, figure.unwrap().values(), exact, most);
    }

    fn values(&self, name: &str, values: &[f64], exact: f64, most: f64) {
        assert_eq!(values.len(), self.1.replications as usize, "{name}");
        let sure = Confidence::new(0.999).unwrap();
        let interval = Interval::of_mean(values, sure).unwrap();
        let (mean, half) = (interval.mean(), interval.half());
        println!("{name}: {mean:.6} ± {half:.6}, exactly {exact:.6}");
        assert!(half < most * exact / self.1.narrower, "{name}: {mean} ± {half} says little");
        assert!(interval.holds(exact), "{name}: {mean} ± {half} is not {exact}");
    }

    /// Waits, sojourns, the queue and the work of the only pool.
    fn queue(&self, load: f64, officers: f64, wait: f64, most: f64) {
        let Self(report, _) = self;
        let pool = &report.pools[0];
        self.time("wait", report.totals.mean_wait.as_ref(), wait, most);
        self.time("wait in the pool", pool.wait.as_ref().map(|it| &it.mean), wait, most);
        self.time("sojourn", report.totals.mean_sojourn.as_ref(), wait + 1.0, most);
        self.share("queue", pool.mean_queue.as_ref(), load * officers * wait, most);
        self.share("work", pool.utilisation.as_ref(), load, 0.02);
    }
}

mod forms {
    use super::*;

    pub(super) fn one_server(effort: &Effort) {
        let step = "work = { exponential = \"10 minutes\" }";
        let report = Station { officers: 1, rate: "4.8", step }.report(effort);
        let judge = Judge(&report, effort);
        judge.queue(0.8, 1.0, 4.0, 0.07);
        let sojourn = report.cases[0].sojourn.as_ref().unwrap();
        judge.time("p50", Some(&sojourn.p50), 3.465_736, 0.07);
        judge.time("p95", Some(&sojourn.p95), 14.978_661, 0.09);
        judge.time("p99", Some(&sojourn.p99), 23.025_851, 0.12);
    }

    pub(super) fn two_servers(effort: &Effort) {
        let step = "work = { exponential = \"10 minutes\" }";
        let report = Station { officers: 2, rate: "9", step }.report(effort);
        Judge(&report, effort).queue(0.75, 2.0, 1.285_714_285_7, 0.06);
    }

    pub(super) fn five_servers(effort: &Effort) {
        let step = "work = { exponential = \"10 minutes\" }";
        let report = Station { officers: 5, rate: "27", step }.report(effort);
        let judge = Judge(&report, effort);
        judge.queue(0.9, 5.0, 1.524_986_441_5, 0.1);
        let wait = report.pools[0].wait.as_ref().unwrap();
        judge.time("p95", Some(&wait.p95), 5.449_141, 0.12);
        judge.time("p99", Some(&wait.p99), 8.668_017, 0.16);
    }

    /// The wait of M/G/1 by the law of the work (F. Pollaczek, A. Y. Khinchine).
    fn one_server_of(step: &'static str, wait: f64, most: f64, effort: &Effort) {
        let report = Station { officers: 1, rate: "4.8", step }.report(effort);
        Judge(&report, effort).queue(0.8, 1.0, wait, most);
    }

    pub(super) fn work_of_one_length(effort: &Effort) {
        one_server_of("work = \"10 minutes\"", 2.0, 0.08, effort);
    }

    pub(super) fn work_of_two_stages(effort: &Effort) {
        one_server_of("work = { erlang = \"10 minutes\", stages = 2 }", 3.0, 0.08, effort);
    }

    pub(super) fn work_of_heavy_tail(effort: &Effort) {
        one_server_of("work = { lognormal = \"10 minutes\", cv = 2 }", 10.0, 0.16, effort);
    }

    /// A dossier that is filed some time after another has ended: a network with a delay, of product form.
    pub(super) fn chain_of_two_dossiers(effort: &Effort) {
        let step = "work = { exponential = \"10 minutes\" }";
        let text = Station { officers: 2, rate: "0.6", step }.text(effort);
        let second = "[case.next]\nprocedure = \"one-station\"\n\n[case.next.arrivals]\n\
                      after = \"customer\"\ngap = { exponential = \"100 minutes\" }\n";
        let report = report(&format!("{text}\n{second}"), effort);
        let judge = Judge(&report, effort);
        let (first, next) = (&report.cases[0], &report.cases[1]);
        assert!(first.mean_chain.is_none());
        judge.time("chain", next.mean_chain.as_ref(), 2.0 * (1.0 + 1.0 / 99.0) + 10.0, 0.05);
        judge.share("work", report.pools[0].utilisation.as_ref(), 0.1, 0.05);
        // They differ by those that were under way when the warm-up ended.
        let closed = |it: &hoso::simulate::CaseReport| it.all.closed.as_ref().unwrap().mean();
        assert!((closed(first) - closed(next)).abs() < 10.0);
    }

    /// Six stations of five servers; after the fourth, one in ten goes back to the second.
    pub(super) fn network_of_jackson(effort: &Effort) {
        let text = include_str!("../procedures/scenarios/reference/rework.toml");
        let text = text
            .replace("id = \"rework\"", "id = \"tested\"")
            .replace("from = 2020-01-01", "from = 2019-02-01")
            .replace("until = 2022-01-01", &format!("until = {}", effort.until))
            .replace("\"1 hour\"", "\"10 minutes\"")
            .replace("4.05 per hour", "24.3 per hour");
        let report = report(&text, effort);
        let judge = Judge(&report, effort);
        judge.time("sojourn", report.totals.mean_sojourn.as_ref(), 13.227_840_837, 0.05);
        judge.time("wait", report.totals.mean_wait.as_ref(), 1.088_606_448, 0.08);
        let (light, heavy) = ((0.603_740, 6.495_146), (1.524_986, 11.362_439));
        let exact = [light, heavy, heavy, heavy, light, light];
        let case = &report.cases[0];
        for (number, (wait, dossiers)) in (1..).zip(exact) {
            let pool = report.pools.iter().find(|it| it.pool == *format!("station-{number}"));
            let mean = pool.unwrap().wait.as_ref().map(|it| &it.mean);
            judge.time(&format!("wait at {number}"), mean, wait, 0.15);
            let state = case.states.iter().find(|it| it.state == *format!("station-{number}"));
            let state = state.unwrap();
            let (filed, stays) = (case.all.filed.as_ref(), state.stays.as_ref());
            let (filed, stays) = (filed.unwrap().values(), stays.unwrap().values());
            let stay = state.mean_stay.as_ref().unwrap().values();
            let there = filed.iter().zip(stays).zip(stay);
            let there: Vec<f64> =
                there.map(|((filed, stays), stay)| filed * stays * stay / report.hours).collect();
            judge.values(&format!("dossiers at {number}"), &there, dossiers, 0.1);
        }
        let visits = (0..effort.replications as usize).map(|replication| {
            let times = case.steps.iter().map(|it| it.times.as_ref().unwrap().values());
            times.map(|it| it[replication]).sum()
        });
        let visits: Vec<f64> = visits.collect();
        judge.values("visits", &visits, 6.333_333_333, 0.005);
    }

    /// Two classes, the first taken first, and no work interrupted.
    pub(super) fn priorities_of_cobham(effort: &Effort) {
        let class = |name: &str, priority: u8, rate: &str| {
            format!(
                "[case.{name}]\nprocedure = \"one-station\"\npriority = {priority}\n\n\
                 [case.{name}.arrivals]\nrate = \"{rate} per hour\"\nhours = \"always\"\n\n"
            )
        };
        let text = format!(
            "{}[pool.clerk]\nroles = [\"clerk\"]\nofficers = 1\nhours = \"always\"\n\
             discipline = \"priority\"\n\n[step.serve]\nwork = {{ exponential = \"10 minutes\" }}\n\n{}{}",
            head(effort.until, 30),
            class("first", 1, "1.8"),
            class("second", 2, "3"),
        );
        let report = report(&text, effort);
        let judge = Judge(&report, effort);
        for (name, wait, most) in
            [("first", 1.142_857_142_9, 0.03), ("second", 5.714_285_714_3, 0.08)]
        {
            let case = report.cases.iter().find(|it| it.case == *name).unwrap();
            judge.time(name, case.steps[0].mean_wait.as_ref(), wait, most);
        }
        // What one class gains the other loses (L. Kleinrock's conservation law).
        judge.queue(0.8, 1.0, 4.0, 0.07);
    }

    /// An officer who takes up all dossiers at once keeps each as long, whatever the law of work.
    fn shared(step: &'static str, effort: &Effort) {
        let text = Station { officers: 1, rate: "4.2", step }.text(effort);
        let text = text.replace("officers = 1", "officers = 1\nat-once = 200");
        let report = report(&text, effort);
        let judge = Judge(&report, effort);
        judge.time("sojourn", report.totals.mean_sojourn.as_ref(), 1.0 / 0.3, 0.05);
        judge.share("work", report.pools[0].utilisation.as_ref(), 0.7, 0.02);
    }

    pub(super) fn shared_work_of_one_length(effort: &Effort) {
        shared("work = \"10 minutes\"", effort);
    }

    pub(super) fn shared_work_of_heavy_tail(effort: &Effort) {
        shared("work = { lognormal = \"10 minutes\", cv = 2 }", effort);
    }

    /// Ten are taken together; the first waits for nine more.
    pub(super) fn batches_that_form(effort: &Effort) {
        let step = "batch = 10\nwork = \"10 minutes\"";
        let report = Station { officers: 50, rate: "12", step }.report(effort);
        Judge(&report, effort).time("wait", report.totals.mean_wait.as_ref(), 2.25, 0.02);
    }

    /// One in ten goes back: passes are geometric, and so is their spread.
    pub(super) fn passes_of_rework(effort: &Effort) {
        let desk = Desk::of_models(&[]);
        let each = 4_000.0 * effort.narrower * effort.narrower;
        let model = desk.model("rework");
        let sample = model.sample(1, u64::MAX);
        let histories: Vec<History> = sample.histories().take(each as usize).collect();
        let passes = |it: &History| {
            let taken = it.events().iter().filter(|it| match it.happened() {
                Happened::Moved(moved) => moved.transition == *"serve-2",
                _ => false,
            });
            taken.count() as f64
        };
        let passes: Vec<f64> = histories.iter().map(passes).collect();
        assert_eq!(passes.len(), each as usize);
        let again: f64 = 0.1;
        let (mean, variance) = (1.0 / (1.0 - again), again / (1.0 - again).powi(2));
        let (found_mean, found_variance) = spread(&passes);
        // Excess of the fourth moment of a geometric variate: 6 + (1-p)^2/p.
        let excess = 6.0 + (1.0 - again).powi(2) / again;
        near("mean", found_mean, mean, (variance / each).sqrt());
        near("variance", found_variance, variance, variance * ((excess + 2.0) / each).sqrt());
    }

    /// How many wait for the applicant: a Poisson number, whatever the law of the wait.
    fn suspended(step: &'static str, effort: &Effort) {
        let histories = Station { officers: 1, rate: "2", step }.histories(effort);
        let spans: Vec<(i64, i64)> = histories.iter().map(span).collect();
        let first = spans.iter().map(|it| it.0).min().unwrap();
        let last = spans.iter().map(|it| it.0).max().unwrap();
        // Once a day is so seldom that no count knows of the one before.
        let (day, warm) = (86_400, 30 * 86_400);
        let moments = (first + warm..last - warm).step_by(day as usize);
        let mut counts = vec![0.0; moments.clone().count()];
        for (from, until) in spans {
            let before = |at: i64| (at - first - warm + day - 1).div_euclid(day).max(0) as usize;
            counts[before(from).min(moments.clone().count())..]
                .iter_mut()
                .take(before(until).saturating_sub(before(from)))
                .for_each(|it| *it += 1.0);
        }
        let days = counts.len() as f64;
        assert!(days > 300.0 * effort.narrower, "{days}");
        let exact: f64 = 10.0;
        let (mean, variance) = spread(&counts);
        near("mean", mean, exact, (exact / days).sqrt());
        // The fourth moment of a Poisson number exceeds that of a normal one by its mean.
        near("variance", variance, exact, ((2.0 * exact * exact + exact) / days).sqrt());
    }

    pub(super) fn suspended_for_one_length(effort: &Effort) {
        suspended("wait = \"5 hours\"", effort);
    }

    pub(super) fn suspended_for_long_and_short(effort: &Effort) {
        suspended("wait = { lognormal = \"5 hours\", cv = 0.8 }", effort);
    }

    pub(super) fn suspended_without_memory(effort: &Effort) {
        suspended("wait = { exponential = \"5 hours\" }", effort);
    }
}

/// A figure of independent dossiers lies within 3.3 standard errors, as 99.9 % of such figures do.
fn near(name: &str, found: f64, exact: f64, error: f64) {
    println!("{name}: {found:.6} of {exact:.6} ± {:.6}", 3.3 * error);
    assert!((found - exact).abs() < 3.3 * error, "{name}: {found} is not {exact} ± {error}");
}

fn spread(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|it| (it - mean).powi(2)).sum();
    (mean, squares / (count - 1.0))
}

/// Returns when a dossier was filed, and when it was closed.
fn span(history: &History) -> (i64, i64) {
    let events = history.events();
    let [first, last] = [events.first(), events.last()].map(|it| it.unwrap().at().timestamp());
    (first, last)
}

/// A calendar of the offices that pause at half past eleven.
const CALENDAR: &str = r#"format = 1

[calendar]
id = "with-pause"
name = "with-pause"
extends = "vietnam"
session = [
  { days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "07:30", until = "11:30" },
  { days = ["monday", "tuesday", "wednesday", "thursday", "friday"], from = "13:00", until = "17:00" },
]
"#;

/// A scenario of one officer in office hours, to whom dossiers come at given moments.
fn trace(days: [&str; 2], work: &str, moments: &[&str], table: &Expect) {
    let text = format!(
        "format = 1\n\n[scenario]\nid = \"tested\"\nname = \"tested\"\ncalendar = \"with-pause\"\n\
         from = {}\nuntil = {}\n\n[pool.clerk]\nroles = [\"clerk\"]\nofficers = 1\n\n\
         [step.serve]\nwork = \"{work}\"\n\n[case.customer]\nprocedure = \"one-station\"\n\n\
         [case.customer.arrivals]\nat = [{}]\n",
        days[0],
        days[1],
        moments.join(", "),
    );
    let desk = Desk::of_models(&[("pause.toml", CALENDAR), ("tested.toml", &text)]);
    let histories: Vec<History> = desk.model("tested").sample(1, u64::MAX).histories().collect();
    let mut rows = String::new();
    for history in &histories {
        let (events, began) = (history.events(), history.began());
        let served = events.len() - 1;
        let filed = events[0].at().format("%a %d/%m %H:%M:%S");
        let began = began[served].unwrap().format("%a %d/%m %H:%M:%S");
        let done = events[served].at().format("%a %d/%m %H:%M:%S %:z");
        writeln!(rows, "{filed} | {began} | {done}").unwrap();
    }
    table.assert_eq(&rows);
}

/// Two hours of work each, over the pause, a weekend, and National Day with the day before it.
#[test]
fn fixed_work_crosses_pause_weekend_and_holiday() {
    trace(
        ["2025-08-25", "2025-09-08"],
        "2 hours",
        &[
            "2025-08-28T09:30:00",
            "2025-08-28T09:31:00",
            "2025-08-29T09:00:00",
            "2025-08-29T09:30:00",
            "2025-08-29T16:30:00",
            "2025-08-30T10:00:00",
            "2025-09-01T09:00:00",
            "2025-09-03T07:30:00",
        ],
        &expect![[r#"
            Thu 28/08 09:30:00 | Thu 28/08 09:30:00 | Thu 28/08 11:30:00 +07:00
            Thu 28/08 09:31:00 | Thu 28/08 13:00:00 | Thu 28/08 15:00:00 +07:00
            Fri 29/08 09:00:00 | Fri 29/08 09:00:00 | Fri 29/08 11:00:00 +07:00
            Fri 29/08 09:30:00 | Fri 29/08 11:00:00 | Fri 29/08 14:30:00 +07:00
            Fri 29/08 16:30:00 | Fri 29/08 16:30:00 | Wed 03/09 09:00:00 +07:00
            Sat 30/08 10:00:00 | Wed 03/09 09:00:00 | Wed 03/09 11:00:00 +07:00
            Mon 01/09 09:00:00 | Wed 03/09 11:00:00 | Wed 03/09 14:30:00 +07:00
            Wed 03/09 07:30:00 | Wed 03/09 14:30:00 | Wed 03/09 16:30:00 +07:00
        "#]],
    );
}

/// Monday 29 April 2019 was off for Saturday 4 May, on which offices worked.
#[test]
fn fixed_work_crosses_a_swapped_saturday() {
    trace(
        ["2019-04-22", "2019-05-13"],
        "90 minutes",
        &["2019-04-26T16:00:01", "2019-05-03T16:59:59", "2019-05-04T17:00:00"],
        &expect![[r#"
            Fri 26/04 16:00:01 | Fri 26/04 16:00:01 | Thu 02/05 08:00:01 +07:00
            Fri 03/05 16:59:59 | Fri 03/05 16:59:59 | Sat 04/05 08:59:59 +07:00
            Sat 04/05 17:00:00 | Mon 06/05 07:30:00 | Mon 06/05 09:00:00 +07:00
        "#]],
    );
}

/// Arrivals, work and officers on one calendar are the queue that never closes, second for second.
#[test]
fn a_calendar_changes_the_clock_and_not_the_queue() {
    // Working seconds at which dossiers come: the gaps of a Poisson process of 4.5 an hour.
    let luck = Key::of_seed(5);
    let gaps = (0..1_900).map(|it| (-800.0 * luck.uniform(it).get().ln()) as i64);
    let seconds: Vec<i64> = gaps
        .scan(0, |at, gap| {
            *at += gap;
            Some(*at)
        })
        .collect();
    let start: NaiveDateTime = "2019-01-01T00:00:00".parse().unwrap();
    let open = |second: i64| start + chrono::TimeDelta::seconds(second);
    let desk = Desk::of_models(&[("pause.toml", CALENDAR)]);
    let calendar = desk.calendars.iter().find(|it| it.id() == *"with-pause").unwrap();
    let days = start.date().iter_days().take(1_500);
    let sessions: Vec<(NaiveDateTime, i64)> = days
        .flat_map(|day| {
            let sessions = calendar.sessions(day).unwrap();
            let midnight = day.and_time(chrono::NaiveTime::MIN);
            let spans = sessions.iter().map(move |it| {
                let opens = midnight.date().and_time(it.from());
                (opens, (it.until() - it.from()).num_seconds())
            });
            spans.collect::<Vec<_>>()
        })
        .collect();
    let shut = |second: i64| {
        let mut left = second;
        for (opens, length) in &sessions {
            if left < *length {
                return *opens + chrono::TimeDelta::seconds(left);
            }
            left -= length;
        }
        start
    };
    let tally = |hours: &str, clock: &dyn Fn(i64) -> NaiveDateTime| {
        let at: Vec<String> =
            seconds.iter().map(|it| clock(*it).format("%Y-%m-%dT%H:%M:%S").to_string()).collect();
        let text = format!(
            "format = 1\n\n[scenario]\nid = \"tested\"\nname = \"tested\"\ncalendar = \"with-pause\"\n\
             from = 2019-01-01\nuntil = 2023-01-01\n\n[pool.clerk]\nroles = [\"clerk\"]\n\
             officers = 5\nhours = \"{hours}\"\n\n[step.serve]\n\
             work = {{ exponential = \"1 hour\" }}\n\n[case.customer]\nprocedure = \"one-station\"\n\n\
             [case.customer.arrivals]\nat = [{}]\n",
            at.join(", "),
        );
        let desk = Desk::of_models(&[("pause.toml", CALENDAR), ("tested.toml", &text)]);
        let counts = serde_json::to_value(run(&desk.model("tested"), 2)).unwrap();
        let pools = counts["replications"].as_array().unwrap().iter().map(|it| &it[1]["pools"][0]);
        let of = |it: &Value| (it["working-wait"].clone(), it["busy"].clone());
        (pools.clone().map(of).collect::<Vec<_>>(), sum(&pools.clone().next().unwrap()["wait"]))
    };
    let (open, _) = tally("always", &open);
    let (shut, by_the_clock) = tally("office", &shut);
    assert_eq!(open, shut);
    assert_eq!(open[0].0["count"], 1_900);
    let working = sum(&open[0].0);
    assert!(working > 1_000_000 && by_the_clock > 2 * working, "{working} {by_the_clock}");
}

/// Returns a sum of seconds, which is stored as a text of digits.
fn sum(moments: &Value) -> i128 {
    moments["sum"].as_str().unwrap().parse().unwrap()
}

/// Little's law is no estimate: seconds counted by the queue are seconds counted by its dossiers.
#[test]
fn queues_count_the_seconds_that_dossiers_count() {
    let ward = include_str!("fixture/ward.toml");
    let by_due_date = include_str!("../procedures/scenarios/reference/rework-office-hours.toml")
        .replace("hours = \"office\"", "hours = \"office\"\ndiscipline = \"due-first\"")
        .replace("id = \"rework-office-hours\"", "id = \"by-due-date\"");
    let tested = |id: &str| format!("tested-{id}");
    let from_the_start = |text: &str| {
        text.replace("warm-up-days = 60\n", "").replace("until = 2022", "until = 2021")
    };
    let texts = [
        ("mm5", include_str!("../procedures/scenarios/reference/mm5.toml")),
        ("rework", include_str!("../procedures/scenarios/reference/rework.toml")),
        ("by-due-date", &by_due_date),
        ("ward", ward),
    ]
    .map(|(id, text)| {
        let named = format!("id = \"{}\"", tested(id));
        (id, from_the_start(text).replace(&format!("id = \"{id}\""), &named))
    });
    let texts = texts.each_ref().map(|(id, text)| (*id, text.as_str()));
    let desk = Desk::open(&texts);
    for (id, _) in texts {
        let counts = serde_json::to_value(run(&desk.model(&tested(id)), 2)).unwrap();
        for replication in counts["replications"].as_array().unwrap() {
            let tally = &replication[1];
            for pool in tally["pools"].as_array().unwrap() {
                let area = pool["area"].as_i64().unwrap();
                assert!(area > 0, "{id}");
                assert_eq!(i128::from(area), sum(&pool["wait"]), "{id}");
            }
            for case in tally["cases"].as_array().unwrap() {
                let stays = case["states"].as_array().unwrap().iter().map(sum);
                let flows = case["channels"].as_array().unwrap();
                assert_eq!(stays.sum::<i128>(), flows.iter().map(|it| sum(&it["whole"])).sum());
                let waits = case["steps"].as_array().unwrap().iter().map(|it| sum(&it["wait"]));
                assert!(waits.sum::<i128>() > 0, "{id}");
            }
        }
    }
}

/// One thread or two: the same bytes, over replications and over offices.
#[cfg(feature = "parallel")]
#[test]
fn threads_change_no_byte() {
    let offices = include_str!("../procedures/scenarios/reference/rework-office-hours.toml")
        .replace("id = \"rework-office-hours\"", "id = \"offices\"")
        .replace("until = 2022-01-01", "until = 2018-04-01")
        .replace("[pool.station-1]", "[office.ward]\ncount = 30\n\n[pool.station-1]");
    let desk = Desk::of_models(&[("offices.toml", &offices)]);
    for (id, replications) in [("mm5", 4), ("rework", 3), ("offices", 2)] {
        let model = desk.model(id);
        let bytes = |threads| {
            let go = || serde_json::to_string(&run(&model, replications)).unwrap();
            hoso::simulate::on_threads(threads, go)
        };
        let alone = bytes(1);
        assert!(alone.len() > 1_000, "{id}");
        assert!(alone == bytes(2), "{id}");
    }
}
