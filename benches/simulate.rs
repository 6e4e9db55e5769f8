//! Caseloads of the reference models, beside a heap simulation written by hand for each of them.
//!
//! The limit draws the same keyed uniform numbers, so that every dossier has
//! the same luck and both must come to the same mean wait, bit for bit. It
//! knows one model, keeps one sum, and has no definition, term, state or
//! quantile. Nanoseconds are those that the processor spends on one logical event: an arrival, or the end
//! of a step. `cargo bench --features simulate --bench simulate -- city` runs
//! twelve million dossiers of six steps in six hundred offices on one core.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench reads its arguments, stops when its work cannot be done, and compares times"
)]

mod by_hand;
#[path = "../tests/caseload/mod.rs"]
mod caseload;
mod ratios;

use by_hand::pending::{FourChildren, Pending, PopAndPush, Sorted, TopReplaced};
use caseload::Desk;
use hoso::simulate::{self, Model, Part, Runs};
use ratios::Contest;

/// Three years, each case in 600 offices, as many dossiers as Hà Nội takes in.
const OFFICES: &str = "[office.ward]\ncount = 600\n\n[pool.station-1]";

fn main() {
    let office_hours = include_str!("../procedures/scenarios/reference/rework-office-hours.toml");
    if std::env::args().any(|it| it == "city") {
        return city(office_hours);
    }
    let desk = Desk::of_models(&[]);
    for id in ["mm5", "rework", "rework-office-hours"] {
        let model = desk.model(id);
        let hand = by_hand::Network::of(id, &desk);
        let by_hand::Outcome { events, mean_wait: wait } = hand.run();
        let mut contest = Contest::new(title(id), events).on_processor();
        contest
            .enter("limit: heap by hand, the same keyed luck", || hand.run().mean_wait.to_bits());
        contest.enter("hoso: the scenario, every figure", || mean_wait(&model).to_bits());
        contest.enter("hoso: with a row for all that happens", || {
            let sample = model.sample(1, u64::MAX);
            assert!(sample.sampled()[0].kept > 10_000);
            wait.to_bits()
        });
        contest.print();
    }
    for (title, pending) in [("pending: 7", 7), ("pending: 31", 31), ("pending: 3,000", 3_000)] {
        let mut contest = Contest::new(title, HOLDS).on_processor();
        contest.enter("heap of two, popped and pushed", || holds::<PopAndPush>(pending));
        contest.enter("heap of two, top replaced", || holds::<TopReplaced>(pending));
        contest.enter("heap of four, top replaced", || holds::<FourChildren>(pending));
        contest.enter("sorted array", || holds::<Sorted>(pending));
        contest.print();
    }
}

/// How often the least is taken.
const HOLDS: usize = 100_000;

fn holds<P: Pending>(pending: u64) -> u64 {
    by_hand::pending::hold::<P>(pending, HOLDS as u64)
}

fn title(id: &str) -> &'static str {
    match id {
        "mm5" => "A: M/M/5, per event",
        "rework" => "B: six stations with rework, per event",
        _ => "C: the same in office hours, per event",
    }
}

/// Runs one replication and returns the mean wait in hours.
fn mean_wait(model: &Model<'_>) -> f64 {
    let summary = run(model);
    summary.report().totals.mean_wait.unwrap().mean()
}

fn run(model: &Model<'_>) -> simulate::Summary {
    let runs = Runs { seed: 1, replications: 1, part: Part::WHOLE };
    simulate::simulate(model, &runs, &|| {})
}

/// Twelve million dossiers: as many as Hà Nội takes in within three years, in six hundred offices.
fn city(text: &str) {
    let text = text
        .replace("id = \"rework-office-hours\"", "id = \"city\"")
        .replace("from = 2018-01-01", "from = 2019-01-01")
        .replace("warm-up-days = 60\n", "")
        .replace("0.92 per hour", "0.761 per hour")
        .replace("[pool.station-1]", OFFICES);
    let desk = Desk::of_models(&[("city.toml", &text)]);
    let model = desk.model("city");
    let start = cpu_time::ProcessTime::now();
    let report = run(&model).report();
    let seconds = start.elapsed().as_secs_f64();
    let dossiers = report.totals.filed.unwrap().mean();
    let events = report.totals.events as f64;
    println!(
        "{dossiers} dossiers, {events} events: {seconds:.1} s, {:.1} M events/s",
        events / seconds / 1e6
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|it| it.starts_with("VmHWM"));
        println!("{}", peak.unwrap_or_default());
    }
}
