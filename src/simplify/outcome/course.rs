//! What may become of an application: the way through the states that its facts leave open.

use alloc::vec;
use alloc::vec::Vec;

use crate::definition::fact::FactIdx;
use crate::definition::guard::{Guard, Outlook, Seen};
use crate::definition::{Act, Position as _, Procedure, TransitionIdx};
use crate::id::Id;
use crate::text::words;
use crate::verify::space::{Event, Space};

words! {
    /// What may become of an application when everybody outside and inside acts.
    pub enum Prospect as "a prospect: `granted`, `refused`, `either` or `neither`" {
        /// It may be granted, and cannot be refused.
        Granted = "granted" ("Chỉ có thể được giải quyết", "May be granted"),
        /// It may be refused, and cannot be granted.
        Refused = "refused" ("Chỉ có thể bị từ chối", "May be refused"),
        /// Both are possible.
        Either = "either" ("Có thể được giải quyết hoặc bị từ chối", "May be granted or refused"),
        /// Nothing is possible: it cannot be filed, or nobody can end it.
        Neither = "neither" ("Không thể có kết quả", "Can have no result"),
    }
}

impl Prospect {
    const fn of(granted: bool, refused: bool) -> Self {
        match (granted, refused) {
            (true, true) => Self::Either,
            (true, false) => Self::Granted,
            (false, true) => Self::Refused,
            (false, false) => Self::Neither,
        }
    }

    /// Returns true when it may be granted.
    #[must_use]
    pub const fn may_be_granted(self) -> bool {
        matches!(self, Self::Granted | Self::Either)
    }

    /// Returns true when it may be refused.
    #[must_use]
    pub const fn may_be_refused(self) -> bool {
        matches!(self, Self::Refused | Self::Either)
    }
}

/// An act after which it is known what became of an application.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    Grant,
    Refusal,
}

const fn end(act: Act) -> Option<End> {
    match act {
        Act::Decide => Some(End::Grant),
        Act::Refuse | Act::RefuseIntake => Some(End::Refusal),
        _ => None,
    }
}

/// What a case says of a procedure of which not every fact was chosen.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    /// What is possible whatever is chosen for the rest.
    pub(super) sure: Prospect,
    /// What is possible for some choice of the rest.
    pub(super) most: Prospect,
    /// The fact on which the rest hangs first.
    hangs_on: Option<FactIdx>,
}

impl View {
    /// Returns the fact on which it hangs what is possible; none when that is settled.
    pub(super) fn open(&self) -> Option<FactIdx> {
        self.hangs_on.filter(|_| self.sure != self.most)
    }
}

/// A procedure with its guards over some set of facts, and the situations of a dossier.
///
/// Consultations are left aside: agencies answer.
#[derive(Debug)]
pub(super) struct Course<'p> {
    procedure: &'p Procedure,
    // By transition.
    guards: Vec<Option<Guard>>,
    ends: Vec<Option<End>>,
    is_whole: bool,
    // Of each situation: the transitions on, and where they lead.
    onward: Vec<Vec<(usize, usize)>>,
}

impl<'p> Course<'p> {
    pub(super) fn of(procedure: &'p Procedure, guard: impl Fn(&Guard) -> Guard) -> Self {
        let transitions = procedure.transitions();
        let guards = transitions.iter().map(|(_, _, it)| it.when().map(&guard)).collect();
        let ends = transitions.iter().map(|(_, _, it)| end(it.act())).collect();
        let space = Space::alone(procedure);
        let mut onward = vec![Vec::new(); space.markings.len()];
        for arc in &space.arcs {
            if let (Event::Taken(at), Some(ways)) = (arc.event, onward.get_mut(arc.from)) {
                ways.push((at.index(), arc.to));
            }
        }
        Self { procedure, guards, ends, is_whole: space.is_whole, onward }
    }

    /// Returns false when a dossier has too many situations to look at.
    pub(super) const fn is_whole(&self) -> bool {
        self.is_whole
    }

