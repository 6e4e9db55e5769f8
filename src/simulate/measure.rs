//! The headline measures of a run: one definition for reports and for comparisons.
#![expect(clippy::float_arithmetic, reason = "figures of a report are means, not money")]

use alloc::vec::Vec;

use super::figures::{Histogram, Moments};
use super::kernel::{CaseTally, Flow, PoolTally, StepTally, Tally};
use super::summary::{CaseLegend, Legend, PoolLegend};
use crate::text::words;

/// Seconds of an hour.
const HOUR: f64 = 3600.0;

words! {
    /// What a run is measured by.
    pub enum Measure as "a measure of a run, such as `mean-sojourn`" {
        /// Hours from filing to the last state.
        MeanSojourn = "mean-sojourn" ("thời gian toàn trình, giờ", "from filing to the end, hours"),
        /// Hours that nineteen of twenty dossiers do not exceed.
        P95Sojourn = "p95-sojourn" ("thời gian toàn trình p95, giờ", "from filing to the end p95, hours"),
        /// Hours from filing the first dossier of a chain to the last state of the one that follows.
        MeanChain = "mean-chain" ("từ hồ sơ đầu của chuỗi, giờ", "from the first filing of the chain, hours"),
        /// Hours in the queues of officers, for each dossier that came in.
        WaitPerDossier = "wait-per-dossier" ("chờ cán bộ mỗi hồ sơ, giờ", "wait for officers per dossier, hours"),
        /// Hours in a queue, for each piece of work of officers.
        MeanWait = "mean-wait" ("chờ cán bộ mỗi lượt việc, giờ", "wait for officers per piece of work, hours"),
        /// Share of settled dossiers with a due date that were settled by it.
        OnTime = "on-time" ("tỷ lệ đúng hạn", "share on time"),
        /// Dossiers settled late, for each of which an apology was owed (Decree 61/2018/NĐ-CP, Art. 19(9)).
        Late = "late" ("hồ sơ quá hạn (phải xin lỗi)", "late dossiers (an apology is owed)"),
        /// Trips of an applicant to the office, for each dossier.
        Trips = "trips" ("số lần đi lại mỗi hồ sơ", "trips per dossier"),
        /// Share of the officers' hours that is spent on dossiers.
        Utilisation = "utilisation" ("mức bận của cán bộ", "officers busy"),
        /// What the officers cost, at work or not, in đồng.
        OfficeCost = "office-cost" ("chi phí của cơ quan, đồng", "cost to the office, đồng"),
        /// What fees and trips cost the applicants, as far as they are priced, in đồng.
        CitizenCost = "citizen-cost" ("chi phí của người dân, đồng", "cost to citizens, đồng"),
    }
}

/// Which way a measure should go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wish {
    /// The less, the better.
    Less,
    /// The more, the better.
    More,
    /// Neither: officers who are busy may serve well or badly, and a design that drops work of
    /// short waits has a longer mean wait of what is left.
    Neither,
}

impl Measure {
    /// Returns which way it should go.
    #[must_use]
    pub const fn wish(self) -> Wish {
        match self {
            Self::OnTime => Wish::More,
            Self::Utilisation | Self::MeanWait => Wish::Neither,
            _ => Wish::Less,
        }
    }

    /// Returns true for a wait in queues, which is no figure where one of them never settles.
    pub(super) const fn is_wait(self) -> bool {
        matches!(self, Self::WaitPerDossier | Self::MeanWait)
    }

    /// Returns true for a share of all, which people read in per cent.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self, Self::OnTime | Self::Utilisation)
    }

    /// Returns true for an amount of money.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::OfficeCost | Self::CitizenCost)
    }
}

/// What was counted in one replication of something: of all, of one kind of case, of one pool.
pub(super) struct Counts<'s> {
    legend: &'s Legend,
    cases: Vec<(&'s CaseLegend, &'s CaseTally)>,
    pools: Vec<(&'s PoolLegend, &'s PoolTally)>,
}

impl<'s> Counts<'s> {
    /// Takes everything together.
    pub(super) fn all(legend: &'s Legend, tally: &'s Tally) -> Self {
        let cases = legend.cases.iter().zip(&tally.cases).collect();
        Self { legend, cases, pools: legend.pools.iter().zip(&tally.pools).collect() }
    }

    /// Takes one kind of case.
    pub(super) fn case(legend: &'s Legend, tally: &'s Tally, at: usize) -> Self {
        let case = legend.cases.get(at).zip(tally.cases.get(at));
        Self { legend, cases: case.into_iter().collect(), pools: Vec::new() }
    }

    /// Takes one pool of officers.
    pub(super) fn pool(legend: &'s Legend, tally: &'s Tally, at: usize) -> Self {
        let pool = legend.pools.get(at).zip(tally.pools.get(at));
        Self { legend, cases: Vec::new(), pools: pool.into_iter().collect() }
    }

