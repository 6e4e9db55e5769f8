//! Figures for people: means with intervals, quantiles, shares, costs.
//!
//! Lengths of time are in hours of the clock unless a name says otherwise;
//! money is in đồng. Everything is made from the integers of a summary, so that
//! the same summary gives the same figures.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::figures::{Confidence, Histogram, Interval, Moments};
use super::kernel::{CaseTally, Flow, PoolTally, Tally};
use super::measure::{Counts, Measure, hours, mean, on_time, share};
use super::summary::{CaseLegend, PoolLegend, Summary};
use crate::definition::Channel;
use crate::id::Id;
use crate::quality::Indicator;

/// A figure over replications: its mean, and the interval that holds it with 95 % confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    mean: f64,
    interval: Option<Interval>,
    values: Vec<f64>,
}

impl Estimate {
    /// Makes a figure from one value of each replication; none where no replication has any.
    pub(super) fn of(values: impl Iterator<Item = Option<f64>>) -> Option<Self> {
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
    fn of<'t>(
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

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Report {
    /// The scenario.
    pub scenario: Id,
    /// The seed of its luck.
    pub seed: u64,
    /// How many replications were run.
    pub replications: usize,
    /// Offices of all kinds.
    pub offices: u64,
    /// Hours after the warm-up in which dossiers came in and are counted.
    pub hours: f64,
    /// Days at the start that had better be left out, where none are and the queues settle (MSER-5).
    pub suggested_warm_up_days: Option<f64>,
    /// What is true of everything together.
    pub totals: Totals,
    /// Each kind of case.
    pub cases: Vec<CaseReport>,
    /// Each pool of officers.
    pub pools: Vec<PoolReport>,
}

/// Figures over all cases and pools.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Totals {
    /// Dossiers that came in.
    pub filed: Option<Estimate>,
    /// Dossiers that were closed.
    pub closed: Option<Estimate>,
    /// Hours in a queue, for each visit to a pool; none where a queue grew to the end of the run.
    pub mean_wait: Option<Estimate>,
    /// Hours from filing to the last state.
    pub mean_sojourn: Option<Estimate>,
    /// Hours that nineteen of twenty dossiers do not exceed.
    pub p95_sojourn: Option<Estimate>,
    /// Share of settled dossiers with a due date that were settled by it.
    pub on_time: Option<Estimate>,
    /// Dossiers settled late, for each of which an apology was owed (Decree 61/2018/NĐ-CP, Art. 19(9)).
    pub late: Option<Estimate>,
    /// Trips of an applicant to the office, for each dossier.
    pub trips: Option<Estimate>,
    /// Share of the officers' hours that is spent on dossiers.
    pub utilisation: Option<Estimate>,
    /// What the officers cost, at work or not, in đồng.
    pub office_cost: Option<Estimate>,
    /// What fees and trips cost the applicants, as far as they are priced, in đồng.
    pub citizen_cost: Option<Estimate>,
    /// What the trips of applicants cost them, in đồng.
    pub travel_cost: Option<Estimate>,
    /// What applicants owe in fees, as far as amounts are known, in đồng.
    pub fees: Option<Estimate>,
    /// Settled dossiers whose fees are not known.
    pub unknown_fees: Option<Estimate>,
    /// What the run tells of the index of service quality.
    pub index_766: IndexReport,
    /// Things that happened in the simulation.
    pub events: u64,
}

/// What a run tells of the index of Decision 766/QĐ-TTg, of which [`quality`](crate::quality) has the formulas.
///
/// Papers, payments, results and complaints are not simulated one by one: what
/// hangs on them is listed as not known.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct IndexReport {
    /// Indicator 2.1: settled by the legal due date, papers asked for once at most.
    pub on_time: Option<Estimate>,
    /// Indicator 2.2: hours from filing until the office was done.
    pub mean_time: Option<Estimate>,
    /// Share filed online: at most this is indicator 3.3, which asks for an electronic result too.
    pub online_at_most: Option<Estimate>,
    /// The indicators of single dossiers that a run cannot tell.
    pub unknown: Vec<Indicator>,
}

