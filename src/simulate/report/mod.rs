//! Figures for people: means with intervals, quantiles, shares, costs.
//!
//! Lengths of time are in hours of the clock unless a name says otherwise;
//! money is in đồng. Everything is made from the integers of a summary, so that
//! the same summary gives the same figures.

mod estimate;
mod make;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use estimate::{Estimate, Spread};

use crate::id::Id;
use crate::quality::Indicator;

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Report {
    /// The scenario.
    pub scenario: Id,
    /// The seed of its luck.
    pub seed: u64,
    /// How many replications were run.
    pub replications: usize,
    /// Offices of all kinds.
    pub offices: u64,
    /// Hours after the warm-up in which dossiers came in and are counted.
    pub hours: f64,
    /// Days at the start that had better be left out, where none are and the queues settle (MSER-5).
    pub suggested_warm_up_days: Option<f64>,
    /// What is true of everything together.
    pub totals: Totals,
    /// Each kind of case.
    pub cases: Vec<CaseReport>,
    /// Each pool of officers.
    pub pools: Vec<PoolReport>,
}

/// Figures over all cases and pools.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Totals {
    /// Dossiers that came in.
    pub filed: Option<Estimate>,
    /// Dossiers that were closed.
    pub closed: Option<Estimate>,
    /// Dossiers that never end: nobody goes on with them.
    pub left: Option<Estimate>,
    /// Dossiers that were still open when the run stopped.
    pub open: Option<Estimate>,
    /// Hours in the queues of officers, for each dossier that came in; none where a queue grew to the end of the run.
    pub wait_per_dossier: Option<Estimate>,
    /// Hours in a queue, for each piece of work of officers; none where a queue grew to the end of the run.
    pub mean_wait: Option<Estimate>,
    /// Hours from filing to the last state.
    pub mean_sojourn: Option<Estimate>,
    /// Hours that nineteen of twenty dossiers do not exceed.
    pub p95_sojourn: Option<Estimate>,
    /// Share of settled dossiers with a due date that were settled by it.
    pub on_time: Option<Estimate>,
    /// Dossiers settled late, for each of which an apology was owed (Decree 61/2018/NĐ-CP, Art. 19(9)).
    pub late: Option<Estimate>,
    /// Trips of an applicant to the office, for each dossier.
    pub trips: Option<Estimate>,
    /// Share of the hours of officers who are not away that is spent on dossiers.
    pub utilisation: Option<Estimate>,
    /// What the officers cost, at work or not, in đồng.
    pub office_cost: Option<Estimate>,
    /// What fees and trips cost the applicants, as far as they are priced, in đồng.
    pub citizen_cost: Option<Estimate>,
    /// What the trips of applicants cost them, in đồng.
    pub travel_cost: Option<Estimate>,
    /// What applicants owe in fees, as far as amounts are known, in đồng.
    pub fees: Option<Estimate>,
    /// Settled dossiers whose fees are not known.
    pub unknown_fees: Option<Estimate>,
    /// What the run tells of the index of service quality.
    pub index_766: IndexReport,
    /// Things that happened in the simulation.
    pub events: u64,
}

/// What a run tells of the index of Decision 766/QĐ-TTg, of which [`quality`](crate::quality) has the formulas.
///
/// Papers, payments, results and complaints are not simulated one by one: what
/// hangs on them is listed as not known.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct IndexReport {
    /// Indicator 2.1: settled by the legal due date, papers asked for once at most.
    pub on_time: Option<Estimate>,
    /// Indicator 2.2: hours from filing until the office was done.
    pub mean_time: Option<Estimate>,
    /// Share filed online: at most this is indicator 3.3, which asks for an electronic result too.
    pub online_at_most: Option<Estimate>,
    /// The indicators of single dossiers of which a run tells nothing, not even at most what.
    pub unknown: Vec<Indicator>,
}

