//! Caseloads: what happens when many people file under a design of a procedure.
//!
//! The same compiled procedures, guards, calendars and tariffs that decide real
//! dossiers are run forward on integer time. Absent are clocks, files and
//! threads: seeds are arguments, and the same seed gives the same bytes.

pub mod figures;
pub mod random;
mod special;
