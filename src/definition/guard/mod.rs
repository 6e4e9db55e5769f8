//! Guards: conditions over facts, in three values.
//!
//! A guard compares single facts with constants and joins the comparisons by
//! `and`, `or` and `not`. There is no arithmetic, no function and no fact
//! against fact: that is what makes gaps and overlaps exact and every
//! evaluation finite.

mod cells;
mod decide;
mod explain;
#[cfg(feature = "export")]
mod formula;
mod lower;
mod search;
mod syntax;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

use chrono::NaiveDate;

use super::fact::{FactIdx, Facts, Value};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::{At, FileId, Span};

pub(crate) use cells::{effort, representatives};
pub use decide::Relation;
pub use explain::{Explanation, Need};
#[cfg(feature = "export")]
pub(crate) use formula::Formula;
pub use search::{Assignment, Exists};
pub(crate) use search::{MAX_EVALUATIONS, Unknown, Want, search};

/// The longest guard, in bytes: `guard-too-long`.
pub(crate) const MAX_BYTES: usize = 1 << 10;

/// The deepest nesting of brackets: `guard-too-deep`.
pub(crate) const MAX_DEPTH: usize = 16;

/// The most comparisons in one guard: `guard-too-wide`.
pub(crate) const MAX_CONDITIONS: usize = 64;

/// The most distinct facts in one guard: `guard-too-wide`.
pub(crate) const MAX_FACTS: usize = 16;

/// A guard as its text writes it.
pub(crate) type GuardText = At<Box<str>>;

/// Whether something holds, where not everything is known (Kleene's strong logic).
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It depends on a fact that is not known.
    Unknown,
    /// It holds.
    Yes,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// What a case that is being put together says of a fact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Seen {
    /// Nothing yet.
    Open,
    /// That it stays unknown.
    Unknown,
    /// Its value.
    Is(Value),
}

/// What a guard says of such a case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outlook {
    /// It holds, whatever is chosen for the rest.
    Holds,
    /// It does not hold, whatever is chosen for the rest.
    Fails,
    /// That hangs on this fact first, of which nothing was said yet.
    HangsOn(FactIdx),
}

/// A compiled guard (điều kiện).
///
/// # Invariants
///
/// Equal guards have equal steps: the text is normal form, negations stand at
/// the comparisons. Jumps lead forward only.
#[derive(Clone, Debug)]
pub struct Guard {
    text: Box<str>,
    tree: syntax::Tree<lower::Literal>,
    steps: Box<[Step]>,
    // The words and values to which steps compare.
    words: Box<[Value]>,
    facts: Box<[FactIdx]>,
    span: Span,
}

/// One comparison, and where to go on from it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Step {
    fact: FactIdx,
    test: Test,
    // False where the comparison is negated.
    want: bool,
    yes: u16,
    no: u16,
}

/// The jump that leaves a guard which holds.
const YES: u16 = u16::MAX;
/// The jump that leaves a guard which does not hold.
const NO: u16 = u16::MAX - 1;

/// What is asked of one fact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Test {
    Known,
    Holds,
    Number(Orders, i64),
    Day(Orders, NaiveDate),
    // Places in `Guard::words`.
    Among { from: u16, until: u16 },
}

/// A comparison as the set of orders that satisfy it: less 1, equal 2, greater 4.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Orders(u8);

impl Orders {
    const fn accepts(self, order: Ordering) -> bool {
        self.0 & (1 << (order as i8 + 1)) != 0
    }

    const fn negated(self) -> Self {
        Self(7 ^ self.0)
    }

    const fn as_str(self) -> &'static str {
        match self.0 {
            1 => "<",
            2 => "==",
            3 => "<=",
            4 => ">",
            5 => "!=",
            _ => ">=",
        }
    }
}

impl Step {
    #[inline]
    fn holds(&self, words: &[Value], value: Option<Value>) -> Truth {
        let met = match (self.test, value) {
            (Test::Known, found) => found.is_some(),
            (Test::Holds, Some(Value::Boolean(it))) => it,
            (Test::Number(orders, limit), Some(Value::Integer(it))) => {
                orders.accepts(it.cmp(&limit))
            }
            (Test::Day(orders, limit), Some(Value::Date(it))) => orders.accepts(it.cmp(&limit)),
            (Test::Among { from, until }, Some(it)) => {
                let among = words.get(usize::from(from)..usize::from(until));
                among.is_some_and(|words| words.contains(&it))
            }
            _ => return Truth::Unknown,
        };
        (met == self.want).into()
    }
}

