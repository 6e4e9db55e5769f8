//! What the law says of a recorded history, step by step along its alignment.
//!
//! The dossier goes through the very steps that were recorded, whether or not
//! they were allowed, and its own rules tell what stood against each, which
//! term ran and when the result was due. A step that nobody recorded is
//! supposed to have happened as late as the record allows, so that what is late
//! even then was late; where such a step would have moved a term, nothing is
//! said about time at all.

use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use uuid::Uuid;

use super::align::{Alignment, Ending, Move};
use super::deviation::{Deviation, Kind};
use super::model::{Model, Task};
use super::trace::{Activity, Entry, Trace};
use super::vocabulary::Meaning;
use crate::calendar::{Calendar, Moment};
use crate::definition::{
    Act, Channel, ClockEffect, ConsultationIdx, DECISION, LawIdx, Procedure, SYSTEM, Transition,
};
use crate::dossier::{
    Actor, ActorId, Answer, Context, Dossier, Event, Filing, Happened, Opinion, Order, Reason,
    Taking,
};
use crate::id::Id;

/// What became of a recorded history under a definition.
#[derive(Clone, Debug)]
pub struct Replayed {
    alignment: Alignment,
    deviations: Vec<Deviation>,
    dossier: Dossier,
    is_timed: bool,
}

impl Replayed {
    /// Returns how the record and the procedure fit together.
    #[must_use]
    pub const fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// Returns every deviation, in the order of the record.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns true when the control flow explains the record without a deviation.
    #[must_use]
    pub const fn fits(&self) -> bool {
        self.alignment.cost() == 0
    }

    /// Returns true when nothing but the control flow differs, if anything does.
    #[must_use]
    pub fn is_lawful(&self) -> bool {
        self.deviations.iter().all(|it| it.kind().is_flow())
    }

    /// Returns the state in which the record leaves the dossier.
    #[must_use]
    pub fn state(&self) -> Option<Id> {
        self.dossier.state()
    }

    /// Returns when the result was due, where the record is enough to compute it.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        self.dossier.due().filter(|_| self.is_timed)
    }

    /// Returns when the dossier was accepted, as far as the record tells.
    #[must_use]
    pub fn accepted(&self) -> Option<Moment> {
        self.dossier.accepted()
    }
}

/// Replays a recorded history under the procedure of a model.
///
/// What is still open is judged as of a moment, such as the last one of the
/// log. Every entry must be dated no earlier than the one before it.
///
/// None when the alignment was given up, as [`Model::align`] says.
#[must_use]
pub fn replay(
    model: &mut Model<'_>,
    calendar: &Calendar,
    trace: &Trace,
    ending: Ending,
    as_of: Moment,
) -> Option<Replayed> {
    let meanings: Vec<Meaning> =
        trace.entries.iter().map(|it| model.meaning(&it.activity)).collect();
    let alignment = model.align(&meanings, ending)?;
    let cx = Context::new(model.procedure(), calendar, None);
    let mut judge = Judge {
        model,
        cx,
        trace,
        meanings: &meanings,
        dossier: Dossier::new(Uuid::nil()),
        told: 0,
        is_timed: true,
        found: Vec::new(),
    };
    for (at, it) in alignment.moves().iter().enumerate() {
        judge.follow(*it, alignment.moves().get(at..).unwrap_or_default());
    }
    judge.tell(trace.entries.len());
    judge.overdue(as_of);
    let Judge { found, dossier, is_timed, .. } = judge;
    Some(Replayed { alignment, deviations: found, dossier, is_timed })
}

struct Judge<'j, 'p> {
    model: &'j Model<'p>,
    cx: Context<'j>,
    trace: &'j Trace,
    meanings: &'j [Meaning],
    dossier: Dossier,
    /// How many entries were gone through.
    told: usize,
    /// Whether the record tells enough of what moved the terms.
    is_timed: bool,
    found: Vec<Deviation>,
}

