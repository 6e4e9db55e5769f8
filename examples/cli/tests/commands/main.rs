//! The built command, called as people and scripts call it.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and JSON answers null for what is not there"
)]

mod calibrate;
mod catalogue;
mod check;
mod compare;
mod cost;
mod desk;
mod diff;
mod due;
mod explain;
mod export;
mod fee;
mod fmt;
mod linked;
mod migrate;
mod morning;
mod options;
mod receiver;
mod replay;
mod run;
mod show;
mod simulate;
