//! One dossier of a run: its commands, and those that were refused.

use hoso::definition::Procedure;
use hoso::dossier::bundle::PartStanding;
use hoso::dossier::{Charge, Command, Dossier, Event, Happened, Order, Rejection};
use hoso::fee::{Assessment, Request, assess};
use hoso::id::Id;
use hoso::money::Dong;
use uuid::Uuid;

use super::line::Line;
use super::place::Place;
use crate::failure::{Failure, Fallible};
use crate::moment::Moment;
use crate::office::{Office, command_id};
use crate::versions;

/// A dossier, by the name that its commands use.
#[derive(Debug)]
pub(crate) struct Case<'o> {
    name: String,
    dossier: Dossier,
    /// The procedure under which it was to be filed.
    wanted: Option<&'o Procedure>,
    commands: usize,
    refused: Vec<Refused<'o>>,
    lapses: Vec<Lapse>,
    /// The version to which it could not move by itself; said once.
    stayed: Option<Id>,
    /// What it has to do with a bundle.
    role: Role<'o>,
}

/// Whether a dossier goes its way alone, leads a case, or is a part of one.
#[derive(Debug)]
enum Role<'o> {
    Alone,
    Lead(&'o Procedure, Vec<(Id, PartStanding)>),
    Part(&'o Procedure),
}

/// A command that was refused, and under which version.
#[derive(Debug)]
pub(crate) struct Refused<'o> {
    pub(crate) place: Place,
    pub(crate) transition: String,
    pub(crate) rejection: Rejection,
    pub(crate) procedure: &'o Procedure,
}

/// A step that followed by itself from the end of a term.
#[derive(Debug)]
pub(crate) struct Lapse {
    pub(crate) at: Moment,
    pub(crate) term: Id,
    pub(crate) transition: Id,
}

impl Lapse {
    fn of(event: &Event) -> Option<Self> {
        let Happened::Moved(moved) = event.happened() else { return None };
        Some(Self { at: event.at(), term: moved.expired?, transition: moved.transition })
    }
}

impl<'o> Case<'o> {
    pub(crate) fn new(id: Uuid, name: &str) -> Self {
        Self {
            name: name.into(),
            dossier: Dossier::new(id),
            wanted: None,
            commands: 0,
            refused: Vec::new(),
            lapses: Vec::new(),
            stayed: None,
            role: Role::Alone,
        }
    }

    /// A case under a bundle, by its lead.
    pub(crate) fn led(id: Uuid, name: &str, lead: &'o Procedure) -> Self {
        Self { role: Role::Lead(lead, Vec::new()), ..Self::new(id, name) }
    }

    /// A part of such a case.
    pub(crate) fn joined(id: Uuid, name: &str, procedure: &'o Procedure) -> Self {
        Self { role: Role::Part(procedure), ..Self::new(id, name) }
    }

