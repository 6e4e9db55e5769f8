//! Whether one dossier passes: the plan of its state, and what is true of the dossier itself.

use alloc::vec::Vec;

use super::bridge::Crossing;
use super::demand::What;
use super::plan::{Passage, Plan};
use crate::definition::{Procedure, StateIdx};
use crate::dossier::charge::OBLIGATION;
use crate::dossier::condition::Conditions;
use crate::dossier::context::Context;
use crate::dossier::event::{ConsultationOutcome, Standing};
use crate::dossier::rejection::{Cause, Reason, Thing};
use crate::dossier::{Base, Charge, Dossier};
use crate::id::Id;
use crate::money::Dong;

/// What a plan says of one dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ruling {
    to: Option<Id>,
    reasons: Vec<Reason>,
}

impl Ruling {
    /// Returns how the dossier passes.
    #[must_use]
    pub fn passage(&self) -> Passage {
        Passage::of(&self.reasons)
    }

    /// Returns the state in which it arrives; none when there is none.
    #[must_use]
    pub const fn to(&self) -> Option<Id> {
        self.to
    }

    /// Returns everything that stands in the way.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    pub(super) fn into_reasons(self) -> Vec<Reason> {
        self.reasons
    }
}

impl Plan<'_> {
    /// Says how a dossier of the earlier version passes; none of a blank one.
    ///
    /// Who may ask for it, and when, is for [`Dossier::decide`] to say.
    #[must_use]
    pub fn ruling(&self, cx: &Context<'_>, dossier: &Dossier) -> Option<Ruling> {
        let base = dossier.filed.as_ref()?;
        let states = self.before().states();
        let found = states.find(&base.state).map(|(at, _)| at);
        let crossing = found.and_then(|at| Some((at, self.bridge.crossing(at, &base.state)?)));
        let Some((at, crossing)) = crossing else {
            let reasons = one(Reason::new(Cause::StateNotInVersion).about(base.state));
            return Some(Ruling { to: None, reasons });
        };
        let cx = cx.under(self.after());
        let asked = Asked { plan: self, cx: &cx, dossier, base, crossing: &crossing };
        let mut reasons = asked.reasons(at);
        let mut seen = Vec::with_capacity(reasons.len());
        reasons.retain(|it| {
            !seen.contains(it) && {
                seen.push(it.clone());
                true
            }
        });
        let to = crossing.to.and_then(|it| self.after().states().name(it));
        Some(Ruling { to, reasons })
    }
}

/// A dossier while it is asked.
struct Asked<'a> {
    plan: &'a Plan<'a>,
    cx: &'a Context<'a>,
    dossier: &'a Dossier,
    base: &'a Base,
    crossing: &'a Crossing<'a, 'a>,
}

