//! Moving an open dossier to another version of its procedure.
//!
//! A plan between the two versions says, state by state, who may pass. What
//! has happened stays as it is: steps taken, terms that ended, fees paid. The
//! time already run is carried over, and a due date stands unless the law
//! gives the term another length.

mod bits;
mod bridge;
mod demand;
mod flow;
mod plan;
mod ruling;

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveTime;

pub use plan::{Passage, Plan, Stage, TermPassage};
pub use ruling::Ruling;

use super::command::Command;
use super::context::Context;
use super::decide::in_force;
use super::event::{Event, Happened, Migrated, Standing, TermState};
use super::rejection::{Cause, Reason, Rejection, Thing};
use super::{Base, Dossier, term};
use crate::calendar::Moment;
use crate::definition::{Carriage, Migration, Pinning, Procedure, Status, TermIdx};
use crate::id::Id;

impl Dossier {
    /// Moves to the version of the context.
    ///
    /// What fell due before the move follows the version that is left, what
    /// falls due after it the one that is entered. A version that governs from
    /// its first day is entered on that day, whenever somebody asks.
    pub(super) fn migrate(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(base) = &self.filed else { return Err(Reason::new(Cause::NotFiled).into()) };
        let old = left(cx, base)?;
        let moment = self.moment_of_move(cx, at);
        let mut events = self.expire(&cx.under(old), moment);
        let mut later = self.clone();
        events.iter().for_each(|it| later.evolve(it));
        later.check_open()?;
        later.check_role(cx, command)?;
        let moved = later.moved_to(cx, old, command, moment)?;
        later.evolve(&moved);
        events.push(moved);
        events.extend(later.expire(cx, at));
        Ok(events)
    }

    /// Returns when the move happens: on the first day of a version that governs by itself, else when asked.
    pub(super) fn moment_of_move(&self, cx: &Context<'_>, at: Moment) -> Moment {
        if cx.procedure().pinned() != Pinning::OnEffect || self.accepted().is_none() {
            return at;
        }
        let first = cx.procedure().effective().from().and_time(NaiveTime::MIN);
        let first = first.and_local_timezone(cx.calendar().offset()).single();
        let first = first.map_or(at, |it| self.last.map_or(it, |last| it.max(last)));
        first.min(at)
    }

    fn moved_to(
        &self,
        cx: &Context<'_>,
        old: &Procedure,
        command: &Command,
        at: Moment,
    ) -> Result<Event, Rejection> {
        let Some(base) = &self.filed else { return Err(Reason::new(Cause::NotFiled).into()) };
        let plan = Plan::between(old, cx.procedure()).map_err(|_| wrong(base, cx))?;
        let mut against = against(cx, base, command, at);
        let ruling = plan.ruling(cx, self);
        let to = ruling.as_ref().and_then(Ruling::to);
        against.extend(ruling.into_iter().flat_map(Ruling::into_reasons));
        if let Some(rejection) = Rejection::of(against) {
            return Err(rejection);
        }
        let Some(state) = to else { return Err(wrong(base, cx)) };
        let migrated = self.migrated(cx, &plan, base, state, at)?;
        Ok(self.event(cx, command, at, Happened::Migrated(Box::new(migrated))))
    }

    fn migrated(
        &self,
        cx: &Context<'_>,
        plan: &Plan<'_>,
        base: &Base,
        state: Id,
        at: Moment,
    ) -> Result<Migrated, Rejection> {
        let new = plan.after();
        let rule = plan.migration();
        let renamed = self.renamed(rule.map(|(_, it)| it), new);
        let mut charges = renamed.reassess(cx, &[]);
        if charges.is_none() && renamed.charges != self.charges {
            charges = Some(renamed.charges);
        }
        let terms = self.carried(cx, plan, at)?;
        let status = new.states().find(&state).map(|(_, it)| it.portal_status());
        Ok(Migrated {
            from: base.version,
            version: *new.version(),
            by: rule.map(|(name, _)| name),
            state,
            portal_status: status.unwrap_or(base.portal_status),
            previous: base
                .previous
                .and_then(|it| plan.bridge.arrives_in(&it).and_then(|it| new.states().name(it))),
            counted: self.counted(rule.map(|(_, it)| it), new),
            appointment: term::appointment(&terms, self.appointment).or(self.appointment),
            terms,
            charges,
        })
    }

    /// Returns the steps that count under another name from now on.
    fn counted(&self, rule: Option<&Migration>, new: &Procedure) -> Vec<(Id, Id)> {
        let mut counted: Vec<(Id, Id)> = Vec::new();
        for (step, _) in &self.taken {
            let to = rule.and_then(|it| it.transition(step));
            let to = to.and_then(|it| new.transitions().name(it)).filter(|it| it != step);
            if let Some(pair) = to.map(|it| (*step, it)).filter(|it| !counted.contains(it)) {
                counted.push(pair);
            }
        }
        counted
    }

    /// Returns the dossier with its steps and fees under the names of the later version.
    fn renamed(&self, rule: Option<&Migration>, new: &Procedure) -> Self {
        let mut renamed = self.clone();
        let Some(rule) = rule else { return renamed };
        renamed.count_as(&self.counted(Some(rule), new));
        for charge in &mut renamed.charges {
            let to = rule.fee(&charge.fee).and_then(|it| new.fees().name(it));
            charge.fee = to.unwrap_or(charge.fee);
        }
        renamed
    }

