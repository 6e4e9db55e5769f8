//! The dossier (hồ sơ): commands, events, and the state that they make.
//!
//! [`decide`](Dossier::decide) thinks and changes nothing; [`evolve`](Dossier::evolve)
//! copies what an event says and thinks nothing. There is no clock: the moment
//! is an argument, and [`next_expiry`](Dossier::next_expiry) says when to call
//! [`expire`](Dossier::expire).

#[cfg(feature = "audit")]
pub mod audit;
pub mod bundle;
mod charge;
mod code;
mod command;
mod condition;
mod context;
mod decide;
mod effect;
mod event;
mod expire;
pub(crate) mod facts;
mod message;
mod migrate;
mod options;
mod rejection;
mod suppose;
mod take;
pub(crate) mod term;

use alloc::vec::Vec;

use chrono::NaiveDate;
use uuid::Uuid;

#[cfg(feature = "simulate")]
pub(crate) use charge::owed;
pub use code::{CodeFormat, DossierCode};
pub use command::{
    Actor, ActorId, Answer, Command, Filing, Opinion, Order, Payment, Received, Taking,
};
pub use context::Context;
pub use effect::{Effect, effects};
pub use event::{
    Appointment, Breach, Charge, ConsultationOutcome, Consulted, Event, Filed, Happened, Learnt,
    Migrated, Moved, Standing, TermState,
};
pub use migrate::{Passage, Plan, Ruling, Stage, TermPassage};
pub use options::{Choice, Verdict};
pub use rejection::{Cause, Reason, Rejection};

use crate::authority::{Authorities, Succession};
use crate::calendar::Moment;
use crate::definition::fact::Value;
use crate::definition::{Act, Channel, DECISION, PortalStatus};
use crate::id::{Fingerprint, Id};
use facts::Known;

/// How many steps most dossiers take.
const STEPS: usize = 16;

/// One dossier, as its events have made it.
///
/// A new one is blank; its first event files it. Two dossiers that saw the same
/// events are equal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dossier {
    id: Uuid,
    sequence: u32,
    // The moment of the last event.
    last: Option<Moment>,
    filed: Option<Base>,
    known: Known,
    documents: Vec<Received>,
    signed: Vec<Id>,
    terms: Vec<TermState>,
    consultations: Vec<Consulted>,
    charges: Vec<Charge>,
    breaches: Vec<Breach>,
    taken: Vec<(Id, ActorId)>,
    commands: Vec<Answered>,
    appointment: Option<Appointment>,
    code: Option<DossierCode>,
}

/// What every filed dossier has.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Base {
    procedure: Id,
    version: Id,
    fingerprint: Fingerprint,
    channel: Channel,
    received_by: Option<Id>,
    at: Moment,
    accepted: Option<Moment>,
    result: Option<Moment>,
    ended: Option<Moment>,
    state: Id,
    previous: Option<Id>,
    entered: Moment,
    portal_status: PortalStatus,
}

/// A command that was followed, and the events that it made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Answered {
    command: Uuid,
    asked: Id,
    first: u32,
    last: u32,
}

