//! The curve of a law: from a uniform number to a length in seconds.
//!
//! Every curve rises with its number, and takes one number for one length.
#![expect(clippy::float_arithmetic, reason = "a variate is a real number until it is rounded")]

use alloc::boxed::Box;

use super::key::Uniform;
use super::law::Law;
use crate::simulate::special::{ln_gamma_quantile, ln_gamma_slope, normal_quantile};

/// The quantile function of a law, ready to be drawn from.
#[derive(Clone, Debug)]
pub(super) enum Curve {
    Fixed(f64),
    Uniform { from: f64, width: f64 },
    Exponential { mean: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Weibull { scale: f64, power: f64 },
    Triangular { least: f64, mode: f64, most: f64 },
    Empirical(Box<[f64]>),
    Gamma { ln_scale: f64, knots: Box<[Knot]> },
}

/// ln of a quantile at a normal point, and its rise over one step there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knot {
    value: f64,
    rise: f64,
}

/// Gamma quantiles are kept for normal points from here, which a uniform number does not reach,
const FIRST: f64 = -8.25;
/// in steps of a sixteenth, where a cubic is true to 1e-7,
const STEPS: f64 = 16.0;
/// up to the same point above zero.
const KNOTS: u32 = 265;

/// The normal point of the ninth decile.
const NINTH_DECILE: f64 = 1.281_551_565_544_600_4;

impl Curve {
    /// Makes the curve of a law that was checked, with its mean and its variance.
    pub(super) fn of(law: &Law) -> (Self, f64, f64) {
        match law {
            Law::Fixed(length) => {
                let length = length.seconds();
                (Self::Fixed(length), length, 0.0)
            }
            Law::Uniform { from, to } => {
                let (from, to) = (from.seconds(), to.seconds());
                let width = to - from;
                (Self::Uniform { from, width }, 0.5 * (from + to), width * width / 12.0)
            }
            Law::Exponential { mean } => {
                let mean = mean.seconds();
                (Self::Exponential { mean }, mean, mean * mean)
            }
            Law::Lognormal { mean, cv } => {
                let (mean, cv) = (mean.seconds(), cv.get());
                let sigma = libm::sqrt(libm::log1p(cv * cv));
                lognormal(libm::log(mean) - 0.5 * sigma * sigma, sigma)
            }
            Law::LognormalMedian { median, p90 } => {
                let mu = libm::log(median.seconds());
                lognormal(mu, (libm::log(p90.seconds()) - mu) / NINTH_DECILE)
            }
            Law::Gamma { mean, cv } => gamma(mean.seconds(), 1.0 / (cv.get() * cv.get())),
            Law::Erlang { mean, stages } => gamma(mean.seconds(), f64::from(*stages)),
            Law::Weibull { mean, shape } => weibull(mean.seconds(), 1.0 / shape.get()),
            Law::Triangular { least, mode, most } => {
                triangular(least.seconds(), mode.seconds(), most.seconds())
            }
            Law::Empirical(quantiles) => {
                empirical(quantiles.iter().map(|it| it.seconds()).collect())
            }
        }
    }

    /// Returns the length in seconds that a uniform number stands for.
    #[inline]
    pub(super) fn at(&self, draw: Uniform) -> f64 {
        match self {
            Self::Exponential { mean } => -mean * libm::log(1.0 - draw.get()),
            Self::Fixed(length) => *length,
            _ => self.at_length(draw.get()),
        }
    }

    fn at_length(&self, draw: f64) -> f64 {
        match self {
            Self::Fixed(length) => *length,
            Self::Uniform { from, width } => from + width * draw,
            Self::Exponential { mean } => -mean * libm::log(1.0 - draw),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * normal_quantile(draw)),
            Self::Weibull { scale, power } => scale * libm::pow(-libm::log(1.0 - draw), *power),
            Self::Triangular { least, mode, most } => {
                let (rise, fall, width) = (mode - least, most - mode, most - least);
                if draw * width < rise {
                    least + libm::sqrt(draw * width * rise)
                } else {
                    most - libm::sqrt((1.0 - draw) * width * fall)
                }
            }
            Self::Empirical(quantiles) => {
                let place = draw * (quantiles.len() - 1) as f64;
                between(quantiles, place)
                    .map_or(0.0, |(lower, upper, part)| lower + part * (upper - lower))
            }
            Self::Gamma { ln_scale, knots } => {
                let place = (normal_quantile(draw) - FIRST) * STEPS;
                between(knots, place).map_or(0.0, |(left, right, part)| {
                    libm::exp(ln_scale + cubic(left, right, part))
                })
            }
        }
    }
}

fn lognormal(mu: f64, sigma: f64) -> (Curve, f64, f64) {
    let mean = libm::exp(mu + 0.5 * sigma * sigma);
    (Curve::Lognormal { mu, sigma }, mean, mean * mean * libm::expm1(sigma * sigma))
}

fn weibull(mean: f64, power: f64) -> (Curve, f64, f64) {
    let (first, second) = (libm::tgamma(1.0 + power), libm::tgamma(1.0 + 2.0 * power));
    let scale = mean / first;
    (Curve::Weibull { scale, power }, mean, scale * scale * (second - first * first))
}

fn triangular(least: f64, mode: f64, most: f64) -> (Curve, f64, f64) {
    let (rise, fall) = (mode - least, most - mode);
    let variance = (rise * rise + rise * fall + fall * fall) / 18.0;
    (Curve::Triangular { least, mode, most }, (least + mode + most) / 3.0, variance)
}

fn empirical(quantiles: Box<[f64]>) -> (Curve, f64, f64) {
    let parts = (quantiles.len() - 1) as f64;
    let pairs = || quantiles.iter().zip(quantiles.iter().skip(1));
    let mean = pairs().map(|(low, high)| 0.5 * (low + high)).sum::<f64>() / parts;
    // Around the mean, so that nothing great is subtracted from something great.
    let squares = pairs().map(|(low, high)| (low - mean, high - mean));
    let squares = squares.map(|(low, high)| (low * low + low * high + high * high) / 3.0);
    let variance = squares.sum::<f64>() / parts;
    (Curve::Empirical(quantiles), mean, variance)
}

fn gamma(mean: f64, shape: f64) -> (Curve, f64, f64) {
    let knot = |number: u32| {
        let normal = FIRST + f64::from(number) / STEPS;
        let value = ln_gamma_quantile(shape, normal);
        Knot { value, rise: ln_gamma_slope(shape, normal, value) / STEPS }
    };
    let knots = (0..KNOTS).map(knot).collect();
    (Curve::Gamma { ln_scale: libm::log(mean / shape), knots }, mean, mean * mean / shape)
}

/// Returns the two entries of a table around a place, and how far the place is from the first.
#[inline]
fn between<T: Copy>(table: &[T], place: f64) -> Option<(T, T, f64)> {
    let idx = (place as usize).min(table.len().saturating_sub(2));
    let (lower, upper) = (*table.get(idx)?, *table.get(idx + 1)?);
    Some((lower, upper, place - idx as f64))
}

/// Follows the cubic that has the value and the rise of both its ends (C. Hermite).
fn cubic(left: Knot, right: Knot, part: f64) -> f64 {
    let gap = right.value - left.value;
    let rest = 1.0 - part;
    let bend = rest * (left.rise - gap) - part * (right.rise - gap);
    left.value + part * (gap + rest * bend)
}
