//! The law of lengths of time: of several families the likeliest, if it fits at all.
//!
//! Each family is fitted by maximum likelihood, lengths that were cut off
//! counting as longer than seen; triangular laws by their ends and their mean.
//! Of the families that come near enough by the distance of Kolmogorov and
//! Smirnov, that with the least criterion of Akaike is taken, and where none
//! does, a table of 21 quantiles.
#![expect(clippy::float_arithmetic, reason = "estimates are fractions until they are written")]

use alloc::vec::Vec;

use super::sample::{Rise, Sample};
use super::search::climb;
use crate::simulate::figures::{Confidence, Interval};
use crate::simulate::random::{Decimal, Distribution, Lapse, LapseUnit, Law};
use crate::simulate::special::{ln_gamma_tails, upper_tail};

/// A law that was fitted to lengths of time.
#[derive(Clone, Debug)]
pub struct Fit {
    pub(super) distribution: Distribution,
    pub(super) seen: usize,
    pub(super) cut: usize,
    pub(super) distance: f64,
    pub(super) fits: bool,
    pub(super) mean: Option<Interval>,
}

impl Fit {
    /// Returns the distribution.
    #[must_use]
    pub const fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// Returns how many lengths were seen to their end.
    #[must_use]
    pub const fn seen(&self) -> usize {
        self.seen
    }

    /// Returns how many were cut off, and count as longer than seen.
    #[must_use]
    pub const fn cut(&self) -> usize {
        self.cut
    }

    /// Returns the greatest difference between the law and the lengths (Kolmogorov and Smirnov).
    #[must_use]
    pub const fn distance(&self) -> f64 {
        self.distance
    }

    /// Returns true when a family comes near enough; else the law is the table of what was seen.
    #[must_use]
    pub const fn fits(&self) -> bool {
        self.fits
    }

    /// Returns the mean in seconds, and between which bounds it lies; none below two lengths.
    #[must_use]
    pub const fn mean(&self) -> Option<&Interval> {
        self.mean.as_ref()
    }

    /// Returns true where this law is nearer to its lengths than another by more than chance makes it.
    pub(super) fn is_clearly_nearer(&self, other: &Self) -> bool {
        let margin = 0.5 / libm::sqrt(self.seen as f64);
        match (self.fits, other.fits) {
            // A table fits whatever it is made of; a law that fits says more.
            (true, false) => true,
            (true, true) => self.distance + margin < other.distance,
            (false, _) => false,
        }
    }

    /// Fits a law; none to no lengths.
    pub(super) fn of(sample: &Sample, confidence: Confidence) -> Option<Self> {
        if sample.is_empty() {
            return None;
        }
        let curve = sample.curve();
        let (distribution, distance, fits) = chosen(sample, &curve)?;
        let mean = interval(sample, &distribution, confidence);
        let (seen, cut) = (sample.count(), sample.open());
        Some(Self { distribution, seen, cut, distance, fits, mean })
    }
}

/// The most by which a family may miss: what chance explains at 5 %, or what hardly matters.
fn near_enough(count: f64) -> f64 {
    libm::fmax(1.36 / libm::sqrt(count), 0.02)
}

/// From so few lengths no family can be told from another.
const FEW: usize = 8;

/// From so many lengths on a table says more than a family that does not fit.
const TABLE: usize = 40;

