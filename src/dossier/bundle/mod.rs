//! The linked dossier (hồ sơ liên thông): one case over the dossiers of its parts.
//!
//! The lead and every part are ordinary [`Dossier`]s with their own clocks and
//! events. What is added is how they wait for each other: parts open when those
//! before them have given their results, what one learns the others know, and
//! all of them are delivered once. There is no event of its own kind.

mod close;
mod context;
mod follow;
mod open;
mod spread;
mod standing;

use alloc::vec::Vec;

use uuid::Uuid;

pub use context::LinkedContext;
pub use standing::PartStanding;

use super::command::{Actor, Command, Order};
use super::event::Event;
use super::options::{Choice, Verdict};
use super::rejection::{Cause, Reason, Rejection, Thing};
use super::{Dossier, term};
use crate::calendar::Moment;
use crate::definition::Act;
use crate::definition::bundle::Bundle;
use crate::error::Error;
use crate::id::Id;
use crate::money::Dong;
use follow::Following;

/// One case under a bundle, as its events have made it.
///
/// A new one is blank; its first event files it. Two that saw the same events
/// are equal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LinkedDossier {
    lead: Dossier,
    // INVARIANT: the parts of the bundle, in its order.
    parts: Vec<(Id, Dossier)>,
}

impl LinkedDossier {
    /// Creates a blank case; its parts have ids derived from its own (UUID version 5).
    #[must_use]
    pub fn new(id: Uuid, bundle: &Bundle) -> Self {
        let part = |name: Id| (name, Dossier::new(part_id(&id, &name)));
        let parts = bundle.parts().iter().map(|(_, name, _)| part(name)).collect();
        Self { lead: Dossier::new(id), parts }
    }

    /// Rebuilds a case from the events of its lead and of its parts, in the order in which they happened.
    ///
    /// # Errors
    ///
    /// When an event belongs to neither, or is out of the sequence of its
    /// dossier; the event's place in the list comes with the error.
    pub fn replay<'e>(
        id: Uuid,
        bundle: &Bundle,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Result<Self, Error> {
        let mut case = Self::new(id, bundle);
        for (place, event) in events.into_iter().enumerate() {
            let dossier = case.dossier_mut(event.dossier());
            let Some(dossier) =
                dossier.filter(|it| event.sequence() == it.sequence.wrapping_add(1))
            else {
                return Err(Error::out_of_sequence(place, event.sequence()));
            };
            dossier.evolve(event);
        }
        Ok(case)
    }

    /// Copies what an event of the lead or of a part says.
    pub fn evolve(&mut self, event: &Event) {
        if let Some(dossier) = self.dossier_mut(event.dossier()) {
            dossier.evolve(event);
        }
    }

    /// Decides what a command to the case, or to one of its parts, does.
    ///
    /// The answer begins with whatever fell due before `at` in any of the
    /// dossiers, and ends with what follows by itself: parts that open, the
    /// lead that waits or ends, the delivery of every part. Nothing changes
    /// until the caller has stored the events and handed each to
    /// [`evolve`](Self::evolve). A command that was followed before gives no event.
    ///
    /// # Errors
    ///
    /// A rejection with every reason that stands in the way.
    pub fn decide(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        command: &Command,
        at: Moment,
    ) -> Result<Vec<Event>, Rejection> {
        let Some((dossier, own)) = self.addressed(cx, part) else {
            let reason = Reason::new(Cause::UnknownPart);
            return Err(part.map_or(reason.clone(), |it| reason.about(*it)).into());
        };
        if dossier.events_of(&command.id).is_some() {
            return dossier.decide(&own, command, at);
        }
        let at = term::written(&own, at)?;
        dossier.check_version(command)?;
        self.check_time(at)?;
        let mut following = Following::new(self, *cx);
        following.expire(at);
        following.case.check(cx, part, command)?;
        let command = Command { expected_version: None, ..command.clone() };
        following.follow(part, &command, at)?;
        Ok(following.into_events())
    }

    /// Returns what fell due before `at` in any of the dossiers and was not followed yet, oldest first.
    ///
    /// On time or a year late the events are the same.
    #[must_use = "what fell due has not happened until its events are stored"]
    pub fn expire(&self, cx: &LinkedContext<'_>, at: Moment) -> Vec<Event> {
        let mut following = Following::new(self, *cx);
        following.expire(at);
        following.into_events()
    }

    /// Returns the moment after which [`expire`](Self::expire) has work to do.
    #[must_use]
    pub fn next_expiry(&self, cx: &LinkedContext<'_>) -> Option<Moment> {
        self.expiries(cx).first().map(|(at, _)| *at)
    }

    /// Lists every transition that leaves the present state of the lead, or of a part, with its verdict.
    #[must_use]
    pub fn options(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        actor: &Actor,
        at: Moment,
    ) -> Vec<Choice> {
        let mut following = Following::new(self, *cx);
        following.expire(at);
        let case = following.case;
        let Some((dossier, own)) = case.addressed(cx, part) else { return Vec::new() };
        let mut choices = dossier.options(&own, actor, at);
        for choice in &mut choices {
            let act = own.procedure().transitions().get(choice.position()).map(|it| it.act());
            if let Some(reason) =
                act.and_then(|act| case.not_alone(cx, part, act, choice.transition()))
            {
                choice.verdict = Verdict::Refused(Vec::from([reason]));
            }
        }
        choices
    }

