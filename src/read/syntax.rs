//! Syntax errors, without the echoes that recovery from them makes.
//!
//! The parser goes on after an error. Behind a bracket that was left open it
//! then takes every line for an element, and under a repeated header every key
//! for a repeated one; a person made one slip.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::{MAX_BYTES, clip};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A parsed text, and the places that syntax errors made unreliable.
pub(crate) struct Parsed<'t> {
    pub(crate) table: Spanned<DeTable<'t>>,
    pub(crate) silent: Vec<Range<usize>>,
}

/// Parses a text into its table; every syntax error becomes a diagnostic.
pub(crate) fn parse<'t>(
    file: FileId,
    text: &'t str,
    found: &mut Vec<Diagnostic>,
) -> Option<Parsed<'t>> {
    if text.len() > MAX_BYTES {
        let message = format!("the text has {} bytes; at most {MAX_BYTES} are read", text.len());
        let diagnostic = Diagnostic::error("too-large", Span::start_of(file), message);
        found.push(diagnostic.help("split the text"));
        return None;
    }
    let (table, mut errors) = DeTable::parse_recoverable(text);
    let at = |it: &Error| it.span().unwrap_or(0..0);
    errors.sort_by_key(|it| at(it).start);
    let mut echoes = Echoes::new(text, table.get_ref());
    for error in errors {
        let range = at(&error);
        if let Some(opened) = echoes.voice(&range) {
            found.push(diagnose(file, text, &error, range, opened));
        }
    }
    let silent = echoes.silent;
    Some(Parsed { table, silent })
}

fn diagnose(
    file: FileId,
    text: &str,
    error: &Error,
    range: Range<usize>,
    opened: Option<usize>,
) -> Diagnostic {
    let mut message = error.message().lines().collect::<Vec<_>>().join("; ");
    let word = text.get(range.clone()).unwrap_or_default().trim();
    if !word.is_empty() && !word.contains('\n') {
        message = format!("{message}: `{}`", clip(word));
    }
    let diagnostic = Diagnostic::error("syntax", Span::new(file, range.clone()), message);
    let before = opened.filter(|it| text.get(*it..range.start).is_some_and(|it| it.contains('\n')));
    match before {
        Some(opened) => {
            let line = text.get(..opened).unwrap_or_default().matches('\n').count() + 1;
            diagnostic.help(format!("is the bracket of line {line} closed?"))
        }
        None => match mend(error.message()) {
            Some(help) => diagnostic.help(help),
            None if word.starts_with(char::is_alphabetic) => diagnostic.help(QUOTED),
            None => diagnostic,
        },
    }
}

const QUOTED: &str = "texts and names stand between quotes";

/// Says how to mend the commonest slips, told by the words of the parser.
fn mend(message: &str) -> Option<&'static str> {
    const MENDS: [(&str, &str); 8] = [
        ("duplicate", "keep one of the two"),
        ("invalid basic string, expected `\"`", "close the text on its line with `\"`"),
        ("invalid literal string, expected `'`", "close the text on its line with `'`"),
        ("key with no value", "write `=` and a value behind the key"),
        ("unclosed table", "close the header with `]`"),
        ("must be quoted", QUOTED),
        ("missing escaped value", "write a backslash twice, or the text between `'`"),
        ("invalid date", "write a day of the calendar, as in 2026-03-02"),
    ];
    MENDS.iter().find(|(words, _)| message.contains(words)).map(|(_, help)| *help)
}

/// What was reported so far, and how far it echoes.
struct Echoes<'t> {
    text: &'t str,
    // The outermost lists and inline tables, in order.
    values: Vec<Range<usize>>,
    /// Where everything is an echo, in order.
    silent: Vec<Range<usize>>,
}

impl<'t> Echoes<'t> {
    fn new(text: &'t str, table: &DeTable<'_>) -> Self {
        let mut values = Vec::new();
        collect(table, text, &mut values);
        values.sort_by_key(|it| it.start);
        Self { text, values, silent: Vec::new() }
    }

    /// Returns none for an echo; otherwise where the list around the error begins, if there is one.
    fn voice(&mut self, error: &Range<usize>) -> Option<Option<usize>> {
        let at = error.start;
        if self.silent.last().is_some_and(|it| at < it.end) {
            return None;
        }
        let after = self.values.partition_point(|it| it.start <= at);
        let around = self.values.get(..after).and_then(|it| it.last()).filter(|it| at <= it.end);
        let opened = around.map(|it| it.start);
        self.silent.push(match around {
            Some(value) => value.start..value.end + 1,
            None => self.headed(at).unwrap_or(at..error.end.max(at + 1)),
        });
        Some(opened)
    }

    /// Returns the table whose header is wrong at a place, down to the next header.
    fn headed(&self, at: usize) -> Option<Range<usize>> {
        let (before, rest) = self.text.split_at_checked(at)?;
        let line = before.rsplit('\n').next()?;
        if !line.trim_start().starts_with('[') {
            return None;
        }
        let end = at + rest.find("\n[").map_or(rest.len(), |it| it + 1);
        Some(at - line.len()..end)
    }
}

/// Collects the outermost values in brackets or braces.
fn collect(table: &DeTable<'_>, text: &str, values: &mut Vec<Range<usize>>) {
    for value in table.iter().map(|(_, it)| it) {
        let span = value.span();
        let opens = |sign| text.get(span.start..).is_some_and(|it: &str| it.starts_with(sign));
        match value.get_ref() {
            // The place of a list or table under a header is that header.
            DeValue::Array(rows)
                if opens("[[") && rows.iter().any(|it| it.get_ref().is_table()) =>
            {
                rows.iter().filter_map(|it| it.get_ref().as_table()).for_each(|it| {
                    collect(it, text, values);
                });
            }
            DeValue::Array(_) => values.push(span),
            DeValue::Table(_) if opens("{") => values.push(span),
            DeValue::Table(inner) => collect(inner, text, values),
            _ => {}
        }
    }
}
