//! Deciding a command: what is common to all of them.
//!
//! The order of the checks is fixed: is it new, is it in time, is it about this
//! version, what fell due before it; only then the command itself.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::charge::OBLIGATION;
use super::command::{Actor, Answer, Command, Filing, Order, Payment, Received};
use super::context::Context;
use super::event::{ANSWER, Event, Filed, Happened, LEARN, Learnt, MIGRATE, PAY, SIGN_DOCUMENT};
use super::migrate::may_file;
use super::rejection::{Cause, Reason, Rejection, Thing};
use super::{Dossier, term};
use crate::calendar::Moment;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::{Act, CHANNEL, SYSTEM, Target};
use crate::id::Id;

impl Dossier {
    /// Decides what a command, received at `at`, does to this dossier.
    ///
    /// The answer begins with whatever fell due before `at`, each event stamped
    /// with its own moment. Nothing changes until the caller has stored the
    /// events and handed each to [`evolve`](Self::evolve). A command that was
    /// followed before gives no event; [`events_of`](Self::events_of) says which
    /// ones it made.
    ///
    /// # Errors
    ///
    /// A rejection with every reason that stands in the way. What fell due is
    /// not lost by it: the next call, or [`expire`](Self::expire), gives it again.
    pub fn decide(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        if let Some(before) = self.commands.iter().find(|it| it.command == command.id) {
            return match asked(cx, &command.order) {
                Some(asked) if asked != before.asked => {
                    let reason = Reason::new(Cause::CommandReused).about(before.asked);
                    Err(reason.found(Thing::Name(asked)).into())
                }
                _ => Ok(Vec::new()),
            };
        }
        let at = term::written(cx, at)?;
        self.check_version(command)?;
        self.check_time(at)?;
        if let Order::File(filing) = &command.order {
            return self.file(cx, command, filing, at);
        }
        self.check_procedure(cx, command)?;
        if command.order == Order::Migrate {
            return self.migrate(cx, command, at);
        }
        let mut events = self.expire(cx, at);
        if events.is_empty() {
            return self.follow(cx, command, at);
        }
        let mut later = self.clone();
        events.iter().for_each(|it| later.evolve(it));
        events.extend(later.follow(cx, command, at)?);
        Ok(events)
    }

    pub(super) fn check_version(&self, command: &Command) -> Result<(), Rejection> {
        match command.expected_version {
            Some(expected) if expected != self.sequence => Err(Reason::new(Cause::VersionConflict)
                .needed(Thing::Number(expected))
                .found(Thing::Number(self.sequence))
                .into()),
            _ => Ok(()),
        }
    }

    fn check_time(&self, at: Moment) -> Result<(), Rejection> {
        match self.last {
            Some(last) if at < last => Err(Reason::new(Cause::TimeRunsBackwards)
                .needed(Thing::Moment(last))
                .found(Thing::Moment(at))
                .into()),
            _ => Ok(()),
        }
    }

    /// Until acceptance any version of the procedure may decide; then only the pinned one.
    fn check_procedure(&self, cx: &Context<'_>, command: &Command) -> Result<(), Rejection> {
        let Some(base) = &self.filed else { return Err(Reason::new(Cause::NotFiled).into()) };
        let same = base.procedure == *cx.procedure().id();
        let governs = base.accepted.is_none() || base.fingerprint == *cx.procedure().fingerprint();
        if same && (governs || command.order == Order::Migrate) {
            return Ok(());
        }
        Err(Reason::new(Cause::WrongProcedure)
            .needed(Thing::Name(if same { base.version } else { base.procedure }))
            .found(Thing::Name(if same { *cx.procedure().version() } else { *cx.procedure().id() }))
            .into())
    }

    /// Somebody who acts has a role of the procedure; steps say which.
    pub(super) fn check_role(&self, cx: &Context<'_>, command: &Command) -> Result<(), Rejection> {
        let declared = cx.procedure().roles().find(&command.actor.role).is_some();
        let signs = matches!(command.order, Order::Sign { .. });
        if declared && (!signs || may_file(cx, command)) {
            return Ok(());
        }
        Err(Reason::new(Cause::RoleNotAllowed).found(Thing::Name(command.actor.role)).into())
    }

