//! When dossiers come in: a rate over the days, walked by its own mass.
//!
//! The rate is piecewise constant. Dossiers arrive where the mass under it has
//! grown by the next step: an exponential one for a Poisson process, any other
//! length for other gaps, so that one uniform number makes one arrival
//! (inversion of the cumulative rate; Law, Simulation Modeling and Analysis,
//! 5th ed., 8.6.2).
#![expect(clippy::float_arithmetic, reason = "a rate of arrivals is no money")]

use alloc::vec::Vec;

use crate::id::Id;
use crate::simulate::random::{Distribution, Uniform};

/// The arrivals of one kind of case in one office.
#[derive(Clone, Debug)]
pub(crate) enum Arrivals {
    /// None but the backlog.
    None,
    /// Whenever a dossier of another case has ended with its result returned, and some time after,
    /// as long as anybody files.
    After { of: Id, delay: Option<Distribution> },
    /// Exactly these moments, in order.
    At(Vec<i64>),
    /// A rate over stretches of time, and the law of the steps between arrivals.
    Rate { stretches: Vec<Stretch>, gap: Option<Distribution> },
}

/// A stretch of time with one rate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) from: i64,
    pub(crate) until: i64,
    /// Dossiers in a second.
    pub(crate) rate: f64,
    /// Dossiers expected before it.
    pub(crate) before: f64,
}

impl Stretch {
    fn mass(&self) -> f64 {
        // Stretches are shorter than 2^53 seconds.
        (self.until - self.from) as f64 * self.rate
    }
}

/// How far the arrivals of one kind have come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursor {
    place: usize,
    mass: f64,
    /// How many have arrived.
    pub(crate) count: u64,
}

impl Arrivals {
    /// Adds a stretch at the end; one that goes on as before prolongs the last.
    pub(crate) fn push(stretches: &mut Vec<Stretch>, from: i64, until: i64, rate: f64) {
        if rate <= 0.0 || until <= from {
            return;
        }
        if let Some(last) = stretches.last_mut().filter(|it| it.until == from && it.rate == rate) {
            last.until = until;
            return;
        }
        let before = stretches.last().map_or(0.0, |it| it.before + it.mass());
        stretches.push(Stretch { from, until, rate, before });
    }

    /// Returns how many dossiers are expected that follow no others.
    pub(crate) fn expected(&self) -> f64 {
        match self {
            Self::None | Self::After { .. } => 0.0,
            Self::At(moments) => moments.len() as f64,
            Self::Rate { stretches, .. } => {
                stretches.last().map_or(0.0, |it| it.before + it.mass())
            }
        }
    }

    /// Returns the moment of the next arrival, and moves on.
    #[inline]
    pub(crate) fn next(
        &self,
        cursor: &mut Cursor,
        luck: impl FnOnce(u64) -> Uniform,
    ) -> Option<i64> {
        let number = cursor.count;
        cursor.count += 1;
        match self {
            Self::None | Self::After { .. } => None,
            Self::At(moments) => moments.get(usize::try_from(number).ok()?).copied(),
            Self::Rate { stretches, gap } => {
                let luck = luck(number);
                cursor.mass += match gap {
                    Some(gap) => gap.at(luck) / gap.mean(),
                    None => -libm::log(luck.get()),
                };
                loop {
                    let stretch = stretches.get(cursor.place)?;
                    let into = cursor.mass - stretch.before;
                    if into <= stretch.mass() {
                        return Some(stretch.from + (into / stretch.rate) as i64);
                    }
                    cursor.place += 1;
                }
            }
        }
    }
}
