//! Colours of roles, the same in every drawing.

use crate::definition::{Position as _, RoleIdx};

/// Fills light enough for black letters; a tenth role shares the first one.
const FILLS: [&str; 9] = [
    "#dbeafe", "#fde2e2", "#dcfce7", "#f3e8ff", "#ffedd5", "#cffafe", "#fce7f3", "#ecfccb",
    "#e0e7ff",
];

/// The fill of what no role has on the desk.
const NOBODY: &str = "#ffffff";

/// Returns the fill of a state that a role has on the desk.
#[must_use]
pub fn colour(role: Option<RoleIdx>) -> &'static str {
    let fill = role.and_then(|it| FILLS.get(it.index() % FILLS.len()));
    fill.copied().unwrap_or(NOBODY)
}
