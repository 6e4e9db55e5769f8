//! Lengths of time that were seen, and of which only a lower bound was.
//!
//! Who has not come yet, and whoever a term cut off, waits longer than was
//! seen; left out, they would make every wait look short (E. L. Kaplan, P. Meier,
//! *Journal of the American Statistical Association* 53 (1958) 457–481). A
//! length may count in part, where it is not certain that it was waited for.
#![expect(clippy::float_arithmetic, reason = "estimates are fractions until they are written")]

use alloc::vec::Vec;

/// Lengths in seconds, each with how much of it counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    seen: Vec<(f64, f64)>,
    cut: Vec<(f64, f64)>,
}

/// One step of the curve of those that are over: before, at and after a length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rise {
    pub(super) length: f64,
    pub(super) before: f64,
    pub(super) after: f64,
}

impl Sample {
    pub(super) fn see(&mut self, length: i64, weight: f64) {
        self.seen.push((length.max(0) as f64, weight));
    }

    pub(super) fn cut(&mut self, length: i64, weight: f64) {
        self.cut.push((length.max(0) as f64, weight));
    }

    pub(super) fn of(lengths: impl IntoIterator<Item = i64>) -> Self {
        let mut sample = Self::default();
        lengths.into_iter().for_each(|it| sample.see(it, 1.0));
        sample
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// Returns how many were seen to their end.
    pub(super) const fn count(&self) -> usize {
        self.seen.len()
    }

    /// Returns how many were cut off.
    pub(super) const fn open(&self) -> usize {
        self.cut.len()
    }

    pub(super) fn seen(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.seen.iter().copied()
    }

    pub(super) fn cuts(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.cut.iter().copied()
    }

    /// Returns the weight of what was seen.
    pub(super) fn weight(&self) -> f64 {
        self.seen().map(|it| it.1).sum()
    }

    pub(super) fn least(&self) -> f64 {
        self.seen().map(|it| it.0).fold(f64::INFINITY, libm::fmin)
    }

    pub(super) fn most(&self) -> f64 {
        self.seen().map(|it| it.0).fold(0.0, libm::fmax)
    }

    /// Returns the smallest unit of which every length is a whole number: an hour, a minute or a second.
    pub(super) fn grain(&self) -> f64 {
        let units = [3_600.0, 60.0];
        let fits = |unit: &f64| self.seen().all(|it| libm::fmod(it.0, *unit) == 0.0);
        units.into_iter().find(fits).unwrap_or(1.0)
    }

    /// Returns the curve of Kaplan and Meier, where it rises.
    pub(super) fn curve(&self) -> Vec<Rise> {
        let seen = self.seen().map(|(length, weight)| (length, weight, 0.0));
        let cut = self.cuts().map(|(length, weight)| (length, 0.0, weight));
        let mut all: Vec<(f64, f64, f64)> = seen.chain(cut).collect();
        all.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut under: f64 = all.iter().map(|it| it.1 + it.2).sum();
        let (mut left, mut rises) = (1.0, Vec::new());
        for same in all.chunk_by(|one, other| one.0 == other.0) {
            let ended: f64 = same.iter().map(|it| it.1).sum();
            let gone: f64 = same.iter().map(|it| it.1 + it.2).sum();
            if ended > 0.0 && under > 0.0 {
                let before = 1.0 - left;
                left *= libm::fmax(0.0, 1.0 - ended / under);
                let length = same.first().map_or(0.0, |it| it.0);
                rises.push(Rise { length, before, after: 1.0 - left });
            }
            under -= gone;
        }
        rises
    }

    /// Returns the mean of those seen, and their variance.
    pub(super) fn moments(&self) -> (f64, f64) {
        let weight = libm::fmax(self.weight(), f64::MIN_POSITIVE);
        let mean = self.seen().map(|(length, share)| length * share).sum::<f64>() / weight;
        let off = |(length, share): (f64, f64)| (length - mean) * (length - mean) * share;
        (mean, self.seen().map(off).sum::<f64>() / weight)
    }

    /// Returns the mean of an exponential law that is likeliest: all that was waited, over all that came.
    pub(super) fn exposure_mean(&self) -> f64 {
        let waited: f64 = self.seen().chain(self.cuts()).map(|it| it.0 * it.1).sum();
        waited / libm::fmax(self.weight(), f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_that_of_kaplan_and_meier() {
        // The remission times of 21 patients under 6-MP (Freireich 1963): 6,6,6,6+,7,9+,10,10+,…
        let seen = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        let cut = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        let mut sample = Sample::of(seen);
        cut.into_iter().for_each(|it| sample.cut(it, 1.0));
        let left: Vec<f64> = sample.curve().iter().map(|it| 1.0 - it.after).collect();
        let book = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448];
        assert_eq!(left.len(), book.len());
        for (found, expected) in left.iter().zip(book) {
            assert!((found - expected).abs() < 6e-4, "{found} {expected}");
        }
        // 359 weeks under observation, nine relapses.
        assert!((sample.exposure_mean() - 359.0 / 9.0).abs() < 1e-9);
    }

    #[test]
    fn the_grain_is_what_all_are_multiples_of() {
        assert_eq!(Sample::of([60, 180]).grain(), 60.0);
        assert_eq!(Sample::of([60, 181]).grain(), 1.0);
        assert_eq!(Sample::of([7_200, 0]).grain(), 3_600.0);
    }
}
