//! What the rules about linked groups are given: one part of a bundle, before and after.

use alloc::vec::Vec;

use super::comparison::{Apart, Found};
use crate::definition::Procedure;
use crate::definition::guard::{Assignment, Relation};
use crate::id::Id;
use crate::simplify::Design;
use crate::simplify::joint::Joint;
use crate::simplify::pairing::Pairing;
use crate::text::Text;
use crate::witness::Witness;

/// A part of a bundle that is there before, after, or both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Membership<'p, 'c> {
    pub(super) name: Id,
    pub(super) designs: [&'c Design<'p>; 2],
    pub(super) procedures: [Option<&'p Procedure>; 2],
}

impl<'p> Membership<'p, '_> {
    /// Returns the procedure where it is part of both groups.
    pub(super) const fn kept(&self) -> Option<&'p Procedure> {
        match self.procedures {
            [Some(_), Some(after)] => Some(after),
            _ => None,
        }
    }

    /// Starts a change of the part, on the law by which it belongs to the group.
    pub(super) fn found(&self, message: Text) -> Found<'p> {
        let [_, after] = self.designs;
        Found::plain(message).on(after.law_of(Some(self.name)).to_vec())
    }

    /// Compares the condition under which the case has the part with the one before, over the facts of both cases.
    pub(super) fn relation(&self) -> (Relation, Joint) {
        let [before, after] = self.designs;
        let pairing = Pairing::between(before.lead(), after.lead());
        let joint = Joint::of(before.lead(), after.lead(), &pairing);
        let (old, new) = (before.condition(Some(self.name)), after.condition(Some(self.name)));
        (joint.relation(old, new), joint)
    }

    /// Returns the parts for which it waits only before, and only after.
    pub(super) fn waits(&self) -> Apart {
        let [before, after] = self.designs.map(|it| it.waits_for(Some(self.name)));
        let only = |own: &[Id], other: &[Id]| {
            let mut only: Vec<Id> = own.iter().filter(|it| !other.contains(it)).copied().collect();
            only.sort_unstable();
            only
        };
        Apart { gone: only(before, after), come: only(after, before) }
    }
}

/// Writes a case for people.
pub(super) fn witness(joint: &Joint, case: &Assignment) -> Witness {
    Witness::facts(case.named(joint.facts()))
}
