//! One office, from its first second to its last.

use alloc::vec;
use alloc::vec::Vec;

use super::agenda::{Agenda, What};
use super::clocks::{self, Expiry};
use super::course::{LATE_ANSWER, LENGTH, Onward, SILENCE, draw};
use super::pool::Pool;
use super::slot::{NOBODY, Slot};
use super::tally::Tally;
use super::watch::{self, Row, RowKind, Watch};
use crate::calendar::Weekday;
use crate::definition::{Act, Position as _, Silence, StateIdx};
use crate::dossier::TermState;
use crate::simulate::model::{
    AGE, Arrivals, CaseModel, Cursor, DELAY, Model, OfficeModel, PAYMENT, Performer, Roster, Spot,
    StepModel,
};
use crate::simulate::random::Key;
use crate::simulate::scenario::{Basis, Discipline};

/// Seconds of a day.
const DAY: i64 = 86_400;

// What the luck of a kind of case in an office is for.
const ARRIVALS: u64 = 0;
const DOSSIERS: u64 = 1;
const BACKLOG: u64 = 2;

/// An office while it runs.
struct Office<'m, 'c, W> {
    model: &'m Model<'c>,
    luck: Key,
    agenda: Agenda,
    slots: Vec<Slot>,
    free: Vec<u32>,
    pools: Vec<Pool>,
    arrivals: Vec<Cursor>,
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
        arrivals: vec![Cursor::default(); model.cases.len()],
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

    fn plan_arrival(&mut self, case: u32) {
        let Some(model) = self.case(case) else { return };
        let luck = self.luck.name(&model.name).number(ARRIVALS);
        let Some(cursor) = self.arrivals.get_mut(case as usize) else { return };
        let next = model.arrivals.next(cursor, |it| luck.uniform(it));
        if let Some(at) = next.filter(|it| *it < self.model.until) {
            self.agenda.plan(at, What::Arrival(case));
        }
    }

    fn arrive(&mut self, case: u32) {
        let number = self.arrivals.get(case as usize).map_or(0, |it| it.count) - 1;
        self.plan_arrival(case);
        let Some(model) = self.case(case) else { return };
        let luck = self.luck.name(&model.name).number(DOSSIERS).number(number);
        let place = self.open(case, number, luck, model.filed, self.now);
        self.advance(place);
    }

    /// Puts dossiers into the office that were there before the run.
    fn backlog(&mut self, case: u32) {
        let Some(model) = self.case(case) else { return };
        let luck = self.luck.name(&model.name).number(BACKLOG);
        let mut number = 0;
        for &(state, count) in &model.backlog {
            for _ in 0..count {
                let luck = luck.number(number);
                let age = model.backlog_age.as_ref().map_or(0, |it| it.seconds(luck.uniform(AGE)));
                let place =
                    self.open(case, watch::BACKLOG + number, luck, state, self.model.from - age);
                self.accept_backlog(place);
                self.advance(place);
                number += 1;
            }
        }
    }

