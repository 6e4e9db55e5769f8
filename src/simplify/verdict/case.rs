//! What an objection may look at.

use alloc::vec::Vec;

use super::{Verdict, Yardstick};
use crate::definition::{Part, Waiver};
use crate::id::Id;
use crate::simplify::design::Design;
use crate::simplify::diff::Diff;
use crate::simplify::outcome::Differences;
use crate::source::Span;
use crate::verify::Report;

/// Two designs, and what was computed of them.
#[derive(Debug)]
pub(super) struct Case<'c, 'p> {
    pub(super) before: &'c Design<'p>,
    pub(super) after: &'c Design<'p>,
    pub(super) by: &'c Yardstick<'p>,
    pub(super) diff: Diff<'p>,
    pub(super) differences: Differences,
    // Without objections so far.
    pub(super) verdict: &'c Verdict<'p>,
    // Of the redesign, by part.
    pub(super) reports: Vec<(Option<Id>, Report)>,
}

impl Case<'_, '_> {
    /// Returns where a part of the redesign was written, or its head.
    pub(super) fn span(&self, part: Option<Id>, at: &Part) -> Span {
        let procedure = self.after.procedure(part).unwrap_or(self.after.lead());
        procedure.span_of(at).unwrap_or(procedure.span())
    }

    /// Returns true when the version before has the same waiver as one that was written at a place of the redesign.
    pub(super) fn was_waived(&self, part: Option<Id>, waiver: Span) -> bool {
        let Some(after) = self.after.procedure(part) else { return false };
        let Some(before) = self.before.procedure(part) else { return false };
        let written = |(at, _, _): &(_, _, _)| after.waivers().span(*at) == Some(waiver);
        let Some((_, _, waiver)) = after.waivers().iter().find(written) else { return false };
        let same = |it: &Waiver| it.rule() == waiver.rule() && it.at() == waiver.at();
        before.waivers().iter().any(|(_, _, it)| same(it))
    }
}
