//! Running a model: replications and offices, in any order, on as many cores as there are.

use alloc::vec::Vec;

use crate::simulate::kernel::{self, Tally};
use crate::simulate::model::{Model, OfficeModel};
use crate::simulate::random::Key;
use crate::simulate::summary::{Legend, Part, Summary};

/// Which replications are run, and which share of their offices.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Runs {
    /// The seed of all luck.
    pub seed: u64,
    /// How many replications; each has luck of its own.
    pub replications: u32,
    /// The share of the work that is done here.
    pub part: Part,
}

/// One office in one replication: what can be run alone.
#[derive(Clone, Copy)]
struct Unit<'m> {
    kind: &'m OfficeModel,
    number: u32,
}

/// Runs a model.
///
/// The same model, seed and replications give the same summary, on every
/// platform, for any number of threads, and however the work is parted. `done`
/// is told of every replication that is finished.
#[must_use]
pub fn simulate(model: &Model<'_>, runs: &Runs, done: &(dyn Fn() + Sync)) -> Summary {
    let mut summary = Summary {
        legend: Legend::of(model),
        seed: runs.seed,
        parts: Vec::from([runs.part]),
        replications: Vec::new(),
    };
    extend(model, runs, &mut summary, done);
    summary
}

/// Adds the replications that a run of the same model lacks.
pub(super) fn extend(
    model: &Model<'_>,
    runs: &Runs,
    summary: &mut Summary,
    done: &(dyn Fn() + Sync),
) {
    let replication = |number: u32| {
        let tally = replicate(model, runs, number);
        done();
        (number, tally)
    };
    summary.replications.extend(each(summary.replications()..runs.replications, replication));
}

/// Runs something on so many threads; on all cores where that many cannot be started.
#[cfg(feature = "parallel")]
pub fn on_threads<T: Send>(threads: usize, run: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

#[cfg(feature = "parallel")]
fn each(
    numbers: core::ops::Range<u32>,
    run: impl Fn(u32) -> (u32, Tally) + Sync + Send,
) -> Vec<(u32, Tally)> {
    use rayon::prelude::*;
    numbers.into_par_iter().map(run).collect()
}

#[cfg(not(feature = "parallel"))]
fn each(numbers: core::ops::Range<u32>, run: impl Fn(u32) -> (u32, Tally)) -> Vec<(u32, Tally)> {
    numbers.map(run).collect()
}

/// Runs the offices of one replication that belong to this part.
fn replicate(model: &Model<'_>, runs: &Runs, replication: u32) -> Tally {
    let offices: u64 = model.offices.iter().map(|it| u64::from(it.count)).sum();
    let first = u64::from(replication) * offices;
    let units = model
        .offices
        .iter()
        .flat_map(|kind| (0..kind.count).map(move |number| Unit { kind, number }));
    let mine = (first..).zip(units).filter(|(place, _)| runs.part.holds(*place));
    let units: Vec<Unit<'_>> = mine.map(|(_, unit)| unit).collect();
    let luck = Key::of_seed(runs.seed).number(u64::from(replication));
    all(model, &units, luck)
}

#[cfg(feature = "parallel")]
fn all(model: &Model<'_>, units: &[Unit<'_>], luck: Key) -> Tally {
    use rayon::prelude::*;
    let halves = units.par_iter().fold(
        || Tally::new(model),
        |mut tally, unit| {
            unit.run(model, luck, &mut tally);
            tally
        },
    );
    halves.reduce(
        || Tally::new(model),
        |mut one, other| {
            one.merge(&other);
            one
        },
    )
}

#[cfg(not(feature = "parallel"))]
fn all(model: &Model<'_>, units: &[Unit<'_>], luck: Key) -> Tally {
    let mut tally = Tally::new(model);
    units.iter().for_each(|it| it.run(model, luck, &mut tally));
    tally
}

impl Unit<'_> {
    fn run(&self, model: &Model<'_>, luck: Key, tally: &mut Tally) {
        let luck = luck.name(&self.kind.name).number(u64::from(self.number));
        kernel::run(model, self.kind, luck, tally, &mut ());
    }
}
