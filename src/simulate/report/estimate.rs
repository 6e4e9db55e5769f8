//! Figures with their intervals, and lengths of time with their quantiles.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use alloc::vec::Vec;

use crate::simulate::figures::{Confidence, Histogram, Interval, Moments};
use crate::simulate::measure::{hours, mean};

/// A figure over replications: its mean, and the interval that holds it with 95 % confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    mean: f64,
    interval: Option<Interval>,
    values: Vec<f64>,
}

impl Estimate {
    /// Makes a figure from one value of each replication; none where no replication has any.
    pub(in crate::simulate) fn of(values: impl Iterator<Item = Option<f64>>) -> Option<Self> {
        let values: Vec<f64> = values.flatten().collect();
        if values.is_empty() {
            return None;
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let interval = Interval::of_mean(&values, Confidence::NINETY_FIVE);
        Some(Self { mean, interval, values })
    }

    /// Returns the mean over replications.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Returns the interval; none of a single replication.
    #[must_use]
    pub const fn interval(&self) -> Option<&Interval> {
        self.interval.as_ref()
    }

    /// Returns the value of each replication that has one.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Estimate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Estimate", 3)?;
        fields.serialize_field("mean", &self.mean)?;
        fields.serialize_field("low", &self.interval.as_ref().map(Interval::low))?;
        fields.serialize_field("high", &self.interval.as_ref().map(Interval::high))?;
        fields.end()
    }
}

/// A length of time: its mean and its quantiles, in hours.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Spread {
    /// The mean.
    pub mean: Estimate,
    /// Half take no longer.
    pub p50: Estimate,
    /// Nine of ten take no longer.
    pub p90: Estimate,
    /// Nineteen of twenty take no longer.
    pub p95: Estimate,
    /// Ninety-nine of a hundred take no longer.
    pub p99: Estimate,
}

impl Spread {
    pub(super) fn of<'t>(
        moments: impl Iterator<Item = Moments>,
        lengths: impl Iterator<Item = &'t Histogram> + Clone,
    ) -> Option<Self> {
        let quantile =
            |share| Estimate::of(lengths.clone().map(|it| it.quantile(share).map(hours)));
        Some(Self {
            mean: Estimate::of(moments.map(|it| mean(&it)))?,
            p50: quantile(0.5)?,
            p90: quantile(0.9)?,
            p95: quantile(0.95)?,
            p99: quantile(0.99)?,
        })
    }
}
