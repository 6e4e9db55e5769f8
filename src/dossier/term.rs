//! The terms of a dossier: which start, what a transition does to them, when they end.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::Dossier;
use super::context::Context;
use super::event::{Appointment, Standing, TermState};
use super::rejection::{Cause, Reason, Rejection, Thing};
use crate::calendar::Moment;
use crate::clock::{Bound, Clock, Due, Length, Limit, Policies, Refusal, latest_apology};
use crate::definition::fact::{FactIdx, Value};
use crate::definition::{ClockEffect, DECISION, PortalStatus, Running, Term, TermIdx, Transition};
use crate::id::Id;
use crate::read::Maybe;

/// Starts a term; none when its condition does not hold.
pub(crate) fn start(
    cx: &Context<'_>,
    at: TermIdx,
    facts: impl Fn(FactIdx) -> Option<Value>,
    since: Moment,
    competent: Option<Moment>,
) -> Result<Option<TermState>, Rejection> {
    let terms = cx.procedure().terms();
    let (Some(name), Some(term)) = (terms.name(at), terms.get(at)) else { return Ok(None) };
    let mut clock = Clock::unmeasured(since).under(policies(cx, term));
    if let Some(time) = term.cut_off() {
        clock = clock.cutting_off_at(time);
    }
    if let Some(competent) = competent {
        clock = clock.received_by_competent(competent);
    }
    match term.running(facts) {
        Running::Not => return Ok(None),
        Running::For(length, _) => clock = clock.measured(length),
        Running::Waits(_) | Running::Unknown(_) => {}
    }
    state(cx, name, clock).map(Some)
}

/// Puts a clock into a term, with what follows from it.
fn state(cx: &Context<'_>, term: Id, clock: Clock) -> Result<TermState, Rejection> {
    let due = clock.due(cx.calendar()).map_err(|it| uncovered(&it))?;
    let standing = match clock.length() {
        None => Standing::Unknown,
        Some(_) if clock.is_suspended() => Standing::Suspended,
        Some(_) => Standing::Running,
    };
    Ok(TermState { term, standing, clock, due, is_kept: false })
}

/// The term's readings of the law, else the procedure's, else the calendar's.
fn policies(cx: &Context<'_>, term: &Term) -> Policies {
    term.policies().or(shared_policies(cx))
}

/// The procedure's readings of the law, else the calendar's.
fn shared_policies(cx: &Context<'_>) -> Policies {
    cx.procedure().policies().or(cx.calendar().policies())
}

/// What a step does to the terms of a dossier.
#[derive(Clone, Copy)]
pub(crate) struct Step<'c> {
    pub(crate) cx: &'c Context<'c>,
    pub(crate) transition: &'c Transition,
    /// The name of the transition, by which a suspension is known.
    pub(crate) cause: Id,
    pub(crate) at: Moment,
    /// The status on the Portal of the state that it enters.
    pub(crate) entered: PortalStatus,
    /// The term by whose end it happens.
    pub(crate) expired: Option<Id>,
    /// When the competent agency received a dossier that was filed elsewhere.
    pub(crate) competent: Option<Moment>,
}

impl Step<'_> {
    /// Adds the terms that the step changes, as they stand after it.
    ///
    /// What became known is in `changed` already; then comes what the step does
    /// to running terms, then what it ends, and last what it starts.
    pub(crate) fn change(
        &self,
        terms: &[TermState],
        facts: impl Fn(FactIdx) -> Option<Value>,
        changed: &mut Vec<TermState>,
    ) -> Result<(), Rejection> {
        let running = |it: &&TermState| it.standing != Standing::Stopped;
        for over in terms.iter().filter(|it| Some(it.term) == self.expired).filter(running) {
            put(changed, stopped(over.clone(), self.at));
        }
        for &(at, effect) in self.transition.clock() {
            self.apply(terms, changed, at, effect)?;
        }
        for &at in &self.transition.stops {
            self.apply(terms, changed, at, ClockEffect::Stop)?;
        }
        if self.entered.is_settled() {
            for state in terms.iter().filter(running) {
                let state = latest(changed, state).clone();
                put(changed, stopped(state, self.at));
            }
        }
        if self.entered.is_terminal() {
            return Ok(());
        }
        for &at in &self.transition.starts {
            let started = start(self.cx, at, &facts, self.at, self.competent)?;
            started.into_iter().for_each(|it| put(changed, it));
        }
        Ok(())
    }

    fn apply(
        &self,
        terms: &[TermState],
        changed: &mut Vec<TermState>,
        at: TermIdx,
        effect: ClockEffect,
    ) -> Result<(), Rejection> {
        let name = self.cx.procedure().terms().name(at);
        let Some(state) = terms.iter().find(|it| Some(it.term) == name) else { return Ok(()) };
        let state = latest(changed, state);
        if state.standing == Standing::Stopped && effect != ClockEffect::Restart {
            return Ok(());
        }
        let next = change(self.cx, at, state, effect, self.cause, self.at)?;
        next.into_iter().for_each(|it| put(changed, it));
        Ok(())
    }
}

