//! From texts to scenarios.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Scenario;
use super::check::check;
use super::draft::Draft;
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Fingerprint;
use crate::read;
use crate::source::{FileId, Sources};

/// The format of scenarios that this library reads.
const FORMAT: u8 = 1;

/// Loads every scenario of the given texts, and whatever is wrong with them.
///
/// Texts of other kinds are passed over. A scenario with an error does not come out.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let texts = sources.iter().filter(|(_, it)| read::head(it.text()) == Some("scenario"));
    let scenarios = texts.filter_map(|(file, it)| scenario(file, it.text(), &mut found)).collect();
    settle(&mut found);
    (scenarios, found)
}

/// Prints a text of a scenario in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    let text = sources.file(file).map_or("", |it| it.text());
    let mut found = Vec::new();
    let draft = read_draft(file, text, &mut found);
    settle(&mut found);
    match draft {
        Some(draft) if !any_error(&found) => Ok(read::print(&draft)),
        _ => Err(found),
    }
}

fn scenario(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Scenario> {
    let start = found.len();
    let draft = read_draft(file, text, found)?;
    check(&draft, found);
    if any_error(found.get(start..).unwrap_or_default()) {
        return None;
    }
    let (id, name) = (draft.scenario.0.id.0?.value, draft.scenario.0.name.0.clone()?);
    let fingerprint = Fingerprint::of(&read::print(&draft));
    Some(Scenario { draft, id, name, fingerprint })
}

fn read_draft(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Draft> {
    let draft: Draft = read::read(file, text, found)?;
    if draft.format.value != FORMAT {
        let message = format!("format {} is not known", draft.format.value);
        let diagnostic = Diagnostic::error("unknown-format", draft.format.span, message);
        found.push(diagnostic.help(format!("this version reads format {FORMAT}")));
    }
    Some(draft)
}
