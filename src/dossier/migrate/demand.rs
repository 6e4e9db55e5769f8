//! What a version asks for before a state can be reached: conditions, papers, agencies, fees.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::definition::fact::Fact;
use crate::definition::guard::{Guard, Truth};
use crate::definition::{
    Consultation, Document, LawIdx, Procedure, Requirement, Transition, TransitionIdx,
};
use crate::dossier::condition::Step;
use crate::dossier::rejection::{Cause, Reason, Thing};
use crate::id::Id;

/// Something that was asked for on the way.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    pub(super) at: TransitionIdx,
    pub(super) what: What,
}

/// What was asked for; the same text is the same demand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum What {
    Guard(Box<str>),
    Document(Id, Option<Box<str>>),
    Consultation(Id, Option<Box<str>>),
    Fee(Id),
}

/// Returns what steps ask for.
pub(super) fn of<'p>(
    procedure: &'p Procedure,
    steps: impl Iterator<Item = (TransitionIdx, Id, &'p Transition)>,
) -> Vec<Demand> {
    let mut demands: Vec<Demand> = Vec::new();
    for (at, _, step) in steps {
        let guard = step.when().map(|it| What::Guard(it.as_str().into()));
        let all = guard.into_iter().chain(papers(procedure, step)).chain(fees(procedure, at, step));
        for what in all {
            if !demands.iter().any(|it| it.what == what) {
                demands.push(Demand { at, what });
            }
        }
    }
    demands
}

fn papers(procedure: &Procedure, step: &Transition) -> Vec<What> {
    let text = |it: Option<&Guard>| it.map(|it| Box::from(it.as_str()));
    let mut papers = Vec::new();
    if step.needs().contains(&Requirement::Documents) {
        let documents = procedure.documents().iter().filter(|(_, _, it)| !it.presented());
        papers.extend(documents.map(|(_, name, it)| What::Document(name, text(it.when()))));
    }
    if step.needs().contains(&Requirement::ConsultationsAnswered) {
        let agencies = procedure.consultations().iter();
        papers.extend(agencies.map(|(_, name, it)| What::Consultation(name, text(it.when()))));
    }
    papers
}

fn fees(procedure: &Procedure, at: TransitionIdx, step: &Transition) -> Vec<What> {
    let all = step.needs().contains(&Requirement::FeeSettled);
    let due = |before: Option<TransitionIdx>| before.map_or(all, |it| it == at);
    let fees = procedure.fees().iter().filter(|(_, _, it)| due(it.due_before()));
    fees.map(|(_, name, _)| What::Fee(name)).collect()
}

impl Demand {
    /// Returns true when two versions ask for the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.what == other.what
    }

    /// Returns the step that asks.
    pub(super) fn step<'p>(&self, procedure: &'p Procedure) -> Option<Step<'p>> {
        let transitions = procedure.transitions();
        let (name, transition) = (transitions.name(self.at)?, transitions.get(self.at)?);
        Some(Step { at: self.at, name, transition })
    }

    /// Says what stands in the way of every dossier of the earlier version, or else of some.
    pub(super) fn foresee(&self, old: &Procedure, new: &Procedure) -> (bool, Vec<Reason>) {
        match &self.what {
            What::Guard(text) => {
                let step = self.step(new).map(|it| it.transition);
                let law = step.map_or(&[][..], Transition::law);
                let unmet = Reason::new(Cause::FactNotMet).needed(Thing::Text(text.clone()));
                let guard = step.and_then(Transition::when);
                unknowable(guard, law, old, new).unwrap_or((false, one(unmet.on(law))))
            }
            What::Document(name, _) => {
                let document = new.documents().find(name).map(|(_, it)| it);
                let law = document.map_or(&[][..], Document::law);
                let when = document.and_then(Document::when);
                let never = when.is_none() && old.documents().find(name).is_none();
                let missing = Reason::new(Cause::DocumentMissing).about(*name).on(law);
                unknowable(when, law, old, new).unwrap_or((never, one(missing)))
            }
            What::Consultation(name, _) => {
                let agency = new.consultations().find(name).map(|(_, it)| it);
                let law = agency.map_or(&[][..], Consultation::law);
                let when = agency.and_then(Consultation::when);
                let never = when.is_none() && old.consultations().find(name).is_none();
                let missing = Reason::new(Cause::ConsultationNotAsked).about(*name).on(law);
                unknowable(when, law, old, new).unwrap_or((never, one(missing)))
            }
            What::Fee(name) => {
                let law = new.fees().find(name).map_or(&[][..], |(_, it)| it.law());
                (false, one(Reason::new(Cause::FeeNotSettled).about(*name).on(law)))
            }
        }
    }
}

/// Names the facts of a condition when the earlier version asked for none of them, so that nobody can answer it.
fn unknowable(
    guard: Option<&Guard>,
    law: &[LawIdx],
    old: &Procedure,
    new: &Procedure,
) -> Option<(bool, Vec<Reason>)> {
    let guard = guard.filter(|it| it.evaluate(|_| None) == Truth::Unknown)?;
    let facts = guard.facts().iter().filter_map(|it| new.facts().fact(*it));
    let facts: Vec<Id> = facts.map(Fact::id).collect();
    if facts.iter().any(|it| old.facts().position(it).is_some()) {
        return None;
    }
    let unknown = |it| Reason::new(Cause::FactUnknown).about(it).found(Thing::Unknown).on(law);
    Some((true, facts.into_iter().map(unknown).collect()))
}

fn one(reason: Reason) -> Vec<Reason> {
    Vec::from([reason])
}
