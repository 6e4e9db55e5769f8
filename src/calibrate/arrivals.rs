//! How many dossiers come in, when, and whether chance alone spreads them.
//!
//! A rate for a day, by weekday and month where these make a difference beyond
//! chance, and shares of the hours of a day. Whether days differ more than
//! Poisson's law allows is told by their index of dispersion (R. A. Fisher,
//! *Biometrics* 6 (1950) 17–24).
#![expect(clippy::float_arithmetic, reason = "rates are fractions until they are written")]

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Timelike as _};

use super::hours::Watch;
use crate::calendar::Calendar;
use crate::simulate::Hours;
use crate::simulate::figures::{Confidence, Interval};
use crate::simulate::special::upper_tail;

/// The arrivals of a log.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Arrivals {
    /// How many were filed.
    pub filed: u64,
    /// How many of them on the days of the rate.
    pub counted: u64,
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// How many days the rate is of: those on which people could file, without the first and the last.
    pub days: u64,
    /// The hours in which people file.
    pub hours: Hours,
    /// How many were filed outside these hours.
    pub outside: u64,
    /// Dossiers on an ordinary day.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::data::interval"))]
    pub per_day: Interval,
    /// Weights of the hours of the day; empty where chance explains the differences.
    pub by_hour: Vec<u32>,
    /// Weights of the weekdays from Monday on; empty likewise.
    pub by_weekday: Vec<u32>,
    /// Weights of the months; empty likewise.
    pub by_month: Vec<u32>,
    /// Variance of the days over their mean; one for a Poisson process.
    pub dispersion: f64,
    /// How likely so great a dispersion is by chance.
    pub by_chance: f64,
    /// Standard deviation of the gaps over their mean, in the time in which the rate is even.
    pub gap_cv: f64,
    /// How much gaps must vary for days to differ as they did; none where chance explains it.
    pub cv: Option<f64>,
    /// Every moment, in seconds since the epoch.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) moments: Vec<i64>,
}

impl Arrivals {
    /// Returns true where days differ by more than a Poisson process lets them.
    #[must_use]
    pub fn is_uneven(&self) -> bool {
        self.by_chance < UNEVEN
    }

    /// Estimates from the moments of filing, in order; none of none.
    pub(super) fn of(
        moments: Vec<i64>,
        calendar: &Calendar,
        watch: &Watch,
        confidence: Confidence,
    ) -> Option<Self> {
        let local =
            |at: i64| Some(DateTime::from_timestamp(at, 0)?.with_timezone(&calendar.offset()));
        let from = local(*moments.first()?)?.date_naive();
        let until = local(*moments.last()?)?.date_naive().checked_add_days(Days::new(1))?;
        let hours = watch.of(moments.iter().copied());
        let outside = moments.iter().filter(|it| !watch.holds(hours, **it)).count() as u64;
        let mut days = open_days(calendar, watch, hours, from, until)?;
        let mut by_hour = [0.0; 24];
        for at in moments.iter().filter_map(|it| local(*it)) {
            if let Some(day) = days.get_mut(&at.date_naive()) {
                day.count += 1.0;
            }
            if let Some(hour) = by_hour.get_mut(at.hour() as usize) {
                *hour += 1.0;
            }
        }
        let days: Vec<DayCount> = whole(days.into_values().collect());
        let shape = Shape::of(&days);
        let open: f64 = by_open_hour(&days).iter().sum();
        let filed: f64 = by_hour.iter().sum();
        let expected = by_open_hour(&days).map(|it| it / open * filed);
        let by_hour = match differ(&by_hour, &expected, 1.0) {
            true => weights(&rates(&by_hour, &by_open_hour(&days))),
            false => Vec::new(),
        };
        let count: f64 = days.iter().map(|it| it.count).sum();
        let scale = libm::fmax(1.0, shape.dispersion);
        let rate = shape.rate;
        let error = rate * libm::sqrt(scale / libm::fmax(count, 1.0));
        let gap_cv = gap_cv(&moments, &days, &shape, calendar);
        Some(Self {
            filed: moments.len() as u64,
            counted: count as u64,
            from,
            until,
            days: days.len() as u64,
            hours,
            outside,
            per_day: Interval::around(rate, error, confidence),
            by_hour,
            by_weekday: shape
                .weekday
                .map_or_else(Vec::new, |it| weights(&without_closed(it, &days))),
            by_month: shape.month.map_or_else(Vec::new, |it| weights(&it)),
            dispersion: shape.dispersion,
            by_chance: shape.by_chance,
            gap_cv,
            cv: (shape.by_chance < UNEVEN).then(|| spreading(shape.dispersion, rate)),
            moments,
        })
    }
}

