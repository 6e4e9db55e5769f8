//! From texts to registers: names resolved, rows in their order.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::draft::{Draft, EntryDraft, FigureDraft, PartDraft};
use super::{Entry, Essential, Figure, Part, Regime, Register};
use crate::definition::table::{LawIdx, Position as _};
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Id;
use crate::law::Certainty;
use crate::read::{self, Kind, LAW, Lines, Many, Named};
use crate::source::{At, FileId, Sources};

/// Loads every register of the given texts, and whatever is wrong with them.
///
/// Texts that are not registers are passed over. A register with an error does
/// not come out.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Register>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let texts = sources.iter().filter(|(_, it)| read::head(it.text()) == Some("register"));
    let mut registers: Vec<Register> = Vec::new();
    for (file, source) in texts {
        let start = found.len();
        let Some(draft) = read::read::<Draft>(file, source.text(), &mut found) else { continue };
        let register = Lowering { draft: &draft, found: &mut found }.register();
        let twin = draft.register.0.id.0.filter(|id| registers.iter().any(|it| it.id == id.value));
        if let Some(id) = twin {
            let message = format!("register `{}` is declared twice", id.value);
            let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
            found.push(diagnostic.help("rename one, or load only one of them"));
        }
        let is_sound = !any_error(found.get(start..).unwrap_or_default());
        registers.extend(register.filter(|_| is_sound));
    }
    settle(&mut found);
    (registers, found)
}

/// Prints a text of a register in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    read::format_text::<Draft>(sources, file)
}

/// One register while its names are resolved.
struct Lowering<'d> {
    draft: &'d Draft,
    found: &'d mut Vec<Diagnostic>,
}

impl Lowering<'_> {
    fn register(&mut self) -> Option<Register> {
        let draft = self.draft;
        let head = &draft.register.0;
        let law = self.law(&head.law);
        let regimes = parts(&draft.free_online, |it| {
            let law = self.law(&it.law);
            Some(Regime { name: it.name.0.clone()?, effective: it.effective.0?, law })
        });
        let essentials = self.essentials();
        let entries = parts(&draft.entry, |it| Some(self.entry(it)));
        let figures = parts(&draft.figure, |it| self.figure(it));
        Some(Register {
            id: head.id.0?.value,
            name: head.name.0.clone()?,
            law,
            laws: draft.law.iter().map(|(_, it)| it.clone()).collect(),
            regimes,
            essentials,
            entries,
            figures,
            remarks: head.remarks.clone(),
        })
    }

    fn essentials(&mut self) -> Vec<Essential> {
        let mut essentials: Vec<Essential> = Vec::new();
        for row in &self.draft.essential.0 {
            let (Some(number), Some(name)) = (row.row.0, row.name.0.clone()) else { continue };
            if essentials.iter().any(|it| it.row == number.value) {
                let message = format!("row {} is declared twice", number.value);
                self.error("duplicate-name", number, message, "renumber one of them");
                continue;
            }
            essentials.push(Essential { row: number.value, name, owner: row.owner.clone() });
        }
        essentials.sort_by_key(|it| it.row);
        essentials
    }

    fn entry(&mut self, entry: &EntryDraft) -> Entry {
        let rows = &self.draft.essential.0;
        let declared = |row: u8| rows.iter().filter_map(|it| it.row.0).any(|it| it.value == row);
        if let Some(row) = entry.essential.filter(|it| !declared(it.value)) {
            let message = format!("row {} is not declared", row.value);
            self.error("undeclared-row", row, message, "declare it under `[[essential]]`");
        }
        for name in &entry.free_online.0 {
            self.find(&self.draft.free_online, *name, REGIME);
        }
        Entry {
            essential: entry.essential.map(|it| it.value),
            free_online: entry.free_online.0.iter().map(|it| it.value).collect(),
            codes: entry.code.0.clone(),
            authority: entry.authority,
            service_level: entry.service_level,
            source: entry.source.clone(),
            certainty: entry.certainty.unwrap_or(Certainty::Read),
            remarks: entry.remarks.clone(),
        }
    }

    fn figure(&mut self, figure: &FigureDraft) -> Option<Figure> {
        if let Some(name) = figure.within {
            self.find(&self.draft.figure, name, FIGURE);
        }
        Some(Figure {
            name: figure.name.0.clone()?,
            on: figure.on,
            whole: figure.whole.0?,
            within: figure.within.map(|it| it.value),
            counts: figure.counts,
            shares: counted(&figure.share),
            parts: counted(&figure.part),
            source: figure.source.clone(),
            certainty: figure.certainty.unwrap_or(Certainty::Read),
            remarks: figure.remarks.clone(),
        })
    }

    fn law(&mut self, names: &Many<At<Id>>) -> Vec<LawIdx> {
        names.0.iter().filter_map(|it| self.find(&self.draft.law, *it, LAW)).collect()
    }

    /// Returns the position of a name, or reports that it is not declared.
    fn find<T>(&mut self, named: &Named<T>, name: At<Id>, kind: Kind) -> Option<LawIdx> {
        let position = named.0.iter().position(|(id, _)| id.value == name.value);
        if position.is_none() {
            self.found.push(kind.undeclared(name, named.names()));
        }
        position.map(LawIdx::new)
    }

    fn error<T>(&mut self, code: &'static str, at: At<T>, message: String, help: &str) {
        self.found.push(Diagnostic::error(code, at.span, message).help(help));
    }
}

const REGIME: Kind = Kind { code: "undeclared-regime", what: "resolution", table: "free-online" };
const FIGURE: Kind = Kind { code: "undeclared-figure", what: "figure", table: "figure" };

/// Lowers every part of a table by name; broken ones were reported.
fn parts<T, U>(named: &Named<T>, mut lower: impl FnMut(&T) -> Option<U>) -> Vec<(Id, U)> {
    named.iter().filter_map(|(id, part)| Some((id.value, lower(part)?))).collect()
}

fn counted(parts: &Lines<PartDraft>) -> Vec<Part> {
    let lower = |it: &PartDraft| {
        Some(Part { name: it.name.0.clone()?, count: it.count.0?, percent: it.percent.clone() })
    };
    parts.0.iter().filter_map(lower).collect()
}
