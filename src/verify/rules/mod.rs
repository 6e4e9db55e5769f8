//! The rules: one a file, all in one table.
//!
//! A rule's code is the name of its file. Severities are fixed.

mod branch_outlives_case;
mod cannot_finish;
mod case_unreachable;
mod choice_apart;
mod choice_gap;
mod choice_overlap;
mod dead_transition;
mod fee_twice;
mod group_term_too_short;
mod guard_always_holds;
mod guard_never_holds;
mod guards_too_many;
mod idle_waiver;
mod join_cannot_close;
mod join_never_asked;
mod join_waits_for_ever;
mod join_without_answer;
mod may_strand;
mod order_needless;
mod part_paper_missing;
mod space_too_large;
mod stuck_state;
#[cfg(test)]
mod tests;
mod undeclared_choice;
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
    &choice_gap::RULE,
    &choice_overlap::RULE,
    &choice_apart::RULE,
    &undeclared_choice::RULE,
    &order_needless::RULE,
    &guard_never_holds::RULE,
    &guard_always_holds::RULE,
    &case_unreachable::RULE,
    &stuck_state::RULE,
    &fee_twice::RULE,
    &guards_too_many::RULE,
    &join_cannot_close::RULE,
    &branch_outlives_case::RULE,
    &group_term_too_short::RULE,
    &part_paper_missing::RULE,
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
