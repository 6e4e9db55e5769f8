//! From the integers of a summary to figures.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use super::{
    CaseReport, ChannelReport, Estimate, FlowReport, IndexReport, PoolReport, Report, Spread,
    StateReport, StepReport, Totals,
};
use crate::definition::Channel;
use crate::id::Id;
use crate::quality::Indicator;
use crate::simulate::kernel::{CaseTally, Flow, PoolTally, Tally};
use crate::simulate::measure::{Counts, Measure, hours, mean, on_time, share};
use crate::simulate::summary::{CaseLegend, PoolLegend, StepLegend, Summary};

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
        let sum = |tally: &Tally, of: fn(&CaseTally) -> u64| {
            Some(tally.cases.iter().map(of).sum::<u64>() as f64)
        };
        let settles = self.unstable().is_empty();
        let fees = |tally: &Tally| Some(Counts::all(&self.legend, tally).fees() as f64);
        Totals {
            filed: self.estimate(|it| Some(flow(it).filed as f64)),
            closed: self.estimate(|it| Some(flow(it).whole.count() as f64)),
            left: self.estimate(|it| sum(it, |it| it.left)),
            open: self.estimate(|it| sum(it, CaseTally::open)),
            wait_per_dossier: self.estimate_of(Measure::WaitPerDossier).filter(|_| settles),
            mean_wait: self.estimate_of(Measure::MeanWait).filter(|_| settles),
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
        let told = [Indicator::OnTime, Indicator::MeanTime, Indicator::Online];
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
        let step = |(place, it): (usize, &StepLegend)| StepReport {
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
            wait_per_dossier: self
                .estimate(|it| Counts::case(&self.legend, it, at).figure(Measure::WaitPerDossier))
                .filter(|_| !legend.uses_any(&self.unstable())),
            mean_chain: self.estimate(|it| of(it, &|it| mean(&it.chain))),
            left: self.estimate(|it| of(it, &|it| Some(it.left as f64))),
            open: self.estimate(|it| of(it, &|it| Some(it.open() as f64))),
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
