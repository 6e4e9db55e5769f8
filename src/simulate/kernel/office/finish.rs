//! How a step ends: taken, or overtaken by the end of a term.

use super::{Office, see};
use crate::definition::{Act, Position as _, StateIdx};
use crate::simulate::kernel::clocks::{self, Expiry};
use crate::simulate::kernel::watch::{RowKind, Watch};
use crate::simulate::model::Performer;

impl<W: Watch> Office<'_, '_, W> {
    /// Lets terms that ended before now bring what they bring; false when none did.
    pub(super) fn lapses(&mut self, place: u32) -> bool {
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
    pub(super) fn complete(&mut self, place: u32) -> bool {
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
            let channel = case.channel(slot.course.profile);
            let trips = u64::from(step.trips(channel));
            if trips > 0
                && let Some(it) = tally.channels.get_mut(channel)
            {
                it.visits += trips;
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
        if let Some(fees) = fees.filter(|it| *it != 0) {
            see(self.watch, slot, at, RowKind::Owed { fees });
        }
        see(self.watch, slot, at, RowKind::Settled { is_free: fees == Some(0) });
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
    pub(super) fn end(&mut self, place: u32) {
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
}
