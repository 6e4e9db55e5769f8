//! What happens next: a heap of moments, one for each office.
//!
//! Two things of one moment happen in the order in which they were planned, so
//! that the answer never depends on the heap.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// Something that is planned.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    /// The next dossier of a kind of case comes in.
    Arrival(u32),
    /// A step of a dossier is done.
    Done(u32),
    /// A dossier may begin its step.
    Ready(u32),
    /// A dossier is filed that follows another.
    Filed(u32),
    /// The officers of a pool begin to work.
    Opening(u32),
    /// One of the dossiers that a pool has in hand is done.
    Turn(u32),
}

/// Moments in order, in one word each: time, order of planning, what.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<u128>>,
    planned: u32,
}

/// Bits that tell what happens.
const KIND: u32 = 29;
const WHICH: u32 = (1 << KIND) - 1;

impl Agenda {
    /// Plans something; moments before the epoch are not simulated.
    #[inline]
    pub(super) fn plan(&mut self, at: i64, what: What) {
        let (kind, which) = match what {
            What::Arrival(it) => (0, it),
            What::Done(it) => (1, it),
            What::Ready(it) => (2, it),
            What::Opening(it) => (3, it),
            What::Turn(it) => (4, it),
            What::Filed(it) => (5, it),
        };
        let time = u128::from(at.max(0).unsigned_abs()) << 64;
        let order = u128::from(self.planned) << 32;
        self.planned = self.planned.wrapping_add(1);
        self.heap.push(Reverse(time | order | u128::from(kind << KIND | which & WHICH)));
    }

    /// Takes what happens next.
    #[inline]
    pub(super) fn next(&mut self) -> Option<(i64, What)> {
        let Reverse(word) = self.heap.pop()?;
        let low = word as u32;
        let which = low & WHICH;
        let what = match low >> KIND {
            0 => What::Arrival(which),
            1 => What::Done(which),
            2 => What::Ready(which),
            3 => What::Opening(which),
            4 => What::Turn(which),
            _ => What::Filed(which),
        };
        Some(((word >> 64) as i64, what))
    }
}
