//! Applications that two designs decide otherwise, and whether the later one says so.
//!
//! A case gives each fact that some guard asks for a value of one of its cells,
//! so that finitely many cases are all there are. In each of them it is followed
//! through both state graphs what may become of an application when everybody
//! outside and inside acts. What has to be brought along the way, such as papers
//! and payments, is absent: to ask for more is a change, not another outcome.

mod course;
mod search;
#[cfg(test)]
mod tests;

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use course::Prospect;

use super::Design;
use super::diff::members;
use crate::definition::Procedure;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::Seen;
use crate::id::Id;
use course::Course;
use search::Search;

/// How many steps it may take to follow one procedure and the one before through all cases.
pub const MAX_STEPS: u32 = 1 << 25;

/// What may become of an application of which these facts are known, and no others.
#[must_use]
pub fn prospect(procedure: &Procedure, facts: impl Fn(FactIdx) -> Option<Value>) -> Prospect {
    let course = Course::of(procedure, Clone::clone);
    course.view(|it| facts(it).map_or(Seen::Unknown, Seen::Is)).sure
}

/// How two designs decide applications otherwise.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    found: Vec<Difference>,
    idle: Vec<(Option<Id>, Id)>,
    entangled: Vec<Entangled>,
}

impl Differences {
    /// Returns every way in which applications are decided otherwise, each with one of them.
    #[must_use]
    pub fn found(&self) -> &[Difference] {
        &self.found
    }

    /// Returns those that no declared change explains.
    pub fn unexplained(&self) -> impl Iterator<Item = &Difference> {
        self.found.iter().filter(|it| it.explained_by.is_empty())
    }

    /// Returns the declared changes that explain nothing, each with its part of the bundle.
    #[must_use]
    pub fn idle(&self) -> &[(Option<Id>, Id)] {
        &self.idle
    }

    /// Returns the procedures of which not every case could be followed.
    #[must_use]
    pub fn entangled(&self) -> &[Entangled] {
        &self.entangled
    }

    /// Returns true when every application is decided as before, and that was seen in every case.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.found.is_empty() && self.entangled.is_empty()
    }
}

/// One way in which applications are decided otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    member: Option<Id>,
    before: Prospect,
    after: Prospect,
    facts: Vec<(Id, Box<str>)>,
    path_before: Vec<Id>,
    path_after: Vec<Id>,
    explained_by: Vec<Id>,
}

impl Difference {
    /// Returns the part of the bundle; none in a single procedure and in the lead.
    #[must_use]
    pub const fn member(&self) -> Option<Id> {
        self.member
    }

    /// Returns what could become of the application before.
    #[must_use]
    pub const fn before(&self) -> Prospect {
        self.before
    }

    /// Returns what can become of it now.
    #[must_use]
    pub const fn after(&self) -> Prospect {
        self.after
    }

    /// Returns such an application: the facts by name that matter, each with its value as definitions write it, or `unknown`.
    #[must_use]
    pub fn facts(&self) -> &[(Id, Box<str>)] {
        &self.facts
    }

    /// Returns the transitions that showed it before; empty where none led to an end.
    #[must_use]
    pub fn path_before(&self) -> &[Id] {
        &self.path_before
    }

    /// Returns the transitions that show it now; empty where none leads to an end.
    #[must_use]
    pub fn path_after(&self) -> &[Id] {
        &self.path_after
    }

    /// Returns the declared changes that explain it together; none when it is not explained.
    #[must_use]
    pub fn explained_by(&self) -> &[Id] {
        &self.explained_by
    }
}

/// A procedure of which not every case could be followed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entangled {
    member: Option<Id>,
    facts: Vec<Id>,
}

impl Entangled {
    /// Returns the part of the bundle; none in a single procedure and in the lead.
    #[must_use]
    pub const fn member(&self) -> Option<Id> {
        self.member
    }

    /// Returns the facts that make too many cases; none where a dossier has too many situations.
    #[must_use]
    pub fn facts(&self) -> &[Id] {
        &self.facts
    }
}

/// Finds the applications that two designs decide otherwise: lead by lead, part by part.
///
/// A change that the later design declares explains a difference when its
/// condition holds in the case, it says that way, and it names its law.
#[must_use]
pub fn differences(before: &Design<'_>, after: &Design<'_>) -> Differences {
    let mut differences = Differences::default();
    for (member, old, new) in members(before, after) {
        match (old, new) {
            (Some(old), Some(new)) if old == new => differences.add_idle(member, new, |_| true),
            (Some(old), Some(new)) => Search::of(old, new).run(member, &mut differences),
            _ => {}
        }
    }
    differences
}

impl Differences {
    /// Adds the declared changes of a procedure that explained nothing.
    fn add_idle(&mut self, member: Option<Id>, after: &Procedure, is_idle: impl Fn(usize) -> bool) {
        let changes = after.changes().iter().enumerate();
        let idle = changes.filter(|(place, _)| is_idle(*place)).map(|(_, (_, name, _))| name);
        self.idle.extend(idle.map(|it| (member, it)));
    }
}
