//! The search for a case in which guards answer as wanted.
//!
//! A fact is compared with constants only, so one value of each of its cells is
//! enough for an exact answer. The search branches over the cells of one fact
//! at a time, takes only facts on which some guard still hangs, and leaves a
//! branch as soon as one guard answers otherwise. Which of several cases is
//! found follows the order of the texts.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cells::{effort, representatives};
use super::{Guard, Test, Truth};
use crate::definition::fact::{Domain, Fact, FactIdx, Facts, Value};

/// How many evaluations of a guard one question may take: beyond it is [`Exists::Entangled`].
pub(crate) const MAX_EVALUATIONS: u32 = 1 << 17;

/// How many comparisons of a value with a constant count as one evaluation.
const COMPARISONS: usize = 64;

/// The most facts that one question may hang on; more are [`Exists::Entangled`].
pub(crate) const MAX_FACTS_TOGETHER: usize = 64;

/// Whether something is so in some case.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is a case, there is none, or nobody can say")]
pub enum Exists {
    /// In this one.
    In(Assignment),
    /// In none.
    Nowhere,
    /// Too many cases would have to be tried; these are the facts that make them.
    Entangled(Vec<FactIdx>),
}

impl Exists {
    /// Returns the case, if there is one.
    #[must_use]
    pub const fn case(&self) -> Option<&Assignment> {
        match self {
            Self::In(case) => Some(case),
            Self::Nowhere | Self::Entangled(_) => None,
        }
    }

    /// Returns the facts that make too many cases.
    #[must_use]
    pub fn entangled(&self) -> Option<&[FactIdx]> {
        match self {
            Self::Entangled(facts) => Some(facts),
            Self::In(_) | Self::Nowhere => None,
        }
    }
}

/// A case in facts; those that are left out do not matter.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Assignment(Vec<(FactIdx, Option<Value>)>);

impl Assignment {
    /// Returns the facts that matter, in the order of declaration; no value stands for unknown.
    #[must_use]
    pub fn facts(&self) -> &[(FactIdx, Option<Value>)] {
        &self.0
    }

    /// Returns the value of a fact; none when it is unknown or does not matter.
    #[must_use]
    pub fn value(&self, fact: FactIdx) -> Option<Value> {
        self.0.iter().find(|(it, _)| *it == fact).and_then(|(_, value)| *value)
    }

    /// Returns the facts by name, each with its value as guards write it, or `unknown`.
    pub(crate) fn named(&self, facts: &Facts) -> Vec<(crate::id::Id, Box<str>)> {
        let shown = |it: Option<Value>| it.map_or("unknown".into(), |it| alloc::format!("{it}"));
        let named = self.0.iter();
        named.filter_map(|(at, it)| Some((facts.fact(*at)?.id(), shown(*it).into()))).collect()
    }
}

/// How a guard is wanted to answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Want {
    /// Yes.
    Holds,
    /// No, or unknown.
    HoldsNot,
    /// No.
    Fails,
}

/// Which facts may be unknown in the cases that a question is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unknown {
    /// None.
    Nothing,
    /// Those of which some guard asks whether they are known.
    AskedFor,
}

