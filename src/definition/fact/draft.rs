//! Declarations of facts: as their text writes them, and how they are lowered.

use alloc::format;
use alloc::vec::Vec;

use super::value::parse_date;
use super::{Domain, Fact};
use crate::definition::part::Part;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{Many, Need, record};
use crate::source::At;
use crate::text::{Text, words};

words! {
    /// The type of a fact.
    pub enum FactType as "a type of fact: `boolean`, `integer`, `choice` or `date`" {
        /// It holds or it does not.
        Boolean = "boolean" ("đúng hoặc sai", "yes or no"),
        /// A whole number inside a declared range.
        Integer = "integer" ("số nguyên", "whole number"),
        /// One of declared words.
        Choice = "choice" ("lựa chọn", "choice"),
        /// A day.
        Date = "date" ("ngày", "date"),
    }
}

record! {
    /// A fact as its text declares it.
    pub(crate) struct FactDraft {
        name: Option<Text> = "name",
        kind: Need<FactType> = "type",
        range: Many<At<i64>> = "range",
        values: Many<At<Id>> = "values",
        by: Option<At<Id>> = "by",
        replaces: Many<At<Part>> = "replaces",
    }
}

/// The words of the guard language, which name no fact.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "known", "true", "false"];

/// Lowers one declaration; what it lacks or contradicts is reported.
pub(super) fn lower(id: At<Id>, draft: &FactDraft, found: &mut Vec<Diagnostic>) -> Option<Fact> {
    let kind = *draft.kind.as_ref()?;
    let start = found.len();
    if RESERVED.contains(&id.value.as_str()) {
        let message = format!("`{}` is a word of the guard language", id.value);
        found
            .push(Diagnostic::error("reserved-name", id.span, message).help("choose another name"));
    }
    for (key, takes, given) in [
        ("range", FactType::Integer, draft.range.0.first().map(|it| it.span)),
        ("values", FactType::Choice, draft.values.0.first().map(|it| it.span)),
    ] {
        if let Some(span) = given.filter(|_| kind != takes) {
            let message = format!("a fact of type `{kind}` has no `{key}`");
            found.push(Diagnostic::error("fact-domain", span, message).help("leave it out"));
        }
    }
    let domain = match kind {
        FactType::Boolean => Some(Domain::Boolean),
        FactType::Date => Some(Domain::Date),
        FactType::Integer => range(id, &draft.range, found),
        FactType::Choice => choice(id, &draft.values, found),
    };
    let domain = domain.filter(|_| found.len() == start)?;
    Some(Fact { id: id.value, name: draft.name.clone(), domain, by: draft.by, span: id.span })
}

fn range(id: At<Id>, ends: &Many<At<i64>>, found: &mut Vec<Diagnostic>) -> Option<Domain> {
    if !ends.is_whole() {
        return None;
    }
    let [min, max] = ends.0.as_slice() else {
        let message = format!("fact `{}` needs the two ends of its range", id.value);
        found.push(
            Diagnostic::error("fact-domain", id.span, message).help("write `range = [1, 200]`"),
        );
        return None;
    };
    let (min, max) = (min.value, At { value: max.value, span: max.span });
    if min > max.value {
        let message = format!("no number lies between {min} and {}", max.value);
        let diagnostic = Diagnostic::error("empty-range", max.span, message);
        found.push(diagnostic.help("write the smaller end first"));
        return None;
    }
    Some(Domain::Integer { min, max: max.value })
}

fn choice(id: At<Id>, words: &Many<At<Id>>, found: &mut Vec<Diagnostic>) -> Option<Domain> {
    if !words.is_whole() {
        return None;
    }
    if words.is_absent() {
        let message = format!("fact `{}` needs the words among which it chooses", id.value);
        found.push(
            Diagnostic::error("fact-domain", id.span, message)
                .help("write `values = [\"household\", \"organisation\"]`"),
        );
        return None;
    }
    let mut chosen: Vec<Id> = Vec::with_capacity(words.0.len());
    for word in &words.0 {
        if chosen.contains(&word.value) {
            let message = format!("`{}` is written twice", word.value);
            found.push(Diagnostic::error("repeated-value", word.span, message).help("keep one"));
        }
        // A plain `"2026-03-02"` is a date wherever values travel without their domain.
        if parse_date(word.value.as_str()).is_some() {
            let message = format!("`{}` is a date, not a word", word.value);
            let diagnostic = Diagnostic::error("fact-domain", word.span, message);
            found.push(diagnostic.help("give the fact the type `date`, or choose another word"));
        }
        chosen.push(word.value);
    }
    Some(Domain::Choice(chosen.into()))
}
