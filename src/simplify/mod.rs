//! Simpler, by how much: two designs of a procedure compared.
//!
//! [`burdens`] lists what weighs on those who apply. What a person would have to
//! believe is absent: every figure comes from the definitions, a tariff and
//! norms of cost, each with its source.

mod balance;
mod burden;
pub mod cost;
mod design;
pub mod diff;
mod ease;
mod joint;
mod outcome;
mod pairing;
mod portfolio;
mod verdict;
mod way;

pub use balance::{Balance, Relief, Weighed};
pub use burden::{Burden, BurdenKind, Measure, burdens};
pub use design::Design;
pub use diff::diff;
pub use outcome::{Difference, Differences, Entangled, MAX_STEPS, Prospect, differences, prospect};
pub use pairing::{Fate, Match, Pairing};
pub use portfolio::{Entry, Judged, Portfolio, Sums, Tally};
pub use verdict::{CostLeg, Legs, Objection, Verdict, Yardstick};
pub use way::Way;
