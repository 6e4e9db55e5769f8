//! From texts to authorities: every successor is known and there in time.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::draft::{AuthorityDraft, Draft};
use super::succession::{Authorities, Authority};
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Id;
use crate::law::Interval;
use crate::read::{self, Kind, LAW, Many, Named};
use crate::source::{At, FileId, Sources};

/// Loads the authorities of the given texts, and whatever is wrong with them.
///
/// Texts of other kinds are passed over. A text with an error does not come out.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Authorities>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut loaded: Vec<Authorities> = Vec::new();
    for (file, source) in sources.iter() {
        if read::head(source.text()) != Some("authorities") {
            continue;
        }
        let start = found.len();
        let draft = read::read::<Draft>(file, source.text(), &mut found);
        let lowered = draft.and_then(|it| lower(&it, &loaded, &mut found));
        let is_sound = !any_error(found.get(start..).unwrap_or_default());
        loaded.extend(lowered.filter(|_| is_sound));
    }
    settle(&mut found);
    (loaded, found)
}

/// Prints a text of authorities in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    read::format_text::<Draft>(sources, file)
}

fn lower(
    draft: &Draft,
    loaded: &[Authorities],
    found: &mut Vec<Diagnostic>,
) -> Option<Authorities> {
    let head = &draft.authorities.0;
    if let Some(id) = head.id.0.filter(|id| loaded.iter().any(|it| it.id == id.value)) {
        let message = format!("authorities `{}` are declared twice", id.value);
        let diagnostic = Diagnostic::error("duplicate-name", id.span, message);
        found.push(diagnostic.help("rename one, or load only one of them"));
    }
    let mut list = Vec::with_capacity(draft.authority.0.len());
    for (id, it) in draft.authority.iter() {
        check_succession(draft, id, it, found);
        list.extend(authority(draft, id, it, found));
    }
    list.sort_by_key(|it: &Authority| it.id);
    let laws = draft.law.iter().map(|(id, it)| (id.value, it.clone())).collect();
    Some(Authorities { id: head.id.0?.value, name: head.name.0.clone()?, laws, list })
}

fn authority(
    draft: &Draft,
    id: At<Id>,
    it: &AuthorityDraft,
    found: &mut Vec<Diagnostic>,
) -> Option<Authority> {
    let law = declared(&draft.law, &it.law, LAW, found);
    Some(Authority {
        id: id.value,
        name: it.name.0.clone()?,
        level: it.level.0?,
        effective: it.effective.0?.value,
        successors: it.successors.0.iter().map(|it| it.value).collect(),
        law,
        remarks: it.remarks.clone(),
    })
}

const AUTHORITY: Kind =
    Kind { code: "undeclared-authority", what: "authority", table: "authority" };

/// Returns the names that are declared; the others are reported.
fn declared<T>(
    known: &Named<T>,
    written: &Many<At<Id>>,
    kind: Kind,
    found: &mut Vec<Diagnostic>,
) -> Vec<Id> {
    let mut names = Vec::with_capacity(written.0.len());
    for name in &written.0 {
        if known.0.iter().any(|(id, _)| id.value == name.value) {
            names.push(name.value);
            continue;
        }
        found.push(kind.undeclared(*name, known.names()));
    }
    names
}

/// Nobody follows one that goes on, and whoever follows is there on the day after the last.
fn check_succession(draft: &Draft, id: At<Id>, it: &AuthorityDraft, found: &mut Vec<Diagnostic>) {
    let known = &draft.authority;
    declared(known, &it.successors, AUTHORITY, found);
    let Some(effective) = it.effective.0 else { return };
    let Some(until) = effective.value.until() else {
        if let Some(first) = it.successors.0.first() {
            let message = format!("`{}` goes on, and names a successor", id.value);
            let diagnostic = Diagnostic::error("succession-without-end", first.span, message);
            found.push(diagnostic.help("say in `effective` until when it exists"));
        }
        return;
    };
    if it.successors.is_absent() {
        let message = format!("`{}` ends on {until} and nobody follows", id.value);
        let diagnostic = Diagnostic::error("succession-gap", effective.span, message);
        found.push(diagnostic.help("name who takes over in `successors`"));
    }
    for name in &it.successors.0 {
        let Some(heir) = interval(known, name.value) else { continue };
        if heir.contains(until) {
            continue;
        }
        let cyclic = name.value == id.value || follows(known, name.value, id.value);
        let diagnostic = if cyclic {
            let message = format!("`{}` follows itself in the end", id.value);
            Diagnostic::error("cyclic-succession", name.span, message)
                .help("name those that exist after it")
        } else if heir.from() > until {
            let message = format!(
                "`{}` ends on {until}, and `{}` begins on {}",
                id.value,
                name.value,
                heir.from()
            );
            Diagnostic::error("succession-gap", name.span, message)
                .help("name who acts between them, or let the two days meet")
        } else {
            let message = format!("`{}` has ended before {until}", name.value);
            Diagnostic::error("successor-ended", name.span, message)
                .help("name those that exist on that day")
        };
        found.push(diagnostic);
    }
}

fn interval(known: &Named<AuthorityDraft>, id: Id) -> Option<Interval> {
    let (_, it) = known.iter().find(|(it, _)| it.value == id)?;
    it.effective.0.map(|it| it.value)
}

/// Returns true when one authority follows, in the end, after another.
fn follows(known: &Named<AuthorityDraft>, after: Id, wanted: Id) -> bool {
    let mut seen = Vec::from([after]);
    let mut next = 0;
    while let Some(id) = seen.get(next).copied() {
        next += 1;
        let Some((_, it)) = known.iter().find(|(it, _)| it.value == id) else { continue };
        for heir in &it.successors.0 {
            if heir.value == wanted {
                return true;
            }
            if !seen.contains(&heir.value) {
                seen.push(heir.value);
            }
        }
    }
    false
}
