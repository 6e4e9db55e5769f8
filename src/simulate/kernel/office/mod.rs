//! One office, from its first second to its last.

mod arrive;
mod finish;
mod serve;
mod wait;

use alloc::vec;
use alloc::vec::Vec;

use crate::definition::Position as _;
use crate::dossier::TermState;
use crate::simulate::kernel::agenda::{Agenda, What};
use crate::simulate::kernel::course::{LENGTH, Onward, draw};
use crate::simulate::kernel::pool::Pool;
use crate::simulate::kernel::slot::{NOBODY, Slot};
use crate::simulate::kernel::tally::Tally;
use crate::simulate::kernel::watch::{Row, RowKind, Watch};
use crate::simulate::model::{CaseModel, Model, OfficeModel, Performer};
use crate::simulate::random::Key;
use arrive::Arriving;
use wait::{gate, later};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// An office while it runs.
struct Office<'m, 'c, W> {
    model: &'m Model<'c>,
    luck: Key,
    agenda: Agenda,
    slots: Vec<Slot>,
    free: Vec<u32>,
    pools: Vec<Pool>,
    arrivals: Vec<Arriving>,
    // Dossiers that wait until their batch is full: first, last, how many; one for each step of each case.
    batches: Vec<Vec<(u32, u32, u16)>>,
    tally: &'m mut Tally,
    watch: &'m mut W,
    buffer: Vec<TermState>,
    now: i64,
}

/// Runs one office of a kind in one replication, and adds what happened to the tally.
pub(crate) fn run<W: Watch>(
    model: &Model<'_>,
    kind: &OfficeModel,
    luck: Key,
    tally: &mut Tally,
    watch: &mut W,
) {
    let pools = model.pools.iter().map(|it| Pool::new(it, model.from, model.until)).collect();
    let batches = model.cases.iter().map(|it| vec![(NOBODY, NOBODY, 0); it.steps.len()]).collect();
    let mut office = Office {
        model,
        luck,
        agenda: Agenda::default(),
        slots: Vec::new(),
        free: Vec::new(),
        pools,
        arrivals: model.cases.iter().map(|it| Arriving::new(luck.name(&it.name))).collect(),
        batches,
        tally,
        watch,
        buffer: Vec::new(),
        now: model.from,
    };
    for &case in &kind.cases {
        office.backlog(case as u32);
        office.plan_arrival(case as u32);
    }
    office.work_off();
    office.close(kind);
}

impl<'m, 'c, W: Watch> Office<'m, 'c, W> {
    fn work_off(&mut self) {
        loop {
            while let Some((now, what)) = self.agenda.next() {
                if now >= self.model.until && !self.model.drains {
                    return;
                }
                self.now = now;
                self.tally.events += 1;
                match what {
                    What::Arrival(case) => self.arrive(case),
                    What::Done(slot) => self.done(slot),
                    What::Ready(slot) => self.ready(slot),
                    What::Filed(slot) => self.advance(slot),
                    What::Turn(pool) => self.turn(pool as usize),
                    What::Opening(pool) => {
                        if let Some(it) = self.pools.get_mut(pool as usize) {
                            it.opens = false;
                        }
                        self.serve(pool as usize);
                    }
                }
            }
            // Whoever waits for a batch to fill when nobody files any more is taken as they are.
            if !self.release_batches() {
                return;
            }
        }
    }

    /// Adds up what only the end shows.
    fn close(&mut self, kind: &OfficeModel) {
        for &place in &kind.pools {
            let (Some(pool), Some(model), Some(tally)) = (
                self.pools.get_mut(place),
                self.model.pools.get(place),
                self.tally.pools.get_mut(place),
            ) else {
                continue;
            };
            let hours =
                model.roster.position(self.model.until) - model.roster.position(self.model.counted);
            tally.open += i128::from(hours) * i128::from(model.officers);
            tally.present += i128::from(model.working(self.model.counted, self.model.until));
            let (area, longest) = pool.waited(self.now.max(self.model.until));
            tally.area += area;
            for (it, waited) in tally.slices.iter_mut().zip(pool.areas()) {
                it.waited += waited;
            }
            tally.longest = tally.longest.max(longest);
        }
    }

    fn case(&self, case: u32) -> Option<&'m CaseModel<'c>> {
        self.model.cases.get(case as usize)
    }

