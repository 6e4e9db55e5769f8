//! From counts to shares: what is taken by chance, and what is taken whenever nothing else is.
#![expect(clippy::float_arithmetic, reason = "shares are fractions until they are written")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::estimates::Chance;
use super::routing::{Count, Counts, Routing};
use crate::definition::{Procedure, StateIdx, Target, TransitionIdx};
use crate::id::Id;
use crate::simulate::figures::Confidence;

/// How often a step is taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// The states in which it is taken; empty for all.
    pub(super) states: Vec<Id>,
    pub(super) share: Option<Chance>,
    pub(super) again: Option<Chance>,
    /// True where states differ by more than chance.
    pub(super) differs: bool,
}

/// The choices of all steps.
pub(super) type Choices = BTreeMap<TransitionIdx, Choice>;

/// Decides for every step how it is taken.
pub(super) fn of(procedure: &Procedure, routing: &Routing, confidence: Confidence) -> Choices {
    let rest = rest(procedure, routing);
    let mut choices = Choices::new();
    for (step, states) in &routing.counts {
        let mut choice = choice(states, confidence);
        choice.states = restricted(procedure, states);
        let is_errand = is_errand(procedure, *step);
        if rest.contains(step) || (is_errand && always(&choice)) {
            (choice.share, choice.again, choice.differs) = (None, None, false);
        }
        choices.insert(*step, choice);
    }
    fit_together(routing, &mut choices);
    choices
}

fn is_errand(procedure: &Procedure, step: TransitionIdx) -> bool {
    procedure.transitions().get(step).is_some_and(|it| it.to() == Target::Same)
}

fn always(choice: &Choice) -> bool {
    choice.share.as_ref().is_none_or(Chance::is_all)
        && choice.again.as_ref().is_none_or(Chance::is_all)
}

/// Returns the states in which a step is taken, where it was possible in others too.
fn restricted(procedure: &Procedure, states: &BTreeMap<StateIdx, Counts>) -> Vec<Id> {
    let taken: Vec<StateIdx> = states.iter().filter(|it| is_taken(it.1)).map(|it| *it.0).collect();
    if taken.is_empty() || taken.len() == states.len() {
        return Vec::new();
    }
    taken.into_iter().filter_map(|it| procedure.states().name(it)).collect()
}

fn is_taken(counts: &Counts) -> bool {
    counts.first.taken + counts.again.taken > 0.5
}

/// Adds up the states in which a step is taken.
fn choice(states: &BTreeMap<StateIdx, Counts>, confidence: Confidence) -> Choice {
    let some = states.values().any(is_taken);
    let own = states.values().filter(|it| !some || is_taken(it));
    let (mut first, mut again) = (Count::default(), Count::default());
    for counts in own.clone() {
        first = first.plus(counts.first);
        again = again.plus(counts.again);
    }
    let share = Chance::of(first, confidence);
    let later = Chance::of(again, confidence);
    let differs = share.is_some_and(|share| {
        own.filter_map(|it| Chance::of(it.first, confidence))
            .any(|it| !it.share.holds(share.share.mean()))
    });
    let states = Vec::new();
    match (share, later) {
        // What is no different later is one share.
        (Some(share), Some(later)) if later.share.holds(share.share.mean()) => Choice {
            states,
            share: Chance::of(first.plus(again), confidence),
            again: None,
            differs,
        },
        (share, again) => Choice { states, share: share.or(again), again, differs },
    }
}

/// Chooses for every choice that was seen the step that is taken whenever nothing else is.
fn rest(procedure: &Procedure, routing: &Routing) -> BTreeSet<TransitionIdx> {
    let mut rest = BTreeSet::new();
    let taken_in = |step: &TransitionIdx, state: StateIdx| {
        routing.counts.get(step).and_then(|it| it.get(&state)).is_some_and(is_taken)
    };
    let real: Vec<(Vec<TransitionIdx>, &BTreeMap<TransitionIdx, u64>)> = routing
        .choices
        .iter()
        .filter(|((state, _), _)| !routing.abandoned.contains(state))
        .map(|((state, exits), taken)| {
            let exits = exits.iter().copied().filter(|it| taken_in(it, *state));
            (exits.collect(), taken)
        })
        .collect();
    let errand = |step: &TransitionIdx| is_errand(procedure, *step);
    let lapses = |step: &TransitionIdx| routing.abandoned.iter().any(|it| taken_in(step, *it));
    loop {
        // What is possible in the most stays that still need one, then what is taken the most.
        let mut worth: BTreeMap<TransitionIdx, (u64, u64)> = BTreeMap::new();
        for (exits, taken) in &real {
            if exits.iter().any(|it| rest.contains(it)) {
                continue;
            }
            for step in exits {
                let worth = worth.entry(*step).or_default();
                worth.0 += taken.values().sum::<u64>();
                worth.1 += taken.get(step).copied().unwrap_or(0);
            }
        }
        worth.retain(|step, _| {
            let clashes = real
                .iter()
                .any(|(exits, _)| exits.contains(step) && exits.iter().any(|it| rest.contains(it)));
            !clashes && !errand(step) && !lapses(step)
        });
        match worth.into_iter().max_by_key(|it| it.1) {
            Some((step, _)) => rest.insert(step),
            None => return rest,
        };
    }
}

/// Takes from the greatest share what the steps of a choice make above all.
fn fit_together(routing: &Routing, choices: &mut Choices) {
    for (_, exits) in routing.choices.keys() {
        for which in [first, later] {
            let mut written: Vec<(u32, TransitionIdx)> = Vec::new();
            for step in exits {
                let chance = choices.get_mut(step).and_then(which);
                written.extend(chance.map(|it| (it.written, *step)));
            }
            let over = written.iter().map(|it| it.0).sum::<u32>().saturating_sub(10_000);
            let most = written.into_iter().max().and_then(|(_, step)| choices.get_mut(&step));
            if let Some(it) = most.and_then(which) {
                it.written = it.written.saturating_sub(over);
            }
        }
    }
}

const fn first(choice: &mut Choice) -> Option<&mut Chance> {
    choice.share.as_mut()
}

const fn later(choice: &mut Choice) -> Option<&mut Chance> {
    match choice.again {
        Some(_) => choice.again.as_mut(),
        None => choice.share.as_mut(),
    }
}

impl Count {
    fn plus(self, other: Self) -> Self {
        Self { taken: self.taken + other.taken, possible: self.possible + other.possible }
    }
}
