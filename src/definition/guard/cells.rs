//! Cells: the finitely many ways in which guards can tell the values of a fact apart.
//!
//! A fact is compared with constants only, so its values fall into cells that
//! no guard distinguishes: one value of each is enough for an exact answer.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::{Guard, Test, Truth};
use crate::definition::fact::{Domain, FactIdx, Value};

/// Returns one value of every cell of a fact under these guards, in the order of the domain.
pub(crate) fn representatives(fact: FactIdx, domain: &Domain, guards: &[&Guard]) -> Vec<Value> {
    let mut cells: BTreeSet<Box<[Truth]>> = BTreeSet::new();
    let mut values = Vec::new();
    for value in candidates(fact, domain, guards) {
        let cell: Box<[Truth]> = guards
            .iter()
            .flat_map(|guard| guard.steps.iter().map(|step| (step, &guard.words)))
            .filter(|(step, _)| step.fact == fact)
            .map(|(step, words)| step.holds(words, Some(value)))
            .collect();
        if cells.insert(cell) {
            values.push(value);
        }
    }
    values
}

/// Returns how many comparisons with a constant it takes at most to tell the cells of a fact apart.
pub(crate) fn effort(fact: FactIdx, domain: &Domain, guards: &[&Guard]) -> usize {
    let steps = guards.iter().flat_map(|it| it.steps.iter()).filter(|it| it.fact == fact);
    let constants: usize = steps
        .map(|it| match it.test {
            Test::Among { from, until } => usize::from(until.saturating_sub(from)),
            Test::Known | Test::Holds | Test::Number(..) | Test::Day(..) => 1,
        })
        .sum();
    let values = match domain {
        Domain::Boolean => 2,
        Domain::Choice(words) => words.len(),
        // Each constant and its neighbours, and the ends of the range.
        Domain::Integer { .. } | Domain::Date => constants.saturating_mul(3).saturating_add(2),
    };
    values.saturating_mul(constants)
}

/// Returns the constants and their neighbours, the ends of a range, every word: sorted, each once.
fn candidates(fact: FactIdx, domain: &Domain, guards: &[&Guard]) -> Vec<Value> {
    let mut values = match domain {
        Domain::Boolean => Vec::from([Value::Boolean(false), Value::Boolean(true)]),
        Domain::Integer { min, max } => Vec::from([Value::Integer(*min), Value::Integer(*max)]),
        Domain::Choice(words) => words.iter().copied().map(Value::Choice).collect(),
        Domain::Date => Vec::new(),
    };
    for guard in guards {
        for step in guard.steps.iter().filter(|it| it.fact == fact) {
            match step.test {
                Test::Number(_, limit) => around(Value::Integer(limit), &mut values),
                Test::Day(_, limit) => around(Value::Date(limit), &mut values),
                Test::Among { from, until } => {
                    let words = guard.words.get(usize::from(from)..usize::from(until));
                    words.unwrap_or_default().iter().for_each(|it| around(*it, &mut values));
                }
                Test::Known | Test::Holds => {}
            }
        }
    }
    if values.is_empty() {
        // Only `known` asks for this date: any day will do.
        values.push(Value::Date(chrono::NaiveDate::default()));
    }
    if !matches!(domain, Domain::Choice(_)) {
        values.sort_unstable();
    }
    values.dedup();
    values.retain(|it| domain.admits(*it));
    values
}

fn around(value: Value, values: &mut Vec<Value>) {
    match value {
        Value::Integer(it) => {
            let near = [it.checked_sub(1), Some(it), it.checked_add(1)];
            values.extend(near.into_iter().flatten().map(Value::Integer));
        }
        Value::Date(it) => {
            let near = [it.pred_opt(), Some(it), it.succ_opt()];
            values.extend(near.into_iter().flatten().map(Value::Date));
        }
        Value::Boolean(_) | Value::Choice(_) => {}
    }
}
