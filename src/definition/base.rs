//! Which version is based on which: the chain of drafts from the oldest on.
//!
//! Life cycles and procedures follow the same rule. Heads are never inherited.

use alloc::format;
use alloc::vec::Vec;

use super::draft::Draft;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::At;

/// How many versions may be based on one another.
const MAX_BASES: usize = 16;

/// One version of a life cycle or of a procedure, as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version<'d> {
    pub(crate) id: Option<At<Id>>,
    pub(crate) version: Option<At<Id>>,
    pub(crate) based_on: Option<At<Id>>,
    pub(crate) draft: &'d Draft,
}

impl<'d> Version<'d> {
    /// Returns the version that a draft of a procedure or a bundle writes.
    pub(crate) fn of_procedure(draft: &'d Draft) -> Option<Self> {
        let head = draft.head()?;
        let (id, version, based_on) = (head.id.0, head.version.0, head.based_on);
        Some(Self { id, version, based_on, draft })
    }

    /// Returns the drafts on which this one is based, oldest first, itself last.
    ///
    /// A base that is missing, or that is based on this one, is reported and ends the chain.
    pub(crate) fn with_bases(self, all: &[Self], found: &mut Vec<Diagnostic>) -> Vec<&'d Draft> {
        let mut chain = Vec::from([self.draft]);
        let mut next = self.based_on;
        while let Some(wanted) = next {
            let Some(base) = all.iter().find(|it| self.is_sister(it) && it.is(wanted)) else {
                found.push(self.undeclared(wanted, all));
                break;
            };
            if chain.iter().any(|it| core::ptr::eq(*it, base.draft)) {
                found.extend(self.ring(wanted, base, &chain));
                break;
            }
            if chain.len() > MAX_BASES {
                let message = format!("more than {MAX_BASES} versions are based on one another");
                let diagnostic = Diagnostic::error("too-many", wanted.span, message);
                found.push(diagnostic.help("write the parts of one of them out"));
                break;
            }
            chain.push(base.draft);
            next = base.based_on;
        }
        chain.reverse();
        chain
    }

    fn is_sister(&self, other: &Self) -> bool {
        matches!((self.id, other.id), (Some(a), Some(b)) if a.value == b.value)
    }

    fn is(&self, wanted: At<Id>) -> bool {
        self.version.is_some_and(|it| it.value == wanted.value)
    }

    fn undeclared(&self, wanted: At<Id>, all: &[Self]) -> Diagnostic {
        let message = format!("there is no version `{}` to be based on", wanted.value);
        let other = |it: &&Self| !core::ptr::eq(it.draft, self.draft);
        let sisters = all.iter().filter(|it| self.is_sister(it)).filter(other);
        let known: Vec<Id> = sisters.filter_map(|it| Some(it.version?.value)).collect();
        Diagnostic::error("undeclared-version", wanted.span, message)
            .nearest(wanted.value.as_str(), known.iter().map(Id::as_str))
            .or_help(|| "load its text together with this one".into())
    }

    /// Reports a ring once, by the first of its versions.
    fn ring(&self, wanted: At<Id>, base: &Self, chain: &[&Draft]) -> Option<Diagnostic> {
        let first = chain.iter().min_by_key(|it| it.format.span)?;
        let is_first = core::ptr::eq(base.draft, self.draft) && core::ptr::eq(*first, self.draft);
        let message = format!("version `{}` is based on itself in the end", wanted.value);
        let diagnostic = Diagnostic::error("cyclic-inheritance", wanted.span, message);
        is_first.then(|| diagnostic.help("leave one `based-on` out"))
    }
}
