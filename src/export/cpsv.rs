//! A procedure as a public service of CPSV-AP 3.2, in JSON-LD.
//!
//! The context stands inside, with the terms and IRIs of the published one, so
//! that a reader needs no network. Amounts are absent, since tariffs price fees.
//! A processing time is given where ISO 8601 can say it without loss; every
//! term is told in words, as a rule that the service follows.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::duration::duration;
use super::json::Json;
use crate::clock::Length;
use crate::definition::{DECISION, LawIdx, Procedure, Term};
use crate::id::Id;
use crate::law::Citation;
use crate::read::Maybe;
use crate::text::{Lang, Text};

const CPSV: &str = "http://purl.org/vocab/cpsv#";
const CV: &str = "http://data.europa.eu/m8g/";
const DCT: &str = "http://purl.org/dc/terms/";
const ELI: &str = "http://data.europa.eu/eli/ontology#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DURATION: &str = "http://www.w3.org/2001/XMLSchema#duration";
const COUNTRY: &str = "http://publications.europa.eu/resource/authority/country/VNM";
const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/VIE";

/// Terms of the published context, and their IRIs.
const CLASSES: &[(&str, &str, &str)] = &[
    ("PublicService", CPSV, "PublicService"),
    ("PublicOrganization", CV, "PublicOrganisation"),
    ("Evidence", CV, "Evidence"),
    ("Output", CV, "Output"),
    ("LegalResource", ELI, "LegalResource"),
    ("Rule", CPSV, "Rule"),
    ("Channel", CV, "Channel"),
    ("Cost", CV, "Cost"),
    ("Concept", SKOS, "Concept"),
];
const LITERALS: &[(&str, &str, &str)] = &[
    ("identifier", DCT, "identifier"),
    ("name", DCT, "title"),
    ("description", DCT, "description"),
    ("preferredLabel", SKOS, "prefLabel"),
];
const LINKS: &[(&str, &str, &str)] = &[
    ("hasCompetentAuthority", CV, "hasCompetentAuthority"),
    ("hasInput", CPSV, "hasInput"),
    ("produces", CPSV, "produces"),
    ("hasLegalResource", CV, "hasLegalResource"),
    ("follows", CPSV, "follows"),
    ("implements", CPSV, "implements"),
    ("hasChannel", CV, "hasChannel"),
    ("hasCost", CV, "hasCost"),
    ("language", DCT, "language"),
    ("spatial", DCT, "spatial"),
    ("type", DCT, "type"),
];

/// Writes a public service of CPSV-AP 3.2 as JSON-LD, in Vietnamese and where translated in English.
#[must_use]
pub fn cpsv(procedure: &Procedure) -> String {
    let base = format!("urn:hoso:procedure:{}:{}", procedure.id(), procedure.version());
    Service { procedure, base }.document().document()
}

struct Service<'p> {
    procedure: &'p Procedure,
    base: String,
}

