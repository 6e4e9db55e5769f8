//! The walker: nodes of a parsed text, and the tables whose keys are asked for.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Field, Leaf as _, Remarks};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::{FileId, Span};
use crate::text::{is_hidden, nearest, nfc};

/// The keys that every record takes.
const REMARKS: [&str; 2] = ["assumed", "note"];

/// What is common to one walk: the file, and the problems found so far.
#[derive(Debug)]
pub(crate) struct Reader<'d> {
    file: FileId,
    found: &'d mut Vec<Diagnostic>,
}

/// One value of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'t> {
    value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Node<'t> {
    pub(crate) const fn new(value: &'t Spanned<DeValue<'t>>) -> Self {
        Self { value }
    }

    pub(crate) fn value(self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    pub(crate) fn span(self, cx: &Reader<'_>) -> Span {
        cx.span(self.value.span())
    }

    /// Returns the elements of an array, or the value itself as the only one.
    pub(crate) fn elements(self) -> impl Iterator<Item = Self> {
        let (many, one) = match self.value().as_array() {
            Some(array) => (Some(array.iter().map(Node::new)), None),
            None => (None, Some(self)),
        };
        many.into_iter().flatten().chain(one)
    }
}

impl<'d> Reader<'d> {
    pub(crate) const fn new(file: FileId, found: &'d mut Vec<Diagnostic>) -> Self {
        Self { file, found }
    }

    pub(crate) fn span(&self, range: core::ops::Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    /// Reports an error; the answer takes advice.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Advice<'_> {
        self.push(Diagnostic::error(code, span, message))
    }

    pub(crate) fn note(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::note(code, span, message));
    }

    /// Says how to mend what was reported last.
    pub(crate) fn advise(&mut self, help: impl Into<String>) {
        Advice { found: self.found }.mend(help);
    }

    /// Reports a diagnostic that is complete.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn push(&mut self, diagnostic: Diagnostic) -> Advice<'_> {
        self.found.push(diagnostic);
        Advice { found: self.found }
    }

    /// Reports a value that is not of the type that its key takes.
    pub(crate) fn wrong_type(&mut self, node: Node<'_>, expected: &str) {
        let message = format!("expected {expected}, found {}", kind(node.value()));
        self.error("wrong-type", node.span(self), message);
    }

    /// Reads a value through its text form; what cannot be read is a `bad-value`.
    pub(crate) fn parsed<T>(
        &mut self,
        node: Node<'_>,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let Some(text) = node.value().as_str() else {
            self.wrong_type(node, expected);
            return None;
        };
        let value = parse(text);
        if value.is_none() {
            self.error("bad-value", node.span(self), format!("`{}` is not {expected}", clip(text)));
        }
        value
    }

    /// Reads a whole number through a conversion; what it refuses is a `bad-value`.
    pub(crate) fn whole<T>(
        &mut self,
        node: Node<'_>,
        expected: &str,
        convert: impl FnOnce(i64) -> Option<T>,
    ) -> Option<T> {
        let DeValue::Integer(written) = node.value() else {
            self.wrong_type(node, expected);
            return None;
        };
        let value = i64::from_str_radix(written.as_str(), written.radix()).ok().and_then(convert);
        if value.is_none() {
            let message = format!("`{}` is not {expected}", clip(written.as_str()));
            self.error("bad-value", node.span(self), message);
        }
        value
    }

    /// Reads a name; what only looks like one is told apart from it.
    pub(crate) fn name(&mut self, text: &str, span: Span) -> Option<Id> {
        let name = Id::try_new(text);
        if name.is_none() {
            let message = format!("`{}` is not {}", clip(text), Id::EXPECTED);
            let diagnostic = Diagnostic::error("bad-value", span, message);
            let plain = text.to_ascii_lowercase().replace([' ', '_'], "-");
            let letter = nfc(text).chars().find(|it| !it.is_ascii());
            self.push(match (Id::try_new(&plain), letter) {
                (Some(meant), _) => diagnostic.help(format!("did you mean `{meant}`?")),
                (None, Some(letter)) => diagnostic.help(foreign(letter)),
                (None, None) => diagnostic,
            });
        }
        name
    }

    /// Reads a word of a closed set; another word is an `unknown-word` with the nearest known one.
    pub(crate) fn word<T: Copy>(
        &mut self,
        node: Node<'_>,
        expected: &str,
        all: &[T],
        as_str: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let Some(text) = node.value().as_str() else {
            self.wrong_type(node, expected);
            return None;
        };
        let word = all.iter().copied().find(|&it| as_str(it) == text);
        if word.is_none() {
            let message = format!("`{}` is not {expected}", clip(text));
            let known = all.iter().map(|&it| as_str(it));
            let diagnostic =
                Diagnostic::error("unknown-word", node.span(self), message).nearest(text, known);
            self.push(diagnostic);
        }
        word
    }

    /// Opens a table whose keys are known beforehand.
    pub(crate) fn record<'t, 'c>(
        &'c mut self,
        node: Node<'t>,
        expected: &str,
        keys: &[&'static str],
    ) -> Option<TableReader<'t, 'c, 'd>> {
        let mut table = self.table(node, expected)?;
        table.adopt(keys);
        Some(table)
    }

    /// Opens a table.
    pub(crate) fn table<'t, 'c>(
        &'c mut self,
        node: Node<'t>,
        expected: &str,
    ) -> Option<TableReader<'t, 'c, 'd>> {
        let Some(table) = node.value().as_table() else {
            self.wrong_type(node, expected);
            return None;
        };
        let span = node.span(self);
        Some(TableReader::new(table, span, self))
    }
}

