//! Where a dossier stands: a state, for one combination of facts, with or without its papers.

use core::ops::Range;

/// What is possible there: positions in the case's list of steps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    /// Steps that stay in the state, in the order of the scenario.
    pub(crate) errands: Range<u32>,
    /// Steps that leave it.
    pub(crate) exits: Range<u32>,
}
