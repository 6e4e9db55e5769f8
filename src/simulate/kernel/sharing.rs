//! Officers who have several dossiers in hand at once, and work on each in turn.
//!
//! With more dossiers in hand than officers, each dossier gets an equal part of
//! their time: processor sharing, the limit of turns that grow short. Work that
//! every dossier in hand has got is one number, so that nothing is touched when
//! the number of dossiers changes.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// Work is counted in these parts of a second.
const PARTS: i128 = 1 << 16;

/// The dossiers that the officers of a pool have in hand.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// The work that a dossier got that was in hand from the beginning.
    given: i128,
    /// The working second up to which it is counted.
    at: i64,
    /// How much will have been given when a dossier is done, then the order of beginning.
    in_hand: BinaryHeap<Reverse<(i128, u32, u32)>>,
    begun: u32,
    /// When somebody looks again whether one is done.
    pub(super) planned: Option<i64>,
}

impl Sharing {
    /// Counts the work up to a working second of the pool.
    pub(super) fn go_on(&mut self, position: i64, officers: u16) {
        let (officers, hands) = self.hands(officers);
        self.given += i128::from(position - self.at) * PARTS * officers / hands;
        self.at = position;
    }

    /// Takes a dossier in hand that asks for so many seconds of work.
    pub(super) fn begin(&mut self, seconds: i64, slot: u32) {
        self.begun = self.begun.wrapping_add(1);
        self.in_hand.push(Reverse((self.given + i128::from(seconds) * PARTS, self.begun, slot)));
    }

    /// Takes out a dossier that is done.
    pub(super) fn finish(&mut self) -> Option<u32> {
        self.in_hand.peek().filter(|it| it.0.0 <= self.given)?;
        self.in_hand.pop().map(|it| it.0.2)
    }

    /// Returns the working seconds until the next dossier is done, if none comes or goes.
    pub(super) fn left(&self, officers: u16) -> Option<i64> {
        let Reverse((enough, ..)) = self.in_hand.peek()?;
        let (officers, hands) = self.hands(officers);
        let parts = (enough - self.given).max(0) * hands;
        let each = officers * PARTS;
        i64::try_from((parts + each - 1) / each).ok()
    }

    /// Returns who works, and how many dossiers share them: nobody works on one dossier together.
    fn hands(&self, officers: u16) -> (i128, i128) {
        let officers = i128::from(officers.max(1));
        (officers, officers.max(self.in_hand.len() as i128))
    }
}
