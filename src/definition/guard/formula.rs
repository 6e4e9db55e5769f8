//! A guard as a formula, for whoever says it in another language.

use alloc::vec::Vec;

use super::lower::Literal;
use super::syntax::Tree;
use super::{Guard, Test};
use crate::definition::fact::{FactIdx, Value};

/// What a guard says; negations stand at the comparisons.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Formula {
    /// All of them hold.
    All(Vec<Self>),
    /// One of them holds at least.
    Any(Vec<Self>),
    /// The fact is known (`true`), or it is not.
    Known(FactIdx, bool),
    /// The fact is known and has one of these values (`true`), or it is known and has none of them.
    Among(FactIdx, Vec<Value>, bool),
    /// The fact is known and less, equal or greater, where the orders say so.
    Ordered(FactIdx, &'static str, Value),
}

impl Guard {
    /// Returns the guard as a formula over the facts for which it was compiled.
    pub(crate) fn formula(&self) -> Formula {
        formula(&self.tree, &self.words)
    }
}

fn formula(tree: &Tree<Literal>, words: &[Value]) -> Formula {
    let parts = |parts: &[Tree<Literal>]| parts.iter().map(|it| formula(it, words)).collect();
    match tree {
        Tree::All(all) => Formula::All(parts(all)),
        Tree::Any(any) => Formula::Any(parts(any)),
        // Lowering leaves no negation of a bracket.
        Tree::Not(inner) => formula(inner, words),
        Tree::One(literal) => one(literal, words),
    }
}

fn one(literal: &Literal, words: &[Value]) -> Formula {
    let (fact, want) = (literal.fact, literal.want);
    match literal.test {
        Test::Known => Formula::Known(fact, want),
        Test::Holds => Formula::Among(fact, Vec::from([Value::Boolean(true)]), want),
        // Lowering has turned the orders of a negated comparison.
        Test::Number(orders, limit) => {
            Formula::Ordered(fact, orders.as_str(), Value::Integer(limit))
        }
        Test::Day(orders, limit) => Formula::Ordered(fact, orders.as_str(), Value::Date(limit)),
        Test::Among { from, until } => {
            let among = words.get(usize::from(from)..usize::from(until));
            Formula::Among(fact, among.unwrap_or_default().to_vec(), want)
        }
    }
}
