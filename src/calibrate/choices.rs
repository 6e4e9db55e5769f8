//! From counts to shares: what is taken by chance, and what is taken whenever nothing else is.
#![expect(clippy::float_arithmetic, reason = "shares are fractions until they are written")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::estimates::Chance;
use super::routing::{Count, Counts, Routing};
use super::shares::Shares;
use crate::definition::{Procedure, StateIdx, Target, TransitionIdx};
use crate::id::Id;
use crate::simulate::figures::Confidence;

/// How often a step is taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// The states in which it is taken; empty for all.
    pub(super) states: Vec<Id>,
    pub(super) share: Shares,
    pub(super) again: Shares,
}

/// The choices of all steps.
pub(super) type Choices = BTreeMap<TransitionIdx, Choice>;

/// Decides for every step how it is taken.
pub(super) fn of(procedure: &Procedure, routing: &Routing, confidence: Confidence) -> Choices {
    let rest = rest(procedure, routing);
    let mut choices = Choices::new();
    for (step, states) in &routing.counts {
        let is_rest = |state: StateIdx| rest.contains(&(state, *step));
        let mut choice = choice(procedure, states, is_rest, confidence);
        choice.states = restricted(procedure, states);
        if is_errand(procedure, *step) && choice.is_certain() {
            (choice.share, choice.again) = (Shares::default(), Shares::default());
        }
        choices.insert(*step, choice);
    }
    fit_together(procedure, routing, &mut choices);
    choices
}

fn is_errand(procedure: &Procedure, step: TransitionIdx) -> bool {
    procedure.transitions().get(step).is_some_and(|it| it.to() == Target::Same)
}

