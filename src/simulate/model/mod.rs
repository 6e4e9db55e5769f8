//! A scenario bound to its procedures: flat tables that the kernel walks.
//!
//! Guards are decided here, once for each combination of facts, by the same
//! compiled guards that decide real dossiers. Nothing of it changes while a
//! caseload runs.

mod arrivals;
mod bind;
mod case;
mod load;
mod node;
mod pool;
mod roster;
mod step;

use alloc::vec::Vec;

use crate::calendar::Calendar;
use crate::id::{Fingerprint, Id};
use crate::money::{Dong, Ratio};

pub(crate) use arrivals::{Arrivals, Cursor};
pub(crate) use case::{AGE, CaseModel, DELAY, PAYMENT};
pub(crate) use node::Node;
pub(crate) use pool::PoolModel;
pub(crate) use roster::{Roster, Spot};
pub(crate) use step::{Performer, StepModel};

/// A scenario bound to procedures, calendar and tariff, ready to run.
///
/// Made by [`Scenario::bind`](super::Scenario::bind).
#[derive(Debug)]
pub struct Model<'c> {
    pub(crate) id: Id,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) calendar: &'c Calendar,
    /// The first second, that from which dossiers are counted, and that from which none comes in.
    pub(crate) from: i64,
    pub(crate) counted: i64,
    pub(crate) until: i64,
    /// True when dossiers that came in are followed to their end.
    pub(crate) drains: bool,
    pub(crate) offices: Vec<OfficeModel>,
    pub(crate) pools: Vec<PoolModel>,
    pub(crate) cases: Vec<CaseModel<'c>>,
    pub(crate) replications: u32,
    pub(crate) precision: Option<Ratio>,
    pub(crate) seed: u64,
    pub(crate) visit_cost: Option<Dong>,
    /// The office hours of the calendar, for lengths of time that count over them.
    pub(crate) office_hours: Roster,
}

impl Model<'_> {
    /// Returns how many replications the scenario asks for.
    #[must_use]
    pub const fn replications(&self) -> u32 {
        self.replications
    }

    /// Returns the relative precision at which more replications are not worth while, if it names one.
    #[must_use]
    pub const fn precision(&self) -> Option<Ratio> {
        self.precision
    }

    /// Returns the seed that the scenario names.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }
}

/// Offices of one kind.
#[derive(Clone, Debug)]
pub(crate) struct OfficeModel {
    pub(crate) name: Id,
    pub(crate) count: u32,
    /// Positions of its pools and of its cases.
    pub(crate) pools: Vec<usize>,
    pub(crate) cases: Vec<usize>,
}