/// The last diagnostic, which still takes advice.
#[derive(Debug)]
pub(crate) struct Advice<'d> {
    found: &'d mut Vec<Diagnostic>,
}

impl Advice<'_> {
    pub(crate) fn mend(self, help: impl Into<String>) {
        if let Some(last) = self.found.pop() {
            self.found.push(last.help(help));
        }
    }
}

/// One table, the keys that were asked for, and in the end those that were not.
#[derive(Debug)]
pub(crate) struct TableReader<'t, 'c, 'd> {
    table: &'t DeTable<'t>,
    span: Span,
    asked: Vec<&'static str>,
    // Misspelt keys, and the ones that were most likely meant.
    adopted: Vec<(&'t str, &'static str)>,
    cx: &'c mut Reader<'d>,
}

impl<'t, 'c, 'd> TableReader<'t, 'c, 'd> {
    pub(crate) const fn new(table: &'t DeTable<'t>, span: Span, cx: &'c mut Reader<'d>) -> Self {
        Self { table, span, asked: Vec::new(), adopted: Vec::new(), cx }
    }

    pub(crate) const fn span(&self) -> Span {
        self.span
    }

    pub(crate) const fn cx(&mut self) -> &mut Reader<'d> {
        self.cx
    }

    /// Asks for a key; from now on it is a known one.
    pub(crate) fn ask(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.asked.push(key);
        let adopted =
            self.adopted.iter().find(|(_, meant)| *meant == key).map(|(written, _)| *written);
        self.table.get(key).or_else(|| self.table.get(adopted?)).map(Node::new)
    }

    /// Takes each misspelt key for the nearest missing one, so that one slip is one diagnostic.
    pub(crate) fn adopt(&mut self, keys: &[&'static str]) {
        for (written, _, _) in self.entries() {
            if keys.contains(&written) || REMARKS.contains(&written) {
                continue;
            }
            let taken = |it: &&str| self.adopted.iter().any(|(_, meant)| meant == it);
            let free =
                keys.iter().copied().filter(|it| !self.table.contains_key(*it) && !taken(it));
            if let Some(meant) = nearest(written, free) {
                self.adopted.push((written, meant));
            }
        }
    }

    /// Asks for a key that must be there.
    pub(crate) fn require(&mut self, key: &'static str) -> Option<Node<'t>> {
        let node = self.ask(key);
        if node.is_none() {
            self.cx.error("missing-key", self.span, format!("`{key}` is missing here"));
        }
        node
    }

    /// Returns every entry, in the order in which they were written.
    pub(crate) fn entries(&self) -> Vec<(&'t str, Span, Node<'t>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| (&**key.get_ref(), self.cx.span(key.span()), Node::new(value)))
            .collect();
        entries.sort_by_key(|(_, span, _)| *span);
        entries
    }

    /// Reads the remarks that every table may hold.
    pub(crate) fn remarks(&mut self) -> Remarks {
        Remarks::read(self)
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self) {
        for (key, span, _) in self.entries() {
            if !self.asked.contains(&key) {
                let message = format!("unknown key `{}`", clip(key));
                let diagnostic = Diagnostic::error("unknown-key", span, message);
                let meant = self.adopted.iter().find(|(written, _)| *written == key);
                self.cx.push(match meant {
                    Some((_, meant)) => diagnostic.help(format!("did you mean `{meant}`?")),
                    None => diagnostic.nearest(key, self.asked.iter().copied()),
                });
            }
        }
    }
}

/// Names the type of a value for people.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(it) => match (it.date, it.time) {
            (Some(_), None) => "a date",
            (None, _) => "a time of day",
            (Some(_), Some(_)) => "a date with a time",
        },
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Shortens what an author wrote so that a message stays readable.
pub(crate) fn clip(text: &str) -> String {
    let visible = |it: char| if is_hidden(it) { '\u{FFFD}' } else { it };
    let mut short: String = text.chars().take(60).map(visible).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// Says which letter is not a Latin one, since it may look like one.
pub(crate) fn foreign(letter: char) -> String {
    let shown = clip(letter.encode_utf8(&mut [0; 4]));
    format!("`{shown}` is U+{:04X}, none of the letters a to z", u32::from(letter))
}

impl Remarks {
    fn read(table: &mut TableReader<'_, '_, '_>) -> Self {
        let assumed: Option<alloc::boxed::Box<str>> = Field::take(table, "assumed").flatten();
        let note = Field::take(table, "note").flatten();
        if let Some(assumed) = &assumed {
            let span = table.ask("assumed").map_or(table.span, |it| it.span(table.cx));
            table.cx.note("assumed", span, &**assumed);
        }
        Self { assumed, note }
    }
}
