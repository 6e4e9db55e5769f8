//! As-is against to-be: two runs on the same luck, compared replication by replication.
//!
//! The same dossier meets the same fortune in both, so that what differs is the
//! design (common random numbers: A. M. Law, *Simulation Modeling and
//! Analysis*, ch. 11). Absent is a verdict whether the law is simpler.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use alloc::vec::Vec;

use super::figures::{Confidence, Interval};
use super::kernel::Tally;
use super::measure::{Counts, Measure, Wish};
use super::summary::{Legend, Summary};
use crate::error::Error;
use crate::id::Id;

/// What two runs on the same luck differ in.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Comparison {
    /// The scenario as it is.
    pub as_is: Id,
    /// The scenario as it is to be.
    pub to_be: Id,
    /// The seed of the luck that both share.
    pub seed: u64,
    /// How many replications were paired.
    pub replications: usize,
    /// How surely all intervals hold together.
    pub confidence: f64,
    /// Over how many figures that confidence is shared (Bonferroni); one that only repeats a total is none.
    pub figures: u32,
    /// Everything together.
    pub totals: Differences,
    /// Each kind of case that both have.
    pub cases: Vec<CaseComparison>,
    /// Each pool of officers that both have.
    pub pools: Vec<PoolComparison>,
    /// Pools whose queue grew to the end of one of the runs: no mean wait is compared of them.
    pub unstable: Vec<Id>,
}

/// What differs in one kind of case.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct CaseComparison {
    /// Its name in both scenarios.
    pub case: Id,
    /// What differs.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub differences: Differences,
}

impl CaseComparison {
    /// Returns true when each of its differences is one of everything together.
    fn repeats(&self, totals: &Differences) -> bool {
        let same =
            |it: &Difference| totals.find(it.measure).is_some_and(|of| of.values() == it.values());
        self.differences.iter().all(same)
    }
}

/// What differs in one pool of officers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct PoolComparison {
    /// Its name in both scenarios.
    pub pool: Id,
    /// What differs.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub differences: Differences,
}

/// The measures that both runs have, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences(Vec<Difference>);

impl Differences {
    /// Returns each measure.
    pub fn iter(&self) -> impl Iterator<Item = &Difference> {
        self.0.iter()
    }

    /// Returns one measure, where both runs have it.
    #[must_use]
    pub fn find(&self, measure: Measure) -> Option<&Difference> {
        self.iter().find(|it| it.measure == measure)
    }
}

/// One measure in both runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    measure: Measure,
    as_is: Vec<f64>,
    to_be: Vec<f64>,
    interval: Option<Interval>,
}

impl Difference {
    /// Returns the measure.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Returns the mean as it is.
    #[must_use]
    pub fn as_is(&self) -> f64 {
        mean(&self.as_is)
    }

    /// Returns the mean as it is to be.
    #[must_use]
    pub fn to_be(&self) -> f64 {
        mean(&self.to_be)
    }

    /// Returns how much more it is to be than it is: the mean of the differences of the pairs.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.interval.map_or_else(|| self.to_be() - self.as_is(), |it| it.mean())
    }

    /// Returns the interval of the mean difference; none of a single replication.
    #[must_use]
    pub const fn interval(&self) -> Option<&Interval> {
        self.interval.as_ref()
    }

    /// Returns the share of replications in which to-be is better; none where better has no direction.
    ///
    /// A replication in which both are equal is neither better nor worse.
    #[must_use]
    pub fn better(&self) -> Option<f64> {
        self.share_of(match self.measure.wish() {
            Wish::Less => f64::lt,
            Wish::More => f64::gt,
            Wish::Neither => return None,
        })
    }

    /// Returns the share of replications in which to-be is worse; none where worse has no direction.
    #[must_use]
    pub fn worse(&self) -> Option<f64> {
        self.share_of(match self.measure.wish() {
            Wish::Less => f64::gt,
            Wish::More => f64::lt,
            Wish::Neither => return None,
        })
    }

    /// Returns true when every replication has the same value on both sides.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.as_is == self.to_be
    }

    /// Returns the share of replications in which a new value is so to the old one.
    fn share_of(&self, is_so: fn(&f64, &f64) -> bool) -> Option<f64> {
        let pairs = self.to_be.iter().zip(&self.as_is);
        Some(pairs.filter(|(new, old)| is_so(new, old)).count() as f64 / self.as_is.len() as f64)
    }

    /// Returns the values of the replications, as it is and as it is to be.
    #[must_use]
    pub fn values(&self) -> (&[f64], &[f64]) {
        (&self.as_is, &self.to_be)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Differences {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|it| (it.measure.as_str(), it)))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Difference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("Difference", 7)?;
        fields.serialize_field("as-is", &self.as_is())?;
        fields.serialize_field("to-be", &self.to_be())?;
        fields.serialize_field("mean", &self.mean())?;
        fields.serialize_field("low", &self.interval.as_ref().map(Interval::low))?;
        fields.serialize_field("high", &self.interval.as_ref().map(Interval::high))?;
        fields.serialize_field("better", &self.better())?;
        fields.serialize_field("worse", &self.worse())?;
        fields.end()
    }
}

/// The same figure of two runs, before it is said how sure it is.
type Figure<'f> = dyn Fn(&Legend, &Tally, Measure) -> Option<f64> + 'f;

