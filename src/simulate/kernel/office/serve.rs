//! How officers take dossiers: batches, queues, and the work itself.

use alloc::vec::Vec;

use super::{DAY, Office};
use crate::simulate::kernel::agenda::What;
use crate::simulate::kernel::clocks;
use crate::simulate::kernel::course::{LENGTH, draw};
use crate::simulate::kernel::slot::NOBODY;
use crate::simulate::kernel::watch::Watch;
use crate::simulate::model::{Performer, Roster, Spot};
use crate::simulate::scenario::Discipline;

impl<W: Watch> Office<'_, '_, W> {
    /// Adds a dossier to its batch, which is taken when it is full.
    pub(super) fn gather(&mut self, place: u32, pool: usize) {
        let Some(slot) = self.slots.get(place as usize) else { return };
        let size = self.model.cases.get(usize::from(slot.case));
        let size =
            size.and_then(|it| it.steps.get(usize::from(slot.step))).map_or(1, |it| it.batch);
        let step = usize::from(slot.step);
        let Some(batch) =
            self.batches.get_mut(usize::from(slot.case)).and_then(|it| it.get_mut(step))
        else {
            return;
        };
        let (first, last, count) = *batch;
        *batch = if count == 0 { (place, place, 1) } else { (first, place, count + 1) };
        let (first, count) = (batch.0, batch.2);
        if count >= size {
            *batch = (NOBODY, NOBODY, 0);
        }
        if let Some(before) = self.slots.get_mut(last as usize).filter(|_| last != NOBODY) {
            before.next = place;
        }
        if count >= size {
            self.queue(first, pool);
        }
    }

    /// Queues every batch that never filled; false when there is none.
    pub(super) fn release_batches(&mut self) -> bool {
        let mut some = false;
        for case in 0..self.batches.len() {
            let steps = self.batches.get(case).map_or(0, Vec::len);
            for step in 0..steps {
                let Some(batch) = self.batches.get_mut(case).and_then(|it| it.get_mut(step)) else {
                    continue;
                };
                let (first, _, count) = core::mem::replace(batch, (NOBODY, NOBODY, 0));
                let model = self.model.cases.get(case).and_then(|it| it.steps.get(step));
                if let (1.., Some(Performer::Pool(pool, _))) =
                    (count, model.map(|it| &it.performer))
                {
                    self.queue(first, *pool);
                    some = true;
                }
            }
        }
        some
    }

    /// Puts a dossier, or a batch by its first, into the queue of a pool.
    pub(super) fn queue(&mut self, place: u32, pool: usize) {
        let (Some(slot), Some(model)) =
            (self.slots.get(place as usize), self.model.pools.get(pool))
        else {
            return;
        };
        let order = match model.discipline {
            Discipline::FirstCome => 0,
            Discipline::DueFirst => clocks::due(slot).unwrap_or(i64::MAX),
            Discipline::Priority => {
                let case = self.model.cases.get(usize::from(slot.case));
                case.map_or(0, |it| i64::from(it.priority))
            }
        };
        if let Some(it) = self.pools.get_mut(pool) {
            it.push(self.now, order, place);
        }
        self.serve(pool);
    }

    /// Lets officers who are free take dossiers, or plans when they come.
    pub(super) fn serve(&mut self, place: usize) {
        let now = self.now;
        let Some(model) = self.model.pools.get(place) else { return };
        loop {
            let Some(pool) = self.pools.get_mut(place).filter(|it| it.is_waited_for()) else {
                return;
            };
            let spot = pool.spot(model, now);
            if let Some(spot) = spot.filter(Spot::is_open) {
                pool.call(model, self.luck, now.div_euclid(DAY));
                if pool.is_free() {
                    let Some(slot) = pool.pop(now) else { return };
                    pool.begin();
                    self.work(slot, place, &spot);
                    continue;
                }
            }
            // Somebody comes later: at the next opening, or when those who are away are back.
            let again = match spot {
                Some(it) if !it.is_open() => Some(it.opens()),
                Some(_) if model.absence > 0.0 => {
                    model.roster.next_open((now.div_euclid(DAY) + 1) * DAY)
                }
                _ => None,
            };
            if let Some(at) = again.filter(|_| !pool.opens) {
                pool.opens = true;
                self.agenda.plan(at, What::Opening(place as u32));
            }
            return;
        }
    }