impl Dossier {
    /// Creates a blank dossier with an id.
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self {
            id,
            sequence: 0,
            last: None,
            filed: None,
            known: Known::new(),
            documents: Vec::new(),
            signed: Vec::new(),
            terms: Vec::new(),
            consultations: Vec::new(),
            charges: Vec::new(),
            breaches: Vec::new(),
            taken: Vec::new(),
            commands: Vec::new(),
            appointment: None,
            code: None,
        }
    }

    /// Rebuilds a dossier from its events.
    ///
    /// # Errors
    ///
    /// When an event is of another dossier, or out of sequence; the event's
    /// place in the list comes with the error.
    pub fn replay<'e>(
        id: Uuid,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Result<Self, crate::error::Error> {
        let mut dossier = Self::new(id);
        for (place, event) in events.into_iter().enumerate() {
            if event.dossier != id || event.sequence != dossier.sequence.wrapping_add(1) {
                return Err(crate::error::Error::out_of_sequence(place, event.sequence));
            }
            dossier.evolve(event);
        }
        Ok(dossier)
    }

    /// Copies what an event says.
    ///
    /// The event must be the next one of this dossier, as [`decide`](Self::decide)
    /// and [`expire`](Self::expire) make them; [`replay`](Self::replay) checks that.
    pub fn evolve(&mut self, event: &Event) {
        self.sequence = event.sequence;
        self.last = Some(event.at);
        if let Some(command) = event.command {
            self.answer(command, event);
        }
        match &event.happened {
            Happened::Filed(filed) => self.evolve_filed(event, filed),
            Happened::Moved(moved) => self.evolve_moved(event, moved),
            Happened::Learnt(learnt) => self.evolve_learnt(learnt),
            Happened::Answered { consultation, opinion, learnt } => {
                self.evolve_learnt(learnt);
                self.close(consultation, ConsultationOutcome::Answered(*opinion));
            }
            Happened::Lapsed { consultation, silence } => {
                self.close(consultation, ConsultationOutcome::Silent(*silence));
            }
            Happened::Paid { fee, amount } => {
                for charge in self.charges.iter_mut().filter(|it| it.fee == *fee) {
                    charge.paid = charge.paid.plus(*amount).unwrap_or(charge.paid);
                }
            }
            Happened::Signed { document } => self.signed.push(*document),
            Happened::Migrated(migrated) => self.evolve_migrated(event, migrated),
        }
    }

    fn evolve_filed(&mut self, event: &Event, filed: &Filed) {
        self.filed = Some(Base {
            procedure: filed.procedure,
            version: filed.version,
            fingerprint: event.procedure,
            channel: filed.channel,
            received_by: filed.received_by,
            at: event.at,
            accepted: None,
            result: None,
            ended: None,
            state: filed.state,
            previous: None,
            entered: event.at,
            portal_status: filed.portal_status,
        });
        // A dossier takes a dozen steps; it grows once.
        self.taken.reserve(STEPS);
        self.commands.reserve(STEPS);
        self.taken.push((filed.transition, event.actor.id.clone()));
        self.known.learn(&filed.facts);
        self.receive(&filed.documents);
        self.run(&filed.terms);
        self.charges.clone_from(&filed.charges);
    }

    fn evolve_learnt(&mut self, learnt: &Learnt) {
        self.known.learn(&learnt.facts);
        self.receive(&learnt.documents);
        self.run(&learnt.terms);
        self.charge(learnt.charges.as_deref());
        self.appointment = learnt.appointment.or(self.appointment);
    }

    fn evolve_moved(&mut self, event: &Event, moved: &Moved) {
        self.known.learn(&moved.facts);
        if moved.act != Act::RequestSupplement {
            self.receive(&moved.documents);
        }
        self.run(&moved.terms);
        for asked in &moved.consulted {
            match self.consultations.iter_mut().find(|it| it.consultation == asked.consultation) {
                Some(earlier) => earlier.clone_from(asked),
                None => self.consultations.push(asked.clone()),
            }
        }
        self.charge(moved.charges.as_deref());
        self.appointment = moved.appointment.or(self.appointment);
        self.breaches.extend_from_slice(&moved.breaches);
        self.taken.push((moved.transition, event.actor.id.clone()));
        if moved.code.is_some() {
            self.code.clone_from(&moved.code);
        }
        let Some(base) = &mut self.filed else { return };
        if let Some(version) = moved.pinned {
            base.version = version;
            base.fingerprint = event.procedure;
            base.accepted = Some(event.at);
        }
        if moved.act.yields_result() {
            base.result = Some(event.at);
        }
        if moved.from != moved.to {
            base.previous = Some(moved.from);
            base.entered = event.at;
        }
        base.state = moved.to;
        base.portal_status = moved.portal_status;
        if moved.portal_status.is_settled() && base.ended.is_none() {
            base.ended = Some(event.at);
        }
    }

    fn evolve_migrated(&mut self, event: &Event, migrated: &Migrated) {
        self.run(&migrated.terms);
        self.charge(migrated.charges.as_deref());
        self.appointment = migrated.appointment;
        self.count_as(&migrated.counted);
        // The time spent in the state stays spent.
        if let Some(base) = &mut self.filed {
            base.version = migrated.version;
            base.fingerprint = event.procedure;
            base.state = migrated.state;
            base.portal_status = migrated.portal_status;
            base.previous = migrated.previous;
        }
    }

    /// Lets steps that were taken count under other names.
    fn count_as(&mut self, names: &[(Id, Id)]) {
        for (step, _) in &mut self.taken {
            let to = names.iter().find(|(it, _)| it == step).map(|(_, to)| *to);
            *step = to.unwrap_or(*step);
        }
    }

    fn answer(&mut self, command: Uuid, event: &Event) {
        let (asked, sequence) = (event.happened.asked(), event.sequence);
        match self.commands.last_mut().filter(|it| it.command == command) {
            Some(answered) => answered.last = sequence,
            None => {
                self.commands.push(Answered { command, asked, first: sequence, last: sequence });
            }
        }
    }

    fn receive(&mut self, documents: &[Received]) {
        for document in documents {
            if !self.documents.contains(document) {
                self.documents.push(*document);
            }
        }
    }

    fn run(&mut self, terms: &[TermState]) {
        for term in terms {
            match self.terms.iter_mut().find(|it| it.term == term.term) {
                Some(earlier) => earlier.clone_from(term),
                None => self.terms.push(term.clone()),
            }
        }
    }

    fn charge(&mut self, charges: Option<&[Charge]>) {
        if let Some(charges) = charges {
            self.charges.clear();
            self.charges.extend_from_slice(charges);
        }
    }

    fn close(&mut self, consultation: &Id, outcome: ConsultationOutcome) {
        for asked in self.consultations.iter_mut().filter(|it| it.consultation == *consultation) {
            asked.outcome = Some(outcome);
        }
    }
}