impl Service<'_> {
    fn document(&self) -> Json {
        let mut graph = Vec::from([self.service(), self.authority()]);
        graph.extend(self.evidence());
        graph.extend(self.outputs());
        graph.extend(self.rules());
        graph.extend(self.channels());
        graph.extend(self.costs());
        graph.extend(self.laws());
        Json::object([("@context", context()), ("@graph", Json::List(graph))])
    }

    fn service(&self) -> Json {
        let it = self.procedure;
        let code = match it.code() {
            Some(Maybe::Known(code)) => code,
            _ => it.id().as_str(),
        };
        let all = |kind: &str, names: Vec<Id>| {
            Json::list(names.into_iter().map(|name| Json::Text(self.iri(kind, name))))
        };
        let channels =
            it.channels().iter().map(|it| Json::Text(self.named("channel", it.as_str())));
        let mut rules: Vec<Json> = Vec::new();
        rules.extend(it.terms().iter().map(|(_, id, _)| Json::Text(self.iri("term", id))));
        let asked = it.consultations().iter();
        rules.extend(asked.map(|(_, id, _)| Json::Text(self.iri("consultation", id))));
        node(&self.base, "PublicService")
            .with("identifier", Json::text(code))
            .with("name", texts(it.name()))
            .with("description", self.description())
            .with("language", Json::text(LANGUAGE))
            .with("spatial", Json::text(COUNTRY))
            .with(
                "hasCompetentAuthority",
                Json::Text(self.named("authority", it.authority().as_str())),
            )
            .with("hasInput", all("document", it.documents().iter().map(|(_, id, _)| id).collect()))
            .with("produces", all("result", it.results().iter().map(|(_, id, _)| id).collect()))
            .with("hasLegalResource", all("law", it.laws().iter().map(|(_, id, _)| id).collect()))
            .with("follows", Json::List(rules))
            .with("hasChannel", Json::list(channels))
            .with("hasCost", all("fee", it.fees().iter().map(|(_, id, _)| id).collect()))
            .with_some("processingTime", self.processing_time().map(Json::Text))
    }

    /// Says what the service is and for whom.
    fn description(&self) -> Json {
        let it = self.procedure;
        let parts = [Some(it.name()), it.field(), it.subjects()];
        let said = |lang: Lang| {
            let parts: Vec<&str> = parts.iter().flatten().map(|it| it.get(lang)).collect();
            parts.join(" · ")
        };
        texts(&Text::new(&said(Lang::Vi), it.name().en().map(|_| said(Lang::En)).as_deref()))
    }

    /// Returns the term of the whole procedure where ISO 8601 says the same for every dossier.
    fn processing_time(&self) -> Option<String> {
        let (_, term) = self.procedure.terms().find(&DECISION)?;
        let plain = term.cases().is_empty() && term.when().is_none();
        match term.limit() {
            Maybe::Known(Length::Limit(limit)) if plain => duration(*limit),
            _ => None,
        }
    }

    fn authority(&self) -> Json {
        let level = self.procedure.authority();
        node(&self.named("authority", level.as_str()), "PublicOrganization")
            .with("preferredLabel", both(|lang| level.label(lang).into()))
            .with("spatial", Json::text(COUNTRY))
    }

    fn evidence(&self) -> Vec<Json> {
        let all = self.procedure.documents().iter();
        all.map(|(_, id, it)| {
            let when = it.when().map(|guard| both(|lang| when(guard.as_str(), lang)));
            self.part("document", id, "Evidence", texts(it.name())).with_some("description", when)
        })
        .collect()
    }

    fn outputs(&self) -> Vec<Json> {
        let all = self.procedure.results().iter();
        all.map(|(_, id, it)| self.part("result", id, "Output", texts(it.name()))).collect()
    }

    /// Tells each term and each consultation as a rule.
    fn rules(&self) -> Vec<Json> {
        let terms = self.procedure.terms().iter().map(|(_, id, term)| {
            let unnamed = Text::new(id.as_str(), None);
            let name = texts(term.name().unwrap_or(&unnamed));
            self.part("term", id, "Rule", name)
                .with("description", both(|lang| told(term, lang)))
                .with("implements", self.cited(term.law()))
        });
        let asked = self.procedure.consultations().iter().map(|(_, id, it)| {
            let said = |lang| {
                let silence = it.silence().label(lang);
                format!(
                    "{}; {}: {silence}",
                    length(it.limit(), lang),
                    lang.pick("im lặng", "silence")
                )
            };
            self.part("consultation", id, "Rule", texts(it.name()))
                .with("description", both(said))
                .with("implements", self.cited(it.law()))
        });
        terms.chain(asked).collect()
    }

    fn channels(&self) -> Vec<Json> {
        let all = self.procedure.channels().iter();
        all.flat_map(|it| {
            let iri = self.named("channel", it.as_str());
            let kind = format!("urn:hoso:channel:{it}");
            let channel = node(&iri, "Channel")
                .with("identifier", Json::text(it.as_str()))
                .with("type", Json::text(&kind));
            let label = both(|lang| it.label(lang).into());
            [channel, node(&kind, "Concept").with("preferredLabel", label)]
        })
        .collect()
    }

    /// Names each fee; a tariff says how much it is.
    fn costs(&self) -> Vec<Json> {
        let all = self.procedure.fees().iter();
        all.map(|(_, id, fee)| {
            let unnamed = Text::new(id.as_str(), None);
            node(&self.iri("fee", id), "Cost")
                .with("identifier", Json::text(fee.item().as_str()))
                .with("description", texts(fee.name().unwrap_or(&unnamed)))
        })
        .collect()
    }

    fn laws(&self) -> Vec<Json> {
        let all = self.procedure.laws().iter();
        all.map(|(_, id, it)| {
            let cited = both(|lang| Citation::display(it, lang));
            node(&self.iri("law", id), "LegalResource")
                .with("identifier", Json::text(it.instrument()))
                .with("name", it.title().map_or_else(|| cited.clone(), texts))
                .with("description", cited)
        })
        .collect()
    }

    fn part(&self, kind: &str, id: Id, class: &str, name: Json) -> Json {
        node(&self.iri(kind, id), class)
            .with("identifier", Json::text(id.as_str()))
            .with("name", name)
    }

    fn cited(&self, law: &[LawIdx]) -> Json {
        let names = law.iter().filter_map(|it| self.procedure.laws().name(*it));
        Json::list(names.map(|it| Json::Text(self.iri("law", it))))
    }

    fn iri(&self, kind: &str, id: Id) -> String {
        self.named(kind, id.as_str())
    }

    fn named(&self, kind: &str, name: &str) -> String {
        format!("{}:{kind}:{name}", self.base)
    }
}

