//! The conditions of a transition, and what stands in their way.
//!
//! Each condition adds its own reasons and knows nothing of the others, so the
//! reasons of a refusal are exactly those whose removal lifts it.

use alloc::vec::Vec;

use super::command::{Actor, Received};
use super::context::Context;
use super::decide::in_force;
use super::rejection::{Cause, Reason, Thing};
use super::{Charge, ConsultationOutcome, Dossier, term};
use crate::calendar::Moment;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::{Explanation, Guard, Truth};
use crate::definition::{
    Act, Beyond, ClockEffect, Consultation, Document, Fee, LawIdx, Requirement, Transition,
    TransitionIdx,
};
use crate::id::Id;

/// A transition of the procedure, with its place and name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'c> {
    pub(super) at: TransitionIdx,
    pub(super) name: Id,
    pub(super) transition: &'c Transition,
}

/// What stands in the way of a step, while it is being found.
#[derive(Clone, Copy)]
pub(super) struct Conditions<'c> {
    pub(super) dossier: &'c Dossier,
    pub(super) cx: &'c Context<'c>,
    pub(super) step: Step<'c>,
    /// Facts and documents that come with the command.
    pub(super) facts: &'c [(Id, Value)],
    pub(super) documents: &'c [Received],
    /// What is owed, with what the command makes known.
    pub(super) charges: &'c [Charge],
    pub(super) at: Moment,
}

impl<'c> Conditions<'c> {
    /// Returns every reason against the step, apart from what the command itself must bring.
    pub(super) fn against(&self, actor: &Actor) -> Vec<Reason> {
        let mut against = Vec::new();
        self.role(actor, &mut against);
        self.four_eyes(actor, &mut against);
        self.at_most(&mut against);
        if self.step.transition.act() == Act::Accept {
            against.extend(in_force(self.cx, self.at));
        }
        self.extensions(&mut against);
        let guard = self.step.transition.when();
        let supposed = guard.map_or(Vec::new(), |it| self.guard(it, &mut against));
        if supposed.is_empty() {
            self.needs(&mut against);
        } else {
            // Mending the guard may bring up papers and agencies that were not asked for before.
            let facts: Vec<_> = self.facts.iter().chain(&supposed).copied().collect();
            Conditions { facts: &facts, ..*self }.needs(&mut against);
        }
        against
    }

    fn needs(&self, against: &mut Vec<Reason>) {
        for need in self.step.transition.needs() {
            match need {
                Requirement::Documents => self.all_documents(against),
                Requirement::ConsultationsAnswered => self.all_consultations(against),
                Requirement::NoResult => self.no_result(against),
                Requirement::FeeSettled | Requirement::Reason | Requirement::NewDay => {}
            }
        }
        self.fees(against);
    }

    pub(super) fn lookup(&self) -> impl Fn(FactIdx) -> Option<Value> {
        self.dossier.known.lookup(self.cx.procedure().facts(), self.facts)
    }

    /// A term is extended as often as its rule allows, and before it ends.
    fn extensions(&self, against: &mut Vec<Reason>) {
        for &(at, effect) in self.step.transition.clock() {
            let name = self.cx.procedure().terms().name(at);
            let state = name.and_then(|it| self.dossier.term(&it));
            let Some(state) = state.filter(|_| effect == ClockEffect::Extend) else { continue };
            if let Err(rejection) = term::extend(self.cx, at, &mut state.clock.clone(), self.at) {
                against.extend(rejection.reasons().cloned());
            }
        }
    }

    fn role(&self, actor: &Actor, against: &mut Vec<Reason>) {
        let procedure = self.cx.procedure();
        let role = procedure.roles().find(&actor.role);
        if role.is_some_and(|(at, _)| self.step.transition.by.contains(at)) {
            return;
        }
        let mut names = self.step.transition.by().filter_map(|it| procedure.roles().name(it));
        let first = names.next();
        let mut needed = first.map_or(Thing::Nothing, Thing::Name);
        for name in names {
            needed = needed.or(name);
        }
        against.push(
            Reason::new(Cause::RoleNotAllowed)
                .needed(needed)
                .found(Thing::Name(actor.role))
                .by(first)
                .on(self.step.transition.law()),
        );
    }