impl<'j> Judge<'j, '_> {
    fn procedure(&self) -> &'j Procedure {
        self.cx.procedure()
    }

    fn follow(&mut self, step: Move, rest: &[Move]) {
        match step {
            Move::Both(place, task) => {
                self.tell(place);
                self.told = place + 1;
                self.take(place, task);
            }
            Move::Record(place) => {
                self.tell(place + 1);
                self.stray(place);
            }
            Move::Model(task) => self.miss(task, rest),
        }
    }

    /// Learns what was recorded beside the steps.
    fn tell(&mut self, until: usize) {
        let entries = self.trace.entries.get(self.told..until).unwrap_or_default();
        self.told = self.told.max(until);
        for entry in entries.iter().filter(|it| !it.facts.is_empty()) {
            let order = Order::Facts(entry.facts.clone());
            let actor = Actor::new("", SYSTEM);
            self.happen(&actor, &order, entry.at);
        }
    }

    /// A task that was recorded, and that was possible.
    fn take(&mut self, place: usize, task: Task) {
        let Some(entry) = self.trace.entries.get(place) else { return };
        let actor = self.actor(place, task);
        if let Task::Answer(at) = task {
            self.answer_late(place, at, entry.at);
        }
        let Some(order) = self.order(task, entry) else { return };
        let Some((event, reasons)) = self.happen(&actor, &order, entry.at) else { return };
        let of = |kind| Deviation {
            place: Some(place),
            at: Some(entry.at),
            task: Some(task),
            ..Deviation::new(kind)
        };
        for reason in reasons {
            let law = reason.law().into_iter().collect();
            self.found.push(Deviation { reason: Some(reason), law, ..of(Kind::Unlawful) });
        }
        let Happened::Moved(moved) = event.happened() else { return };
        if moved.act == Act::Apologise {
            // Which new day it named is not recorded.
            self.is_timed = false;
        }
        for breach in moved.breaches.iter().filter(|it| it.due.is_none() || self.is_timed) {
            let law = self.law_of(breach.rule, task);
            let (rule, due) = (Some(breach.rule), breach.due);
            self.found.push(Deviation { rule, due, law, ..of(Kind::Breach) });
        }
    }

    /// An entry that the procedure does not allow there.
    fn stray(&mut self, place: usize) {
        let Some(entry) = self.trace.entries.get(place) else { return };
        let task = match self.meanings.get(place) {
            Some(Meaning::Is(tasks)) => tasks.first().copied(),
            _ => None,
        };
        let kind = if task.is_some() { Kind::OutOfPlace } else { Kind::Unknown };
        self.untime(task);
        let (place, at) = (Some(place), Some(entry.at));
        self.found.push(Deviation { place, at, task, ..Deviation::new(kind) });
    }

    /// A task that nobody recorded.
    fn miss(&mut self, task: Task, rest: &[Move]) {
        let place = rest.iter().find_map(|it| match it {
            Move::Both(place, _) | Move::Record(place) => Some(*place),
            Move::Model(_) => None,
        });
        let next = place.and_then(|it| self.trace.entries.get(it)).or(self.trace.entries.last());
        let Some(latest) = next.map(|it| it.at) else {
            self.is_timed = false;
            return self.missing(task, place, None);
        };
        let fell_due = self.fell_due(task).filter(|it| *it <= latest);
        if fell_due.is_none() {
            self.untime(Some(task));
        }
        let actor = self.somebody(task, ActorId::new(&format!("?{}", self.found.len())));
        if let Some(order) = self.order(task, &Entry::new(Activity::Beside, latest)) {
            self.happen(&actor, &order, fell_due.unwrap_or(latest));
        }
        self.missing(task, place, Some(latest));
    }

    fn missing(&mut self, task: Task, place: Option<usize>, at: Option<Moment>) {
        if !self.model.is_free(task) {
            let task = Some(task);
            self.found.push(Deviation { place, at, task, ..Deviation::new(Kind::Missing) });
        }
    }

    /// Says whether the result came after its due date.
    fn overdue(&mut self, as_of: Moment) {
        if !self.is_timed || !self.dossier.is_overdue(as_of) {
            return;
        }
        let law = self.term_law(&DECISION).unwrap_or_default();
        let (at, due) = (self.dossier.ended().or(Some(as_of)), self.dossier.due());
        self.found.push(Deviation { at, due, law, ..Deviation::new(Kind::Overdue) });
    }

    fn answer_late(&mut self, place: usize, agency: ConsultationIdx, at: Moment) {
        let all = self.procedure().consultations();
        let Some((name, asked)) = all.name(agency).zip(all.get(agency)) else { return };
        let mut known = self.dossier.consultations().iter();
        let due = known.find(|it| it.consultation == name).and_then(|it| it.due);
        let Some(due) = due.map(|it| it.moment()).filter(|it| self.is_timed && at > *it) else {
            return;
        };
        self.found.push(Deviation {
            place: Some(place),
            at: Some(at),
            task: Some(Task::Answer(agency)),
            due: Some(due),
            law: asked.law().to_vec(),
            ..Deviation::new(Kind::AnswerLate)
        });
    }

    /// Lets something have happened; nothing more is said about time where that cannot be.
    fn happen(&mut self, actor: &Actor, order: &Order, at: Moment) -> Option<(Event, Vec<Reason>)> {
        let supposed = self.dossier.suppose(&self.cx, actor, order, at);
        match &supposed {
            Some((event, _)) => self.dossier.evolve(event),
            None => self.is_timed = false,
        }
        supposed
    }

    fn order(&self, task: Task, entry: &Entry) -> Option<Order> {
        match task {
            Task::Step(at) if at == self.procedure().filing() => {
                let channel = self.trace.channel.or(self.procedure().channels().first().copied());
                let facts = [&*self.trace.facts, &*entry.facts].concat();
                Some(Order::File(Filing {
                    facts,
                    ..Filing::on(channel.unwrap_or(Channel::Counter))
                }))
            }
            Task::Step(at) => {
                let transition = self.procedure().transitions().name(at)?;
                Some(Order::Take(Taking { facts: entry.facts.clone(), ..Taking::of(transition) }))
            }
            Task::Answer(at) => {
                let consultation = self.procedure().consultations().name(at)?;
                // What the agency said is nobody's deviation.
                let (opinion, facts) = (Opinion::Agree, entry.facts.clone());
                Some(Order::Answer(Answer { consultation, opinion, facts }))
            }
        }
    }

    /// Who did it; where that was not recorded, somebody who did nothing else, in a role that may.
    fn actor(&self, place: usize, task: Task) -> Actor {
        let Some(entry) = self.trace.entries.get(place) else {
            return self.somebody(task, ActorId::new("?"));
        };
        let id = entry.actor.clone().unwrap_or_else(|| ActorId::new(&format!("?{place}")));
        match entry.role {
            Some(role) => Actor { id, role },
            None => self.somebody(task, id),
        }
    }

    fn somebody(&self, task: Task, id: ActorId) -> Actor {
        let role = self.step(task).and_then(|it| it.by().next());
        let role = role.and_then(|it| self.procedure().roles().name(it));
        Actor { id, role: role.unwrap_or(SYSTEM) }
    }

    fn step(&self, task: Task) -> Option<&'j Transition> {
        let Task::Step(at) = task else { return None };
        self.procedure().transitions().get(at)
    }

    /// Returns when a step fell due that the end of a term brings by itself.
    fn fell_due(&self, task: Task) -> Option<Moment> {
        let Task::Step(at) = task else { return None };
        let mut terms = self.procedure().terms().iter();
        let (_, name, _) = terms.find(|(_, _, it)| it.expires() == Some(at))?;
        Some(self.dossier.term(&name)?.due?.moment())
    }

    /// Says no more about time where a step whose moment is not known moved a term.
    fn untime(&mut self, task: Option<Task>) {
        let Some(step) = task.and_then(|it| self.step(it)) else { return };
        let moves = |(_, effect): &(_, ClockEffect)| *effect != ClockEffect::None;
        if step.clock().iter().any(moves) {
            self.is_timed = false;
        }
    }

    /// Returns the legal basis of a breach: that of the term that was missed, else that of the step.
    fn law_of(&self, rule: Id, task: Task) -> Vec<LawIdx> {
        let term = rule.to_string();
        let term = term.strip_suffix("-late").and_then(|it| Id::parse(it).ok());
        let of_term = term.and_then(|it| self.term_law(&it));
        of_term
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| self.step(task).map_or_else(Vec::new, |it| it.law().to_vec()))
    }

    fn term_law(&self, term: &Id) -> Option<Vec<LawIdx>> {
        self.procedure().terms().find(term).map(|(_, it)| it.law().to_vec())
    }
}
