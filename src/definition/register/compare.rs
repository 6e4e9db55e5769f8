//! What a register restates, held against the definitions.
//!
//! A procedure that the catalogue lacks is compared with nothing: what is
//! missing is counted elsewhere.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use super::{Entry, Register};
use crate::definition::catalogue::Catalogue;
use crate::definition::procedure::Procedure;
use crate::diagnostic::{Diagnostic, settle};
use crate::id::Id;
use crate::read::Maybe;
use crate::source::Span;

impl Register {
    /// Compares what the entries restate with the versions of their procedures.
    ///
    /// Codes are those of all versions together; level and service level those
    /// of the newest. Each difference is a `register-mismatch`.
    #[must_use]
    pub fn compare(&self, catalogue: &Catalogue) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (id, entry) in &self.entries {
            let versions = catalogue.versions(id);
            if let Some(newest) = versions.last() {
                compare_codes(*id, entry, versions, &mut found);
                compare_newest(entry, newest, &mut found);
            }
        }
        settle(&mut found);
        found
    }
}

fn compare_codes(id: Id, entry: &Entry, versions: &[Procedure], found: &mut Vec<Diagnostic>) {
    let Some(first) = entry.codes.first() else { return };
    let codes = versions.iter().filter_map(|it| Some(&**it.code()?.known()?));
    let borne: BTreeSet<&str> = codes.collect();
    for code in entry.codes.iter().filter(|it| !borne.contains(&*it.value)) {
        let message = format!("no version of `{id}` bears code `{}`", code.value);
        found.push(mismatch(code.span, message));
    }
    for code in borne.into_iter().filter(|it| !entry.codes().any(|code| code == *it)) {
        found.push(mismatch(first.span, format!("a version of `{id}` bears code `{code}` too")));
    }
}

fn compare_newest(entry: &Entry, newest: &Procedure, found: &mut Vec<Diagnostic>) {
    let id = newest.id();
    if let Some(it) = entry.authority.filter(|it| it.value != newest.authority()) {
        let defined = newest.authority().as_str();
        found.push(mismatch(it.span, format!("the authority of `{id}` is `{defined}`")));
    }
    let Maybe::Known(defined) = newest.service_level() else { return };
    if let Some(it) = entry.service_level.filter(|it| it.value != *defined) {
        let defined = defined.as_str();
        found.push(mismatch(it.span, format!("the service level of `{id}` is `{defined}`")));
    }
}

fn mismatch(span: Span, message: alloc::string::String) -> Diagnostic {
    Diagnostic::error("register-mismatch", span, message)
        .help("mend the one that is wrong, or leave it out here")
}