/// So seldom days differ as much by chance where they are told to be uneven.
const UNEVEN: f64 = 0.001;

/// Returns by how much gaps vary where days of so many dossiers have such a dispersion.
///
/// Of gaps with the squared variation `v` that follow a gamma law, a day in
/// which `m` dossiers are expected has the dispersion `v + (1 - v²) / 6m`
/// (D. R. Cox, *Renewal Theory* (1962), section 4.5).
fn spreading(dispersion: f64, per_day: f64) -> f64 {
    let part = 1.0 / (6.0 * libm::fmax(per_day, 0.1));
    let under = libm::fmax(0.0, 1.0 - 4.0 * part * (dispersion - part));
    let squared = (1.0 - libm::sqrt(under)) / (2.0 * part);
    libm::fmin(10.0, libm::sqrt(libm::fmax(squared, 1.0)))
}

/// A day on which people could file.
#[derive(Clone, Copy, Debug)]
struct DayCount {
    day: NaiveDate,
    count: f64,
    open: [f64; 24],
}

fn open_days(
    calendar: &Calendar,
    watch: &Watch,
    hours: Hours,
    from: NaiveDate,
    until: NaiveDate,
) -> Option<BTreeMap<NaiveDate, DayCount>> {
    let mut days = BTreeMap::new();
    let mut day = from;
    while day < until {
        let midnight = day.and_hms_opt(0, 0, 0)?.and_local_timezone(calendar.offset()).single()?;
        let mut open = [0.0; 24];
        for (hour, open) in (0_i64..).zip(&mut open) {
            let start = midnight.timestamp() + hour * 3_600;
            *open = watch.between(hours, start, start + 3_600) as f64;
        }
        if open.iter().any(|it| *it > 0.0) {
            days.insert(day, DayCount { day, count: 0.0, open });
        }
        day = day.checked_add_days(Days::new(1))?;
    }
    Some(days)
}

fn by_open_hour(days: &[DayCount]) -> [f64; 24] {
    let mut sums = [0.0; 24];
    for day in days {
        sums.iter_mut().zip(&day.open).for_each(|(sum, open)| *sum += open);
    }
    sums
}

/// From so many days on, the first and the last are left out: a log seldom begins or ends with a day.
const MANY: usize = 10;

fn whole(mut days: Vec<DayCount>) -> Vec<DayCount> {
    if days.len() > MANY {
        days.pop();
        days.remove(0);
    }
    days
}

/// A weekday or month of fewer days is not told from the others.
const FEW: usize = 3;

/// Returns the days whose weekday, or month, was seen often enough.
fn told(days: &[DayCount], group: fn(&DayCount) -> usize) -> Vec<DayCount> {
    let often = |it: &&DayCount| {
        let place = group(it);
        days.iter().filter(|it| group(it) == place).count() >= FEW
    };
    days.iter().filter(often).copied().collect()
}

/// Gives a weekday no weight on which nobody could file in all the weeks of the log.
fn without_closed(mut weights: [f64; 7], days: &[DayCount]) -> [f64; 7] {
    let weeks =
        days.first().zip(days.last()).map_or(0, |(it, last)| (last.day - it.day).num_weeks());
    for (place, weight) in weights.iter_mut().enumerate() {
        if weeks >= FEW as i64 && !days.iter().any(|it| weekday(it) == place) {
            *weight = 0.0;
        }
    }
    weights
}

