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
use crate::definition::bundle::{Bundle, STOP};
use crate::definition::{Act, SYSTEM};
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
    // Those that are open, in the order in which they were opened.
    parts: Vec<Dossier>,
}

impl LinkedDossier {
    /// Creates a blank case; its parts will have ids derived from its own (UUID version 5).
    #[must_use]
    pub const fn new(id: Uuid) -> Self {
        Self { lead: Dossier::new(id), parts: Vec::new() }
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
        let parts = bundle.parts().iter().map(|(_, name, _)| part_id(&id, &name));
        let own: Vec<Uuid> = core::iter::once(id).chain(parts).collect();
        let mut case = Self::new(id);
        for (place, event) in events.into_iter().enumerate() {
            let last = case.dossiers().find(|it| it.id() == event.dossier());
            let next = last.map_or(0, Dossier::version).wrapping_add(1);
            if event.sequence() != next || !own.contains(&event.dossier()) {
                return Err(Error::out_of_sequence(place, event.sequence()));
            }
            case.evolve(event);
        }
        Ok(case)
    }

    /// Copies what an event of the lead or of a part says.
    pub fn evolve(&mut self, event: &Event) {
        let id = event.dossier();
        if id == self.lead.id() {
            self.lead.evolve(event);
        } else if let Some(part) = self.parts.iter_mut().find(|it| it.id() == id) {
            part.evolve(event);
        } else {
            let mut part = Dossier::new(id);
            part.evolve(event);
            self.parts.push(part);
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
        let mut following = Following::new(self, *cx);
        let Some((dossier, own)) = following.case.addressed(cx, part) else {
            let reason = Reason::new(Cause::UnknownPart);
            return Err(part.map_or(reason.clone(), |it| reason.about(*it)).into());
        };
        if dossier.events_of(&command.id).is_some() {
            return dossier.decide(&own, command, at);
        }
        let at = term::written(&own, at)?;
        dossier.check_version(command)?;
        self.check_time(at)?;
        let moment = following.prepare(command, at);
        following.case.check(cx, part, command)?;
        let command = Command { expected_version: None, ..command.clone() };
        following.follow(part, &command, moment)?;
        if moment < at {
            following.expire(at);
        }
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
            let reason = case.not_alone(cx, part, actor, choice.transition());
            if let Some(reason) = reason {
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
        let (dossier, _) =
            self.addressed(cx, part).ok_or_else(|| Reason::new(Cause::UnknownPart))?;
        let Some(name) = part else { return self.check_step(cx, None, command) };
        if let PartStanding::Awaits(parts) = self.standing(cx, name) {
            let awaited = Reason::new(Cause::PartAwaited).about(*name).needed(names(&parts));
            return Err(awaited.into());
        }
        match &command.order {
            Order::File(_) if dossier.filed().is_none() => {
                Err(Reason::new(Cause::DoneByCase).about(*name).into())
            }
            Order::Migrate => Err(Reason::new(Cause::DoneByCase).about(*name).into()),
            _ => self.check_step(cx, part, command),
        }
    }

    fn check_step(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        command: &Command,
    ) -> Result<(), Rejection> {
        let Order::Take(taking) = &command.order else { return Ok(()) };
        let step = taking.transition;
        let reason = step.and_then(|it| self.not_alone(cx, part, &command.actor, it));
        reason.map_or(Ok(()), |it| Err(it.into()))
    }

    /// Returns why nobody takes a step alone: it follows by itself, or results are delivered together.
    fn not_alone(
        &self,
        cx: &LinkedContext<'_>,
        part: Option<&Id>,
        actor: &Actor,
        step: Id,
    ) -> Option<Reason> {
        let (_, own) = self.addressed(cx, part)?;
        let (at, transition) = own.procedure().transitions().find(&step)?;
        let by_case = Reason::new(Cause::DoneByCase).about(step);
        let follows = own.procedure().followed().contains(&at) || step == STOP;
        if follows && actor.role == SYSTEM {
            return Some(by_case);
        }
        let is_open = self.lead.portal_status().is_some_and(|it| !it.is_terminal());
        if transition.act() != Act::Return || !is_open || self.lead.accepted().is_none() {
            return None;
        }
        let awaited = self.awaited(cx);
        match part {
            _ if !awaited.is_empty() => {
                Some(Reason::new(Cause::PartAwaited).about(step).needed(names(&awaited)))
            }
            Some(_) => Some(by_case),
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

    /// Returns the dossier of a part that is open or over.
    #[must_use]
    pub fn part(&self, name: &Id) -> Option<&Dossier> {
        self.slot(name).filter(|it| it.filed().is_some())
    }

    /// Returns the parts that are open or over, in the order of the bundle.
    pub fn parts<'d>(&'d self, bundle: &'d Bundle) -> impl Iterator<Item = (Id, &'d Dossier)> {
        bundle.parts().iter().filter_map(|(_, name, _)| Some((name, self.part(&name)?)))
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
        core::iter::once(&self.lead).chain(&self.parts)
    }

    /// Returns the dossier of a part, be it blank.
    fn slot(&self, name: &Id) -> Option<&Dossier> {
        let id = part_id(&self.lead.id(), name);
        self.parts.iter().find(|it| it.id() == id)
    }

    /// Makes room for every part of a bundle.
    fn with_blanks(&self, bundle: &Bundle) -> Self {
        let mut case = self.clone();
        for (_, name, _) in bundle.parts().iter() {
            if case.slot(&name).is_none() {
                case.parts.push(Dossier::new(part_id(&self.lead.id(), &name)));
            }
        }
        case
    }

    /// Returns the lead, or a part, with what it is decided under.
    fn addressed<'c>(
        &self,
        cx: &LinkedContext<'c>,
        part: Option<&Id>,
    ) -> Option<(&Dossier, super::Context<'c>)> {
        match part {
            None => Some((&self.lead, cx.lead())),
            Some(name) => Some((self.slot(name)?, cx.part(name)?)),
        }
    }

    /// Returns when each of the dossiers has work to do by itself, the first first.
    fn expiries(&self, cx: &LinkedContext<'_>) -> Vec<(Moment, Option<Id>)> {
        let parts = cx.bundle().parts().iter().map(|(_, name, _)| Some(name));
        let names = core::iter::once(None).chain(parts);
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
