//! Officers who share a queue.

use alloc::vec::Vec;

use crate::id::Id;
use crate::money::Dong;
use crate::simulate::scenario::Discipline;

use super::Roster;

/// Officers of one office who do the work of some roles.
#[derive(Clone, Debug)]
pub(crate) struct PoolModel {
    pub(crate) name: Id,
    pub(crate) roles: Vec<Id>,
    /// The cases whose work it does; empty for all.
    pub(crate) cases: Vec<Id>,
    pub(crate) officers: u16,
    pub(crate) roster: Roster,
    pub(crate) discipline: Discipline,
    /// How many dossiers one officer has in hand at most.
    pub(crate) at_once: u8,
    /// The chance that an officer is away on a day.
    pub(crate) absence: f64,
    pub(crate) hourly_cost: Option<Dong>,
}

impl PoolModel {
    /// Returns the working seconds between two moments of the officers who are not away, on average.
    #[expect(clippy::float_arithmetic, reason = "absences are chances, and hours no money")]
    pub(crate) fn working(&self, from: i64, until: i64) -> i64 {
        let hours = self.roster.position(until) - self.roster.position(from);
        (hours as f64 * f64::from(self.officers) * (1.0 - self.absence)) as i64
    }

    /// Returns true when it does the work of a role in a case.
    pub(crate) fn works(&self, role: &Id, case: &Id) -> bool {
        self.roles.contains(role) && (self.cases.is_empty() || self.cases.contains(case))
    }
}
