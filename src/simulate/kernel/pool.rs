//! Officers at work: who waits for them, and who is free.

use alloc::collections::{BinaryHeap, VecDeque};
use core::cmp::Reverse;

use super::sharing::Sharing;
use super::tally::SLICES;
use crate::simulate::model::{PoolModel, Spot};
use crate::simulate::random::Key;
use crate::simulate::scenario::Discipline;

/// Dossiers that wait, in the order in which they are taken.
#[derive(Debug)]
enum Queue {
    FirstCome(VecDeque<u32>),
    /// By a number, then by arrival.
    Ordered(BinaryHeap<Reverse<(i64, u32, u32)>>),
}

/// A pool while an office runs.
#[derive(Debug)]
pub(super) struct Pool {
    queue: Queue,
    length: u32,
    arrived: u32,
    busy: u32,
    present: u16,
    // How many dossiers each officer has in hand at most, and those dossiers where they are several.
    at_once: u8,
    sharing: Option<Sharing>,
    // The session that was looked up last.
    session: usize,
    // The day for which `present` holds.
    day: i64,
    pub(super) opens: bool,
    // When the length of the queue changed last, and the seconds waited until then.
    changed: i64,
    area: i128,
    longest: u32,
    // The slice of the run that it is, when it ends, how long each is, and what was waited in each.
    slice: usize,
    slice_end: i64,
    slice_length: i64,
    areas: [i128; SLICES],
}

impl Pool {
    pub(super) fn new(model: &PoolModel, from: i64, until: i64) -> Self {
        let slice_length = ((until - from) / SLICES as i64).max(1);
        let queue = match model.discipline {
            Discipline::FirstCome => Queue::FirstCome(VecDeque::new()),
            Discipline::DueFirst | Discipline::Priority => Queue::Ordered(BinaryHeap::new()),
        };
        Self {
            queue,
            length: 0,
            arrived: 0,
            busy: 0,
            present: model.officers,
            at_once: model.at_once,
            sharing: (model.at_once > 1).then(Sharing::default),
            session: 0,
            day: i64::MIN,
            opens: false,
            changed: 0,
            area: 0,
            longest: 0,
            slice: 0,
            slice_end: from + slice_length,
            slice_length,
            areas: [0; SLICES],
        }
    }

    /// Puts a dossier into the queue; the lower number is taken first.
    #[inline]
    pub(super) fn push(&mut self, now: i64, order: i64, slot: u32) {
        self.measure(now);
        self.length += 1;
        self.longest = self.longest.max(self.length);
        self.arrived = self.arrived.wrapping_add(1);
        match &mut self.queue {
            Queue::FirstCome(queue) => queue.push_back(slot),
            Queue::Ordered(heap) => heap.push(Reverse((order, self.arrived, slot))),
        }
    }

    /// Takes the dossier whose turn it is.
    #[inline]
    pub(super) fn pop(&mut self, now: i64) -> Option<u32> {
        let slot = match &mut self.queue {
            Queue::FirstCome(queue) => queue.pop_front()?,
            Queue::Ordered(heap) => heap.pop()?.0.2,
        };
        self.measure(now);
        self.length -= 1;
        Some(slot)
    }

    #[inline]
    fn measure(&mut self, now: i64) {
        let waited = i128::from(now - self.changed) * i128::from(self.length);
        self.area += waited;
        self.changed = now;
        if now >= self.slice_end {
            self.turn_slice(now);
        }
        if let Some(it) = self.areas.get_mut(self.slice) {
            *it += waited;
        }
    }

    /// Goes on to the slice of a moment; after the last there is none.
    #[cold]
    fn turn_slice(&mut self, now: i64) {
        while now >= self.slice_end && self.slice < SLICES {
            self.slice += 1;
            self.slice_end += self.slice_length;
        }
        if self.slice >= SLICES {
            self.slice_end = i64::MAX;
        }
    }

    /// Returns the slice of the run in which the queue changed last.
    #[inline]
    pub(super) const fn slice(&self) -> usize {
        self.slice
    }

    /// Returns what was waited in each slice of the run.
    pub(super) const fn areas(&self) -> &[i128; SLICES] {
        &self.areas
    }

    /// Returns where a moment is on the roster; moments only grow.
    #[inline]
    pub(super) fn spot<'m>(&mut self, model: &'m PoolModel, now: i64) -> Option<Spot<'m>> {
        let spot = model.roster.spot(self.session, now)?;
        self.session = spot.place();
        Some(spot)
    }

    pub(super) const fn is_waited_for(&self) -> bool {
        self.length > 0
    }

    /// Returns true when somebody is there who has a hand free.
    #[inline]
    pub(super) const fn is_free(&self) -> bool {
        self.busy < self.present as u32 * self.at_once as u32
    }

    /// Returns the dossiers in hand after the work up to a working second, and who works on them.
    #[inline]
    pub(super) fn sharing(&mut self, position: i64) -> Option<(&mut Sharing, u16)> {
        let sharing = self.sharing.as_mut()?;
        sharing.go_on(position, self.present);
        Some((sharing, self.present))
    }

    #[inline]
    pub(super) const fn begin(&mut self) {
        self.busy += 1;
    }

    #[inline]
    pub(super) const fn end(&mut self) {
        self.busy = self.busy.saturating_sub(1);
    }

    /// Counts who is there today.
    #[inline]
    pub(super) fn call(&mut self, model: &PoolModel, luck: Key, day: i64) {
        if model.absence > 0.0 && day != self.day {
            self.day = day;
            self.present = present(model, luck.name(&model.name), day);
        }
    }

    /// Returns the seconds that dossiers have waited, and the longest queue.
    pub(super) fn waited(&mut self, now: i64) -> (i128, u64) {
        self.measure(now);
        (self.area, u64::from(self.longest))
    }
}

/// Draws who is there: each officer is away with the same chance, by one number for all.
fn present(model: &PoolModel, luck: Key, day: i64) -> u16 {
    let officers = (0..model.officers).map(u64::from);
    let luck = luck.number(day.unsigned_abs());
    let here = officers.filter(|it| luck.uniform(*it).get() >= model.absence).count();
    u16::try_from(here).unwrap_or(model.officers)
}
