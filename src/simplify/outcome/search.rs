//! Every case of two versions, as far as it can matter.
//!
//! Facts are chosen one at a time, and only those on which it still hangs what
//! may become of an application. A branch in which both versions leave the same
//! possible, whatever is chosen for the rest, is left at once.

use alloc::vec;
use alloc::vec::Vec;

use super::course::{Course, End, Prospect};
use super::{Difference, Differences, Entangled, MAX_STEPS};
use crate::definition::fact::{Domain, FactIdx, Facts, Value};
use crate::definition::guard::{Guard, Outlook, Seen, effort, representatives};
use crate::definition::{CHANNEL, Procedure, Ruling};
use crate::id::Id;
use crate::simplify::joint::Joint;
use crate::simplify::pairing::Pairing;

/// How many facts a case may choose one after the other.
const MAX_FACTS: usize = 64;

/// A value of a fact, as each version sees it: one that it does not know stays unknown there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Cell {
    value: Option<Value>,
    before: Seen,
    after: Seen,
}

/// Two versions, and the cells of their facts together.
pub(super) struct Search<'p> {
    later: &'p Procedure,
    facts: Facts,
    before: Course<'p>,
    after: Course<'p>,
    // Declared changes that name their law, by place.
    changes: Vec<(usize, Id, Ruling, Option<Guard>)>,
    // By place of the fact.
    cells: Vec<Vec<Cell>>,
    // INVARIANT: the facts that were chosen, in the order of choosing.
    chosen: Vec<(FactIdx, Cell)>,
    used: Vec<bool>,
    found: Vec<Difference>,
    left: u32,
}

/// Too much would have to be followed.
struct TooMuch;

impl<'p> Search<'p> {
    pub(super) fn of(earlier: &'p Procedure, later: &'p Procedure) -> Self {
        let pairing = Pairing::between(earlier, later);
        let joint = Joint::of(earlier, later, &pairing);
        let before = Course::of(earlier, |it| joint.guard_before(it));
        let after = Course::of(later, |it| joint.guard_after(it));
        let lawful = later.changes().iter().enumerate();
        let lawful = lawful.filter(|(_, (_, _, it))| !it.law().is_empty());
        let changes = lawful
            .map(|(place, (_, name, it))| {
                (place, name, it.now(), it.when().map(|it| joint.guard_after(it)))
            })
            .collect();
        let mut search = Self {
            later,
            facts: joint.facts().clone(),
            before,
            after,
            changes,
            cells: Vec::new(),
            chosen: Vec::new(),
            used: vec![false; later.changes().len()],
            found: Vec::new(),
            left: MAX_STEPS,
        };
        search.cells = search.all_cells(earlier, later, &joint);
        search
    }

    pub(super) fn run(mut self, member: Option<Id>, differences: &mut Differences) {
        let is_whole = self.before.is_whole() && self.after.is_whole();
        let ended = if is_whole { self.explore() } else { Err(TooMuch) };
        let found = self.found.drain(..).map(|it| Difference { member, ..it });
        differences.found.extend(found);
        match ended {
            Ok(()) => {
                differences.add_idle(member, self.later, |it| self.used.get(it) == Some(&false));
            }
            Err(TooMuch) => {
                let facts = if is_whole { self.asked() } else { Vec::new() };
                differences.entangled.push(Entangled { member, facts });
            }
        }
    }

    /// Returns the facts of which guards tell several values apart.
    fn asked(&self) -> Vec<Id> {
        let several = self.facts.iter().filter(|(at, _)| {
            self.cells.get(at.index()).is_some_and(|it| it.len() > 1 || it.is_empty())
        });
        several.map(|(_, it)| it.id()).collect()
    }

    /// Follows the case as it was chosen so far through every choice of the rest.
    fn explore(&mut self) -> Result<(), TooMuch> {
        self.pay(self.before.effort() + self.after.effort())?;
        let (old, new) = (self.before.view(self.earlier()), self.after.view(self.latest()));
        if let Some(fact) = old.open().or(new.open()) {
            return self.branch(fact);
        }
        if old.sure == new.sure {
            return Ok(());
        }
        match self.explanation(old.sure, new.sure) {
            Ok(explained_by) => {
                self.add(old.sure, new.sure, explained_by);
                Ok(())
            }
            Err(fact) => self.branch(fact),
        }
    }

