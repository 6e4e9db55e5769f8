//! From texts to calendars: who extends whom.

use alloc::format;
use alloc::vec::Vec;

use super::Calendar;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::read::{head, read};
use crate::source::{FileId, Sources};

/// A text that could be read, though perhaps not all of it.
pub(super) struct Text {
    sheet: Sheet,
    is_sound: bool,
}

impl Text {
    pub(super) fn read(file: FileId, text: &str, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let start = found.len();
        let sheet = read(file, text, found)?;
        let is_sound = !any_error(found.get(start..).unwrap_or_default());
        Some(Self { sheet, is_sound })
    }

    /// Lays the text over what it extends; one with an error is checked and gives nothing.
    pub(super) fn lay(&self, known: &[Calendar], found: &mut Vec<Diagnostic>) -> Option<Calendar> {
        Calendar::lay(&self.sheet, known, found).filter(|_| self.is_sound)
    }

    /// Finds the text that this one extends.
    fn base<'t>(&self, texts: &'t [Self]) -> Option<&'t Self> {
        let base = self.sheet.calendar.0.extends?.value;
        texts.iter().find(|it| it.sheet.calendar.0.id.value == base)
    }
}

/// Loads every calendar of the texts, in whichever order they extend each other.
pub(super) fn load(sources: &Sources) -> (Vec<Calendar>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let files = sources.iter().filter(|(_, it)| head(it.text()) == Some("calendar"));
    let read: Vec<Option<Text>> =
        files.map(|(file, it)| Text::read(file, it.text(), &mut found)).collect();
    let is_whole = read.iter().all(Option::is_some);
    let texts: Vec<Text> = read.into_iter().flatten().collect();
    let mut calendars: Vec<Calendar> = Vec::new();
    let mut waiting = unlike(&texts, &mut found);
    // Each round lays the calendars whose ground is there.
    loop {
        let before = waiting.len();
        waiting.retain(|text| {
            let base = text.sheet.calendar.0.extends;
            let ready = base.is_none_or(|base| calendars.iter().any(|it| it.id() == base.value));
            if ready {
                calendars.extend(text.lay(&calendars, &mut found));
            }
            !ready
        });
        if waiting.len() == before {
            break;
        }
    }
    for text in waiting {
        match text.base(&texts) {
            // A base that is broken was reported as such.
            Some(_) => report_ring(text, &texts, &mut found),
            // It may be the text that could not be read.
            None if !is_whole => {}
            None => drop(text.lay(&calendars, &mut found)),
        }
    }
    settle(&mut found);
    (calendars, found)
}

/// Returns the texts without those whose name is taken.
fn unlike<'t>(texts: &'t [Text], found: &mut Vec<Diagnostic>) -> Vec<&'t Text> {
    let mut unlike: Vec<&Text> = Vec::with_capacity(texts.len());
    for text in texts {
        let id = text.sheet.calendar.0.id;
        if unlike.iter().any(|it| it.sheet.calendar.0.id == id) {
            let message = format!("calendar `{}` is declared twice", id.value);
            let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
            found.push(diagnostic.help("rename one, or load only one of them"));
        } else {
            unlike.push(text);
        }
    }
    unlike
}

/// Reports calendars that extend each other in a ring; once, by the first of them.
fn report_ring(text: &Text, texts: &[Text], found: &mut Vec<Diagnostic>) {
    let mut next = text.base(texts);
    for _ in texts {
        let Some(base) = next else { return };
        if core::ptr::eq(base, text) {
            let Some(extends) = text.sheet.calendar.0.extends else { return };
            let message = format!("calendar `{}` extends itself in the end", extends.value);
            let diagnostic = Diagnostic::error("cyclic-inheritance", extends.span, message);
            return found.push(diagnostic.help("leave one `extends` out"));
        }
        if base.sheet.span < text.sheet.span {
            return;
        }
        next = base.base(texts);
    }
}
