//! Whether the officers have hours for the work: told before anything runs.
//!
//! Some thousand dossiers are walked through their steps without waiting, with
//! the same luck as in the run; what they ask of each pool is compared with
//! the hours that it works.
#![expect(clippy::float_arithmetic, reason = "loads are estimated, and are no money")]

use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

use super::step::Performer;
use super::{Arrivals, CaseModel, Model};
use crate::diagnostic::Diagnostic;
use crate::simulate::kernel::Walk;
use crate::simulate::random::Key;
use crate::simulate::scenario::Scenario;

/// How many dossiers of each kind are walked.
const WALKS: u64 = 4_000;

/// From this share of its hours on, a pool cannot keep up for certain.
const TOO_MUCH: f64 = 1.02;

/// Reports every pool that is asked for more hours than it has.
pub(super) fn overloads(scenario: &Scenario, model: &Model<'_>, found: &mut Vec<Diagnostic>) {
    for (place, load) in model.loads().into_iter().enumerate() {
        let Some(pool) = model.pools.get(place).filter(|_| load > TOO_MUCH) else { continue };
        let mut pools = scenario.draft.pool.iter();
        let span =
            pools.find(|(it, _)| it.value == pool.name).map_or(scenario.span(), |it| it.0.span);
        let message = format!(
            "pool `{}` is asked for {:.0} % of the hours that it works: its queue grows without end",
            pool.name,
            load * 100.0
        );
        let more = libm::ceil(load * f64::from(pool.officers) / 0.95) as u64;
        let diagnostic = Diagnostic::error("unstable-pool", span, message);
        found.push(
            diagnostic
                .help(format!("about {more} officers would keep up; there are {}", pool.officers)),
        );
    }
}

impl Model<'_> {
    /// Returns the share of its hours that each pool is asked for, on average over the run.
    #[must_use]
    pub(crate) fn loads(&self) -> Vec<f64> {
        let mut asked = vec![0.0; self.pools.len()];
        for case in &self.cases {
            for (pool, seconds) in self.work_of(case).into_iter().enumerate() {
                if let Some(sum) = asked.get_mut(pool) {
                    *sum += seconds * self.expected(case);
                }
            }
        }
        let offered = self.pools.iter().map(|it| {
            let hours = it.roster.position(self.until) - it.roster.position(self.from);
            hours as f64 * f64::from(it.officers) * (1.0 - it.absence)
        });
        asked.into_iter().zip(offered).map(|(asked, offered)| asked / offered.max(1.0)).collect()
    }

    /// Returns how many dossiers of a case are expected; one that follows others, as many as those.
    fn expected(&self, case: &CaseModel<'_>) -> f64 {
        match &case.arrivals {
            Arrivals::After { of, .. } => {
                self.cases.iter().find(|it| it.name == *of).map_or(0.0, |it| self.expected(it))
            }
            own => own.expected(),
        }
    }

    /// Returns the mean seconds of work that one dossier asks of each pool.
    fn work_of(&self, case: &CaseModel<'_>) -> Vec<f64> {
        let mut work = vec![0.0; self.pools.len()];
        for number in 0..WALKS {
            let mut walk = Walk::begin(case, Key::of_seed(self.seed).number(number));
            while let Some(step) = walk.next(case) {
                if let Performer::Pool(pool, length) = &step.performer
                    && let Some(sum) = work.get_mut(*pool)
                {
                    *sum += length.mean() / f64::from(step.batch.max(1));
                }
            }
        }
        work.iter().map(|it| it / WALKS as f64).collect()
    }
}
