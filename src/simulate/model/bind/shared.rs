//! What is said of all cases at once: at least one procedure declares it.
//!
//! Where a procedure is not there, nothing is said: it may be the one that declares it.

use alloc::vec::Vec;

use super::Binding;
use crate::definition::Procedure;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{ROLE, TRANSITION};

impl Binding<'_, '_> {
    /// Steps of all cases, and roles of pools.
    pub(super) fn check_shared(&self, found: &mut Vec<Diagnostic>) {
        let draft = &self.scenario.draft;
        let procedures = draft.case.iter().map(|(_, it)| self.procedure(it, &mut Vec::new()));
        let Some(procedures) = procedures.collect::<Option<Vec<&Procedure>>>() else { return };
        let steps: Vec<Id> = procedures
            .iter()
            .flat_map(|it| it.transitions().iter().map(|(_, name, _)| name))
            .collect();
        let roles: Vec<Id> =
            procedures.iter().flat_map(|it| it.roles().iter().map(|(_, name, _)| name)).collect();
        let unknown = draft.step.iter().map(|it| it.0).filter(|it| !steps.contains(&it.value));
        found.extend(unknown.map(|it| TRANSITION.undeclared_by_any(it, steps.iter().copied())));
        let named = draft.pool.iter().flat_map(|(_, it)| it.roles.0.iter().copied());
        let unknown = named.filter(|it| !roles.contains(&it.value));
        found.extend(unknown.map(|it| ROLE.undeclared_by_any(it, roles.iter().copied())));
    }
}
