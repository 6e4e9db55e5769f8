//! How dossiers pass from one version of a procedure to another, state by state.
//!
//! The plan knows both versions and no dossier. What holds for every dossier
//! of a state is a reason; what holds only for some is a proviso, and the
//! dossier itself is asked when it moves.

use alloc::vec::Vec;

use super::bridge::Bridge;
use crate::clock::Length;
use crate::definition::{Carriage, Migration, Procedure, TermIdx};
use crate::dossier::rejection::{Cause, Reason};
use crate::error::Error;
use crate::id::Id;
use crate::read::Maybe;
use crate::text::words;

words! {
    /// How a dossier passes to another version.
    pub enum Passage as "how a dossier passes: `safe`, `needs-mapping` or `forbidden`" {
        /// It may pass as it is, or as a migration of the new version maps it.
        Safe = "safe" ("chuyển được", "safe"),
        /// It may pass only once the new version says as what.
        NeedsMapping = "needs-mapping" ("cần quy tắc chuyển", "needs mapping"),
        /// It may not pass.
        Forbidden = "forbidden" ("không được chuyển", "forbidden"),
    }
}

impl Passage {
    /// Returns the gravest of what some reasons allow.
    pub(super) fn of(reasons: &[Reason]) -> Self {
        reasons.iter().map(|it| Self::with(it.cause())).max().unwrap_or(Self::Safe)
    }

    const fn with(cause: Cause) -> Self {
        match cause {
            Cause::StateNotInVersion
            | Cause::StatusChanged
            | Cause::WaitsForAnother
            | Cause::ActLost
            | Cause::StepNotInVersion
            | Cause::FeeNotInVersion => Self::NeedsMapping,
            _ => Self::Forbidden,
        }
    }
}

/// A plan between two versions of one procedure.
#[derive(Debug)]
pub struct Plan<'p> {
    pub(super) bridge: Bridge<'p>,
    stages: Vec<Stage>,
}

/// What becomes of the dossiers in one live state of the earlier version.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stage {
    pub(super) state: Id,
    pub(super) to: Option<Id>,
    pub(super) is_mapped: bool,
    pub(super) is_accepted: bool,
    pub(super) reasons: Vec<Reason>,
    pub(super) provisos: Vec<Reason>,
    pub(super) candidates: Vec<Id>,
}

/// What becomes of a term.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TermPassage<'p> {
    term: Id,
    carriage: Option<Carriage>,
    old: Option<&'p Maybe<Length>>,
    new: Option<&'p Maybe<Length>>,
    is_same: bool,
}

impl<'p> Plan<'p> {
    /// Compares two versions of one procedure.
    ///
    /// # Errors
    ///
    /// When the two are not versions of one procedure.
    pub fn between(old: &'p Procedure, new: &'p Procedure) -> Result<Self, Error> {
        if old.id() != new.id() {
            return Err(Error::other_procedure(*old.id(), *new.id()));
        }
        let bridge = Bridge::between(old, new);
        let stages = bridge.stages();
        Ok(Self { bridge, stages })
    }

    /// Returns the version that dossiers leave.
    #[must_use]
    pub const fn before(&self) -> &'p Procedure {
        self.bridge.old.procedure
    }

    /// Returns the version that they enter.
    #[must_use]
    pub const fn after(&self) -> &'p Procedure {
        self.bridge.new.procedure
    }

    /// Returns the migration of the new version that is about the old one, with its name.
    #[must_use]
    pub const fn migration(&self) -> Option<(Id, &'p Migration)> {
        self.bridge.rule
    }

    /// Returns what becomes of the dossiers of every live state, in the order of declaration.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Returns what becomes of the dossiers of one state.
    #[must_use]
    pub fn stage(&self, state: &Id) -> Option<&Stage> {
        self.stages.iter().find(|it| it.state == *state)
    }

    /// Returns what becomes of every term that may run in a live state, and of those that start.
    #[must_use]
    pub fn terms(&self) -> Vec<TermPassage<'p>> {
        let (old, new) = (self.before().terms(), self.after().terms());
        let runs = |at: TermIdx| self.bridge.may_run(at);
        let mut terms: Vec<TermPassage<'p>> = old
            .iter()
            .filter(|(at, _, _)| runs(*at))
            .map(|(_, term, it)| {
                let later = new.find(&term).map(|(_, it)| it);
                TermPassage {
                    term,
                    carriage: self.bridge.carriage(&term),
                    old: Some(it.limit()),
                    new: later.map(|it| it.limit()),
                    is_same: later.is_some_and(|later| self.bridge.is_same_rule(it, later)),
                }
            })
            .collect();
        for (_, term, it) in new.iter().filter(|(_, id, _)| old.find(id).is_none()) {
            let carriage = self.bridge.carriage(&term);
            if carriage == Some(Carriage::Start) {
                let new = Some(it.limit());
                terms.push(TermPassage { term, carriage, old: None, new, is_same: false });
            }
        }
        terms
    }
}

impl Stage {
    /// Returns the state of the earlier version.
    #[must_use]
    pub const fn state(&self) -> Id {
        self.state
    }

    /// Returns the state in which dossiers arrive; none when there is none.
    #[must_use]
    pub const fn to(&self) -> Option<Id> {
        self.to
    }

    /// Returns true when a migration maps the state.
    #[must_use]
    pub const fn is_mapped(&self) -> bool {
        self.is_mapped
    }

    /// Returns true when every dossier in the state was accepted; before that the version of the day governs.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.is_accepted
    }

    /// Returns how dossiers pass, provisos left aside.
    #[must_use]
    pub fn passage(&self) -> Passage {
        Passage::of(&self.reasons)
    }

    /// Returns what stands in the way of every dossier.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// Returns what stands in the way of those dossiers of which it is true.
    #[must_use]
    pub fn provisos(&self) -> &[Reason] {
        &self.provisos
    }

    /// Returns states of the new version to which a migration might map it, the likeliest first.
    #[must_use]
    pub fn candidates(&self) -> &[Id] {
        &self.candidates
    }
}

impl<'p> TermPassage<'p> {
    /// Returns the term.
    #[must_use]
    pub const fn term(&self) -> Id {
        self.term
    }

    /// Returns what becomes of it; none when the new version does not know it and no migration ends it.
    #[must_use]
    pub const fn carriage(&self) -> Option<Carriage> {
        self.carriage
    }

    /// Returns its length under the old version, cases left aside.
    #[must_use]
    pub const fn before(&self) -> Option<&'p Maybe<Length>> {
        self.old
    }

    /// Returns its length under the new version, cases left aside.
    #[must_use]
    pub const fn after(&self) -> Option<&'p Maybe<Length>> {
        self.new
    }

    /// Returns true when both versions measure it by the same rule.
    #[must_use]
    pub const fn is_same(&self) -> bool {
        self.is_same
    }
}
