//! Models A and B in odem-rs and nexosim, on one thread, as their own examples are written.
//!
//! Each prints the nanoseconds that the processor spends on a dossier and the
//! mean wait of a visit, which must be near 1.525 and 1.089.

mod actors;
mod processes;

use std::time::Duration;

/// A network of stations with five servers each; after the fourth, one in ten goes back to the second.
#[derive(Clone, Copy)]
pub(crate) struct Network {
    pub(crate) stations: usize,
    pub(crate) rate: f64,
    pub(crate) dossiers: u64,
}

/// Waits of visits, in units of the mean service.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Waits {
    pub(crate) count: u64,
    pub(crate) sum: f64,
}

pub(crate) const SERVERS: u32 = 5;
pub(crate) const AGAIN: f64 = 0.1;

/// Returns the next number of a SplitMix64, between zero and one.
pub(crate) fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((word ^ (word >> 31)) >> 12) as f64 / (1_u64 << 52) as f64
}

pub(crate) fn exponential(state: &mut u64, rate: f64) -> f64 {
    -(1.0 - uniform(state)).ln() / rate
}

fn main() {
    let a = Network { stations: 1, rate: 4.5, dossiers: 500_000 };
    let b = Network { stations: 6, rate: 4.05, dossiers: 100_000 };
    for (model, network) in [("A", a), ("B", b)] {
        measure(model, "odem-rs", network, processes::run);
        measure(model, "nexosim", network, actors::run);
    }
}

fn measure(model: &str, name: &str, network: Network, run: fn(Network) -> Waits) {
    let mut times = Vec::new();
    let mut waits = Waits::default();
    for _ in 0..3 {
        let start = cpu_time::ProcessTime::now();
        waits = run(network);
        times.push(start.elapsed());
    }
    times.sort();
    let each =
        times.get(1).map_or(Duration::ZERO, |it| *it).as_secs_f64() * 1e9 / network.dossiers as f64;
    println!("{model} {name} {each:.0} {:.4}", waits.sum / waits.count as f64);
}
