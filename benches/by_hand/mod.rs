//! The reference models as somebody writes them who has nothing but a heap and keyed numbers.

pub(crate) mod pending;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use hoso::id::Id;
use hoso::simulate::random::{Distribution, Key, Law};

use crate::caseload::Desk;

const SERVERS: u32 = 5;
const DAY: i64 = 86_400;

/// Stations of five servers in a row; after the fourth, one in ten goes back to the second.
pub(crate) struct Network {
    stations: usize,
    rate: f64,
    days: [i64; 3],
    // Office sessions, and the first of them that ends after each day begins; none if it never closes.
    sessions: Vec<(i64, i64)>,
    first: Vec<usize>,
    work: Distribution,
    steps: Vec<Id>,
    fourth: Id,
}

/// What a run came to.
pub(crate) struct Outcome {
    pub(crate) events: usize,
    pub(crate) mean_wait: f64,
}

/// A dossier: its luck, when it began to wait, and how often it took each step.
#[derive(Clone, Copy)]
struct Dossier {
    luck: Key,
    ready: i64,
    station: u8,
    // By station; the last one counts how often the fourth sent it back.
    taken: [u16; 7],
    is_redone: bool,
    is_counted: bool,
}

#[derive(Default)]
struct Station {
    queue: VecDeque<u32>,
    busy: u32,
    opens: bool,
}

#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
enum What {
    Arrival,
    Done(u32),
    Opening(u8),
}

/// A run of a network.
struct Run<'n> {
    of: &'n Network,
    heap: BinaryHeap<Reverse<(i64, u32, What)>>,
    planned: u32,
    stations: Vec<Station>,
    dossiers: Vec<Dossier>,
    free: Vec<u32>,
    waits: (u64, i64),
    events: usize,
    now: i64,
}

impl Network {
    pub(crate) fn of(id: &str, desk: &Desk) -> Self {
        let name = |it: &str| Id::parse(it).unwrap();
        let (stations, rate, years) = match id {
            "mm5" => (1, 4.5, (2020, 2022)),
            "rework" => (6, 4.05, (2020, 2022)),
            _ => (6, 0.92, (2018, 2022)),
        };
        let calendar = desk.calendars.iter().find(|it| it.id() == *"hanoi").unwrap();
        let first_of = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let second = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc().timestamp() - 7 * 3600;
        let (from, until) = (first_of(years.0), first_of(years.1));
        let (mut sessions, mut first) = (Vec::new(), Vec::new());
        if id == "rework-office-hours" {
            for day in from.iter_days().take_while(|it| it.year() < 2028) {
                first.push(sessions.len());
                for session in calendar.sessions(day).unwrap() {
                    let at = |it: NaiveTime| second(day) + (it - NaiveTime::MIN).num_seconds();
                    sessions.push((at(session.from()), at(session.until())));
                }
            }
        }
        let mut steps: Vec<Id> = (1..=stations).map(|it| name(&format!("serve-{it}"))).collect();
        steps.push(name("redo"));
        if stations == 1 {
            steps = vec![name("serve")];
        }
        Self {
            stations,
            rate: rate / 3600.0,
            days: [second(from), second(from) + 60 * DAY, second(until)],
            sessions,
            first,
            work: Distribution::new(Law::Exponential { mean: "1 hour".parse().unwrap() }).unwrap(),
            steps,
            fourth: name("station-4"),
        }
    }

    pub(crate) fn run(&self) -> Outcome {
        let mut run = Run {
            of: self,
            heap: BinaryHeap::new(),
            planned: 0,
            stations: (0..self.stations).map(|_| Station::default()).collect(),
            dossiers: Vec::new(),
            free: Vec::new(),
            waits: (0, 0),
            events: 0,
            now: 0,
        };
        run.all();
        let (count, sum) = run.waits;
        Outcome { events: run.events, mean_wait: sum as f64 / count as f64 / 3600.0 }
    }

    /// Returns the session that is open, or that opens next.
    fn session(&self, at: i64) -> usize {
        let mut place = self.first[((at - self.days[0]) / DAY) as usize];
        while self.sessions[place].1 <= at {
            place += 1;
        }
        place
    }

    fn next_open(&self, at: i64) -> i64 {
        if self.sessions.is_empty() { at } else { self.sessions[self.session(at)].0.max(at) }
    }

