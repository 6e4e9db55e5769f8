//! What the law does when nobody acts.
//!
//! Expiry depends on no job being alive: called on time or a year late,
//! [`Dossier::expire`] gives the same events, each at the moment it fell due.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::command::{Actor, Taking};
use super::condition::Step;
use super::context::Context;
use super::event::{Consulted, Event, Happened, Standing, TermState};
use super::take::Move;
use super::term::is_past;
use super::{Base, Dossier};
use crate::calendar::Moment;
use crate::definition::{SYSTEM, TransitionIdx};

/// Something that falls due by itself.
struct Expiry<'d> {
    at: Moment,
    what: What<'d>,
}

enum What<'d> {
    Term(&'d TermState, TransitionIdx),
    Consultation(&'d Consulted),
}

impl Dossier {
    /// Returns what fell due before `at` and was not followed yet, oldest first.
    ///
    /// A term is on time at its due moment, so what is due exactly at `at` has
    /// not expired. Nothing changes until the events are stored and handed to
    /// [`evolve`](Self::evolve).
    #[must_use = "what fell due has not happened until its events are stored"]
    pub fn expire(&self, cx: &Context<'_>, at: Moment) -> Vec<Event> {
        let mut events = Vec::new();
        if !self.next(cx).is_some_and(|it| is_past(at, it.at)) {
            return events;
        }
        let mut later = self.clone();
        // Each step closes its term or its consultation; a term that it starts anew ends later.
        while let Some(event) = later.next(cx).filter(|it| is_past(at, it.at)) {
            let Some(event) = later.happen(cx, &event) else { break };
            later.evolve(&event);
            events.push(event);
        }
        events
    }

    /// Returns the moment after which [`expire`](Self::expire) has work to do.
    ///
    /// The answer may change with every event.
    #[must_use]
    pub fn next_expiry(&self, cx: &Context<'_>) -> Option<Moment> {
        self.next(cx).map(|it| it.at)
    }

    fn next(&self, cx: &Context<'_>) -> Option<Expiry<'_>> {
        let base = self.filed.as_ref().filter(|it| !it.portal_status.is_terminal())?;
        let terms = self.terms.iter().filter_map(|it| term_expiry(cx, base, it));
        let consultations = self.consultations.iter().filter_map(consultation_expiry);
        // A result ends what was asked of other agencies.
        let consultations = consultations.filter(|_| base.ended.is_none());
        let mut next = terms.chain(consultations).min_by_key(|it| it.at)?;
        // What became possible only after its own moment happens when it became possible.
        next.at = self.last.map_or(next.at, |last| next.at.max(last));
        Some(next)
    }

    fn happen(&self, cx: &Context<'_>, expiry: &Expiry<'_>) -> Option<Event> {
        let happened = match expiry.what {
            What::Consultation(asked) => {
                let (_, consultation) = cx.procedure().consultations().find(&asked.consultation)?;
                let silence = consultation.silence();
                Happened::Lapsed { consultation: asked.consultation, silence }
            }
            What::Term(term, transition) => {
                Happened::Moved(self.lapse(cx, term, transition, expiry.at)?)
            }
        };
        Some(Event {
            dossier: self.id,
            sequence: self.sequence.saturating_add(1),
            at: expiry.at,
            actor: Actor::new(SYSTEM.as_str(), SYSTEM),
            command: None,
            procedure: *cx.procedure().fingerprint(),
            calendar: cx.calendar().fingerprint(),
            tariff: cx.tariff_fingerprint(),
            happened,
        })
    }

    fn lapse(
        &self,
        cx: &Context<'_>,
        term: &TermState,
        at: TransitionIdx,
        moment: Moment,
    ) -> Option<Box<super::Moved>> {
        let base = self.filed.as_ref()?;
        let transitions = cx.procedure().transitions();
        let step = Step { at, name: transitions.name(at)?, transition: transitions.get(at)? };
        let taking = Taking::of(step.name);
        let charges = None;
        Move { dossier: self, cx, base, step, taking: &taking, charges, at: moment }
            .lapse(term.term)
    }
}

/// A running term whose end has a transition that leaves the present state.
fn term_expiry<'d>(cx: &Context<'_>, base: &Base, state: &'d TermState) -> Option<Expiry<'d>> {
    if state.standing != Standing::Running {
        return None;
    }
    let at = state.due?.moment();
    let (_, term) = cx.procedure().terms().find(&state.term)?;
    let expires = term.expires()?;
    let (present, _) = cx.procedure().states().find(&base.state)?;
    let transition = cx.procedure().transitions().get(expires)?;
    let what = What::Term(state, expires);
    transition.from.contains(present).then_some(Expiry { at, what })
}

fn consultation_expiry(asked: &Consulted) -> Option<Expiry<'_>> {
    let at = asked.due?.moment();
    asked.outcome.is_none().then_some(Expiry { at, what: What::Consultation(asked) })
}