/// Figures of one kind of case.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct CaseReport {
    /// Its name in the scenario.
    pub case: Id,
    /// Its procedure.
    pub procedure: Id,
    /// The version of the procedure.
    pub version: Id,
    /// Dossiers of all channels.
    pub all: FlowReport,
    /// From filing to the last state, with quantiles.
    pub sojourn: Option<Spread>,
    /// Hours in the queues of officers, for each dossier that came in; none where one of them grew to the end of the run.
    pub wait_per_dossier: Option<Estimate>,
    /// Hours from filing the first dossier of a chain to the last state of this one, where it follows others.
    pub mean_chain: Option<Estimate>,
    /// Dossiers that never end: nobody goes on with them.
    pub left: Option<Estimate>,
    /// Dossiers that were still open when the run stopped.
    pub open: Option<Estimate>,
    /// Trips of an applicant, for each dossier.
    pub visits: Option<Estimate>,
    /// Dossiers by how they were filed.
    pub channels: Vec<ChannelReport>,
    /// Stays in each state; in that in which a dossier ends, of no time.
    pub states: Vec<StateReport>,
    /// Each step that was taken.
    pub steps: Vec<StepReport>,
}

/// Figures of dossiers that came in together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct FlowReport {
    /// Dossiers that came in.
    pub filed: Option<Estimate>,
    /// Dossiers that were closed.
    pub closed: Option<Estimate>,
    /// Hours from filing to the last state.
    pub mean_sojourn: Option<Estimate>,
    /// Hours from filing until the office was done.
    pub mean_settled: Option<Estimate>,
    /// Share that was settled by the due date, of those that have one.
    pub on_time: Option<Estimate>,
    /// Dossiers settled late, for each of which an apology was owed (Decree 61/2018/NĐ-CP, Art. 19(9)).
    pub late: Option<Estimate>,
    /// Hours after the due date, of those that were late.
    pub lateness: Option<Estimate>,
    /// Trips of an applicant to the office, for each dossier.
    pub trips: Option<Estimate>,
    /// Hours that an applicant waits and is served at the office, for each trip to officers.
    pub at_office: Option<Estimate>,
    /// What applicants owe in fees, for each dossier that was settled and whose fees are known, in đồng.
    pub fees: Option<Estimate>,
    /// Settled dossiers whose fees are not known.
    pub unknown_fees: Option<Estimate>,
}

/// Figures of one channel.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct ChannelReport {
    /// The channel.
    pub channel: Box<str>,
    /// Its dossiers.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub flow: FlowReport,
}

/// Figures of one state.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StateReport {
    /// The state.
    pub state: Id,
    /// Stays, for each dossier that came in.
    pub stays: Option<Estimate>,
    /// Hours of one stay.
    pub mean_stay: Option<Estimate>,
}

/// Figures of one step.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StepReport {
    /// The step.
    pub step: Id,
    /// Who takes it.
    pub role: Id,
    /// The pool whose officers do it.
    pub pool: Option<Id>,
    /// How often it is taken, for each dossier that came in.
    pub times: Option<Estimate>,
    /// Dossiers that took it more than once.
    pub repeated: Option<Estimate>,
    /// Hours from when it could begin until it began.
    pub mean_wait: Option<Estimate>,
    /// Hours from then until it was done; of officers, working hours.
    pub mean_work: Option<Estimate>,
}

/// Figures of one pool.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct PoolReport {
    /// The pool.
    pub pool: Id,
    /// Officers in one office.
    pub officers: u16,
    /// Offices that have it.
    pub offices: u32,
    /// True when its queue grew to the end of the run: then no mean wait is a figure of it.
    pub unstable: bool,
    /// Share of the hours of officers who are not away that is spent on dossiers.
    pub utilisation: Option<Estimate>,
    /// Hours in its queue, for each piece of work.
    pub wait: Option<Spread>,
    /// Hours in its queue while it works, for each piece of work.
    pub mean_working_wait: Option<Estimate>,
    /// Dossiers in the queue of one office, on average over time.
    pub mean_queue: Option<Estimate>,
    /// The longest queue that any office had.
    pub longest_queue: u64,
    /// What its officers cost, in đồng, at work or not.
    pub cost: Option<Estimate>,
}
