//! Merging along the life cycle: a draft's own parts add to, replace or remove
//! those that it inherits.
//!
//! A part with the name of an inherited one replaces it whole, in its place.
//! Nothing is merged key by key: whoever reads a part reads all of it.

use alloc::format;
use alloc::vec::Vec;

use super::draft::Draft;
use super::part::{Part, PartKind};
use crate::calendar::policy::PolicySheet;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{Many, Named, Section};
use crate::source::At;

/// Names every table of parts once: `$call!(table of the draft, kind)` for each.
macro_rules! tables {
    ($call:ident) => {
        $call! {
            law: Law, fact: Fact, role: Role, database: Database, document: Document,
            result: Result, term: Term, consultation: Consultation, state: State,
            transition: Transition, choice: Choice, fee: Fee, activity: Activity,
            report: Report, change: Change, waiver: Waiver,
            migration: Migration,
        }
    };
}

/// Puts the parts of `base` under those of `own`, without what `own` removes.
pub(crate) fn inherit(base: &Draft, own: Draft, found: &mut Vec<Diagnostic>) -> Draft {
    let removed = removed(&own).0.clone();
    report_idle(&removed, base, found);
    macro_rules! merged {
        ($($table:ident: $kind:ident,)+) => {
            Draft {
                policy: policy(base, own.policy),
                compliance: own.compliance.or_else(|| base.compliance.clone()),
                $($table: merge(&base.$table, own.$table, |it| {
                    removed.iter().any(|part| part.value == Part::new(PartKind::$kind, it))
                }),)+
                part: merge(&base.part, own.part, |_| false),
                delivery: own.delivery.or_else(|| base.delivery.clone()),
                ..own
            }
        };
    }
    tables!(merged)
}

/// Readings of the law are inherited one by one.
fn policy(base: &Draft, own: Option<Section<PolicySheet>>) -> Option<Section<PolicySheet>> {
    match (own, &base.policy) {
        (Some(own), Some(base)) => Some(Section(own.0.over(&base.0))),
        (own, base) => own.or_else(|| base.clone()),
    }
}

/// Own parts replace inherited ones of their name in place; the others follow.
fn merge<T: Clone>(base: &Named<T>, own: Named<T>, is_removed: impl Fn(Id) -> bool) -> Named<T> {
    let mut merged: Vec<_> =
        base.0.iter().filter(|(id, _)| !is_removed(id.value)).cloned().collect();
    for part in own.0 {
        match merged.iter_mut().find(|(id, _)| id.value == part.0.value) {
            Some(inherited) => *inherited = part,
            None => merged.push(part),
        }
    }
    Named(merged)
}

/// Reports removals of what was never inherited.
fn report_idle(removed: &[At<Part>], base: &Draft, found: &mut Vec<Diagnostic>) {
    for part in removed {
        let inherited = names(base, part.value.kind());
        if !inherited.contains(part.value.name()) {
            let diagnostic = idle(part);
            let known = inherited.iter().map(Id::as_str);
            let diagnostic = diagnostic.nearest(part.value.name().as_str(), known);
            found.push(diagnostic.or_help(|| "leave it out".into()));
        }
    }
}

/// Reports every removal of a draft that inherits nothing.
pub(crate) fn report_removals(own: &Draft, found: &mut Vec<Diagnostic>) {
    let removed = removed(own).0.iter();
    found.extend(removed.map(|it| idle(it).help("leave it out, or say what is inherited")));
}

fn idle(part: &At<Part>) -> Diagnostic {
    let message = format!("`{}` is not inherited, so it cannot be removed", part.value);
    Diagnostic::error("idle-removal", part.span, message)
}

fn removed(own: &Draft) -> &Many<At<Part>> {
    static NONE: Many<At<Part>> = Many::NONE;
    let procedure = own.head().map(|it| &it.remove);
    let life_cycle = own.life_cycle.as_ref().map(|it| &it.0.remove);
    procedure.or(life_cycle).unwrap_or(&NONE)
}

/// Returns the names of every part of a kind.
pub(crate) fn names(draft: &Draft, kind: PartKind) -> Vec<Id> {
    macro_rules! of_kind {
        ($($table:ident: $kind:ident,)+) => {
            match kind { $(PartKind::$kind => list(&draft.$table),)+ }
        };
    }
    fn list<T>(parts: &Named<T>) -> Vec<Id> {
        parts.0.iter().map(|(id, _)| id.value).collect()
    }
    tables!(of_kind)
}