    /// Returns the terms that the move changes, as they stand after it.
    fn carried(
        &self,
        cx: &Context<'_>,
        plan: &Plan<'_>,
        at: Moment,
    ) -> Result<Vec<TermState>, Rejection> {
        let mut carried = Vec::new();
        for state in self.terms.iter().filter(|it| it.standing != Standing::Stopped) {
            let carriage = plan.bridge.carriage(&state.term);
            let known = cx.procedure().terms().find(&state.term).map(|(it, _)| it);
            let next = match (carriage, known) {
                (Some(Carriage::Stop), _) | (_, None) => Some(term::stopped(state.clone(), at)),
                (Some(Carriage::NewLength), Some(it)) => Some(self.measured(cx, it, state, at)?),
                (_, Some(it)) => Some(self.kept(cx, it, state, at)?),
            };
            carried.extend(next.filter(|it| it != state));
        }
        for (position, name, _) in cx.procedure().terms().iter() {
            let starts = plan.bridge.carriage(&name) == Some(Carriage::Start);
            if starts && self.term(&name).is_none() {
                let facts = self.known.lookup(cx.procedure().facts(), &[]);
                carried.extend(term::start(cx, position, facts, at, None)?);
            }
        }
        Ok(carried)
    }

    /// Gives a term the length of the new version, with the time already run.
    fn measured(
        &self,
        cx: &Context<'_>,
        position: TermIdx,
        state: &TermState,
        at: Moment,
    ) -> Result<TermState, Rejection> {
        let facts = self.known.lookup(cx.procedure().facts(), &[]);
        let (since, competent) = (state.clock.started(), state.clock.competent());
        match term::start(cx, position, facts, since, competent)? {
            Some(fresh) => term::carry(cx, fresh, &state.clock),
            None => Ok(term::stopped(state.clone(), at)),
        }
    }

    /// Keeps a term by its old rule; one whose length is not known yet waits for the new one.
    fn kept(
        &self,
        cx: &Context<'_>,
        position: TermIdx,
        state: &TermState,
        at: Moment,
    ) -> Result<TermState, Rejection> {
        let measured = self.measured(cx, position, state, at)?;
        if state.clock.length().is_none() {
            return Ok(measured);
        }
        let is_kept = state.is_kept || measured.clock != state.clock;
        Ok(TermState { is_kept, ..state.clone() })
    }
}

/// Returns the version that a dossier leaves.
fn left<'c>(cx: &Context<'c>, base: &Base) -> Result<&'c Procedure, Rejection> {
    if base.fingerprint == *cx.procedure().fingerprint() {
        return Ok(cx.procedure());
    }
    let left = cx.left().filter(|it| *it.fingerprint() == base.fingerprint);
    left.ok_or_else(|| wrong(base, cx))
}

fn wrong(base: &Base, cx: &Context<'_>) -> Rejection {
    let found = cx.left().map_or(Thing::Nothing, |it| Thing::Name(*it.version()));
    Reason::new(Cause::WrongProcedure).needed(Thing::Name(base.version)).found(found).into()
}

/// Returns why the version lets nobody in, or not this one, or not now.
fn against(cx: &Context<'_>, base: &Base, command: &Command, at: Moment) -> Vec<Reason> {
    let procedure = cx.procedure();
    let pinned = procedure.pinned();
    let is_accepted = base.accepted.is_some();
    let mut against = Vec::new();
    if let Some(why) = shut(procedure, base) {
        against.push(Reason::new(Cause::NotMigratable).about(*procedure.version()).found(why));
    }
    against.extend(in_force(cx, at));
    if is_accepted && pinned == Pinning::OptIn && !may_file(cx, command) {
        let found = Thing::Name(command.actor.role);
        against.push(Reason::new(Cause::RoleNotAllowed).found(found));
    }
    against
}

/// Returns why a version takes in no dossier that stands so.
fn shut(procedure: &Procedure, base: &Base) -> Option<Thing> {
    let (word, [vi, en]) = if base.fingerprint == *procedure.fingerprint() {
        ("same-version", ["hồ sơ đang theo chính phiên bản này", "it goes by this version already"])
    } else if procedure.status() == Status::Proposed {
        ("proposed", ["phiên bản mới là đề xuất", "the version is proposed and not in force"])
    } else if base.accepted.is_some() && procedure.pinned() == Pinning::AtAcceptance {
        let keeps = ["hồ sơ đã tiếp nhận giữ phiên bản cũ", "accepted dossiers keep their version"];
        (Pinning::AtAcceptance.as_str(), keeps)
    } else {
        return None;
    };
    Some(Thing::word(word, |it| it.pick(vi, en)))
}

/// Who may file may also ask for the new version.
pub(super) fn may_file(cx: &Context<'_>, command: &Command) -> bool {
    let procedure = cx.procedure();
    let filing = procedure.transitions().get(procedure.filing());
    let role = procedure.roles().find(&command.actor.role);
    filing.zip(role).is_some_and(|(filing, (role, _))| filing.by.contains(role))
}

#[cfg(test)]
mod tests;
