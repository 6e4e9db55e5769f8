//! Sums of whole seconds: how many, how much, how far apart.

/// Count, sum, sum of squares, least and most of whole seconds, kept in integers.
///
/// Parts of a run merge to the same moments in any order. Sums stay exact for
/// 10^17 lengths of a thousand years; beyond, they stop at the ends of `i128`.
///
/// # Example
///
/// ```
/// use hoso::simulate::figures::Moments;
///
/// let mut waits = Moments::default();
/// [60, 120, 300].iter().for_each(|it| waits.add(*it));
/// assert_eq!((waits.count(), waits.mean(), waits.most()), (3, Some(160.0), Some(300)));
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Moments {
    count: u64,
    sum: i128,
    squares: i128,
    // INVARIANT: above `most` as long as nothing was added.
    least: i64,
    most: i64,
}

impl Moments {
    /// Adds one length in seconds.
    #[inline]
    pub fn add(&mut self, seconds: i64) {
        let wide = i128::from(seconds);
        self.count = self.count.saturating_add(1);
        self.sum = self.sum.saturating_add(wide);
        self.squares = self.squares.saturating_add(wide * wide);
        self.least = self.least.min(seconds);
        self.most = self.most.max(seconds);
    }

    /// Adds all that another part of the run counted.
    pub fn merge(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.sum = self.sum.saturating_add(other.sum);
        self.squares = self.squares.saturating_add(other.squares);
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }

    /// Returns how many lengths were added.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Returns the sum in seconds.
    #[must_use]
    pub const fn sum(&self) -> i128 {
        self.sum
    }

    /// Returns the sum of squares in seconds squared.
    #[must_use]
    pub const fn squares(&self) -> i128 {
        self.squares
    }

    /// Returns the least in seconds; none when nothing was added.
    #[must_use]
    pub fn least(&self) -> Option<i64> {
        (self.count > 0).then_some(self.least)
    }

    /// Returns the most in seconds; none when nothing was added.
    #[must_use]
    pub fn most(&self) -> Option<i64> {
        (self.count > 0).then_some(self.most)
    }

    /// Returns the mean in seconds; none when nothing was added.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "one division of two exact sums")]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// Returns the variance of a sample in seconds squared; none below two lengths.
    ///
    /// The squares around the mean are summed in integers, so that nothing is lost.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "the last division of exact sums")]
    pub fn variance(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let count = i128::from(self.count);
        let (whole, rest) = (self.sum.div_euclid(count), self.sum.rem_euclid(count));
        let around = whole.saturating_mul(self.sum).saturating_add(whole.saturating_mul(rest));
        let around = self.squares.saturating_sub(around) as f64;
        let (count, rest) = (count as f64, rest as f64);
        Some((around - rest * (rest / count)) / (count - 1.0))
    }

    #[cfg(feature = "serde")]
    pub(super) fn of_parts(count: u64, sum: i128, squares: i128, ends: Option<(i64, i64)>) -> Self {
        let (least, most) = ends.unwrap_or((i64::MAX, i64::MIN));
        Self { count, sum, squares, least, most }
    }
}

impl Default for Moments {
    fn default() -> Self {
        Self { count: 0, sum: 0, squares: 0, least: i64::MAX, most: i64::MIN }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "figures are checked over the reals")]
    use super::*;
    use proptest::prelude::*;
    use std::vec::Vec;

    fn of(lengths: &[i64]) -> Moments {
        let mut moments = Moments::default();
        lengths.iter().for_each(|it| moments.add(*it));
        moments
    }

    #[test]
    fn nothing_has_no_mean_and_one_has_no_variance() {
        assert_eq!((of(&[]).mean(), of(&[]).least(), of(&[]).most()), (None, None, None));
        assert_eq!((of(&[7]).mean(), of(&[7]).variance()), (Some(7.0), None));
        assert_eq!(of(&[i64::MIN, i64::MAX, i64::MIN]).count(), 3);
    }

    #[test]
    fn a_great_mean_hides_no_small_variance() {
        let far = 3_000_000_000_000_000_000;
        assert_eq!(of(&[far, far + 1, far + 2]).variance(), Some(1.0));
        assert_eq!(of(&[-far, 1 - far, 2 - far]).variance(), Some(1.0));
        assert_eq!(of(&[2, 4, 4, 4, 5, 5, 7, 9]).variance(), Some(32.0 / 7.0));
    }

    proptest! {
        #[test]
        fn parts_merge_to_the_whole_in_any_order(
            parts in prop::collection::vec(prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..9), 0..5)
        ) {
            let whole: Vec<i64> = parts.concat();
            let mut forward = Moments::default();
            parts.iter().for_each(|it| forward.merge(&of(it)));
            let mut backward = Moments::default();
            parts.iter().rev().for_each(|it| backward.merge(&of(it)));
            prop_assert_eq!(forward, of(&whole));
            prop_assert_eq!(backward, forward);
        }

        #[test]
        fn the_variance_is_that_of_two_passes(lengths in prop::collection::vec(-1_000_000_i64..1_000_000, 2..50)) {
            let mean = lengths.iter().sum::<i64>() as f64 / lengths.len() as f64;
            let squares: f64 = lengths.iter().map(|it| (*it as f64 - mean).powi(2)).sum();
            let expected = squares / (lengths.len() - 1) as f64;
            let found = of(&lengths).variance().unwrap();
            prop_assert!((found - expected).abs() <= 1e-9 * expected.max(1.0), "{} {}", found, expected);
        }
    }
}
