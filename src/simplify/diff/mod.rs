//! What changed in meaning from one design of a procedure to another.
//!
//! [`diff`] runs every rule of [`RULES`] over each procedure of a design and the
//! one in whose place it stands. How a text is set, the order of its tables,
//! notes and versions never show; neither do figures that count subjects, nor
//! how choices are grouped: what a choice decides stands in its guards.

mod change;
mod comparison;
mod length;
mod membership;
mod rules;
mod stake;

use alloc::vec::Vec;

pub use change::{Advantage, Change, Party, Place};
pub use rules::{RULES, Rule};

use super::Design;
use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::id::Id;
use comparison::Comparison;
use membership::Membership;

/// What changed in meaning, and for whom.
#[derive(Clone, Debug)]
pub struct Diff<'p> {
    changes: Vec<Change<'p>>,
}

impl<'p> Diff<'p> {
    /// Returns the changes: by part of the bundle, then by rule, then by part.
    #[must_use]
    pub fn changes(&self) -> &[Change<'p>] {
        &self.changes
    }

    /// Returns true when nothing changed in meaning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares two designs: lead with lead, and part with part by name.
///
/// Terms are compared on the days of a calendar, since no unit is turned into another.
#[must_use]
pub fn diff<'p>(before: &Design<'p>, after: &Design<'p>, calendar: &Calendar) -> Diff<'p> {
    let mut changes = Vec::new();
    if before == after {
        return Diff { changes };
    }
    for (member, old, new) in members(before, after) {
        if let (Some(old), Some(new)) = (old, new)
            && !(old == new && hands_over_alike(before, after, member))
        {
            let comparison = Comparison::new(member, (before, old), (after, new), calendar);
            changes.extend(RULES.iter().flat_map(|it| it.check(&comparison)));
        }
        if let Some(name) = member {
            let membership = Membership { name, designs: [before, after], procedures: [old, new] };
            changes.extend(rules::of_member(&membership));
        }
    }
    Diff { changes }
}

/// Returns each procedure with the one in whose place it stands, the lead first.
pub(super) fn members<'p>(
    before: &Design<'p>,
    after: &Design<'p>,
) -> Vec<(Option<Id>, Option<&'p Procedure>, Option<&'p Procedure>)> {
    let mut names: Vec<Option<Id>> =
        before.procedures().chain(after.procedures()).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|it| (it, before.procedure(it), after.procedure(it))).collect()
}

/// Returns true when the applicant brings the same documents of a part himself.
fn hands_over_alike(before: &Design<'_>, after: &Design<'_>, member: Option<Id>) -> bool {
    let documents = before.procedure(member).map(|it| it.documents());
    let mut names = documents.into_iter().flat_map(|it| it.iter().map(|(_, name, _)| name));
    names.all(|it| before.asks(member, &it) == after.asks(member, &it))
}