    /// Time does not run backwards in any of the dossiers.
    fn check_time(&self, at: Moment) -> Result<(), Rejection> {
        match self.last().filter(|last| at < *last) {
            Some(last) => Err(Reason::new(Cause::TimeRunsBackwards)
                .needed(Thing::Moment(last))
                .found(Thing::Moment(at))
                .into()),
            None => Ok(()),
        }
    }

    /// Refuses what a part cannot do by itself.
    fn check(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        command: &Command,
    ) -> Result<(), Rejection> {
        let (dossier, own) =
            self.addressed(cx, part).ok_or_else(|| Reason::new(Cause::UnknownPart))?;
        let Some(name) = part else {
            return self.check_step(cx, None, &own, command);
        };
        if let PartStanding::Awaits(parts) = self.standing(cx, name) {
            let awaited = Reason::new(Cause::PartAwaited).about(*name).needed(names(&parts));
            return Err(awaited.into());
        }
        match &command.order {
            Order::File(_) if dossier.filed().is_none() => {
                Err(Reason::new(Cause::DoneByCase).about(*name).into())
            }
            Order::Migrate => Err(Reason::new(Cause::DoneByCase).about(*name).into()),
            _ => self.check_step(cx, part, &own, command),
        }
    }

    fn check_step(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        own: &super::Context<'_>,
        command: &Command,
    ) -> Result<(), Rejection> {
        let Order::Take(taking) = &command.order else { return Ok(()) };
        let named =
            taking.transition.and_then(|it| Some((it, own.procedure().transitions().find(&it)?.1)));
        let reason = named.and_then(|(name, it)| self.not_alone(cx, part, it.act(), name));
        reason.map_or(Ok(()), |it| Err(it.into()))
    }

    /// Returns why a step is not taken alone: results are delivered together, once none is awaited.
    fn not_alone(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        act: Act,
        transition: Id,
    ) -> Option<Reason> {
        let is_open = self.lead.portal_status().is_some_and(|it| !it.is_terminal());
        if act != Act::Return || !is_open || self.lead.accepted().is_none() {
            return None;
        }
        let awaited = self.awaited(cx);
        let reason = Reason::new(Cause::PartAwaited).about(transition).needed(names(&awaited));
        match part {
            _ if !awaited.is_empty() => Some(reason),
            Some(_) => Some(Reason::new(Cause::DoneByCase).about(transition)),
            None => None,
        }
    }
}

/// What there is to know of a case.
impl LinkedDossier {
    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.lead.id()
    }

    /// Returns the dossier of the whole: its filing, its term, its delivery.
    #[must_use]
    pub const fn lead(&self) -> &Dossier {
        &self.lead
    }

    /// Returns the dossier of a part; a blank one as long as the part is not open.
    #[must_use]
    pub fn part(&self, name: &Id) -> Option<&Dossier> {
        self.parts.iter().find(|(it, _)| it == name).map(|(_, it)| it)
    }

    /// Returns the parts with their names, each after those that it waits for.
    pub fn parts(&self) -> impl Iterator<Item = (Id, &Dossier)> {
        self.parts.iter().map(|(name, it)| (*name, it))
    }

    /// Returns the moment of the last event of any of the dossiers.
    #[must_use]
    pub fn last(&self) -> Option<Moment> {
        self.dossiers().filter_map(Dossier::last).max()
    }

    /// Adds up what the payer owes for all parts; none when some amount is not known.
    ///
    /// # Errors
    ///
    /// None either, when the sum leaves the range of amounts.
    #[must_use]
    pub fn fee(&self) -> Option<Dong> {
        let charges = self.dossiers().flat_map(|it| it.charges());
        charges.map(|it| it.payer).try_fold(Dong::ZERO, |sum, it| sum.plus(it?).ok())
    }

    fn dossiers(&self) -> impl Iterator<Item = &Dossier> {
        core::iter::once(&self.lead).chain(self.parts.iter().map(|(_, it)| it))
    }

    fn dossier_mut(&mut self, id: Uuid) -> Option<&mut Dossier> {
        let parts = self.parts.iter_mut().map(|(_, it)| it);
        core::iter::once(&mut self.lead).chain(parts).find(|it| it.id() == id)
    }

    /// Returns the lead, or a part, with what it is decided under.
    fn addressed<'c>(
        &self,
        cx: &LinkedContext<'c>,
        part: Option<&Id>,
    ) -> Option<(&Dossier, super::Context<'c>)> {
        match part {
            None => Some((&self.lead, cx.lead())),
            Some(name) => Some((self.part(name)?, cx.part(name)?)),
        }
    }

    /// Returns when each of the dossiers has work to do by itself, the first first.
    fn expiries(&self, cx: &LinkedContext<'_>) -> Vec<(Moment, Option<Id>)> {
        let names = core::iter::once(None).chain(self.parts.iter().map(|(name, _)| Some(*name)));
        let expiry = |part: Option<Id>| {
            let (dossier, own) = self.addressed(cx, part.as_ref())?;
            Some((dossier.next_expiry(&own)?, part))
        };
        let mut expiries: Vec<_> = names.filter_map(expiry).collect();
        // At one moment the lead comes first, then the parts in their order.
        expiries.sort_by_key(|(at, _)| *at);
        expiries
    }
}

/// Returns the id of the dossier of a part of a case (UUID version 5).
#[must_use]
pub fn part_id(case: &Uuid, part: &Id) -> Uuid {
    Uuid::new_v5(case, alloc::format!("part {part}").as_bytes())
}

fn names(parts: &[Id]) -> Thing {
    parts.iter().fold(Thing::Nothing, |names, it| names.or(*it))
}
