//! From texts to tariffs: who extends whom.

use alloc::string::String;
use alloc::vec::Vec;

use super::draft::Draft;
use super::lower::lower;
use super::tariff::Tariff;
use crate::diagnostic::{Diagnostic, settle};
use crate::read::{self, Kind};
use crate::source::{FileId, Sources};

/// How messages call a tariff, and the code of one that is not there.
const TARIFF: Kind = Kind { code: "undeclared-tariff", what: "tariff", table: "tariff" };

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
        texts.map(|(file, it)| read::read::<Draft>(file, it.text(), &mut found)).collect();
    // A text whose name could not be read may be the one that another extends.
    let named = |it: &Draft| it.tariff.0.id.0.is_some();
    let is_whole = read.iter().all(|it| it.as_ref().is_some_and(named));
    let drafts: Vec<Draft> = read.into_iter().flatten().collect();
    let all: Vec<_> = drafts.iter().map(|it| (it.tariff.0.id.0, it.tariff.0.extends, it)).collect();
    TARIFF.report_twins(&all, &mut found);
    let mut tariffs = Vec::new();
    for &entry in &all {
        let chain = TARIFF.chain(entry, &all, &mut found);
        tariffs.extend(chain.and_then(|it| lower(&it, &mut found)));
    }
    if !is_whole {
        found.retain(|it| it.code() != TARIFF.code);
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
    read::format_text::<Draft>(sources, file)
}
