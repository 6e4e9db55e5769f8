//! Merging along the life cycle: a draft's own parts add to, replace or remove
//! those that it inherits.
//!
//! A part with the name of an inherited one replaces it whole, in its place.
//! Nothing is merged key by key: whoever reads a part reads all of it.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::draft::Draft;
use crate::calendar::policy::PolicySheet;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::read::{Many, Named, Section};
use crate::source::At;

/// Puts the parts of `base` under those of `own`, without what `own` removes.
pub(crate) fn inherit(base: &Draft, own: Draft, found: &mut Vec<Diagnostic>) -> Draft {
    let removals = Removals::read(&own, found);
    let merged = Draft {
        policy: policy(base, own.policy),
        law: removals.merge("law", &base.law, own.law),
        fact: removals.merge("fact", &base.fact, own.fact),
        role: removals.merge("role", &base.role, own.role),
        database: removals.merge("database", &base.database, own.database),
        document: removals.merge("document", &base.document, own.document),
        result: removals.merge("result", &base.result, own.result),
        term: removals.merge("term", &base.term, own.term),
        consultation: removals.merge("consultation", &base.consultation, own.consultation),
        state: removals.merge("state", &base.state, own.state),
        transition: removals.merge("transition", &base.transition, own.transition),
        fee: removals.merge("fee", &base.fee, own.fee),
        ..own
    };
    removals.report_idle(base, found);
    merged
}

/// Readings of the law are inherited one by one.
fn policy(base: &Draft, own: Option<Section<PolicySheet>>) -> Option<Section<PolicySheet>> {
    match (own, &base.policy) {
        (Some(own), Some(base)) => Some(Section(own.0.over(&base.0))),
        (own, base) => own.or_else(|| base.clone()),
    }
}

/// The parts that a draft removes: table and name.
struct Removals {
    parts: Vec<At<(Box<str>, Id)>>,
}

impl Removals {
    fn read(own: &Draft, found: &mut Vec<Diagnostic>) -> Self {
        let mut parts = Vec::new();
        for written in &removed(own).0 {
            let part = written
                .value
                .split_once('.')
                .and_then(|(table, name)| Some((Box::from(table), Id::try_new(name)?)));
            match part {
                Some(value) => parts.push(At { value, span: written.span }),
                None => {
                    let message = format!("`{}` does not name a part", written.value);
                    let diagnostic = Diagnostic::error("bad-value", written.span, message);
                    found.push(diagnostic.help("write table and name, as in `transition.assign`"));
                }
            }
        }
        Self { parts }
    }

    fn names<'r>(&'r self, table: &'r str) -> impl Iterator<Item = &'r Id> {
        self.parts
            .iter()
            .map(|it| &it.value)
            .filter(move |(it, _)| **it == *table)
            .map(|(_, id)| id)
    }

    fn merge<T: Clone>(&self, table: &str, base: &Named<T>, own: Named<T>) -> Named<T> {
        let mut merged: Vec<_> = base
            .0
            .iter()
            .filter(|(id, _)| !self.names(table).any(|it| *it == id.value))
            .cloned()
            .collect();
        for part in own.0 {
            match merged.iter_mut().find(|(id, _)| id.value == part.0.value) {
                Some(inherited) => *inherited = part,
                None => merged.push(part),
            }
        }
        Named(merged)
    }

    /// Reports removals of what was never inherited.
    fn report_idle(&self, base: &Draft, found: &mut Vec<Diagnostic>) {
        for part in &self.parts {
            let (table, name) = &part.value;
            let inherited = inherited_names(base, table);
            if !inherited.contains(name) {
                let message = format!("`{table}.{name}` is not inherited, so it cannot be removed");
                let diagnostic = Diagnostic::error("idle-removal", part.span, message);
                found.push(
                    diagnostic
                        .nearest(name.as_str(), inherited.iter().map(Id::as_str))
                        .or_help(|| "leave it out".into()),
                );
            }
        }
    }
}

/// Reports every removal of a draft that inherits nothing.
pub(crate) fn report_removals(own: &Draft, found: &mut Vec<Diagnostic>) {
    for part in &removed(own).0 {
        let message = format!("`{}` is not inherited, so it cannot be removed", part.value);
        let diagnostic = Diagnostic::error("idle-removal", part.span, message);
        found.push(diagnostic.help("leave it out, or say what is inherited"));
    }
}

fn removed(own: &Draft) -> &Many<At<Box<str>>> {
    static NONE: Many<At<Box<str>>> = Many::NONE;
    let procedure = own.procedure.as_ref().map(|it| &it.0.remove);
    let life_cycle = own.life_cycle.as_ref().map(|it| &it.0.remove);
    procedure.or(life_cycle).unwrap_or(&NONE)
}

fn inherited_names(base: &Draft, table: &str) -> Vec<Id> {
    fn names<T>(parts: &Named<T>) -> Vec<Id> {
        parts.0.iter().map(|(id, _)| id.value).collect()
    }
    match table {
        "law" => names(&base.law),
        "fact" => names(&base.fact),
        "role" => names(&base.role),
        "database" => names(&base.database),
        "document" => names(&base.document),
        "result" => names(&base.result),
        "term" => names(&base.term),
        "consultation" => names(&base.consultation),
        "state" => names(&base.state),
        "transition" => names(&base.transition),
        "fee" => names(&base.fee),
        _ => Vec::new(),
    }
}