    fn follow(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        match &command.order {
            Order::File(_) => Err(Reason::new(Cause::AlreadyFiled).into()),
            Order::Take(taking) => self.take(cx, command, taking, at),
            _ => self.record(cx, command, at),
        }
    }

    /// Follows an order that is no step: something is recorded about an open dossier.
    fn record(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        self.check_open()?;
        self.check_role(cx, command)?;
        match &command.order {
            Order::Facts(facts) => self.learn(cx, command, facts, &[], at),
            Order::Documents(documents) => self.learn(cx, command, &[], documents, at),
            Order::Answer(answer) => self.answered(cx, command, answer, at),
            Order::Pay(payment) => self.pay(cx, command, payment, at),
            Order::Sign { document } => self.sign(cx, command, *document, at),
            Order::File(_) | Order::Take(_) | Order::Migrate => Ok(Vec::new()),
        }
    }

    /// Makes the next event.
    pub(super) fn event(
        &self,
        cx: &Context<'_>,
        command: &Command,
        at: Moment,
        happened: Happened,
    ) -> Event {
        Event {
            dossier: self.id,
            sequence: self.sequence.saturating_add(1),
            at,
            actor: command.actor.clone(),
            command: Some(command.id),
            procedure: *cx.procedure().fingerprint(),
            calendar: cx.calendar().fingerprint(),
            tariff: cx.tariff_fingerprint(),
            happened,
        }
    }

    fn file(
        &self,
        cx: &Context<'_>,
        command: &Command,
        filing: &Filing,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        if self.filed.is_some() {
            return Err(Reason::new(Cause::AlreadyFiled).into());
        }
        let procedure = cx.procedure();
        if let Some(reason) = in_force(cx, at) {
            return Err(reason.into());
        }
        if !procedure.channels().contains(&filing.channel) {
            let channel = Thing::word(filing.channel.as_str(), |it| filing.channel.label(it));
            return Err(Reason::new(Cause::ChannelNotOffered).found(channel).into());
        }
        if let Some(reason) = receiver(cx, filing, at) {
            return Err(reason.into());
        }
        let unknown = || Rejection::from(Reason::new(Cause::UnknownTransition));
        let transition = procedure.transitions().get(procedure.filing()).ok_or_else(unknown)?;
        let role = procedure.roles().find(&command.actor.role);
        if !role.is_some_and(|(it, _)| transition.by.contains(it)) {
            let found = Thing::Name(command.actor.role);
            return Err(Reason::new(Cause::RoleNotAllowed).found(found).into());
        }
        check_facts(cx, &filing.facts)?;
        check_documents(cx, &filing.documents)?;
        let filed = self.begun(cx, filing, at)?;
        Ok(Vec::from([self.event(cx, command, at, Happened::Filed(Box::new(filed)))]))
    }

    /// Computes everything that the event of a filing must say.
    pub(super) fn begun(
        &self,
        cx: &Context<'_>,
        filing: &Filing,
        at: Moment,
    ) -> Result<Filed, Rejection> {
        let procedure = cx.procedure();
        let unknown = || Rejection::from(Reason::new(Cause::UnknownTransition));
        let transition = procedure.transitions().get(procedure.filing()).ok_or_else(unknown)?;
        let Target::State(state) = transition.to() else { return Err(unknown()) };
        let name = procedure.states().name(state).ok_or_else(unknown)?;
        let state = procedure.states().get(state).ok_or_else(unknown)?;
        let mut facts = filing.facts.clone();
        facts.extend(channel_fact(cx, filing));
        let mut filed = Filed {
            transition: procedure.transitions().name(procedure.filing()).ok_or_else(unknown)?,
            procedure: *procedure.id(),
            version: *procedure.version(),
            channel: filing.channel,
            received_by: filing.received_by,
            state: name,
            portal_status: state.portal_status(),
            facts,
            documents: filing.documents.clone(),
            terms: Vec::new(),
            charges: Vec::new(),
        };
        for &starts in &transition.starts {
            let known = self.known.lookup(procedure.facts(), &filed.facts);
            let term = term::start(cx, starts, known, at, None)?;
            filed.terms.extend(term);
        }
        filed.charges = self.assess(cx, &filed.facts, filing.channel, at);
        Ok(filed)
    }

