//! Questions about the guards of one procedure, and what of them took too long to answer.
//!
//! Only guards are weighed. What else a transition needs (papers, answers,
//! payments, other eyes, another time) somebody can still bring: it neither
//! closes a gap nor keeps two transitions apart, so nothing is reported that
//! only such a need would cause. Where transitions are weighed against each
//! other, the channel takes the values that the procedure offers.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::definition::fact::{FactIdx, Facts};
use crate::definition::guard::{Assignment, Exists, Guard, MAX_EVALUATIONS, Unknown, Want, search};
use crate::definition::{
    CHANNEL, Choice, Part, PartKind, Procedure, RoleIdx, StateIdx, TransitionIdx,
};
use crate::id::Id;

/// How many evaluations of guards all questions about one procedure may take together.
const MAX_EFFORT: u32 = 8 * MAX_EVALUATIONS;

/// An inquiry into the guards of a procedure.
#[derive(Debug)]
pub(super) struct Inquiry<'p> {
    declared: &'p Facts,
    // The same with those channels alone that the procedure offers.
    offered: Facts,
    left: Cell<u32>,
    entangled: RefCell<Vec<(Part, Vec<FactIdx>)>>,
    // Where the effort for the whole procedure ended.
    ended: RefCell<Option<(Part, Vec<FactIdx>)>>,
}

impl<'p> Inquiry<'p> {
    pub(super) fn into(procedure: &'p Procedure) -> Self {
        let declared = procedure.facts();
        let offered = |word: &Id| procedure.channels().iter().any(|it| *word == *it.as_str());
        let offered = declared.narrowed(&CHANNEL, offered);
        let (entangled, ended) = (RefCell::default(), RefCell::default());
        Self { declared, offered, left: Cell::new(MAX_EFFORT), entangled, ended }
    }

    /// Finds a case in which a guard holds.
    pub(super) fn holds(&self, at: Part, guard: &Guard) -> Exists {
        self.ask(at, &[(guard, Want::Holds)], self.declared, Unknown::AskedFor)
    }

    /// Finds a case in which a guard does not hold.
    pub(super) fn fails(&self, at: Part, guard: &Guard) -> Exists {
        self.ask(at, &[(guard, Want::HoldsNot)], self.declared, Unknown::AskedFor)
    }

    /// Finds a case in which the last guard holds, all before it fail, and a condition of them all is met.
    pub(super) fn reached(&self, at: Part, under: Option<&Guard>, guards: &[&Guard]) -> Exists {
        let Some((last, before)) = guards.split_last() else { return Exists::Nowhere };
        let before = before.iter().map(|it| (*it, Want::Fails));
        let under = under.map(|it| (it, Want::Holds)).into_iter();
        let wanted: Vec<_> = under.chain(before).chain([(*last, Want::Holds)]).collect();
        self.ask(at, &wanted, self.declared, Unknown::AskedFor)
    }

    /// Finds a case with every fact known in which none of the guards holds.
    pub(super) fn gap(&self, at: Part, guards: &[&Guard]) -> Exists {
        let wanted: Vec<_> = guards.iter().map(|it| (*it, Want::HoldsNot)).collect();
        self.ask(at, &wanted, &self.offered, Unknown::Nothing)
    }

    /// Finds a case with every fact known in which none of the guards holds, and a condition is met.
    pub(super) fn gap_where(&self, at: Part, under: &Guard, guards: &[&Guard]) -> Exists {
        let none = guards.iter().map(|it| (*it, Want::HoldsNot));
        let wanted: Vec<_> = none.chain([(under, Want::Holds)]).collect();
        self.ask(at, &wanted, &self.offered, Unknown::Nothing)
    }

    /// Finds a case in which all of the guards hold.
    pub(super) fn overlap(&self, at: Part, guards: &[&Guard]) -> Exists {
        let wanted: Vec<_> = guards.iter().map(|it| (*it, Want::Holds)).collect();
        self.ask(at, &wanted, &self.offered, Unknown::AskedFor)
    }

    /// Returns a case in which some guards hold and others fail; the empty case when nobody can say.
    pub(super) fn meets(
        &self,
        at: Part,
        hold: &[&Guard],
        fail: &[&Guard],
    ) -> Option<Vec<(Id, Box<str>)>> {
        let fail = fail.iter().map(|it| (*it, Want::Fails));
        let wanted: Vec<_> = hold.iter().map(|it| (*it, Want::Holds)).chain(fail).collect();
        match self.ask(at, &wanted, &self.offered, Unknown::AskedFor) {
            Exists::In(case) => Some(self.named(&case)),
            Exists::Nowhere => None,
            Exists::Entangled(_) => Some(Vec::new()),
        }
    }

    fn ask(&self, at: Part, wanted: &[(&Guard, Want)], facts: &Facts, unknown: Unknown) -> Exists {
        let allowed = self.left.get().min(MAX_EVALUATIONS);
        let mut left = allowed;
        let found = search(wanted, facts, unknown, &mut left);
        self.left.set(self.left.get().saturating_sub(allowed - left));
        let Some(facts) = found.entangled() else { return found };
        // A question that was given less than its due says nothing about its own cases.
        if left == 0 && allowed < MAX_EVALUATIONS {
            self.ended.borrow_mut().get_or_insert_with(|| (at, facts.to_vec()));
            return found;
        }
        let mut entangled = self.entangled.borrow_mut();
        if entangled.iter().all(|it| it.0 != at) {
            entangled.push((at, facts.to_vec()));
        }
        drop(entangled);
        found
    }

    /// Returns what took too long to answer so far: at which part, over which facts.
    pub(super) fn entangled(&self) -> Vec<(Part, Vec<FactIdx>)> {
        self.entangled.borrow().clone()
    }

