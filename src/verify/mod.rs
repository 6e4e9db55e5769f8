//! Verification: what a definition that loads may still do to a citizen or an office.
//!
//! [`verify`] runs every rule of [`RULES`] over one procedure. A rule states
//! what it found, with the case that shows it; whether that stops anybody is
//! for the caller. Nothing here reads a dossier or a price.

mod case;
mod finding;
mod graph;
mod inquiry;
mod rules;
mod space;

pub use finding::{Report, Waived};
pub use rules::{RULES, Rule};

use crate::calendar::Calendar;
use crate::definition::Procedure;

use case::Case;
use finding::Findings;

/// Checks a procedure by every rule, over the days that a calendar covers.
///
/// What holds is proved about the definition; whether the definition is the
/// law needs a person.
#[must_use]
pub fn verify(procedure: &Procedure, calendar: &Calendar) -> Report {
    let case = Case::new(procedure, calendar);
    let mut findings = Findings::of(procedure);
    for rule in RULES {
        findings.run(rule, &case);
    }
    findings.report()
}
