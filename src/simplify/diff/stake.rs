//! Whom a part is for, and what it does to him that there is more of it.

use super::change::{Advantage, Party};
use crate::definition::{Act, Part, PartKind, Procedure, RoleIdx, Term, Transition, Waiting};

/// Whom something is for, and whether more of it is good for him.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stake<'p> {
    pub(super) party: Party<'p>,
    /// Whether he gains when it comes, or comes more often.
    pub(super) more: Advantage,
}

impl<'p> Stake<'p> {
    const fn of(party: Party<'p>, more: Advantage) -> Self {
        Self { party, more }
    }

    const fn applicant(more: Advantage) -> Self {
        Self::of(Party::Applicant, more)
    }
}

/// Says whom a part is for.
pub(super) fn stake<'p>(procedure: &'p Procedure, part: &Part) -> Stake<'p> {
    let name = part.name();
    match part.kind() {
        PartKind::Document | PartKind::Fee | PartKind::Report => Stake::applicant(Advantage::Loses),
        PartKind::Result | PartKind::Database => Stake::applicant(Advantage::Gains),
        PartKind::Term => {
            let term = procedure.terms().find(name).map(|(_, it)| it);
            let binds = term.is_some_and(|it| binds_applicant(procedure, it));
            Stake::applicant(if binds { Advantage::Loses } else { Advantage::Gains })
        }
        PartKind::Consultation => {
            let agency = procedure.consultations().find(name);
            let party = agency.map_or(Party::Office, |(_, it)| Party::Agency(*name, it.name()));
            Stake::of(party, Advantage::Loses)
        }
        PartKind::State => {
            let state = procedure.states().find(name).map(|(_, it)| it);
            let role = state.and_then(|it| role(procedure, it.role()?));
            let waits = state.and_then(|it| it.waits_for()) == Some(Waiting::Applicant);
            match role {
                Some(role) => Stake::of(role, Advantage::Loses),
                None if waits => Stake::applicant(Advantage::Loses),
                None => Stake::applicant(Advantage::Neither),
            }
        }
        PartKind::Transition => {
            let transition = procedure.transitions().find(name).map(|(_, it)| it);
            transition.map_or(Stake::of(Party::Office, Advantage::Neither), |it| {
                of_transition(procedure, it)
            })
        }
        PartKind::Activity => {
            let activity = procedure.activities().find(name).map(|(_, it)| it);
            let borne = activity.and_then(|it| role(procedure, it.borne_by()?));
            Stake::of(borne.unwrap_or(Party::Applicant), Advantage::Loses)
        }
        PartKind::Role => {
            let known = procedure.roles().find(name).and_then(|(at, _)| role(procedure, at));
            Stake::of(known.unwrap_or(Party::Office), Advantage::Neither)
        }
        _ => Stake::applicant(Advantage::Neither),
    }
}

/// What leads to a result is good for the applicant, what leads away from it is not.
fn of_transition<'p>(procedure: &'p Procedure, transition: &Transition) -> Stake<'p> {
    match transition.act() {
        Act::File
        | Act::Accept
        | Act::Supplement
        | Act::Decide
        | Act::Return
        | Act::Withdraw
        | Act::ConfirmStop
        | Act::Pay => Stake::applicant(Advantage::Gains),
        Act::RefuseIntake
        | Act::RequestSupplement
        | Act::DemandPayment
        | Act::Refuse
        | Act::RefuseWithdrawal
        | Act::Apologise
        | Act::Extend
        | Act::Stop => Stake::applicant(Advantage::Loses),
        _ => Stake::of(actor(procedure, transition), Advantage::Neither),
    }
}

/// Returns who takes a transition, where it is one role.
pub(super) fn actor<'p>(procedure: &'p Procedure, transition: &Transition) -> Party<'p> {
    let mut roles = transition.by();
    let first = roles.next().filter(|_| roles.next().is_none());
    let applicant = procedure.applicant();
    match first {
        Some(only) if applicant == Some(only) => Party::Applicant,
        Some(only) => role(procedure, only).unwrap_or(Party::Office),
        None => Party::Office,
    }
}

pub(super) fn role(procedure: &Procedure, at: RoleIdx) -> Option<Party<'_>> {
    Some(Party::Role(procedure.roles().name(at)?, procedure.roles().get(at)?.name()))
}

/// Returns true for a term that runs against the applicant: its end takes something from where he is awaited.
pub(super) fn binds_applicant(procedure: &Procedure, term: &Term) -> bool {
    let awaited = |it: &Transition| {
        let mut from = it.from().filter_map(|at| procedure.states().get(at));
        from.any(|it| it.waits_for() == Some(Waiting::Applicant))
    };
    let expires = term.expires().and_then(|it| procedure.transitions().get(it));
    let asks = |it: &Act| matches!(it, Act::RequestSupplement | Act::DemandPayment);
    expires.map_or_else(|| term.starts().iter().any(asks), awaited)
}