    fn branch(&mut self, fact: FactIdx) -> Result<(), TooMuch> {
        let cells = self.cells.get(fact.index()).cloned().unwrap_or_default();
        if cells.is_empty() || self.chosen.len() >= MAX_FACTS {
            return Err(TooMuch);
        }
        for cell in cells {
            self.chosen.push((fact, cell));
            let explored = self.explore();
            self.chosen.pop();
            explored?;
        }
        Ok(())
    }

    fn pay(&mut self, steps: usize) -> Result<(), TooMuch> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.left = self.left.checked_sub(steps).ok_or(TooMuch)?;
        Ok(())
    }

    fn earlier(&self) -> impl Fn(FactIdx) -> Seen {
        |fact| self.cell(fact).map_or(Seen::Open, |it| it.before)
    }

    fn latest(&self) -> impl Fn(FactIdx) -> Seen {
        |fact| self.cell(fact).map_or(Seen::Open, |it| it.after)
    }

    fn cell(&self, fact: FactIdx) -> Option<Cell> {
        self.chosen.iter().find(|(it, _)| *it == fact).map(|(_, it)| *it)
    }

    /// Returns the changes that explain a difference together, none where they do not; or the fact on which that hangs.
    fn explanation(&self, old: Prospect, new: Prospect) -> Result<Vec<usize>, FactIdx> {
        let wanted = directions(old, new);
        let mut holding = Vec::new();
        let right = self.changes.iter().enumerate().filter(|(_, it)| wanted.contains(&it.2));
        for (at, (_, _, now, when)) in right {
            let outlook = when.as_ref().map_or(Outlook::Holds, |it| it.outlook(self.latest()));
            match outlook {
                Outlook::Holds => holding.push((at, *now)),
                Outlook::Fails => {}
                Outlook::HangsOn(fact) => return Err(fact),
            }
        }
        let is_said = |it: &Ruling| holding.iter().any(|(_, now)| now == it);
        if !wanted.iter().all(is_said) {
            holding.clear();
        }
        Ok(holding.into_iter().map(|(at, _)| at).collect())
    }

    /// Adds a difference unless one like it was found.
    fn add(&mut self, old: Prospect, new: Prospect, explained_by: Vec<usize>) {
        let mut names = Vec::with_capacity(explained_by.len());
        for at in &explained_by {
            let Some((place, name, ..)) = self.changes.get(*at) else { continue };
            names.push(*name);
            self.used.get_mut(*place).into_iter().for_each(|it| *it = true);
        }
        let is_like =
            |it: &Difference| (it.before, it.after) == (old, new) && it.explained_by == names;
        if self.found.iter().any(is_like) {
            return;
        }
        let whole = self.chosen.clone();
        self.leave_out(old, new, &explained_by);
        let mut facts = self.chosen.clone();
        facts.sort_by_key(|(fact, _)| *fact);
        let named = facts.iter().filter_map(|(at, cell)| {
            let shown = cell.value.map_or("unknown".into(), |it| alloc::format!("{it}").into());
            Some((self.facts.fact(*at)?.id(), shown))
        });
        let facts = named.collect();
        let (path_before, path_after) = self.ways(old, new);
        self.chosen = whole;
        let (member, before, after) = (None, old, new);
        let difference = Difference {
            member,
            before,
            after,
            facts,
            path_before,
            path_after,
            explained_by: names,
        };
        self.found.push(difference);
    }

    /// Leaves out of the case whatever does not matter after all.
    fn leave_out(&mut self, old: Prospect, new: Prospect, explained_by: &[usize]) {
        for at in (0..self.chosen.len()).rev() {
            let left = self.chosen.remove(at);
            let views = [self.before.view(self.earlier()), self.after.view(self.latest())];
            let settled = views.iter().all(|it| it.open().is_none());
            let stays = settled
                && views.map(|it| it.sure) == [old, new]
                && self.explanation(old, new).as_deref() == Ok(explained_by);
            if !stays {
                self.chosen.insert(at, left);
            }
        }
    }

    /// Returns how both versions come to what differs, or else to what is left.
    fn ways(&self, old: Prospect, new: Prospect) -> (Vec<Id>, Vec<Id>) {
        let by_grant = old.may_be_granted() != new.may_be_granted();
        let ends = match by_grant {
            true => [End::Grant, End::Refusal],
            false => [End::Refusal, End::Grant],
        };
        let first = |ways: [Vec<Id>; 2]| ways.into_iter().find(|it| !it.is_empty());
        let before = first(ends.map(|it| self.before.way(it, self.earlier())));
        let after = first(ends.map(|it| self.after.way(it, self.latest())));
        (before.unwrap_or_default(), after.unwrap_or_default())
    }
}

