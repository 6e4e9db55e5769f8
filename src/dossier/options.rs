//! What may happen to a dossier now, and who or what stands in the way.

use alloc::vec::Vec;

use super::Dossier;
use super::command::Actor;
use super::condition::{Conditions, Step};
use super::context::Context;
use super::rejection::{Cause, Reason};
use crate::calendar::Moment;
use crate::definition::{Requirement, TransitionIdx};
use crate::id::Id;

/// A transition of the present state, and whether an actor may take it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    transition: Id,
    position: TransitionIdx,
    pub(super) verdict: Verdict,
    brings: Vec<Requirement>,
}

impl Choice {
    /// Returns the name of the transition.
    #[must_use]
    pub const fn transition(&self) -> Id {
        self.transition
    }

    /// Returns its position in the procedure.
    #[must_use]
    pub const fn position(&self) -> TransitionIdx {
        self.position
    }

    /// Returns whether the actor may take it.
    #[must_use]
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// Returns what the command itself must bring, such as reasons in writing.
    #[must_use]
    pub fn brings(&self) -> &[Requirement] {
        &self.brings
    }
}

/// Whether a transition may be taken.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "yes, no, and not known: the logic has three values")]
pub enum Verdict {
    /// It may.
    Allowed,
    /// It may not; lifting exactly these makes it possible.
    Refused(Vec<Reason>),
    /// Nothing is against it but facts that are not known.
    Waiting(Vec<Reason>),
}

impl Dossier {
    /// Lists every transition of the present state for an actor.
    ///
    /// What fell due before `at` is taken into account, as [`decide`](Self::decide)
    /// would. A blank dossier, or one that is closed, has none.
    #[must_use]
    pub fn options(&self, cx: &Context<'_>, actor: &Actor, at: Moment) -> Vec<Choice> {
        let expired = self.expire(cx, at);
        if expired.is_empty() {
            return self.options_now(cx, actor, at);
        }
        let mut later = self.clone();
        expired.iter().for_each(|it| later.evolve(it));
        later.options_now(cx, actor, at)
    }

    fn options_now(&self, cx: &Context<'_>, actor: &Actor, at: Moment) -> Vec<Choice> {
        let open = self.filed.as_ref().filter(|it| !it.portal_status.is_terminal());
        let state = open.map(|it| it.state).and_then(|it| cx.procedure().states().find(&it));
        let Some((state, _)) = state else { return Vec::new() };
        let leaving = cx.procedure().leaving(state);
        leaving
            .map(|(position, name, transition)| {
                let step = Step { at: position, name, transition };
                let (dossier, charges) = (self, &*self.charges);
                let conditions =
                    Conditions { dossier, cx, step, facts: &[], documents: &[], charges, at };
                let verdict = verdict(conditions.against(actor));
                Choice { transition: name, position, verdict, brings: brings(step) }
            })
            .collect()
    }
}

fn verdict(against: Vec<Reason>) -> Verdict {
    if against.is_empty() {
        Verdict::Allowed
    } else if against.iter().all(|it| it.cause() == Cause::FactUnknown) {
        Verdict::Waiting(against)
    } else {
        Verdict::Refused(against)
    }
}

/// What the command itself must bring.
fn brings(step: Step<'_>) -> Vec<Requirement> {
    let needs = step.transition.needs().iter().copied();
    needs.filter(|it| matches!(it, Requirement::Reason | Requirement::NewDay)).collect()
}
