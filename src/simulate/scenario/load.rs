//! From texts to scenarios.

use alloc::string::String;
use alloc::vec::Vec;

use super::Scenario;
use super::check::check;
use super::draft::Draft;
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Fingerprint;
use crate::read;
use crate::source::{FileId, Sources};

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
    read::format_text::<Draft>(sources, file)
}

fn scenario(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Scenario> {
    let start = found.len();
    let draft = read::read::<Draft>(file, text, found)?;
    check(&draft, found);
    if any_error(found.get(start..).unwrap_or_default()) {
        return None;
    }
    let (id, name) = (draft.scenario.0.id.0?.value, draft.scenario.0.name.0.clone()?);
    let fingerprint = Fingerprint::of(&read::print(&draft));
    Some(Scenario { draft, id, name, fingerprint })
}