fn chosen(sample: &Sample, curve: &[Rise]) -> Option<(Distribution, f64, bool)> {
    if let Some(fixed) = fixed(sample) {
        return Some((fixed, 0.0, true));
    }
    let mut families = Vec::from([exponential(sample)]);
    if sample.count() >= FEW {
        families.extend([lognormal(sample), gamma(sample), triangular(sample)]);
    }
    let count = sample.weight();
    let mut fits: Vec<(f64, f64, Distribution)> = Vec::new();
    for family in families.into_iter().flatten() {
        let distance = distance(curve, |length| family.below(length));
        let akaike = 2.0 * family.parameters() - 2.0 * family.likelihood(sample);
        let distribution = family.law().and_then(|it| Distribution::new(it).ok());
        fits.extend(distribution.map(|it| (akaike, distance, it)));
    }
    let near = fits.iter().filter(|it| it.1 <= near_enough(count));
    if let Some((_, distance, found)) = near.min_by(|one, other| one.0.total_cmp(&other.0)) {
        return Some((found.clone(), *distance, true));
    }
    if sample.count() >= TABLE
        && let Some(table) = table(sample, curve)
    {
        return Some((table, 0.0, false));
    }
    let nearest = fits.into_iter().min_by(|one, other| one.1.total_cmp(&other.1));
    nearest.map(|(_, distance, it)| (it, distance, false))
}

/// Returns the interval of the mean of what is waited for.
fn interval(sample: &Sample, law: &Distribution, confidence: Confidence) -> Option<Interval> {
    if sample.count() < 2 {
        return None;
    }
    if sample.open() == 0 && sample.seen().all(|it| it.1 == 1.0) {
        let lengths: Vec<f64> = sample.seen().map(|it| it.0).collect();
        return Interval::of_mean(&lengths, confidence);
    }
    // As wide as if those that were cut off told nothing of their own.
    let spread = libm::sqrt(law.variance() / libm::fmax(sample.weight(), 1.0));
    Some(Interval::around(law.mean(), spread, confidence))
}

/// A family with its figures.
#[derive(Clone, Copy, Debug)]
enum Family {
    Exponential { mean: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Gamma { mean: f64, shape: f64 },
    Triangular { least: f64, mode: f64, most: f64 },
}

impl Family {
    const fn parameters(&self) -> f64 {
        match self {
            Self::Exponential { .. } => 1.0,
            Self::Lognormal { .. } | Self::Gamma { .. } => 2.0,
            Self::Triangular { .. } => 3.0,
        }
    }

    /// Returns the chance of less than a length.
    fn below(&self, length: f64) -> f64 {
        match *self {
            Self::Exponential { mean } => -libm::expm1(-length / mean),
            Self::Lognormal { mu, sigma } if length > 0.0 => {
                upper_tail((mu - libm::log(length)) / sigma)
            }
            Self::Gamma { mean, shape } if length > 0.0 => {
                libm::exp(ln_gamma_tails(shape, libm::log(length * shape / mean)).0)
            }
            Self::Lognormal { .. } | Self::Gamma { .. } => 0.0,
            Self::Triangular { least, mode, most } => {
                let width = most - least;
                if length <= least {
                    0.0
                } else if length < mode {
                    (length - least) * (length - least) / (width * (mode - least))
                } else if length < most {
                    1.0 - (most - length) * (most - length) / (width * (most - mode))
                } else {
                    1.0
                }
            }
        }
    }

    fn ln_density(&self, length: f64) -> f64 {
        match *self {
            Self::Exponential { mean } => -libm::log(mean) - length / mean,
            Self::Lognormal { mu, sigma } => {
                let off = (libm::log(length) - mu) / sigma;
                -0.5 * off * off - libm::log(length * sigma) - LN_ROOT_TWO_PI
            }
            Self::Gamma { mean, shape } => {
                let rate = shape / mean;
                shape * libm::log(rate) - libm::lgamma(shape) + (shape - 1.0) * libm::log(length)
                    - rate * length
            }
            Self::Triangular { least, mode, most } => {
                let width = most - least;
                let height = if length < mode {
                    2.0 * (length - least) / (width * (mode - least))
                } else {
                    2.0 * (most - length) / (width * (most - mode))
                };
                libm::log(libm::fmax(height, f64::MIN_POSITIVE))
            }
        }
    }

    fn ln_above(&self, length: f64) -> f64 {
        let above = match *self {
            Self::Exponential { mean } => return -length / mean,
            Self::Gamma { mean, shape } if length > 0.0 => {
                return ln_gamma_tails(shape, libm::log(length * shape / mean)).1;
            }
            Self::Lognormal { mu, sigma } if length > 0.0 => {
                upper_tail((libm::log(length) - mu) / sigma)
            }
            _ => 1.0 - self.below(length),
        };
        libm::log(libm::fmax(above, f64::MIN_POSITIVE))
    }

