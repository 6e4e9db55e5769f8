//! What is wrong with a text, and where.
//!
//! A diagnostic never speaks about a dossier (that is a rejection) and carries
//! no rendering: whoever shows it has the text.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::source::Span;
use crate::witness::Witness;

/// One problem in a definition, calendar, tariff or scenario.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    code: &'static str,
    severity: Severity,
    span: Span,
    message: String,
    help: Option<String>,
    witness: Option<Box<Witness>>,
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            help: None,
            witness: None,
        }
    }

    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    pub(crate) fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, span, message) }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the case that shows it; one of which nothing is said is every case, and shows nothing.
    pub(crate) fn witness(mut self, witness: Witness) -> Self {
        self.witness = (witness != Witness::default()).then(|| Box::new(witness));
        self
    }

    /// Adds advice where there is none yet.
    pub(crate) fn or_help(self, help: impl FnOnce() -> String) -> Self {
        if self.help.is_some() { self } else { self.help(help()) }
    }

    /// Adds the nearest known word as help, if one is near.
    pub(crate) fn nearest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match crate::text::nearest(found, known) {
            Some(near) => self.help(alloc::format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// Returns the stable kebab-case code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns how grave it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the place that it is about.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns the facts: lower case, no final stop, the author's words in backticks.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns how to mend it, when that is known.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Returns the case that shows it, when there is one.
    #[must_use]
    pub fn evidence(&self) -> Option<&Witness> {
        self.witness.as_deref()
    }
}

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Severity {
    /// The text cannot be used.
    Error,
    /// The text can be used, and is probably not what was meant.
    Warning,
    /// Something that a reader must know, such as an assumption.
    Note,
}

impl Severity {
    /// Returns the word of the command line: `error`, `warning` or `note`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Sorts by place and drops what was said twice, even with other advice.
pub(crate) fn settle(found: &mut Vec<Diagnostic>) {
    fn said(it: &Diagnostic) -> (Span, Severity, &str, &str) {
        (it.span, it.severity, it.code, &it.message)
    }
    found.sort_by(|a, b| said(a).cmp(&said(b)));
    found.dedup_by(|a, b| said(a) == said(b));
}

/// Returns true when any of them is an error.
#[must_use]
pub fn any_error(found: &[Diagnostic]) -> bool {
    found.iter().any(|it| it.severity == Severity::Error)
}
