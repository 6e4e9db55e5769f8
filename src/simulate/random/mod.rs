//! Keyed luck, and the distributions that turn it into lengths of time.
//!
//! One uniform number makes one variate, by inversion, so that two designs
//! share their luck. Nothing here holds a state that a thread could disturb.

mod curve;
mod decimal;
mod distribution;
mod key;
mod lapse;
mod law;
mod reading;
#[cfg(test)]
mod tests;

pub use decimal::Decimal;
pub use distribution::Distribution;
pub use key::{Key, Uniform};
pub use lapse::{Lapse, LapseUnit};
pub use law::Law;