/// Puts a term in its place: one entry for each.
pub(crate) fn put(terms: &mut Vec<TermState>, state: TermState) {
    match terms.iter_mut().find(|it| it.term == state.term) {
        Some(earlier) => *earlier = state,
        None => terms.push(state),
    }
}

/// Returns a term as it was changed last.
fn latest<'t>(changed: &'t [TermState], state: &'t TermState) -> &'t TermState {
    changed.iter().find(|it| it.term == state.term).unwrap_or(state)
}

/// Does to a running term what a transition says.
pub(super) fn change(
    cx: &Context<'_>,
    at: TermIdx,
    state: &TermState,
    effect: ClockEffect,
    cause: Id,
    now: Moment,
) -> Result<Option<TermState>, Rejection> {
    let mut clock = state.clock.clone();
    match effect {
        ClockEffect::None => return Ok(None),
        ClockEffect::Stop => return Ok(Some(stopped(state.clone(), now))),
        ClockEffect::Suspend => clock.suspend(cause, now),
        ClockEffect::Resume => clock.resume_all(now),
        ClockEffect::Restart => clock.restart(now),
        ClockEffect::Extend => extend(cx, at, &mut clock, now)?,
    }
    let next = self::state(cx, state.term, clock)?;
    Ok(Some(TermState { is_kept: state.is_kept, ..next }))
}

pub(super) fn extend(
    cx: &Context<'_>,
    at: TermIdx,
    clock: &mut Clock,
    now: Moment,
) -> Result<(), Rejection> {
    let terms = cx.procedure().terms();
    let Some(term) = terms.get(at) else { return Ok(()) };
    let Some(rule) = term.extension() else { return Ok(()) };
    let bound = Bound { times: rule.at_most().into(), longest: Some(rule.by()) };
    let answer = clock.extend(cx.calendar(), rule.by(), now, bound).map_err(|it| uncovered(&it))?;
    answer.map_err(|refusal| {
        let count = |it: usize| Thing::Number(u32::try_from(it).unwrap_or(u32::MAX));
        let reason = match refusal {
            Refusal::TooOften(times) => Reason::new(Cause::ExtensionLimit)
                .needed(count(times))
                .found(count(clock.extensions().len())),
            Refusal::Expired(due) => Reason::new(Cause::ExtensionTooLate)
                .needed(Thing::Moment(due.moment()))
                .found(Thing::Moment(now)),
            _ => Reason::new(Cause::ExtensionTooLate).found(Thing::Moment(now)),
        };
        terms.name(at).map_or(reason.clone(), |it| reason.about(it)).on(term.law()).into()
    })
}

/// Returns the term as ended; its last due date stays for the record.
pub(super) fn stopped(mut state: TermState, now: Moment) -> TermState {
    if state.standing == Standing::Stopped {
        return state;
    }
    if state.standing == Standing::Suspended {
        // It stood still to the end: nobody was late.
        state.due = None;
    }
    state.clock.stop(now);
    state.standing = Standing::Stopped;
    state
}

/// Carries the time already run over to the rule of another version.
pub(super) fn carry(
    cx: &Context<'_>,
    fresh: TermState,
    run: &Clock,
) -> Result<TermState, Rejection> {
    let Clock { length, policies, cut_off, .. } = fresh.clock;
    state(cx, fresh.term, Clock { length, policies, cut_off, ..run.clone() })
}

/// Returns when an agency must have answered; none when its term is not known.
pub(crate) fn due_of(
    cx: &Context<'_>,
    limit: &Maybe<Length>,
    at: Moment,
) -> Result<Option<Due>, Rejection> {
    let Some(length) = limit.known() else { return Ok(None) };
    let clock = Clock::start(*length, at).under(shared_policies(cx));
    clock.due(cx.calendar()).map_err(|it| uncovered(&it))
}

