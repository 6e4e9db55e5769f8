//! What an order did that somebody followed elsewhere, lawful or not.
//!
//! A history that another system recorded is no command: it has happened, and
//! the question is what it made of the dossier and what stood against it. What
//! such a record does not tell, as papers and payments, stands against nothing.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::command::{Actor, Answer, Filing, Order, Taking};
use super::condition::{Conditions, Step};
use super::context::Context;
use super::event::{Event, Happened, Moved};
use super::rejection::{Cause, Reason};
use super::take::Move;
use super::{Dossier, term};
use crate::calendar::Moment;
use crate::definition::TransitionIdx;
use crate::definition::guard::Truth;

impl Dossier {
    /// Returns the event of an order that was followed, and every reason for which it should not have been.
    ///
    /// None where nothing can have come of it: the procedure has no such step,
    /// or its days lie outside the calendar.
    pub(crate) fn suppose(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        order: &Order,
        at: Moment,
    ) -> Option<(Event, Vec<Reason>)> {
        let at = term::written(cx, at).ok()?;
        let (happened, against) = match order {
            Order::File(filing) => self.supposed_filing(cx, actor, filing, at)?,
            Order::Take(taking) => self.supposed_step(cx, actor, taking, at)?,
            Order::Answer(answer) => (self.supposed_answer(cx, answer)?, Vec::new()),
            Order::Facts(facts) => {
                (Happened::Learnt(self.learnt(cx, facts, &[]).ok()?), Vec::new())
            }
            _ => return None,
        };
        let event = Event {
            dossier: self.id,
            sequence: self.sequence.saturating_add(1),
            at,
            actor: actor.clone(),
            command: None,
            procedure: *cx.procedure().fingerprint(),
            calendar: cx.calendar().fingerprint(),
            tariff: cx.tariff_fingerprint(),
            happened,
        };
        Some((event, against))
    }

    fn supposed_filing(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        filing: &Filing,
        at: Moment,
    ) -> Option<(Happened, Vec<Reason>)> {
        let step = step(cx, cx.procedure().filing())?;
        let happened = Happened::Filed(Box::new(self.begun(cx, filing, at).ok()?));
        Some((happened, self.told_against(cx, step, actor, &Taking::default(), at)))
    }

    fn supposed_step(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        taking: &Taking,
        at: Moment,
    ) -> Option<(Happened, Vec<Reason>)> {
        let base = self.filed.as_ref()?;
        let (position, _) = cx.procedure().transitions().find(&taking.transition?)?;
        let step = step(cx, position)?;
        let charges = None;
        let moved: Box<Moved> =
            Move { dossier: self, cx, base, step, taking, charges, at }.anyway(None)?;
        Some((Happened::Moved(moved), self.told_against(cx, step, actor, taking, at)))
    }

    fn supposed_answer(&self, cx: &Context<'_>, answer: &Answer) -> Option<Happened> {
        let learnt = self.learnt(cx, &answer.facts, &[]).ok()?;
        let Answer { consultation, opinion, .. } = *answer;
        Some(Happened::Answered { consultation, opinion, learnt })
    }

    /// Returns the reasons against a step that a record can tell.
    fn told_against(
        &self,
        cx: &Context<'_>,
        step: Step<'_>,
        actor: &Actor,
        taking: &Taking,
        at: Moment,
    ) -> Vec<Reason> {
        let (facts, documents, charges) = (&*taking.facts, &[][..], &[][..]);
        let conditions = Conditions { dossier: self, cx, step, facts, documents, charges, at };
        // An open guard says only what is not recorded.
        let guard = step.transition.when();
        let fails = guard.is_some_and(|it| it.evaluate(conditions.lookup()) == Truth::No);
        let mut against = conditions.against(actor);
        against.retain(|it| match it.cause() {
            Cause::RoleNotAllowed
            | Cause::FourEyes
            | Cause::AtMost
            | Cause::ReappointmentLimit
            | Cause::ExtensionLimit
            | Cause::ExtensionTooLate
            | Cause::NotInForce
            | Cause::ResultExists => true,
            Cause::FactNotMet => fails,
            _ => false,
        });
        against
    }
}

fn step<'c>(cx: &Context<'c>, at: TransitionIdx) -> Option<Step<'c>> {
    let transitions = cx.procedure().transitions();
    Some(Step { at, name: transitions.name(at)?, transition: transitions.get(at)? })
}
