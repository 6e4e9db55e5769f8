//! Layers of a graph: how far each node stands behind the first one.
//!
//! Drawings run along the layers. Lines that lead back, by which a dossier
//! returns to what it went through before, are left out of account.

use alloc::vec;
use alloc::vec::Vec;

/// Returns the layer of each node: one more than the farthest node before it.
///
/// A graph without circles keeps the direction of every line. Nodes are
/// followed from the first one, so that what leads back is told from there.
pub(super) fn ranks(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for &(from, to) in edges {
        next.get_mut(from).into_iter().for_each(|it| it.push(to));
    }
    let (order, place) = order(&next);
    let mut ranks = vec![0; nodes];
    for from in order {
        let behind = ranks.get(from).copied().unwrap_or(0) + 1;
        for &to in next.get(from).into_iter().flatten() {
            let onward = place.get(from) < place.get(to);
            if let Some(rank) = ranks.get_mut(to).filter(|rank| onward && **rank < behind) {
                *rank = behind;
            }
        }
    }
    ranks
}

/// Returns the nodes so that each stands before what it leads to, lines that lead back aside, and each one's place.
fn order(next: &[Vec<usize>]) -> (Vec<usize>, Vec<usize>) {
    let nodes = next.len();
    let mut met = vec![false; nodes];
    let mut left = Vec::with_capacity(nodes);
    for start in 0..nodes {
        // A node is pushed a second time below what it leads to, and left when it comes up again.
        let mut stack = vec![(start, false)];
        while let Some((node, leave)) = stack.pop() {
            if leave {
                left.push(node);
                continue;
            }
            let Some(met) = met.get_mut(node).filter(|it| !**it) else { continue };
            *met = true;
            stack.push((node, true));
            let next = next.get(node).into_iter().flatten().rev();
            stack.extend(next.map(|&to| (to, false)));
        }
    }
    left.reverse();
    let mut place = vec![0; nodes];
    for (at, &node) in left.iter().enumerate() {
        if let Some(place) = place.get_mut(node) {
            *place = at;
        }
    }
    (left, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stands_behind_all_that_lead_to_it_and_circles_do_not_count() {
        assert_eq!(
            ranks(4, &[(0, 1), (1, 2), (0, 2), (2, 1), (2, 3), (3, 3), (3, 0)]),
            [0, 1, 2, 3]
        );
        assert_eq!(ranks(3, &[]), [0, 0, 0]);
        assert_eq!(ranks(0, &[]), [0_usize; 0]);
    }
}
