//! What became of each burden: removed, simplified or kept; and which are new.
//!
//! Units correspond by name, or by what the later definition `replaces`. A new
//! name removes nothing: units that correspond are weighed by their measures
//! together, however many stood before and stand after. Whether a unit that
//! nobody declared as renamed is new in truth is not decided here.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::burden::{Burden, BurdenKind, Measure, burdens};
use super::design::Design;
use super::diff::{Change, Diff};
use super::ease::eased;
use super::pairing::Pairing;
use crate::definition::{DECISION, Part, PartKind};
use crate::id::Id;
use crate::text::words;

words! {
    /// What became of a burden of the version before.
    pub enum Relief as "what became of a burden: `removed`, `simplified` or `kept`" {
        /// It no longer weighs on anybody (bãi bỏ).
        Removed = "removed" ("Bãi bỏ", "Removed"),
        /// It asks for less (đơn giản hóa).
        Simplified = "simplified" ("Đơn giản hóa", "Simplified"),
        /// It weighs as before (giữ nguyên).
        Kept = "kept" ("Giữ nguyên", "Kept"),
    }
}

/// A burden of the version before, what became of it, and what stands in its place.
#[derive(Clone, Debug)]
pub struct Weighed<'p> {
    burden: Burden<'p>,
    relief: Relief,
    now: Vec<Burden<'p>>,
    fallen: Vec<Measure>,
}

impl<'p> Weighed<'p> {
    /// Returns the burden as it was.
    #[must_use]
    pub const fn burden(&self) -> &Burden<'p> {
        &self.burden
    }

    /// Returns what became of it.
    #[must_use]
    pub const fn relief(&self) -> Relief {
        self.relief
    }

    /// Returns what stands in its place now.
    #[must_use]
    pub fn now(&self) -> &[Burden<'p>] {
        &self.now
    }

    /// Returns the measures that fell.
    #[must_use]
    pub fn fallen(&self) -> &[Measure] {
        &self.fallen
    }

    /// What asks for less by a measure that is compared and not counted became simpler.
    fn lightened(mut self, by: Measure) -> Self {
        if self.relief != Relief::Removed {
            self.relief = Relief::Simplified;
            self.fallen.push(by);
        }
        self
    }
}

/// The burdens of two designs beside each other: what became of the old ones, and the new ones.
#[derive(Clone, Debug)]
pub struct Balance<'p> {
    weighed: Vec<Weighed<'p>>,
    added: Vec<Burden<'p>>,
}

impl<'p> Balance<'p> {
    /// Weighs the burdens of one design against those of another; what changed from one to the other tells how long the applicant waits.
    #[must_use]
    pub fn between(before: &Design<'p>, after: &Design<'p>, diff: &Diff<'p>) -> Self {
        let (old, new) = (burdens(before), burdens(after));
        let pairings = Pairings::between(before, after);
        let (waits_less, eased) = (waits_less(diff), eased_of(before, after));
        let weigh = |it: &Burden<'p>| {
            let weighed = pairings.weigh(it, &old, &new);
            match it.kind() {
                BurdenKind::Result if waits_less => weighed.lightened(Measure::WaitingDays),
                BurdenKind::Condition if eased.contains(&(it.part(), it.at())) => {
                    weighed.lightened(Measure::Exclusions)
                }
                _ => weighed,
            }
        };
        let weighed = old.iter().map(weigh).collect();
        let is_added = |it: &&Burden<'p>| pairings.is_added(it, &old, &new);
        let added = new.iter().filter(is_added).cloned().collect();
        Self { weighed, added }
    }

    /// Returns every burden of the version before.
    #[must_use]
    pub fn weighed(&self) -> &[Weighed<'p>] {
        &self.weighed
    }

    /// Returns the burdens that are new: those that correspond to nothing, and those of a split beyond as many as there were.
    #[must_use]
    pub fn added(&self) -> &[Burden<'p>] {
        &self.added
    }

    /// Returns how many burdens there were.
    #[must_use]
    pub const fn before(&self) -> usize {
        self.weighed.len()
    }

    /// Returns how many of them became so.
    #[must_use]
    pub fn count(&self, relief: Relief) -> usize {
        self.weighed.iter().filter(|it| it.relief == relief).count()
    }
}

