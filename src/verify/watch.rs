//! An observer that walks along with every dossier and remembers one thing about it.
//!
//! What it remembers is one of a few phases, such as whether a term runs or
//! whether a fee was asked for. A path with a phase is one that some dossier
//! can take, guards aside.

use alloc::vec;
use alloc::vec::Vec;

use super::space::{Arc, Space};
use crate::definition::Procedure;
use crate::id::Id;

/// What may be remembered: one bit a phase.
pub(super) type Phases = u8;

/// How many phases there are.
const PHASES: usize = 4;

/// Which phases each situation is met in, and how each pair is reached first.
#[derive(Debug)]
pub(super) struct Watch {
    phases: Vec<Phases>,
    // By marking and phase; what begins with the filing has no arc.
    entry: Vec<Option<(Arc, u8)>>,
}

impl Watch {
    /// Walks through a space; `step` says what is remembered after an arc, and nothing bars it.
    pub(super) fn of(space: &Space, start: Phases, step: impl Fn(u8, &Arc) -> Phases) -> Self {
        let count = space.markings.len();
        let mut watch = Self { phases: vec![0; count], entry: vec![None; count * PHASES] };
        let mut queue = Vec::with_capacity(count);
        watch.reach(0, start, None, &mut queue);
        let mut next = 0;
        while let Some(&(marking, phase)) = queue.get(next) {
            next += 1;
            for arc in space.arcs_from(marking) {
                watch.reach(arc.to, step(phase, arc), Some((*arc, phase)), &mut queue);
            }
        }
        watch
    }

    fn reach(
        &mut self,
        marking: usize,
        phases: Phases,
        by: Option<(Arc, u8)>,
        queue: &mut Vec<(usize, u8)>,
    ) {
        let Some(known) = self.phases.get_mut(marking) else { return };
        let fresh = phases & !*known;
        *known |= fresh;
        for phase in (0_u8..).take(PHASES).filter(|it| fresh & bit(*it) != 0) {
            if let Some(entry) = self.entry.get_mut(place(marking, phase)) {
                *entry = by;
            }
            queue.push((marking, phase));
        }
    }

    /// Returns the phases in which a situation is met.
    pub(super) fn phases(&self, marking: usize) -> Phases {
        self.phases.get(marking).copied().unwrap_or(0)
    }

    /// Returns what leads to a situation in a phase, without the filing.
    pub(super) fn arcs_to(&self, marking: usize, phase: u8) -> Vec<Arc> {
        let mut arcs = Vec::new();
        let mut at = (marking, phase);
        while let Some((arc, before)) = self.entry.get(place(at.0, at.1)).copied().flatten() {
            arcs.push(arc);
            at = (arc.from, before);
        }
        arcs.reverse();
        arcs
    }

    /// Returns the names of what leads to a situation in a phase, from the filing on.
    pub(super) fn path_to(&self, procedure: &Procedure, marking: usize, phase: u8) -> Vec<Id> {
        let filing = procedure.transitions().name(procedure.filing());
        let arcs = self.arcs_to(marking, phase);
        filing.into_iter().chain(arcs.iter().filter_map(|it| it.event.name(procedure))).collect()
    }
}

/// Returns the set of one phase.
pub(super) const fn bit(phase: u8) -> Phases {
    1 << phase
}

fn place(marking: usize, phase: u8) -> usize {
    marking * PHASES + usize::from(phase)
}
