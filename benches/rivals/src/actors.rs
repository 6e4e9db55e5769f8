//! nexosim: every station is a model with a mailbox, on an executor of one thread.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};

use crate::{AGAIN, Network, SERVERS, Waits, exponential, uniform};

/// One service unit is so many seconds, so that nanoseconds part it finely.
const UNIT: f64 = 3_600.0;

#[derive(Serialize, Deserialize)]
struct Source {
    out: Output<()>,
    left: u64,
    rate: f64,
    luck: u64,
}

#[Model]
impl Source {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        let gap = Duration::from_secs_f64(exponential(&mut self.luck, self.rate) * UNIT);
        cx.schedule_event(gap, schedulable!(Self::arrive), ()).unwrap();
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), cx: &Context<Self>) {
        self.left -= 1;
        if self.left > 0 {
            let gap = Duration::from_secs_f64(exponential(&mut self.luck, self.rate) * UNIT);
            cx.schedule_event(gap, schedulable!(Self::arrive), ()).unwrap();
        }
        self.out.send(()).await;
    }
}

#[derive(Serialize, Deserialize)]
struct Station {
    onward: Output<()>,
    back: Output<()>,
    again: f64,
    queue: VecDeque<MonotonicTime>,
    busy: u32,
    luck: u64,
    waits: u64,
    waited: f64,
    #[serde(skip)]
    told: Arc<Mutex<Waits>>,
}

#[Model]
impl Station {
    async fn enter(&mut self, _: (), cx: &Context<Self>) {
        if self.busy == SERVERS {
            self.queue.push_back(cx.time());
            return;
        }
        self.busy += 1;
        self.begin(0.0, cx);
    }

    fn begin(&mut self, waited: f64, cx: &Context<Self>) {
        self.waits += 1;
        self.waited += waited;
        let work = Duration::from_secs_f64(exponential(&mut self.luck, 1.0) * UNIT);
        cx.schedule_event(work, schedulable!(Self::done), ()).unwrap();
    }

    #[nexosim(schedulable)]
    async fn done(&mut self, _: (), cx: &Context<Self>) {
        match self.queue.pop_front() {
            Some(since) => {
                let waited = cx.time().duration_since(since).as_secs_f64() / UNIT;
                self.begin(waited, cx);
            }
            None => self.busy -= 1,
        }
        if self.again > 0.0 && uniform(&mut self.luck) < self.again {
            self.back.send(()).await;
        } else {
            self.onward.send(()).await;
        }
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        let mut told = self.told.lock().unwrap();
        told.count += self.waits;
        told.sum += self.waited;
    }
}

pub(crate) fn run(network: Network) -> Waits {
    let told = Arc::new(Mutex::new(Waits::default()));
    let mailboxes: Vec<Mailbox<Station>> = (0..network.stations).map(|_| Mailbox::new()).collect();
    let mut source =
        Source { out: Output::default(), left: network.dossiers, rate: network.rate, luck: 1 };
    source.out.connect(Station::enter, &mailboxes[0]);
    let stations = (0..network.stations).map(|at| {
        let mut station = Station {
            onward: Output::default(),
            back: Output::default(),
            again: if at == 3 { AGAIN } else { 0.0 },
            queue: VecDeque::new(),
            busy: 0,
            luck: 1_000 + at as u64,
            waits: 0,
            waited: 0.0,
            told: told.clone(),
        };
        if let Some(next) = mailboxes.get(at + 1) {
            station.onward.connect(Station::enter, next);
        }
        if at == 3 {
            station.back.connect(Station::enter, &mailboxes[1]);
        }
        station
    });
    let stations: Vec<Station> = stations.collect();
    let mut bench = SimInit::with_num_threads(1).add_model(source, Mailbox::new(), "source");
    for (at, (station, mailbox)) in stations.into_iter().zip(mailboxes).enumerate() {
        bench = bench.add_model(station, mailbox, &format!("station-{at}"));
    }
    let mut simulation = bench.init(MonotonicTime::EPOCH).unwrap();
    simulation.run().unwrap();
    drop(simulation);
    let waits = *told.lock().unwrap();
    waits
}