impl Summary {
    /// Compares this run, as it is, with another on the same luck, as it is to be.
    ///
    /// # Errors
    ///
    /// When the runs differ in days, seed or replications, or when parts of one
    /// are missing.
    pub fn compare(&self, to_be: &Self) -> Result<Comparison, Error> {
        self.check_paired(to_be)?;
        let all = |legend: &Legend, tally: &Tally, it| Counts::all(legend, tally).figure(it);
        let totals = self.differences(to_be, &all, &all);
        let mut cases = Vec::new();
        for (old, case) in self.legend.cases.iter().enumerate() {
            let new = to_be.legend.cases.iter().position(|it| it.name == case.name);
            let Some(new) = new else { continue };
            let before =
                |legend: &Legend, tally: &Tally, it| Counts::case(legend, tally, old).figure(it);
            let after =
                |legend: &Legend, tally: &Tally, it| Counts::case(legend, tally, new).figure(it);
            let differences = self.differences(to_be, &before, &after);
            cases.push(CaseComparison { case: case.name, differences });
        }
        let mut pools = Vec::new();
        for (old, pool) in self.legend.pools.iter().enumerate() {
            let new = to_be.legend.pools.iter().position(|it| it.name == pool.name);
            let Some(new) = new else { continue };
            let before =
                |legend: &Legend, tally: &Tally, it| Counts::pool(legend, tally, old).figure(it);
            let after =
                |legend: &Legend, tally: &Tally, it| Counts::pool(legend, tally, new).figure(it);
            let differences = self.differences(to_be, &before, &after);
            pools.push(PoolComparison { pool: pool.name, differences });
        }
        let mut unstable = self.unstable();
        unstable.extend(to_be.unstable());
        unstable.sort_unstable();
        unstable.dedup();
        let mut comparison = Comparison {
            as_is: self.legend.scenario,
            to_be: to_be.legend.scenario,
            seed: self.seed,
            replications: self.replications.len(),
            confidence: Confidence::NINETY_FIVE.level(),
            figures: 0,
            totals,
            cases,
            pools,
            unstable,
        };
        let legends = self.legend.cases.iter().chain(&to_be.legend.cases);
        let unsettled = legends.filter(|it| it.uses_any(&comparison.unstable));
        comparison.leave_out_waits(&unsettled.map(|it| it.name).collect::<Vec<_>>());
        comparison.be_sure_together();
        Ok(comparison)
    }

    fn check_paired(&self, other: &Self) -> Result<(), Error> {
        let numbers = |it: &Self| it.replications.iter().map(|(it, _)| *it).collect::<Vec<_>>();
        if !(self.is_whole() && other.is_whole()) {
            return Err(Error::incomparable("parts of a run are missing"));
        }
        if self.legend.days() != other.legend.days() {
            let why = "they do not run, and do not count, the same days";
            return Err(Error::incomparable(why));
        }
        if self.seed != other.seed {
            return Err(Error::incomparable("their seeds differ"));
        }
        if numbers(self) != numbers(other) {
            return Err(Error::incomparable("they have other numbers of replications"));
        }
        Ok(())
    }

    /// Pairs every measure that both runs have in the same replications.
    fn differences(&self, to_be: &Self, before: &Figure<'_>, after: &Figure<'_>) -> Differences {
        let pairs = || self.replications.iter().zip(&to_be.replications);
        let difference = |measure: &Measure| {
            let values = pairs().filter_map(|((_, old), (_, new))| {
                Some((before(&self.legend, old, *measure)?, after(&to_be.legend, new, *measure)?))
            });
            let (as_is, to_be): (Vec<f64>, Vec<f64>) = values.unzip();
            let is_there = !as_is.is_empty();
            is_there.then_some(Difference { measure: *measure, as_is, to_be, interval: None })
        };
        Differences(Measure::ALL.iter().filter_map(difference).collect())
    }
}

impl Comparison {
    /// Returns each kind of case that tells more than everything together: a single one repeats the totals.
    pub fn cases_apart(&self) -> impl Iterator<Item = &CaseComparison> {
        self.cases.iter().filter(|it| !it.repeats(&self.totals))
    }

    /// A wait in a queue that never settles is no figure.
    fn leave_out_waits(&mut self, unsettled: &[Id]) {
        let is_figure = |it: &Difference| !it.measure.is_wait();
        if !self.unstable.is_empty() {
            self.totals.0.retain(is_figure);
        }
        let cases = self.cases.iter_mut().filter(|it| unsettled.contains(&it.case));
        cases.for_each(|it| it.differences.0.retain(is_figure));
        let pools = self.pools.iter_mut().filter(|it| self.unstable.contains(&it.pool));
        pools.for_each(|it| it.differences.0.retain(is_figure));
    }

    /// Gives every figure the interval with which all hold together.
    fn be_sure_together(&mut self) {
        let cases = self.cases_apart().map(|it| &it.differences);
        let pools = self.pools.iter().map(|it| &it.differences);
        let told = core::iter::once(&self.totals).chain(cases).chain(pools);
        let figures: usize = told.map(|it| it.0.len()).sum();
        self.figures = u32::try_from(figures).unwrap_or(u32::MAX);
        let each = Confidence::NINETY_FIVE.shared_by(self.figures);
        let cases = self.cases.iter_mut().map(|it| &mut it.differences);
        let pools = self.pools.iter_mut().map(|it| &mut it.differences);
        let all = core::iter::once(&mut self.totals).chain(cases).chain(pools);
        for it in all.flat_map(|it| &mut it.0) {
            it.interval = Interval::of_difference(&it.as_is, &it.to_be, each);
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
