//! A value that holds for all, or another one for each of some names.

use alloc::string::String;

use super::Pairs;
use super::leaf::Leaf;
use super::reader::{Node, Reader};
use crate::id::Id;
use crate::source::At;

/// One value, as in `visits = 1`, or one for each name, as in `visits = { counter = 1 }`.
///
/// The value itself is no table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Each<T> {
    /// The same for all.
    All(T),
    /// Of each name its own; the others have none.
    By(Pairs<T>),
}

impl<T> Each<T> {
    /// Returns what holds for a name.
    pub(crate) fn of(&self, name: &str) -> Option<&T> {
        match self {
            Self::All(value) => Some(value),
            Self::By(pairs) => {
                pairs.0.iter().find(|(it, _)| it.value == *name).map(|(_, value)| value)
            }
        }
    }

    /// Returns every value that is written.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        let (all, by) = match self {
            Self::All(value) => (Some(value), [].as_slice()),
            Self::By(pairs) => (None, pairs.0.as_slice()),
        };
        all.into_iter().chain(by.iter().map(|(_, value)| value))
    }

    /// Returns the names that are written; none where one value holds for all.
    pub(crate) fn names(&self) -> impl Iterator<Item = At<Id>> {
        let pairs = match self {
            Self::All(_) => [].as_slice(),
            Self::By(pairs) => pairs.0.as_slice(),
        };
        pairs.iter().map(|(name, _)| *name)
    }
}

impl<T: Leaf> Leaf for Each<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match node.value().as_table() {
            Some(table) if table.is_empty() => {
                cx.error("bad-value", node.span(cx), "an empty table says nothing")
                    .mend("write one value, or one for each of some names");
                None
            }
            Some(_) => Pairs::read(node, cx).map(Self::By),
            None => T::read(node, cx).map(Self::All),
        }
    }

    fn print(&self, out: &mut String) {
        match self {
            Self::All(value) => value.print(out),
            Self::By(pairs) => pairs.print(out),
        }
    }
}
