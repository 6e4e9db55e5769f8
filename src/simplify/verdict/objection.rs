//! Objections: what makes a redesign fail although the figures are reached.
//!
//! Each is a diagnostic about the text of the redesign, with the case that
//! shows it. How much was saved is not asked here.

use alloc::string::String;
use alloc::vec::Vec;

use super::case::Case;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text::Lang;

use super::objections::OBJECTIONS;

/// One way in which a redesign only pretends.
#[derive(Debug)]
pub struct Objection {
    pub(super) code: &'static str,
    pub(super) title: (&'static str, &'static str),
    pub(super) find: fn(&Case<'_, '_>) -> Vec<Diagnostic>,
}

impl Objection {
    /// Every objection, in the order in which they are looked for.
    pub const ALL: &'static [&'static Self] = OBJECTIONS;

    /// Objects, in every language: what is so, and how to mend it.
    pub(super) fn raise(
        &self,
        span: Span,
        message: impl Fn(Lang) -> String,
        help: impl Fn(Lang) -> String,
    ) -> Diagnostic {
        Diagnostic::error(self.code, span, message(Lang::En))
            .help(help(Lang::En))
            .in_vietnamese(message(Lang::Vi), Some(help(Lang::Vi)))
    }

    /// Returns the stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns what it objects to, in a few words.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.0, self.title.1)
    }
}
