//! Texts that extend others by name: the chain of them, and what can be wrong with it.
//!
//! What a text takes over from another is for its loader to say.

use alloc::format;
use alloc::vec::Vec;

use super::kind::Kind;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::At;

/// How many texts may extend one another in a row.
const MAX_CHAIN: usize = 16;

/// A text with its own name and that of the one that it extends.
type Extended<'d, D> = (Option<At<Id>>, Option<At<Id>>, &'d D);

impl Kind {
    /// Reports names that two texts have.
    pub(crate) fn report_twins<D>(&self, all: &[Extended<'_, D>], found: &mut Vec<Diagnostic>) {
        let mut known: Vec<Id> = Vec::new();
        for id in all.iter().filter_map(|(id, _, _)| *id) {
            if known.contains(&id.value) {
                let message = format!("{} `{}` is declared twice", self.what, id.value);
                let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
                found.push(diagnostic.help("rename one, or load only one of them"));
            }
            known.push(id.value);
        }
    }

    /// Returns a text after those that it extends, the most general first; none where the chain is broken.
    pub(crate) fn chain<'d, D>(
        &self,
        first: Extended<'d, D>,
        all: &[Extended<'d, D>],
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<&'d D>> {
        let mut chain = Vec::from([first]);
        let mut next = first.1;
        while let Some(wanted) = next {
            let base = all.iter().find(|(id, _, _)| id.is_some_and(|it| it.value == wanted.value));
            let Some(&base) = base else {
                let known = all.iter().filter_map(|(id, _, _)| Some((*id)?.value));
                found.push(self.not_among(wanted, known));
                return None;
            };
            if chain.iter().any(|it| core::ptr::eq(it.2, base.2)) {
                found.extend(self.ring(wanted, base, &chain));
                return None;
            }
            if chain.len() >= MAX_CHAIN {
                let message = format!("more than {MAX_CHAIN} texts extend one another");
                let diagnostic = Diagnostic::error("too-many", wanted.span, message);
                found.push(diagnostic.help("write two of them as one"));
                return None;
            }
            chain.push(base);
            next = base.1;
        }
        Some(chain.into_iter().rev().map(|it| it.2).collect())
    }

    /// Reports a ring once, by the first of its texts.
    fn ring<D>(
        &self,
        wanted: At<Id>,
        base: Extended<'_, D>,
        chain: &[Extended<'_, D>],
    ) -> Option<Diagnostic> {
        let place = |it: &Extended<'_, D>| it.0.map(|id| id.span);
        let start = chain.first()?;
        let is_first = chain.iter().map(place).min() == Some(place(start));
        if !is_first || !core::ptr::eq(base.2, start.2) {
            return None;
        }
        let message = format!("{} `{}` extends itself in the end", self.what, wanted.value);
        let diagnostic = Diagnostic::error("cyclic-inheritance", wanted.span, message);
        Some(diagnostic.help("leave one `extends` out"))
    }
}
