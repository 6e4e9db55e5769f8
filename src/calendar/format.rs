//! The canonical form of a calendar's text.

use alloc::string::String;
use alloc::vec::Vec;

use super::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::read;
use crate::source::{FileId, Sources};

/// Prints a text of a calendar in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    read::format_text::<Sheet>(sources, file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::any_error;

    #[test]
    fn a_shipped_calendar_is_its_own_canonical_form() {
        let text = include_str!("../../procedures/calendars/hanoi.toml");
        let mut sources = Sources::new();
        let file = sources.add("hanoi.toml", text);
        assert_eq!(sources.file(file).unwrap().head(), Some("calendar"));
        assert_eq!(format_text(&sources, file).unwrap(), text);
        let loose = sources.add("loose.toml", text.replace(" = ", "   = "));
        assert_eq!(format_text(&sources, loose).unwrap(), text);
    }

    #[test]
    fn a_calendar_with_errors_has_none() {
        let mut sources = Sources::new();
        let file = sources.add("a.toml", "format = 1\n[calendar]\nid = \"Hà Nội\"");
        assert!(any_error(&format_text(&sources, file).unwrap_err()));
    }
}