    /// Returns a measure; none where nothing was counted that it is about.
    pub(super) fn figure(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::MeanSojourn => mean(&self.flow().whole),
            Measure::P95Sojourn => self.lengths().quantile(0.95).map(hours),
            Measure::MeanChain => self.chain(),
            Measure::WaitPerDossier => self.wait_per_dossier(),
            Measure::MeanWait => mean(&self.wait()),
            Measure::OnTime => on_time(&self.flow()),
            Measure::Late => self.has_due_dates().then(|| self.flow().late.count() as f64),
            Measure::Trips => share(self.visits(), self.flow().filed),
            Measure::Utilisation => self.utilisation(),
            Measure::OfficeCost => self.office_cost(),
            Measure::CitizenCost => self.citizen_cost(),
        }
    }

    /// Returns the dossiers of all channels.
    pub(super) fn flow(&self) -> Flow {
        let mut all = Flow::default();
        self.cases.iter().for_each(|(_, it)| all.merge(&it.all()));
        all
    }

    fn lengths(&self) -> Histogram {
        let mut all = Histogram::default();
        self.cases.iter().for_each(|(_, it)| all.merge(&it.whole));
        all
    }

    /// Returns the hours of a chain up to one kind of case; several kinds together have none.
    fn chain(&self) -> Option<f64> {
        match self.cases.as_slice() {
            [(_, case)] => mean(&case.chain),
            _ => None,
        }
    }

    /// Returns the waits for officers: of the pools, else of the steps that officers take.
    fn wait(&self) -> Moments {
        let mut all = Moments::default();
        self.pools.iter().for_each(|(_, it)| all.merge(&it.wait));
        if self.pools.is_empty() {
            self.served().for_each(|it| all.merge(&it.wait));
        }
        all
    }

    /// Returns the steps that officers take.
    fn served(&self) -> impl Iterator<Item = &StepTally> {
        let steps = self.cases.iter().flat_map(|(it, tally)| it.steps.iter().zip(&tally.steps));
        steps.filter(|(it, _)| it.pool.is_some()).map(|(_, it)| it)
    }

    /// Returns the hours that a dossier waits for officers in all; none where no officer takes a step.
    fn wait_per_dossier(&self) -> Option<f64> {
        let (filed, is_served) = (self.flow().filed, self.served().next().is_some());
        let waited: i128 = self.served().map(|it| it.wait.sum()).sum();
        (is_served && filed > 0).then(|| waited as f64 / HOUR / filed as f64)
    }

    fn has_due_dates(&self) -> bool {
        let flow = self.flow();
        flow.on_time + flow.late.count() > 0
    }

    fn visits(&self) -> u64 {
        self.flow().visits
    }

    fn utilisation(&self) -> Option<f64> {
        let present: i128 = self.pools.iter().map(|(_, it)| it.present).sum();
        let busy: i128 = self.pools.iter().map(|(_, it)| it.busy).sum();
        (present > 0).then(|| busy as f64 / present as f64)
    }

    fn office_cost(&self) -> Option<f64> {
        let costs = self.pools.iter().filter_map(|(it, tally)| {
            Some(tally.open.saturating_mul(i128::from(it.hourly_cost?.get())))
        });
        let is_priced = self.pools.iter().any(|(it, _)| it.hourly_cost.is_some());
        is_priced.then(|| costs.sum::<i128>() as f64 / HOUR)
    }

    /// Returns what the trips cost, where a trip has a price.
    pub(super) fn travel_cost(&self) -> Option<i128> {
        let price = self.legend.visit_cost.filter(|_| !self.cases.is_empty())?;
        Some(i128::from(self.visits()) * i128::from(price.get()))
    }

    /// Returns what applicants owe in fees, as far as their amounts are known.
    pub(super) fn fees(&self) -> i128 {
        self.flow().fees
    }

    fn citizen_cost(&self) -> Option<f64> {
        let (travel, fees) = (self.travel_cost(), self.fees());
        (travel.is_some() || fees != 0).then(|| (travel.unwrap_or(0) + fees) as f64)
    }
}

/// Returns seconds in hours.
pub(super) fn hours(seconds: i64) -> f64 {
    seconds as f64 / HOUR
}

/// Returns a mean in hours.
pub(super) fn mean(moments: &Moments) -> Option<f64> {
    moments.mean().map(|it| it / HOUR)
}

/// Returns a part of all; none of nothing.
pub(super) fn share(part: u64, all: u64) -> Option<f64> {
    (all > 0).then(|| part as f64 / all as f64)
}

/// Returns the share of those with a due date that were settled by it.
pub(super) fn on_time(flow: &Flow) -> Option<f64> {
    share(flow.on_time, flow.on_time + flow.late.count())
}
