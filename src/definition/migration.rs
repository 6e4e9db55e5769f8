//! How open dossiers of earlier versions pass to a version (chuyển phiên bản): the law's own rules for the change.
//!
//! A mapping is written down and never inferred: names that are alike prove
//! nothing. What becomes of a dossier without such rules is not decided here.

use alloc::format;
use alloc::vec::Vec;

use super::accessors::accessors;
use super::draft::MigrationDraft;
use super::lower::Lowering;
use super::procedure::Procedure;
use super::table::{FeeIdx, LawIdx, StateIdx, Table, TransitionIdx};
use super::words::Carriage;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{FEE, Kind, Pairs, Remarks, STATE, TERM, TRANSITION};
use crate::source::At;
use crate::text::Text;

/// Rules for dossiers that leave earlier versions.
///
/// States, transitions and terms are named as the earlier versions name them.
#[derive(Clone, Debug)]
pub struct Migration {
    from: Vec<At<Id>>,
    states: Vec<(At<Id>, StateIdx)>,
    transitions: Vec<(At<Id>, TransitionIdx)>,
    fees: Vec<(At<Id>, FeeIdx)>,
    terms: Vec<(At<Id>, Carriage)>,
    forbidden: Vec<At<Id>>,
    reason: Text,
    law: Vec<LawIdx>,
    remarks: Remarks,
}

impl Migration {
    accessors! {
        /// Returns why dossiers pass in this way.
        reason: Text,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the versions whose dossiers it is about; none where it is about every earlier one.
    pub fn from(&self) -> impl Iterator<Item = Id> {
        self.from.iter().map(|it| it.value)
    }

    /// Returns true when it is about dossiers of a version.
    #[must_use]
    pub fn is_about(&self, version: &Id) -> bool {
        self.from.is_empty() || self.from.iter().any(|it| it.value == *version)
    }

    /// Returns the state that takes the place of one of the earlier version.
    #[must_use]
    pub fn state(&self, old: &Id) -> Option<StateIdx> {
        mapped(&self.states, old)
    }

    /// Returns the transition that counts as one of the earlier version.
    #[must_use]
    pub fn transition(&self, old: &Id) -> Option<TransitionIdx> {
        mapped(&self.transitions, old)
    }

    /// Returns the fee that takes the place of one of the earlier version, with what was paid for it.
    #[must_use]
    pub fn fee(&self, old: &Id) -> Option<FeeIdx> {
        mapped(&self.fees, old)
    }

    /// Returns what is said of a term, if anything is.
    #[must_use]
    pub fn carriage(&self, term: &Id) -> Option<Carriage> {
        mapped(&self.terms, term)
    }

    /// Returns true when no dossier may pass in that state of the earlier version.
    #[must_use]
    pub fn forbids(&self, state: &Id) -> bool {
        self.forbidden.iter().any(|it| it.value == *state)
    }
}

fn mapped<T: Copy>(pairs: &[(At<Id>, T)], old: &Id) -> Option<T> {
    pairs.iter().find(|(it, _)| it.value == *old).map(|(_, it)| *it)
}

impl Lowering<'_> {
    pub(super) fn migration(&mut self, it: &MigrationDraft) -> Option<Migration> {
        let states = pairs(it.state.as_ref(), |to| self.find(&self.draft.state, *to, STATE));
        let transitions =
            pairs(it.transition.as_ref(), |to| self.find(&self.draft.transition, *to, TRANSITION));
        let fees = pairs(it.fee.as_ref(), |to| self.find(&self.draft.fee, *to, FEE));
        self.check_ends_of(it);
        for name in &it.forbid.0 {
            if states.iter().any(|(it, _)| it.value == name.value) {
                let message = format!("state `{}` is both mapped and forbidden", name.value);
                self.error("mapped-and-forbidden", name.span, message, "say one of them");
            }
        }
        let law = self.law(&it.law);
        Some(Migration {
            from: it.from.0.clone(),
            states,
            transitions,
            fees,
            terms: pairs(it.term.as_ref(), |it| Some(*it)),
            forbidden: it.forbid.0.clone(),
            reason: it.reason.0.clone()?,
            law,
            remarks: it.remarks.clone(),
        })
    }

    /// Moving to another version decides nothing, so it ends no dossier.
    fn check_ends_of(&mut self, it: &MigrationDraft) {
        for (_, to) in it.state.as_ref().map_or(&[][..], |it| &it.0) {
            let state = self.draft.state.iter().find(|(id, _)| id.value == to.value);
            let status = state.and_then(|(_, it)| it.portal_status.0);
            if status.is_some_and(|it| it.is_settled()) {
                let message = format!("moving to `{}` would end the dossier", to.value);
                let help = "map to an open state, or name the state in `forbid`";
                self.error("migration-ends", to.span, message, help);
            }
        }
    }
}