/// Figures of one kind of case.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct CaseReport {
    /// Its name in the scenario.
    pub case: Id,
    /// Its procedure.
    pub procedure: Id,
    /// The version of the procedure.
    pub version: Id,
    /// Dossiers of all channels.
    pub all: FlowReport,
    /// From filing to the last state, with quantiles.
    pub sojourn: Option<Spread>,
    /// Hours from filing the first dossier of a chain to the last state of this one, where it follows others.
    pub mean_chain: Option<Estimate>,
    /// Dossiers that nobody goes on with.
    pub left: Option<Estimate>,
    /// Trips of an applicant, for each dossier.
    pub visits: Option<Estimate>,
    /// Dossiers by how they were filed.
    pub channels: Vec<ChannelReport>,
    /// Stays in each state; in that in which a dossier ends, of no time.
    pub states: Vec<StateReport>,
    /// Each step that was taken.
    pub steps: Vec<StepReport>,
}

/// Figures of dossiers that came in together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct FlowReport {
    /// Dossiers that came in.
    pub filed: Option<Estimate>,
    /// Dossiers that were closed.
    pub closed: Option<Estimate>,
    /// Hours from filing to the last state.
    pub mean_sojourn: Option<Estimate>,
    /// Hours from filing until the office was done.
    pub mean_settled: Option<Estimate>,
    /// Share that was settled by the due date, of those that have one.
    pub on_time: Option<Estimate>,
    /// Dossiers settled late, for each of which an apology was owed (Decree 61/2018/NĐ-CP, Art. 19(9)).
    pub late: Option<Estimate>,
    /// Hours after the due date, of those that were late.
    pub lateness: Option<Estimate>,
    /// Trips of an applicant to the office, for each dossier.
    pub trips: Option<Estimate>,
    /// Hours that an applicant waits and is served at the office, for each trip to officers.
    pub at_office: Option<Estimate>,
    /// What applicants owe in fees, for each dossier that was settled and whose fees are known, in đồng.
    pub fees: Option<Estimate>,
    /// Settled dossiers whose fees are not known.
    pub unknown_fees: Option<Estimate>,
}

/// Figures of one channel.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct ChannelReport {
    /// The channel.
    pub channel: Box<str>,
    /// Its dossiers.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub flow: FlowReport,
}

/// Figures of one state.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StateReport {
    /// The state.
    pub state: Id,
    /// Stays, for each dossier that came in.
    pub stays: Option<Estimate>,
    /// Hours of one stay.
    pub mean_stay: Option<Estimate>,
}

/// Figures of one step.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StepReport {
    /// The step.
    pub step: Id,
    /// Who takes it.
    pub role: Id,
    /// The pool whose officers do it.
    pub pool: Option<Id>,
    /// How often it is taken, for each dossier that came in.
    pub times: Option<Estimate>,
    /// Dossiers that took it more than once.
    pub repeated: Option<Estimate>,
    /// Hours from when it could begin until it began.
    pub mean_wait: Option<Estimate>,
    /// Hours from then until it was done; of officers, working hours.
    pub mean_work: Option<Estimate>,
}

/// Figures of one pool.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct PoolReport {
    /// The pool.
    pub pool: Id,
    /// Officers in one office.
    pub officers: u16,
    /// Offices that have it.
    pub offices: u32,
    /// True when its queue grew to the end of the run: then no mean wait is a figure of it.
    pub unstable: bool,
    /// Share of the officers' hours that is spent on dossiers.
    pub utilisation: Option<Estimate>,
    /// Hours in its queue.
    pub wait: Option<Spread>,
    /// Hours in its queue while it works.
    pub mean_working_wait: Option<Estimate>,
    /// Dossiers in the queue of one office, on average over time.
    pub mean_queue: Option<Estimate>,
    /// The longest queue that any office had.
    pub longest_queue: u64,
    /// What its officers cost, in đồng, at work or not.
    pub cost: Option<Estimate>,
}

