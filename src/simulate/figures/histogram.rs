//! A histogram of whole seconds whose cells grow with what they hold.
//!
//! Cells are one second wide up to 1,023 seconds; above, every doubling is
//! parted into 512 cells (as in G. Tene's HdrHistogram, in integers only). A
//! quantile is true to one part in 1,024. Merging adds counts, so that parts
//! of a run merge to the same histogram in any order.

use alloc::boxed::Box;
use alloc::vec::Vec;

/// Cells in one doubling.
const CELLS: usize = 512;

/// Counts of whole seconds by cells, each at most one part in 512 wide.
///
/// It takes no memory for doublings in which nothing lies, and 4 kB for every
/// other: at most 440 kB.
///
/// # Example
///
/// ```
/// use hoso::simulate::figures::Histogram;
///
/// let mut waits = Histogram::default();
/// (1..=1_000).for_each(|it| waits.record(it));
/// assert_eq!((waits.quantile(0.5), waits.quantile(0.99)), (Some(500), Some(990)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    count: u64,
    // From zero up, by doublings; and below zero, by the distance from it.
    above: Side,
    below: Side,
}

/// The seconds from the first to the last of a cell, and how often they were recorded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Cell {
    from: i64,
    to: i64,
    count: u64,
}

/// Counts on one side of zero; a doubling in which nothing lies has no cells.
#[derive(Clone, Debug, Default)]
struct Side(Vec<Option<Box<[u64; CELLS]>>>);

/// The place of a cell: its doubling, and its number there.
#[derive(Clone, Copy, Debug)]
struct Place {
    doubling: usize,
    number: usize,
}

impl Histogram {
    /// Records one length in seconds.
    ///
    /// Memory is taken only when a length is the first in its doubling.
    #[inline]
    pub fn record(&mut self, seconds: i64) {
        self.record_many(seconds, 1);
    }

    /// Records a length in seconds so many times.
    #[inline]
    pub fn record_many(&mut self, seconds: i64, count: u64) {
        self.count = self.count.saturating_add(count);
        let side = if seconds >= 0 { &mut self.above } else { &mut self.below };
        side.add(Place::of(seconds.unsigned_abs()), count);
    }

    /// Adds all that another part of the run recorded.
    pub fn merge(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.above.merge(&other.above);
        self.below.merge(&other.below);
    }

    /// Returns how many lengths were recorded.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Returns the shortest length that a share of all does not exceed, in seconds; none when nothing was recorded.
    ///
    /// It is the middle of its cell: exact up to 1,023 seconds, and true to one
    /// part in 1,024 above.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "a share of a count")]
    pub fn quantile(&self, share: f64) -> Option<i64> {
        // What is no number becomes zero, and zero the first rank.
        let rank = (libm::ceil(share * self.count as f64) as u64).clamp(1, self.count.max(1));
        let mut below = 0_u64;
        let cell = self.cells().find(|it| {
            below = below.saturating_add(it.count);
            below >= rank
        })?;
        Some(cell.middle())
    }

    /// Returns how many lengths are at most so many seconds, counting the whole cell of that length.
    #[must_use]
    pub fn at_most(&self, seconds: i64) -> u64 {
        let cells = self.cells().take_while(|it| it.from <= seconds);
        cells.fold(0, |sum, it| sum.saturating_add(it.count))
    }

    /// Returns the cells in which something was recorded, from the least up.
    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        let below = self.below.cells().rev().map(|(place, count)| {
            let (from, to) = (negative(place.last()), negative(place.first()));
            Cell { from, to, count }
        });
        let above = self.above.cells().map(|(place, count)| {
            let (from, to) = (positive(place.first()), positive(place.last()));
            Cell { from, to, count }
        });
        below.chain(above)
    }
}

impl Cell {
    /// Returns the first second of the cell.
    #[must_use]
    pub const fn from(&self) -> i64 {
        self.from
    }

    /// Returns the last second of the cell.
    #[must_use]
    pub const fn to(&self) -> i64 {
        self.to
    }

    /// Returns how many lengths were recorded in the cell.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Returns the second in the middle, the one nearer to zero where two are.
    #[must_use]
    pub const fn middle(&self) -> i64 {
        self.from.midpoint(self.to)
    }
}

impl Side {
    #[inline]
    fn add(&mut self, place: Place, count: u64) {
        let Place { doubling, number } = place;
        let cell = match self.0.get_mut(doubling) {
            Some(Some(cells)) => cells.get_mut(number),
            _ => self.open(doubling).get_mut(number),
        };
        if let Some(cell) = cell {
            *cell = cell.saturating_add(count);
        }
    }

    /// Takes memory for a doubling in which nothing lay.
    #[cold]
    fn open(&mut self, doubling: usize) -> &mut [u64] {
        if self.0.len() <= doubling {
            self.0.resize(doubling + 1, None);
        }
        let cells = self.0.get_mut(doubling);
        cells.map_or(&mut [], |it| it.get_or_insert_with(|| Box::new([0; CELLS])).as_mut_slice())
    }

    fn merge(&mut self, other: &Self) {
        for (place, count) in other.cells() {
            self.add(place, count);
        }
    }

