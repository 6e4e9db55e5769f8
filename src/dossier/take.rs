//! Taking a transition: the one command that moves a dossier.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::command::{Command, Taking};
use super::condition::{Conditions, Step};
use super::context::Context;
use super::decide::{check_documents, check_facts};
use super::event::{Appointment, Breach, Consulted, Event, Happened, Moved, Standing, TermState};
use super::rejection::{Cause, Reason, Rejection, Thing};
use super::{Base, Charge, Dossier, charge, term};
use crate::calendar::Moment;
use crate::definition::fact::{Domain, FactIdx, Value};
use crate::definition::guard::Truth;
use crate::definition::{Act, Beyond, DECISION, PortalStatus, Requirement, Target, TermIdx};
use crate::id::Id;
use crate::money::Dong;
use crate::text::nearest;

// Breaches whose rule is not the name of a term.
const APOLOGY_LATE: Id = Id::literal("apology-late");
const SECOND_SUPPLEMENT: Id = Id::literal("second-supplement");
const STEP_OVERDUE: Id = Id::literal("step-overdue");

impl Dossier {
    pub(super) fn take(
        &self,
        cx: &Context<'_>,
        command: &Command,
        taking: &Taking,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(base) = &self.filed else { return Err(Reason::new(Cause::NotFiled).into()) };
        let step = self.step(cx, base, taking)?;
        check_facts(cx, &taking.facts)?;
        check_documents(cx, &taking.documents)?;
        let documents = match step.transition.act() {
            // What is asked for is not there yet.
            Act::RequestSupplement => &[][..],
            _ => &taking.documents,
        };
        // What the command makes known may change what is owed before its step.
        let fresh = &taking.facts;
        let assess = !fresh.is_empty() || step.transition.act() == Act::Accept;
        let charges = if assess { self.reassess(cx, fresh) } else { None };
        let owed = charges.as_deref().unwrap_or(&self.charges);
        let conditions =
            Conditions { dossier: self, cx, step, facts: fresh, documents, charges: owed, at };
        let mut against = conditions.against(&command.actor);
        self.check_brought(cx, step, taking, at, &mut against);
        if let Some(rejection) = Rejection::of(against) {
            return Err(rejection);
        }
        let moved = Move { dossier: self, cx, base, step, taking, charges, at }.make()?;
        Ok(Vec::from([self.event(cx, command, at, Happened::Moved(moved))]))
    }

    /// Finds the transition; a closed dossier or another state is the only reason given.
    fn step<'c>(
        &self,
        cx: &Context<'c>,
        base: &Base,
        taking: &Taking,
    ) -> Result<Step<'c>, Rejection> {
        if base.portal_status.is_terminal() {
            return Err(Reason::new(Cause::Terminal).about(base.state).into());
        }
        let named = taking.transition;
        let found = named.and_then(|it| Some((it, cx.procedure().transitions().find(&it)?)));
        let Some((name, (place, transition))) = found else {
            return Err(unknown_transition(cx, named).into());
        };
        let state = cx.procedure().states().find(&base.state);
        if !state.is_some_and(|(it, _)| transition.from.contains(it)) {
            // Filing again, or a step of another state.
            let cause =
                if transition.from.is_empty() { Cause::AlreadyFiled } else { Cause::WrongState };
            return Err(Reason::new(cause).about(name).found(Thing::Name(base.state)).into());
        }
        Ok(Step { at: place, name, transition })
    }

    /// Checks what the command itself must bring, and its day.
    fn check_brought(
        &self,
        cx: &Context<'_>,
        step: Step<'_>,
        taking: &Taking,
        at: Moment,
        against: &mut Vec<Reason>,
    ) {
        let needs = step.transition.needs();
        let law = step.transition.law();
        if needs.contains(&Requirement::Reason)
            && taking.reason.as_deref().is_none_or(|it| it.trim().is_empty())
        {
            against.push(Reason::new(Cause::ReasonRequired).about(step.name).on(law));
        }
        if step.transition.act() == Act::DemandPayment
            && let Some(amount) = taking.amount.filter(|it| *it <= Dong::ZERO)
        {
            let reason = Reason::new(Cause::BadPayment).about(step.name);
            against.push(reason.found(Thing::Amount(amount)).on(law));
        }
        if needs.contains(&Requirement::NewDay) {
            against.extend(self.new_day(taking).map(|it| it.about(step.name).on(law)));
        }
        if step.transition.act() == Act::Accept {
            against.extend(code_day(cx, taking, at));
        }
        let filed = self.filed();
        if let Some(early) = taking.competent.filter(|it| filed.is_some_and(|filed| *it < filed)) {
            let reason = Reason::new(Cause::CompetentTooEarly).found(Thing::Moment(early));
            against.push(reason.needed(filed.map_or(Thing::Nothing, Thing::Moment)).on(law));
        }
    }

    /// An apology names a day after the one on the slip.
    fn new_day(&self, taking: &Taking) -> Option<Reason> {
        let day = |it| Thing::Value(Value::Date(it));
        let Some(new) = taking.new_due else { return Some(Reason::new(Cause::NewDueRequired)) };
        if !Domain::Date.admits(Value::Date(new)) {
            return Some(Reason::new(Cause::Uncovered).found(day(new)));
        }
        let Some(old) = self.appointment.map(|it| it.day()) else {
            return Some(Reason::new(Cause::NoAppointment));
        };
        let later = Reason::new(Cause::NewDueNotLater).needed(day(old)).found(day(new));
        (new <= old).then_some(later)
    }
}