    /// Keeps what was decided about a case as a whole.
    pub(crate) fn keep<'e>(
        &mut self,
        procedure: &'o Procedure,
        events: impl Iterator<Item = &'e Event>,
    ) {
        if let Role::Lead(own, _) | Role::Part(own) = &mut self.role {
            *own = procedure;
        }
        for event in events {
            self.dossier.evolve(event);
            self.lapses.extend(Lapse::of(event));
        }
    }

    /// Notes how the parts of the case stand.
    pub(crate) fn stand(&mut self, standings: Vec<(Id, PartStanding)>) {
        if let Role::Lead(_, own) = &mut self.role {
            *own = standings;
        }
    }

    /// Returns how the parts of the case stand that it leads.
    pub(crate) fn parts(&self) -> &[(Id, PartStanding)] {
        match &self.role {
            Role::Lead(_, parts) => parts,
            Role::Alone | Role::Part(_) => &[],
        }
    }

    /// Returns true for a part of which there is nothing to tell.
    pub(crate) fn is_unopened(&self) -> bool {
        let is_part = matches!(self.role, Role::Part(_));
        is_part && self.dossier.filed().is_none() && self.refused.is_empty()
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) const fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    pub(crate) fn refused(&self) -> &[Refused<'o>] {
        &self.refused
    }

    /// Returns what happened because nobody acted, consultations apart.
    pub(crate) fn lapses(&self) -> &[Lapse] {
        &self.lapses
    }

    /// Follows a command, or notes why it was refused.
    ///
    /// # Errors
    ///
    /// When the line names a procedure that is not there.
    pub(crate) fn follow(&mut self, office: &'o Office, line: &Line) -> Fallible<Vec<Event>> {
        self.commands += 1;
        let mut events = self.take_effect(office, line);
        let procedure = self.procedure(office, line)?;
        let id = command_id(&self.dossier.id(), line.id.as_deref(), self.commands);
        let command = Command {
            id,
            actor: line.actor.clone(),
            expected_version: line.expected_version,
            order: line.order.clone(),
        };
        let context = office.deciding(&self.dossier, procedure, &command.order, line.at);
        match self.dossier.decide(&context, &command, line.at) {
            Ok(decided) => {
                decided.iter().for_each(|it| self.dossier.evolve(it));
                events.extend(decided);
            }
            Err(rejection) => self.refuse(line, &line.verb, rejection, procedure),
        }
        self.lapses.extend(events.iter().filter_map(Lapse::of));
        Ok(events)
    }

    pub(crate) fn refuse(
        &mut self,
        line: &Line,
        transition: &str,
        rejection: Rejection,
        procedure: &'o Procedure,
    ) {
        let place = line.place.clone();
        self.refused.push(Refused { place, transition: transition.into(), rejection, procedure });
    }

    /// Moves to a version that governs by itself, before the first command after its start.
    fn take_effect(&mut self, office: &'o Office, line: &Line) -> Vec<Event> {
        let Some((_, new)) = office.superseded(&self.dossier, line.at) else { return Vec::new() };
        if self.stayed == Some(*new.version()) {
            return Vec::new();
        }
        let (events, rejection) = office.take_effect(&mut self.dossier, line.at);
        if let Some(rejection) = rejection {
            self.stayed = Some(*new.version());
            self.refuse(line, "migrate", rejection, new);
        }
        events
    }

    /// Returns the version under which a command is decided.
    fn procedure(&mut self, office: &'o Office, line: &Line) -> Fallible<&'o Procedure> {
        if let (Order::File(filing), Some(name)) = (&line.order, &line.procedure) {
            let catalogue = office.catalogue();
            let day = office.day(line.at);
            let declares = |it: &Procedure| {
                filing.facts.iter().all(|(fact, value)| it.facts().check(fact, *value).is_ok())
            };
            let found = versions::in_force(catalogue, name, day, declares)
                .map_err(|it| it.at("key `procedure`"))?;
            // A version that is not in force says so itself.
            let found = found.or_else(|| {
                let ids = versions::ids_of(catalogue, name).ok()?;
                versions::nearest(catalogue, ids.first()?, day)
            });
            if self.dossier.filed().is_none() {
                self.wanted = found.or(self.wanted);
            }
        }
        let governing = match line.order {
            Order::Migrate => office.newest(&self.dossier, line.at),
            _ => office.governing(&self.dossier, line.at),
        };
        // Before a dossier is filed any version can say that it is not.
        let any = || office.catalogue().iter().next();
        governing
            .or(self.wanted)
            .or_else(any)
            .ok_or_else(|| Failure::new("there is no procedure at all"))
    }

    /// Lets what falls due by itself happen up to a moment.
    pub(crate) fn let_pass(&mut self, office: &'o Office, as_of: Moment) -> Vec<Event> {
        if !matches!(self.role, Role::Alone) {
            // The case as a whole lets it happen.
            return Vec::new();
        }
        let (mut events, _) = office.take_effect(&mut self.dossier, as_of);
        let Some(procedure) = office.governing(&self.dossier, as_of) else { return events };
        let expired = self.dossier.expire(&office.context(procedure), as_of);
        expired.iter().for_each(|it| self.dossier.evolve(it));
        events.extend(expired);
        self.lapses.extend(events.iter().filter_map(Lapse::of));
        events
    }

    /// Returns the version that governs now, or under which it was to be filed.
    pub(crate) fn version(&self, office: &'o Office) -> Option<&'o Procedure> {
        if let Role::Lead(procedure, _) | Role::Part(procedure) = self.role {
            return Some(procedure);
        }
        let last = self.dossier.last().or(self.dossier.filed());
        last.and_then(|it| office.governing(&self.dossier, it)).or(self.wanted)
    }

    /// Adds up what the payer owes; none when that is not known, or nothing was filed.
    pub(crate) fn fee(&self) -> Option<Dong> {
        self.dossier.filed()?;
        let charges = self.dossier.charges().iter();
        charges.map(|it| it.payer).try_fold(Dong::ZERO, |sum, it| sum.plus(it?).ok())
    }

    /// Assesses a charge once more, for its account; the event holds only the amount.
    pub(crate) fn assessment(&self, office: &'o Office, charge: &Charge) -> Option<Assessment<'o>> {
        let tariff = office.tariff();
        let items = [tariff.find(charge.item.as_ref()?).ok()?];
        let procedure = self.version(office)?;
        let (_, fee) = procedure.fees().find(&charge.fee)?;
        let quantity = match fee.quantity().and_then(|it| procedure.facts().fact(it)) {
            Some(fact) => match self.dossier.fact(&fact.id())? {
                hoso::definition::fact::Value::Integer(count) => count,
                _ => return None,
            },
            None => 1,
        };
        let filed = office.day(self.dossier.filed()?);
        let request = Request::new(&items, filed, self.dossier.channel()?).times(quantity);
        let facts = |at| {
            let fact = tariff.facts().fact(at)?;
            self.dossier.fact(&fact.id()).filter(|it| fact.domain().admits(*it))
        };
        assess(tariff, &request, facts).ok()
    }
}
