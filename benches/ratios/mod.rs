//! Medians and ratios: contenders do the same work in one run and must agree on its checksum.
#![allow(
    clippy::allow_attributes,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    dead_code,
    reason = "a bench is where the clock is read, and each reads the one that it needs"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// Contenders for one piece of work; the first one is the limit to which the others are related.
pub(crate) struct Contest {
    title: &'static str,
    // How many queries one call of the work answers.
    queries: u32,
    rows: Vec<(&'static str, f64)>,
    checksum: Option<u64>,
    clock: Clock,
}

/// What a contender's time is.
#[derive(Clone, Copy)]
enum Clock {
    /// What passes on the wall.
    Wall,
    /// What processors spend, whatever else the machine does.
    Processor,
}

impl Contest {
    pub(crate) fn new(title: &'static str, queries: usize) -> Self {
        let queries = u32::try_from(queries).unwrap_or(u32::MAX);
        Self { title, queries, rows: Vec::new(), checksum: None, clock: Clock::Wall }
    }

    /// Counts what processors spend; for long work on one thread.
    pub(crate) fn on_processor(self) -> Self {
        Self { clock: Clock::Processor, ..self }
    }

    /// Measures a contender; its work returns a checksum of the answers.
    pub(crate) fn enter(&mut self, name: &'static str, mut work: impl FnMut() -> u64) {
        let checksum = black_box(work());
        assert_eq!(*self.checksum.get_or_insert(checksum), checksum, "{name} answers otherwise");
        let mut calls = 1;
        while self.clock.time(calls, &mut work) < Duration::from_millis(4) {
            calls *= 2;
        }
        let mut samples: Vec<f64> = (0..21)
            .map(|_| {
                self.clock.time(calls, &mut work).as_secs_f64() * 1e9
                    / f64::from(calls)
                    / f64::from(self.queries)
            })
            .collect();
        samples.sort_by(f64::total_cmp);
        self.rows.push((name, samples.get(10).copied().unwrap_or_default()));
    }

    /// Prints the medians and how they relate to the limit.
    pub(crate) fn print(&self) {
        println!("\n{:<44} {:>10} {:>9}", self.title, "ns", "x limit");
        let limit = self.rows.first().map_or(1.0, |(_, ns)| *ns);
        for (name, ns) in &self.rows {
            println!("{name:<44} {ns:>10.1} {:>9.1}", ns / limit);
        }
    }
}

impl Clock {
    fn time(self, calls: u32, work: &mut impl FnMut() -> u64) -> Duration {
        let (wall, processor) = (Instant::now(), ProcessTime::now());
        for _ in 0..calls {
            black_box(work());
        }
        match self {
            Self::Wall => wall.elapsed(),
            Self::Processor => processor.elapsed(),
        }
    }
}