/// Rates of days as a product of a weekday and a month.
#[derive(Clone, Debug)]
struct Shape {
    rate: f64,
    weekday: Option<[f64; 7]>,
    month: Option<[f64; 12]>,
    dispersion: f64,
    by_chance: f64,
}

impl Shape {
    fn of(days: &[DayCount]) -> Self {
        let full = Self::fitted(days, true, true);
        let scale = libm::fmax(1.0, full.dispersion);
        let matters = |without: &Self, group: fn(&DayCount) -> usize| {
            let (mut seen, mut expected) = ([0.0; 12], [0.0; 12]);
            for day in &told(days, group) {
                let place = group(day);
                if let Some((seen, expected)) = seen.get_mut(place).zip(expected.get_mut(place)) {
                    *seen += day.count;
                    *expected += without.expected(day);
                }
            }
            differ(&seen, &expected, scale)
        };
        let weekday = matters(&Self::fitted(days, false, true), weekday);
        let month = matters(&Self::fitted(days, true, false), month);
        Self::fitted(days, weekday, month)
    }

    /// Fits margin after margin until the product has the sums that were seen.
    fn fitted(days: &[DayCount], by_weekday: bool, by_month: bool) -> Self {
        let count = libm::fmax(days.len() as f64, 1.0);
        let rate = days.iter().map(|it| it.count).sum::<f64>() / count;
        let (mut weekdays, mut months) = ([1.0; 7], [1.0; 12]);
        for _ in 0..30 {
            if by_weekday {
                scale(&mut weekdays, &told(days, weekday), weekday, |it| {
                    rate * of(&months, month(it))
                });
            }
            if by_month {
                scale(&mut months, &told(days, month), month, |it| {
                    rate * of(&weekdays, weekday(it))
                });
            }
        }
        let mut shape = Self { rate, weekday: None, month: None, dispersion: 1.0, by_chance: 1.0 };
        shape.weekday = by_weekday.then(|| shape.even(weekdays, days, weekday));
        shape.month = by_month.then(|| shape.even(months, days, month));
        shape.spread(days);
        shape
    }

    /// Gives weights the mean one over those that were seen, and what was not seen that mean.
    fn even<const N: usize>(
        &mut self,
        weights: [f64; N],
        days: &[DayCount],
        group: fn(&DayCount) -> usize,
    ) -> [f64; N] {
        let mut seen = [false; N];
        told(days, group).iter().for_each(|it| {
            if let Some(it) = seen.get_mut(group(it)) {
                *it = true;
            }
        });
        let some: Vec<f64> = weights
            .iter()
            .zip(&seen)
            .filter(|(it, seen)| **seen && **it > 0.0)
            .map(|it| *it.0)
            .collect();
        let mean = some.iter().sum::<f64>() / libm::fmax(some.len() as f64, 1.0);
        self.rate *= mean;
        let mut even = weights.map(|it| it / libm::fmax(mean, f64::MIN_POSITIVE));
        even.iter_mut().zip(seen).filter(|(_, seen)| !seen).for_each(|(it, _)| *it = 1.0);
        even
    }

    fn expected(&self, day: &DayCount) -> f64 {
        let weekday = self.weekday.map_or(1.0, |it| of(&it, weekday(day)));
        self.rate * weekday * self.month.map_or(1.0, |it| of(&it, month(day)))
    }

    fn spread(&mut self, days: &[DayCount]) {
        let some = |group: fn(&DayCount) -> usize| {
            let mut groups: Vec<usize> = days.iter().map(group).collect();
            groups.sort_unstable();
            groups.dedup();
            groups.len() as f64 - 1.0
        };
        let fitted = 1.0
            + self.weekday.map_or(0.0, |_| some(weekday))
            + self.month.map_or(0.0, |_| some(month));
        let degrees = days.len() as f64 - fitted;
        if degrees < 1.0 {
            return;
        }
        let sum: f64 = days
            .iter()
            .map(|it| (it.count, self.expected(it)))
            .filter(|it| it.1 > 0.0)
            .map(|(seen, expected)| (seen - expected) * (seen - expected) / expected)
            .sum();
        self.dispersion = sum / degrees;
        self.by_chance = chi_square_above(sum, degrees);
    }
}

