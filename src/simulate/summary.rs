//! What a run leaves: integers for each replication, with the names of what was counted.
//!
//! Summaries of parts of a run merge to that of the whole, whatever machine
//! made them and in whatever order they come.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::figures::Histogram;
use super::kernel::Tally;
use super::model::{Model, Performer};
use crate::error::Error;
use crate::id::{Fingerprint, Id};
use crate::money::Dong;

/// A share of the work of a run: one of so many parts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Part {
    number: u32,
    of: u32,
}

impl Part {
    /// All of it.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Creates a part; none unless the number is from 1 to the count.
    #[must_use]
    pub const fn new(number: u32, of: u32) -> Option<Self> {
        if number == 0 || number > of { None } else { Some(Self { number, of }) }
    }

    pub(super) const fn holds(self, unit: u64) -> bool {
        unit % self.of as u64 == self.number as u64 - 1
    }
}

/// The counts of a run, or of a part of one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Summary {
    pub(super) legend: Legend,
    pub(super) seed: u64,
    // INVARIANT: sorted; all of the same count.
    pub(super) parts: Vec<Part>,
    // INVARIANT: sorted by number.
    pub(super) replications: Vec<(u32, Tally)>,
}

/// What the counts are counts of.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(super) struct Legend {
    pub(super) scenario: Id,
    // The scenario, its procedures, the calendar and the tariff.
    pub(super) fingerprints: Vec<Fingerprint>,
    // The first second, that from which dossiers are counted, and that from which none comes in.
    pub(super) from: i64,
    pub(super) counted: i64,
    pub(super) until: i64,
    pub(super) offices: u64,
    pub(super) visit_cost: Option<Dong>,
    pub(super) cases: Vec<CaseLegend>,
    pub(super) pools: Vec<PoolLegend>,
}

/// Names of one kind of case.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(super) struct CaseLegend {
    pub(super) name: Id,
    pub(super) procedure: Id,
    pub(super) version: Id,
    pub(super) channels: Vec<Box<str>>,
    pub(super) states: Vec<Id>,
    pub(super) steps: Vec<StepLegend>,
}

/// A step, and the pool that does it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(super) struct StepLegend {
    pub(super) name: Id,
    pub(super) role: Id,
    pub(super) pool: Option<Id>,
}

/// A pool.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub(super) struct PoolLegend {
    pub(super) name: Id,
    pub(super) officers: u16,
    pub(super) offices: u32,
    pub(super) hourly_cost: Option<Dong>,
    /// Working seconds of its officers in the last tenth of the run, those who are away left out.
    pub(super) last_tenth: i64,
}

impl Legend {
    pub(super) fn of(model: &Model<'_>) -> Self {
        let mut fingerprints = Vec::from([model.fingerprint, model.calendar.fingerprint()]);
        fingerprints.extend(model.cases.iter().map(|it| *it.cx.procedure().fingerprint()));
        fingerprints.extend(model.cases.iter().filter_map(|it| it.cx.tariff_fingerprint()));
        Self {
            scenario: model.id,
            fingerprints,
            from: model.from,
            counted: model.counted,
            until: model.until,
            offices: model.offices.iter().map(|it| u64::from(it.count)).sum(),
            visit_cost: model.visit_cost,
            cases: model.cases.iter().map(|it| CaseLegend::of(it, model)).collect(),
            pools: model
                .pools
                .iter()
                .enumerate()
                .map(|(place, it)| {
                    let office = model.offices.iter().find(|it| it.pools.contains(&place));
                    PoolLegend {
                        name: it.name,
                        officers: it.officers,
                        offices: office.map_or(0, |it| it.count),
                        hourly_cost: it.hourly_cost,
                        last_tenth: it
                            .working(model.until - (model.until - model.from) / 10, model.until),
                    }
                })
                .collect(),
        }
    }
}

impl Legend {
    /// Returns the seconds in which dossiers come in and are counted.
    pub(super) const fn seconds(&self) -> i64 {
        self.until - self.counted
    }

    /// Returns what bounds the run.
    pub(super) const fn days(&self) -> (i64, i64, i64) {
        (self.from, self.counted, self.until)
    }
}

impl CaseLegend {
    fn of(case: &super::model::CaseModel<'_>, model: &Model<'_>) -> Self {
        let procedure = case.cx.procedure();
        let steps = case.steps.iter().map(|it| StepLegend {
            name: it.name,
            role: it.role,
            pool: match &it.performer {
                Performer::Pool(pool, _) => model.pools.get(*pool).map(|it| it.name),
                Performer::Outside(..) => None,
            },
        });
        Self {
            name: case.name,
            procedure: *procedure.id(),
            version: *procedure.version(),
            channels: case.channels.iter().map(|(it, _)| it.as_str().into()).collect(),
            states: case.states.iter().map(|it| it.name).collect(),
            steps: steps.collect(),
        }
    }
}

impl CaseLegend {
    /// Returns true when officers of one of these pools take a step of it.
    pub(super) fn uses_any(&self, pools: &[Id]) -> bool {
        self.steps.iter().filter_map(|it| it.pool).any(|it| pools.contains(&it))
    }
}

impl Summary {
    /// Returns true when every part of the run is in it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.first().is_some_and(|it| self.parts.len() == it.of as usize)
    }

    /// Returns true when it is of a run of this model: of the same scenario, procedures, calendar and tariff.
    #[must_use]
    pub fn is_of(&self, model: &Model<'_>) -> bool {
        self.legend == Legend::of(model)
    }

    /// Adds another part of the same run.
    ///
    /// # Errors
    ///
    /// When it is of another scenario, procedure, calendar, tariff, seed or
    /// number of parts or replications, or when it was added before.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        let same_run = self.legend == other.legend
            && self.seed == other.seed
            && self.replications.len() == other.replications.len()
            && self.parts.first().map(|it| it.of) == other.parts.first().map(|it| it.of);
        if !same_run {
            return Err(Error::other_run());
        }
        if let Some(twice) = other.parts.iter().find(|it| self.parts.contains(it)) {
            return Err(Error::part_twice(twice.number, twice.of));
        }
        for ((_, tally), (_, other)) in self.replications.iter_mut().zip(&other.replications) {
            tally.merge(other);
        }
        self.parts.extend_from_slice(&other.parts);
        self.parts.sort_unstable();
        if self.is_whole() {
            self.parts = Vec::from([Part::WHOLE]);
        }
        Ok(())
    }

    /// Returns how many replications were run.
    #[must_use]
    pub fn replications(&self) -> u32 {
        u32::try_from(self.replications.len()).unwrap_or(u32::MAX)
    }

    /// Returns how long the dossiers of one kind took from filing to the last state, over all replications.
    #[must_use]
    pub fn sojourns(&self, case: &Id) -> Histogram {
        let mut all = Histogram::default();
        if let Some(at) = self.legend.cases.iter().position(|it| it.name == *case) {
            let tallies = self.replications.iter().filter_map(|(_, it)| it.cases.get(at));
            tallies.for_each(|it| all.merge(&it.whole));
        }
        all
    }

    /// Returns how long the dossiers of one kind took from filing to the last state, replication by replication.
    pub fn each_sojourns(&self, case: &Id) -> impl Iterator<Item = &Histogram> {
        let place = self.legend.cases.iter().position(|it| it.name == *case);
        let each = self.replications.iter().map(|(_, it)| it);
        each.filter_map(move |it| it.cases.get(place?)).map(|it| &it.whole)
    }

    /// Returns the seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}