impl Asked<'_> {
    fn reasons(&self, at: StateIdx) -> Vec<Reason> {
        if let Some(result) = self.base.result {
            return one(Reason::new(Cause::ResultExists).found(Thing::Moment(result)));
        }
        let mut reasons = self.plan.bridge.meaning(at, &self.base.state);
        reasons.extend(self.previous());
        self.terms(&mut reasons);
        self.consultations(&mut reasons);
        self.facts(&mut reasons);
        self.steps(&mut reasons);
        self.fees(&mut reasons);
        self.demands(&mut reasons);
        reasons
    }

    const fn entered(&self) -> &Procedure {
        self.plan.after()
    }

    /// Where a step goes back, the state before must be there too.
    fn previous(&self) -> Option<Reason> {
        let previous = self.base.previous.filter(|_| self.crossing.goes_back())?;
        let lost = self.plan.bridge.arrives_in(&previous).is_none();
        lost.then(|| Reason::new(Cause::StateNotInVersion).about(previous))
    }

    fn terms(&self, reasons: &mut Vec<Reason>) {
        let running = self.dossier.terms().iter().filter(|it| it.standing != Standing::Stopped);
        for state in running.filter(|it| self.plan.bridge.carriage(&it.term).is_none()) {
            let due = state.due.map_or(Thing::Nothing, |it| Thing::Moment(it.moment()));
            reasons.push(Reason::new(Cause::TermNotInVersion).about(state.term).found(due));
        }
        for (name, term) in self.crossing.unstarted() {
            // What ran and ended has happened, and does not happen again.
            if self.dossier.term(&name).is_none() {
                reasons.push(Reason::new(Cause::TermNotStarted).about(name).on(term.law()));
            }
        }
    }

    fn consultations(&self, reasons: &mut Vec<Reason>) {
        let settled =
            |it: Option<ConsultationOutcome>| it.is_some_and(ConsultationOutcome::settles);
        let open = self.dossier.consultations().iter().filter(|it| !settled(it.outcome));
        for asked in open {
            if self.entered().consultations().find(&asked.consultation).is_none() {
                let due = asked.due.map_or(Thing::Nothing, |it| Thing::Moment(it.moment()));
                let reason = Reason::new(Cause::ConsultationNotInVersion);
                reasons.push(reason.about(asked.consultation).found(due));
            }
        }
    }

    fn facts(&self, reasons: &mut Vec<Reason>) {
        let declared = self.entered().facts();
        for (fact, value) in self.dossier.facts() {
            let known = declared.position(fact).and_then(|it| declared.fact(it));
            if let Some(known) = known.filter(|it| !it.domain().admits(*value)) {
                let needed = Thing::Text(known.domain().expected().into());
                let reason = Reason::new(Cause::IllTypedFact).about(*fact).needed(needed);
                reasons.push(reason.found(Thing::Value(*value)).by(known.by()));
            }
        }
    }

    fn steps(&self, reasons: &mut Vec<Reason>) {
        for (step, _) in &self.dossier.taken {
            if self.plan.bridge.matters(step) {
                reasons.push(Reason::new(Cause::StepNotInVersion).about(*step));
            }
        }
    }

    fn fees(&self, reasons: &mut Vec<Reason>) {
        let paid = self.dossier.charges().iter().filter(|it| it.paid != Dong::ZERO);
        for charge in paid.filter(|it| it.fee != OBLIGATION) {
            let known = self.plan.before().fees().find(&charge.fee).is_some();
            if known && self.plan.bridge.loses_fee(&charge.fee) {
                let reason = Reason::new(Cause::FeeNotInVersion).about(charge.fee);
                reasons.push(reason.found(Thing::Amount(charge.paid)));
            }
        }
    }

    /// Asks for what the later version asked for before the point at which the dossier stands.
    fn demands(&self, reasons: &mut Vec<Reason>) {
        let demands = self.crossing.demands();
        if demands.is_empty() {
            return;
        }
        let renamed = self.dossier.renamed(self.plan.migration().map(|(_, it)| it), self.entered());
        let charges: Vec<Charge> =
            renamed.reassess(self.cx, &[]).unwrap_or_else(|| renamed.charges.clone());
        for demand in &demands {
            let Some(step) = demand.step(self.entered()) else { continue };
            let at = self.base.entered;
            let conditions = Conditions {
                dossier: &renamed,
                cx: self.cx,
                step,
                facts: &[],
                documents: &[],
                charges: &charges,
                at,
            };
            match &demand.what {
                What::Guard(_) => {
                    let guard = step.transition.when();
                    let _ = guard.map(|it| conditions.guard(it, reasons));
                }
                What::Document(name, _) => {
                    let document = self.entered().documents().find(name);
                    document
                        .into_iter()
                        .for_each(|(_, it)| conditions.document(*name, it, reasons));
                }
                What::Consultation(name, _) => {
                    let agency = self.entered().consultations().find(name);
                    agency
                        .into_iter()
                        .for_each(|(_, it)| conditions.consultation(*name, it, reasons));
                }
                What::Fee(name) => {
                    let open = charges.iter().filter(|it| it.fee == *name && !it.is_settled());
                    reasons.extend(open.map(|it| conditions.unsettled(it)));
                }
            }
        }
    }
}

fn one(reason: Reason) -> Vec<Reason> {
    Vec::from([reason])
}
