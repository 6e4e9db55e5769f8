//! What may be filed under a procedure, as JSON Schema 2020-12.
//!
//! A filing has the shape in which `hoso run` reads it: the procedure by its
//! id or code, the channel, facts, and documents, each handed in or answered by
//! a shared database. The desk takes a filing of which facts and documents are
//! missing, and asks for them: the schema does the same. Whether one is complete
//! is told by the definition `complete`, which requires the facts that the
//! applicant establishes and the documents.
//!
//! A document that is asked for under a condition is required where the facts
//! of the filing make the condition hold; where they leave it open nothing is
//! required, as in the law of three values by which guards are read. JSON
//! Schema cannot compare days: a condition that does so requires nothing, and
//! says so in a comment.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::json::Json;
use crate::definition::fact::{Domain, Fact, FactIdx, Value};
use crate::definition::guard::{Formula, Guard};
use crate::definition::{CHANNEL, Document, Procedure};
use crate::id::Id;
use crate::text::Lang;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Writes a schema by which a filing can be checked before it is sent.
#[must_use]
pub fn json_schema(procedure: &Procedure, lang: Lang) -> String {
    Schema { procedure, lang }.filing().document()
}

struct Schema<'p> {
    procedure: &'p Procedure,
    lang: Lang,
}

impl Schema<'_> {
    fn filing(&self) -> Json {
        let it = self.procedure;
        let code = it.code().and_then(|it| it.known());
        let names = [it.id().as_str()].into_iter().chain(code.map(|it| &**it));
        let properties = Json::object([
            ("procedure", Json::object([("enum", Json::texts(names))])),
            ("channel", self.channel()),
            ("facts", self.facts()),
            ("documents", self.documents()),
        ]);
        Json::object([
            ("$schema", Json::text(DIALECT)),
            ("$id", Json::text(format!("urn:hoso:procedure:{}:{}:filing", it.id(), it.version()))),
            ("title", Json::text(it.name().get(self.lang))),
            ("type", Json::text("object")),
            ("properties", properties),
            ("required", Json::texts(["procedure", "channel"])),
            ("$defs", Json::object([("complete", self.complete())])),
        ])
    }

    /// Describes the ways of filing; a list of alternatives may not be empty, and where there are none nothing is filed.
    fn channel(&self) -> Json {
        let channels = self.procedure.channels();
        let named = channels.iter().map(|it| named(it.as_str(), it.label(self.lang)));
        match channels {
            [] => Json::Bool(false),
            _ => Json::object([("oneOf", Json::list(named))]),
        }
    }

    /// Describes a filing for which nothing has to be asked.
    fn complete(&self) -> Json {
        let procedure = self.procedure;
        let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
        let own = self.declared().filter(|it| it.by().is_some() && it.by() == applicant);
        let facts: Vec<String> = own.map(|it| it.id().to_string()).collect();
        let facts = (!facts.is_empty())
            .then(|| holding("facts", Json::object([("required", Json::texts(facts))])));
        let documents = procedure.documents().iter().filter(|(_, _, it)| !it.presented());
        let documents = documents.map(|(_, id, it)| self.asked(id, it));
        let all: Vec<Json> = facts.into_iter().chain(documents).collect();
        let filing = Json::object([("$ref", Json::text("#"))]);
        filing.with_some("allOf", (!all.is_empty()).then_some(Json::List(all)))
    }

    /// Describes the facts, of which none has to be known.
    fn facts(&self) -> Json {
        let facts = self.declared().map(|it| (it.id().to_string(), self.fact(it)));
        Json::object([
            ("type", Json::text("object")),
            ("properties", Json::object(facts)),
            ("additionalProperties", Json::Bool(false)),
        ])
    }

    /// Returns the facts that a filing may say.
    fn declared(&self) -> impl Iterator<Item = &Fact> {
        self.procedure.facts().iter().map(|(_, it)| it).filter(|it| it.id() != CHANNEL)
    }

    fn fact(&self, fact: &Fact) -> Json {
        let title = fact.name().map(|it| Json::text(it.get(self.lang)));
        let domain = match fact.domain() {
            Domain::Boolean => Json::object([("type", Json::text("boolean"))]),
            Domain::Integer { min, max } => Json::object([
                ("type", Json::text("integer")),
                ("minimum", Json::Number(*min)),
                ("maximum", Json::Number(*max)),
            ]),
            Domain::Choice(words) => {
                Json::object([("enum", Json::texts(words.iter().map(Id::as_str)))])
            }
            Domain::Date => {
                Json::object([("type", Json::text("string")), ("format", Json::text("date"))])
            }
        };
        domain.with_some("title", title)
    }

    fn documents(&self) -> Json {
        let mut forms = Vec::new();
        for (_, id, document) in self.procedure.documents().iter() {
            forms.push(named(id.as_str(), document.name().get(self.lang)));
            forms.push(self.answered(id, document));
        }
        // A list of alternatives may not be empty: without documents there is no item.
        let items = if forms.is_empty() {
            Json::Bool(false)
        } else {
            Json::object([("anyOf", Json::List(forms))])
        };
        Json::object([("type", Json::text("array")), ("items", items)])
    }

    /// Describes a document as an object: where it may be, with the database that answers for it.
    fn answered(&self, id: Id, document: &Document) -> Json {
        let databases = document.replaced_by().iter();
        let databases: Vec<Id> =
            databases.filter_map(|it| self.procedure.databases().name(*it)).collect();
        let database = (!databases.is_empty())
            .then(|| Json::object([("enum", Json::texts(databases.iter().map(Id::as_str)))]));
        let properties = Json::object([("document", constant(Json::text(id.as_str())))])
            .with_some("database", database);
        Json::object([
            ("type", Json::text("object")),
            ("title", Json::text(document.name().get(self.lang))),
            ("properties", properties),
            ("required", Json::texts(["document"])),
            ("additionalProperties", Json::Bool(false)),
        ])
    }

    /// Requires a document, where its condition holds.
    fn asked(&self, id: Id, document: &Document) -> Json {
        let itself = constant(Json::text(id.as_str()));
        let answered = holding("document", constant(Json::text(id.as_str())));
        let either = Json::object([("anyOf", Json::List(Vec::from([itself, answered])))]);
        let there = holding("documents", Json::object([("contains", either)]));
        match document.when() {
            None => there,
            Some(guard) => match self.guard(guard) {
                Some(condition) => Json::object([("if", condition), ("then", there)]),
                None => {
                    let comment = format!("{id}: {guard}");
                    Json::object([("$comment", Json::text(comment))])
                }
            },
        }
    }

    fn guard(&self, guard: &Guard) -> Option<Json> {
        self.formula(&guard.formula())
    }

    /// Says when a formula holds; none where JSON Schema has no words for it.
    fn formula(&self, formula: &Formula) -> Option<Json> {
        let parts = |key: &str, parts: &[Formula]| {
            let parts: Option<Vec<Json>> = parts.iter().map(|it| self.formula(it)).collect();
            Some(Json::object([(key, Json::List(parts?))]))
        };
        match formula {
            Formula::All(all) => parts("allOf", all),
            Formula::Any(any) => parts("anyOf", any),
            Formula::Known(fact, true) => Some(self.about(*fact, Json::Bool(true))),
            Formula::Known(fact, false) => {
                Some(Json::object([("not", self.about(*fact, Json::Bool(true)))]))
            }
            Formula::Among(fact, values, want) => {
                let among = Json::object([("enum", Json::list(values.iter().map(value)))]);
                let among = if *want { among } else { Json::object([("not", among)]) };
                Some(self.about(*fact, among))
            }
            Formula::Ordered(fact, orders, Value::Integer(limit)) => {
                Some(self.about(*fact, ordered(orders, *limit)))
            }
            Formula::Ordered(fact, orders, other) => match *orders {
                "==" => Some(self.about(*fact, constant(value(other)))),
                "!=" => Some(self.about(*fact, Json::object([("not", constant(value(other)))]))),
                _ => None,
            },
        }
    }

    /// Says something of a fact that is known.
    fn about(&self, fact: FactIdx, schema: Json) -> Json {
        match self.procedure.facts().fact(fact).map(Fact::id) {
            Some(id) if id == CHANNEL => holding("channel", schema),
            Some(id) => holding("facts", holding(id.as_str(), schema)),
            None => Json::Bool(false),
        }
    }
}

