//! How many officers are enough: the fewest in each pool that keep a wished share on time.
//!
//! Every trial has the same luck, so that a dossier that one more officer helps
//! is the same dossier. Absent are rosters, and pools that could do each other's work.
#![expect(clippy::float_arithmetic, reason = "loads and shares on time are no money")]

use alloc::vec::Vec;

use super::figures::Interval;
use super::measure::Measure;
use super::model::Model;
use super::precision::share;
use super::report::Estimate;
use super::run::{Runs, simulate};
use crate::error::Error;
use crate::id::Id;
use crate::money::Ratio;

/// What a search for officers came to.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Staffing {
    /// The share on time that was wished for.
    pub wished: f64,
    /// True when so many officers keep it; false when not even plenty would.
    pub reached: bool,
    /// Each pool.
    pub pools: Vec<PoolStaffing>,
    /// What was tried, in order.
    pub trials: Vec<Trial>,
}

/// Officers of one pool, in one office.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct PoolStaffing {
    /// The pool.
    pub pool: Id,
    /// The roles whose work it does.
    pub roles: Vec<Id>,
    /// How many the scenario has.
    pub given: u16,
    /// The fewest that have hours for all the work.
    pub least: u16,
    /// How many are enough; none where the wish cannot be met.
    pub enough: Option<u16>,
}

/// One number of officers for each pool, and the share on time that it keeps.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Trial {
    /// Officers of each pool, in the order of the pools.
    pub officers: Vec<u16>,
    /// The share on time.
    pub on_time: Estimate,
    /// True when its interval lies at or above the wished share.
    pub holds: bool,
}

/// A search while it goes on.
struct Search<'s, 'c> {
    model: &'s mut Model<'c>,
    runs: Runs,
    wished: f64,
    trials: Vec<Trial>,
    done: &'s (dyn Fn() + Sync),
}

/// Searches the fewest officers of each pool that keep a share on time.
///
/// A number holds when the lower end of the 95 % interval of the share on time
/// is at or above the wish. The search begins with the fewest officers that
/// have hours for the work in each pool, and with plenty in all of them: where
/// plenty does not hold, nothing does. Each pool is then lowered by halving
/// while the others have plenty, which is the least that it can have; from
/// there the pool that helps most gets one more until the wish holds, and at
/// last each pool gives up officers for as long as it still does. `done` is
/// told of every trial.
///
/// # Errors
///
/// When no dossier has a due date.
pub fn staff(
    model: &mut Model<'_>,
    runs: &Runs,
    wished: Ratio,
    done: &(dyn Fn() + Sync),
) -> Result<Staffing, Error> {
    let given: Vec<u16> = model.pools.iter().map(|it| it.officers).collect();
    let least = least(model, &given);
    let mut search = Search { model, runs: *runs, wished: share(wished), trials: Vec::new(), done };
    let found = search.go(&least);
    let trials = core::mem::take(&mut search.trials);
    for (pool, officers) in model.pools.iter_mut().zip(&given) {
        pool.officers = *officers;
    }
    let enough = found?;
    let pools = model.pools.iter().enumerate().map(|(at, it)| PoolStaffing {
        pool: it.name,
        roles: it.roles.clone(),
        given: it.officers,
        least: least.get(at).copied().unwrap_or(1),
        enough: enough.as_ref().and_then(|it| it.get(at)).copied(),
    });
    let pools = pools.collect();
    Ok(Staffing { wished: share(wished), reached: enough.is_some(), pools, trials })
}

/// Returns the fewest officers of each pool whose hours are more than the work.
fn least(model: &Model<'_>, given: &[u16]) -> Vec<u16> {
    let loads = model.loads().into_iter().zip(given);
    loads.map(|(load, officers)| (load * f64::from(*officers)) as u16).map(more).collect()
}

const fn more(officers: u16) -> u16 {
    officers.saturating_add(1)
}

