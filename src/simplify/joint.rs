//! The facts of two versions as one set, so that guards of both can be compared.
//!
//! Facts that are paired are one fact, with all values of either domain. Facts
//! whose domains are no domain together stay two.

use alloc::vec::Vec;

use super::pairing::Pairing;
use crate::definition::fact::{FactIdx, Facts};
use crate::definition::guard::{Guard, Relation};
use crate::definition::{Part, PartKind, Procedure};
use crate::id::Id;

/// The facts of two versions.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    facts: Facts,
    // By place in the earlier, and in the later version.
    before: Vec<FactIdx>,
    after: Vec<FactIdx>,
}

impl Joint {
    pub(super) fn of(before: &Procedure, after: &Procedure, pairing: &Pairing) -> Self {
        let mut list: Vec<_> = after.facts().iter().map(|(_, it)| it.clone()).collect();
        let own = after.facts().iter().map(|(at, _)| at).collect();
        let mut places = Vec::new();
        for (_, fact) in before.facts().iter() {
            let later = later(&fact.id(), pairing).and_then(|it| after.facts().position(&it));
            let joined = later.and_then(|at| {
                let it = list.get_mut(at.index())?;
                *it = it.within(it.domain().joined(fact.domain())?);
                Some(at)
            });
            places.push(joined.unwrap_or_else(|| {
                list.push(fact.clone());
                FactIdx::new(list.len() - 1)
            }));
        }
        Self { facts: Facts::of(list), before: places, after: own }
    }

    pub(super) const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Returns the place of a fact of the earlier version.
    pub(super) fn before(&self, fact: FactIdx) -> FactIdx {
        self.before.get(fact.index()).copied().unwrap_or(fact)
    }

    /// Returns the place of a fact of the later version.
    pub(super) fn after(&self, fact: FactIdx) -> FactIdx {
        self.after.get(fact.index()).copied().unwrap_or(fact)
    }

    /// Returns a guard of the earlier version over all facts.
    pub(super) fn guard_before(&self, guard: &Guard) -> Guard {
        guard.over(&self.facts, |it| self.before(it))
    }

    /// Returns a guard of the later version over all facts.
    pub(super) fn guard_after(&self, guard: &Guard) -> Guard {
        guard.over(&self.facts, |it| self.after(it))
    }

    /// Compares a condition with the one before; without one, something is so in every case.
    pub(super) fn relation(&self, before: Option<&Guard>, after: Option<&Guard>) -> Relation {
        let before = before.map(|it| self.guard_before(it));
        let after = after.map(|it| self.guard_after(it));
        match (before, after) {
            (None, None) => Relation::Equivalent,
            (Some(before), Some(after)) => after.relation(&before, &self.facts),
            (Some(before), None) => Relation::weakened(before.fails_in(&self.facts)),
            (None, Some(after)) => Relation::strengthened(after.fails_in(&self.facts)),
        }
    }
}

/// Returns the fact that took the place of one of the earlier version, and of no other.
fn later(fact: &Id, pairing: &Pairing) -> Option<Id> {
    let found = pairing.of_before(&Part::new(PartKind::Fact, *fact))?;
    match (found.before(), found.after()) {
        ([_], [after]) if after.kind() == PartKind::Fact => Some(*after.name()),
        _ => None,
    }
}
