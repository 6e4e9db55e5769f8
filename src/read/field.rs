//! How keys hold values: required, optional, lists, named parts, rows, sections.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::MAX_PARTS;
use super::leaf::{Leaf, print_string};
use super::reader::{Node, Reader, TableReader};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::{At, FileId, Span};

/// A table with declared keys; made by [`record!`](super::record).
pub(crate) trait Record: Sized {
    /// The keys of the table.
    const KEYS: &'static [&'static str];

    /// Reads every field; the caller reports unknown keys.
    fn read_fields(table: &mut TableReader<'_, '_, '_>) -> Option<Self>;

    /// Prints the fields that stand behind one key.
    fn print_leaves(&self, leaves: &mut Leaves<'_>);

    /// Prints the fields that have a header of their own.
    fn print_tables(&self, path: &str, out: &mut String);

    /// Reads the record from its table.
    fn read_record(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let mut table = cx.record(node, "a table", Self::KEYS)?;
        let record = Self::read_fields(&mut table);
        table.finish();
        record
    }
}

/// A value together with the way in which its key holds it.
pub(crate) trait Field: Sized {
    /// Reads the field; none when it is missing or broken, which was reported.
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self>;

    /// Prints it behind its key, if it stands there.
    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>);

    /// Prints it under headers, if it stands there.
    fn print_tables(&self, _path: &str, _key: &'static str, _out: &mut String) {}
}

/// The lines, or inline entries, of one table while it is printed.
#[derive(Debug)]
pub(crate) struct Leaves<'o> {
    out: &'o mut String,
    inline: bool,
    first: bool,
}

impl<'o> Leaves<'o> {
    pub(crate) const fn inline(out: &'o mut String) -> Self {
        Self { out, inline: true, first: true }
    }

    pub(crate) const fn lines(out: &'o mut String) -> Self {
        Self { out, inline: false, first: true }
    }

    fn put(&mut self, key: &str, value: impl FnOnce(&mut String)) {
        if self.inline && !self.first {
            self.out.push_str(", ");
        }
        self.first = false;
        self.out.push_str(key);
        self.out.push_str(" = ");
        value(self.out);
        if !self.inline {
            self.out.push('\n');
        }
    }
}

/// A required value: a table without it is broken.
impl<T: Leaf> Field for T {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let node = table.require(key)?;
        T::read(node, table.cx())
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        leaves.put(key, |out| self.print(out));
    }
}

/// An optional value; a broken one was reported and counts as missing.
impl<T: Leaf> Field for Option<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let node = table.ask(key);
        Some(node.and_then(|it| T::read(it, table.cx())))
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        if let Some(value) = self {
            leaves.put(key, |out| value.print(out));
        }
    }
}

/// A required value whose absence was reported and does not hide its table's other problems.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Need<T>(pub(crate) Option<T>);

impl<T> Need<T> {
    pub(crate) const fn as_ref(&self) -> Option<&T> {
        self.0.as_ref()
    }
}

impl<T: Leaf> Field for Need<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        Some(Self(<T as Field>::take(table, key)))
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        self.0.print_leaf(key, leaves);
    }
}

/// An optional value that remembers that it was written, even if it could not be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Given<T> {
    pub(crate) value: Option<T>,
    pub(crate) is_written: bool,
}

impl<T: Leaf> Field for Given<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let node = table.ask(key);
        let value = node.and_then(|it| T::read(it, table.cx()));
        Some(Self { value, is_written: node.is_some() })
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        self.value.print_leaf(key, leaves);
    }
}

/// A list of values; a single value needs no brackets, and no key means an empty list.
///
/// It remembers whether an element could not be read, so that nothing is said
/// to be missing because of that.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Many<T>(pub(crate) Vec<T>, bool);

impl<T> Many<T> {
    pub(crate) const NONE: Self = Self(Vec::new(), true);

    /// Returns true when every element that was written could be read.
    pub(crate) const fn is_whole(&self) -> bool {
        self.1
    }

    /// Returns true when nothing was written.
    pub(crate) const fn is_absent(&self) -> bool {
        self.0.is_empty() && self.is_whole()
    }
}