impl Guard {
    /// Parses a guard over declared facts.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, placed as though the text stood in
    /// quotes at the start of a file.
    pub fn parse(text: &str, facts: &Facts) -> Result<Self, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let span = Span::new(FileId::default(), 0..text.len() + 2);
        Self::compile(text, span, facts, &mut found).ok_or(found)
    }

    /// Compiles a guard; everything wrong with it is reported inside its string.
    pub(crate) fn compile(
        text: &str,
        span: Span,
        facts: &Facts,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let tree = syntax::parse(text).map_err(|it| found.push(it.at(span, text.len()))).ok()?;
        lower::lower(&tree, (span, text.len()), facts, found)
    }

    /// Returns the guard that holds where this one does and none of others; none where that asks too much.
    pub(crate) fn after(&self, others: &[Self], facts: &Facts) -> Option<Self> {
        lower::after(self, others, facts)
    }

    /// Returns the guard over other facts, where each of its facts has another place.
    pub(crate) fn over(&self, facts: &Facts, place: impl Fn(FactIdx) -> FactIdx) -> Self {
        lower::moved(self, place, facts)
    }

    /// Says whether the guard holds for what is known of the case.
    ///
    /// An unknown fact makes the answer unknown only where it matters.
    #[must_use]
    pub fn evaluate(&self, lookup: impl Fn(FactIdx) -> Option<Value>) -> Truth {
        self.run(|_, step| step.holds(&self.words, lookup(step.fact)))
    }

    /// Says whether the guard holds in a case of which not every fact was chosen.
    pub(crate) fn outlook(&self, case: impl Fn(FactIdx) -> Seen) -> Outlook {
        let truth = |step: &Step| match case(step.fact) {
            Seen::Open => Truth::Unknown,
            // What is not known does not hold, whatever is asked of it.
            Seen::Unknown => (step.holds(&self.words, None) == Truth::Yes).into(),
            Seen::Is(value) => step.holds(&self.words, Some(value)),
        };
        match self.run(|_, step| truth(step)) {
            Truth::Yes => return Outlook::Holds,
            Truth::No => return Outlook::Fails,
            Truth::Unknown => {}
        }
        let mut at = 0;
        while let Some(step) = self.steps.get(usize::from(at)) {
            at = match truth(step) {
                Truth::Unknown => return Outlook::HangsOn(step.fact),
                Truth::Yes => step.yes,
                Truth::No => step.no,
            };
        }
        Outlook::Fails
    }

    /// Returns true when the guard asks whether a fact is known.
    pub(crate) fn asks_known(&self, fact: FactIdx) -> bool {
        self.steps.iter().any(|it| it.fact == fact && it.test == Test::Known)
    }

    /// Returns the facts on which it depends, in the order of the text.
    #[must_use]
    pub fn facts(&self) -> &[FactIdx] {
        &self.facts
    }

    /// Returns the guard in normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns where the guard was written.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Follows the jumps twice at most: taking what is unknown for a no, then for a yes.
    ///
    /// Negations stand at the comparisons, so the guard is monotone in them:
    /// it holds if it holds against the unknowns, and fails if it fails even
    /// with them. That is Kleene's answer without a stack.
    #[inline]
    fn run(&self, truth: impl Fn(usize, &Step) -> Truth) -> Truth {
        match self.pass(&truth, Truth::No) {
            (true, _) => Truth::Yes,
            (false, false) => Truth::No,
            (false, true) if self.pass(&truth, Truth::Yes).0 => Truth::Unknown,
            (false, true) => Truth::No,
        }
    }

    /// Follows the jumps with a stand-in for what is unknown; says whether it was needed.
    #[inline]
    fn pass(&self, truth: &impl Fn(usize, &Step) -> Truth, stand_in: Truth) -> (bool, bool) {
        let (mut at, mut unsure) = (0, false);
        while let Some(step) = self.steps.get(usize::from(at)) {
            let mut found = truth(usize::from(at), step);
            if found == Truth::Unknown {
                (found, unsure) = (stand_in, true);
            }
            at = if found == Truth::Yes { step.yes } else { step.no };
        }
        (at == YES, unsure)
    }

    /// Returns the comparison of a step as text, negated where the guard negates it.
    fn condition(&self, step: &Step, facts: &Facts) -> Box<str> {
        let words = self.words.as_ref();
        alloc::format!(
            "{}",
            Condition { fact: step.fact, test: step.test, want: step.want, words, facts }
        )
        .into()
    }
}

impl PartialEq for Guard {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.words == other.words
    }
}

impl Eq for Guard {}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// One comparison, ready to be written.
struct Condition<'g> {
    fact: FactIdx,
    test: Test,
    want: bool,
    words: &'g [Value],
    facts: &'g Facts,
}

impl fmt::Display for Condition<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.facts.fact(self.fact).map(super::fact::Fact::id);
        let name = id.as_ref().map_or("", Id::as_str);
        let words = match self.test {
            Test::Among { from, until } => self.words.get(usize::from(from)..usize::from(until)),
            _ => None,
        };
        match (self.test, words.unwrap_or_default()) {
            (Test::Number(orders, limit), _) => write!(f, "{name} {} {limit}", orders.as_str()),
            (Test::Day(orders, limit), _) => write!(f, "{name} {} {limit}", orders.as_str()),
            (Test::Among { .. }, [word]) => {
                write!(f, "{name} {} {word}", if self.want { "==" } else { "!=" })
            }
            (test, words) => {
                f.write_str(if self.want { "" } else { "not " })?;
                match test {
                    Test::Known => write!(f, "known({name})"),
                    Test::Among { .. } => {
                        write!(f, "{name} in [")?;
                        for (at, word) in words.iter().enumerate() {
                            write!(f, "{}{word}", if at > 0 { ", " } else { "" })?;
                        }
                        f.write_str("]")
                    }
                    _ => f.write_str(name),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
