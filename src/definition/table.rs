//! Lists whose items have names: dense positions inside, names outside.
//!
//! Positions are newtypes, so that a state is never taken for a transition.
//! Names are found by their hash word, in a sorted list; there is no hash map.

use alloc::vec::Vec;

use crate::id::Id;
use crate::source::{At, Span};

/// Position of an item inside one [`Table`].
pub trait Position: Copy + Eq {
    /// Makes a position; tables are capped far below `u16::MAX`.
    fn new(index: usize) -> Self;

    /// Returns the position as a number.
    fn index(self) -> usize;
}

/// Declares positions.
macro_rules! positions {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u16);

        impl $crate::definition::table::Position for $name {
            fn new(index: usize) -> Self {
                Self(u16::try_from(index).unwrap_or(u16::MAX))
            }

            fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )+};
}

positions! {
    /// Position of a citation in a procedure.
    LawIdx,
    /// Position of a role in a procedure.
    RoleIdx,
    /// Position of a shared database in a procedure.
    DatabaseIdx,
    /// Position of a document in a procedure.
    DocumentIdx,
    /// Position of a result in a procedure.
    ResultIdx,
    /// Position of a term in a procedure.
    TermIdx,
    /// Position of a consultation in a procedure.
    ConsultationIdx,
    /// Position of a state in a procedure.
    StateIdx,
    /// Position of a transition in a procedure.
    TransitionIdx,
    /// Position of a choice in a procedure.
    ChoiceIdx,
    /// Position of a fee in a procedure.
    FeeIdx,
    /// Position of an activity in a procedure.
    ActivityIdx,
    /// Position of a report in a procedure.
    ReportIdx,
    /// Position of a declared change in a procedure.
    ChangeIdx,
    /// Position of a waiver in a procedure.
    WaiverIdx,
    /// Position of a migration in a procedure.
    MigrationIdx,
    /// Position of a part in a bundle.
    BundlePartIdx,
}

/// Items with names, in the order in which they were declared.
#[derive(Clone, Debug)]
pub struct Table<P, T> {
    items: Vec<(At<Id>, T)>,
    // INVARIANT: sorted; one entry for each item.
    index: Vec<(u64, P)>,
}

impl<P: Position, T> Table<P, T> {
    pub(crate) fn new(items: Vec<(At<Id>, T)>) -> Self {
        let mut index: Vec<(u64, P)> = items
            .iter()
            .enumerate()
            .map(|(at, (id, _))| (id.value.hash_word(), P::new(at)))
            .collect();
        index.sort_by_key(|(hash, _)| *hash);
        Self { items, index }
    }

    /// Finds an item by name.
    #[must_use]
    pub fn find(&self, name: &Id) -> Option<(P, &T)> {
        let hash = name.hash_word();
        let start = self.index.partition_point(|(it, _)| *it < hash);
        self.index.iter().skip(start).take_while(|(it, _)| *it == hash).find_map(|(_, at)| {
            let (id, item) = self.items.get(at.index())?;
            (id.value == *name).then_some((*at, item))
        })
    }

    /// Returns the item at a position of this table.
    #[must_use]
    pub fn get(&self, at: P) -> Option<&T> {
        self.items.get(at.index()).map(|(_, item)| item)
    }

    /// Returns the name at a position of this table.
    #[must_use]
    pub fn name(&self, at: P) -> Option<Id> {
        self.items.get(at.index()).map(|(id, _)| id.value)
    }

    /// Returns where the item at a position of this table was written.
    #[must_use]
    pub fn span(&self, at: P) -> Option<Span> {
        self.items.get(at.index()).map(|(id, _)| id.span)
    }

    /// Returns every item with its position and name, in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = (P, Id, &T)> {
        self.items.iter().enumerate().map(|(at, (id, item))| (P::new(at), id.value, item))
    }

    /// Returns the number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns true when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<P: Position, T> Default for Table<P, T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// A set of at most [`Set::MAX`] positions.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Set(u128);

impl Set {
    /// How many positions a set can tell apart.
    pub(crate) const MAX: usize = 128;

    pub(crate) fn insert(&mut self, at: impl Position) {
        self.0 |= 1_u128.checked_shl(u32::try_from(at.index()).unwrap_or(u32::MAX)).unwrap_or(0);
    }

    pub(crate) fn contains(self, at: impl Position) -> bool {
        u32::try_from(at.index()).ok().and_then(|it| self.0.checked_shr(it)).unwrap_or(0) & 1 == 1
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn iter<P: Position>(self) -> impl Iterator<Item = P> {
        (0..Self::MAX).map(P::new).filter(move |&it| self.contains(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn names_are_found_and_positions_follow_declaration() {
        let id = |it| Id::try_new(it).unwrap();
        let at = |it, start| {
            let span = Span::new(crate::source::FileId::default(), start..start + 1);
            At { value: id(it), span }
        };
        let table: Table<StateIdx, u8> = Table::new(vec![(at("b", 4), 1), (at("a", 9), 2)]);
        assert_eq!(table.find(&id("a")), Some((StateIdx::new(1), &2)));
        assert_eq!(table.span(StateIdx::new(1)).unwrap().range(), 9..10);
        assert_eq!(table.find(&id("c")), None);
        assert_eq!(table.name(StateIdx::new(0)), Some(id("b")));
    }

    #[test]
    fn sets_hold_what_was_inserted() {
        let mut set = Set::default();
        set.insert(StateIdx::new(127));
        set.insert(StateIdx::new(3));
        set.insert(StateIdx::new(128));
        assert!(set.contains(StateIdx::new(3)) && !set.contains(StateIdx::new(4)));
        assert_eq!(set.iter::<StateIdx>().count(), 2);
    }
}
