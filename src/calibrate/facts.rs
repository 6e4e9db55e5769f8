//! What cases are: how often each fact had which value, and what steps make of it.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::way::Way;
use crate::definition::fact::{Domain, FactIdx, Value};
use crate::definition::{Procedure, TransitionIdx};
use crate::id::Id;

/// How often a fact had each value when a dossier was filed.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct FactShares {
    /// The fact.
    pub fact: Id,
    /// Its values, and how many dossiers had each; numbers are put together in groups.
    pub values: Vec<(Value, u64)>,
    /// In how many dossiers it was recorded.
    pub told: u64,
    /// True where a condition of the procedure asks for it.
    pub decides: bool,
}

/// What a step makes of facts that were known before.
pub(super) type Sets = BTreeMap<TransitionIdx, Vec<(Id, Value)>>;

/// The most groups into which numbers are put.
const GROUPS: usize = 5;

/// Counts the facts of all dossiers.
pub(super) fn shares(procedure: &Procedure, ways: &[Way]) -> Vec<FactShares> {
    let mut counts: BTreeMap<FactIdx, BTreeMap<Value, u64>> = BTreeMap::new();
    for (fact, value) in ways.iter().flat_map(|it| &it.facts) {
        *counts.entry(*fact).or_default().entry(*value).or_default() += 1;
    }
    let asked = asked(procedure);
    let shares = counts.into_iter().filter_map(|(at, values)| {
        let fact = procedure.facts().fact(at)?;
        let values: Vec<(Value, u64)> = values.into_iter().collect();
        let told = values.iter().map(|it| it.1).sum();
        let values = match fact.domain() {
            Domain::Integer { .. } | Domain::Date => grouped(values, told),
            Domain::Boolean | Domain::Choice(_) => values,
        };
        let decides = asked.contains(&at);
        Some(FactShares { fact: fact.id(), values, told, decides })
    });
    shares.collect()
}

/// Returns the facts for which some condition of the procedure asks.
pub(super) fn asked(procedure: &Procedure) -> Vec<FactIdx> {
    let steps = procedure.transitions().iter().filter_map(|(_, _, it)| it.when());
    let agencies = procedure.consultations().iter().filter_map(|(_, _, it)| it.when());
    let mut asked: Vec<FactIdx> =
        steps.chain(agencies).flat_map(|it| it.facts()).copied().collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Puts numbers into groups of as many dossiers, each with the value in its middle.
fn grouped(values: Vec<(Value, u64)>, told: u64) -> Vec<(Value, u64)> {
    if values.len() <= GROUPS {
        return values;
    }
    let size = told.div_ceil(GROUPS as u64).max(1);
    let mut groups: BTreeMap<u64, Vec<(Value, u64)>> = BTreeMap::new();
    let mut before = 0;
    for (value, count) in values {
        groups.entry((before + count / 2) / size).or_default().push((value, count));
        before += count;
    }
    let middle = |group: Vec<(Value, u64)>| {
        let all: u64 = group.iter().map(|it| it.1).sum();
        let mut passed = 0;
        let middle = group.iter().find(|it| {
            passed += it.1;
            2 * passed >= all
        });
        Some((middle?.0, all))
    };
    groups.into_values().filter_map(middle).collect()
}

/// Returns what steps make of facts, where they mostly make the same of them.
pub(super) fn sets(procedure: &Procedure, ways: &[Way]) -> Sets {
    let mut told: BTreeMap<(TransitionIdx, FactIdx), BTreeMap<Value, (u64, u64)>> = BTreeMap::new();
    for it in ways.iter().flat_map(|it| &it.told) {
        let counts = told.entry((it.step, it.fact)).or_default().entry(it.value).or_default();
        counts.0 += 1;
        counts.1 += u64::from(it.changes);
    }
    let mut sets = Sets::new();
    for ((step, fact), values) in told {
        let all: u64 = values.values().map(|it| it.0).sum();
        let most = values.into_iter().max_by_key(|it| it.1.0);
        let Some((value, (times, changes))) = most else { continue };
        let Some(fact) = procedure.facts().fact(fact) else { continue };
        if changes > 0 && times * 5 >= all * 4 {
            sets.entry(step).or_default().push((fact.id(), value));
        }
    }
    sets
}