    /// Returns where the effort for the whole procedure ended, and over which facts.
    pub(super) fn ended(&self) -> Option<(Part, Vec<FactIdx>)> {
        self.ended.borrow().clone()
    }

    /// Returns the facts of a case by name.
    pub(super) fn named(&self, case: &Assignment) -> Vec<(Id, Box<str>)> {
        case.named(self.declared)
    }

    /// Writes a case for a message.
    pub(super) fn shown(&self, case: &Assignment) -> String {
        written(&self.named(case)).unwrap_or_else(|| "every case".into())
    }

    /// Writes what of a case differs from another; none where nothing does.
    pub(super) fn differing(&self, case: &Assignment, from: &Assignment) -> Option<String> {
        let known = self.named(from);
        let mut named = self.named(case);
        named.retain(|it| !known.contains(it));
        written(&named)
    }

    /// Returns the facts of a guard, each with any value.
    pub(super) fn any(&self, facts: &[FactIdx]) -> Vec<(Id, Box<str>)> {
        let facts = facts.iter().filter_map(|at| self.declared.fact(*at));
        facts.map(|it| (it.id(), "any value".into())).collect()
    }
}

fn written(named: &[(Id, Box<str>)]) -> Option<String> {
    let named: Vec<String> = named.iter().map(|(name, it)| format!("`{name} = {it}`")).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// Transitions of one choice that leave the same state for the same role.
#[derive(Debug)]
pub(super) struct Meeting {
    pub(super) choice: Id,
    pub(super) state: StateIdx,
    pub(super) of: Vec<TransitionIdx>,
    /// A case in which none of them holds.
    pub(super) gap: Exists,
}

impl Meeting {
    /// Returns the roles that may take every one of the transitions.
    pub(super) fn roles(&self, procedure: &Procedure) -> Vec<RoleIdx> {
        let takes = |role, at: &TransitionIdx| {
            procedure.transitions().get(*at).is_some_and(|it| it.by().any(|it| it == role))
        };
        let roles = procedure.roles().iter().map(|(role, _, _)| role);
        roles.filter(|role| self.of.iter().all(|at| takes(*role, at))).collect()
    }
}

/// Returns where two or more transitions of a choice meet, each set of them once.
pub(super) fn meetings(procedure: &Procedure, inquiry: &Inquiry<'_>) -> Vec<Meeting> {
    let mut meetings: Vec<Meeting> = Vec::new();
    for (_, choice, it) in procedure.choices().iter() {
        let part = Part::new(PartKind::Choice, choice);
        for (state, _, _) in procedure.states().iter() {
            for of in meeting(procedure, it, state) {
                if meetings.iter().any(|it| it.choice == choice && it.of == of) {
                    continue;
                }
                let gap = guards(procedure, &of).map(|it| inquiry.gap(part, &it));
                let gap = gap.unwrap_or(Exists::Nowhere);
                meetings.push(Meeting { choice, state, of, gap });
            }
        }
    }
    meetings
}

/// Returns the transitions of a choice that leave a state for one role, in the order of the choice.
///
/// A role that may take some of those of another role only has no choice of its own.
fn meeting(procedure: &Procedure, choice: &Choice, state: StateIdx) -> Vec<Vec<TransitionIdx>> {
    let leaving =
        choice.of().iter().filter_map(|at| Some((*at, procedure.transitions().get(*at)?)));
    let leaving: Vec<_> = leaving.filter(|(_, it)| it.from().any(|it| it == state)).collect();
    let mut meeting: Vec<Vec<TransitionIdx>> = Vec::new();
    for (role, _, _) in procedure.roles().iter() {
        let taken = leaving.iter().filter(|(_, it)| it.by().any(|it| it == role));
        let of: Vec<TransitionIdx> = taken.map(|(at, _)| *at).collect();
        let covers = |one: &[TransitionIdx], other: &[TransitionIdx]| {
            other.iter().all(|it| one.contains(it))
        };
        if of.len() < 2 || meeting.iter().any(|it| covers(it, &of)) {
            continue;
        }
        meeting.retain(|it| !covers(&of, it));
        meeting.push(of);
    }
    meeting
}

/// Returns the guards of transitions; none when one of them always holds.
pub(super) fn guards<'p>(procedure: &'p Procedure, of: &[TransitionIdx]) -> Option<Vec<&'p Guard>> {
    of.iter().map(|it| procedure.transitions().get(*it).and_then(|it| it.when())).collect()
}

/// Returns every condition with the part whose condition it is, in the order of the tables.
pub(super) fn conditions(procedure: &Procedure) -> Vec<(Part, &Guard)> {
    let mut all: Vec<(Part, &Guard)> = Vec::new();
    let mut add = |kind, name, when: Option<_>| {
        all.extend(when.map(|it| (Part::new(kind, name), it)));
    };
    procedure.documents().iter().for_each(|(_, name, it)| add(PartKind::Document, name, it.when()));
    procedure.terms().iter().for_each(|(_, name, it)| add(PartKind::Term, name, it.when()));
    let consultations = procedure.consultations().iter();
    consultations.for_each(|(_, name, it)| add(PartKind::Consultation, name, it.when()));
    let transitions = procedure.transitions().iter();
    transitions.for_each(|(_, name, it)| add(PartKind::Transition, name, it.when()));
    procedure.fees().iter().for_each(|(_, name, it)| add(PartKind::Fee, name, it.when()));
    all
}

/// Writes the names of transitions for a message.
pub(super) fn named(procedure: &Procedure, of: &[TransitionIdx]) -> String {
    let names = of.iter().filter_map(|it| procedure.transitions().name(*it));
    names.map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
