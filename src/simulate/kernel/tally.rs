//! What is counted while a caseload runs: integers that merge in any order.
//!
//! Means, quantiles and intervals are absent: they are made from these at the
//! end, once.

use alloc::vec;
use alloc::vec::Vec;

use crate::simulate::figures::{Histogram, Moments};
use crate::simulate::model::{CaseModel, Model};

/// The counts of one replication, over the offices that were run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct Tally {
    pub(crate) cases: Vec<CaseTally>,
    pub(crate) pools: Vec<PoolTally>,
    /// Things that happened: arrivals, ends of steps, waits and openings.
    pub(crate) events: u64,
}

/// The counts of one kind of case.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct CaseTally {
    /// Dossiers, by how each was filed.
    pub(crate) channels: Vec<Flow>,
    /// From filing to the last state.
    pub(crate) whole: Histogram,
    /// From filing the first dossier of the chain to the last state, for cases that follow others.
    pub(crate) chain: Moments,
    /// Stays in each state; where a dossier ends it stays for no time.
    pub(crate) states: Vec<Moments>,
    pub(crate) steps: Vec<StepTally>,
    /// Dossiers that nobody goes on with.
    pub(crate) left: u64,
}

/// Dossiers that went the same way in.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct Flow {
    pub(crate) filed: u64,
    /// From filing to the last state.
    pub(crate) whole: Moments,
    /// From filing until the office was done with it.
    pub(crate) settled: Moments,
    pub(crate) on_time: u64,
    /// How much later than due.
    pub(crate) late: Moments,
    /// Settled without a due date.
    pub(crate) undue: u64,
    /// Settled on time after papers were asked for more than once.
    pub(crate) asked_again: u64,
    /// Trips of applicants to the office, and how long they were there where officers saw them.
    pub(crate) visits: u64,
    pub(crate) attended: Moments,
    /// What applicants owe in fees, in đồng, and how many dossiers owe an amount that is not known.
    pub(crate) fees: i128,
    pub(crate) unknown_fees: u64,
}

/// One step of a kind of case.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct StepTally {
    /// From when it could begin until it began.
    pub(crate) wait: Moments,
    /// From when it began until it was done, in working time where officers do it.
    pub(crate) work: Moments,
    /// Dossiers that took it more than once.
    pub(crate) repeated: u64,
}

/// What is counted of one pool.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct PoolTally {
    /// Waits in its queue.
    pub(crate) wait: Moments,
    pub(crate) waits: Histogram,
    /// The same in the working time of the pool.
    pub(crate) working_wait: Moments,
    /// Working seconds of its officers, of those who were not away on average, and those in which
    /// they were needed.
    pub(crate) open: i128,
    pub(crate) present: i128,
    pub(crate) busy: i128,
    /// Seconds that dossiers waited, by the length of the queue over time.
    pub(crate) area: i128,
    pub(crate) longest: u64,
    // INVARIANT: one for each slice of the run.
    pub(crate) slices: Vec<Slice>,
}

/// Equal parts of a run, by which it is seen whether it settles.
pub(crate) const SLICES: usize = 60;

/// What is counted of a pool in one part of a run.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(crate) struct Slice {
    /// Seconds that dossiers waited, until the moments at which the queue changed in it.
    pub(crate) waited: i128,
    /// Working seconds of the work that began in it.
    pub(crate) worked: i128,
}

impl Tally {
    pub(crate) fn new(model: &Model<'_>) -> Self {
        let cases = model.cases.iter().map(CaseTally::new).collect();
        let pool = PoolTally { slices: vec![Slice::default(); SLICES], ..PoolTally::default() };
        Self { cases, pools: vec![pool; model.pools.len()], events: 0 }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.cases.iter_mut().zip(&other.cases).for_each(|(it, other)| it.merge(other));
        self.pools.iter_mut().zip(&other.pools).for_each(|(it, other)| it.merge(other));
        self.events += other.events;
    }
}

impl CaseTally {
    fn new(case: &CaseModel<'_>) -> Self {
        Self {
            channels: vec![Flow::default(); case.channels.len().max(1)],
            states: vec![Moments::default(); case.states.len()],
            steps: vec![StepTally::default(); case.steps.len()],
            ..Self::default()
        }
    }

    fn merge(&mut self, other: &Self) {
        self.channels.iter_mut().zip(&other.channels).for_each(|(it, other)| it.merge(other));
        self.whole.merge(&other.whole);
        self.chain.merge(&other.chain);
        self.states.iter_mut().zip(&other.states).for_each(|(it, other)| it.merge(other));
        for (it, other) in self.steps.iter_mut().zip(&other.steps) {
            it.wait.merge(&other.wait);
            it.work.merge(&other.work);
            it.repeated += other.repeated;
        }
        self.left += other.left;
    }

    /// Returns how many dossiers came in, and had neither ended nor been left when the run stopped.
    pub(crate) fn open(&self) -> u64 {
        let all = self.all();
        all.filed.saturating_sub(all.whole.count()).saturating_sub(self.left)
    }

    /// Returns the dossiers of all channels.
    pub(crate) fn all(&self) -> Flow {
        self.channels.iter().fold(Flow::default(), |mut all, it| {
            all.merge(it);
            all
        })
    }
}

impl Flow {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.filed += other.filed;
        self.whole.merge(&other.whole);
        self.settled.merge(&other.settled);
        self.on_time += other.on_time;
        self.late.merge(&other.late);
        self.undue += other.undue;
        self.asked_again += other.asked_again;
        self.visits += other.visits;
        self.attended.merge(&other.attended);
        self.fees += other.fees;
        self.unknown_fees += other.unknown_fees;
    }
}

impl PoolTally {
    fn merge(&mut self, other: &Self) {
        self.wait.merge(&other.wait);
        self.waits.merge(&other.waits);
        self.working_wait.merge(&other.working_wait);
        self.open += other.open;
        self.present += other.present;
        self.busy += other.busy;
        self.area += other.area;
        self.longest = self.longest.max(other.longest);
        for (it, other) in self.slices.iter_mut().zip(&other.slices) {
            it.waited += other.waited;
            it.worked += other.worked;
        }
    }
}
