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
    let texts = sources.iter().filter(|(_, it)| read::head(it.text()) == Some("tariff"));
    let read: Vec<Option<Draft>> =
        texts.map(|(file, it)| read_draft(file, it.text(), &mut found)).collect();
    // A text whose name could not be read may be the one that another extends.
    let named = |it: &Draft| it.tariff.0.id.0.is_some();
    let is_whole = read.iter().all(|it| it.as_ref().is_some_and(named));
    let drafts: Vec<Draft> = read.into_iter().flatten().collect();
    report_twins(&drafts, &mut found);
    let mut tariffs = Vec::new();
    for draft in &drafts {
        let chain = chain(draft, &drafts, &mut found);
        tariffs.extend(chain.and_then(|it| lower(&it, &mut found)));
    }
    if !is_whole {
        found.retain(|it| it.code() != "undeclared-tariff");
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
            let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
            found.push(diagnostic.help("rename one, or load only one of them"));
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
            let diagnostic = Diagnostic::error("undeclared-tariff", wanted.span, message)
                .nearest(wanted.value.as_str(), known.iter().map(Id::as_str))
                .or_help(|| "load its text together with this one".into());
            found.push(diagnostic);
            return None;
        };
        if chain.iter().any(|it| core::ptr::eq(*it, base)) {
            // A ring is reported once, by the first of its tariffs.
            let first = chain.iter().min_by_key(|it| it.tariff.0.span);
            if core::ptr::eq(base, draft) && first.is_some_and(|it| core::ptr::eq(*it, draft)) {
                let message = format!("tariff `{}` extends itself in the end", wanted.value);
                let diagnostic = Diagnostic::error("cyclic-inheritance", wanted.span, message);
                found.push(diagnostic.help("leave one `extends` out"));
            }
            return None;
        }
        if chain.len() >= MAX_CHAIN {
            let message = format!("more than {MAX_CHAIN} tariffs extend one another");
            let diagnostic = Diagnostic::error("too-many", wanted.span, message);
            found.push(diagnostic.help("write two of them as one"));
            return None;
        }
        chain.push(base);
        next = base.tariff.0.extends;
    }
    chain.reverse();
    Some(chain)
}