fn named(word: &str, title: &str) -> Json {
    constant(Json::text(word)).with("title", Json::text(title))
}

fn constant(value: Json) -> Json {
    Json::object([("const", value)])
}

/// Describes an object that has a key, with something about its value.
fn holding(key: &str, schema: Json) -> Json {
    Json::object([
        ("type", Json::text("object")),
        ("properties", Json::object([(key, schema)])),
        ("required", Json::texts([key])),
    ])
}

fn value(value: &Value) -> Json {
    match value {
        Value::Boolean(it) => Json::Bool(*it),
        Value::Integer(it) => Json::Number(*it),
        other => Json::text(other.to_string()),
    }
}

fn ordered(orders: &str, limit: i64) -> Json {
    let limit = Json::Number(limit);
    match orders {
        "<" => Json::object([("exclusiveMaximum", limit)]),
        "<=" => Json::object([("maximum", limit)]),
        ">" => Json::object([("exclusiveMinimum", limit)]),
        ">=" => Json::object([("minimum", limit)]),
        "!=" => Json::object([("not", constant(limit))]),
        _ => constant(limit),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::definition::tests::LEAST;
    use crate::export::tests::{SAMPLE, procedure};

    #[test]
    fn facts_channels_and_documents_are_described_and_conditions_carried_over() {
        expect_file!["../../tests/corpus/export/sample.schema.json"]
            .assert_eq(&json_schema(&procedure(SAMPLE), Lang::En));
    }

    #[test]
    fn the_order_of_the_roles_does_not_change_who_applies() {
        let role = "[role.applicant]\nname = { vi = \"Người nộp\", en = \"Applicant\" }\n";
        let late = [&SAMPLE.replace(role, ""), role].concat();
        let schema = |text: &str| json_schema(&procedure(text), Lang::En);
        assert_eq!(schema(&late), schema(SAMPLE));
    }

    #[test]
    fn a_procedure_without_channels_takes_no_filing() {
        let schema = |text: &str| json_schema(&procedure(text), Lang::En);
        let closed = schema(&LEAST.replace("channels = [\"counter\", \"online\"]\n", ""));
        assert!(closed.contains("\"channel\": false") && !closed.contains("oneOf"), "{closed}");
        assert!(!schema(LEAST).contains("\"channel\": false"));
    }

    #[test]
    fn a_procedure_without_papers_takes_none() {
        let schema = json_schema(&procedure(LEAST), Lang::En);
        assert!(schema.contains("\"items\": false") && !schema.contains("allOf"), "{schema}");
    }
}
