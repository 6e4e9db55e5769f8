//! Figures of many dossiers and many replications: moments, quantiles, intervals.
//!
//! What is counted is counted in integers, so that parts of a run merge to the
//! same bytes in any order; fractions appear in the last line of a report.

mod histogram;
mod interval;
mod moments;
mod series;
#[cfg(feature = "serde")]
mod stored;

pub use histogram::{Cell, Histogram};
pub use interval::{Confidence, Interval};
pub use moments::Moments;
pub use series::{BatchMeans, warm_up};