    /// Takes a place for a new dossier.
    fn open(&mut self, case: u32, number: u64, luck: Key, state: StateIdx, filed: i64) -> u32 {
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::blank());
            (self.slots.len() - 1) as u32
        });
        let Some((model, slot)) =
            self.model.cases.get(case as usize).zip(self.slots.get_mut(place as usize))
        else {
            return place;
        };
        slot.case = case as u16;
        slot.number = number;
        slot.course.begin(model, luck, state);
        slot.is_counted = self.now >= self.model.counted;
        slot.is_followed = self.watch.follows(case as u16, number);
        slot.first = filed;
        (slot.filed, slot.entered, slot.settled) = (filed, filed.max(self.model.from), None);
        (slot.answered, slot.next) = (i64::MIN, NOBODY);
        slot.paid = match &model.pays {
            Some(after) => filed.saturating_add(after.seconds(luck.uniform(PAYMENT))),
            None => filed,
        };
        clocks::file(model, slot, filed);
        slot.look_ahead(model);
        let (profile, is_complete) = (slot.course.profile, slot.course.is_complete);
        let tally = self.tally.cases.get_mut(case as usize).filter(|_| slot.is_counted);
        if let Some(flow) = tally.and_then(|it| it.channels.get_mut(model.channel(profile))) {
            flow.filed += 1;
            flow.visits += model.trips_to_file(profile);
        }
        see(self.watch, slot, filed, RowKind::Filed { profile, is_complete });
        see(self.watch, slot, slot.paid, RowKind::Paid);
        place
    }

    /// Runs the clocks of a dossier of the backlog from the day on which it was accepted.
    fn accept_backlog(&mut self, place: u32) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        let procedure = case.cx.procedure();
        let accepts = procedure.transitions().iter().find(|(_, _, it)| it.act() == Act::Accept);
        let status = procedure.states().get(slot.course.state).map(|it| it.portal_status());
        if let (Some((at, _, _)), Some(status)) = (accepts, status)
            && slot.course.state != case.filed
        {
            let filed = slot.filed;
            clocks::change(case, slot, at, (status, None), filed, &mut self.buffer);
            slot.look_ahead(case);
        }
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

    /// Adds a dossier to its batch, which is taken when it is full.
    fn gather(&mut self, place: u32, pool: usize) {
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
    fn release_batches(&mut self) -> bool {
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

    fn queue(&mut self, place: u32, pool: usize) {
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
    fn serve(&mut self, place: usize) {
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
                    if step.visits > 0
                        && let Some(it) = tally.channels.get_mut(case.channel(slot.course.profile))
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
    fn turn(&mut self, place: usize) {
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

    /// Lets terms that ended before now bring what they bring; false when none did.
    fn lapses(&mut self, place: u32) -> bool {
        let mut some = false;
        while let Some(slot) = self.slots.get_mut(place as usize) {
            let Some(expiry) = slot.expiry.filter(|it| it.due < self.now) else { break };
            some = true;
            if !self.lapse(place, expiry) {
                break;
            }
        }
        some
    }

    /// Takes the transition that the end of a term brings, at the moment at which it ended.
    fn lapse(&mut self, place: u32, expiry: Expiry) -> bool {
        let Some(slot) = self.slots.get_mut(place as usize) else { return false };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return false };
        let from = slot.course.state;
        let to = slot.course.target(expiry.to);
        let Some(status) = case.cx.procedure().states().get(to).map(|it| it.portal_status()) else {
            return false;
        };
        let at = expiry.due.max(slot.entered);
        let expired = (status, Some(expiry.term));
        if !clocks::change(case, slot, expiry.transition, expired, at, &mut self.buffer) {
            return false;
        }
        slot.course.move_to(case, expiry.to);
        slot.look_ahead(case);
        see(self.watch, slot, at, RowKind::Lapsed);
        self.moved(place, from, at);
        true
    }

    /// Finishes the step that is under way; returns true when the dossier goes on.
    fn complete(&mut self, place: u32) -> bool {
        let now = self.now;
        let Some(slot) = self.slots.get_mut(place as usize) else { return false };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return false };
        let Some(step) = case.steps.get(usize::from(slot.step)) else { return false };
        let from = slot.course.state;
        if !step.sets.is_empty() {
            let profile = case.becoming(slot.course.profile, &step.sets);
            clocks::resolve(case, slot, profile, &mut self.buffer);
            slot.look_ahead(case);
        }
        if step.moves_clocks || !slot.terms.is_empty() {
            let to = slot.course.target(step.to);
            let Some(status) = case.cx.procedure().states().get(to).map(|it| it.portal_status())
            else {
                return false;
            };
            let ends = status.is_settled() && slot.settled.is_none();
            let changes = step.moves_clocks || ends;
            if changes
                && !clocks::change(case, slot, step.at, (status, None), now, &mut self.buffer)
            {
                // The law does not let it happen any more: the work was in vain.
                return true;
            }
        }
        let is_second = slot.course.times(slot.step) == 1;
        let moves = slot.course.take(case, slot.step);
        slot.look_ahead(case);
        see(self.watch, slot, now, RowKind::Taken { step: slot.step, began: slot.began });
        if slot.is_counted
            && let Some(tally) = self.tally.cases.get_mut(usize::from(slot.case))
        {
            if step.visits > 0
                && let Some(it) = tally.channels.get_mut(case.channel(slot.course.profile))
            {
                it.visits += u64::from(step.visits);
            }
            if let Some(it) = tally.steps.get_mut(usize::from(slot.step)) {
                it.repeated += u64::from(is_second);
                if let Performer::Outside(..) = &step.performer {
                    it.wait.add(slot.began - slot.ready);
                    it.work.add(now - slot.began);
                }
            }
        }
        if step.act == Act::Consult {
            self.consult(place);
        }
        if moves {
            self.moved(place, from, now);
        }
        true
    }

    /// Counts a stay that ended, and whether the office was done in time.
    fn moved(&mut self, place: u32, from: StateIdx, at: i64) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        let stay = at - slot.entered;
        slot.entered = at;
        let is_settled = case.states.get(slot.course.state.index()).is_some_and(|it| it.is_settled);
        let mut tally =
            self.tally.cases.get_mut(usize::from(slot.case)).filter(|_| slot.is_counted);
        if let Some(it) = tally.as_mut().and_then(|it| it.states.get_mut(from.index())) {
            it.add(stay);
        }
        if !is_settled || slot.settled.is_some() {
            return;
        }
        slot.settled = Some(at);
        let (due, fees) = (clocks::due(slot), case.owed(slot.course.profile));
        if let Some(at_latest) = due {
            see(self.watch, slot, at, RowKind::Due { at: at_latest });
        }
        if let Some(fees) = fees {
            see(self.watch, slot, at, RowKind::Owed { fees });
        }
        see(self.watch, slot, at, RowKind::Settled);
        let flow = tally.and_then(|it| it.channels.get_mut(case.channel(slot.course.profile)));
        let Some(flow) = flow else { return };
        flow.settled.add(at - slot.filed);
        match fees {
            Some(fees) => flow.fees += i128::from(fees),
            None => flow.unknown_fees += 1,
        }
        match due {
            Some(due) if at <= due => {
                flow.on_time += 1;
                flow.asked_again += u64::from(slot.course.supplements(case) > 1);
            }
            Some(due) => flow.late.add(at - due),
            None => flow.undue += 1,
        }
    }

    /// Counts a dossier that is closed, and gives its place away.
    fn end(&mut self, place: u32) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        see(self.watch, slot, slot.entered, RowKind::Closed);
        let case = self.model.cases.get(usize::from(slot.case));
        let tally = self.tally.cases.get_mut(usize::from(slot.case));
        if let (true, Some(case), Some(tally)) = (slot.is_counted, case, tally) {
            let whole = slot.entered - slot.filed;
            tally.whole.record(whole);
            if let Some(it) = tally.states.get_mut(slot.course.state.index()) {
                it.add(0);
            }
            if slot.first != slot.filed {
                tally.chain.add(slot.entered - slot.first);
            }
            if let Some(it) = tally.channels.get_mut(case.channel(slot.course.profile)) {
                it.whole.add(whole);
            }
        }
        self.follow(place);
        self.free.push(place);
    }

    /// Files the dossiers that follow one whose result was returned.
    fn follow(&mut self, place: u32) {
        let Some(slot) = self.slots.get(place as usize) else { return };
        let Some(case) = self.case(u32::from(slot.case)) else { return };
        if !case.states.get(slot.course.state.index()).is_some_and(|it| it.is_returned) {
            return;
        }
        let (number, first, ended) = (slot.number, slot.first, slot.entered);
        for &follower in &case.followers {
            let Some(model) = self.case(follower) else { continue };
            let Arrivals::After { delay, .. } = &model.arrivals else { continue };
            let luck = self.luck.name(&model.name).number(DOSSIERS).number(number);
            let delay = delay.as_ref().map_or(0, |it| it.seconds(luck.uniform(DELAY)));
            let filed = ended.saturating_add(delay).max(self.now);
            if filed >= self.model.until {
                continue;
            }
            let place = self.open(follower, number, luck, model.filed, filed);
            if let Some(slot) = self.slots.get_mut(place as usize) {
                slot.first = first;
            }
            self.agenda.plan(filed, What::Filed(place));
        }
    }

    /// Asks every agency that the law asks, and draws when each has answered.
    fn consult(&mut self, place: u32) {
        let now = self.now;
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        for answer in &case.answers {
            let Some(consultation) = case.cx.procedure().consultations().get(answer.at) else {
                continue;
            };
            let applies = consultation.when().is_none_or(|it| {
                it.evaluate(case.lookup(slot.course.profile))
                    == crate::definition::guard::Truth::Yes
            });
            if !applies {
                continue;
            }
            let luck = slot.course.luck.name(&answer.name);
            let seconds = |purpose| answer.after.seconds(luck.uniform(draw(0, purpose)));
            let due = clocks::answer_due(case, answer.at, now);
            let is_silent =
                answer.silent > 0.0 && luck.uniform(draw(0, SILENCE)).get() < answer.silent;
            let answers =
                later(self.model, answer.basis, now, seconds(LENGTH)).filter(|_| !is_silent);
            let lapses = due.and_then(|(due, silence)| Some((due?, silence)));
            let settled = match lapses {
                Some((due, Silence::Consent)) if answers.is_none_or(|at| at > due) => due + 1,
                due => {
                    let at = answers.unwrap_or_else(|| {
                        // The head of the unit is told, and the agency answers late.
                        let asked = due.map_or(now, |(due, _)| due + 1);
                        let at = later(self.model, answer.basis, asked, seconds(LATE_ANSWER));
                        at.unwrap_or(i64::MAX)
                    });
                    see(self.watch, slot, at, RowKind::Answered { consultation: answer.at });
                    at
                }
            };
            slot.answered = slot.answered.max(settled);
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

/// Returns when a step may begin: after the answers and the payment that it needs, on one of its days.
fn gate(model: &Model<'_>, step: &StepModel, slot: &Slot, now: i64) -> i64 {
    let mut opens = now;
    if step.needs_answers {
        opens = opens.max(slot.answered);
    }
    if step.needs_payment {
        opens = opens.max(slot.paid);
    }
    if !step.days.is_empty() {
        opens = meeting(model, step, opens);
    }
    opens
}

/// Returns the first moment from `at` on that is on one of the days of a step, while its officers work.
fn meeting(model: &Model<'_>, step: &StepModel, at: i64) -> i64 {
    let offset = i64::from(model.calendar.offset().local_minus_utc());
    let mut opens = at;
    // Two years without such a working day: then the day does not matter.
    for _ in 0..730 {
        let day = (opens + offset).div_euclid(DAY);
        let next_day = (day + 1) * DAY - offset;
        let is_named = chrono::NaiveDate::from_epoch_days(day as i32)
            .is_some_and(|it| step.days.iter().any(|day| *day == Weekday::of(it)));
        let works = match &step.performer {
            Performer::Pool(pool, _) => {
                model.pools.get(*pool).and_then(|it| it.roster.next_open(opens))
            }
            Performer::Outside(..) => Some(opens),
        };
        match works {
            Some(works) if is_named && works < next_day => return works,
            _ => opens = next_day,
        }
    }
    at
}

/// Returns when a length of time has passed, over the hours in which it counts.
fn later(model: &Model<'_>, basis: Basis, at: i64, seconds: i64) -> Option<i64> {
    match basis {
        Basis::Clock => at.checked_add(seconds),
        Basis::Office => model.office_hours.add(at, seconds),
    }
}
