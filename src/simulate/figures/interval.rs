//! Confidence intervals: of a mean over replications, of a difference, of a share.
//!
//! Absent are tests of hypotheses: an interval says how much, and how surely.
#![expect(clippy::float_arithmetic, reason = "the last line of a report is a fraction")]

use crate::simulate::special::{normal_quantile, student_quantile};

/// How often an interval made in this way holds what it is about: more than 0, less than 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence {
    // INVARIANT: the chance to err, inside (0, 1).
    error: f64,
}

/// A figure (khoảng tin cậy), and between which bounds it lies with the confidence asked for.
///
/// # Example
///
/// ```
/// use hoso::simulate::figures::{Confidence, Interval};
///
/// let days = Interval::of_mean(&[9.0, 10.0, 11.0, 10.0], Confidence::NINETY_FIVE).unwrap();
/// assert_eq!(days.mean(), 10.0);
/// assert!((days.half() - 1.2992).abs() < 1e-4); // 3.1824 * 0.8165 / 2
/// assert!(!days.is_within(0.05));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    mean: f64,
    low: f64,
    high: f64,
}

impl Confidence {
    /// Nineteen intervals of twenty hold.
    pub const NINETY_FIVE: Self = Self { error: 0.05 };

    /// Creates a confidence such as 0.95; none outside 0 to 1 or at the ends.
    #[must_use]
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self { error: 1.0 - level })
    }

    /// Returns how often such an interval holds.
    #[must_use]
    pub const fn level(self) -> f64 {
        1.0 - self.error
    }

    /// Returns the confidence that each of several figures needs so that all hold together.
    ///
    /// The bound of C. E. Bonferroni: each may err a part as often.
    #[must_use]
    pub fn shared_by(self, figures: u32) -> Self {
        Self { error: self.error / f64::from(figures.max(1)) }
    }

    /// Returns the quantile of Student's t that cuts off half the error on each side.
    fn student(self, degrees: usize) -> f64 {
        student_quantile(0.5 * self.error, degrees as f64)
    }
}

impl Interval {
    /// Returns the interval of a mean from one value of each replication; none below two values.
    ///
    /// Student's t over independent replications (A. M. Law, *Simulation
    /// Modeling and Analysis*, ch. 9).
    #[must_use]
    pub fn of_mean(values: &[f64], confidence: Confidence) -> Option<Self> {
        if values.len() < 2 {
            return None;
        }
        let (mean, variance) = spread(values);
        let half =
            confidence.student(values.len() - 1) * libm::sqrt(variance / values.len() as f64);
        Some(Self { mean, low: mean - half, high: mean + half })
    }

    /// Returns the interval of the mean difference, `after` less `before`, by pairs of replications.
    ///
    /// None below two pairs, and for lists of two lengths. Pairs that share
    /// their luck make it narrow (Law, ch. 11: common random numbers).
    #[must_use]
    pub fn of_difference(before: &[f64], after: &[f64], confidence: Confidence) -> Option<Self> {
        if before.len() != after.len() {
            return None;
        }
        let pairs = before.iter().zip(after);
        let differences: alloc::vec::Vec<f64> = pairs.map(|(old, new)| new - old).collect();
        Self::of_mean(&differences, confidence)
    }

    /// Returns the interval of a share from how many of all had a mark; none of nothing.
    ///
    /// The mean is the share that was seen. E. B. Wilson, *Journal of the
    /// American Statistical Association* 22 (1927) 209–212: it stays between 0
    /// and 1, and has a width when all or none had the mark.
    #[must_use]
    pub fn of_share(marked: u64, all: u64, confidence: Confidence) -> Option<Self> {
        if all == 0 || marked > all {
            return None;
        }
        let (share, count) = (marked as f64 / all as f64, all as f64);
        let point = normal_quantile(1.0 - 0.5 * confidence.error);
        let square = point * point / count;
        let centre = (share + 0.5 * square) / (1.0 + square);
        let half = libm::sqrt(share * (1.0 - share) * square + 0.25 * square * square);
        let half = half / (1.0 + square);
        // At the ends, rounding may not leave the range of a share, or the share itself.
        let low = libm::fmax(0.0, centre - half);
        let high = libm::fmin(1.0, centre + half);
        Some(Self { mean: share, low: libm::fmin(low, share), high: libm::fmax(high, share) })
    }

    /// Returns the interval around an estimate whose error is nearly normal.
    pub(crate) fn around(mean: f64, error: f64, confidence: Confidence) -> Self {
        let half = normal_quantile(1.0 - 0.5 * confidence.error) * error;
        Self { mean, low: mean - half, high: mean + half }
    }