    fn cells(&self) -> impl DoubleEndedIterator<Item = (Place, u64)> {
        self.0.iter().enumerate().flat_map(|(doubling, cells)| {
            let cells = cells.iter().flat_map(|it| it.iter().copied().enumerate());
            cells
                .filter(|(_, count)| *count > 0)
                .map(move |(number, count)| (Place { doubling, number }, count))
        })
    }
}

impl Place {
    /// Finds the cell of a distance from zero.
    #[inline]
    const fn of(distance: u64) -> Self {
        // The first two rows of 512 cells are one second wide: 0 to 511, and 512 to 1023.
        let doubling = (distance >> 9 | 1).ilog2() as usize + (distance >= 512) as usize;
        let number = (distance >> doubling.saturating_sub(1)) as usize % CELLS;
        Self { doubling, number }
    }

    /// Returns the distance from zero at which the cell begins.
    const fn first(self) -> u64 {
        if self.doubling == 0 {
            return self.number as u64;
        }
        ((CELLS + self.number) as u64) << (self.doubling - 1)
    }

    /// Returns the last distance from zero in the cell.
    const fn last(self) -> u64 {
        self.first() + ((1 << self.doubling.saturating_sub(1)) - 1)
    }
}

impl PartialEq for Histogram {
    /// Compares what was recorded, not for what memory was taken.
    fn eq(&self, other: &Self) -> bool {
        self.cells().eq(other.cells())
    }
}

impl Eq for Histogram {}

impl FromIterator<(i64, u64)> for Histogram {
    /// Puts a histogram together from lengths, or first seconds of cells, and their counts.
    fn from_iter<T: IntoIterator<Item = (i64, u64)>>(cells: T) -> Self {
        let mut histogram = Self::default();
        for (seconds, count) in cells {
            histogram.record_many(seconds, count);
        }
        histogram
    }
}

fn positive(distance: u64) -> i64 {
    i64::try_from(distance).unwrap_or(i64::MAX)
}

fn negative(distance: u64) -> i64 {
    0_i64.checked_sub_unsigned(distance).unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "figures are checked over the reals")]
    use super::*;
    use proptest::prelude::*;

    fn of(lengths: &[i64]) -> Histogram {
        lengths.iter().map(|it| (*it, 1)).collect()
    }

    #[test]
    fn cells_lie_side_by_side_up_to_the_ends() {
        let mut expected = 0;
        for doubling in 0..=54 {
            for number in 0..CELLS {
                let place = Place { doubling, number };
                assert_eq!(place.first(), expected);
                for distance in [place.first(), place.last()] {
                    let found = Place::of(distance);
                    assert_eq!((found.doubling, found.number), (doubling, number), "{distance}");
                }
                expected = place.last() + 1;
            }
        }
        assert_eq!(expected, 1 << 63);
        let ends = of(&[i64::MIN, -1, 0, i64::MAX]);
        assert_eq!(ends.cells().map(|it| it.count()).sum::<u64>(), 4);
        assert_eq!(ends.cells().map(|it| it.from()).min(), Some(i64::MIN));
        assert_eq!(ends.cells().map(|it| it.to()).max(), Some(i64::MAX));
    }

    #[test]
    fn nothing_has_no_quantile_and_no_share_is_out_of_range() {
        assert_eq!(of(&[]).quantile(0.5), None);
        let three = of(&[-5, 10, 20]);
        let at = |share| three.quantile(share).unwrap();
        assert_eq!(
            [at(-1.0), at(0.0), at(0.34), at(1.0), at(7.0), at(f64::NAN)],
            [-5, -5, 10, 20, 20, -5]
        );
        assert_eq!((three.at_most(-6), three.at_most(10), three.at_most(i64::MAX)), (0, 2, 3));
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_sorted_lengths(
            lengths in prop::collection::vec((0_u32..40, any::<i64>()).prop_map(|(shift, it)| it >> (shift + 20)), 1..200),
            percent in 1_usize..=100,
        ) {
            let histogram = of(&lengths);
            let mut sorted = lengths;
            sorted.sort_unstable();
            let exact = sorted[(percent * sorted.len()).div_ceil(100) - 1];
            let found = histogram.quantile(percent as f64 / 100.0).unwrap();
            // A share such as 0.07 is not exact, and may be a rank further.
            let next = sorted[((percent * sorted.len()).div_ceil(100)).min(sorted.len() - 1)];
            let near = |it: i64| (found - it).unsigned_abs() * 1_000 <= it.unsigned_abs();
            prop_assert!(near(exact) || near(next), "{found} {exact} {next}");
        }

        #[test]
        fn parts_merge_to_the_whole_and_cells_make_it_again(one: Vec<i64>, other: Vec<i64>) {
            let mut merged = of(&one);
            merged.merge(&of(&other));
            let whole = of(&[one, other].concat());
            prop_assert_eq!(&merged, &whole);
            prop_assert_eq!(merged.count(), whole.count());
            let again: Histogram = whole.cells().map(|it| (it.middle(), it.count())).collect();
            prop_assert_eq!(again, whole);
        }
    }
}
