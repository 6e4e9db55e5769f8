//! The account of an assessment: what it passes over, and what it waits for.
//!
//! An assessment without an account is the same walk with nothing taken down.

use alloc::vec::Vec;

use super::assessment::{NotApplied, Reason};
use super::tariff::Tariff;
use crate::definition::fact::{Fact, FactIdx, Value};
use crate::definition::guard::Guard;
use crate::id::Id;

/// Takes down what an assessment passes over.
pub(super) trait Account {
    fn pass(&mut self, rule: u16, reason: Reason);
    fn wait(&mut self, guard: &Guard, facts: &impl Fn(FactIdx) -> Option<Value>);
    fn wait_for(&mut self, fact: FactIdx);
    /// Whether rules that can no longer matter are still worth a look.
    const COMPLETE: bool;
}

/// Nothing is taken down.
pub(super) struct Unwritten;

impl Account for Unwritten {
    const COMPLETE: bool = false;

    fn pass(&mut self, _: u16, _: Reason) {}
    fn wait(&mut self, _: &Guard, _: &impl Fn(FactIdx) -> Option<Value>) {}
    fn wait_for(&mut self, _: FactIdx) {}
}

pub(super) struct Written<'t> {
    pub(super) tariff: &'t Tariff,
    pub(super) not_applied: Vec<NotApplied<'t>>,
    pub(super) waits: Vec<Id>,
}

impl Account for Written<'_> {
    const COMPLETE: bool = true;

    fn pass(&mut self, rule: u16, reason: Reason) {
        let rule = self.tariff.rules.get(usize::from(rule));
        self.not_applied.extend(rule.map(|rule| NotApplied { rule, reason }));
    }

    fn wait(&mut self, guard: &Guard, facts: &impl Fn(FactIdx) -> Option<Value>) {
        for fact in guard.facts().iter().filter(|it| facts(**it).is_none()) {
            self.wait_for(*fact);
        }
    }

    fn wait_for(&mut self, fact: FactIdx) {
        let id = self.tariff.facts.fact(fact).map(Fact::id);
        self.waits.extend(id.filter(|it| !self.waits.contains(it)));
    }
}
