//! From texts to tariffs: who extends whom.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::draft::Draft;
use super::lower::lower;
use super::tariff::Tariff;
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Id;
use crate::read;
use crate::source::{FileId, Sources};

/// The format of tariffs that this library reads.
const FORMAT: u8 = 1;

/// How many tariffs may extend one another in a row.
const MAX_CHAIN: usize = 16;

/// Loads every tariff of the given texts, and whatever is wrong with them.
///
/// Texts that are not tariffs are passed over. A tariff that extends another
/// holds the other's facts, items and rules too; a name may be declared once
/// in the whole chain. A tariff with an error does not come out.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Tariff>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for (file, source) in sources.iter() {
        if read::head(source.text()) == Some("tariff") {
            drafts.extend(read_draft(file, source.text(), &mut found));
        }
    }
    report_twins(&drafts, &mut found);
    let mut tariffs = Vec::new();
    for draft in &drafts {
        let chain = chain(draft, &drafts, &mut found);
        tariffs.extend(chain.and_then(|it| lower(&it, &mut found)));
    }
    settle(&mut found);
    (tariffs, found)
}

/// Prints a text of a tariff in its canonical form.
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

fn read_draft(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Draft> {
    let draft: Draft = read::read(file, text, found)?;
    if draft.format.value != FORMAT {
        let message = format!("format {} is not known", draft.format.value);
        let diagnostic = Diagnostic::error("unknown-format", draft.format.span, message);
        found.push(diagnostic.help(format!("this version reads format {FORMAT}")));
    }
    Some(draft)
}

fn report_twins(drafts: &[Draft], found: &mut Vec<Diagnostic>) {
    let mut known: Vec<Id> = Vec::new();
    for id in drafts.iter().filter_map(|it| it.tariff.0.id.0) {
        if known.contains(&id.value) {
            let message = format!("tariff `{}` is declared twice", id.value);
            found.push(Diagnostic::error("duplicate-name", id.span, message));
        }
        known.push(id.value);
    }
}

/// Returns a tariff after those that it extends, the most general first.
fn chain<'d>(
    draft: &'d Draft,
    drafts: &'d [Draft],
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<&'d Draft>> {
    let mut chain = Vec::from([draft]);
    let mut next = draft.tariff.0.extends;
    while let Some(wanted) = next {
        let ids = drafts.iter().filter_map(|it| Some((it.tariff.0.id.0?.value, it)));
        let Some((_, base)) = ids.clone().find(|(id, _)| *id == wanted.value) else {
            let message = format!("tariff `{}` is not among the texts", wanted.value);
            let known: Vec<Id> = ids.map(|(id, _)| id).collect();
            let diagnostic = Diagnostic::error("undeclared-tariff", wanted.span, message);
            found.push(diagnostic.nearest(wanted.value.as_str(), known.iter().map(Id::as_str)));
            return None;
        };
        if chain.len() >= MAX_CHAIN || chain.iter().any(|it| core::ptr::eq(*it, base)) {
            let message = format!("tariff `{}` extends itself", wanted.value);
            found.push(Diagnostic::error("cyclic-inheritance", wanted.span, message));
            return None;
        }
        chain.push(base);
        next = base.tariff.0.extends;
    }
    chain.reverse();
    Some(chain)
}
