//! Who looks on while an office runs, for histories that can be replayed.

use crate::definition::ConsultationIdx;

/// Something that happened to a dossier, as a row of a log; five words, since millions are kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Row {
    /// The kind of case, and the number of the dossier among those of its office.
    pub(crate) case: u16,
    pub(crate) number: u64,
    /// When it happened, in seconds since the epoch.
    pub(crate) at: i64,
    pub(crate) kind: RowKind,
}

/// What a row tells.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RowKind {
    /// It was filed, with this profile, and with its papers or without.
    Filed { profile: u32, is_complete: bool },
    /// A step of the case was taken; work on it began at this moment.
    Taken { step: u16, began: i64 },
    /// An agency answers at this moment.
    Answered { consultation: ConsultationIdx },
    /// The fees are paid, where they are paid later than the dossier is filed.
    Paid,
    /// A term ended and brought its step.
    Lapsed,
    /// When it was due by its statutory term, as the office was done with it.
    Due { at: i64 },
    /// What it owes in fees, in đồng, as the office was done with it; not told where it owes nothing.
    Owed { fees: i64 },
    /// The office is done with it.
    Settled { is_free: bool },
    /// It came to its last state.
    Closed,
}

/// Dossiers of the backlog are numbered from here on.
pub(crate) const BACKLOG: u64 = 1 << 63;

/// Somebody who is told of every dossier that is followed.
pub(crate) trait Watch {
    /// Hears of a dossier that comes in, and returns true when its rows are wanted.
    fn follows(&mut self, case: u16, number: u64) -> bool;

    /// Takes a row.
    fn see(&mut self, row: Row);
}

/// Nobody looks on.
impl Watch for () {
    #[inline]
    fn follows(&mut self, _case: u16, _number: u64) -> bool {
        false
    }

    #[inline]
    fn see(&mut self, _row: Row) {}
}
