//! The terms of an open dossier, run by the functions that run those of real ones.

use alloc::vec::Vec;

use chrono::DateTime;

use super::slot::Slot;
use crate::calendar::Moment;
use crate::definition::{ConsultationIdx, PortalStatus, Silence, Target, TransitionIdx};
use crate::dossier::term::{self, Step};
use crate::dossier::{Standing, TermState};
use crate::id::Id;
use crate::simulate::model::CaseModel;

/// A term whose end leads somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expiry {
    /// The last second on time.
    pub(super) due: i64,
    pub(super) term: Id,
    pub(super) transition: TransitionIdx,
    pub(super) to: Target,
}

/// Returns a second since the epoch as a moment in the time of the calendar.
#[inline]
pub(super) fn moment(case: &CaseModel<'_>, at: i64) -> Option<Moment> {
    let utc = DateTime::from_timestamp(at, 0)?;
    Some(utc.with_timezone(&case.cx.calendar().offset()))
}

/// Starts what filing starts.
pub(super) fn file(case: &CaseModel<'_>, slot: &mut Slot, at: i64) {
    slot.terms.clear();
    let procedure = case.cx.procedure();
    let filing = procedure.transitions().get(procedure.filing());
    let Some(filing) = filing.filter(|it| !it.starts.is_empty()) else { return };
    let Some(at) = moment(case, at) else { return };
    for &starts in &filing.starts {
        let lookup = case.lookup(slot.course.profile);
        if let Ok(Some(state)) = term::start(&case.cx, starts, lookup, at, None) {
            slot.terms.push(state);
        }
    }
}

/// Changes the terms as a transition says; false when the law does not allow that.
pub(super) fn change(
    case: &CaseModel<'_>,
    slot: &mut Slot,
    transition: TransitionIdx,
    (entered, expired): (PortalStatus, Option<Id>),
    at: i64,
    buffer: &mut Vec<TermState>,
) -> bool {
    let procedure = case.cx.procedure();
    let found =
        procedure.transitions().get(transition).zip(procedure.transitions().name(transition));
    let (Some((transition, cause)), Some(at)) = (found, moment(case, at)) else { return false };
    buffer.clear();
    let lookup = case.lookup(slot.course.profile);
    let step = Step { cx: &case.cx, transition, cause, at, entered, expired, competent: None };
    if step.change(&slot.terms, lookup, buffer).is_err() {
        return false;
    }
    buffer.drain(..).for_each(|it| term::put(&mut slot.terms, it));
    true
}

/// Gives terms the length that the facts of a profile select.
pub(super) fn resolve(
    case: &CaseModel<'_>,
    slot: &mut Slot,
    profile: u32,
    buffer: &mut Vec<TermState>,
) {
    buffer.clear();
    if term::resolve(&case.cx, &slot.terms, case.lookup(profile), buffer).is_ok() {
        buffer.drain(..).for_each(|it| term::put(&mut slot.terms, it));
    }
}

/// Returns the term that ends first, of those whose end leaves the present state.
pub(super) fn next_expiry(case: &CaseModel<'_>, slot: &Slot) -> Option<Expiry> {
    let procedure = case.cx.procedure();
    let running = slot.terms.iter().filter(|it| it.standing == Standing::Running);
    let expiries = running.filter_map(|state| {
        let due = state.due?.moment().timestamp();
        let (_, term) = procedure.terms().find(&state.term)?;
        let transition = term.expires()?;
        let it = procedure.transitions().get(transition)?;
        let leaves = it.from.contains(slot.course.state);
        leaves.then_some(Expiry { due, term: state.term, transition, to: it.to() })
    });
    expiries.min_by_key(|it| it.due)
}

/// Returns until when an agency must answer, and what its silence means.
pub(super) fn answer_due(
    case: &CaseModel<'_>,
    consultation: ConsultationIdx,
    at: i64,
) -> Option<(Option<i64>, Silence)> {
    let consultation = case.cx.procedure().consultations().get(consultation)?;
    let due = term::due_of(&case.cx, consultation.limit(), moment(case, at)?).ok()?;
    Some((due.map(|it| it.moment().timestamp()), consultation.silence()))
}

/// Returns when a dossier is due by its statutory term; none while that stands still.
pub(super) fn due(slot: &Slot) -> Option<i64> {
    let decision = slot.terms.iter().find(|it| it.term == crate::definition::DECISION)?;
    decision.due.map(|it| it.moment().timestamp())
}