    /// Begins the work of officers on a dossier, or on a batch.
    fn work(&mut self, first: u32, pool: usize, spot: &Spot<'_>) {
        let now = self.now;
        if self.lapses(first) {
            if let Some(it) = self.pools.get_mut(pool) {
                it.end();
            }
            self.advance(first);
            return;
        }
        let Some(slot) = self.slots.get(first as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        let Some(step) = case.steps.get(usize::from(slot.step)) else { return };
        let Performer::Pool(_, length) = &step.performer else { return };
        let luck = slot.course.luck.name(&step.name);
        let seconds = length.seconds(luck.uniform(draw(slot.course.times(slot.step), LENGTH)));
        let shared = self.pools.get_mut(pool).and_then(|it| it.sharing(spot.position()));
        let is_shared = shared.is_some_and(|(it, _)| {
            it.begin(seconds, first);
            true
        });
        let done = spot.add(seconds).filter(|_| !is_shared);
        if now >= self.model.counted
            && now < self.model.until
            && let Some(it) = self.tally.pools.get_mut(pool)
        {
            it.busy += i128::from(seconds);
            let slice = self.pools.get(pool).and_then(|pool| it.slices.get_mut(pool.slice()));
            if let Some(it) = slice {
                it.worked += i128::from(seconds);
            }
        }
        let mut place = first;
        while let Some(slot) = self.slots.get_mut(place as usize) {
            (slot.began, slot.until) = (now, done.unwrap_or(i64::MAX));
            let wait = now - slot.ready;
            if slot.is_counted {
                let working = spot.since(slot.ready);
                if let Some(it) = self.tally.pools.get_mut(pool) {
                    it.wait.add(wait);
                    it.waits.record(wait);
                    it.working_wait.add(working);
                }
                let tally = self.tally.cases.get_mut(usize::from(slot.case));
                if let Some(tally) = tally {
                    if let Some(it) = tally.steps.get_mut(usize::from(slot.step)) {
                        it.wait.add(wait);
                        it.work.add(seconds);
                    }
                    let profile = slot.course.profile;
                    if case.is_attended(step, profile, slot.course.state)
                        && let Some(it) = tally.channels.get_mut(case.channel(profile))
                    {
                        it.attended.add(working + seconds);
                    }
                }
            }
            place = slot.next;
        }
        // Beyond the calendar nobody works: such a dossier stays open.
        if let Some(done) = done {
            self.agenda.plan(done, What::Done(first));
        }
        if is_shared {
            self.plan_turn(pool, spot.roster());
        }
    }

    /// Plans when the next of the dossiers is done that a pool has in hand.
    fn plan_turn(&mut self, place: usize, roster: &Roster) {
        let at = roster.position(self.now);
        let shared = self.pools.get_mut(place).and_then(|it| it.sharing(at));
        let Some((sharing, officers)) = shared else { return };
        let next = sharing.left(officers).and_then(|it| roster.add(self.now, it));
        if next != sharing.planned {
            sharing.planned = next;
            if let Some(next) = next {
                self.agenda.plan(next, What::Turn(place as u32));
            }
        }
    }

    /// Finishes the dossiers in hand that are done; a turn that is no longer planned is passed over.
    pub(super) fn turn(&mut self, place: usize) {
        let now = self.now;
        let Some(model) = self.model.pools.get(place) else { return };
        let at = model.roster.position(now);
        while let Some((sharing, _)) = self.pools.get_mut(place).and_then(|it| it.sharing(at)) {
            if sharing.planned != Some(now) {
                return;
            }
            let Some(first) = sharing.finish() else { break };
            let mut member = first;
            while let Some(slot) = self.slots.get_mut(member as usize) {
                slot.until = now;
                member = slot.next;
            }
            self.done(first);
        }
        if let Some((sharing, _)) = self.pools.get_mut(place).and_then(|it| it.sharing(at)) {
            sharing.planned = None;
        }
        self.plan_turn(place, &model.roster);
    }
}
