//! From texts to norms: who extends whom, and whether every figure has a source.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::attendance::is_too_long;
use super::draft::{Draft, IncomeDraft, ItemDraft};
use super::norms::{Income, Item, Norms};
use crate::diagnostic::{Diagnostic, any_error, settle};
use crate::id::Id;
use crate::law::{Certainty, Citation};
use crate::money::Dong;
use crate::read::{self, Kind, LAW, Many, Maybe, Remarks};
use crate::source::{At, FileId, Sources};

/// How messages call norms, and the code of those that are not there.
const NORMS: Kind = Kind { code: "undeclared-norms", what: "set of norms", table: "norms" };

/// Loads all norms of the given texts, and whatever is wrong with them.
///
/// Texts of other kinds are passed over. Norms that extend others hold the
/// other's items and income too; what they say themselves replaces that, name
/// by name. Norms with an error do not come out.
#[must_use]
pub fn load(sources: &Sources) -> (Vec<Norms>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let texts = sources.iter().filter(|(_, it)| read::head(it.text()) == Some("norms"));
    let drafts: Vec<Option<Draft>> =
        texts.map(|(file, it)| read::read::<Draft>(file, it.text(), &mut found)).collect();
    let named = |it: &Option<Draft>| it.as_ref().is_some_and(|it| it.norms.0.id.0.is_some());
    let is_whole = drafts.iter().all(named);
    let drafts: Vec<Draft> = drafts.into_iter().flatten().collect();
    let all: Vec<_> = drafts.iter().map(|it| (it.norms.0.id.0, it.norms.0.extends, it)).collect();
    NORMS.report_twins(&all, &mut found);
    let mut loaded = Vec::new();
    for &entry in &all {
        let start = found.len();
        check_sources(entry.2, &mut found);
        let chain = NORMS.chain(entry, &all, &mut found);
        let norms = chain.and_then(|it| lower(&it, &mut found));
        let is_sound = !any_error(found.get(start..).unwrap_or_default());
        loaded.extend(norms.filter(|_| is_sound));
    }
    if !is_whole {
        // The text whose name could not be read may be the one that another extends.
        found.retain(|it| it.code() != NORMS.code);
    }
    settle(&mut found);
    (loaded, found)
}

/// Prints a text of norms in its canonical form.
///
/// # Errors
///
/// The diagnostics, when the text cannot be read.
pub fn format_text(sources: &Sources, file: FileId) -> Result<String, Vec<Diagnostic>> {
    read::format_text::<Draft>(sources, file)
}

/// Every figure says where it was read, or that it is assumed, and is possible.
fn check_sources(draft: &Draft, found: &mut Vec<Diagnostic>) {
    for (id, it) in draft.item.iter() {
        let says = it.minutes.as_ref().is_some_and(|it| it.known().is_some())
            || it.direct.iter().chain(&it.per_copy).any(|it| it.known().is_some());
        if says && it.source.is_none() && it.law.is_absent() && it.remarks.assumed().is_none() {
            let message =
                format!("item `{}` says neither its source nor what it assumes", id.value);
            let diagnostic = Diagnostic::error("unsourced-norm", id.span, message);
            found.push(diagnostic.help("add `source`, `law` or `assumed`"));
        }
        let minutes = it.minutes.as_ref();
        if let Some(waiting) = it.waiting.filter(|it| is_too_long(it.value, minutes)) {
            let message = format!("item `{}` waits longer than it takes", id.value);
            let diagnostic = Diagnostic::error("bad-value", waiting.span, message);
            found.push(diagnostic.help("`waiting` is a part of `minutes`"));
        }
    }
}