fn pairs<T, U>(
    written: Option<&Pairs<T>>,
    mut lower: impl FnMut(&T) -> Option<U>,
) -> Vec<(At<Id>, U)> {
    let written = written.map_or(&[][..], |it| &it.0);
    written.iter().filter_map(|(old, to)| Some((*old, lower(to)?))).collect()
}

/// Compares what migrations name with the versions that dossiers come from.
///
/// All versions of a procedure come together.
pub(super) fn check(procedures: &[&Procedure], found: &mut Vec<Diagnostic>) {
    for &new in procedures {
        let sister = |it: &&Procedure| it.id() == new.id() && it.version() != new.version();
        let sisters: Vec<&Procedure> = procedures.iter().copied().filter(sister).collect();
        for (_, _, migration) in new.migrations().iter() {
            let old = earlier(new, migration, &sisters, found);
            check_names(new, migration, &old, found);
        }
        check_overlaps(new, found);
    }
}

/// Returns the versions that a migration is about.
fn earlier<'p>(
    new: &Procedure,
    migration: &Migration,
    sisters: &[&'p Procedure],
    found: &mut Vec<Diagnostic>,
) -> Vec<&'p Procedure> {
    let before = |it: &Procedure| it.effective().from() < new.effective().from();
    if migration.from.is_empty() {
        return sisters.iter().copied().filter(|it| before(it)).collect();
    }
    let mut earlier = Vec::new();
    for name in &migration.from {
        let version = sisters.iter().copied().find(|it| *it.version() == name.value);
        match version {
            Some(version) if before(version) => earlier.push(version),
            Some(_) => {
                let message = format!("version `{}` does not begin before this one", name.value);
                let diagnostic = Diagnostic::error("migration-backwards", name.span, message);
                found.push(
                    diagnostic.help("name versions whose dossiers may be open on the first day"),
                );
            }
            None if name.value == *new.version() => {
                let message = format!("version `{}` does not begin before itself", name.value);
                found.push(Diagnostic::error("migration-backwards", name.span, message));
            }
            None => {
                let message = format!("there is no version `{}` to migrate from", name.value);
                let known = sisters.iter().map(|it| it.version().as_str());
                let diagnostic = Diagnostic::error("undeclared-version", name.span, message);
                let diagnostic = diagnostic.nearest(name.value.as_str(), known);
                found.push(diagnostic.or_help(|| "load its text together with this one".into()));
            }
        }
    }
    earlier
}

/// Every name is that of a part of some version from which dossiers come.
fn check_names(
    new: &Procedure,
    migration: &Migration,
    old: &[&Procedure],
    found: &mut Vec<Diagnostic>,
) {
    if old.is_empty() {
        return;
    }
    let states: Vec<Id> = old.iter().flat_map(|it| names(it.states())).collect();
    let mapped = migration.states.iter().map(|(it, _)| it).chain(&migration.forbidden);
    found.extend(mapped.filter_map(|it| missing(*it, &states, STATE)));
    let transitions: Vec<Id> = old.iter().flat_map(|it| names(it.transitions())).collect();
    let mapped = migration.transitions.iter().map(|(it, _)| it);
    found.extend(mapped.filter_map(|it| missing(*it, &transitions, TRANSITION)));
    let fees: Vec<Id> = old.iter().flat_map(|it| names(it.fees())).collect();
    found.extend(migration.fees.iter().filter_map(|(it, _)| missing(*it, &fees, FEE)));
    let left: Vec<Id> = old.iter().flat_map(|it| names(it.terms())).collect();
    let entered = names(new.terms());
    for (name, carriage) in &migration.terms {
        let known = if *carriage == Carriage::Start { &entered } else { &left };
        found.extend(missing(*name, known, TERM));
        if *carriage == Carriage::NewLength {
            found.extend(missing(*name, &entered, TERM));
        }
    }
}

fn names<P: super::table::Position, T>(table: &Table<P, T>) -> Vec<Id> {
    table.iter().map(|(_, id, _)| id).collect()
}

fn missing(name: At<Id>, known: &[Id], kind: Kind) -> Option<Diagnostic> {
    let diagnostic = || kind.undeclared(name, known.iter().copied());
    (!known.contains(&name.value)).then(diagnostic)
}

/// One migration at most is about the dossiers of a version.
fn check_overlaps(new: &Procedure, found: &mut Vec<Diagnostic>) {
    let migrations = new.migrations();
    for (at, name, later) in migrations.iter() {
        let before = migrations.iter().take_while(|(it, _, _)| *it != at);
        for (_, first, earlier) in before {
            let shared = later.from.is_empty()
                || earlier.from.is_empty()
                || later.from().any(|it| earlier.is_about(&it));
            if shared {
                let message = format!("`{first}` and `{name}` are about dossiers of one version");
                let span = migrations.span(at).unwrap_or(new.span());
                let diagnostic = Diagnostic::error("overlapping-migrations", span, message);
                found.push(diagnostic.help("let each version be named by one of them"));
            }
        }
    }
}