/// Returns more officers than queues need: with a multiple of the root of the load nobody waits.
fn plenty(least: u16) -> u16 {
    least.saturating_add(10 + 4 * libm::ceil(libm::sqrt(f64::from(least))) as u16)
}

impl Search<'_, '_> {
    fn go(&mut self, least: &[u16]) -> Result<Option<Vec<u16>>, Error> {
        let full: Vec<u16> = least.iter().copied().map(plenty).collect();
        if !self.holds(&full)? {
            return Ok(None);
        }
        let mut alone = Vec::new();
        for at in 0..least.len() {
            alone.push(self.alone(least, &full, at)?);
        }
        let mut officers = alone.clone();
        while !self.holds(&officers)? {
            officers = self.raised(&officers, &full)?;
        }
        self.lower(&mut officers, &alone)?;
        Ok(Some(officers))
    }

    /// Returns the fewest officers of one pool while the others have plenty.
    fn alone(&mut self, least: &[u16], full: &[u16], at: usize) -> Result<u16, Error> {
        let (Some(&low), Some(&high)) = (least.get(at), full.get(at)) else { return Ok(1) };
        let (mut low, mut high) = (low, high);
        while low < high {
            let middle = low + (high - low) / 2;
            let tried = with(full, at, middle);
            if self.holds(&tried)? {
                high = middle;
            } else {
                low = more(middle);
            }
        }
        Ok(low)
    }

    /// Gives one more officer to the pool that helps most; the first of several alike.
    fn raised(&mut self, officers: &[u16], full: &[u16]) -> Result<Vec<u16>, Error> {
        let mut best: Option<(f64, Vec<u16>)> = None;
        for (at, (now, most)) in officers.iter().zip(full).enumerate() {
            if now >= most {
                continue;
            }
            let tried = with(officers, at, more(*now));
            let share = self.try_out(&tried)?.on_time.mean();
            if best.as_ref().is_none_or(|(it, _)| share > *it) {
                best = Some((share, tried));
            }
        }
        Ok(best.map_or_else(|| full.to_vec(), |(_, it)| it))
    }

    /// Takes officers away from each pool for as long as the wish holds.
    fn lower(&mut self, officers: &mut Vec<u16>, least: &[u16]) -> Result<(), Error> {
        for at in 0..officers.len() {
            while let Some((&now, &least)) = officers.get(at).zip(least.get(at))
                && now > least
            {
                let tried = with(officers, at, now - 1);
                if !self.holds(&tried)? {
                    break;
                }
                *officers = tried;
            }
        }
        Ok(())
    }

    fn holds(&mut self, officers: &[u16]) -> Result<bool, Error> {
        Ok(self.try_out(officers)?.holds)
    }

    /// Runs the model with so many officers; what was tried before is not run again.
    fn try_out(&mut self, officers: &[u16]) -> Result<&Trial, Error> {
        let known = self.trials.iter().position(|it| it.officers == officers);
        let place = match known {
            Some(place) => place,
            None => {
                let trial = self.run(officers)?;
                self.trials.push(trial);
                self.trials.len() - 1
            }
        };
        self.trials.get(place).ok_or_else(Error::overflow)
    }

    fn run(&mut self, officers: &[u16]) -> Result<Trial, Error> {
        for (pool, officers) in self.model.pools.iter_mut().zip(officers) {
            pool.officers = *officers;
        }
        let summary = simulate(self.model, &self.runs, &|| {});
        (self.done)();
        let on_time = summary.estimate_of(Measure::OnTime).ok_or_else(Error::nothing_due)?;
        let low = on_time.interval().map_or(on_time.mean(), Interval::low);
        Ok(Trial { officers: officers.to_vec(), holds: low >= self.wished, on_time })
    }
}

fn with(officers: &[u16], at: usize, number: u16) -> Vec<u16> {
    let numbers = officers.iter().enumerate();
    numbers.map(|(place, it)| if place == at { number } else { *it }).collect()
}