    fn add(&self, at: i64, seconds: i64) -> i64 {
        if self.sessions.is_empty() {
            return at + seconds;
        }
        let (mut place, mut start, mut left) = (self.session(at), at, seconds);
        loop {
            let room = self.sessions[place].1 - start;
            if left <= room {
                return start + left;
            }
            left -= room;
            place += 1;
            start = self.sessions[place].0;
        }
    }
}

impl Run<'_> {
    fn plan(&mut self, at: i64, what: What) {
        self.heap.push(Reverse((at, self.planned, what)));
        self.planned += 1;
    }

    fn all(&mut self) {
        let of = self.of;
        let office = Key::of_seed(1).number(0).name(&Id::parse("office").unwrap()).number(0);
        let customers = office.name(&Id::parse("customer").unwrap());
        let (arrivals, numbers) = (customers.number(0), customers.number(1));
        let [from, counted, until] = of.days;
        let (mut mass, mut number) = (0.0, 0);
        let mut next = |number: u64| {
            mass -= libm::log(arrivals.uniform(number).get());
            from + (mass / of.rate) as i64
        };
        self.plan(next(0), What::Arrival);
        while let Some(Reverse((now, _, what))) = self.heap.pop() {
            self.now = now;
            match what {
                What::Arrival => {
                    self.events += 1;
                    let luck = numbers.number(number);
                    number += 1;
                    let at = next(number);
                    if at < until {
                        self.plan(at, What::Arrival);
                    }
                    let is_counted = now >= counted;
                    let taken = [0; 7];
                    let dossier = Dossier {
                        luck,
                        ready: now,
                        station: 0,
                        taken,
                        is_redone: false,
                        is_counted,
                    };
                    let place = match self.free.pop() {
                        Some(place) => {
                            self.dossiers[place as usize] = dossier;
                            place
                        }
                        None => {
                            self.dossiers.push(dossier);
                            self.dossiers.len() as u32 - 1
                        }
                    };
                    self.queue(place);
                }
                What::Done(place) => {
                    self.events += 1;
                    let station = usize::from(self.dossiers[place as usize].station);
                    self.stations[station].busy -= 1;
                    self.go_on(place);
                    self.serve(station);
                }
                What::Opening(station) => {
                    self.stations[usize::from(station)].opens = false;
                    self.serve(usize::from(station));
                }
            }
        }
    }

    /// Sends a dossier from the station where it is done to the next one, or away.
    fn go_on(&mut self, place: u32) {
        let dossier = &mut self.dossiers[place as usize];
        let station = usize::from(dossier.station);
        let step = if dossier.is_redone { 6 } else { station };
        dossier.taken[step] += 1;
        if station + 1 == self.of.stations {
            self.free.push(place);
            return;
        }
        dossier.station = if dossier.is_redone { 1 } else { station as u8 + 1 };
        dossier.is_redone = false;
        dossier.ready = self.now;
        self.queue(place);
    }

    fn queue(&mut self, place: u32) {
        let dossier = &mut self.dossiers[place as usize];
        let station = usize::from(dossier.station);
        if station == 3 {
            // It comes here for the first time, and once more for every time it was sent back.
            let visit = u64::from(dossier.taken[3] + dossier.taken[6]) + 1;
            dossier.is_redone = dossier.luck.name(&self.of.fourth).uniform(visit * 4).get() < 0.1;
        }
        self.stations[station].queue.push_back(place);
        self.serve(station);
    }

    fn serve(&mut self, station: usize) {
        let now = self.now;
        loop {
            let it = &mut self.stations[station];
            if it.queue.is_empty() {
                return;
            }
            let opens = self.of.next_open(now);
            if opens > now {
                if !it.opens {
                    it.opens = true;
                    self.plan(opens, What::Opening(station as u8));
                }
                return;
            }
            if it.busy == SERVERS {
                return;
            }
            it.busy += 1;
            let Some(place) = it.queue.pop_front() else { return };
            let dossier = &self.dossiers[place as usize];
            if dossier.is_counted {
                self.waits.0 += 1;
                self.waits.1 += now - dossier.ready;
            }
            let step = if dossier.is_redone { 6 } else { station };
            let visit = u64::from(dossier.taken[step]);
            let luck = dossier.luck.name(&self.of.steps[step]).uniform(visit * 4 + 1);
            let done = self.of.add(now, self.of.work.seconds(luck));
            self.plan(done, What::Done(place));
        }
    }
}
