//! The lead after its parts, and the parts after the lead: waiting, ending, delivering.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::PartStanding;
use super::follow::Following;
use crate::calendar::Moment;
use crate::definition::bundle::STOP;
use crate::definition::{Act, PortalStatus, State, Waiting};
use crate::dossier::{Context, Dossier, Order, Taking};
use crate::id::Id;
use crate::text::Lang;

impl Following<'_> {
    /// The case waits for the applicant while one of its parts does.
    pub(super) fn wait_or_go_on(&mut self, at: Moment) -> bool {
        if !self.is_under_way() {
            return false;
        }
        let waits = |it: &State| it.waits_for() == Some(Waiting::Applicant);
        let (lead, cx) = (&self.case.lead, self.cx.lead());
        let lead_waits = present(lead, &cx).is_some_and(waits);
        let part_waits = |(name, it): &(Id, &Dossier)| {
            let own = self.cx.part(name).filter(|_| it.ended().is_none());
            own.is_some_and(|own| present(it, &own).is_some_and(waits))
        };
        let parts = self.case.parts(self.cx.bundle());
        let waiting: Vec<Id> = parts.filter(part_waits).map(|(name, _)| name).collect();
        let step = match (waiting.is_empty(), lead_waits) {
            (false, false) => self.by_system(None, Act::RequestSupplement, waits),
            (true, true) => self.by_system(None, Act::Supplement, |it| !waits(it)),
            _ => None,
        };
        let Some(step) = step else { return false };
        let reason = self.reason(waiting.into_iter());
        self.takes(None, Order::Take(Taking { reason, ..Taking::of(step) }), at)
    }

    /// Ends the lead when all of its parts are over: by what they came to.
    pub(super) fn close(&mut self, at: Moment) -> bool {
        if !self.is_under_way() {
            return false;
        }
        let standings = self.case.standings(&self.cx);
        if !standings.iter().all(|(_, it)| it.is_over()) {
            return false;
        }
        let any = |wanted: PartStanding| standings.iter().any(|(_, it)| *it == wanted);
        let act = match (any(PartStanding::Granted), any(PartStanding::Refused)) {
            (true, _) => Act::Decide,
            (false, true) => Act::Refuse,
            (false, false) => Act::Stop,
        };
        let Some(step) = self.by_system(None, act, |it| it.portal_status().is_settled()) else {
            return false;
        };
        let gave_nothing = standings
            .iter()
            .filter(|(_, it)| !matches!(it, PartStanding::Granted | PartStanding::LeftOut));
        let reason = self.reason(gave_nothing.map(|(name, _)| *name));
        self.takes(None, Order::Take(Taking { reason, ..Taking::of(step) }), at)
    }

    /// Hands over the next result, once the case is delivered.
    pub(super) fn deliver_next(&mut self, at: Moment) -> bool {
        if !self.case.lead.portal_status().is_some_and(PortalStatus::is_returned) {
            return false;
        }
        let ready = self.which(|it| it.portal_status().is_some_and(PortalStatus::is_processed));
        ready.iter().any(|name| {
            let step =
                self.by_system(Some(name), Act::Return, |it| it.portal_status().is_terminal());
            step.is_some_and(|it| self.takes(Some(name), Order::Take(Taking::of(it)), at))
        })
    }

    /// No part outlives the case: what is still open ends with it.
    pub(super) fn stop_next(&mut self, at: Moment) -> bool {
        if !self.case.lead.portal_status().is_some_and(|it| it.is_terminal()) {
            return false;
        }
        let open = self.which(|it| it.ended().is_none());
        let reason = self.state_of_lead();
        open.iter().any(|name| {
            let taking = Taking { reason: Some(reason.clone()), ..Taking::of(STOP) };
            self.takes(Some(name), Order::Take(taking), at)
        })
    }

    /// Says which parts a step of the lead is about, and how they stand, by their official names.
    fn reason(&self, parts: impl Iterator<Item = Id>) -> Option<Box<str>> {
        let named = parts.filter_map(|name| {
            let (dossier, own) = self.case.addressed(&self.cx, Some(&name))?;
            let title = own.procedure().name().get(Lang::Vi);
            Some(match present(dossier, &own) {
                Some(state) => format!("{title}: {}", state.name().get(Lang::Vi)),
                None => title.into(),
            })
        });
        let reason: String = named.collect::<Vec<String>>().join("; ");
        (!reason.is_empty()).then(|| reason.into())
    }

    fn state_of_lead(&self) -> Box<str> {
        let own = self.cx.lead();
        let (title, state) = (own.procedure().name(), present(&self.case.lead, &own));
        let state = state.map_or("", |it| it.name().get(Lang::Vi));
        format!("{}: {state}", title.get(Lang::Vi)).into()
    }
}

/// Returns the present state of a dossier.
fn present<'c>(dossier: &Dossier, own: &Context<'c>) -> Option<&'c State> {
    Some(own.procedure().states().find(&dossier.state()?)?.1)
}