/// What there is to know of a dossier.
impl Dossier {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Returns the sequence number of the last event; 0 when nothing was filed.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.sequence
    }

    /// Returns the moment of the last event: nothing may be dated before it.
    #[must_use]
    pub const fn last(&self) -> Option<Moment> {
        self.last
    }

    /// Returns the procedure.
    #[must_use]
    pub fn procedure(&self) -> Option<Id> {
        self.filed.as_ref().map(|it| it.procedure)
    }

    /// Returns the version of the procedure that governs.
    #[must_use]
    pub fn procedure_version(&self) -> Option<Id> {
        self.filed.as_ref().map(|it| it.version)
    }

    /// Returns the fingerprint of the procedure that governs.
    #[must_use]
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.filed.as_ref().map(|it| &it.fingerprint)
    }

    /// Returns how it was filed.
    #[must_use]
    pub fn channel(&self) -> Option<Channel> {
        self.filed.as_ref().map(|it| it.channel)
    }

    /// Returns the authority that received it, whatever became of that.
    #[must_use]
    pub fn received_by(&self) -> Option<Id> {
        self.filed.as_ref().and_then(|it| it.received_by)
    }

    /// Returns who acts for it on a day: the authority that received it, or those that follow.
    ///
    /// None when nobody said who received it, or the authorities do not know that one.
    #[must_use]
    pub fn acting<'a>(
        &self,
        authorities: &'a Authorities,
        day: NaiveDate,
    ) -> Option<Succession<'a>> {
        authorities.succession(&self.received_by()?, day)
    }

    /// Returns the present state.
    #[must_use]
    pub fn state(&self) -> Option<Id> {
        self.filed.as_ref().map(|it| it.state)
    }

    /// Returns the status on the Portal.
    #[must_use]
    pub fn portal_status(&self) -> Option<PortalStatus> {
        self.filed.as_ref().map(|it| it.portal_status)
    }

    /// Returns when it was filed.
    #[must_use]
    pub fn filed(&self) -> Option<Moment> {
        self.filed.as_ref().map(|it| it.at)
    }

    /// Returns when it was accepted (tiếp nhận), which fixed its version.
    #[must_use]
    pub fn accepted(&self) -> Option<Moment> {
        self.filed.as_ref().and_then(|it| it.accepted)
    }

    /// Returns when the result was signed: a decision, or a refusal on the merits.
    #[must_use]
    pub fn result(&self) -> Option<Moment> {
        self.filed.as_ref().and_then(|it| it.result)
    }

    /// Returns when the office was done with it: Portal status 3, 8, 9 or 10.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.filed.as_ref().and_then(|it| it.ended)
    }

    /// Returns a fact, if it is known.
    #[must_use]
    pub fn fact(&self, fact: &Id) -> Option<Value> {
        self.known.get(fact)
    }

    /// Returns every known fact, in the order in which they became known.
    #[must_use]
    pub fn facts(&self) -> &[(Id, Value)] {
        self.known.as_slice()
    }

    /// Returns the documents that came in or that databases answer.
    #[must_use]
    pub fn documents(&self) -> &[Received] {
        &self.documents
    }

    /// Returns the terms, in the order in which they first started.
    #[must_use]
    pub fn terms(&self) -> &[TermState] {
        &self.terms
    }

    /// Returns one term.
    #[must_use]
    pub fn term(&self, term: &Id) -> Option<&TermState> {
        self.terms.iter().find(|it| it.term == *term)
    }

    /// Returns the consultations.
    #[must_use]
    pub fn consultations(&self) -> &[Consulted] {
        &self.consultations
    }

    /// Returns the fees.
    #[must_use]
    pub fn charges(&self) -> &[Charge] {
        &self.charges
    }

    /// Returns the breaches of service recorded so far.
    #[must_use]
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// Returns the appointment on the slip.
    #[must_use]
    pub const fn appointment(&self) -> Option<&Appointment> {
        self.appointment.as_ref()
    }

    /// Returns the code under which it can be looked up.
    #[must_use]
    pub const fn code(&self) -> Option<&DossierCode> {
        self.code.as_ref()
    }

    /// Returns the first and last sequence number of the events that a command made.
    #[must_use]
    pub fn events_of(&self, command: &Uuid) -> Option<(u32, u32)> {
        let answered = self.commands.iter().find(|it| it.command == *command)?;
        Some((answered.first, answered.last))
    }

    /// Returns true when the appointment has passed and the office is not done.
    ///
    /// Overdue (quá hạn) is computed, never stored. What ended late stays
    /// overdue. A dossier whose statutory term stands still is not overdue.
    #[must_use]
    pub fn is_overdue(&self, at: Moment) -> bool {
        let Some(due) = self.due() else { return false };
        term::is_past(self.ended().unwrap_or(at), due)
    }

    /// Returns the end of the day on which the applicant was told to come: the
    /// day named by an apology, or the due date of the statutory term.
    ///
    /// None before acceptance, while the statutory term stands still, and when
    /// it stood still to the end.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        let appointment = self.appointment?;
        let decision = self.term(&DECISION)?;
        decision.due.map(|_| appointment.moment())
    }

    /// Counts how often a transition was taken.
    fn times_taken(&self, transition: &Id) -> usize {
        self.taken.iter().filter(|(it, _)| it == transition).count()
    }
}

#[cfg(test)]
mod tests;
