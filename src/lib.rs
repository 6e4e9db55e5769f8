//! Administrative procedures as state graphs.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod calendar;
pub mod clock;
pub mod definition;
pub mod diagnostic;
pub mod dossier;
pub mod error;
pub mod fee;
pub mod id;
pub mod law;
pub mod money;
mod read;
pub mod source;
pub mod text;

pub use read::{Maybe, Remarks};
