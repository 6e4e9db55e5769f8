//! The least set of deviations between a record and the net of a procedure.
//!
//! A shortest way through the product of both is searched: an entry and a task
//! together cost nothing, an entry alone or a task alone costs one deviation.
//! What nobody could have recorded costs nothing: silence, and what the system
//! does by itself. Of two ways with as many deviations that is taken which
//! explains more of the record, and then that with fewer tasks of the system.
//! Nothing else is weighed, so that equal records always have equal alignments.

use alloc::collections::{BTreeMap, BinaryHeap};
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::model::{Model, START, Task};
use super::vocabulary::Meaning;

/// Whether a history must have come to its end.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "it must or it need not")]
pub enum Ending {
    /// It may go on after the record: what has not happened yet is no deviation.
    Open,
    /// Nothing follows any more: what the procedure still asks for is missing.
    Required,
}

/// One move of an alignment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the record moves, the model moves, or both do")]
pub enum Move {
    /// The entry of this place is this task.
    Both(usize, Task),
    /// The entry of this place is nothing that was possible then.
    Record(usize),
    /// The task happened, or should have, and was not recorded.
    Model(Task),
}

/// A way through the procedure that explains a record with the fewest deviations.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Alignment {
    moves: Vec<Move>,
    cost: u32,
    has_ended: bool,
}

impl Alignment {
    /// Returns the moves in their order, those that are silent left out.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// Returns the number of deviations; nothing is explained with fewer.
    #[must_use]
    pub const fn cost(&self) -> u32 {
        self.cost
    }

    /// Returns true when the dossier came to a state after which nothing follows.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        self.has_ended
    }
}

/// The most pairs of marking and entry that are gone through.
const MOST_NODES: usize = 200_000;

/// A marking, and how many entries were explained.
type Node = (usize, usize);

/// Deviations, then entries that are not explained, then unrecorded tasks of the system.
type Cost = (u32, u32, u32);

/// From where a node was reached, at which cost, and by which net transition.
#[derive(Clone, Copy)]
struct Step {
    cost: Cost,
    from: Option<Node>,
    firing: Option<usize>,
}

impl Model<'_> {
    /// Aligns what a record says with the procedure.
    ///
    /// Entries that are no step are left out of the answer. None when more than
    /// 200,000 combinations would have to be looked at, or when no end can be
    /// reached that was asked for.
    #[must_use]
    pub fn align(&mut self, meanings: &[Meaning], ending: Ending) -> Option<Alignment> {
        let mut places = Vec::new();
        let mut told = Vec::new();
        for (place, meaning) in meanings.iter().enumerate() {
            told.push(match meaning {
                Meaning::Is(tasks) => tasks.clone(),
                Meaning::Unknown(_) => Vec::new(),
                Meaning::Beside => continue,
            });
            places.push(place);
        }
        let mut alignment = self.aligned(told, ending)?;
        // The search counts what was told; the caller counts entries.
        let place = |at: usize| places.get(at).copied().unwrap_or(at);
        for it in &mut alignment.moves {
            match it {
                Move::Both(at, _) | Move::Record(at) => *at = place(*at),
                Move::Model(_) => {}
            }
        }
        Some(alignment)
    }

    /// Most records of a log are alike: each is searched for once.
    fn aligned(&mut self, told: Vec<Vec<Task>>, ending: Ending) -> Option<Alignment> {
        let key = (ending, told);
        if let Some(known) = self.aligned.get(&key) {
            return known.clone();
        }
        let found = Search {
            model: self,
            told: &key.1,
            ending,
            reached: BTreeMap::new(),
            queue: BinaryHeap::new(),
            queued: 0,
        }
        .run();
        self.aligned.insert(key, found.clone());
        found
    }
}

struct Search<'s, 'p> {
    model: &'s mut Model<'p>,
    told: &'s [Vec<Task>],
    ending: Ending,
    reached: BTreeMap<Node, Step>,
    // The cheapest first, then the one that explains the most, then the oldest.
    queue: BinaryHeap<Reverse<(Cost, usize, u64, Node)>>,
    queued: u64,
}

impl Search<'_, '_> {
    fn run(mut self) -> Option<Alignment> {
        self.reach((START, 0), Step { cost: (0, 0, 0), from: None, firing: None });
        let mut seen = 0;
        while let Some(Reverse((cost, _, _, node))) = self.queue.pop() {
            if self.reached.get(&node).is_none_or(|it| it.cost < cost) {
                continue;
            }
            if self.is_goal(node) {
                return Some(self.told_from(node, cost));
            }
            seen += 1;
            if seen > MOST_NODES {
                return None;
            }
            self.leave(node, cost);
        }
        None
    }

    fn is_goal(&self, (marking, done): Node) -> bool {
        let ends = self.ending == Ending::Open || self.model.is_over(marking);
        done == self.told.len() && ends
    }

    fn leave(&mut self, node: Node, (deviations, strays, supposed): Cost) {
        let (marking, done) = node;
        let told = self.told;
        let tasks = told.get(done);
        for (firing, next) in self.model.follows(marking) {
            let task = self.model.task(firing);
            let step = |cost| Step { cost, from: Some(node), firing: Some(firing) };
            if let (Some(task), Some(tasks)) = (task, tasks)
                && tasks.contains(&task)
            {
                self.reach((next, done + 1), step((deviations, strays, supposed)));
            }
            let cost = match task {
                None => (deviations, strays, supposed),
                Some(task) if self.model.is_free(task) => (deviations, strays, supposed + 1),
                Some(_) => (deviations + 1, strays, supposed),
            };
            self.reach((next, done), step(cost));
        }
        if tasks.is_some() {
            let cost = (deviations + 1, strays + 1, supposed);
            self.reach((marking, done + 1), Step { cost, from: Some(node), firing: None });
        }
    }

    /// Notes a way to a node, if it is the cheapest so far.
    fn reach(&mut self, node: Node, step: Step) {
        if self.reached.get(&node).is_some_and(|it| it.cost <= step.cost) {
            return;
        }
        self.reached.insert(node, step);
        let left = self.told.len() - node.1;
        self.queued += 1;
        self.queue.push(Reverse((step.cost, left, self.queued, node)));
    }

    /// Goes back from the end to the start.
    fn told_from(&self, end: Node, (cost, ..): Cost) -> Alignment {
        let (mut moves, mut node) = (Vec::new(), end);
        while let Some(step) = self.reached.get(&node) {
            let Some(from) = step.from else { break };
            let place = (from.1 != node.1).then_some(from.1);
            let task = step.firing.and_then(|it| self.model.task(it));
            moves.extend(match (place, task) {
                (Some(place), Some(task)) => Some(Move::Both(place, task)),
                (Some(place), None) => Some(Move::Record(place)),
                (None, task) => task.map(Move::Model),
            });
            node = from;
        }
        moves.reverse();
        Alignment { moves, cost, has_ended: self.model.is_ended(end.0) }
    }
}
