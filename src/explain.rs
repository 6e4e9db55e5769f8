//! The manual pages of diagnostic codes.
//!
//! A page says what a code means, why it matters and what to do. There is one
//! for every code that this library can give, the rules of the verifier
//! included; a test compares the table with the folder and with the source.

use crate::text;

/// Names a page by its code and includes it.
macro_rules! pages {
    ($($code:literal),+ $(,)?) => {
        &[$(($code, include_str!(concat!("manual/codes/", $code, ".md")))),+]
    };
}

/// Every page by its code, sorted.
pub const PAGES: &[(&str, &str)] = pages![
    "assumed",
    "backward-session",
    "bad-amount",
    "bad-guard",
    "bad-limit",
    "bad-rule",
    "bad-value",
    "branch-outlives-case",
    "bundle-cannot-close",
    "cannot-finish",
    "cap-below-base",
    "carried-fact",
    "choice-of-one",
    "choice-without-guard",
    "cyclic-inheritance",
    "cyclic-parts",
    "cyclic-succession",
    "dead-transition",
    "double-day",
    "duplicate-name",
    "empty-interval",
    "empty-item",
    "empty-range",
    "empty-text",
    "fact-domain",
    "few-parts",
    "filing-condition",
    "filing-from",
    "group-term-too-short",
    "guard-too-deep",
    "guard-too-long",
    "guard-too-wide",
    "guard-type",
    "hidden-character",
    "idle-removal",
    "idle-waiver",
    "inherited-key",
    "join-cannot-close",
    "join-never-asked",
    "join-waits-for-ever",
    "join-without-answer",
    "law-in-two-meanings",
    "lonely-swap",
    "many-filings",
    "mapped-and-forbidden",
    "may-strand",
    "migration-backwards",
    "migration-ends",
    "missing-key",
    "no-extension",
    "no-filing",
    "open-coverage",
    "outside-coverage",
    "overlapping-amounts",
    "overlapping-migrations",
    "overlapping-sessions",
    "overlapping-versions",
    "part-cannot-follow",
    "part-channel",
    "part-not-delivered",
    "part-outside-bundle",
    "part-paper-missing",
    "proposed",
    "register-mismatch",
    "removed-in-use",
    "repeated-value",
    "reserved-name",
    "result-too-early",
    "space-too-large",
    "succession-gap",
    "succession-without-end",
    "successor-ended",
    "syntax",
    "term-never-starts",
    "too-entangled",
    "too-large",
    "too-long",
    "too-many",
    "two-heads",
    "undeclared-authority",
    "undeclared-calendar",
    "undeclared-database",
    "undeclared-document",
    "undeclared-fact",
    "undeclared-figure",
    "undeclared-law",
    "undeclared-life-cycle",
    "undeclared-part",
    "undeclared-procedure",
    "undeclared-regime",
    "undeclared-result",
    "undeclared-role",
    "undeclared-row",
    "undeclared-rule",
    "undeclared-state",
    "undeclared-tariff",
    "undeclared-term",
    "undeclared-transition",
    "undeclared-version",
    "unfit-day",
    "unknown",
    "unknown-format",
    "unknown-item",
    "unknown-key",
    "unknown-kind",
    "unknown-rule",
    "unknown-word",
    "unreachable-state",
    "version-gap",
    "wrong-type",
];

/// Returns the code that was most likely meant.
#[must_use]
pub fn nearest(code: &str) -> Option<&'static str> {
    text::nearest(code, PAGES.iter().map(|(it, _)| *it))
}

/// Returns the manual page of a diagnostic code, in Markdown.
///
/// # Example
///
/// ```
/// let page = hoso::explain::page("cannot-finish").unwrap();
/// assert!(page.starts_with("# `cannot-finish`"));
/// assert_eq!(hoso::explain::page("no-such-code"), None);
/// ```
#[must_use]
pub fn page(code: &str) -> Option<&'static str> {
    let at = PAGES.binary_search_by_key(&code, |(it, _)| it).ok()?;
    PAGES.get(at).map(|(_, page)| *page)
}