/// Joins norms and those that they extend; the later word holds.
fn lower(chain: &[&Draft], found: &mut Vec<Diagnostic>) -> Option<Norms> {
    let own = *chain.last()?;
    let head = &own.norms.0;
    let laws: Vec<(Id, Citation)> = joined(chain.iter().map(|it| &it.law), |it| Some(it.clone()));
    check_laws(own, &laws, found);
    let income = chain.iter().rev().find_map(|it| it.income.as_ref());
    let Some(income) = income else {
        let message = "these norms have no `[income]` and extend none that have";
        let diagnostic = Diagnostic::error("missing-key", own.norms.0.span, message);
        found.push(diagnostic.help("say in `[income]` what an hour of work is worth"));
        return None;
    };
    let of_chain = |it: &&&Draft| !it.norms.0.leaves_out.is_absent();
    let leaves_out = chain.iter().rev().find(of_chain).map(|it| it.norms.0.leaves_out.0.clone());
    Some(Norms {
        id: head.id.0?.value,
        name: head.name.0.clone()?,
        year: head.year.0?,
        income: lower_income(&income.0, found)?,
        overhead: chain.iter().rev().find_map(|it| it.norms.0.overhead),
        leaves_out: leaves_out.unwrap_or_default(),
        items: joined(chain.iter().map(|it| &it.item), lower_item),
        law: names(&head.law),
        remarks: head.remarks.clone(),
        laws,
    })
}

/// Takes the parts of all tables; one of the same name takes the place of an earlier one.
fn joined<'d, D: 'd, T>(
    tables: impl Iterator<Item = &'d read::Named<D>>,
    lower: impl Fn(&D) -> Option<T>,
) -> Vec<(Id, T)> {
    let mut all: Vec<(Id, T)> = Vec::new();
    for (id, part) in tables.flat_map(|it| it.iter()) {
        let Some(part) = lower(part) else { continue };
        match all.iter_mut().find(|(it, _)| *it == id.value) {
            Some((_, earlier)) => *earlier = part,
            None => all.push((id.value, part)),
        }
    }
    all
}

fn lower_income(draft: &IncomeDraft, found: &mut Vec<Diagnostic>) -> Option<Income> {
    let hours = draft.hours.0?;
    if hours.value == 0 {
        let diagnostic = Diagnostic::error("bad-value", hours.span, "a year has no hours of work");
        found.push(diagnostic.help("write how many hours are worked in a year"));
        return None;
    }
    Some(Income {
        yearly: draft.yearly.0?,
        hours: hours.value,
        source: draft.source.clone(),
        certainty: certainty(draft.certainty, &draft.remarks),
        law: names(&draft.law),
        remarks: draft.remarks.clone(),
    })
}

fn lower_item(draft: &ItemDraft) -> Option<Item> {
    let nothing = || Maybe::Known(Dong::ZERO);
    Some(Item {
        name: draft.name.0.clone()?,
        task: draft.task.0?,
        minutes: draft.minutes.0.clone()?,
        waiting: draft.waiting.map(|it| it.value),
        direct: draft.direct.clone().unwrap_or_else(nothing),
        per_copy: draft.per_copy.clone().unwrap_or_else(nothing),
        charged: draft.charged.map(|it| it.value),
        usual: draft.usual.unwrap_or(false),
        source: draft.source.clone(),
        certainty: certainty(draft.certainty, &draft.remarks),
        law: names(&draft.law),
        remarks: draft.remarks.clone(),
    })
}

fn certainty(written: Option<Certainty>, remarks: &Remarks) -> Certainty {
    match remarks.assumed() {
        Some(_) => Certainty::Assumed,
        None => written.unwrap_or(Certainty::Read),
    }
}

fn names(law: &Many<At<Id>>) -> Vec<Id> {
    law.0.iter().map(|it| it.value).collect()
}

fn check_laws(draft: &Draft, laws: &[(Id, Citation)], found: &mut Vec<Diagnostic>) {
    let of_items = draft.item.iter().flat_map(|(_, it)| &it.law.0);
    let of_income = draft.income.iter().flat_map(|it| &it.0.law.0);
    for name in draft.norms.0.law.0.iter().chain(of_income).chain(of_items) {
        if laws.iter().any(|(id, _)| *id == name.value) {
            continue;
        }
        found.push(LAW.undeclared(*name, laws.iter().map(|(id, _)| *id)));
    }
}
