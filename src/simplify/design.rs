//! What is compared: one procedure, or the procedures of a bundle together.
//!
//! Which version of a procedure is meant was decided before.

use alloc::vec::Vec;

use crate::calendar::Calendar;
use crate::definition::Procedure;
use crate::definition::bundle::{Bundle, Carried};
use crate::definition::guard::Guard;
use crate::id::Id;
use crate::law::Citation;
use crate::verify::{Report, verify, verify_bundle};

/// One design of a procedure (phương án): what an applicant meets when he files once.
#[derive(Clone, Debug)]
pub struct Design<'p> {
    lead: &'p Procedure,
    parts: Vec<Member<'p>>,
    bundle: Option<&'p Bundle>,
}

/// Two designs are equal when their procedures say the same, so that nothing changed from one to the other.
impl PartialEq for Design<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.procedures().eq(other.procedures())
    }
}

impl Eq for Design<'_> {}

/// One part of a bundle.
#[derive(Clone, Debug)]
struct Member<'p> {
    name: Id,
    procedure: &'p Procedure,
    // The documents that the case hands over by itself.
    handed_over: Vec<Id>,
    carried: &'p [Carried],
    when: Option<&'p Guard>,
    // The parts whose results it waits for.
    after: Vec<Id>,
    law: Vec<&'p Citation>,
}

impl<'p> Design<'p> {
    /// Takes a single procedure.
    #[must_use]
    pub const fn of(procedure: &'p Procedure) -> Self {
        Self { lead: procedure, parts: Vec::new(), bundle: None }
    }

    /// Takes a bundle: its lead and its parts, without the documents that the case hands over.
    #[must_use]
    pub fn of_bundle(bundle: &'p Bundle) -> Self {
        let parts = bundle.parts().iter().map(|(_, name, part)| Member {
            name,
            procedure: part.procedure(),
            handed_over: part.documents().iter().map(|it| it.document).collect(),
            carried: part.facts(),
            when: part.when(),
            after: part.after().iter().filter_map(|it| bundle.parts().name(*it)).collect(),
            law: bundle.lead().cited(part.law()).collect(),
        });
        Self { lead: bundle.lead(), parts: parts.collect(), bundle: Some(bundle) }
    }

    /// Returns the procedure, or the lead of the bundle.
    #[must_use]
    pub const fn lead(&self) -> &'p Procedure {
        self.lead
    }

    /// Returns each procedure, with the name of the part that it is; the lead comes first and has none.
    pub fn procedures(&self) -> impl Iterator<Item = (Option<Id>, &'p Procedure)> {
        let parts = self.parts.iter().map(|it| (Some(it.name), it.procedure));
        core::iter::once((None, self.lead)).chain(parts)
    }

    /// Returns the procedure that is a part of that name, or the lead.
    #[must_use]
    pub fn procedure(&self, part: Option<Id>) -> Option<&'p Procedure> {
        self.procedures().find(|(name, _)| *name == part).map(|(_, it)| it)
    }

    /// Verifies every procedure, each by its part; that of a bundle is verified as a whole too.
    #[must_use]
    pub fn verified(&self, calendar: &Calendar) -> Vec<(Option<Id>, Report)> {
        let reports = match self.bundle {
            Some(bundle) => verify_bundle(bundle, calendar),
            None => Vec::from([verify(self.lead, calendar)]),
        };
        self.procedures().map(|(part, _)| part).zip(reports).collect()
    }

    /// Returns true when the applicant himself has to bring a document of a part.
    #[must_use]
    pub fn asks(&self, part: Option<Id>, document: &Id) -> bool {
        self.member(part).is_none_or(|it| !it.handed_over.contains(document))
    }

    /// Returns the condition over the lead's facts under which a part is opened; none where it always is.
    #[must_use]
    pub fn condition(&self, part: Option<Id>) -> Option<&'p Guard> {
        self.member(part)?.when
    }

    /// Returns the parts whose results a part waits for, as far as they apply.
    #[must_use]
    pub fn waits_for(&self, part: Option<Id>) -> &[Id] {
        self.member(part).map_or(&[], |it| &it.after)
    }

    /// Returns the legal basis on which a part belongs to the bundle.
    #[must_use]
    pub fn law_of(&self, part: Option<Id>) -> &[&'p Citation] {
        self.member(part).map_or(&[], |it| &it.law)
    }

    /// Returns the name by which the lead knows a fact of a part, if it shares it.
    #[must_use]
    pub fn shared_fact(&self, part: Option<Id>, fact: &Id) -> Option<Id> {
        let Some(member) = self.member(part) else { return Some(*fact) };
        member.carried.iter().find(|it| it.part == *fact).map(|it| it.bundle)
    }

    fn member(&self, part: Option<Id>) -> Option<&Member<'p>> {
        self.parts.iter().find(|it| Some(it.name) == part)
    }
}
