//! Long runs: how much to cut at the start, and batches of what is left.
//!
//! Absent is any reading of a drawing: M. Welch's moving average is for eyes.
#![expect(clippy::float_arithmetic, reason = "the last line of a report is a fraction")]

use alloc::vec::Vec;

use super::interval::{Confidence, Interval, spread};

/// The mean of one long run from the means of its batches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchMeans {
    interval: Interval,
    batches: usize,
    correlation: f64,
}

impl BatchMeans {
    /// Parts a run into equal batches and takes their means for independent; none below two
    /// batches of one value.
    ///
    /// What does not fill the batches is left out at the start, where a run is
    /// least settled. Twenty to thirty batches serve (B. Schmeiser, *Operations
    /// Research* 30 (1982) 556–568).
    #[must_use]
    pub fn of(values: &[f64], batches: usize, confidence: Confidence) -> Option<Self> {
        let size = values.len().checked_div(batches)?;
        let (_, used) = values.split_at_checked(values.len() - size * batches)?;
        let means = means(used, size);
        let interval = Interval::of_mean(&means, confidence)?;
        Some(Self { interval, batches, correlation: neighbours(&means) })
    }

    /// Returns the interval of the mean.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// Returns the number of batches.
    #[must_use]
    pub const fn batches(&self) -> usize {
        self.batches
    }

    /// Returns the correlation of neighbouring batches, from -1 to 1; of independent ones it is near zero.
    #[must_use]
    pub const fn correlation(&self) -> f64 {
        self.correlation
    }

    /// Returns true when neighbouring batches are more alike than independent ones mostly are.
    ///
    /// Then the batches are too short and the interval too narrow. One in
    /// twenty runs of independent batches is suspected (von Neumann's ratio,
    /// one-sided: 1.645 over the root of their number).
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        self.correlation * libm::sqrt(self.batches as f64) > 1.645
    }
}

/// Returns how many values at the start of a run to leave out because it had not settled.
///
/// MSER-5 (K. P. White, *Simulation* 69 (1997) 323–334): the cut after which
/// the standard error over batches of five is least. None when that cut lies
/// in the second half, or the run has fewer than ten batches: the run is too short.
#[must_use]
pub fn warm_up(values: &[f64]) -> Option<usize> {
    const BATCH: usize = 5;
    const LEAST: usize = 10;
    let means = means(values, BATCH);
    if means.len() < LEAST {
        return None;
    }
    let (mut cut, mut least) = (means.len(), f64::INFINITY);
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    // From the end, so that every tail adds one mean to the one before (B. P. Welford).
    for (idx, value) in means.iter().enumerate().rev() {
        count += 1.0;
        let gap = value - mean;
        mean += gap / count;
        squares += gap * (value - mean);
        let error = squares / (count * count);
        // The last few means may be alike by chance.
        if means.len() - idx >= LEAST / 2 && error <= least {
            (cut, least) = (idx, error);
        }
    }
    (2 * cut <= means.len()).then_some(cut * BATCH)
}

/// Returns the means of as many whole batches as there are; none of batches of nothing.
fn means(values: &[f64], size: usize) -> Vec<f64> {
    if size == 0 {
        return Vec::new();
    }
    values.chunks_exact(size).map(|it| it.iter().sum::<f64>() / size as f64).collect()
}

/// Returns the correlation of each value with the next one; zero when all are the same.
fn neighbours(values: &[f64]) -> f64 {
    let (mean, variance) = spread(values);
    let pairs = values.iter().zip(values.iter().skip(1));
    let products: f64 = pairs.map(|(one, next)| (one - mean) * (next - mean)).sum();
    let squares = variance * (values.len() - 1) as f64;
    if squares > 0.0 { products / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::random::Key;

    fn luck(count: u64) -> Vec<f64> {
        (0..count).map(|it| Key::of_seed(11).uniform(it).get()).collect()
    }

    #[test]
    fn batches_of_luck_are_not_suspect_and_hold_the_mean() {
        let batches = BatchMeans::of(&luck(10_007), 25, Confidence::NINETY_FIVE).unwrap();
        assert_eq!(batches.batches(), 25);
        assert!(batches.interval().holds(0.5) && !batches.is_suspect(), "{batches:?}");
    }

    #[test]
    fn batches_of_a_slow_wave_are_suspect() {
        let wave: Vec<f64> = (0..1_000).map(|it| (f64::from(it) / 150.0).sin()).collect();
        let batches = BatchMeans::of(&wave, 25, Confidence::NINETY_FIVE).unwrap();
        assert!(batches.correlation() > 0.8 && batches.is_suspect(), "{batches:?}");
    }

    #[test]
    fn what_cannot_be_parted_has_no_batches() {
        let sure = Confidence::NINETY_FIVE;
        for (count, batches) in [(0, 0), (0, 2), (1, 2), (10, 0), (10, 1), (10, usize::MAX)] {
            assert_eq!(BatchMeans::of(&luck(count), batches, sure), None, "{count} {batches}");
        }
        let same = BatchMeans::of(&[2.0; 20], 4, sure).unwrap();
        assert_eq!((same.correlation(), same.interval().half()), (0.0, 0.0));
    }

    #[test]
    fn a_start_that_had_not_settled_is_cut() {
        let mut values = luck(1_000);
        assert!(warm_up(&values).unwrap() < 250, "{:?}", warm_up(&values));
        for (idx, value) in values.iter_mut().take(100).enumerate() {
            *value += 5.0 * (1.0 - idx as f64 / 100.0);
        }
        let cut = warm_up(&values).unwrap();
        assert!((90..200).contains(&cut), "{cut}");
    }

    #[test]
    fn a_run_that_never_settles_has_no_cut() {
        let rising: Vec<f64> = (0..1_000).map(f64::from).collect();
        assert_eq!(warm_up(&rising), None);
        assert_eq!(warm_up(&luck(49)), None);
        assert_eq!(warm_up(&[1.0; 50]), Some(0));
    }
}
