//! How often a step is taken: one share for all states in which it is, or a share for each.

use alloc::vec::Vec;

use super::estimates::Chance;
use crate::id::Id;

/// The shares of a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    // INVARIANT: a state is named once.
    everywhere: Option<Chance>,
    apart: Vec<(Id, Option<Chance>)>,
}

impl Shares {
    /// Makes one share for all states; none where the step is what happens otherwise.
    pub(super) const fn of(everywhere: Option<Chance>) -> Self {
        Self { everywhere, apart: Vec::new() }
    }

    /// Returns the share, where it is the same in all states; none where the step is what happens otherwise.
    #[must_use]
    pub const fn everywhere(&self) -> Option<&Chance> {
        if self.apart.is_empty() { self.everywhere.as_ref() } else { None }
    }

    /// Returns the states that have a share of their own; none where one share is that of all.
    pub fn by_state(&self) -> impl Iterator<Item = (&Id, &Chance)> {
        self.apart.iter().filter_map(|(state, it)| Some((state, it.as_ref()?)))
    }

    /// Returns the share in a state; none where the step is what happens otherwise there.
    #[must_use]
    pub fn in_state(&self, state: &Id) -> Option<&Chance> {
        let apart = self.apart.iter().find(|it| it.0 == *state);
        apart.map_or(self.everywhere.as_ref(), |it| it.1.as_ref())
    }

    /// Returns true where the step is what happens otherwise wherever it is taken.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        self.everywhere().is_none() && self.by_state().next().is_none()
    }

    /// Returns true where the step is what happens otherwise in some state.
    pub(super) fn has_rest(&self) -> bool {
        (self.apart.is_empty() && self.everywhere.is_none())
            || self.apart.iter().any(|it| it.1.is_none())
    }

    /// Returns true where less is written than was counted.
    pub(super) fn is_lessened(&self) -> bool {
        let own = self.by_state().map(|it| it.1);
        self.everywhere().into_iter().chain(own).any(Chance::is_lessened)
    }

    /// Gives a state a share of its own.
    pub(super) fn set(&mut self, state: Id, share: Option<Chance>) {
        match self.apart.iter_mut().find(|it| it.0 == state) {
            Some(it) => it.1 = share,
            None => self.apart.push((state, share)),
        }
    }

    /// Takes something from the share in a state: from that of all states what rounding made too much.
    pub(super) fn lessen(&mut self, state: Id, over: u32, rounded: usize) {
        let Some(mut chance) = self.in_state(&state).copied() else { return };
        chance.written = chance.written.saturating_sub(over);
        let is_apart = self.apart.iter().any(|it| it.0 == state);
        match over as usize <= rounded && !is_apart {
            true => self.everywhere = Some(chance),
            false => self.set(state, Some(chance)),
        }
    }

    /// Names every state in which the step is taken, or none where all have the same share.
    pub(super) fn spell_out(&mut self, states: impl IntoIterator<Item = Id>) {
        let all: Vec<(Id, Option<Chance>)> =
            states.into_iter().map(|it| (it, self.in_state(&it).copied())).collect();
        let first = all.first().map(|it| it.1).unwrap_or_default();
        *self = match all.iter().all(|it| it.1 == first) {
            true => Self::of(first),
            false => Self { everywhere: None, apart: all },
        };
    }
}
