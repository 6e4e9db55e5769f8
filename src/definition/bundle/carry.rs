//! What a part takes over from the case: facts of the same meaning, papers that are there already.
//!
//! A fact or document of the bundle's name is carried over by itself; another
//! name is said.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::order::PART;
use super::{Answered, Carried, Paper};
use crate::definition::draft::PartDraft;
use crate::definition::fact::Domain;
use crate::definition::table::{BundlePartIdx, Position};
use crate::definition::{CHANNEL, Procedure};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::source::{At, Span};

/// A part between its procedure and the bundle.
pub(super) struct Carrying<'c> {
    pub(super) id: At<Id>,
    pub(super) part: &'c PartDraft,
    pub(super) procedure: &'c Procedure,
    pub(super) lead: &'c Procedure,
    /// The parts of the bundle in their order, and which of them come before this one.
    pub(super) parts: &'c [Id],
    pub(super) before: &'c [usize],
}

impl Carrying<'_> {
    /// Pairs the facts; an undeclared one, or one of another domain, is reported.
    pub(super) fn facts(&self, found: &mut Vec<Diagnostic>) -> Vec<Carried> {
        let written = self.part.facts.as_ref().map_or(&[][..], |it| &it.0);
        let mut carried = Vec::new();
        for (own, shared) in written {
            let is_declared =
                self.declares_fact(self.procedure, own, self.id.value.as_str(), found)
                    & self.declares_fact(self.lead, shared, "", found);
            if is_declared {
                self.carry(own.value, shared.value, own.span, found, &mut carried);
            }
        }
        for (_, fact) in self.lead.facts().iter().filter(|(_, it)| it.id() != CHANNEL) {
            let is_named = written.iter().any(|(own, _)| own.value == fact.id());
            if !is_named && self.procedure.facts().position(&fact.id()).is_some() {
                self.carry(fact.id(), fact.id(), self.id.span, found, &mut carried);
            }
        }
        carried
    }

    fn declares_fact(
        &self,
        procedure: &Procedure,
        name: &At<Id>,
        part: &str,
        found: &mut Vec<Diagnostic>,
    ) -> bool {
        let facts = procedure.facts();
        if facts.position(&name.value).is_some() {
            return true;
        }
        let owner = if part.is_empty() {
            "the bundle".into()
        } else {
            format!("the procedure of part `{part}`")
        };
        let message = format!("{owner} declares no fact `{}`", name.value);
        let diagnostic = Diagnostic::error("undeclared-fact", name.span, message);
        found.push(match facts.nearest(name.value.as_str()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("declare it, or leave it out"),
        });
        false
    }

    /// Every value of the bundle's fact must be one of the part's.
    fn carry(
        &self,
        part: Id,
        bundle: Id,
        span: Span,
        found: &mut Vec<Diagnostic>,
        carried: &mut Vec<Carried>,
    ) {
        let domain = |of: &Procedure, name: &Id| {
            let facts = of.facts();
            facts.position(name).and_then(|it| facts.fact(it)).map(|it| it.domain().clone())
        };
        let (Some(own), Some(shared)) = (domain(self.procedure, &part), domain(self.lead, &bundle))
        else {
            return;
        };
        if let Some(beyond) = beyond(&shared, &own) {
            let message = format!(
                "fact `{bundle}` of the bundle may be {beyond}, and fact `{part}` of part `{}` may not",
                self.id.value
            );
            let diagnostic = Diagnostic::error("carried-fact", span, message);
            found.push(diagnostic.help(format!("declare it as the part does: {}", own.expected())));
        }
        carried.push(Carried { part, bundle });
    }

    /// Pairs the documents; what is not declared, or would come too late, is reported.
    pub(super) fn documents(&self, found: &mut Vec<Diagnostic>) -> Vec<Answered> {
        let written = self.part.documents.as_ref().map_or(&[][..], |it| &it.0);
        let mut answered = Vec::new();
        for (document, by) in written {
            if self.procedure.documents().find(&document.value).is_none() {
                let known: Vec<Id> =
                    self.procedure.documents().iter().map(|(_, it, _)| it).collect();
                let owner = format!("the procedure of part `{}`", self.id.value);
                found.push(undeclared(&owner, *document, &known));
            }
            let by = At { value: &*by.value, span: by.span };
            answered
                .extend(self.paper(by, found).map(|by| Answered { document: document.value, by }));
        }
        for (_, name, _) in self.lead.documents().iter() {
            let is_named = written.iter().any(|(it, _)| it.value == name);
            if !is_named && self.procedure.documents().find(&name).is_some() {
                answered.push(Answered { document: name, by: Paper::Document(name) });
            }
        }
        answered
    }

    /// Reads `document.form`, or `part.birth` for what that part results in.
    fn paper(&self, by: At<&str>, found: &mut Vec<Diagnostic>) -> Option<Paper> {
        let parts =
            by.value.split_once('.').and_then(|(kind, name)| Some((kind, Id::try_new(name)?)));
        match parts {
            Some(("document", name)) if self.lead.documents().find(&name).is_some() => {
                Some(Paper::Document(name))
            }
            Some(("document", value)) => {
                let known: Vec<Id> = self.lead.documents().iter().map(|(_, it, _)| it).collect();
                found.push(undeclared("the bundle", At { value, span: by.span }, &known));
                None
            }
            Some(("part", value)) => self.result(At { value, span: by.span }, found),
            _ => {
                let message =
                    format!("`{}` names neither a document of the bundle nor a part", by.value);
                let help =
                    "write `document.NAME`, or `part.NAME` for what an earlier part results in";
                found.push(Diagnostic::error("bad-value", by.span, message).help(help));
                None
            }
        }
    }

    fn result(&self, part: At<Id>, found: &mut Vec<Diagnostic>) -> Option<Paper> {
        let place = self.parts.iter().position(|it| *it == part.value);
        if let Some(place) = place.filter(|it| self.before.contains(it)) {
            return Some(Paper::Result(BundlePartIdx::new(place)));
        }
        found.push(match place {
            Some(_) => {
                let message = format!(
                    "part `{}` does not wait for part `{}`, so its result may be missing",
                    self.id.value, part.value
                );
                let diagnostic = Diagnostic::error("result-too-early", part.span, message);
                diagnostic.help(format!("write `after = [\"{}\"]`", part.value))
            }
            None => PART.undeclared(part, self.parts.iter().copied()),
        });
        None
    }
}

fn undeclared(owner: &str, name: At<Id>, known: &[Id]) -> Diagnostic {
    let message = format!("{owner} declares no document `{}`", name.value);
    Diagnostic::error("undeclared-document", name.span, message)
        .nearest(name.value.as_str(), known.iter().map(Id::as_str))
        .or_help(|| "declare it, or leave it out".into())
}

/// Returns a value of the first domain that the second does not have, in words.
fn beyond(shared: &Domain, own: &Domain) -> Option<String> {
    match (shared, own) {
        (Domain::Boolean, Domain::Boolean) | (Domain::Date, Domain::Date) => None,
        (Domain::Integer { min, max }, Domain::Integer { min: least, max: most }) => {
            let outside = [min, max].into_iter().find(|it| !(least..=most).contains(it));
            outside.map(|it| format!("`{it}`"))
        }
        (Domain::Choice(words), Domain::Choice(known)) => {
            words.iter().find(|it| !known.contains(it)).map(|it| format!("`{it}`"))
        }
        _ => Some(shared.expected()),
    }
}
