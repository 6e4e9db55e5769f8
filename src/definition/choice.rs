//! What a definition declares about its own shape: choices and waivers.
//!
//! Whether a choice is complete and a waiver needed is for the verifier to say.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::accessors::accessors;
use super::guard::Guard;
use super::part::Part;
use super::table::{LawIdx, TransitionIdx};
use super::words::HitPolicy;
use crate::id::Id;

/// Transitions that exclude each other in every state that two of them leave (lựa chọn).
///
/// Under [`HitPolicy::First`] the guard of each transition already says that
/// none before it in the list holds.
#[derive(Clone, Debug)]
pub struct Choice {
    pub(crate) of: Vec<TransitionIdx>,
    pub(crate) hit_policy: HitPolicy,
    // The guards of an ordered choice as each was written, in its order.
    pub(crate) written: Vec<Guard>,
    pub(crate) law: Vec<LawIdx>,
}

impl Choice {
    accessors! {
        /// Returns the transitions, in the order of the list.
        of: [TransitionIdx],
        /// Returns the guards of an ordered choice as each was written, before it said that none before it holds.
        written: [Guard],
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns how many of them may hold for one case.
    #[must_use]
    pub const fn hit_policy(&self) -> HitPolicy {
        self.hit_policy
    }
}

/// A finding of the verifier that is accepted, with its reason.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub(crate) rule: Id,
    pub(crate) at: Option<Part>,
    pub(crate) reason: Box<str>,
    pub(crate) law: Vec<LawIdx>,
}

impl Waiver {
    accessors! {
        /// Returns the code of the finding.
        rule: Id,
        /// Returns why it is accepted.
        reason: str,
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns the part at which it is accepted; none for the whole procedure.
    #[must_use]
    pub const fn at(&self) -> Option<Part> {
        self.at
    }
}
