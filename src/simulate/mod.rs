//! Caseloads: what happens when many people file under a design of a procedure.
//!
//! The same compiled procedures, guards, calendars and tariffs that decide real
//! dossiers are run forward on integer time. Absent are clocks, files and
//! threads: seeds are arguments, and the same seed gives the same bytes.

mod compare;
pub mod figures;
mod history;
mod kernel;
mod measure;
mod model;
mod precision;
pub mod random;
mod report;
mod run;
mod sample;
mod scenario;
pub(crate) mod special;
mod staff;
mod steady;
mod summary;

pub use compare::{CaseComparison, Comparison, Difference, Differences, PoolComparison};
pub use history::{Counted, Differing, Disagreement, History};
pub use measure::{Measure, Wish};
pub use model::Model;
pub(crate) use model::Roster;
pub use precision::{Precision, simulate_to};
pub use report::{
    CaseReport, ChannelReport, Estimate, FlowReport, IndexReport, PoolReport, Report, Spread,
    StateReport, StepReport, Totals,
};
#[cfg(feature = "parallel")]
pub use run::on_threads;
pub use run::{Runs, simulate};
pub use sample::{Sample, Sampled};
pub use scenario::{
    Basis, Discipline, Figure, FigureRole, Hours, Rate, Scenario, format_text, load,
};
pub use staff::{PoolStaffing, Staffing, Trial, staff};
pub use summary::{Part, Summary};