impl<T: Leaf> Field for Many<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let Some(node) = table.ask(key) else {
            return Some(Self::NONE);
        };
        let span = node.span(table.cx());
        let items = capped_at(table.cx(), span, node.elements(), T::MOST);
        let written = items.len();
        let read: Vec<T> = items.into_iter().filter_map(|it| T::read(it, table.cx())).collect();
        let is_whole = read.len() == written;
        Some(Self(read, is_whole))
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        if !self.0.is_empty() {
            leaves.put(key, |out| {
                out.push('[');
                for (idx, item) in self.0.iter().enumerate() {
                    out.push_str(if idx > 0 { ", " } else { "" });
                    item.print(out);
                }
                out.push(']');
            });
        }
    }
}

/// Parts under names of their own, as in `[state.received]`, in the order of the text.
///
/// A part that could not be read keeps its name, so that nothing else is said
/// to be undeclared because of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Named<T>(pub(crate) Vec<(At<Id>, Option<T>)>);

impl<T> Named<T> {
    /// Returns every name, also of what was broken.
    pub(crate) fn names(&self) -> impl Iterator<Item = Id> {
        self.0.iter().map(|(id, _)| id.value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (At<Id>, &T)> {
        self.0.iter().filter_map(|(id, part)| Some((*id, part.as_ref()?)))
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Record> Field for Named<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let Some(node) = table.ask(key) else {
            return Some(Self::default());
        };
        let cx = table.cx();
        let Some(parts) = cx.table(node, "named parts") else {
            return Some(Self::default());
        };
        let (entries, span) = (parts.entries(), parts.span());
        let entries = capped(cx, span, entries.into_iter());
        let mut read = Vec::with_capacity(entries.len());
        for (name, span, node) in entries {
            let part = T::read_record(node, cx);
            read.extend(cx.name(name, span).map(|value| (At { value, span }, part)));
        }
        Some(Self(read))
    }

    fn print_leaf(&self, _key: &'static str, _leaves: &mut Leaves<'_>) {}

    fn print_tables(&self, path: &str, key: &'static str, out: &mut String) {
        for (id, part) in self.iter() {
            let path = join(&join(path, key), id.value.as_str());
            print_section(&format!("[{path}]"), &path, part, out);
        }
    }
}

/// Rows that print under a header each, as in `[[day]]`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Rows<T>(pub(crate) Vec<T>);

impl<T: Record> Field for Rows<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        Some(Self(read_rows(table, key).0))
    }

    fn print_leaf(&self, _key: &'static str, _leaves: &mut Leaves<'_>) {}

    fn print_tables(&self, path: &str, key: &'static str, out: &mut String) {
        let path = join(path, key);
        for row in &self.0 {
            print_section(&format!("[[{path}]]"), &path, row, out);
        }
    }
}

/// Rows that print one to a line inside brackets; like [`Many`], they know whether all could be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Lines<T>(pub(crate) Vec<T>, bool);

impl<T> Lines<T> {
    /// Returns true when every row that was written could be read.
    pub(crate) const fn is_whole(&self) -> bool {
        self.1
    }

    /// Returns true when nothing was written.
    pub(crate) const fn is_absent(&self) -> bool {
        self.0.is_empty() && self.is_whole()
    }
}

impl<T: Record> Field for Lines<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let (rows, is_whole) = read_rows(table, key);
        Some(Self(rows, is_whole))
    }

    fn print_leaf(&self, key: &'static str, leaves: &mut Leaves<'_>) {
        if !self.0.is_empty() {
            leaves.put(key, |out| {
                out.push_str("[\n");
                for row in &self.0 {
                    out.push_str("  ");
                    row.print(out);
                    out.push_str(",\n");
                }
                out.push(']');
            });
        }
    }
}