impl Choice {
    /// Returns true where the step was taken whenever it could be.
    fn is_certain(&self) -> bool {
        let some = |it: &Shares| it.by_state().next().is_some();
        let all = |it: &Shares| it.everywhere().is_none_or(Chance::is_all);
        !some(&self.share) && !some(&self.again) && all(&self.share) && all(&self.again)
    }
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

/// Adds up the states in which a step is taken by chance, unless they differ.
fn choice(
    procedure: &Procedure,
    states: &BTreeMap<StateIdx, Counts>,
    is_rest: impl Fn(StateIdx) -> bool,
    confidence: Confidence,
) -> Choice {
    let some = states.values().any(is_taken);
    let own: Vec<(StateIdx, Counts)> = states
        .iter()
        .filter(|(state, it)| (!some || is_taken(it)) && !is_rest(**state))
        .map(|(state, it)| (*state, *it))
        .collect();
    let (first, again) = (|it: &Counts| it.first, |it: &Counts| it.again);
    let share = Chance::of(sum(&own, first), confidence);
    let later = Chance::of(sum(&own, again), confidence);
    let mut choice = match (share, later) {
        // What is no different later is one share.
        (Some(share), Some(later)) if later.share.holds(share.share.mean()) => {
            let both = |it: &Counts| it.first.plus(it.again);
            let share = shares(procedure, &own, both, confidence);
            Choice { share, ..Choice::default() }
        }
        (Some(_), Some(_)) => {
            let share = shares(procedure, &own, first, confidence);
            let again = shares(procedure, &own, again, confidence);
            Choice { share, again, ..Choice::default() }
        }
        (Some(_), None) => {
            Choice { share: shares(procedure, &own, first, confidence), ..Choice::default() }
        }
        (None, _) => {
            Choice { share: shares(procedure, &own, again, confidence), ..Choice::default() }
        }
    };
    if !own.is_empty() {
        let rests = states.keys().filter(|it| is_rest(**it));
        for state in rests.filter_map(|it| procedure.states().name(*it)) {
            choice.share.set(state, None);
            choice.again.set(state, None);
        }
    }
    choice
}

fn sum(states: &[(StateIdx, Counts)], of: fn(&Counts) -> Count) -> Count {
    states.iter().map(|it| of(&it.1)).fold(Count::default(), Count::plus)
}

/// Returns one share for some states, and their own where these differ.
fn shares(
    procedure: &Procedure,
    states: &[(StateIdx, Counts)],
    of: fn(&Counts) -> Count,
    confidence: Confidence,
) -> Shares {
    let all = sum(states, of);
    let mut shares = Shares::of(Chance::of(all, confidence));
    if differ(states.iter().map(|it| of(&it.1))) {
        for (state, counts) in states {
            let own = Chance::of(of(counts), confidence);
            if let Some((name, own)) = procedure.states().name(*state).zip(own) {
                shares.set(name, Some(own));
            }
        }
    }
    shares
}

/// Returns true where one of some counts differs from the others by more than chance does once in a thousand.
fn differ(mut counts: impl Iterator<Item = Count> + Clone) -> bool {
    let all = counts.clone().fold(Count::default(), Count::plus);
    let groups = counts.clone().filter(|it| it.possible > 0.5).count() as f64;
    counts.any(|it| groups * by_chance(it, all) < 0.001)
}

/// The chance that so many or so few of a part of all were taken, whichever is rarer, on both sides.
///
/// The exact test of R. A. Fisher, *Statistical Methods for Research Workers*
/// (5th edition, 1934), section 21.02.
fn by_chance(part: Count, all: Count) -> f64 {
    let round = |it: f64| libm::round(it) as u64;
    let (size, taken) = (round(part.possible), round(part.taken));
    let (whole, marked) = (round(all.possible), round(all.taken));
    let ln_choose = |all: u64, some: u64| {
        let factorial = |it: u64| libm::lgamma(it as f64 + 1.0);
        factorial(all) - factorial(some) - factorial(all.saturating_sub(some))
    };
    let ln_all = ln_choose(whole, size);
    let chance = |it: u64| {
        let others = ln_choose(whole.saturating_sub(marked), size.saturating_sub(it));
        libm::exp(ln_choose(marked, it) + others - ln_all)
    };
    let least = (size + marked).saturating_sub(whole);
    let most = size.min(marked);
    let below: f64 = (least..=taken.min(most)).map(chance).sum();
    let above: f64 = (taken.max(least)..=most).map(chance).sum();
    libm::fmin(1.0, 2.0 * libm::fmin(below, above))
}

/// Chooses for every choice that was seen the step that is taken whenever nothing else is, state by state.
fn rest(procedure: &Procedure, routing: &Routing) -> BTreeSet<(StateIdx, TransitionIdx)> {
    let taken_in = |step: &TransitionIdx, state: StateIdx| {
        routing.counts.get(step).and_then(|it| it.get(&state)).is_some_and(is_taken)
    };
    let real: Vec<(StateIdx, Vec<TransitionIdx>, &BTreeMap<TransitionIdx, u64>)> = routing
        .choices
        .iter()
        .filter(|((state, _), _)| !routing.abandoned.contains(state))
        .map(|((state, exits), taken)| {
            let exits = exits.iter().copied().filter(|it| taken_in(it, *state));
            (*state, exits.collect(), taken)
        })
        .collect();
    let mut rest = BTreeSet::new();
    let has_rest = |rest: &BTreeSet<(StateIdx, TransitionIdx)>, state, exits: &[TransitionIdx]| {
        exits.iter().any(|it| rest.contains(&(state, *it)))
    };
    loop {
        // What mostly happens in the most stays that still need one.
        let mut worth: BTreeMap<TransitionIdx, (u64, u64)> = BTreeMap::new();
        let clashes = |state: StateIdx, step: &TransitionIdx| {
            let mut others = real.iter().filter(|it| it.0 == state && it.1.contains(step));
            others.any(|it| has_rest(&rest, it.0, &it.1))
        };
        for (state, exits, taken) in real.iter().filter(|it| !has_rest(&rest, it.0, &it.1)) {
            let may = |it: &&TransitionIdx| !is_errand(procedure, **it) && !clashes(*state, it);
            let times = |it: &TransitionIdx| taken.get(it).copied().unwrap_or(0);
            let most = exits.iter().map(times).max().unwrap_or(0);
            for step in exits.iter().filter(may) {
                let worth = worth.entry(*step).or_default();
                let is_most = times(step) == most;
                worth.0 += if is_most { taken.values().sum::<u64>() } else { 0 };
                worth.1 += times(step);
            }
        }
        let Some((most, _)) = worth.into_iter().max_by_key(|it| it.1) else { return rest };
        let states = routing.counts.get(&most).into_iter().flat_map(BTreeMap::keys).copied();
        let free = states.filter(|it| {
            taken_in(&most, *it) && !routing.abandoned.contains(it) && !clashes(*it, &most)
        });
        let free: Vec<StateIdx> = free.collect();
        rest.extend(free.into_iter().map(|it| (it, most)));
    }
}

/// Takes from the greatest share what the steps of a choice make above all, in its state.
fn fit_together(procedure: &Procedure, routing: &Routing, choices: &mut Choices) {
    for (state, exits) in routing.choices.keys() {
        let Some(state) = procedure.states().name(*state) else { continue };
        for which in [first, later] {
            let mut written: Vec<(u32, TransitionIdx)> = Vec::new();
            for step in exits {
                let shares = choices.get_mut(step).map(|it| which(it, &state));
                let chance = shares.and_then(|it| it.in_state(&state).copied());
                written.extend(chance.map(|it| (it.written, *step)));
            }
            let over = written.iter().map(|it| it.0).sum::<u32>().saturating_sub(10_000);
            let most = written.iter().max().and_then(|(_, step)| choices.get_mut(step));
            if let Some(it) = most.filter(|_| over > 0) {
                which(it, &state).lessen(state, over, written.len());
            }
        }
    }
}

const fn first<'c>(choice: &'c mut Choice, _: &Id) -> &'c mut Shares {
    &mut choice.share
}

fn later<'c>(choice: &'c mut Choice, state: &Id) -> &'c mut Shares {
    match choice.again.in_state(state) {
        Some(_) => &mut choice.again,
        None => &mut choice.share,
    }
}

impl Count {
    fn plus(self, other: Self) -> Self {
        Self { taken: self.taken + other.taken, possible: self.possible + other.possible }
    }
}
