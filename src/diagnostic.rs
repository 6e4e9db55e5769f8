//! What is wrong with a text, and where.
//!
//! A diagnostic never speaks about a dossier (that is a rejection) and carries
//! no rendering: whoever shows it has the text.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::source::Span;
use crate::text::Lang;
use crate::witness::Witness;

/// One problem in a definition, calendar, tariff or scenario.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    code: &'static str,
    severity: Severity,
    span: Span,
    message: String,
    details: Vec<Detail>,
    help: Option<String>,
    // Message and help for those who read Vietnamese, where somebody wrote them.
    vi: Option<Box<(String, Option<String>)>>,
    witness: Option<Box<Witness>>,
    measure: u64,
}

/// A fact behind a diagnostic, such as what one transition of a choice asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Detail {
    span: Option<Span>,
    text: String,
}

impl Detail {
    /// States a fact about a place of its own.
    pub(crate) fn at(span: Option<Span>, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// States a fact.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self::at(None, text)
    }

    /// Returns the place that it is about, when that is another than the diagnostic's.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        self.span
    }

    /// Returns the fact: one line, the author's words in backticks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Diagnostic {
    pub(crate) fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            details: Vec::new(),
            help: None,
            vi: None,
            witness: None,
            measure: 0,
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

    /// Says the message in Vietnamese too, and the help where somebody wrote it.
    pub(crate) fn in_vietnamese(mut self, message: String, help: Option<String>) -> Self {
        self.vi = Some(Box::new((message, help)));
        self
    }

    /// Adds the facts behind it.
    pub(crate) fn because(mut self, details: Vec<Detail>) -> Self {
        self.details = details;
        self
    }

    /// Says how bad it is: of those that say the same of one place, the worst is kept.
    pub(crate) const fn by(mut self, measure: u64) -> Self {
        self.measure = measure;
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

    /// Orders by place, then by what is said, the worst first.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.said().cmp(&other.said()).then(other.measure.cmp(&self.measure))
    }

    /// Returns true when both say the same of one place, for whichever case.
    pub(crate) fn says_as(&self, other: &Self) -> bool {
        self.said() == other.said()
    }

    fn said(&self) -> (Span, Severity, &str, &str) {
        (self.span, self.severity, self.code, &self.message)
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

    /// Returns the facts in a language, or in English where nobody wrote them in Vietnamese.
    #[must_use]
    pub fn message_in(&self, lang: Lang) -> &str {
        lang.pick(self.vi.as_deref(), None).map_or(&self.message, |(message, _)| message)
    }

    /// Returns how to mend it in a language, or in English where nobody wrote that in Vietnamese.
    #[must_use]
    pub fn advice_in(&self, lang: Lang) -> Option<&str> {
        let vi = lang.pick(self.vi.as_deref(), None);
        vi.and_then(|(_, help)| help.as_deref()).or(self.help.as_deref())
    }

    /// Returns the facts behind it, each a line.
    #[must_use]
    pub fn details(&self) -> &[Detail] {
        &self.details
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

/// Sorts by place and drops what was said twice, even with other advice; the worst is kept.
pub(crate) fn settle(found: &mut Vec<Diagnostic>) {
    found.sort_by(Diagnostic::order);
    found.dedup_by(|a, b| a.says_as(b));
}

/// Returns true when any of them is an error.
#[must_use]
pub fn any_error(found: &[Diagnostic]) -> bool {
    found.iter().any(|it| it.severity == Severity::Error)
}