impl Summary {
    /// Makes the figures.
    #[must_use]
    pub fn report(&self) -> Report {
        let legend = &self.legend;
        Report {
            scenario: legend.scenario,
            seed: self.seed,
            replications: self.replications.len(),
            offices: legend.offices,
            hours: hours(legend.seconds()),
            suggested_warm_up_days: self.suggested_warm_up(),
            totals: self.totals(),
            cases: legend.cases.iter().enumerate().map(|(at, it)| self.case(at, it)).collect(),
            pools: legend.pools.iter().enumerate().map(|(at, it)| self.pool(at, it)).collect(),
        }
    }

    /// Makes a figure of something that each replication has.
    fn estimate(&self, of: impl Fn(&Tally) -> Option<f64>) -> Option<Estimate> {
        Estimate::of(self.replications.iter().map(|(_, it)| of(it)))
    }

    /// Makes a figure of a headline measure of everything together.
    #[must_use]
    pub fn estimate_of(&self, measure: Measure) -> Option<Estimate> {
        self.estimate(|it| Counts::all(&self.legend, it).figure(measure))
    }

    fn totals(&self) -> Totals {
        let flow = |tally: &Tally| Counts::all(&self.legend, tally).flow();
        let travel =
            |tally: &Tally| Counts::all(&self.legend, tally).travel_cost().map(|it| it as f64);
        let fees = |tally: &Tally| Some(Counts::all(&self.legend, tally).fees() as f64);
        Totals {
            filed: self.estimate(|it| Some(flow(it).filed as f64)),
            closed: self.estimate(|it| Some(flow(it).whole.count() as f64)),
            mean_wait: self.estimate_of(Measure::MeanWait).filter(|_| self.unstable().is_empty()),
            mean_sojourn: self.estimate_of(Measure::MeanSojourn),
            p95_sojourn: self.estimate_of(Measure::P95Sojourn),
            on_time: self.estimate_of(Measure::OnTime),
            late: self.estimate_of(Measure::Late),
            trips: self.estimate_of(Measure::Trips),
            utilisation: self.estimate_of(Measure::Utilisation),
            office_cost: self.estimate_of(Measure::OfficeCost),
            citizen_cost: self.estimate_of(Measure::CitizenCost),
            travel_cost: self.estimate(travel),
            fees: self.estimate(fees),
            unknown_fees: self.estimate(|it| Some(flow(it).unknown_fees as f64)),
            index_766: self.index(),
            events: self.replications.iter().map(|(_, it)| it.events).sum(),
        }
    }

    fn index(&self) -> IndexReport {
        let flow = |tally: &Tally| Counts::all(&self.legend, tally).flow();
        let online = |tally: &Tally| {
            let cases = self.legend.cases.iter().zip(&tally.cases);
            let flows = cases.flat_map(|(it, tally)| it.channels.iter().zip(&tally.channels));
            let filed = flows.filter(|(it, _)| ***it == *Channel::Online.as_str());
            share(filed.map(|(_, it)| it.filed).sum(), flow(tally).filed)
        };
        let in_time = |it: &Flow| share(it.on_time - it.asked_again, it.on_time + it.late.count());
        let told = [Indicator::OnTime, Indicator::MeanTime];
        IndexReport {
            on_time: self.estimate(|it| in_time(&flow(it))),
            mean_time: self.estimate(|it| mean(&flow(it).settled)),
            online_at_most: self.estimate(online),
            unknown: Indicator::ALL.iter().copied().filter(|it| !told.contains(it)).collect(),
        }
    }