/// Returns the conditions that rule fewer cases out, each with its part of the bundle.
fn eased_of(before: &Design<'_>, after: &Design<'_>) -> Vec<(Option<Id>, Part)> {
    let both =
        before.procedures().filter_map(|(name, old)| Some((name, old, after.procedure(name)?)));
    let changed = both.filter(|(_, old, new)| old != new);
    changed
        .flat_map(|(name, old, new)| eased(old, new).into_iter().map(move |it| (name, it)))
        .collect()
}

/// The applicant waits less when the statutory term of the whole ends sooner on some days, and later on none.
fn waits_less(diff: &Diff<'_>) -> bool {
    let term = Part::new(PartKind::Term, DECISION);
    let of_whole =
        |it: &&Change<'_>| it.member().is_none() && it.after().iter().any(|at| *at.part() == term);
    let limits = || diff.changes().iter().filter(of_whole).map(Change::code);
    let changed = || limits().filter(|it| it.starts_with("limit-"));
    changed().count() > 0 && changed().all(|it| it == "limit-shorter")
}

/// Which parts stand for which, procedure by procedure.
struct Pairings(Vec<(Option<Id>, Pairing)>);

impl Pairings {
    fn between(before: &Design<'_>, after: &Design<'_>) -> Self {
        let both = before
            .procedures()
            .filter_map(|(name, old)| Some((name, Pairing::between(old, after.procedure(name)?))));
        Self(both.collect())
    }

    fn of(&self, part: Option<Id>) -> Option<&Pairing> {
        self.0.iter().find(|(name, _)| *name == part).map(|(_, it)| it)
    }

    fn weigh<'p>(
        &self,
        burden: &Burden<'p>,
        old: &[Burden<'p>],
        new: &[Burden<'p>],
    ) -> Weighed<'p> {
        let group = self.of(burden.part()).and_then(|it| it.of_before(&burden.at()));
        let (before, after) = group.map_or((&[][..], &[][..]), |it| (it.before(), it.after()));
        let now: Vec<Burden<'p>> = among(new, burden.part(), after).cloned().collect();
        let (relief, fallen) = match now.is_empty() {
            true => (Relief::Removed, Vec::new()),
            false => compare(&sum(among(old, burden.part(), before)), &sum(now.iter())),
        };
        Weighed { burden: burden.clone(), relief, now, fallen }
    }

    /// As many of a group as there were before are no news; which ones does not matter.
    fn is_added(&self, burden: &Burden<'_>, old: &[Burden<'_>], new: &[Burden<'_>]) -> bool {
        let group = self.of(burden.part()).and_then(|it| it.of_after(&burden.at()));
        let Some(group) = group else { return true };
        let known = among(old, burden.part(), group.before()).count();
        let mut now = among(new, burden.part(), group.after());
        now.position(|it| it.at() == burden.at()).is_none_or(|at| at >= known)
    }
}

fn among<'a, 'p>(
    burdens: &'a [Burden<'p>],
    of: Option<Id>,
    parts: &'a [Part],
) -> impl Iterator<Item = &'a Burden<'p>> {
    burdens.iter().filter(move |it| it.part() == of && parts.contains(&it.at()))
}

fn sum<'a, 'p: 'a>(burdens: impl Iterator<Item = &'a Burden<'p>>) -> BTreeMap<Measure, u32> {
    let mut sums = BTreeMap::new();
    for (measure, count) in burdens.flat_map(Burden::measures) {
        let sum: &mut u32 = sums.entry(*measure).or_default();
        *sum = sum.saturating_add(*count);
    }
    sums
}

/// Units became simpler when a measure fell that both state, and none rose.
fn compare(
    before: &BTreeMap<Measure, u32>,
    after: &BTreeMap<Measure, u32>,
) -> (Relief, Vec<Measure>) {
    let both = || before.iter().filter_map(|(it, was)| Some((*it, *was, *after.get(it)?)));
    let fallen: Vec<Measure> = both().filter(|(_, was, is)| is < was).map(|it| it.0).collect();
    if fallen.is_empty() || both().any(|(_, was, is)| is > was) {
        return (Relief::Kept, Vec::new());
    }
    (Relief::Simplified, fallen)
}

#[cfg(test)]
mod tests;