/// Finds a case in which every guard answers as wanted; `left` counts evaluations down.
pub(crate) fn search(
    wanted: &[(&Guard, Want)],
    facts: &Facts,
    unknown: Unknown,
    left: &mut u32,
) -> Exists {
    let mut asked: Vec<FactIdx> = Vec::new();
    for fact in wanted.iter().flat_map(|(it, _)| it.facts()) {
        if !asked.contains(fact) {
            asked.push(*fact);
        }
    }
    if *left == 0 || asked.len() > MAX_FACTS_TOGETHER {
        return Exists::Entangled(asked);
    }
    let guards: Vec<&Guard> = wanted.iter().map(|(it, _)| *it).collect();
    let mut axes: Vec<Axis> = Vec::with_capacity(asked.len());
    for fact in &asked {
        let Some(domain) = facts.fact(*fact).map(Fact::domain) else { continue };
        // To tell cells apart is paid for before it is done.
        let effort = effort(*fact, domain, &guards) / COMPARISONS + 1;
        *left = left.saturating_sub(u32::try_from(effort).unwrap_or(u32::MAX));
        if *left == 0 {
            return Exists::Entangled(asked);
        }
        axes.push(Axis::new((*fact, domain), wanted, &guards, unknown));
    }
    let sights = guards.iter().map(|it| Sight::before(it, unknown)).collect();
    let mut search = Search { wanted, axes: &axes, sights, fixed: Vec::new(), left };
    match search.find() {
        Some(true) => Exists::In(search.least()),
        Some(false) => Exists::Nowhere,
        None => Exists::Entangled(asked),
    }
}

/// What is settled of the steps of a guard: bit by bit, which are, and which of them hold.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    settled: u64,
    yes: u64,
}

impl Sight {
    /// Where nothing is unknown, everything counts as known before any value is chosen.
    fn before(guard: &Guard, unknown: Unknown) -> Self {
        let mut sight = Self::default();
        if unknown == Unknown::Nothing {
            for (bit, step) in bits().zip(&guard.steps) {
                if step.test == Test::Known {
                    sight.settled |= bit;
                    sight.yes |= if step.want { bit } else { 0 };
                }
            }
        }
        sight
    }

    fn truth(self, guard: &Guard) -> Truth {
        guard.run(|at, _| {
            let bit = 1_u64 << at;
            if self.settled & bit == 0 { Truth::Unknown } else { (self.yes & bit != 0).into() }
        })
    }

    /// Returns the first fact on which the guard hangs, and the step that asks for it.
    fn hangs_on(self, guard: &Guard) -> Option<(FactIdx, u64)> {
        let mut at = 0_u16;
        while let Some(step) = guard.steps.get(usize::from(at)) {
            let bit = 1_u64 << at;
            if self.settled & bit == 0 {
                return Some((step.fact, bit));
            }
            at = if self.yes & bit != 0 { step.yes } else { step.no };
        }
        None
    }
}

fn bits() -> impl Iterator<Item = u64> {
    (0..u64::BITS).map(|it| 1_u64 << it)
}

/// A fact and its cells.
#[derive(Debug)]
struct Axis {
    fact: FactIdx,
    // INVARIANT: for each guard, the steps about this fact.
    touched: Box<[u64]>,
    cells: Vec<(Option<Value>, Box<[u64]>)>,
}

impl Axis {
    fn new(
        (fact, domain): (FactIdx, &Domain),
        wanted: &[(&Guard, Want)],
        guards: &[&Guard],
        unknown: Unknown,
    ) -> Self {
        let about = |it: &super::Step| it.fact == fact;
        let asked = |it: &super::Step| about(it) && it.test == Test::Known;
        let settles = |it: &super::Step| about(it) && (unknown == Unknown::AskedFor || !asked(it));
        let touched = guards.iter().map(|it| mask(it, settles)).collect();
        let mut values: Vec<Option<Value>> =
            representatives(fact, domain, guards).into_iter().map(Some).collect();
        if unknown == Unknown::AskedFor && guards.iter().any(|it| it.steps.iter().any(asked)) {
            values.push(None);
        }
        let yes = |value: Option<Value>| {
            let met = |(guard, want): &(&Guard, Want)| {
                mask(guard, |it| {
                    settles(it)
                        && match it.holds(&guard.words, value) {
                            Truth::Yes => true,
                            // Not to know is neither yes nor no: whichever is not wanted.
                            Truth::Unknown => *want == Want::Fails,
                            Truth::No => false,
                        }
                })
            };
            (value, wanted.iter().map(met).collect())
        };
        Self { fact, touched, cells: values.into_iter().map(yes).collect() }
    }
}