    fn likelihood(&self, sample: &Sample) -> f64 {
        let half = 0.5 * sample.grain();
        let seen = sample.seen().map(|(length, weight)| {
            // What was recorded as no time took less than half a unit.
            self.ln_density(libm::fmax(length, half)) * weight
        });
        let cut = sample.cuts().map(|(length, weight)| self.ln_above(length) * weight);
        seen.sum::<f64>() + cut.sum::<f64>()
    }

    /// Returns the law as it is written; none where its figures cannot be.
    fn law(&self) -> Option<Law> {
        match *self {
            Self::Exponential { mean } => Some(Law::Exponential { mean: lapse(mean)? }),
            Self::Lognormal { mu, sigma } => {
                let mean = lapse(libm::exp(mu + 0.5 * sigma * sigma))?;
                Some(Law::Lognormal { mean, cv: cv(libm::sqrt(libm::expm1(sigma * sigma)))? })
            }
            Self::Gamma { mean, shape } => {
                Some(Law::Gamma { mean: lapse(mean)?, cv: cv(1.0 / libm::sqrt(shape))? })
            }
            Self::Triangular { least, mode, most } => Some(Law::Triangular {
                least: lapse(least)?,
                mode: lapse(mode)?,
                most: lapse(most)?,
            }),
        }
    }
}

/// ln of the square root of two pi.
const LN_ROOT_TWO_PI: f64 = 0.918_938_533_204_672_8;

fn cv(number: f64) -> Option<Decimal> {
    Decimal::nearest(number, 3).filter(|it| (0.01..=10.0).contains(&it.get()))
}

/// Returns a length in the unit in which a person would say it.
pub(super) fn lapse(seconds: f64) -> Option<Lapse> {
    let (unit, size) = match seconds {
        it if it >= 172_800.0 => (LapseUnit::Days, 86_400.0),
        it if it >= 7_200.0 => (LapseUnit::Hours, 3_600.0),
        it if it >= 120.0 => (LapseUnit::Minutes, 60.0),
        _ => (LapseUnit::Seconds, 1.0),
    };
    Lapse::new(Decimal::nearest(seconds / size, 3)?, unit)
}

/// Returns the greatest difference between a law and the curve of what was seen.
fn distance(curve: &[Rise], below: impl Fn(f64) -> f64) -> f64 {
    let off = |it: &Rise| {
        let law = below(it.length);
        libm::fmax(libm::fabs(law - it.before), libm::fabs(law - it.after))
    };
    curve.iter().map(off).fold(0.0, libm::fmax)
}

/// Lengths that differ by less than a hundredth; whoever was cut off hardly waited for them.
fn fixed(sample: &Sample) -> Option<Distribution> {
    let (least, most) = (sample.least(), sample.most());
    let slack = libm::fmax(1.0, 0.01 * most);
    let cut: f64 = sample.cuts().map(|it| it.1).sum();
    let alike = most - least <= slack && cut <= 0.1 * sample.weight();
    let length = if least == most { most } else { sample.moments().0 };
    let law = alike.then(|| lapse(length)).flatten().map(Law::Fixed)?;
    Distribution::new(law).ok()
}

fn exponential(sample: &Sample) -> Option<Family> {
    let mean = sample.exposure_mean();
    (mean > 0.0).then_some(Family::Exponential { mean })
}

fn lognormal(sample: &Sample) -> Option<Family> {
    let half = 0.5 * sample.grain();
    let logs =
        || sample.seen().map(|(length, weight)| (libm::log(libm::fmax(length, half)), weight));
    let weight = sample.weight();
    let mu = logs().map(|(it, weight)| it * weight).sum::<f64>() / weight;
    let spread = logs().map(|(it, weight)| (it - mu) * (it - mu) * weight).sum::<f64>() / weight;
    let sigma = libm::sqrt(libm::fmax(spread, 1e-4));
    if sample.open() == 0 {
        return Some(Family::Lognormal { mu, sigma });
    }
    let family = |[mu, ln_sigma]: [f64; 2]| Family::Lognormal { mu, sigma: libm::exp(ln_sigma) };
    let best = climb([mu, libm::log(sigma)], |it| family(it).likelihood(sample));
    Some(family(best))
}

fn gamma(sample: &Sample) -> Option<Family> {
    let (mean, variance) = sample.moments();
    if mean <= 0.0 || variance <= 0.0 {
        return None;
    }
    let half = 0.5 * sample.grain();
    let count = sample.weight();
    let sum: f64 = sample.seen().map(|it| it.0 * it.1).sum();
    let logs: f64 = sample.seen().map(|it| libm::log(libm::fmax(it.0, half)) * it.1).sum();
    let family = |[ln_mean, ln_shape]: [f64; 2]| {
        let shape = libm::exp(libm::fmin(libm::fmax(ln_shape, -4.6), 9.2));
        Family::Gamma { mean: libm::exp(ln_mean), shape }
    };
    // Of those seen, their sum and that of their logarithms say everything.
    let likelihood = |it| {
        let family = family(it);
        let Family::Gamma { mean, shape } = family else { return f64::NEG_INFINITY };
        let rate = shape / mean;
        let seen = count * (shape * libm::log(rate) - libm::lgamma(shape)) + (shape - 1.0) * logs
            - rate * sum;
        seen + sample.cuts().map(|it| family.ln_above(it.0) * it.1).sum::<f64>()
    };
    let start = [libm::log(mean), libm::log(mean * mean / variance)];
    Some(family(climb(start, likelihood)))
}

/// Ends a little beyond those seen, as far as chance leaves them; the mode from the mean.
fn triangular(sample: &Sample) -> Option<Family> {
    let (least, most) = (sample.least(), sample.most());
    let (mean, _) = sample.moments();
    if sample.open() > 0 || most <= least {
        return None;
    }
    let (mut low, mut high) = (least, most);
    let root = 0.886 / libm::sqrt(sample.weight());
    for _ in 0..20 {
        let width = high - low;
        let mode = libm::fmin(libm::fmax(3.0 * mean - low - high, low), high);
        let rise = (mode - low) / width;
        low = libm::fmax(0.0, least - width * libm::sqrt(rise) * root);
        high = most + width * libm::sqrt(1.0 - rise) * root;
    }
    let mode = 3.0 * mean - low - high;
    (low < mode && mode < high).then_some(Family::Triangular { least: low, mode, most: high })
}

/// Quantiles in twenty equal steps; the last is where the mean comes out as it was.
fn table(sample: &Sample, curve: &[Rise]) -> Option<Distribution> {
    const STEPS: u32 = 20;
    let reached = curve.last()?.after;
    let longest = sample.cuts().map(|it| it.0).fold(sample.most(), libm::fmax);
    let at = |share: f64| {
        let found = curve.iter().find(|it| it.after >= share - 1e-12);
        found.map_or(longest, |it| it.length)
    };
    let mut lengths: Vec<f64> =
        (0..=STEPS).map(|it| at(f64::from(it) / f64::from(STEPS))).collect();
    if reached > 0.999_999 && sample.open() == 0 {
        let (mean, _) = sample.moments();
        let inner: f64 = lengths.iter().take(STEPS as usize).sum();
        let first = lengths.first().copied().unwrap_or(0.0);
        let before = lengths.iter().rev().nth(1).copied().unwrap_or(0.0);
        let last = 2.0 * (mean * f64::from(STEPS) - inner + 0.5 * first);
        if let Some(it) = lengths.last_mut() {
            *it = libm::fmax(last, before);
        }
    }
    let lengths: Option<Vec<Lapse>> = lengths.into_iter().map(lapse).collect();
    Distribution::new(Law::Empirical(lengths?.into_boxed_slice())).ok()
}