    fn four_eyes(&self, actor: &Actor, against: &mut Vec<Reason>) {
        for &other in self.step.transition.not_by_who_did() {
            let Some(name) = self.cx.procedure().transitions().name(other) else { continue };
            if self.dossier.taken.iter().any(|(it, who)| *it == name && *who == actor.id) {
                against.push(
                    Reason::new(Cause::FourEyes)
                        .about(name)
                        .found(Thing::Text(actor.id.as_str().into()))
                        .on(self.step.transition.law()),
                );
            }
        }
    }

    fn at_most(&self, against: &mut Vec<Reason>) {
        let Some(limit) = self.step.transition.at_most() else { return };
        let taken = self.dossier.times_taken(&self.step.name);
        if taken < usize::from(limit) || self.step.transition.beyond() == Beyond::Breach {
            return;
        }
        let cause = match self.step.transition.act() {
            Act::Apologise => Cause::ReappointmentLimit,
            _ => Cause::AtMost,
        };
        let taken = u32::try_from(taken).unwrap_or(u32::MAX);
        against.push(
            Reason::new(cause)
                .about(self.step.name)
                .needed(Thing::Number(limit.into()))
                .found(Thing::Number(taken))
                .on(self.step.transition.law()),
        );
    }

    /// Adds what keeps the guard from holding, and returns values that would mend it: the least set of facts.
    pub(super) fn guard(&self, guard: &Guard, against: &mut Vec<Reason>) -> Vec<(Id, Value)> {
        if guard.evaluate(self.lookup()) == Truth::Yes {
            return Vec::new();
        }
        let law = self.step.transition.law();
        let explanation = guard.unmet(self.lookup(), self.cx.procedure().facts());
        for need in explanation.needs() {
            let conditions: Vec<&str> = need.conditions().collect();
            let (cause, found) = match need.found() {
                Some(value) => (Cause::FactNotMet, Thing::Value(value)),
                None => (Cause::FactUnknown, Thing::Unknown),
            };
            let needed = Thing::Text(conditions.join(" and ").into());
            against.push(self.about_fact(need.fact(), cause).needed(needed).found(found).on(law));
        }
        match &explanation {
            Explanation::Holds | Explanation::Waits(_) | Explanation::Fails(_) => {}
            // Which facts would do is not known; the guard itself says what is needed.
            Explanation::Never | Explanation::Entangled(_) => {
                let needed = Thing::Text(guard.as_str().into());
                against.push(Reason::new(Cause::FactNotMet).needed(needed).on(law));
            }
        }
        let facts = self.cx.procedure().facts();
        let mended = explanation.needs().iter();
        mended.filter_map(|it| Some((facts.fact(it.fact())?.id(), it.example()?))).collect()
    }

    /// Returns whether a condition holds; when its facts are not known, says which.
    fn applies(&self, when: Option<&Guard>, law: &[LawIdx], against: &mut Vec<Reason>) -> bool {
        let Some(guard) = when else { return true };
        match guard.evaluate(self.lookup()) {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown => {
                for &fact in guard.facts().iter().filter(|it| self.lookup()(**it).is_none()) {
                    let reason =
                        self.about_fact(fact, Cause::FactUnknown).found(Thing::Unknown).on(law);
                    if !against.contains(&reason) {
                        against.push(reason);
                    }
                }
                false
            }
        }
    }

    fn about_fact(&self, fact: FactIdx, cause: Cause) -> Reason {
        match self.cx.procedure().facts().fact(fact) {
            Some(fact) => Reason::new(cause).about(fact.id()).by(fact.by()),
            None => Reason::new(cause),
        }
    }

    fn all_documents(&self, against: &mut Vec<Reason>) {
        for (_, name, document) in self.cx.procedure().documents().iter() {
            self.document(name, document, against);
        }
    }

