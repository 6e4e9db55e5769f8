//! A procedure as one JSON document.

use hoso::Maybe;
use hoso::clock::Length;
use hoso::definition::bundle::{Bundle, BundlePart};
use hoso::definition::{Target, Term};
use hoso::id::Id;
use hoso::law::Citation;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{View, domain};
use crate::answer::put;

impl View<'_> {
    pub(super) fn data(&self) -> Value {
        let (it, lang) = (self.procedure, self.lang);
        let mut data = json!({
            "id": it.id().as_str(),
            "code": it.code().and_then(Maybe::known).map(|it| &**it),
            "version": it.version().as_str(),
            "name": it.name().get(lang),
            "fingerprint": it.fingerprint().to_string(),
            "authority": it.authority().as_str(),
            "service-level": it.service_level().known().map(|it| it.as_str()),
            "channels": it.channels().iter().map(|it| it.as_str()).collect::<Vec<_>>(),
            "effective": { "from": it.effective().from().to_string(), "until": it.effective().until().map(|it| it.to_string()) },
            "pinned": it.pinned().as_str(),
            "facts": it.facts().iter().map(|(_, it)| json!({
                "id": it.id().as_str(),
                "name": it.name().map(|it| it.get(lang)),
                "domain": domain(it.domain(), lang),
                "by": it.by().map(|it| it.to_string()),
            })).collect::<Vec<_>>(),
            "documents": self.documents_data(),
            "terms": it.terms().iter().map(|(_, id, it)| self.term_data(id, it)).collect::<Vec<_>>(),
            "fees": it.fees().iter().map(|(_, id, fee)| json!({
                "id": id.as_str(),
                "name": fee.name().map(|it| it.get(lang)),
                "item": fee.item().as_str(),
                "when": fee.when().map(|it| it.as_str()),
                "law": self.cited(fee.law()),
            })).collect::<Vec<_>>(),
            "results": it.results().iter().map(|(_, id, it)| json!({
                "id": id.as_str(), "name": it.name().get(lang), "law": self.cited(it.law()),
            })).collect::<Vec<_>>(),
            "states": it.states().iter().map(|(_, id, it)| json!({
                "id": id.as_str(),
                "name": it.name().get(lang),
                "portal-status": it.portal_status().code(),
                "role": it.role().and_then(|at| self.procedure.roles().name(at)).map(|it| it.to_string()),
            })).collect::<Vec<_>>(),
            "transitions": self.transitions_data(),
            "timetables": self.timetables_data(),
            "law": it.laws().iter().map(|(_, id, it)| citation(id, it, lang)).collect::<Vec<_>>(),
            "remarks": self.remarks(),
        });
        if let Some(bundle) = self.bundle {
            put(&mut data, "parts", self.parts_data(bundle));
        }
        data
    }

    fn parts_data(&self, bundle: &Bundle) -> Vec<Value> {
        let parts = bundle.parts().iter();
        let after = |it: &BundlePart| {
            let names = it.after().iter().filter_map(|it| bundle.parts().name(*it));
            names.map(|it| it.to_string()).collect::<Vec<_>>()
        };
        parts
            .map(|(_, name, it)| {
                json!({
                    "part": name.as_str(),
                    "after": after(it),
                    "when": it.when().map(|it| it.as_str()),
                    "procedure": View { procedure: it.procedure(), bundle: None, ..*self }.data(),
                })
            })
            .collect()
    }

    fn documents_data(&self) -> Vec<Value> {
        let databases = self.procedure.databases();
        let all = self.procedure.documents().iter();
        all.map(|(_, id, it)| {
            let answers = it.replaced_by().iter().filter_map(|at| databases.name(*at));
            json!({
                "id": id.as_str(),
                "name": it.name().get(self.lang),
                "originals": it.originals(),
                "copies": it.copies(),
                "presented": it.presented(),
                "form": it.form().map(|it| it.number()),
                "when": it.when().map(|it| it.as_str()),
                "replaced-by": answers.map(|it| it.to_string()).collect::<Vec<_>>(),
                "law": self.cited(it.law()),
            })
        })
        .collect()
    }

    fn term_data(&self, id: Id, term: &Term) -> Value {
        let limit = |it: &Maybe<Length>| it.known().map(|it| it.to_string());
        let cases = term.cases().iter();
        let cases: Vec<Value> = cases
            .map(|it| json!({ "when": it.when().as_str(), "limit": limit(it.limit()) }))
            .collect();
        json!({
            "id": id.as_str(),
            "name": term.name().map(|it| it.get(self.lang)),
            "limit": limit(term.limit()),
            "cases": cases,
            "law": self.cited(term.law()),
        })
    }

    fn transitions_data(&self) -> Vec<Value> {
        let (states, roles) = (self.procedure.states(), self.procedure.roles());
        let all = self.procedure.transitions().iter();
        all.map(|(_, id, it)| {
            let to = match it.to() {
                Target::State(at) => states.name(at).map(|it| it.to_string()),
                Target::Previous => Some("previous".into()),
                Target::Same => Some("same".into()),
            };
            let from = it.from().filter_map(|at| states.name(at)).map(|it| it.to_string());
            let by = it.by().filter_map(|at| roles.name(at)).map(|it| it.to_string());
            json!({
                "id": id.as_str(),
                "name": it.name(self.lang),
                "act": it.act().as_str(),
                "from": from.collect::<Vec<_>>(),
                "to": to,
                "by": by.collect::<Vec<_>>(),
                "when": it.when().map(|it| it.as_str()),
                "needs": it.needs().iter().map(|it| it.as_str()).collect::<Vec<_>>(),
                "law": self.cited(it.law()),
            })
        })
        .collect()
    }
}

fn citation(id: Id, law: &Citation, lang: Lang) -> Value {
    json!({
        "id": id.as_str(),
        "instrument": law.instrument(),
        "article": law.article(),
        "title": law.title().map(|it| it.get(lang)),
        "certainty": law.certainty().as_str(),
    })
}
