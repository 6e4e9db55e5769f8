//! Structures that hold what is pending: the least is taken, and something later put in its place.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use hoso::simulate::random::Key;

/// Pending words in order.
pub(crate) trait Pending {
    fn of(words: &[u128]) -> Self;

    /// Takes the least and puts in a later one.
    fn replace(&mut self, later: impl FnOnce(u128) -> u128) -> u128;
}

/// Takes the least so many times, each time putting in one that comes an exponential time later.
pub(crate) fn hold<P: Pending>(pending: u64, times: u64) -> u64 {
    const GAPS: usize = 1 << 12;
    let luck = Key::of_seed(3);
    let gaps: Vec<u128> = (0..GAPS as u64)
        .map(|it| (-libm::log(luck.uniform(it).get()) * 36_000.0) as u128)
        .collect();
    let words: Vec<u128> =
        (0..pending).map(|it| gaps[it as usize % GAPS] << 64 | u128::from(it)).collect();
    let mut held = P::of(&words);
    let mut sum = 0_u128;
    for time in 0..times {
        let order = u128::from(pending + time) << 32 & u128::from(u64::MAX);
        let gap = gaps[time as usize % GAPS];
        sum += held.replace(|word| ((word >> 64) + gap) << 64 | order) >> 64;
    }
    sum as u64
}

/// The heap of the standard library: taken out, and put in.
pub(crate) struct PopAndPush(BinaryHeap<Reverse<u128>>);

impl Pending for PopAndPush {
    fn of(words: &[u128]) -> Self {
        Self(words.iter().map(|it| Reverse(*it)).collect())
    }

    fn replace(&mut self, later: impl FnOnce(u128) -> u128) -> u128 {
        let Reverse(word) = self.0.pop().unwrap();
        self.0.push(Reverse(later(word)));
        word
    }
}

/// The same heap, with the top replaced where it is.
pub(crate) struct TopReplaced(BinaryHeap<Reverse<u128>>);

impl Pending for TopReplaced {
    fn of(words: &[u128]) -> Self {
        Self(words.iter().map(|it| Reverse(*it)).collect())
    }

    fn replace(&mut self, later: impl FnOnce(u128) -> u128) -> u128 {
        let mut top: PeekMut<'_, _> = self.0.peek_mut().unwrap();
        let Reverse(word) = *top;
        *top = Reverse(later(word));
        word
    }
}

/// A heap of which every node has four children.
pub(crate) struct FourChildren(Vec<u128>);

impl Pending for FourChildren {
    fn of(words: &[u128]) -> Self {
        let mut words = words.to_vec();
        words.sort_unstable();
        Self(words)
    }

    fn replace(&mut self, later: impl FnOnce(u128) -> u128) -> u128 {
        let words = &mut self.0;
        let taken = words[0];
        let word = later(taken);
        let mut place = 0;
        loop {
            let first = 4 * place + 1;
            let children = first..words.len().min(first + 4);
            let Some(least) = children.min_by_key(|it| words[*it]) else { break };
            if words[least] >= word {
                break;
            }
            words[place] = words[least];
            place = least;
        }
        words[place] = word;
        taken
    }
}

/// A sorted array with the least at its end.
pub(crate) struct Sorted(Vec<u128>);

impl Pending for Sorted {
    fn of(words: &[u128]) -> Self {
        let mut words = words.to_vec();
        words.sort_unstable_by_key(|it| Reverse(*it));
        Self(words)
    }

    fn replace(&mut self, later: impl FnOnce(u128) -> u128) -> u128 {
        let taken = self.0.pop().unwrap();
        let word = later(taken);
        let place = self.0.partition_point(|it| *it > word);
        self.0.insert(place, word);
        taken
    }
}
