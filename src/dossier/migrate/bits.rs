//! A set of positions of one table, of any size.

use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::definition::Position;

/// How many positions a word tells apart.
const WIDTH: usize = 64;

/// Positions of one table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Bits<P> {
    // INVARIANT: the last word is not zero, so that equal sets are equal lists.
    words: Vec<u64>,
    of: PhantomData<P>,
}

impl<P> Default for Bits<P> {
    fn default() -> Self {
        Self { words: Vec::new(), of: PhantomData }
    }
}

impl<P: Position> Bits<P> {
    pub(super) fn insert(&mut self, at: P) {
        let (word, bit) = (at.index() / WIDTH, at.index() % WIDTH);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words.iter_mut().skip(word).take(1).for_each(|it| *it |= 1 << bit);
    }

    pub(super) fn remove(&mut self, at: P) {
        let (word, bit) = (at.index() / WIDTH, at.index() % WIDTH);
        self.words.iter_mut().skip(word).take(1).for_each(|it| *it &= !(1 << bit));
        self.trim();
    }

    pub(super) fn contains(&self, at: P) -> bool {
        let word = self.words.get(at.index() / WIDTH).copied().unwrap_or(0);
        word >> (at.index() % WIDTH) & 1 == 1
    }

    pub(super) fn unite(&mut self, other: &Self) {
        self.words.resize(self.words.len().max(other.words.len()), 0);
        self.words.iter_mut().zip(&other.words).for_each(|(own, it)| *own |= it);
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        self.words.iter_mut().zip(&other.words).for_each(|(own, it)| *own &= it);
        self.trim();
    }

    fn trim(&mut self) {
        while self.words.last() == Some(&0) {
            self.words.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::TransitionIdx;

    fn set(positions: &[usize]) -> Bits<TransitionIdx> {
        let mut set = Bits::default();
        positions.iter().for_each(|it| set.insert(TransitionIdx::new(*it)));
        set
    }

    #[test]
    fn sets_meet_and_join_whatever_their_size() {
        let mut joined = set(&[1, 64]);
        joined.unite(&set(&[2, 200]));
        assert_eq!(joined, set(&[1, 2, 64, 200]));
        joined.intersect(&set(&[2, 64, 65]));
        assert_eq!(joined, set(&[2, 64]));
        joined.remove(TransitionIdx::new(64));
        assert_eq!(joined, set(&[2]));
        assert!(!joined.contains(TransitionIdx::new(900)));
        assert!(joined.contains(TransitionIdx::new(2)));
    }
}
