//! How many replications are enough: until every headline measure is as precise as wished.

use alloc::vec::Vec;

use super::measure::Measure;
use super::model::Model;
use super::run::{Runs, extend, simulate};
use super::summary::Summary;
use crate::money::Ratio;

/// A run is doubled so often at most.
const DOUBLINGS: u32 = 6;

/// How precise a run is.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Precision {
    /// The relative error that was wished for.
    pub wished: f64,
    /// True when every measure has it.
    pub reached: bool,
    /// The measures that do not.
    pub wide: Vec<Measure>,
}

/// Runs a model until every headline measure is precise, doubling the replications at most six times.
///
/// Half of each 95 % interval is then at most γ/(1+γ) of its mean (A. M. Law &
/// W. D. Kelton, 9.4.1). Whether it is, is looked at after each doubling only,
/// so that the intervals hold nearly as often as they say.
#[must_use]
pub fn simulate_to(
    model: &Model<'_>,
    runs: &Runs,
    wished: Ratio,
    done: &(dyn Fn() + Sync),
) -> Summary {
    let mut summary = simulate(model, runs, done);
    for _ in 0..DOUBLINGS {
        if summary.precision(wished).reached {
            break;
        }
        let more = summary.replications().saturating_mul(2);
        extend(model, &Runs { replications: more, ..*runs }, &mut summary, done);
    }
    summary
}

impl Summary {
    /// Says which headline measures are as precise as wished.
    ///
    /// The number of late dossiers is none: it is what the share on time leaves.
    #[must_use]
    pub fn precision(&self, wished: Ratio) -> Precision {
        let error = share(wished);
        let headline = Measure::ALL.iter().copied().filter(|it| *it != Measure::Late);
        let wide = headline.filter(|measure| {
            // A figure that no dossier has is as precise as it can be; one of a single run is not.
            self.estimate_of(*measure)
                .is_some_and(|it| it.interval().is_none_or(|it| !it.is_within(error)))
        });
        let wide: Vec<Measure> = wide.collect();
        Precision { wished: error, reached: wide.is_empty(), wide }
    }
}

#[expect(clippy::float_arithmetic, reason = "a wished precision is no money")]
pub(super) fn share(ratio: Ratio) -> f64 {
    ratio.numerator() as f64 / ratio.denominator() as f64
}