fn weekday(day: &DayCount) -> usize {
    day.day.weekday().num_days_from_monday() as usize
}

fn month(day: &DayCount) -> usize {
    day.day.month0() as usize
}

fn of(weights: &[f64], place: usize) -> f64 {
    weights.get(place).copied().unwrap_or(1.0)
}

fn scale(
    weights: &mut [f64],
    days: &[DayCount],
    group: fn(&DayCount) -> usize,
    others: impl Fn(&DayCount) -> f64,
) {
    let mut sums = vec![(0.0, 0.0); weights.len()];
    for day in days {
        if let Some(sum) = sums.get_mut(group(day)) {
            sum.0 += day.count;
            sum.1 += others(day);
        }
    }
    for (weight, (seen, expected)) in weights.iter_mut().zip(sums) {
        *weight = if expected > 0.0 { seen / expected } else { 1.0 };
    }
}

/// Returns true where counts differ from what is expected by more than chance does once in a thousand.
fn differ(seen: &[f64], expected: &[f64], scale: f64) -> bool {
    let pairs = seen.iter().zip(expected).filter(|(_, expected)| **expected > 0.0);
    let cells = pairs.clone().count() as f64;
    if pairs.clone().map(|it| *it.1).sum::<f64>() < 5.0 * cells {
        return false;
    }
    let degrees = cells - 1.0;
    let sum: f64 =
        pairs.map(|(seen, expected)| (seen - expected) * (seen - expected) / expected).sum();
    degrees >= 1.0 && chi_square_above(sum / scale, degrees) < 0.001
}

/// The chance of more than a value (E. B. Wilson, M. M. Hilferty, *PNAS* 17 (1931) 684–688).
fn chi_square_above(value: f64, degrees: f64) -> f64 {
    let part = 2.0 / (9.0 * degrees);
    upper_tail((libm::cbrt(value / degrees) - (1.0 - part)) / libm::sqrt(part))
}

fn rates(seen: &[f64; 24], open: &[f64; 24]) -> [f64; 24] {
    let mut rates = [0.0; 24];
    for ((rate, seen), open) in rates.iter_mut().zip(seen).zip(open) {
        *rate = if *open > 0.0 { seen / open } else { 0.0 };
    }
    rates
}

/// Returns weights as whole numbers, a thousand on average.
fn weights(shares: &[f64]) -> Vec<u32> {
    let some = shares.iter().filter(|it| **it > 0.0);
    let mean = some.clone().sum::<f64>() / libm::fmax(some.count() as f64, 1.0);
    shares.iter().map(|it| libm::round(1_000.0 * it / libm::fmax(mean, 1e-300)) as u32).collect()
}

/// Measures the gaps in the time in which the expected rate is even.
fn gap_cv(moments: &[i64], days: &[DayCount], shape: &Shape, calendar: &Calendar) -> f64 {
    let mut begun = BTreeMap::new();
    let mut mass = 0.0;
    for day in days {
        begun.insert(day.day, (mass, day));
        mass += shape.expected(day);
    }
    let place = |at: &i64| {
        let local = DateTime::from_timestamp(*at, 0)?.with_timezone(&calendar.offset());
        let (before, day) = begun.get(&local.date_naive())?;
        let open: f64 = day.open.iter().sum();
        let hour = local.hour() as usize;
        let passed: f64 = day.open.iter().take(hour).sum();
        let part = f64::from(local.minute() * 60 + local.second()) / 3_600.0;
        let now = passed + part * day.open.get(hour)?;
        Some(before + shape.expected(day) * now / open)
    };
    let places: Vec<f64> = moments.iter().filter_map(place).collect();
    let gaps: Vec<f64> = places.iter().zip(places.iter().skip(1)).map(|(a, b)| b - a).collect();
    let count = libm::fmax(gaps.len() as f64, 1.0);
    let mean = gaps.iter().sum::<f64>() / count;
    let variance = gaps.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / count;
    if mean > 0.0 { libm::sqrt(variance) / mean } else { 0.0 }
}
