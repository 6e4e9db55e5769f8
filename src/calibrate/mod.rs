//! Calibration: a scenario from the log of past dossiers.
//!
//! Histories are aligned with the procedure, so that every choice is counted
//! where it was one; what a log does not tell is said and not made up. Files are
//! not read here, and nothing is discovered that the procedure does not have.

mod answers;
mod arrivals;
mod back_test;
mod choices;
#[cfg(feature = "serde")]
mod data;
mod distance;
mod estimates;
mod facts;
mod fit;
mod hours;
mod patience;
mod pools;
mod routing;
mod sample;
mod search;
mod settle;
mod shares;
mod steps;
mod text;
mod untold;
mod way;

pub use answers::Answers;
pub use arrivals::Arrivals;
pub use back_test::{BackTest, Compared, Side, Untested, back_test};
pub use distance::{Distance, Distances};
pub use estimates::{Chance, Estimates, StepEstimate, calibrate};
pub use facts::FactShares;
pub use fit::Fit;
pub use pools::{Counted, Pool};
pub use shares::Shares;
pub use steps::TimeKind;
pub use text::{Scope, Wording};
