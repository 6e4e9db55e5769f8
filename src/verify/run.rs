//! How a term stands in every situation: not started, running, suspended or stopped.
//!
//! It follows what a step does to the terms of a dossier, in the same order.
//! Lengths are left aside.

use alloc::vec::Vec;

use super::space::{Arc, Event, Space};
use super::watch::{Phases, Watch, bit};
use crate::definition::guard::{Guard, Relation};
use crate::definition::{
    ClockEffect, PortalStatus, Procedure, Target, Term, TermIdx, Transition, TransitionIdx,
};

/// The term has not started.
pub(super) const ABSENT: u8 = 0;
/// The term runs.
pub(super) const RUNNING: u8 = 1;
/// The term stands still.
pub(super) const SUSPENDED: u8 = 2;
/// The term is over.
pub(super) const STOPPED: u8 = 3;

/// Follows one term through a space.
pub(super) fn follow(procedure: &Procedure, space: &Space, at: TermIdx, term: &Term) -> Watch {
    let follower = Follower { procedure, space, at, term, certain: certain(procedure, at, term) };
    let filing = procedure.transitions().get(procedure.filing());
    let starts = filing.is_some_and(|it| it.starts.contains(&at));
    let start = if starts { follower.started(ABSENT, procedure.filing()) } else { bit(ABSENT) };
    Watch::of(space, start, |phase, arc| follower.step(phase, arc))
}

fn certain(procedure: &Procedure, at: TermIdx, term: &Term) -> Vec<TransitionIdx> {
    let Some(when) = term.when() else { return Vec::new() };
    let starts = procedure.transitions().iter().filter(|(_, _, it)| it.starts.contains(&at));
    starts.filter(|(_, _, it)| entails(procedure, it, when)).map(|(at, _, _)| at).collect()
}

struct Follower<'p> {
    procedure: &'p Procedure,
    space: &'p Space,
    at: TermIdx,
    term: &'p Term,
    // The transitions that start it where its condition holds, and nowhere else.
    certain: Vec<TransitionIdx>,
}

impl Follower<'_> {
    fn step(&self, phase: u8, arc: &Arc) -> Phases {
        let Event::Taken(by) = arc.event else { return bit(phase) };
        let Some(transition) = self.procedure.transitions().get(by) else { return bit(phase) };
        let entered = self.entered(arc, transition);
        let after = self.after(phase, by, entered);
        if self.term.expires() == Some(by) && phase == RUNNING {
            // The law may take it because this term ended.
            return after | self.after(STOPPED, by, entered);
        }
        after
    }

    fn after(&self, phase: u8, by: TransitionIdx, entered: Option<PortalStatus>) -> Phases {
        let Some(transition) = self.procedure.transitions().get(by) else { return bit(phase) };
        let effects = transition.clock().iter().filter(|(it, _)| *it == self.at);
        let mut phase = effects.fold(phase, |phase, (_, effect)| affected(phase, *effect));
        if transition.stops.contains(&self.at) {
            phase = affected(phase, ClockEffect::Stop);
        }
        if entered.is_some_and(PortalStatus::is_settled) {
            phase = affected(phase, ClockEffect::Stop);
        }
        let ends = entered.is_some_and(PortalStatus::is_terminal);
        if transition.starts.contains(&self.at) && !ends {
            self.started(phase, by)
        } else {
            bit(phase)
        }
    }

    /// A term with a condition may not start, and may turn out not to run.
    fn started(&self, phase: u8, by: TransitionIdx) -> Phases {
        match self.term.when() {
            Some(_) if !self.certain.contains(&by) => bit(RUNNING) | bit(STOPPED) | bit(phase),
            _ => bit(RUNNING),
        }
    }

    fn entered(&self, arc: &Arc, transition: &Transition) -> Option<PortalStatus> {
        let state = match transition.to() {
            Target::State(state) => state,
            Target::Previous | Target::Same => self.space.markings.get(arc.to)?.state,
        };
        self.procedure.states().get(state).map(|it| it.portal_status())
    }
}

/// Returns true when a transition is only taken where a condition holds.
fn entails(procedure: &Procedure, transition: &Transition, when: &Guard) -> bool {
    let guard = transition.when();
    let relation = guard.map(|it| it.relation(when, procedure.facts()));
    matches!(relation, Some(Relation::Equivalent | Relation::Stronger { .. }))
}

const fn affected(phase: u8, effect: ClockEffect) -> u8 {
    match (phase, effect) {
        (RUNNING, ClockEffect::Suspend) => SUSPENDED,
        (SUSPENDED, ClockEffect::Resume) => RUNNING,
        (RUNNING | SUSPENDED | STOPPED, ClockEffect::Restart) => RUNNING,
        (RUNNING | SUSPENDED, ClockEffect::Stop) => STOPPED,
        (phase, _) => phase,
    }
}