/// A code names the day of reception.
fn code_day(cx: &Context<'_>, taking: &Taking, at: Moment) -> Option<Reason> {
    let code = taking.code.as_ref()?;
    let (day, named) = (term::day_of(cx, at), code.received());
    let thing = |it| Thing::Value(Value::Date(it));
    (named != day).then(|| Reason::new(Cause::CodeDay).needed(thing(day)).found(thing(named)))
}

/// A move that nothing stands against any more, while its event is made.
pub(super) struct Move<'m> {
    pub(super) dossier: &'m Dossier,
    pub(super) cx: &'m Context<'m>,
    pub(super) base: &'m Base,
    pub(super) step: Step<'m>,
    pub(super) taking: &'m Taking,
    /// What is owed, when that was assessed anew.
    pub(super) charges: Option<Vec<Charge>>,
    pub(super) at: Moment,
}

impl Move<'_> {
    /// Computes everything that the event must say.
    pub(super) fn make(&self) -> Result<Box<Moved>, Rejection> {
        let (to, entered) = self.target()?;
        self.moved(to, entered, self.terms(entered, None)?)
    }

    /// The same for a step that happens because a term ended.
    pub(super) fn lapse(&self, term: Id) -> Option<Box<Moved>> {
        let mut moved = self.anyway(Some(term))?;
        moved.expired = Some(term);
        Some(moved)
    }

    /// The same for a step that nobody asks about any more.
    ///
    /// Where what follows lies outside the calendar, the step happens all the
    /// same: only the terms that it would have started are missing.
    pub(super) fn anyway(&self, expired: Option<Id>) -> Option<Box<Moved>> {
        let (to, entered) = self.target().ok()?;
        let over = |it: &TermState| entered.is_settled() || Some(it.term) == expired;
        let terms = self.terms(entered, expired).unwrap_or_else(|_| self.stopping(over));
        self.moved(to, entered, terms).ok()
    }

    fn moved(
        &self,
        to: Id,
        portal_status: PortalStatus,
        terms: Vec<TermState>,
    ) -> Result<Box<Moved>, Rejection> {
        let act = self.step.transition.act();
        let accepted = act == Act::Accept;
        Ok(Box::new(Moved {
            transition: self.step.name,
            act,
            from: self.base.state,
            to,
            portal_status,
            expired: None,
            reason: self.taking.reason.clone(),
            facts: self.taking.facts.clone(),
            documents: self.taking.documents.clone(),
            appointment: self.appointment(&terms),
            terms,
            consulted: if act == Act::Consult { self.consult()? } else { Vec::new() },
            charges: self.owed(),
            breaches: self.breaches(to),
            // At acceptance the version is fixed and a code may be given.
            pinned: accepted.then(|| *self.cx.procedure().version()),
            code: self.taking.code.clone().filter(|_| accepted),
        }))
    }

    /// Returns what is owed from now on, when the step changes it.
    fn owed(&self) -> Option<Vec<Charge>> {
        let standing = || self.charges.as_deref().unwrap_or(&self.dossier.charges);
        match self.step.transition.act() {
            Act::DemandPayment => Some(charge::with_obligation(standing(), self.taking.amount)),
            Act::Pay => Some(charge::obligation_met(standing())),
            _ => self.charges.clone(),
        }
    }

    fn lookup(&self) -> impl Fn(FactIdx) -> Option<Value> {
        self.dossier.known.lookup(self.cx.procedure().facts(), &self.taking.facts)
    }

    fn target(&self) -> Result<(Id, PortalStatus), Rejection> {
        let states = self.cx.procedure().states();
        let name = match self.step.transition.to() {
            Target::State(at) => states.name(at),
            Target::Previous => self.base.previous,
            Target::Same => Some(self.base.state),
        };
        let found = name.and_then(|it| Some((it, states.find(&it)?.1.portal_status())));
        found.ok_or_else(|| Reason::new(Cause::NoPrevious).about(self.base.state).into())
    }

    /// The slip names the due date of the statutory term; an apology names another day once.
    fn appointment(&self, terms: &[TermState]) -> Option<Appointment> {
        if self.step.transition.act() == Act::Apologise {
            let appointment = self.dossier.appointment?;
            return Some(Appointment { renewed: self.taking.new_due, ..appointment });
        }
        term::appointment(terms, self.dossier.appointment)
    }

    /// Returns the terms that the step changes, as they stand after it.
    fn terms(
        &self,
        entered: PortalStatus,
        expired: Option<Id>,
    ) -> Result<Vec<TermState>, Rejection> {
        let competent = self.taking.competent.map(|it| term::written(self.cx, it)).transpose()?;
        let mut changed = match &*self.taking.facts {
            [] => Vec::new(),
            facts => self.dossier.resolve_terms(self.cx, facts)?,
        };
        let (cx, transition, cause) = (self.cx, self.step.transition, self.step.name);
        let step = term::Step { cx, transition, cause, at: self.at, entered, expired, competent };
        step.change(self.dossier.terms(), self.lookup(), &mut changed)?;
        Ok(changed)
    }

    /// Returns the terms that still ran and that the step does no more than stop.
    fn stopping(&self, which: impl Fn(&TermState) -> bool) -> Vec<TermState> {
        let running = self.dossier.terms().iter().filter(|it| it.standing != Standing::Stopped);
        running.filter(|it| which(it)).map(|it| term::stopped(it.clone(), self.at)).collect()
    }

    fn running(&self, at: TermIdx) -> Option<&TermState> {
        let name = self.cx.procedure().terms().name(at)?;
        self.dossier.term(&name).filter(|it| it.standing != Standing::Stopped)
    }

    /// Asks every agency whose condition holds and that was not asked before.
    fn consult(&self) -> Result<Vec<Consulted>, Rejection> {
        let mut asked = Vec::new();
        for (_, name, consultation) in self.cx.procedure().consultations().iter() {
            let holds = consultation.when().map_or(Truth::Yes, |it| it.evaluate(self.lookup()));
            let before = self.dossier.consultations.iter().any(|it| it.consultation == name);
            if holds == Truth::Yes && !before {
                let due = term::due_of(self.cx, consultation.limit(), self.at)?;
                asked.push(Consulted { consultation: name, at: self.at, due, outcome: None });
            }
        }
        Ok(asked)
    }

    fn breaches(&self, to: Id) -> Vec<Breach> {
        let mut breaches = Vec::new();
        self.repeated(&mut breaches);
        for &at in self.step.transition.within() {
            if let Some(state) = self.running(at) {
                let due = state.due.map(|it| it.moment());
                self.late(|| suffixed(&state.term, "-late"), due, &mut breaches);
            }
        }
        if self.step.transition.act() == Act::Apologise {
            let last = self.dossier.appointment.and_then(|it| term::apology_limit(self.cx, &it));
            self.late(|| APOLOGY_LATE, last, &mut breaches);
        }
        if to != self.base.state {
            self.late(|| STEP_OVERDUE, self.step_due(), &mut breaches);
        }
        breaches
    }

    /// One more than the law allows is possible, and recorded.
    fn repeated(&self, breaches: &mut Vec<Breach>) {
        let transition = self.step.transition;
        let Some(limit) = transition.at_most() else { return };
        let taken = self.dossier.times_taken(&self.step.name);
        if transition.beyond() != Beyond::Breach || taken < usize::from(limit) {
            return;
        }
        let rule = match transition.act() {
            Act::RequestSupplement => SECOND_SUPPLEMENT,
            _ => suffixed(&self.step.name, "-again"),
        };
        breaches.push(Breach { rule, at: self.at, due: None });
    }

    fn late(&self, rule: impl FnOnce() -> Id, due: Option<Moment>, breaches: &mut Vec<Breach>) {
        if let Some(due) = due.filter(|it| term::is_past(self.at, *it)) {
            breaches.push(Breach { rule: rule(), at: self.at, due: Some(due) });
        }
    }

    /// Returns when the present step should have been done.
    fn step_due(&self) -> Option<Moment> {
        let (_, state) = self.cx.procedure().states().find(&self.base.state)?;
        let budget = *state.budget()?.known()?;
        // Most steps are quick: no calendar is needed to see that they are in time.
        if self.at - self.base.entered < budget.least() {
            return None;
        }
        let decision = self.dossier.term(&DECISION);
        let competent = decision.and_then(|it| it.clock.competent());
        term::budget_due(self.cx, budget, self.base.entered, competent)
    }
}

#[cold]
fn unknown_transition(cx: &Context<'_>, named: Option<Id>) -> Reason {
    let reason = Reason::new(Cause::UnknownTransition);
    let Some(name) = named else { return reason };
    let known: Vec<Id> = cx.procedure().transitions().iter().map(|(_, it, _)| it).collect();
    let near = nearest(name.as_str(), known.iter().map(Id::as_str)).and_then(Id::try_new);
    reason.about(name).needed(near.map_or(Thing::Nothing, Thing::Name))
}

/// Returns the name of the breach of a term; one that grows too long keeps the name of the term.
fn suffixed(name: &Id, suffix: &str) -> Id {
    Id::try_new(&alloc::format!("{name}{suffix}")).unwrap_or(*name)
}