/// Reads rows, and says whether every one of them could be read.
fn read_rows<T: Record>(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> (Vec<T>, bool) {
    let Some(node) = table.ask(key) else {
        return (Vec::new(), true);
    };
    let cx = table.cx();
    if node.value().as_array().is_none() {
        cx.wrong_type(node, "a list of tables");
        return (Vec::new(), false);
    }
    let span = node.span(cx);
    let rows = capped(cx, span, node.elements());
    let written = rows.len();
    let read: Vec<T> = rows.into_iter().filter_map(|it| T::read_record(it, cx)).collect();
    let is_whole = read.len() == written;
    (read, is_whole)
}

/// A table under a header of its own, as in `[procedure]`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Section<T>(pub(crate) T);

impl<T: Record> Field for Section<T> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let node = table.require(key)?;
        T::read_record(node, table.cx()).map(Self)
    }

    fn print_leaf(&self, _key: &'static str, _leaves: &mut Leaves<'_>) {}

    fn print_tables(&self, path: &str, key: &'static str, out: &mut String) {
        let path = join(path, key);
        print_section(&format!("[{path}]"), &path, &self.0, out);
    }
}

impl<T: Record> Field for Option<Section<T>> {
    fn take(table: &mut TableReader<'_, '_, '_>, key: &'static str) -> Option<Self> {
        let node = table.ask(key);
        Some(node.and_then(|it| T::read_record(it, table.cx())).map(Section))
    }

    fn print_leaf(&self, _key: &'static str, _leaves: &mut Leaves<'_>) {}

    fn print_tables(&self, path: &str, key: &'static str, out: &mut String) {
        if let Some(section) = self {
            section.print_tables(path, key, out);
        }
    }
}

/// Prints a whole text: leaves first, then its sections.
pub(crate) fn print<T: Record>(record: &T) -> String {
    let mut out = String::new();
    record.print_leaves(&mut Leaves::lines(&mut out));
    record.print_tables("", &mut out);
    out
}

/// Reads a whole text into its record, reporting every problem in one pass.
///
/// In a text with syntax errors, what seems missing is not reported: it may
/// stand in the part that could not be parsed. Nor is what the parser made of
/// that part.
pub(crate) fn read<T: Record>(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<T> {
    let start = found.len();
    let super::syntax::Parsed { table, silent } = super::syntax::parse(file, text, found)?;
    let errors = found.len() - start;
    let mut cx = Reader::new(file, found);
    let span = cx.span(0..0);
    let mut reader = TableReader::new(table.get_ref(), span, &mut cx);
    reader.adopt(T::KEYS);
    let record = T::read_fields(&mut reader);
    reader.finish();
    if errors > 0 {
        let walked = found.split_off(start + errors);
        let shadowed = |it: &Diagnostic| {
            let at = it.span().range().start;
            it.code() == "missing-key" || silent.iter().any(|silent| silent.contains(&at))
        };
        found.extend(walked.into_iter().filter(|it| !shadowed(it)));
        return None;
    }
    record
}

fn print_section<T: Record>(header: &str, path: &str, record: &T, out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(header);
    out.push('\n');
    record.print_leaves(&mut Leaves::lines(out));
    record.print_tables(path, out);
}

/// Joins a path and a key.
fn join(path: &str, key: &str) -> String {
    let mut joined = String::from(path);
    if !path.is_empty() {
        joined.push('.');
    }
    print_key(key, &mut joined);
    joined
}

/// Prints a key, quoted where TOML asks for it.
pub(super) fn print_key(key: &str, out: &mut String) {
    if key.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_') {
        out.push_str(key);
    } else {
        print_string(key, out);
    }
}

/// Takes at most [`MAX_PARTS`]; more is a `too-many`.
pub(super) fn capped<T>(cx: &mut Reader<'_>, span: Span, items: impl Iterator<Item = T>) -> Vec<T> {
    capped_at(cx, span, items, MAX_PARTS)
}

fn capped_at<T>(
    cx: &mut Reader<'_>,
    span: Span,
    items: impl Iterator<Item = T>,
    most: usize,
) -> Vec<T> {
    let mut items = items;
    let taken: Vec<T> = items.by_ref().take(most).collect();
    if items.next().is_some() {
        cx.error("too-many", span, format!("more than {most} entries")).mend("split the text");
    }
    taken
}
