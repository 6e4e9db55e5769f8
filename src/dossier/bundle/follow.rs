//! What follows by itself in a case: parts open, facts spread, the lead ends, all is delivered.
//!
//! Every step is an ordinary command of the system to one of the dossiers, so
//! that each keeps its own events. Steps are found from how the case stands,
//! never from who asked: whoever looks, and whenever, the same follows.

use alloc::format;
use alloc::vec::Vec;

use chrono::TimeDelta;
use uuid::Uuid;

use super::{LinkedContext, LinkedDossier, PartStanding};
use crate::calendar::Moment;
use crate::definition::SYSTEM;
use crate::definition::guard::Guard;
use crate::definition::{Act, PortalStatus, State, Target, Transition};
use crate::dossier::rejection::{Cause, Reason, Rejection};
use crate::dossier::{Actor, Command, Dossier, Event, Order};
use crate::id::Id;

/// A case while what follows is being found.
pub(super) struct Following<'c> {
    pub(super) case: LinkedDossier,
    pub(super) cx: LinkedContext<'c>,
    pub(super) events: Vec<Event>,
    // How many of the events were looked at for what others must learn from them.
    pub(super) spread: usize,
}

impl<'c> Following<'c> {
    pub(super) fn new(case: &LinkedDossier, cx: LinkedContext<'c>) -> Self {
        Self { case: case.with_blanks(cx.bundle()), cx, events: Vec::new(), spread: 0 }
    }

    pub(super) fn into_events(self) -> Vec<Event> {
        self.events
    }

    /// Lets happen what fell due before `at`, one step after the other, oldest first.
    pub(super) fn expire(&mut self, at: Moment) {
        self.settle();
        while let Some(event) = self.next_expired(at) {
            self.keep(Vec::from([event]));
            self.settle();
        }
    }

    /// Lets happen what fell due before a command is followed, and returns when that is.
    pub(super) fn prepare(&mut self, command: &Command, at: Moment) -> Moment {
        if command.order == Order::Migrate {
            return self.leave(at);
        }
        self.expire(at);
        at
    }

    /// Lets happen under the version that is left what fell due before the move, and returns when that is.
    ///
    /// A version that governs from its first day is entered on that day by the
    /// case as a whole, or as soon as nobody acted under the other any more.
    fn leave(&mut self, at: Moment) -> Moment {
        let first = self.case.lead.moment_of_move(&self.cx.lead(), at);
        let moment = self.case.last().map_or(first, |last| first.max(last));
        let entered = self.cx;
        self.cx = entered.before_the_move();
        self.case = self.case.with_blanks(self.cx.bundle());
        self.expire(moment);
        self.cx = entered;
        moment
    }

    /// Returns what fell due first, in whichever dossier.
    fn next_expired(&self, at: Moment) -> Option<Event> {
        let expiries = self.case.expiries(&self.cx);
        expiries.into_iter().find_map(|(due, part)| {
            let (dossier, own) = self.case.addressed(&self.cx, part.as_ref())?;
            let after = due.checked_add_signed(TimeDelta::seconds(1)).map_or(at, |it| it.min(at));
            dossier.expire(&own, after).into_iter().next()
        })
    }

    /// Follows a command, and then whatever follows from it.
    pub(super) fn follow(
        &mut self,
        part: Option<&Id>,
        command: &Command,
        at: Moment,
    ) -> Result<(), Rejection> {
        if command.order == Order::Migrate {
            self.migrate_parts(at)?;
        }
        let (dossier, own) =
            self.case.addressed(&self.cx, part).ok_or_else(|| Reason::new(Cause::UnknownPart))?;
        let was_accepted = self.case.lead.accepted().is_some();
        let events = dossier.decide(&own, command, at)?;
        self.keep(events);
        if !was_accepted && self.case.lead.accepted().is_some() {
            self.check_parts()?;
        }
        self.settle();
        Ok(())
    }

    /// A case is accepted when it is known which parts it has, and it has one.
    fn check_parts(&self) -> Result<(), Rejection> {
        let standings = self.case.standings(&self.cx);
        let missing = standings.iter().filter_map(|(_, it)| match it {
            PartStanding::Undecided(facts) => Some(facts),
            _ => None,
        });
        let mut facts: Vec<Id> = missing.flatten().copied().collect();
        facts.sort_unstable();
        facts.dedup();
        let unknown = facts
            .into_iter()
            .map(|it| Reason::new(Cause::FactUnknown).about(it).by(self.asker(&it)));
        if let Some(rejection) = Rejection::of(unknown.collect()) {
            return Err(rejection);
        }
        if standings.iter().any(|(_, it)| *it != PartStanding::LeftOut) {
            return Ok(());
        }
        let lead = self.cx.bundle().lead();
        let guards = self.cx.bundle().parts().iter().filter_map(|(_, _, it)| it.when());
        let asked = guards.flat_map(Guard::facts).filter_map(|it| lead.facts().fact(*it));
        let mut facts: Vec<Id> = asked.map(|it| it.id()).collect();
        facts.sort_unstable();
        facts.dedup();
        let unmet = facts
            .into_iter()
            .map(|it| Reason::new(Cause::FactNotMet).about(it).by(self.asker(&it)));
        Rejection::of(unmet.collect()).map_or(Ok(()), Err)
    }

