//! One linked dossier of a run: a lead and its parts, each reported as a dossier of its own.

use hoso::definition::Procedure;
use hoso::definition::bundle::Bundle;
use hoso::dossier::bundle::{LinkedContext, LinkedDossier, part_id};
use hoso::dossier::{Command, Event, Order};
use hoso::id::Id;
use uuid::Uuid;

use super::case::Case;
use super::line::Line;
use crate::moment::Moment;
use crate::office::{Office, command_id};

/// A case under a bundle, and where its dossiers stand in the run.
#[derive(Debug)]
pub(super) struct Linked<'o> {
    office: &'o Office,
    bundle: &'o Bundle,
    case: LinkedDossier,
    commands: usize,
    /// The place of the lead; the parts follow it.
    first: usize,
}

impl<'o> Linked<'o> {
    /// Makes room for a case and its parts among the dossiers of a run.
    pub(super) fn open(
        office: &'o Office,
        bundle: &'o Bundle,
        id: Uuid,
        name: &str,
        cases: &mut Vec<Case<'o>>,
    ) -> Self {
        let first = cases.len();
        cases.push(Case::led(id, name, bundle.lead()));
        for (_, part, it) in bundle.parts().iter() {
            let name = format!("{name}/{part}");
            cases.push(Case::joined(part_id(&id, &part), &name, it.procedure()));
        }
        Self { office, bundle, case: LinkedDossier::new(id), commands: 0, first }
    }

    /// Follows a command to the case or to a part, or notes why it was refused.
    pub(super) fn follow(&mut self, cases: &mut [Case<'o>], line: &Line) -> Vec<Event> {
        self.commands += 1;
        let bundle = self.governing(line);
        let id = command_id(&self.case.id(), line.id.as_deref(), self.commands);
        let command = Command {
            id,
            actor: line.actor.clone(),
            expected_version: line.expected_version,
            order: line.order.clone(),
        };
        let mut context = self.context(bundle);
        if line.order == Order::Migrate {
            context = context.moving_from(self.bundle);
        }
        match self.case.decide(&context, line.part.as_ref(), &command, line.at) {
            Ok(events) => {
                self.bundle = bundle;
                self.keep(cases, &events);
                events
            }
            Err(rejection) => {
                let known = line.part.and_then(|part| {
                    let place = bundle.parts().iter().position(|(_, it, _)| it == part)?;
                    Some((self.first + 1 + place, bundle.parts().find(&part)?.1.procedure()))
                });
                let (place, procedure) = known.unwrap_or((self.first, bundle.lead()));
                if let Some(case) = cases.get_mut(place) {
                    case.refuse(line, &line.verb, rejection, procedure);
                }
                Vec::new()
            }
        }
    }

    /// Lets what falls due by itself happen up to a moment.
    pub(super) fn let_pass(&mut self, cases: &mut [Case<'o>], as_of: Moment) -> Vec<Event> {
        let events = self.case.expire(&self.context(self.bundle), as_of);
        self.keep(cases, &events);
        let standings = self.case.standings(&self.context(self.bundle));
        if let Some(lead) = cases.get_mut(self.first) {
            lead.stand(standings);
        }
        events
    }

    fn context(&self, bundle: &'o Bundle) -> LinkedContext<'o> {
        LinkedContext::new(bundle, self.office.calendar(), Some(self.office.tariff()))
    }

    /// Returns the version under which a command is decided: until acceptance, and for a migration, that of the day.
    fn governing(&self, line: &Line) -> &'o Bundle {
        let lead = self.case.lead();
        let moves = line.order == Order::Migrate || lead.accepted().is_none();
        if !moves || lead.filed().is_none() {
            return self.bundle;
        }
        let day = self.office.day(line.at);
        self.office.bundles().on(self.bundle.lead().id(), day).unwrap_or(self.bundle)
    }

    fn keep(&mut self, cases: &mut [Case<'o>], events: &[Event]) {
        events.iter().for_each(|it| self.case.evolve(it));
        let own: Vec<(Option<Id>, &Procedure)> = self.bundle.procedures().collect();
        for (place, (_, procedure)) in (self.first..).zip(own) {
            let Some(case) = cases.get_mut(place) else { continue };
            let id = case.dossier().id();
            case.keep(procedure, events.iter().filter(|it| it.dossier() == id));
        }
    }
}
