//! The rules: one a file, all in one table.
//!
//! A rule's code is the name of its file. Severities are fixed.

mod cannot_finish;
mod dead_transition;
mod idle_waiver;
mod join_never_asked;
mod join_waits_for_ever;
mod join_without_answer;
mod may_strand;
mod space_too_large;
#[cfg(test)]
mod tests;
mod unknown_rule;
mod unreachable_state;

use alloc::vec::Vec;

use super::case::Case;
use super::finding::{Finding, Findings};
use crate::diagnostic::Severity;

/// Every rule; those about waivers come last, when it is known what was waived.
pub const RULES: &[&Rule] = &[
    &cannot_finish::RULE,
    &unreachable_state::RULE,
    &dead_transition::RULE,
    &space_too_large::RULE,
    &join_never_asked::RULE,
    &join_waits_for_ever::RULE,
    &join_without_answer::RULE,
    &may_strand::RULE,
    &unknown_rule::RULE,
    &idle_waiver::RULE,
];

/// How a rule looks at a procedure.
type Check = fn(&Case<'_>, &Findings<'_>) -> Vec<Finding>;

/// One thing that must not be so in a procedure.
#[derive(Debug)]
pub struct Rule {
    code: &'static str,
    title: &'static str,
    severity: Severity,
    why: &'static str,
    check: Check,
}

impl Rule {
    /// Returns the stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns what must not be so, in a few words.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        self.title
    }

    /// Returns how grave its findings are.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns what it would mean for a citizen or an officer.
    #[must_use]
    pub const fn why(&self) -> &'static str {
        self.why
    }

    pub(super) fn check(&self, case: &Case<'_>, before: &Findings<'_>) -> Vec<Finding> {
        (self.check)(case, before)
    }
}