    /// Returns the estimate.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the lower bound.
    #[must_use]
    pub const fn low(&self) -> f64 {
        self.low
    }

    /// Returns the upper bound.
    #[must_use]
    pub const fn high(&self) -> f64 {
        self.high
    }

    /// Returns half the width.
    #[must_use]
    pub const fn half(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// Returns true when a value lies between the bounds, or on one.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Returns true when the relative error is at most a wished one, such as 0.02.
    ///
    /// Half the width is at most γ/(1+γ) of the estimate, so that it is at most
    /// γ of what is estimated (A. M. Law & W. D. Kelton, 9.4.1).
    #[must_use]
    pub fn is_within(&self, error: f64) -> bool {
        self.half() <= error / (1.0 + error) * libm::fabs(self.mean)
    }
}

/// Returns mean and variance of a sample of two or more.
pub(super) fn spread(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|it| (it - mean) * (it - mean)).sum();
    (mean, squares / (count - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SURE: Confidence = Confidence::NINETY_FIVE;

    #[test]
    fn the_example_of_law_comes_out() {
        // The ten values of Law & Kelton's section 4.5: 1.34 ± 0.24 at 90 %.
        let values = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];
        let interval = Interval::of_mean(&values, Confidence::new(0.9).unwrap()).unwrap();
        assert!((interval.mean() - 1.34).abs() < 5e-3, "{interval:?}");
        assert!((interval.half() - 0.24).abs() < 5e-3, "{interval:?}");
    }

    #[test]
    fn wilson_has_a_width_where_all_or_none_are_marked() {
        let none = Interval::of_share(0, 10, SURE).unwrap();
        assert_eq!((none.mean(), none.low()), (0.0, 0.0));
        // z²/(n+z²) with z = 1.959964.
        assert!((none.high() - 0.277_533).abs() < 1e-6, "{none:?}");
        let all = Interval::of_share(10, 10, SURE).unwrap();
        assert!((all.low() - 0.722_467).abs() < 1e-6 && all.high() == 1.0, "{all:?}");
        // 81 of 263: Newcombe (1998), table I, gives 0.2553 to 0.3662.
        let some = Interval::of_share(81, 263, SURE).unwrap();
        assert!(
            (some.low() - 0.2553).abs() < 5e-5 && (some.high() - 0.3662).abs() < 5e-5,
            "{some:?}"
        );
        assert!(
            Interval::of_share(0, 0, SURE).is_none() && Interval::of_share(2, 1, SURE).is_none()
        );
    }

    #[test]
    fn pairs_that_move_together_have_a_narrow_difference() {
        let before = [10.0, 30.0, 20.0, 50.0];
        let after = before.map(|it| it - 2.0);
        let interval = Interval::of_difference(&before, &after, SURE).unwrap();
        assert_eq!((interval.mean(), interval.half()), (-2.0, 0.0));
        assert!(interval.is_within(0.01) && interval.holds(-2.0) && !interval.holds(0.0));
        assert!(Interval::of_difference(&before, &after[1..], SURE).is_none());
        assert!(Interval::of_mean(&[1.0], SURE).is_none());
    }

    #[test]
    fn shared_confidence_is_stricter() {
        let shared = SURE.shared_by(5);
        assert!((shared.level() - 0.99).abs() < 1e-12);
        assert_eq!(SURE.shared_by(0), SURE);
        assert!(Confidence::new(1.0).is_none() && Confidence::new(f64::NAN).is_none());
    }

    #[test]
    fn intervals_hold_as_often_as_they_say() {
        // Sums of twelve uniform numbers are nearly normal; 2,000 intervals of eight such sums.
        let seed = crate::simulate::random::Key::of_seed(3);
        let sum =
            |it: u64| -> f64 { (0..12).map(|part| seed.number(it).uniform(part).get()).sum() };
        let holds = (0..2_000_u64).filter(|run| {
            let values: std::vec::Vec<f64> = (0..8).map(|it| sum(run * 8 + it)).collect();
            Interval::of_mean(&values, SURE).unwrap().holds(6.0)
        });
        let share =
            Interval::of_share(holds.count() as u64, 2_000, Confidence::new(0.999).unwrap());
        assert!(share.unwrap().holds(0.95), "{share:?}");
    }

    proptest! {
        #[test]
        fn a_share_lies_in_its_interval(all in 1_u64..10_000, part in 0.0_f64..=1.0) {
            let marked = (all as f64 * part) as u64;
            let interval = Interval::of_share(marked, all, SURE).unwrap();
            prop_assert!(interval.holds(interval.mean()));
            prop_assert!(0.0 <= interval.low() && interval.high() <= 1.0);
        }
    }
}
