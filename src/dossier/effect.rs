//! What the world must do after an event: send, ask, sign, charge, wake up.
//!
//! Effects are derived from events and never stored; doing one twice is for
//! the embedding to prevent, by the id of the event.

use alloc::vec::Vec;

use super::context::Context;
use super::event::{Event, Happened, Moved, Standing};
use super::{Charge, Dossier};
use crate::calendar::Moment;
use crate::definition::{Act, DECISION, Form, Silence};
use crate::id::Id;
use crate::money::Dong;

/// Something that the embedding must do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Send the applicant a paper on a form, or a message where there is none.
    Send {
        /// What it is about.
        act: Act,
        /// The form, by instrument and number.
        form: Option<Form>,
        /// The day or moment that it names.
        due: Option<Moment>,
    },
    /// Ask an agency.
    Ask {
        /// The consultation.
        consultation: Id,
        /// Until when it must answer.
        due: Option<Moment>,
    },
    /// Tell the head of the one-stop unit that an agency was silent.
    Escalate {
        /// The consultation.
        consultation: Id,
    },
    /// Have the result signed and stored.
    Sign {
        /// The result of the procedure.
        result: Option<Id>,
    },
    /// Charge the applicant, and the budget where it subsidises.
    Charge {
        /// The fee.
        fee: Id,
        /// What the applicant owes.
        payer: Dong,
        /// What the budget pays.
        subsidy: Option<Dong>,
    },
    /// Call [`Dossier::expire`] after this moment.
    WakeUp {
        /// The moment.
        after: Moment,
    },
}

/// Returns what an event asks of the world; `dossier` has already evolved by it.
#[must_use]
pub fn effects(cx: &Context<'_>, event: &Event, dossier: &Dossier) -> Vec<Effect> {
    let mut effects = Vec::new();
    match event.happened() {
        Happened::Moved(moved) => moved_effects(cx, moved, dossier, &mut effects),
        Happened::Filed(filed) => effects.extend(charges(&filed.charges)),
        Happened::Learnt(learnt) => {
            effects.extend(learnt.charges.iter().flat_map(|it| charges(it)));
        }
        Happened::Migrated(migrated) => {
            effects.extend(migrated.charges.iter().flat_map(|it| charges(it)));
        }
        Happened::Lapsed { consultation, silence: Silence::Escalate } => {
            effects.push(Effect::Escalate { consultation: *consultation });
        }
        _ => {}
    }
    effects.extend(dossier.next_expiry(cx).map(|after| Effect::WakeUp { after }));
    effects
}

fn moved_effects(cx: &Context<'_>, moved: &Moved, dossier: &Dossier, effects: &mut Vec<Effect>) {
    let procedure = cx.procedure();
    let transition = procedure.transitions().find(&moved.transition).map(|(_, it)| it);
    let form = transition.and_then(|it| it.form().cloned());
    if form.is_some() || moved.portal_status.is_settled() {
        effects.push(Effect::Send { act: moved.act, form, due: named_day(moved, dossier) });
    }
    for asked in &moved.consulted {
        let due = asked.due.map(|it| it.moment());
        effects.push(Effect::Ask { consultation: asked.consultation, due });
    }
    if moved.act.yields_result() {
        let result =
            transition.and_then(|it| it.result()).and_then(|it| procedure.results().name(it));
        effects.push(Effect::Sign { result });
    }
    effects.extend(moved.charges.iter().flat_map(|it| charges(it)));
}

/// A supplement request names the end of the applicant's own term, every other paper the appointment.
fn named_day(moved: &Moved, dossier: &Dossier) -> Option<Moment> {
    if moved.act != Act::RequestSupplement {
        return dossier.due();
    }
    let own = moved.terms.iter().filter(|it| it.term != DECISION);
    let mut running = own.filter(|it| it.standing == Standing::Running);
    running.find_map(|it| Some(it.due?.moment()))
}

fn charges(charges: &[Charge]) -> impl Iterator<Item = Effect> {
    charges.iter().filter(|it| !it.is_settled()).filter_map(|it| {
        Some(Effect::Charge { fee: it.fee, payer: it.payer?, subsidy: it.subsidy })
    })
}
