//! The format with which every text begins, and the canonical form of a whole text.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Leaf, Node, Reader, Record, print, read};
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::source::{FileId, Sources};

/// The format that this library reads, in texts of every kind.
const KNOWN: u8 = 1;

/// The number of the format of a text; another than the known one is reported where it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Format(u8);

impl Leaf for Format {
    const EXPECTED: &'static str = <u8 as Leaf>::EXPECTED;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let number = u8::read(node, cx)?;
        if number != KNOWN {
            let message = format!("format {number} is not known");
            let diagnostic = Diagnostic::error("unknown-format", node.span(cx), message);
            cx.report(diagnostic.help(format!("this version reads format {KNOWN}")));
        }
        Some(Self(number))
    }

    fn print(&self, out: &mut String) {
        self.0.print(out);
    }
}

/// Prints a text of a kind in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub(crate) fn format_text<T: Record>(
    sources: &Sources,
    file: FileId,
) -> Result<String, Vec<Diagnostic>> {
    let text = sources.file(file).map_or("", |it| it.text());
    let mut found = Vec::new();
    let record: Option<T> = read(file, text, &mut found);
    settle(&mut found);
    match record {
        Some(record) if !any_error(&found) => Ok(print(&record)),
        _ => Err(found),
    }
}
