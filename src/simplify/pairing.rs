//! Which part of the later version stands for which of the earlier one.
//!
//! By its name, or because the later one says so with `replaces`. Names that are
//! alike prove nothing, and neither do texts. Citations, choices, waivers,
//! migrations and declared changes are absent: they are read where they are used.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use crate::definition::{Part, PartKind, Position, Procedure, Table};
use crate::text::words;

words! {
    /// What became of parts from one version to the next.
    pub enum Fate as "what became of a part, such as `renamed` or `split`" {
        /// It stands there under its name.
        Kept = "kept" ("Giữ nguyên", "Kept"),
        /// One part took the place of one other.
        Renamed = "renamed" ("Đổi tên", "Renamed"),
        /// Several parts took the place of one.
        Split = "split" ("Tách", "Split"),
        /// One part took the place of several.
        Merged = "merged" ("Gộp", "Merged"),
        /// Several parts took the place of several.
        Regrouped = "regrouped" ("Sắp xếp lại", "Regrouped"),
        /// It took the place of none.
        Added = "added" ("Bổ sung", "Added"),
        /// Nothing took its place.
        Removed = "removed" ("Bãi bỏ", "Removed"),
    }
}

/// Parts of the earlier version, and those that stand in their place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    before: Vec<Part>,
    after: Vec<Part>,
}

impl Match {
    /// Returns the parts of the earlier version, in their order.
    #[must_use]
    pub fn before(&self) -> &[Part] {
        &self.before
    }

    /// Returns the parts of the later version, in their order.
    #[must_use]
    pub fn after(&self) -> &[Part] {
        &self.after
    }

    /// Returns what became of them.
    #[must_use]
    pub fn fate(&self) -> Fate {
        match (&*self.before, &*self.after) {
            ([old], [new]) if old == new => Fate::Kept,
            ([_], [_]) => Fate::Renamed,
            ([], _) => Fate::Added,
            (_, []) => Fate::Removed,
            ([_], _) => Fate::Split,
            (_, [_]) => Fate::Merged,
            _ => Fate::Regrouped,
        }
    }
}

/// The parts of two versions, each in exactly one match.
#[derive(Clone, Debug)]
pub struct Pairing {
    matches: Vec<Match>,
    before: BTreeMap<Part, usize>,
    after: BTreeMap<Part, usize>,
}

impl Pairing {
    /// Pairs the parts of two versions; the order in which they are declared takes no part.
    #[must_use]
    pub fn between(before: &Procedure, after: &Procedure) -> Self {
        let (old, new) = (parts(before), parts(after));
        let ties = ties(&old, &new, after);
        let mut groups = Groups::of(old.len() + new.len());
        for (from, to) in ties {
            groups.join(from, old.len() + to);
        }
        let mut matches: BTreeMap<usize, Match> = BTreeMap::new();
        for (at, part) in old.iter().chain(&new).enumerate() {
            let empty = Match { before: Vec::new(), after: Vec::new() };
            let it = matches.entry(groups.root(at)).or_insert(empty);
            if at < old.len() { it.before.push(*part) } else { it.after.push(*part) }
        }
        let mut matches: Vec<Match> = matches.into_values().collect();
        matches.sort_by_key(|it| it.after.first().or(it.before.first()).copied());
        let places = |side: fn(&Match) -> &[Part]| {
            let all = matches.iter().enumerate();
            all.flat_map(|(at, it)| side(it).iter().map(move |part| (*part, at))).collect()
        };
        Self { before: places(Match::before), after: places(Match::after), matches }
    }

    /// Returns the matches, in the order of the later parts' tables and names.
    #[must_use]
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// Returns what became of a part of the earlier version.
    #[must_use]
    pub fn of_before(&self, part: &Part) -> Option<&Match> {
        self.matches.get(self.place_before(part)?)
    }

    /// Returns for what a part of the later version stands.
    #[must_use]
    pub fn of_after(&self, part: &Part) -> Option<&Match> {
        self.matches.get(self.place_after(part)?)
    }

    /// Returns each part that one part took the place of, with that part, where both are of one kind.
    pub fn pairs(&self) -> impl Iterator<Item = (Part, Part)> {
        self.matches.iter().filter_map(|it| match (&*it.before, &*it.after) {
            ([old], [new]) if old.kind() == new.kind() => Some((*old, *new)),
            _ => None,
        })
    }

    pub(super) fn place_before(&self, part: &Part) -> Option<usize> {
        self.before.get(part).copied()
    }

    pub(super) fn place_after(&self, part: &Part) -> Option<usize> {
        self.after.get(part).copied()
    }
}

/// Returns the parts of a procedure that can be paired, sorted.
fn parts(procedure: &Procedure) -> Vec<Part> {
    fn of<P: Position, T>(kind: PartKind, table: &Table<P, T>, parts: &mut Vec<Part>) {
        parts.extend(table.iter().map(|(_, name, _)| Part::new(kind, name)));
    }
    let facts = procedure.facts().iter();
    let mut parts: Vec<Part> = facts.map(|(_, it)| Part::new(PartKind::Fact, it.id())).collect();
    macro_rules! tables {
        ($($table:ident: $kind:ident),+ $(,)?) => {
            $(of(PartKind::$kind, procedure.$table(), &mut parts);)+
        };
    }
    tables!(
        roles: Role,
        databases: Database,
        documents: Document,
        results: Result,
        terms: Term,
        consultations: Consultation,
        states: State,
        transitions: Transition,
        fees: Fee,
        activities: Activity,
        reports: Report,
    );
    parts.sort_unstable();
    parts
}

/// Returns which earlier part is tied to which later one, both by place.
///
/// A part that says what it replaces gives its own name up where another says
/// that it takes it.
fn ties(old: &[Part], new: &[Part], after: &Procedure) -> Vec<(usize, usize)> {
    let claims = |it: &Part| after.replaced(it);
    let claimed = |part: &Part, by: &Part| {
        new.iter().any(|other| other != by && claims(other).contains(part))
    };
    let mut ties = Vec::new();
    for (to, part) in new.iter().enumerate() {
        let own = claims(part);
        let gives_up = !own.is_empty() && !own.contains(part) && claimed(part, part);
        let named = (!gives_up).then_some(part);
        for named in own.iter().chain(named) {
            if let Ok(from) = old.binary_search(named) {
                ties.push((from, to));
            }
        }
    }
    ties
}

/// Places that belong together (union and find).
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        let mut own = vec![0; count];
        own.iter_mut().enumerate().for_each(|(at, it)| *it = at);
        Self(own)
    }

    /// Returns the first place of the group.
    fn root(&self, mut at: usize) -> usize {
        while let Some(&above) = self.0.get(at) {
            if above == at {
                break;
            }
            at = above;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(it) = self.0.get_mut(one.max(other)) {
            *it = one.min(other);
        }
    }
}