    fn case(&self, at: usize, legend: &CaseLegend) -> CaseReport {
        let of = |tally: &Tally, figure: &dyn Fn(&CaseTally) -> Option<f64>| {
            tally.cases.get(at).and_then(figure)
        };
        let each = || self.replications.iter().filter_map(move |(_, it)| it.cases.get(at));
        let per_dossier = |it: &CaseTally, count: u64| share(count, it.all().filed);
        let state = |(place, name): (usize, &Id)| StateReport {
            state: *name,
            stays: self.estimate(|it| of(it, &|it| per_dossier(it, it.states.get(place)?.count()))),
            mean_stay: self.estimate(|it| of(it, &|it| mean(it.states.get(place)?))),
        };
        let step = |(place, it): (usize, &super::summary::StepLegend)| StepReport {
            step: it.name,
            role: it.role,
            pool: it.pool,
            times: self
                .estimate(|it| of(it, &|it| per_dossier(it, it.steps.get(place)?.work.count()))),
            repeated: self.estimate(|it| of(it, &|it| Some(it.steps.get(place)?.repeated as f64))),
            mean_wait: self.estimate(|it| of(it, &|it| mean(&it.steps.get(place)?.wait))),
            mean_work: self.estimate(|it| of(it, &|it| mean(&it.steps.get(place)?.work))),
        };
        let channel = |(place, name): (usize, &str)| ChannelReport {
            channel: name.into(),
            flow: self.flow(|it| it.cases.get(at)?.channels.get(place).cloned()),
        };
        CaseReport {
            case: legend.name,
            procedure: legend.procedure,
            version: legend.version,
            all: self.flow(|it| it.cases.get(at).map(CaseTally::all)),
            sojourn: Spread::of(each().map(|it| it.all().whole), each().map(|it| &it.whole)),
            mean_chain: self.estimate(|it| of(it, &|it| mean(&it.chain))),
            left: self.estimate(|it| of(it, &|it| Some(it.left as f64))),
            visits: self.estimate(|it| of(it, &|it| per_dossier(it, it.all().visits))),
            channels: legend.channels.iter().map(|it| &**it).enumerate().map(channel).collect(),
            states: legend.states.iter().enumerate().map(state).collect(),
            steps: legend.steps.iter().enumerate().map(step).collect(),
        }
    }

    fn flow(&self, of: impl Fn(&Tally) -> Option<Flow>) -> FlowReport {
        let figure = |figure: &dyn Fn(&Flow) -> Option<f64>| {
            self.estimate(|it| of(it).as_ref().and_then(figure))
        };
        FlowReport {
            filed: figure(&|it| Some(it.filed as f64)),
            closed: figure(&|it| Some(it.whole.count() as f64)),
            mean_sojourn: figure(&|it| mean(&it.whole)),
            mean_settled: figure(&|it| mean(&it.settled)),
            on_time: figure(&on_time),
            late: figure(&|it| Some(it.late.count() as f64)),
            lateness: figure(&|it| mean(&it.late)),
            trips: figure(&|it| share(it.visits, it.filed)),
            at_office: figure(&|it| mean(&it.attended)),
            fees: figure(&|it| {
                let known = it.settled.count() - it.unknown_fees;
                (known > 0).then(|| it.fees as f64 / known as f64)
            }),
            unknown_fees: figure(&|it| Some(it.unknown_fees as f64)),
        }
    }

    fn pool(&self, at: usize, legend: &PoolLegend) -> PoolReport {
        let figure = |of: &dyn Fn(&PoolTally) -> Option<f64>| {
            self.estimate(|it| it.pools.get(at).and_then(of))
        };
        let measure =
            |measure| self.estimate(|it| Counts::pool(&self.legend, it, at).figure(measure));
        let each = || self.replications.iter().filter_map(move |(_, it)| it.pools.get(at));
        let unstable = self.is_unstable(at);
        let span = self.legend.seconds() as f64 * f64::from(legend.offices);
        PoolReport {
            pool: legend.name,
            officers: legend.officers,
            offices: legend.offices,
            unstable,
            utilisation: measure(Measure::Utilisation),
            wait: Spread::of(each().map(|it| it.wait), each().map(|it| &it.waits))
                .filter(|_| !unstable),
            mean_working_wait: figure(&|it| mean(&it.working_wait)).filter(|_| !unstable),
            mean_queue: figure(&|it| (span > 0.0).then(|| it.wait.sum() as f64 / span)),
            longest_queue: each().map(|it| it.longest).max().unwrap_or(0),
            cost: measure(Measure::OfficeCost),
        }
    }
}
