//! What a version asks for before a state can be reached: conditions, papers, agencies, fees.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::definition::guard::{Guard, Truth};
use crate::definition::{Procedure, Requirement, Transition, TransitionIdx};
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

    /// Says what no dossier of the earlier version can have, or what some may lack.
    pub(super) fn foresee(&self, old: &Procedure, new: &Procedure) -> (bool, Vec<Reason>) {
        match &self.what {
            What::Guard(text) => self.foresee_guard(text, old, new),
            What::Document(name, when) => {
                let law = new.documents().find(name).map_or(&[][..], |(_, it)| it.law());
                let never = when.is_none() && old.documents().find(name).is_none();
                (never, one(Reason::new(Cause::DocumentMissing).about(*name).on(law)))
            }
            What::Consultation(name, when) => {
                let law = new.consultations().find(name).map_or(&[][..], |(_, it)| it.law());
                let never = when.is_none() && old.consultations().find(name).is_none();
                (never, one(Reason::new(Cause::ConsultationNotAsked).about(*name).on(law)))
            }
            What::Fee(name) => {
                let law = new.fees().find(name).map_or(&[][..], |(_, it)| it.law());
                (false, one(Reason::new(Cause::FeeNotSettled).about(*name).on(law)))
            }
        }
    }

    /// A condition over facts that the earlier version never asked for can hold in no dossier.
    fn foresee_guard(&self, text: &str, old: &Procedure, new: &Procedure) -> (bool, Vec<Reason>) {
        let Some(step) = self.step(new) else { return (false, Vec::new()) };
        let Some(guard) = step.transition.when() else { return (false, Vec::new()) };
        let law = step.transition.law();
        let facts = guard.facts().iter().filter_map(|it| new.facts().fact(*it));
        let unasked: Vec<Id> =
            facts.map(|it| it.id()).filter(|it| old.facts().position(it).is_none()).collect();
        let never = unasked.len() == guard.facts().len() && guard.evaluate(|_| None) != Truth::Yes;
        if never {
            let unknown = |it| Reason::new(Cause::FactUnknown).about(it).found(Thing::Unknown);
            return (true, unasked.into_iter().map(|it| unknown(it).on(law)).collect());
        }
        (false, one(Reason::new(Cause::FactNotMet).needed(Thing::Text(text.into())).on(law)))
    }
}

fn one(reason: Reason) -> Vec<Reason> {
    Vec::from([reason])
}
