//! Whether a run settled: queues that grow to its end, and how much of its start to leave out.
//!
//! A run is parted into equal slices of time; each pool knows how much was waited and worked in
//! every slice. Absent is what is known before a run: the model compares work with hours.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use alloc::vec::Vec;

use super::figures::warm_up;
use super::kernel::{PoolTally, SLICES};
use super::summary::Summary;
use crate::id::Id;

/// Slices of a tenth of the run.
const TENTH: usize = SLICES / 10;

/// From this share of their hours on, in per mille, officers have no time that is not worked.
const BUSY: i128 = 985;

impl Summary {
    /// Returns the pools whose queues grew to the end of the run, so that no mean wait is a figure of them.
    ///
    /// Two things must come together in the last tenth of the run, over all
    /// replications: officers work at least 98.5 % of the hours that they are
    /// there, and the queue is half as long again as in the tenth in the middle.
    /// A queue that is long, and has idle moments, settles.
    #[must_use]
    pub fn unstable(&self) -> Vec<Id> {
        let pools = self.legend.pools.iter().enumerate();
        pools.filter(|(at, _)| self.is_unstable(*at)).map(|(_, it)| it.name).collect()
    }

    pub(super) fn is_unstable(&self, at: usize) -> bool {
        let Some(legend) = self.legend.pools.get(at) else { return false };
        let tallies = || self.replications.iter().filter_map(|(_, it)| it.pools.get(at));
        let waited = |from: usize| -> i128 {
            tallies()
                .flat_map(|it| it.slices.iter().skip(from).take(TENTH))
                .map(|it| it.waited)
                .sum()
        };
        let end = SLICES - TENTH;
        let worked: i128 =
            tallies().flat_map(|it| it.slices.iter().skip(end)).map(|it| it.worked).sum();
        let offices = i128::from(legend.offices) * self.replications.len() as i128;
        let there = i128::from(legend.last_tenth) * offices;
        let is_busy = there > 0 && worked * 1000 >= there * BUSY;
        is_busy && waited(end) * 2 >= waited((SLICES - TENTH) / 2) * 3
    }

    /// Returns how many days at the start a run that leaves none out had better leave out (MSER-5).
    ///
    /// Of the dossiers that wait, over all pools. None where the scenario has a
    /// warm-up, and where the queues do not settle in the first half of the run.
    #[must_use]
    pub fn suggested_warm_up(&self) -> Option<f64> {
        let (from, counted, until) = self.legend.days();
        if counted > from || self.legend.pools.is_empty() || !self.unstable().is_empty() {
            return None;
        }
        let slices = |place: usize| {
            let pools = self.replications.iter().flat_map(|(_, it)| &it.pools);
            pools.filter_map(move |it: &PoolTally| it.slices.get(place)).map(|it| it.waited)
        };
        let waited: Vec<f64> = (0..SLICES).map(|it| slices(it).sum::<i128>() as f64).collect();
        let cut = warm_up(&waited)?;
        Some(cut as f64 * (until - from) as f64 / SLICES as f64 / 86_400.0)
    }
}