    pub(super) fn guards(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().flatten()
    }

    /// Returns how much work one look is, in steps.
    pub(super) fn effort(&self) -> usize {
        self.guards.len() + self.onward.iter().map(|it| it.len() + 1).sum::<usize>()
    }

    /// Says what is possible in a case.
    pub(super) fn view(&self, case: impl Fn(FactIdx) -> Seen) -> View {
        let outlook =
            |it: &Option<Guard>| it.as_ref().map_or(Outlook::Holds, |it| it.outlook(&case));
        let outlooks: Vec<Outlook> = self.guards.iter().map(outlook).collect();
        let at = |transition: usize| outlooks.get(transition).copied().unwrap_or(Outlook::Fails);
        let (sure, _) = self.reach(|it| at(it) == Outlook::Holds);
        let (most, passed) = self.reach(|it| at(it) != Outlook::Fails);
        let hangs_on = passed.into_iter().find_map(|it| match at(it) {
            Outlook::HangsOn(fact) => Some(fact),
            Outlook::Holds | Outlook::Fails => None,
        });
        View { sure, most, hangs_on }
    }

    /// Returns what is possible by some transitions, and which of them can be taken.
    fn reach(&self, taken: impl Fn(usize) -> bool) -> (Prospect, Vec<usize>) {
        let (mut granted, mut refused) = (false, false);
        let filing = self.procedure.filing().index();
        let mut passed = Vec::new();
        if !taken(filing) || self.onward.is_empty() {
            return (Prospect::Neither, passed);
        }
        passed.push(filing);
        let mut seen = vec![false; self.onward.len()];
        let mut open = Vec::from([0]);
        seen.iter_mut().take(1).for_each(|it| *it = true);
        while let Some(from) = open.pop() {
            for &(by, to) in self.onward.get(from).into_iter().flatten() {
                if !taken(by) {
                    continue;
                }
                passed.push(by);
                match self.ends.get(by) {
                    Some(Some(End::Grant)) => granted = true,
                    Some(Some(End::Refusal)) => refused = true,
                    _ => {}
                }
                if let Some(it @ false) = seen.get_mut(to) {
                    *it = true;
                    open.push(to);
                }
            }
        }
        (Prospect::of(granted, refused), passed)
    }

    /// Returns a shortest way to an end in a case; empty where none leads there.
    pub(super) fn way(&self, wanted: End, case: impl Fn(FactIdx) -> Seen) -> Vec<Id> {
        let holds = |at: usize| match self.guards.get(at) {
            Some(Some(guard)) => guard.outlook(&case) == Outlook::Holds,
            Some(None) => true,
            None => false,
        };
        let filing = self.procedure.filing().index();
        if !holds(filing) {
            return Vec::new();
        }
        let mut entered: Vec<Option<(usize, usize)>> = vec![None; self.onward.len()];
        let mut queue = Vec::from([0]);
        let mut next = 0;
        while let Some(&from) = queue.get(next) {
            next += 1;
            for &(by, to) in self.onward.get(from).into_iter().flatten() {
                if !holds(by) {
                    continue;
                }
                if self.ends.get(by) == Some(&Some(wanted)) {
                    return self.named(&entered, from, by);
                }
                if let Some(it @ None) = entered.get_mut(to).filter(|_| to != 0) {
                    *it = Some((from, by));
                    queue.push(to);
                }
            }
        }
        Vec::new()
    }

    /// Returns the transitions from the filing to a situation, and one more.
    fn named(&self, entered: &[Option<(usize, usize)>], last: usize, by: usize) -> Vec<Id> {
        let mut way = Vec::from([by]);
        let mut at = last;
        while let Some((from, by)) = entered.get(at).copied().flatten() {
            way.push(by);
            at = from;
        }
        way.push(self.procedure.filing().index());
        let name = |it: &usize| self.procedure.transitions().name(TransitionIdx::new(*it));
        way.iter().rev().filter_map(name).collect()
    }
}