fn context() -> Json {
    let mut terms = Json::Object(Vec::new());
    let iri = |space: &str, name: &str| Json::Text([space, name].concat());
    for (term, space, name) in CLASSES.iter().chain(LITERALS) {
        terms = terms.with(term, iri(space, name));
    }
    for (term, space, name) in LINKS {
        let link = [("@id", iri(space, name)), ("@type", Json::text("@id"))];
        terms = terms.with(term, Json::object(link));
    }
    let duration = [("@id", iri(CV, "processingTime")), ("@type", Json::text(DURATION))];
    terms.with("processingTime", Json::object(duration))
}

fn node(iri: &str, class: &str) -> Json {
    Json::object([("@id", Json::text(iri)), ("@type", Json::text(class))])
}

/// Writes a text in each language in which there is one.
fn texts(text: &Text) -> Json {
    let said = [(Lang::Vi, Some(text.vi())), (Lang::En, text.en())];
    Json::list(said.into_iter().filter_map(|(lang, it)| Some(tagged(lang, it?))))
}

/// Writes what is said in both languages.
fn both(said: impl Fn(Lang) -> String) -> Json {
    Json::list([Lang::Vi, Lang::En].map(|lang| tagged(lang, &said(lang))))
}

fn tagged(lang: Lang, text: &str) -> Json {
    let lang = lang.pick("vi", "en");
    Json::object([("@language", Json::text(lang)), ("@value", Json::text(text))])
}

/// Tells how long a term is.
fn told(term: &Term, lang: Lang) -> String {
    let mut told = length(term.limit(), lang);
    if let Some(guard) = term.when() {
        told = format!("{told}; {}", when(guard.as_str(), lang));
    }
    for case in term.cases() {
        let limit = length(case.limit(), lang);
        told = format!("{told}; {}: {limit}", when(case.when().as_str(), lang));
    }
    told
}

fn length(limit: &Maybe<Length>, lang: Lang) -> String {
    match limit {
        Maybe::Known(length) => length.label(lang),
        Maybe::Unknown(why) => format!("{} ({why})", lang.pick("chưa rõ", "not known")),
    }
}

fn when(guard: &str, lang: Lang) -> String {
    format!("{} {guard}", lang.pick("khi", "if"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::export::tests::{SAMPLE, procedure};

    #[test]
    fn the_service_its_evidence_outputs_rules_channels_costs_and_law_are_linked() {
        expect_file!["../../tests/corpus/export/sample.jsonld"]
            .assert_eq(&cpsv(&procedure(SAMPLE)));
    }

    #[test]
    fn a_term_in_working_days_has_no_processing_time() {
        let text = SAMPLE.replace("limit = \"15 days\"", "limit = \"15 working days\"");
        let written = cpsv(&procedure(&text));
        assert!(!written.contains("\"processingTime\": \"P"));
        assert!(written.contains("15 ngày làm việc"));
    }
}
