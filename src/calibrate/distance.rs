//! How far two samples of lengths of time lie apart, and how far chance alone throws them.
#![expect(clippy::float_arithmetic, reason = "distances are real numbers")]

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use crate::simulate::figures::Histogram;

/// The distance between what was recorded and what was simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Distance {
    /// How far the record lies from all replications.
    pub recorded: f64,
    /// How far nineteen of twenty replications at most lie from the others.
    pub by_chance: f64,
    /// The share of replications that lie at least as far, the record itself counted among them.
    pub as_far: f64,
}

/// Distances between distributions of lengths of time.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Distances {
    /// The greatest difference between the shares that take no longer (Kolmogorov and Smirnov).
    pub greatest: Distance,
    /// By how many hours dossiers of the same rank differ on average (Wasserstein).
    pub hours: Distance,
}

/// Measures how far a sample lies from many of a simulation; none where one of them is empty.
pub(super) fn distances(recorded: &Histogram, simulated: &[&Histogram]) -> Option<Distances> {
    let mut places: BTreeMap<i64, usize> = BTreeMap::new();
    for histogram in simulated.iter().copied().chain([recorded]) {
        places.extend(histogram.cells().map(|it| (it.middle(), 0)));
    }
    places.values_mut().enumerate().for_each(|(number, it)| *it = number);
    let hours: Vec<f64> = places.keys().map(|it| *it as f64 / 3_600.0).collect();
    let counts = |histogram: &Histogram| {
        let mut counts = vec![0_u64; hours.len()];
        for cell in histogram.cells() {
            let place = places.get(&cell.middle()).and_then(|it| counts.get_mut(*it));
            place.into_iter().for_each(|it| *it += cell.count());
        }
        counts
    };
    let each: Vec<Vec<u64>> = simulated.iter().map(|it| counts(it)).collect();
    let mut all = vec![0_u64; hours.len()];
    for one in &each {
        all.iter_mut().zip(one).for_each(|(all, one)| *all += one);
    }
    let own = apart(&hours, &counts(recorded), &all)?;
    let chance: Vec<(f64, f64)> = each
        .iter()
        .filter_map(|one| {
            let others: Vec<u64> = all.iter().zip(one).map(|(all, one)| all - one).collect();
            apart(&hours, one, &others)
        })
        .collect();
    let of = |which: fn(&(f64, f64)) -> f64| {
        let mut by_chance: Vec<f64> = chance.iter().map(which).collect();
        by_chance.sort_by(f64::total_cmp);
        let recorded = which(&own);
        let farther = by_chance.iter().filter(|it| **it >= recorded).count();
        let most = (by_chance.len() * 19).div_ceil(20).saturating_sub(1);
        Some(Distance {
            recorded,
            by_chance: by_chance.get(most).copied()?,
            as_far: (farther + 1) as f64 / (by_chance.len() + 1) as f64,
        })
    };
    Some(Distances { greatest: of(|it| it.0)?, hours: of(|it| it.1)? })
}

/// Returns the greatest distance between two curves of shares, and the area between them.
fn apart(places: &[f64], one: &[u64], other: &[u64]) -> Option<(f64, f64)> {
    let (all, all_others) = (one.iter().sum::<u64>(), other.iter().sum::<u64>());
    if all == 0 || all_others == 0 {
        return None;
    }
    let (mut below, mut below_others, mut most, mut area) = (0, 0, 0.0, 0.0);
    let next = places.iter().skip(1).chain(places.last());
    for (((one, other), place), next) in one.iter().zip(other).zip(places).zip(next) {
        below += one;
        below_others += other;
        let share = below as f64 / all as f64;
        let gap = libm::fabs(share - below_others as f64 / all_others as f64);
        most = libm::fmax(most, gap);
        area += gap * (next - place);
    }
    Some((most, area))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(lengths: &[i64]) -> Histogram {
        let mut histogram = Histogram::default();
        // Short enough that every second has a cell of its own.
        lengths.iter().for_each(|it| histogram.record(*it));
        histogram
    }

    #[test]
    fn distances_are_those_of_the_definitions() {
        // Half of one at 0 and at 360 s, the other at 720 s: half are below 360, all below 720.
        let (one, other) = (hours(&[0, 360]), hours(&[720, 720]));
        let found = distances(&one, &[&other, &other]).unwrap();
        assert!((found.greatest.recorded - 1.0).abs() < 1e-12);
        // From 0 to 720 and from 360 to 720: nine minutes on average.
        assert!((found.hours.recorded - 0.15).abs() < 1e-12, "{found:?}");
        assert_eq!(found.greatest.by_chance, 0.0);
        assert!((found.greatest.as_far - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_distance() {
        let (none, some) = (hours(&[]), hours(&[1]));
        assert!(distances(&none, &[&some, &some]).is_none());
        assert!(distances(&some, &[&none]).is_none());
        assert!(distances(&some, &[&some]).is_none());
    }
}