    fn asker(&self, fact: &Id) -> Option<Id> {
        let facts = self.cx.bundle().lead().facts();
        facts.position(fact).and_then(|it| facts.fact(it)?.by())
    }

    /// The parts move to the version of the bundle together with the lead, or none does.
    fn migrate_parts(&mut self, at: Moment) -> Result<(), Rejection> {
        let known = self.which(|_| true).len();
        if self.case.parts.iter().filter(|it| it.filed().is_some()).count() != known {
            // The version has no room for a part that is open.
            let lead = self.cx.bundle().lead();
            return Err(Reason::new(Cause::NotMigratable).about(*lead.version()).into());
        }
        // Once a result was given, the rest of the case follows the version under which it was.
        let is_open = |it: &Dossier| it.portal_status().is_some_and(|it| !it.is_terminal());
        let decided = self.which(|it| it.ended().is_some() && is_open(it));
        let decided = decided.into_iter().map(|it| Reason::new(Cause::ResultExists).about(it));
        if let Some(rejection) = Rejection::of(decided.collect()) {
            return Err(rejection);
        }
        for name in self.which(|it| it.accepted().is_some() && it.ended().is_none()) {
            let events = self.ask(Some(&name), Order::Migrate, at)?;
            self.keep(events);
        }
        Ok(())
    }

    /// Returns the names of the parts that are open or over, and so.
    pub(super) fn which(&self, wanted: impl Fn(&Dossier) -> bool) -> Vec<Id> {
        let parts = self.case.parts(self.cx.bundle());
        parts.filter(|(_, it)| wanted(it)).map(|(name, _)| name).collect()
    }

    fn keep(&mut self, events: Vec<Event>) {
        events.iter().for_each(|it| self.case.evolve(it));
        self.events.extend(events);
    }

    /// Takes every step that follows from how the case stands.
    fn settle(&mut self) {
        while self.spread_next() || self.step() {}
    }

    fn step(&mut self) -> bool {
        let Some(at) = self.case.last() else { return false };
        self.open_next(at)
            || self.wait_or_go_on(at)
            || self.close(at)
            || self.deliver_next(at)
            || self.stop_next(at)
    }

    /// Asks one of the dossiers as the system.
    pub(super) fn ask(
        &self,
        part: Option<&Id>,
        order: Order,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let (dossier, own) =
            self.case.addressed(&self.cx, part).ok_or_else(|| Reason::new(Cause::UnknownPart))?;
        let id = Uuid::new_v5(&dossier.id(), format!("after {}", dossier.version()).as_bytes());
        let command = Command::new(id, Actor::new(SYSTEM.as_str(), SYSTEM), order);
        dossier.decide(&own, &command, at)
    }

    /// Asks, and keeps what comes of it; says whether anything did.
    pub(super) fn takes(&mut self, part: Option<&Id>, order: Order, at: Moment) -> bool {
        // What cannot be done now is tried again when the case stands otherwise.
        let events = self.ask(part, order, at).unwrap_or_default();
        let any = !events.is_empty();
        self.keep(events);
        any
    }

    /// Whether the lead goes on: accepted, not over, and nobody asks to withdraw.
    pub(super) fn is_under_way(&self) -> bool {
        let lead = &self.case.lead;
        let asks_to_withdraw = lead.portal_status().is_some_and(PortalStatus::is_withdrawal);
        lead.accepted().is_some() && lead.ended().is_none() && !asks_to_withdraw
    }

    /// Finds the step of the system with an act that leads where it should.
    pub(super) fn by_system(
        &self,
        part: Option<&Id>,
        act: Act,
        leads: impl Fn(&State) -> bool,
    ) -> Option<Id> {
        let (dossier, own) = self.case.addressed(&self.cx, part)?;
        let procedure = own.procedure();
        let (state, _) = procedure.states().find(&dossier.state()?)?;
        let (system, _) = procedure.roles().find(&SYSTEM)?;
        let fits = |it: &Transition| {
            let target = match it.to() {
                Target::State(at) => procedure.states().get(at),
                _ => None,
            };
            it.act() == act && it.by.contains(system) && target.is_some_and(&leads)
        };
        let mut leaving = procedure.leaving(state);
        leaving.find(|(_, _, it)| fits(it)).map(|(_, name, _)| name)
    }
}