    /// Records what became known, and resolves the terms and fees that waited for it.
    fn learn(
        &self,
        cx: &Context<'_>,
        command: &Command,
        facts: &[(Id, Value)],
        documents: &[Received],
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let learnt = self.learnt(cx, facts, documents)?;
        Ok(Vec::from([self.event(cx, command, at, Happened::Learnt(learnt))]))
    }

    pub(super) fn learnt(
        &self,
        cx: &Context<'_>,
        facts: &[(Id, Value)],
        documents: &[Received],
    ) -> Result<Learnt, Rejection> {
        check_facts(cx, facts)?;
        check_documents(cx, documents)?;
        let terms = self.resolve_terms(cx, facts)?;
        Ok(Learnt {
            facts: facts.into(),
            documents: documents.into(),
            appointment: term::appointment(&terms, self.appointment),
            terms,
            charges: self.reassess(cx, facts),
        })
    }

    fn answered(
        &self,
        cx: &Context<'_>,
        command: &Command,
        answer: &Answer,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let open = |it: &&super::Consulted| {
            it.consultation == answer.consultation && !it.outcome.is_some_and(|it| it.settles())
        };
        if !self.consultations.iter().any(|it| open(&it)) {
            return Err(Reason::new(Cause::NoSuchConsultation).about(answer.consultation).into());
        }
        let happened = Happened::Answered {
            consultation: answer.consultation,
            opinion: answer.opinion,
            learnt: self.learnt(cx, &answer.facts, &[])?,
        };
        Ok(Vec::from([self.event(cx, command, at, happened)]))
    }

    fn pay(
        &self,
        cx: &Context<'_>,
        command: &Command,
        payment: &Payment,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let mut open = self.charges.iter().filter(|it| match payment.fee {
            Some(fee) => it.fee == fee,
            None => !it.is_settled(),
        });
        let (Some(charge), None) = (open.next(), open.next()) else {
            let reason = Reason::new(Cause::NoSuchFee);
            return Err(payment.fee.map_or(reason.clone(), |it| reason.about(it)).into());
        };
        let owed = charge.payer.map(|it| it.get().saturating_sub(charge.paid.get()));
        let amount = payment.amount.get();
        let countable = charge.paid.plus(payment.amount).is_ok();
        if amount <= 0 || owed.is_some_and(|it| amount > it) || !countable {
            let needed = charge.payer.map_or(Thing::Unknown, Thing::Amount);
            let reason = Reason::new(Cause::BadPayment).about(charge.fee).needed(needed);
            return Err(reason.found(Thing::Amount(payment.amount)).into());
        }
        let paid = Happened::Paid { fee: charge.fee, amount: payment.amount };
        let mut events = Vec::from([self.event(cx, command, at, paid)]);
        // Where a state waits for the payment, paying the rest ends the wait; what an office
        // demanded is waited for before any other fee.
        let demanded = self.charges.iter().find(|it| it.fee == OBLIGATION && !it.is_settled());
        let is_awaited = demanded.is_none_or(|it| it.fee == charge.fee) && owed == Some(amount);
        if let Some(onward) = self.awaited_payment(cx).filter(|_| is_awaited) {
            let mut later = self.clone();
            events.iter().for_each(|it| later.evolve(it));
            let system = Actor::new(SYSTEM.as_str(), SYSTEM);
            let command = Command { actor: system, ..Command::clone(command) };
            events.extend(later.take(cx, &command, &onward, at)?);
        }
        Ok(events)
    }

    /// Returns the step by which the system takes a payment for which the present state waits.
    fn awaited_payment(&self, cx: &Context<'_>) -> Option<super::Taking> {
        let procedure = cx.procedure();
        let (state, _) = procedure.states().find(&self.state()?)?;
        let (system, _) = procedure.roles().find(&SYSTEM)?;
        let mut leaving = procedure.leaving(state);
        let (_, name, _) =
            leaving.find(|(_, _, it)| it.act() == Act::Pay && it.by.contains(system))?;
        Some(super::Taking::of(name))
    }

    fn sign(
        &self,
        cx: &Context<'_>,
        command: &Command,
        document: Id,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        check_documents(cx, &[Received::handed_in(document)])?;
        Ok(Vec::from([self.event(cx, command, at, Happened::Signed { document })]))
    }

