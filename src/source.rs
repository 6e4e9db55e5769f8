//! Texts and places in them.
//!
//! A [`Span`] names its file, because a procedure is put together from its own
//! file and its life cycle's. Nothing here opens a file: the caller brings the
//! text and a name for it.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;

/// Named texts, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { files: Vec::new() }
    }

    /// Adds a text under a name, usually its path, and returns its handle.
    ///
    /// More than 65,535 files share the last handle.
    pub fn add(&mut self, name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> FileId {
        let file = FileId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(Source { name: name.into(), text: text.into() });
        file
    }

    /// Returns the file of a handle.
    #[must_use]
    pub fn file(&self, file: FileId) -> Option<&Source> {
        self.files.get(usize::from(file.0))
    }

    /// Returns every file with its handle.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..=u16::MAX).map(FileId).zip(&self.files)
    }
}

/// One named text.
#[derive(Clone, Debug)]
pub struct Source {
    name: Box<str>,
    text: Box<str>,
}

impl Source {
    /// Returns the name, usually a path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what the text is about, such as `procedure`, `bundle` or `calendar`.
    ///
    /// Told from its first head table, without parsing it; none when it has no such head.
    #[must_use]
    pub fn head(&self) -> Option<&'static str> {
        crate::read::head(&self.text)
    }

    /// Returns line and column of a byte offset, both from 1, columns in characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line = before.bytes().filter(|&it| it == b'\n').count() + 1;
        let column = before.chars().rev().take_while(|&it| it != '\n').count() + 1;
        (line, column)
    }
}

/// Handle of a file in [`Sources`].
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct FileId(u16);

/// A place in a file, in bytes.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Span {
    file: FileId,
    start: u32,
    end: u32,
}

impl Span {
    pub(crate) fn new(file: FileId, range: Range<usize>) -> Self {
        let cap = |it| u32::try_from(it).unwrap_or(u32::MAX);
        Self { file, start: cap(range.start), end: cap(range.end) }
    }

    /// Returns the very start of a file, for what is about the whole of it.
    pub(crate) fn start_of(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    /// Returns the file.
    #[must_use]
    pub const fn file(&self) -> FileId {
        self.file
    }

    /// Returns the bytes from the start of the file.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the place of `inner` inside the string that stands here between quotes.
    ///
    /// `length` is that of the string once it was read. Where it was written
    /// otherwise, as with escapes, the place is that of the whole string.
    pub(crate) fn within(self, length: usize, inner: Range<usize>) -> Self {
        if self.range().len() != length.saturating_add(2) {
            return self;
        }
        let first = self.range().start.saturating_add(1);
        let inside = |it: usize| first.saturating_add(it);
        Self::new(self.file, inside(inner.start)..inside(inner.end))
    }
}

/// A value and the place where it was written; the place takes no part in comparisons.
#[derive(Clone, Copy, Debug)]
pub struct At<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for At<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::new();
        let file = sources.add("a.toml", "hồ sơ\nmột = 1");
        let source = sources.file(file).unwrap();
        assert_eq!(source.line_column(source.text().find("sơ").unwrap()), (1, 4));
        assert_eq!(source.line_column(source.text().find("= 1").unwrap()), (2, 5));
        assert_eq!(source.line_column(usize::MAX), (2, 8));
    }
}
