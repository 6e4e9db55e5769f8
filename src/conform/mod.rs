//! Conformance: what a definition explains of histories that others recorded.
//!
//! A history is first aligned with the workflow net of a procedure: the least
//! set of recorded events that the net does not allow, and of steps that it
//! asks for and nobody recorded. Along the alignment the law is asked what it
//! says about roles, four eyes, counts, conditions and terms. Files are not
//! read here, and what a record leaves out stands against nobody.

mod align;
mod deviation;
mod judge;
mod model;
mod trace;
mod vocabulary;

pub use align::{Alignment, Ending, Move};
pub use deviation::{Deviation, Kind};
pub use judge::{Replayed, replay};
pub use model::{Model, Task};
pub use trace::{Activity, Entry, Trace};
pub use vocabulary::Meaning;

#[cfg(test)]
mod tests;
