//! The kernel: discrete events on integer time, one office at a time.
//!
//! An office is run from its first second to its last on a heap of its own.
//! Nothing is shared between offices, so that they can be run in any order and
//! anywhere.

mod agenda;
mod clocks;
mod course;
mod office;
mod pool;
mod sharing;
mod slot;
mod tally;
mod watch;

pub(crate) use course::Walk;
pub(crate) use office::run;
pub(crate) use tally::{CaseTally, Flow, PoolTally, SLICES, StepTally, Tally};
pub(crate) use watch::{BACKLOG, Row, RowKind, Watch};
