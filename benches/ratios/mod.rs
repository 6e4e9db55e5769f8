//! Medians and ratios: contenders do the same work in one run and must agree on its checksum.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a bench is where the clock is read"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Contenders for one piece of work; the first one is the limit to which the others are related.
pub(crate) struct Contest {
    title: &'static str,
    // How many queries one call of the work answers.
    queries: u32,
    rows: Vec<(&'static str, f64)>,
    checksum: Option<u64>,
}

impl Contest {
    pub(crate) fn new(title: &'static str, queries: usize) -> Self {
        let queries = u32::try_from(queries).unwrap_or(u32::MAX);
        Self { title, queries, rows: Vec::new(), checksum: None }
    }

    /// Measures a contender; its work returns a checksum of the answers.
    pub(crate) fn enter(&mut self, name: &'static str, mut work: impl FnMut() -> u64) {
        let checksum = black_box(work());
        assert_eq!(*self.checksum.get_or_insert(checksum), checksum, "{name} answers otherwise");
        let mut calls = 1;
        while time(calls, &mut work) < Duration::from_millis(4) {
            calls *= 2;
        }
        let mut samples: Vec<f64> = (0..21)
            .map(|_| {
                time(calls, &mut work).as_secs_f64() * 1e9
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

fn time(calls: u32, work: &mut impl FnMut() -> u64) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(work());
    }
    start.elapsed()
}
