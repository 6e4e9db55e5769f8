//! The objections: one a file, all in one table.
//!
//! A code is the name of its file.

mod burden_renamed;
mod burdens_added;
mod case_changed;
mod cost_moved;
mod cost_unknown;
mod design_unsound;
mod outcome_changed;
mod term_broken;
mod term_longer;

use super::objection::Objection;

/// Every objection.
pub(super) const OBJECTIONS: &[&Objection] = &[
    &burden_renamed::OBJECTION,
    &burdens_added::OBJECTION,
    &case_changed::OBJECTION,
    &cost_moved::OBJECTION,
    &cost_unknown::OBJECTION,
    &outcome_changed::OBJECTION,
    &term_longer::OBJECTION,
    &term_broken::OBJECTION,
    &design_unsound::OBJECTION,
];