fn mask(guard: &Guard, which: impl Fn(&super::Step) -> bool) -> u64 {
    bits().zip(&guard.steps).filter(|(_, it)| which(it)).fold(0, |mask, (bit, _)| mask | bit)
}

struct Search<'s> {
    wanted: &'s [(&'s Guard, Want)],
    axes: &'s [Axis],
    sights: Vec<Sight>,
    fixed: Vec<(&'s Axis, Option<Value>)>,
    left: &'s mut u32,
}

/// What the guards say of a case that is not complete.
enum Outlook {
    AsWanted,
    Otherwise,
    HangsOn(Hook),
}

/// Where a guard hangs: on which fact, and which answer of which step brings it on.
#[derive(Clone, Copy)]
struct Hook {
    fact: FactIdx,
    guard: usize,
    step: u64,
    onward: bool,
}

impl Hook {
    /// Returns true for a cell that brings the guard on towards what is wanted.
    fn is_met(self, yes: &[u64]) -> bool {
        yes.get(self.guard).is_some_and(|it| (it & self.step != 0) == self.onward)
    }
}

impl<'s> Search<'s> {
    /// Completes the case so that every guard answers as wanted; none when that takes too long.
    fn find(&mut self) -> Option<bool> {
        let hook = match self.outlook()? {
            Outlook::AsWanted => return Some(true),
            Outlook::Otherwise => return Some(false),
            Outlook::HangsOn(hook) => hook,
        };
        let axes = self.axes;
        let Some(axis) = axes.iter().find(|it| it.fact == hook.fact) else { return Some(false) };
        let cells = || axis.cells.iter();
        let likely = cells().filter(|(_, yes)| hook.is_met(yes));
        for (value, yes) in likely.chain(cells().filter(|(_, yes)| !hook.is_met(yes))) {
            self.settle(axis, yes);
            self.fixed.push((axis, *value));
            if self.find()? {
                return Some(true);
            }
            self.fixed.pop();
            self.unsettle(axis);
        }
        Some(false)
    }

    /// Asks every guard; none when too many were asked.
    fn outlook(&mut self) -> Option<Outlook> {
        let mut open = None;
        for (at, ((guard, want), sight)) in self.wanted.iter().zip(&self.sights).enumerate() {
            *self.left = self.left.checked_sub(1)?;
            match (sight.truth(guard), want) {
                (Truth::Yes, Want::Holds) | (Truth::No, Want::HoldsNot | Want::Fails) => {}
                (Truth::Unknown, _) if open.is_none() => {
                    let onward = *want == Want::Holds;
                    let hook = |(fact, step)| Hook { fact, guard: at, step, onward };
                    open = sight.hangs_on(guard).map(hook);
                }
                (Truth::Unknown, _) => {}
                _ => return Some(Outlook::Otherwise),
            }
        }
        Some(open.map_or(Outlook::AsWanted, Outlook::HangsOn))
    }

    fn settle(&mut self, axis: &Axis, yes: &[u64]) {
        for ((sight, touched), yes) in self.sights.iter_mut().zip(&axis.touched).zip(yes) {
            sight.settled |= touched;
            sight.yes |= yes;
        }
    }

    fn unsettle(&mut self, axis: &Axis) {
        for (sight, touched) in self.sights.iter_mut().zip(&axis.touched) {
            sight.settled &= !touched;
            sight.yes &= !touched;
        }
    }

    /// Leaves out of the case that was found whatever does not matter after all.
    fn least(mut self) -> Assignment {
        let mut kept = Vec::with_capacity(self.fixed.len());
        for (axis, value) in core::mem::take(&mut self.fixed) {
            let before = self.sights.clone();
            self.unsettle(axis);
            if !matches!(self.outlook(), Some(Outlook::AsWanted)) {
                self.sights = before;
                kept.push((axis.fact, value));
            }
        }
        kept.sort_unstable_by_key(|(fact, _)| *fact);
        Assignment(kept)
    }
}
