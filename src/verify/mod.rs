//! Verification: what a definition that loads may still do to a citizen or an office.
//!
//! [`verify`] runs every rule of [`RULES`] over one procedure. A rule states
//! what it found, with the case that shows it; whether that stops anybody is
//! for the caller. Nothing here reads a dossier or a price.

mod asked;
mod case;
mod deadline;
mod finding;
pub(crate) mod graph;
mod inquiry;
mod rules;
mod run;
pub(crate) mod space;
mod watch;

pub use deadline::{Row, Timetable, Timetables, timetables};
pub use finding::{Report, Waived};
pub use rules::{RULES, Rule};

use alloc::vec::Vec;

use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::definition::bundle::Bundle;

use case::Case;
use finding::Findings;

/// Checks a procedure by every rule, over the days that a calendar covers.
///
/// What holds is proved about the definition; whether the definition is the
/// law needs a person.
#[must_use]
pub fn verify(procedure: &Procedure, calendar: &Calendar) -> Report {
    report(&Case::new(procedure, calendar))
}

/// Checks a bundle: its lead together with its parts, and then each part as a procedure.
///
/// Waivers of the lead accept what is found of the bundle as a whole.
#[must_use]
pub fn verify_bundle(bundle: &Bundle, calendar: &Calendar) -> Vec<Report> {
    let parts = bundle.parts().iter().map(|(_, _, it)| verify(it.procedure(), calendar));
    core::iter::once(report(&Case::leading(bundle, calendar))).chain(parts).collect()
}

fn report(case: &Case<'_>) -> Report {
    let mut findings = Findings::of(case.procedure);
    for rule in RULES {
        findings.run(rule, case);
    }
    findings.report()
}
