//! Distributions of lengths of time: a law, and its curve.

use alloc::string::String;
use core::fmt;

use super::curve::Curve;
use super::key::Uniform;
use super::law::Law;
use crate::error::Error;
use crate::read::Leaf as _;

/// A distribution of lengths of time (phân phối thời gian), in seconds.
///
/// A longer draw never means a shorter length, so that two designs that share
/// their draws share their luck.
///
/// # Example
///
/// ```
/// use hoso::simulate::random::{Distribution, Key, Law};
///
/// let service = Distribution::new(Law::Exponential { mean: "1 hour".parse()? })?;
/// let luck = Key::of_seed(1).number(7).uniform(0);
/// assert_eq!(service.mean(), 3_600.0);
/// assert_eq!(service.seconds(luck), service.at(luck).round() as i64);
/// assert_eq!(service.to_string(), "{ exponential = \"1 hour\" }");
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Distribution {
    curve: Curve,
    law: Law,
    mean: f64,
    variance: f64,
}

impl Distribution {
    /// Makes the distribution of a law.
    ///
    /// # Errors
    ///
    /// When the figures of the law do not fit together.
    pub fn new(law: Law) -> Result<Self, Error> {
        match law.check() {
            Ok(()) => Ok(Self::of_checked(law)),
            Err(it) => {
                let mut written = String::new();
                law.print(&mut written);
                Err(Error::value_with_help(&written, it.expected, it.help))
            }
        }
    }

    pub(super) fn of_checked(law: Law) -> Self {
        let (curve, mean, variance) = Curve::of(&law);
        Self { curve, law, mean, variance }
    }

    /// Returns the length in seconds that a draw stands for.
    ///
    /// Quantiles of the gamma law are true to one part in a million, those of
    /// the other laws to rounding.
    #[inline]
    #[must_use]
    pub fn at(&self, draw: Uniform) -> f64 {
        self.curve.at(draw)
    }

    /// Returns the length that a draw stands for in whole seconds, half a second up; never negative.
    #[inline]
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "rounding to the nearest second")]
    pub fn seconds(&self, draw: Uniform) -> i64 {
        // A float becomes the nearest integer that is there, and nothing becomes zero.
        (self.at(draw) + 0.5) as i64
    }

    /// Returns the mean in seconds.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the variance in seconds squared.
    #[must_use]
    pub const fn variance(&self) -> f64 {
        self.variance
    }

    /// Returns the law.
    #[must_use]
    pub const fn law(&self) -> &Law {
        &self.law
    }
}

impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        self.law == other.law
    }
}

impl Eq for Distribution {}

impl fmt::Display for Distribution {
    /// Writes the distribution as in a scenario.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = String::new();
        self.print(&mut written);
        f.write_str(&written)
    }
}