    /// A closed dossier learns nothing more.
    pub(super) fn check_open(&self) -> Result<(), Rejection> {
        match &self.filed {
            Some(base) if base.portal_status.is_terminal() => {
                Err(Reason::new(Cause::Terminal).about(base.state).into())
            }
            _ => Ok(()),
        }
    }
}

/// Names what an order asks for, as its first event does.
fn asked(cx: &Context<'_>, order: &Order) -> Option<Id> {
    Some(match order {
        Order::File(_) => cx.procedure().transitions().name(cx.procedure().filing())?,
        Order::Take(taking) => taking.transition?,
        Order::Facts(_) | Order::Documents(_) => LEARN,
        Order::Answer(_) => ANSWER,
        Order::Pay(_) => PAY,
        Order::Sign { .. } => SIGN_DOCUMENT,
        Order::Migrate => MIGRATE,
    })
}

/// The version must be in force on the day of filing and of acceptance.
pub(super) fn in_force(cx: &Context<'_>, at: Moment) -> Option<Reason> {
    let procedure = cx.procedure();
    let against = Reason::new(Cause::NotInForce).about(*procedure.version());
    let effective = procedure.effective().contains(term::day_of(cx, at));
    (!effective).then(|| against.found(Thing::Moment(at)))
}

/// Who receives a dossier must be there on that day.
fn receiver(cx: &Context<'_>, filing: &Filing, at: Moment) -> Option<Reason> {
    let (authorities, named) = (cx.authorities()?, filing.received_by?);
    let Some(known) = authorities.find(&named) else {
        return Some(Reason::new(Cause::UnknownAuthority).about(named));
    };
    let day = term::day_of(cx, at);
    if known.effective().contains(day) {
        return None;
    }
    let reason = Reason::new(Cause::AuthorityNotThere).about(named).found(Thing::Moment(at));
    let heirs = authorities.succession(&named, day);
    let needed = heirs.map_or(Thing::Nothing, |it| {
        it.acting().ids().iter().copied().fold(Thing::Nothing, Thing::or)
    });
    Some(reason.needed(needed))
}

/// Facts must be declared, and of their type.
pub(super) fn check_facts(cx: &Context<'_>, facts: &[(Id, Value)]) -> Result<(), Rejection> {
    let declared = cx.procedure().facts();
    let mut against = Vec::new();
    for (fact, value) in facts {
        if declared.check(fact, *value).is_ok() {
            continue;
        }
        against.push(match declared.position(fact).and_then(|it: FactIdx| declared.fact(it)) {
            Some(declared) => Reason::new(Cause::IllTypedFact)
                .about(*fact)
                .needed(Thing::Text(declared.domain().expected().into()))
                .found(Thing::Value(*value))
                .by(declared.by()),
            None => Reason::new(Cause::UndeclaredFact).about(*fact).found(Thing::Value(*value)),
        });
    }
    Rejection::of(against).map_or(Ok(()), Err)
}

/// Documents must be declared, and a database must be one that answers for them.
pub(super) fn check_documents(cx: &Context<'_>, documents: &[Received]) -> Result<(), Rejection> {
    let procedure = cx.procedure();
    let mut against = Vec::new();
    for received in documents {
        let Some((_, document)) = procedure.documents().find(&received.document) else {
            against.push(Reason::new(Cause::UndeclaredDocument).about(received.document));
            continue;
        };
        let Some(database) = received.database else { continue };
        let answers = procedure.databases().find(&database);
        if !answers.is_some_and(|(it, _)| document.replaced_by().contains(&it)) {
            let reason = Reason::new(Cause::UndeclaredDatabase).about(received.document);
            against.push(reason.found(Thing::Name(database)));
        }
    }
    Rejection::of(against).map_or(Ok(()), Err)
}

/// The channel is a fact, where the procedure declares one of that name.
fn channel_fact(cx: &Context<'_>, filing: &Filing) -> Option<(Id, Value)> {
    let value = Value::Choice(Id::try_new(filing.channel.as_str())?);
    cx.procedure().facts().check(&CHANNEL, value).ok().map(|_| (CHANNEL, value))
}