    /// Lets a dossier go on: to its next step, or to its end.
    fn advance(&mut self, place: u32) {
        while self.go_on(place) {}
    }

    /// Begins the next step; returns true when that took no time and the dossier goes on.
    fn go_on(&mut self, place: u32) -> bool {
        let now = self.now;
        let Some(slot) = self.slots.get_mut(place as usize) else { return false };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return false };
        let state = slot.course.state;
        if case.states.get(state.index()).is_none_or(|it| it.is_terminal) {
            self.end(place);
            return false;
        }
        let Onward::Step(step) = slot.course.choose(case) else {
            self.wait_for_expiry(place);
            return false;
        };
        slot.step = step;
        slot.ready = now;
        let Some(model) = case.steps.get(usize::from(step)) else { return false };
        let opens = gate(self.model, model, slot, now);
        if opens > now {
            slot.ready = opens;
            self.agenda.plan(opens, What::Ready(place));
            return false;
        }
        self.begin(place)
    }

    /// Begins a step that nothing hinders any more.
    fn begin(&mut self, place: u32) -> bool {
        let now = self.now;
        let Some(slot) = self.slots.get_mut(place as usize) else { return false };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return false };
        let Some(step) = case.steps.get(usize::from(slot.step)) else { return false };
        match &step.performer {
            Performer::Pool(pool, _) => {
                let pool = *pool;
                if step.batch > 1 {
                    self.gather(place, pool);
                } else {
                    self.queue(place, pool);
                }
                false
            }
            Performer::Outside(length, basis) => {
                let luck = slot.course.luck.name(&step.name);
                let visit = slot.course.times(slot.step);
                let seconds =
                    length.as_ref().map_or(0, |it| it.seconds(luck.uniform(draw(visit, LENGTH))));
                slot.began = now;
                if seconds == 0 {
                    slot.until = now;
                    return self.complete(place);
                }
                let until = later(self.model, *basis, now, seconds);
                slot.until = until.unwrap_or(i64::MAX);
                let ends = slot.expiry.map_or(slot.until, |it| slot.until.min(it.due.max(now) + 1));
                if ends < i64::MAX {
                    self.agenda.plan(ends, What::Done(place));
                } else {
                    self.leave(place);
                }
                false
            }
        }
    }

    /// A dossier that nobody goes on with waits for the end of a term, or for ever.
    fn wait_for_expiry(&mut self, place: u32) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        slot.until = i64::MAX;
        match slot.expiry {
            Some(expiry) => self.agenda.plan(expiry.due.max(self.now) + 1, What::Done(place)),
            None => self.leave(place),
        }
    }

    /// Lets a dossier go that never ends.
    fn leave(&mut self, place: u32) {
        let Some(slot) = self.slots.get(place as usize) else { return };
        if slot.is_counted
            && let Some(tally) = self.tally.cases.get_mut(usize::from(slot.case))
        {
            tally.left += 1;
        }
        self.free.push(place);
    }

    /// A dossier may begin the step that it waited for.
    fn ready(&mut self, place: u32) {
        if self.lapses(place) || self.begin(place) {
            self.advance(place);
        }
    }

    /// A step is done, or a term ended before it.
    fn done(&mut self, first: u32) {
        let Some(slot) = self.slots.get(first as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        let performer = case.steps.get(usize::from(slot.step)).map(|it| &it.performer);
        let pool = match performer {
            Some(Performer::Pool(pool, _)) if slot.until == self.now => Some(*pool),
            _ => None,
        };
        if let Some(it) = pool.and_then(|it| self.pools.get_mut(it)) {
            it.end();
        }
        let mut place = first;
        while place != NOBODY {
            let Some(slot) = self.slots.get_mut(place as usize) else { break };
            let next = core::mem::replace(&mut slot.next, NOBODY);
            let is_done = slot.until == self.now;
            if self.lapses(place) || (is_done && self.complete(place)) {
                self.advance(place);
            }
            place = next;
        }
        if let Some(pool) = pool {
            self.serve(pool);
        }
    }
}

/// Tells of something that happened to a dossier, if it is followed.
#[inline]
fn see<W: Watch>(watch: &mut W, slot: &Slot, at: i64, kind: RowKind) {
    if slot.is_followed {
        watch.see(Row { case: slot.case, number: slot.number, at, kind });
    }
}
