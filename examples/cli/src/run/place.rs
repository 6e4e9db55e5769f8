//! A line of a file.

use std::fmt;
use std::path::Path;
use std::rc::Rc;

/// A line of a file, counted from 1.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    file: Rc<str>,
    line: usize,
}

impl Place {
    /// Returns the place of each line that is not blank, with its text.
    pub(crate) fn lines<'t>(path: &Path, text: &'t str) -> impl Iterator<Item = (Self, &'t str)> {
        let file: Rc<str> = path.display().to_string().into();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().enumerate().filter(|(_, it)| !it.trim().is_empty());
        lines.map(move |(idx, it)| (Self { file: Rc::clone(&file), line: idx + 1 }, it))
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    pub(crate) const fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