    pub(super) fn document(&self, name: Id, document: &Document, against: &mut Vec<Reason>) {
        if document.presented() || !self.applies(document.when(), document.law(), against) {
            return;
        }
        let missing =
            |cause| Reason::new(cause).about(name).by(self.applicant()).on(document.law());
        if !self.is_there(&name) {
            against.push(missing(Cause::DocumentMissing));
        }
        if self.lacks_signature(&name, document) {
            against.push(missing(Cause::SignatureMissing));
        }
    }

    fn is_there(&self, document: &Id) -> bool {
        let mut received = self.dossier.documents.iter().chain(self.documents);
        received.any(|it| it.document == *document)
    }

    /// A document from a database needs no signature.
    fn lacks_signature(&self, name: &Id, document: &Document) -> bool {
        let signs = self.dossier.channel().is_some_and(|it| document.signed().contains(&it));
        let mut received = self.dossier.documents.iter().chain(self.documents);
        let by_database = received.any(|it| it.document == *name && it.database.is_some());
        signs && !by_database && !self.dossier.signed.contains(name)
    }

    /// Returns who can bring what is missing.
    fn applicant(&self) -> Option<Id> {
        let procedure = self.cx.procedure();
        procedure.applicant().and_then(|it| procedure.roles().name(it))
    }

    fn all_consultations(&self, against: &mut Vec<Reason>) {
        for (_, name, consultation) in self.cx.procedure().consultations().iter() {
            self.consultation(name, consultation, against);
        }
    }

    pub(super) fn consultation(
        &self,
        name: Id,
        consultation: &Consultation,
        against: &mut Vec<Reason>,
    ) {
        if !self.applies(consultation.when(), consultation.law(), against) {
            return;
        }
        let asked = self.dossier.consultations.iter().find(|it| it.consultation == name);
        let reason = match asked {
            Some(asked) if asked.outcome.is_some_and(ConsultationOutcome::settles) => return,
            Some(asked) => {
                let found = asked.due.map_or(Thing::Nothing, |due| Thing::Moment(due.moment()));
                Reason::new(Cause::ConsultationPending).found(found)
            }
            None => Reason::new(Cause::ConsultationNotAsked),
        };
        against.push(reason.about(name).on(consultation.law()));
    }

    fn no_result(&self, against: &mut Vec<Reason>) {
        if let Some(result) = self.dossier.result() {
            against.push(
                Reason::new(Cause::ResultExists)
                    .found(Thing::Moment(result))
                    .on(self.step.transition.law()),
            );
        }
    }

    /// Names the facts for which an amount waits, or else why nobody knows it.
    fn unknown_fee(&self, charge: &Charge, fee: Option<&Fee>) -> Reason {
        let reason = Reason::new(Cause::FeeUnknown);
        let waits =
            fee.map_or(Vec::new(), |it| self.dossier.fee_waits_for(self.cx, it, self.facts));
        let needed = waits.into_iter().fold(Thing::Nothing, Thing::or);
        match (needed, charge.why) {
            (Thing::Nothing, Some(why)) => {
                reason.found(Thing::word(why.as_str(), |it| why.label(it)))
            }
            (needed, _) => reason.needed(needed).found(Thing::Unknown),
        }
    }

    /// A fee is due before the step that its definition names, and before every step that needs all settled.
    fn fees(&self, against: &mut Vec<Reason>) {
        let all = self.step.transition.needs().contains(&Requirement::FeeSettled);
        for charge in self.charges.iter().filter(|it| !it.is_settled()) {
            let fee = self.cx.procedure().fees().find(&charge.fee).map(|(_, it)| it);
            let before = fee.and_then(Fee::due_before);
            if before != Some(self.step.at) && !(all && before.is_none()) {
                continue;
            }
            against.push(self.unsettled(charge));
        }
    }

    pub(super) fn unsettled(&self, charge: &Charge) -> Reason {
        let fee = self.cx.procedure().fees().find(&charge.fee).map(|(_, it)| it);
        let reason = match charge.payer {
            Some(payer) => Reason::new(Cause::FeeNotSettled)
                .needed(Thing::Amount(payer))
                .found(Thing::Amount(charge.paid))
                .by(self.applicant()),
            None => self.unknown_fee(charge, fee),
        };
        reason.about(charge.fee).on(fee.map_or(&[][..], Fee::law))
    }
}
