//! The rules: one a file, all in one table.
//!
//! A rule's code is the name of its file. Severities are fixed.

mod acceptance_bypassed;
mod act_without_move;
mod apology_forgotten;
mod apology_repeated;
mod apology_without_term;
mod at_most_contradictory;
mod branch_outlives_case;
mod budget_over_term;
mod budgets_exceed_limit;
mod cannot_finish;
mod case_unreachable;
mod choice_apart;
mod choice_gap;
mod choice_overlap;
mod citation_missing;
mod citation_not_in_force;
mod citation_unused;
mod clock_effect_unsaid;
mod clock_without_effect;
mod consultation_bypassed;
mod consultation_never_asked;
mod consultation_over_term;
mod dead_end;
mod dead_transition;
mod decision_term_missing;
mod decision_without_result;
mod delay_harms_applicant;
mod desk_without_hands;
mod documents_bypassed;
mod end_without_act;
mod expiry_cannot_happen;
mod expiry_ignores_condition;
mod extension_never_given;
mod fact_never_used;
mod fact_of_nobody;
mod fee_bypassed;
mod fee_twice;
mod form_missing;
mod four_eyes_impossible;
mod four_eyes_without_effect;
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
mod parts_exceed_limit;
mod portal_move_unknown;
mod portal_status_inconsistent;
mod published_limit_longer;
mod result_bypassed;
mod result_never_issued;
mod role_never_acts;
mod routes_too_many;
mod silence_decides;
mod space_too_large;
mod stuck_state;
mod supplement_unlimited;
mod suspended_for_ever;
mod term_never_runs;
mod term_never_stops;
mod term_without_consequence;
mod terminal_with_actions;
#[cfg(test)]
pub(super) mod tests;
mod undeclared_choice;
mod unknown_rule;
mod unreachable_state;
mod waits_without_term;
mod withdrawal_forgotten;

use alloc::vec::Vec;

use super::case::Case;
use super::finding::{Finding, Findings};
use crate::diagnostic::Severity;

/// Every rule; those about waivers come last, when it is known what was waived.
pub const RULES: &[&Rule] = &[
    &unreachable_state::RULE,
    &dead_end::RULE,
    &cannot_finish::RULE,
    &acceptance_bypassed::RULE,
    &act_without_move::RULE,
    &apology_forgotten::RULE,
    &apology_repeated::RULE,
    &apology_without_term::RULE,
    &at_most_contradictory::RULE,
    &citation_missing::RULE,
    &citation_not_in_force::RULE,
    &citation_unused::RULE,
    &clock_effect_unsaid::RULE,
    &clock_without_effect::RULE,
    &consultation_bypassed::RULE,
    &consultation_never_asked::RULE,
    &decision_term_missing::RULE,
    &decision_without_result::RULE,
    &delay_harms_applicant::RULE,
    &desk_without_hands::RULE,
    &documents_bypassed::RULE,
    &end_without_act::RULE,
    &expiry_cannot_happen::RULE,
    &expiry_ignores_condition::RULE,
    &extension_never_given::RULE,
    &fact_never_used::RULE,
    &fact_of_nobody::RULE,
    &fee_bypassed::RULE,
    &form_missing::RULE,
    &four_eyes_impossible::RULE,
    &four_eyes_without_effect::RULE,
    &portal_move_unknown::RULE,
    &portal_status_inconsistent::RULE,
    &published_limit_longer::RULE,
    &result_bypassed::RULE,
    &result_never_issued::RULE,
    &role_never_acts::RULE,
    &silence_decides::RULE,
    &supplement_unlimited::RULE,
    &suspended_for_ever::RULE,
    &term_never_runs::RULE,
    &term_never_stops::RULE,
    &term_without_consequence::RULE,
    &terminal_with_actions::RULE,
    &waits_without_term::RULE,
    &withdrawal_forgotten::RULE,
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
    &budgets_exceed_limit::RULE,
    &budget_over_term::RULE,
    &consultation_over_term::RULE,
    &routes_too_many::RULE,
    &guards_too_many::RULE,
    &join_cannot_close::RULE,
    &branch_outlives_case::RULE,
    &parts_exceed_limit::RULE,
    &group_term_too_short::RULE,
    &part_paper_missing::RULE,
    &unknown_rule::RULE,
    &idle_waiver::RULE,
];

/// The code of a waiver that accepts nothing.
pub(super) const IDLE: &str = idle_waiver::RULE.code;

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
