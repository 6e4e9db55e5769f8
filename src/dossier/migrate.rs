//! Moving an open dossier to another version of its procedure.
//!
//! The days already run are carried over: a term keeps its start, suspensions
//! and extensions and takes the new length.

use alloc::vec::Vec;

use super::command::Command;
use super::context::Context;
use super::decide::in_force;
use super::event::{Event, Happened, Standing, TermState};
use super::rejection::{Cause, Reason, Rejection, Thing};
use super::{Dossier, term};
use crate::calendar::Moment;
use crate::definition::{Pinning, Status};

impl Dossier {
    /// Moves to the version of the context, if it lets dossiers in and has the present state.
    pub(super) fn migrate(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(base) = &self.filed else { return Err(Reason::new(Cause::NotFiled).into()) };
        let procedure = cx.procedure();
        let mut against = Vec::new();
        let same = base.fingerprint == *procedure.fingerprint();
        let proposed = procedure.status() == Status::Proposed;
        let keeps = procedure.pinned() == Pinning::AtAcceptance;
        if same || proposed || base.accepted.is_none() || keeps {
            let pinned = procedure.pinned();
            let pinned = Thing::word(pinned.as_str(), |it| pinned.label(it));
            against
                .push(Reason::new(Cause::NotMigratable).about(*procedure.version()).found(pinned));
        }
        against.extend(in_force(cx, at));
        if procedure.pinned() == Pinning::OptIn && !may_file(cx, command) {
            let found = Thing::Name(command.actor.role);
            against.push(Reason::new(Cause::RoleNotAllowed).found(found));
        }
        for state in base.previous.iter().chain([&base.state]) {
            if procedure.states().find(state).is_none() {
                against.push(Reason::new(Cause::StateNotInVersion).about(*state));
            }
        }
        if let Some(rejection) = Rejection::of(against) {
            return Err(rejection);
        }
        let terms = self.carried_terms(cx, at)?;
        let appointment = term::appointment(&terms, self.appointment).or(self.appointment);
        let charges = self.reassess(cx, &[]);
        let version = *procedure.version();
        let happened = Happened::Migrated { version, terms, charges, appointment };
        Ok(Vec::from([self.event(cx, command, at, happened)]))
    }

    /// Returns the running terms under the new rule; what the new version does not know ends.
    fn carried_terms(&self, cx: &Context<'_>, at: Moment) -> Result<Vec<TermState>, Rejection> {
        let mut carried = Vec::new();
        for state in self.terms.iter().filter(|it| it.standing != Standing::Stopped) {
            let known = cx.procedure().terms().find(&state.term);
            let facts = self.known.lookup(cx.procedure().facts(), &[]);
            let (since, competent) = (state.clock.started(), state.clock.competent());
            let fresh = match known {
                Some((position, _)) => term::start(cx, position, facts, since, competent)?,
                None => None,
            };
            carried.push(match fresh {
                Some(fresh) => term::carry(cx, fresh, &state.clock)?,
                None => term::stopped(state.clone(), at),
            });
        }
        Ok(carried)
    }
}

/// Who may file may also ask for the new version.
pub(super) fn may_file(cx: &Context<'_>, command: &Command) -> bool {
    let procedure = cx.procedure();
    let filing = procedure.transitions().get(procedure.filing());
    let role = procedure.roles().find(&command.actor.role);
    filing.zip(role).is_some_and(|(filing, (role, _))| filing.by.contains(role))
}