/// Returns which way an application is decided otherwise now.
fn directions(old: Prospect, new: Prospect) -> Vec<Ruling> {
    let newly = |was: bool, is: bool| is && !was;
    let granted = newly(old.may_be_granted(), new.may_be_granted())
        || newly(new.may_be_refused(), old.may_be_refused());
    let refused = newly(new.may_be_granted(), old.may_be_granted())
        || newly(old.may_be_refused(), new.may_be_refused());
    let directions = [(Ruling::Granted, granted), (Ruling::Refused, refused)].into_iter();
    directions.filter(|(_, is)| *is).map(|(it, _)| it).collect()
}

/// Cells.
impl Search<'_> {
    fn all_cells(
        &mut self,
        earlier: &Procedure,
        later: &Procedure,
        joint: &Joint,
    ) -> Vec<Vec<Cell>> {
        let mut sides: Vec<[Option<Domain>; 2]> = vec![[None, None]; joint.facts().len()];
        let offered = |word: &Id| {
            let offers = |it: &Procedure| it.channels().iter().any(|it| *word == *it.as_str());
            offers(earlier) && offers(later)
        };
        let (old, new) = (
            earlier.facts().narrowed(&CHANNEL, offered),
            later.facts().narrowed(&CHANNEL, offered),
        );
        for (at, fact) in old.iter() {
            let side = sides.get_mut(joint.before(at).index());
            side.into_iter().for_each(|[it, _]| *it = Some(fact.domain().clone()));
        }
        for (at, fact) in new.iter() {
            let side = sides.get_mut(joint.after(at).index());
            side.into_iter().for_each(|[_, it]| *it = Some(fact.domain().clone()));
        }
        let facts = joint.facts().iter().map(|(at, _)| at);
        facts.zip(sides).map(|(at, it)| self.cells_of(at, &it)).collect()
    }

    /// Returns one value of every cell of a fact; none where that alone is too much.
    fn cells_of(&mut self, fact: FactIdx, [old, new]: &[Option<Domain>; 2]) -> Vec<Cell> {
        let changes = self.changes.iter().filter_map(|it| it.3.as_ref());
        let guards: Vec<&Guard> = self
            .before
            .guards()
            .chain(self.after.guards())
            .chain(changes)
            .filter(|it| it.facts().contains(&fact))
            .collect();
        let mut cells = Vec::new();
        let mut effort_of = 0;
        for domain in regions(old.as_ref(), new.as_ref()) {
            effort_of += effort(fact, &domain, &guards);
            if u32::try_from(effort_of).unwrap_or(u32::MAX) > self.left {
                self.left = 0;
                return Vec::new();
            }
            for value in representatives(fact, &domain, &guards) {
                let seen = |side: Option<&Domain>| match side {
                    Some(it) if it.admits(value) => Seen::Is(value),
                    _ => Seen::Unknown,
                };
                let (before, after) = (seen(old.as_ref()), seen(new.as_ref()));
                cells.push(Cell { value: Some(value), before, after });
            }
        }
        if guards.iter().any(|it| it.asks_known(fact)) {
            let unknown = Seen::Unknown;
            cells.push(Cell { value: None, before: unknown, after: unknown });
        }
        cells
    }
}

/// Returns the values that both versions know, and those that one of them knows.
fn regions(old: Option<&Domain>, new: Option<&Domain>) -> Vec<Domain> {
    match (old, new) {
        (Some(old), Some(new)) => {
            let both = old.shared(new).into_iter();
            both.chain(old.without(new)).chain(new.without(old)).collect()
        }
        (one, other) => one.or(other).cloned().into_iter().collect(),
    }
}
