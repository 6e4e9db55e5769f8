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
    "acceptance-bypassed",
    "act-without-move",
    "apology-forgotten",
    "apology-repeated",
    "apology-without-term",
    "assumed",
    "at-most-contradictory",
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
    "citation-missing",
    "citation-not-in-force",
    "citation-unused",
    "clock-effect-unsaid",
    "clock-without-effect",
    "consultation-bypassed",
    "consultation-never-asked",
    "cyclic-inheritance",
    "cyclic-parts",
    "cyclic-succession",
    "dead-end",
    "dead-transition",
    "decision-term-missing",
    "decision-without-result",
    "delay-harms-applicant",
    "desk-without-hands",
    "documents-bypassed",
    "double-day",
    "duplicate-name",
    "empty-interval",
    "empty-item",
    "empty-range",
    "empty-text",
    "end-without-act",
    "expiry-cannot-happen",
    "expiry-ignores-condition",
    "extension-never-given",
    "fact-domain",
    "fact-never-used",
    "fact-of-nobody",
    "fee-bypassed",
    "few-parts",
    "filing-condition",
    "filing-from",
    "form-missing",
    "four-eyes-impossible",
    "four-eyes-without-effect",
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
    "portal-move-unknown",
    "portal-status-inconsistent",
    "proposed",
    "published-limit-longer",
    "register-mismatch",
    "removed-in-use",
    "repeated-value",
    "reserved-name",
    "result-bypassed",
    "result-never-issued",
    "result-too-early",
    "role-never-acts",
    "silence-decides",
    "space-too-large",
    "succession-gap",
    "succession-without-end",
    "successor-ended",
    "supplement-unlimited",
    "suspended-for-ever",
    "syntax",
    "term-never-runs",
    "term-never-starts",
    "term-never-stops",
    "term-without-consequence",
    "terminal-with-actions",
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
    "waits-without-term",
    "withdrawal-forgotten",
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
