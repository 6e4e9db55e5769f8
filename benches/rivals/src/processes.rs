//! odem-rs: every dossier is a process that waits for a server, works and goes on.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::Waker;

use odem_rs::core::ops::waker;
use odem_rs::prelude::*;

use crate::{AGAIN, Network, SERVERS, Waits, exponential, uniform};

#[derive(Config, Default)]
struct Office {
    stations: [Station; 6],
    luck: Cell<u64>,
    waits: Cell<Waits>,
}

struct Station {
    free: Cell<u32>,
    queue: RefCell<VecDeque<Waker>>,
}

impl Default for Station {
    fn default() -> Self {
        Self { free: Cell::new(SERVERS), queue: RefCell::default() }
    }
}

impl Office {
    fn draw<T>(&self, draw: impl FnOnce(&mut u64) -> T) -> T {
        let mut state = self.luck.get();
        let drawn = draw(&mut state);
        self.luck.set(state);
        drawn
    }
}

struct Dossier {
    stations: usize,
}

impl Behavior<Office> for Dossier {
    type Output = ();

    async fn actions(&self, sim: &Sim<Office>) {
        let office = sim.global();
        let mut at = 0;
        while at < self.stations {
            let station = &office.stations[at];
            let since = sim.now();
            match station.free.get() {
                0 => {
                    let waker = waker().await;
                    station.queue.borrow_mut().push_back(waker);
                    sleep().await;
                }
                free => station.free.set(free - 1),
            }
            let Waits { count, sum } = office.waits.get();
            office.waits.set(Waits { count: count + 1, sum: sum + (sim.now() - since) });
            sim.advance(office.draw(|it| exponential(it, 1.0))).await;
            // The server goes to whoever waits longest.
            let next = station.queue.borrow_mut().pop_front();
            match next {
                Some(next) => next.wake(),
                None => station.free.set(station.free.get() + 1),
            }
            let back = at == 3 && office.draw(uniform) < AGAIN;
            at = if back { 1 } else { at + 1 };
        }
    }
}

async fn arrivals(sim: &Sim<Office>, network: Network) {
    for _ in 0..network.dossiers {
        sim.advance(sim.global().draw(|it| exponential(it, network.rate))).await;
        sim.spawn(Dossier { stations: network.stations });
    }
    // Whoever is still there is served.
    sim.advance(1_000.0).await;
}

pub(crate) fn run(network: Network) -> Waits {
    let office = simulation(async |sim: &Sim<Office>| arrivals(sim, network).await).unwrap();
    office.waits.get()
}
