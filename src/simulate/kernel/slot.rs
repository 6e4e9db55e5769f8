//! A dossier while it is open; its place is used again when it ends.

use alloc::vec::Vec;

use super::clocks::{self, Expiry};
use super::course::Course;
use crate::dossier::TermState;
use crate::simulate::model::CaseModel;

/// The place of no dossier.
pub(super) const NOBODY: u32 = u32::MAX;

/// What the kernel remembers of an open dossier.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) case: u16,
    pub(super) number: u64,
    pub(super) course: Course,
    /// True when it came in after the warm-up.
    pub(super) is_counted: bool,
    pub(super) is_followed: bool,
    pub(super) filed: i64,
    /// When the dossier was filed with which its chain began.
    pub(super) first: i64,
    /// When the present state was entered.
    pub(super) entered: i64,
    pub(super) settled: Option<i64>,
    /// The step that is under way, since when it could begin, and since when it is worked on.
    pub(super) step: u16,
    pub(super) ready: i64,
    pub(super) began: i64,
    /// When the step is done, if no term ends before.
    pub(super) until: i64,
    /// When every agency has answered, and when the fees are paid.
    pub(super) answered: i64,
    pub(super) paid: i64,
    /// The next dossier of the same batch.
    pub(super) next: u32,
    pub(super) terms: Vec<TermState>,
    /// The term that ends first, of those whose end leaves the present state.
    pub(super) expiry: Option<Expiry>,
}

impl Slot {
    pub(super) fn blank() -> Self {
        Self {
            case: 0,
            number: 0,
            course: Course::blank(),
            is_counted: false,
            is_followed: false,
            filed: 0,
            first: 0,
            entered: 0,
            settled: None,
            step: 0,
            ready: 0,
            began: 0,
            until: 0,
            answered: i64::MIN,
            paid: i64::MIN,
            next: NOBODY,
            terms: Vec::new(),
            expiry: None,
        }
    }

    /// Looks up which term ends first, after terms or state have changed.
    #[inline]
    pub(super) fn look_ahead(&mut self, case: &CaseModel<'_>) {
        self.expiry = match self.terms.as_slice() {
            [] => None,
            _ => clocks::next_expiry(case, self),
        };
    }
}
