//! Why a guard does not hold, and the least that would make it hold.
//!
//! The search is exact: values of one cell are interchangeable, and sets of
//! facts are tried by increasing size. Which of several sets of the same size
//! is named follows the order of the text.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::{Guard, Truth, representatives};
use crate::definition::fact::{FactIdx, Facts, Value};

/// How often the search may evaluate the guard before it gives up.
const BUDGET: u32 = 1 << 18;

/// What keeps a guard from holding.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Explanation {
    /// Nothing: the guard holds.
    Holds,
    /// It waits for these facts; with fitting values of exactly these it holds.
    Waits(Vec<Need>),
    /// It fails; if exactly these facts were different it would hold.
    Fails(Vec<Need>),
    /// No values of its facts make it hold.
    Never,
    /// The guard is too entangled for the exact search; these are the facts that it asks for.
    Entangled(Vec<FactIdx>),
}

impl Explanation {
    /// Returns what is needed of which facts; empty when nothing would help.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        match self {
            Self::Waits(needs) | Self::Fails(needs) => needs,
            _ => &[],
        }
    }
}

/// What is needed of one fact.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Need {
    fact: FactIdx,
    found: Option<Value>,
    conditions: Vec<Box<str>>,
    example: Option<Value>,
}

impl Need {
    /// Returns the fact.
    #[must_use]
    pub const fn fact(&self) -> FactIdx {
        self.fact
    }

    /// Returns its present value; none when it is not known.
    #[must_use]
    pub const fn found(&self) -> Option<Value> {
        self.found
    }

    /// Returns the conditions on it that are not met now and would be, such as `floors <= 7`.
    pub fn conditions(&self) -> impl Iterator<Item = &str> {
        self.conditions.iter().map(|it| &**it)
    }

    /// Returns a value that would do; none when the fact would have to be unknown.
    #[must_use]
    pub const fn example(&self) -> Option<Value> {
        self.example
    }
}

/// A value of a fact, and which steps it meets or fails.
#[derive(Clone, Copy, Debug)]
struct Cell {
    value: Option<Value>,
    yes: u64,
    no: u64,
}

/// A fact of the guard: what it is now, and what else it could be.
#[derive(Debug)]
struct Choice {
    fact: FactIdx,
    now: Cell,
    others: Vec<Cell>,
}

impl Guard {
    /// Explains why the guard does not hold, by a set of facts of least size.
    #[must_use]
    pub fn unmet(&self, lookup: impl Fn(FactIdx) -> Option<Value>, facts: &Facts) -> Explanation {
        let truth = self.evaluate(&lookup);
        if truth == Truth::Yes {
            return Explanation::Holds;
        }
        let choices: Vec<Choice> =
            self.facts.iter().map(|it| self.choice(*it, lookup(*it), facts)).collect();
        let mut search = Search { guard: self, choices: &choices, left: BUDGET };
        let all = (1_u32 << choices.len()) - 1;
        let open = (0..).zip(&choices).filter(|(_, it)| it.now.value.is_none());
        let open = open.fold(0, |set, (at, _)| set | 1_u32 << at);
        let waits = if truth == Truth::Unknown { search.least(open) } else { None };
        let (fixed, wrap): (_, fn(Vec<Need>) -> Explanation) = match waits {
            Some(fixed) => (Some(fixed), Explanation::Waits),
            None => (search.least(all), Explanation::Fails),
        };
        match fixed {
            Some(fixed) => {
                let pairs = choices.iter().zip(fixed);
                wrap(pairs.filter_map(|(it, cell)| Some(self.need(it, cell?, facts))).collect())
            }
            None if search.left == 0 => Explanation::Entangled(self.facts.to_vec()),
            None => Explanation::Never,
        }
    }

    fn choice(&self, fact: FactIdx, found: Option<Value>, facts: &Facts) -> Choice {
        let now = self.cell(fact, found);
        let domain = facts.fact(fact).map(crate::definition::fact::Fact::domain);
        let values = domain.map(|it| representatives(fact, it, &[self])).unwrap_or_default();
        let mut others: Vec<Cell> = values
            .into_iter()
            .map(Some)
            .chain([None])
            .map(|value| self.cell(fact, value))
            .filter(|it| (it.yes, it.no) != (now.yes, now.no))
            .collect();
        // The nearest first: the fewest conditions that turn. To be unknown comes last.
        others.sort_by_key(|it| {
            (it.value.is_none(), ((it.yes ^ now.yes) | (it.no ^ now.no)).count_ones())
        });
        Choice { fact, now, others }
    }

    fn cell(&self, fact: FactIdx, value: Option<Value>) -> Cell {
        let mut cell = Cell { value, yes: 0, no: 0 };
        for (at, step) in (0..).zip(&self.steps) {
            if step.fact == fact {
                match step.holds(&self.words, value) {
                    Truth::Yes => cell.yes |= 1_u64 << at,
                    Truth::No => cell.no |= 1_u64 << at,
                    Truth::Unknown => {}
                }
            }
        }
        cell
    }

    fn need(&self, choice: &Choice, cell: Cell, facts: &Facts) -> Need {
        let turned = cell.yes & !choice.now.yes;
        let steps = (0..).zip(&self.steps).filter(|(at, _)| turned & (1_u64 << at) != 0);
        let mut conditions: Vec<Box<str>> = Vec::new();
        for (_, step) in steps {
            let condition = self.condition(step, facts);
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        let (found, example) = (choice.now.value, cell.value);
        Need { fact: choice.fact, found, conditions, example }
    }
}

struct Search<'g> {
    guard: &'g Guard,
    choices: &'g [Choice],
    left: u32,
}

impl Search<'_> {
    /// Finds the least set of facts inside `universe` by which the guard holds, and a cell for each.
    fn least(&mut self, universe: u32) -> Option<Vec<Option<Cell>>> {
        let all = (1_u32 << self.choices.len()) - 1;
        for size in 1..=universe.count_ones() {
            for set in (1..=all).filter(|it| it.count_ones() == size && it & !universe == 0) {
                let kept = (0..).zip(self.choices).filter(|(at, _)| set & (1 << at) == 0);
                let (yes, no) =
                    kept.fold((0, 0), |(yes, no), (_, it)| (yes | it.now.yes, no | it.now.no));
                let mut fixed = Vec::with_capacity(self.choices.len());
                if self.fix(set, yes, no, &mut fixed) {
                    return Some(fixed);
                }
            }
        }
        None
    }

    /// Gives the facts of `set`, from the next on, cells by which the guard holds.
    fn fix(&mut self, set: u32, yes: u64, no: u64, fixed: &mut Vec<Option<Cell>>) -> bool {
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        let bit = |mask: u64, at: usize| mask & (1_u64 << at) != 0;
        let truth = self.guard.run(|at, _| match (bit(yes, at), bit(no, at)) {
            (true, _) => Truth::Yes,
            (_, true) => Truth::No,
            _ => Truth::Unknown,
        });
        let choices = self.choices;
        let Some(choice) = choices.get(fixed.len()) else {
            return truth == Truth::Yes;
        };
        if truth == Truth::No {
            return false;
        }
        if set & (1 << fixed.len()) == 0 {
            fixed.push(None);
            let done = self.fix(set, yes, no, fixed);
            if !done {
                fixed.pop();
            }
            return done;
        }
        for cell in &choice.others {
            fixed.push(Some(*cell));
            if self.fix(set, yes | cell.yes, no | cell.no, fixed) {
                return true;
            }
            fixed.pop();
        }
        false
    }
}