/// Returns when a step should be done; none outside the calendar, where no step is late.
///
/// A dossier on its way to the competent agency spends no step's time where the term does not run.
pub(super) fn budget_due(
    cx: &Context<'_>,
    budget: Limit,
    entered: Moment,
    competent: Option<Moment>,
) -> Option<Moment> {
    let mut clock = Clock::start(budget.into(), entered).under(shared_policies(cx));
    if let Some(competent) = competent.filter(|it| *it > entered) {
        clock = clock.received_by_competent(competent);
    }
    clock.due(cx.calendar()).ok().flatten().map(|it| it.moment())
}

/// Returns the appointment that the statutory term gives, if it is among these and runs.
///
/// The day that an apology named stands as long as it is the later one.
pub(super) fn appointment(terms: &[TermState], old: Option<Appointment>) -> Option<Appointment> {
    let decision = terms.iter().find(|it| it.term == DECISION)?;
    let original = decision.due.filter(|_| decision.standing == Standing::Running)?;
    let renewed = old.and_then(|it| it.renewed).filter(|it| *it > original.date());
    Some(Appointment { original, renewed })
}

/// Returns the last moment for an apology before the appointment (Decree 61/2018/NĐ-CP, Art. 19(9)).
pub(super) fn apology_limit(cx: &Context<'_>, appointment: &Appointment) -> Option<Moment> {
    let day =
        latest_apology(cx.calendar(), &shared_policies(cx), appointment.original.date()).ok()?;
    end_of(day, appointment.original.moment())
}

/// Returns true when a moment is past another in whole seconds: at the last second one is on time.
pub(crate) fn is_past(at: Moment, due: Moment) -> bool {
    at.timestamp() > due.timestamp()
}

/// The seconds from 0000-01-02 to 9999-12-30: what RFC 3339 can write in every zone.
const WRITABLE: core::ops::RangeInclusive<i64> = -62_167_132_800..=253_402_214_399;

/// Returns a moment in the calendar's time, in which every event is stamped.
///
/// Offsets with seconds, and years of five digits, could be stored and not read
/// back: the latter are refused.
pub(super) fn written(cx: &Context<'_>, at: Moment) -> Result<Moment, Rejection> {
    if WRITABLE.contains(&at.timestamp()) {
        return Ok(at.with_timezone(&cx.calendar().offset()));
    }
    Err(Reason::new(Cause::Uncovered).found(Thing::Moment(at)).into())
}

/// Returns the day of a moment in the calendar's time.
pub(super) fn day_of(cx: &Context<'_>, at: Moment) -> NaiveDate {
    let utc = at.naive_utc();
    utc.checked_add_offset(cx.calendar().offset()).unwrap_or(utc).date()
}

fn end_of(day: NaiveDate, like: Moment) -> Option<Moment> {
    day.and_hms_opt(23, 59, 59)?.and_local_timezone(*like.offset()).single()
}

impl Appointment {
    /// Returns the day on which the applicant was told to come.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.renewed.unwrap_or(self.original.date())
    }

    /// Returns the moment until which coming is on time.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let renewed = self.renewed.and_then(|it| end_of(it, self.original.moment()));
        renewed.unwrap_or(self.original.moment())
    }
}

impl Dossier {
    /// Gives terms the length that facts now select, with the time already run.
    pub(super) fn resolve_terms(
        &self,
        cx: &Context<'_>,
        fresh: &[(Id, Value)],
    ) -> Result<Vec<TermState>, Rejection> {
        let mut resolved = Vec::new();
        resolve(cx, &self.terms, self.known.lookup(cx.procedure().facts(), fresh), &mut resolved)?;
        Ok(resolved)
    }
}

/// Gives terms the length that facts now select, with the time already run.
///
/// A term that keeps the length of an earlier version keeps it.
pub(crate) fn resolve(
    cx: &Context<'_>,
    terms: &[TermState],
    facts: impl Fn(FactIdx) -> Option<Value>,
    changed: &mut Vec<TermState>,
) -> Result<(), Rejection> {
    let open = |it: &&TermState| it.standing != Standing::Stopped && !it.is_kept;
    for state in terms.iter().filter(open) {
        let Some((at, _)) = cx.procedure().terms().find(&state.term) else { continue };
        let known = start(cx, at, &facts, state.clock.started(), state.clock.competent())?;
        match known {
            Some(known) if known.clock.length() == state.clock.length() => {}
            Some(known) => changed.push(carry(cx, known, &state.clock)?),
            // It turns out that the term does not run.
            None => changed.push(stopped(state.clone(), state.clock.started())),
        }
    }
    Ok(())
}

/// A day outside the calendar is a lawful "no": nothing can be promised for it.
fn uncovered(error: &crate::error::Error) -> Rejection {
    let what = Thing::Text(alloc::format!("{error}").into());
    Reason::new(Cause::Uncovered).found(what).into()
}
