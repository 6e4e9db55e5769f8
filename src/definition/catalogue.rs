//! Versions side by side, by effective date.

use alloc::format;
use alloc::vec::Vec;

use chrono::NaiveDate;

use super::procedure::Procedure;
use super::words::Status;
use crate::diagnostic::{Diagnostic, settle};
use crate::id::{Fingerprint, Id};
use crate::read::Maybe;

/// Every version of every procedure in force.
///
/// The key is the procedure's id. The national code is an attribute of a
/// version: several ids may share one, and it may change.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    // INVARIANT: sorted by id and first day; the days of one id neither overlap nor leave gaps.
    procedures: Vec<Procedure>,
}

impl Catalogue {
    /// Puts versions side by side.
    ///
    /// A version that shares days with the one before it (`overlapping-versions`)
    /// or leaves a gap after it (`version-gap`) is reported and left out, with
    /// whatever follows it; proposed redesigns are refused (`proposed`). The
    /// rest can be used.
    #[must_use]
    pub fn new(procedures: Vec<Procedure>) -> (Self, Vec<Diagnostic>) {
        let (mut sorted, proposed): (Vec<_>, Vec<_>) =
            procedures.into_iter().partition(|it| it.status() == Status::InForce);
        let mut found: Vec<Diagnostic> = proposed.iter().map(refusal).collect();
        sorted.sort_by_key(|it| (*it.id(), it.effective().from()));
        let mut kept: Vec<Procedure> = Vec::with_capacity(sorted.len());
        let mut left: Vec<Procedure> = Vec::new();
        for procedure in sorted {
            let Some(diagnostic) = objection(kept.last(), &procedure) else {
                kept.push(procedure);
                continue;
            };
            // One mistake is one diagnostic: whatever only follows what is left out is left out with it.
            let is_known = left.iter().any(|it| it.span() == procedure.span());
            let before = left.last().filter(|it| it.id() == procedure.id());
            let said = match before {
                Some(_) => objection(before, &procedure),
                None => Some(diagnostic),
            };
            found.extend(said.filter(|_| !is_known));
            left.push(procedure);
        }
        settle(&mut found);
        (Self { procedures: kept }, found)
    }

    /// Returns every version, sorted by id and first day.
    pub fn iter(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter()
    }

    /// Returns the versions of a procedure, oldest first.
    #[must_use]
    pub fn versions(&self, id: &Id) -> &[Procedure] {
        let start = self.procedures.partition_point(|it| it.id() < id);
        let rest = self.procedures.get(start..).unwrap_or_default();
        let end = rest.partition_point(|it| it.id() <= id);
        rest.get(..end).unwrap_or_default()
    }

    /// Returns the version of a procedure in force on a day.
    #[must_use]
    pub fn on(&self, id: &Id, day: NaiveDate) -> Option<&Procedure> {
        let versions = self.versions(id);
        let after = versions.partition_point(|it| it.effective().from() <= day);
        versions.get(after.checked_sub(1)?).filter(|it| it.effective().contains(day))
    }

    /// Returns the version with a fingerprint, such as the one to which a dossier is pinned.
    #[must_use]
    pub fn pinned(&self, id: &Id, fingerprint: &Fingerprint) -> Option<&Procedure> {
        self.versions(id).iter().find(|it| it.fingerprint() == fingerprint)
    }

    /// Returns the ids that bear a national code in some version.
    #[must_use]
    pub fn ids_of_code(&self, code: &str) -> Vec<Id> {
        let bears = |it: &&Procedure| matches!(it.code(), Some(Maybe::Known(it)) if **it == *code);
        let mut ids: Vec<Id> = self.procedures.iter().filter(bears).map(|it| *it.id()).collect();
        ids.dedup();
        ids
    }

    /// Returns the ids, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = self.procedures.iter().map(|it| *it.id()).collect();
        ids.dedup();
        ids
    }
}

/// Says that a redesign stands beside what is in force.
fn refusal(proposed: &Procedure) -> Diagnostic {
    let message = format!("`{}` is proposed and not in force", proposed.id());
    Diagnostic::error("proposed", proposed.span(), message).help("read it by its path")
}

/// Says why a version cannot follow another; in the names that their texts give them.
fn objection(last: Option<&Procedure>, next: &Procedure) -> Option<Diagnostic> {
    let span = next.span();
    let last = last.filter(|it| it.id() == next.id())?;
    let (until, from) = (last.effective().until(), next.effective().from());
    let (before, after) = (last.own_version, next.own_version);
    let versions = format!("versions `{before}` and `{after}` of `{}`", next.id());
    match until {
        Some(until) if until == from => None,
        Some(until) if until < from => {
            // Two versions of one text: the gap is one of its life cycle, and was reported there.
            if last.span() == span {
                return None;
            }
            let message = format!("{versions} leave a gap from {until}");
            let diagnostic = Diagnostic::error("version-gap", span, message);
            Some(diagnostic.help("let one begin on the day on which the other ends"))
        }
        _ => {
            let message = format!("{versions} share days from {from}");
            let diagnostic = Diagnostic::error("overlapping-versions", span, message);
            Some(diagnostic.help("end one on the first day of the other"))
        }
    }
}
