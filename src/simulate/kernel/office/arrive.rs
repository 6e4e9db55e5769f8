//! How dossiers come into an office: by themselves, after another, or as its backlog.

use super::{Office, see};
use crate::definition::{Act, Position as _, StateIdx};
use crate::simulate::kernel::agenda::What;
use crate::simulate::kernel::clocks;
use crate::simulate::kernel::slot::{NOBODY, Slot};
use crate::simulate::kernel::watch::{self, RowKind, Watch};
use crate::simulate::model::{AGE, Arrivals, Cursor, DELAY, PAYMENT};
use crate::simulate::random::Key;

// What the luck of a kind of case in an office is for.
const ARRIVALS: u64 = 0;
const DOSSIERS: u64 = 1;
const BACKLOG: u64 = 2;

/// How far the arrivals of a kind of case have come, and whose luck they have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arriving {
    cursor: Cursor,
    moments: Key,
    dossiers: Key,
    backlog: Key,
}

impl Arriving {
    pub(super) fn new(luck: Key) -> Self {
        Self {
            cursor: Cursor::default(),
            moments: luck.number(ARRIVALS),
            dossiers: luck.number(DOSSIERS),
            backlog: luck.number(BACKLOG),
        }
    }
}

impl<W: Watch> Office<'_, '_, W> {
    /// Plans when the next dossier of a kind of case comes in.
    pub(super) fn plan_arrival(&mut self, case: u32) {
        let Some(model) = self.case(case) else { return };
        let Some(Arriving { cursor, moments, .. }) = self.arrivals.get_mut(case as usize) else {
            return;
        };
        let next = model.arrivals.next(cursor, |it| moments.uniform(it));
        if let Some(at) = next.filter(|it| *it < self.model.until) {
            self.agenda.plan(at, What::Arrival(case));
        }
    }

    /// Takes in a dossier that was planned, and plans the next.
    pub(super) fn arrive(&mut self, case: u32) {
        let Some(&Arriving { cursor, dossiers, .. }) = self.arrivals.get(case as usize) else {
            return;
        };
        self.plan_arrival(case);
        let Some(model) = self.case(case) else { return };
        let number = cursor.count - 1;
        let luck = dossiers.number(number);
        let place = self.open(case, number, luck, model.filed, self.now);
        self.advance(place);
    }

    /// Files the dossiers that follow one whose result was returned.
    pub(super) fn follow(&mut self, place: u32) {
        let Some(slot) = self.slots.get(place as usize) else { return };
        let Some(case) = self.case(u32::from(slot.case)) else { return };
        if !case.states.get(slot.course.state.index()).is_some_and(|it| it.is_returned) {
            return;
        }
        let (number, first, ended) = (slot.number, slot.first, slot.entered);
        for &follower in &case.followers {
            let Some(model) = self.case(follower) else { continue };
            let Arrivals::After { delay, .. } = &model.arrivals else { continue };
            let Some(arriving) = self.arrivals.get(follower as usize) else { continue };
            let luck = arriving.dossiers.number(number);
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

    /// Puts dossiers into the office that were there before the run.
    pub(super) fn backlog(&mut self, case: u32) {
        let Some(model) = self.case(case) else { return };
        let Some(&Arriving { backlog, .. }) = self.arrivals.get(case as usize) else { return };
        let mut number = 0;
        for &(state, count) in &model.backlog {
            for _ in 0..count {
                let luck = backlog.number(number);
                let age = model.backlog_age.as_ref().map_or(0, |it| it.seconds(luck.uniform(AGE)));
                let place =
                    self.open(case, watch::BACKLOG + number, luck, state, self.model.from - age);
                self.accept_backlog(place);
                self.advance(place);
                number += 1;
            }
        }
    }

    /// Runs the clocks of a dossier of the backlog from the day on which it was accepted.
    fn accept_backlog(&mut self, place: u32) {
        let Some(slot) = self.slots.get_mut(place as usize) else { return };
        let Some(case) = self.model.cases.get(usize::from(slot.case)) else { return };
        let procedure = case.cx.procedure();
        let accepts = procedure.transitions().iter().find(|(_, _, it)| it.act() == Act::Accept);
        let status = procedure.states().get(slot.course.state).map(|it| it.portal_status());
        // What was settled before the run is not settled in it.
        slot.settled = status.filter(|it| it.is_settled()).map(|_| slot.entered);
        if let (Some((at, _, _)), Some(status)) = (accepts, status)
            && slot.course.state != case.filed
        {
            let filed = slot.filed;
            clocks::change(case, slot, at, (status, None), filed, &mut self.buffer);
            slot.look_ahead(case);
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
        if model.pays.is_some() {
            see(self.watch, slot, slot.paid, RowKind::Paid);
        }
        place
    }
}
