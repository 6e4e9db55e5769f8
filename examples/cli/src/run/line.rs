//! One line of a command file: which keys it may have, and what they say.
//!
//! A line that is no command stops the run before anything is decided; that a
//! command is unlawful is for the library to say.

use chrono::FixedOffset;
use hoso::definition::Channel;
use hoso::definition::fact::Value as FactValue;
use hoso::dossier::{Actor, Answer, Filing, Opinion, Order, Payment, Received, Taking};
use hoso::id::Id;
use hoso::money::Dong;
use serde_json::{Map, Value};

use super::json::Strict;
use super::place::Place;
use crate::failure::{Failure, Fallible};
use crate::moment::{self, Moment};

/// A command as its file writes it.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) place: Place,
    pub(crate) dossier: String,
    pub(crate) at: Moment,
    pub(crate) actor: Actor,
    /// What `do` says.
    pub(crate) verb: String,
    pub(crate) order: Order,
    /// Id or code, where a dossier is filed.
    pub(crate) procedure: Option<String>,
    /// The part of a linked dossier that is meant.
    pub(crate) part: Option<Id>,
    pub(crate) id: Option<String>,
    pub(crate) expected_version: Option<u32>,
}

impl Line {
    /// Reads a line of JSON.
    pub(crate) fn read(text: &str, place: Place, offset: FixedOffset) -> Fallible<Self> {
        Self::parse(text, place.clone(), offset).map_err(|it| it.at(place))
    }

    fn parse(text: &str, place: Place, offset: FixedOffset) -> Fallible<Self> {
        let mut keys = Keys::of(text, offset)?;
        let dossier = keys.need("dossier", Keys::text)?;
        let at = keys.need("at", Keys::moment)?;
        let actor = keys.need("actor", Keys::actor)?;
        let verb = keys.need("do", Keys::text)?;
        let id = keys.take("id", Keys::text)?;
        let expected_version = keys.take("expected-version", Keys::count)?;
        let part = keys.take("part", Keys::id)?;
        let procedure =
            if verb == "file" { Some(keys.need("procedure", Keys::text)?) } else { None };
        let order = order(&verb, &mut keys)?;
        keys.finish(&verb)?;
        Ok(Self { place, dossier, at, actor, verb, order, procedure, part, id, expected_version })
    }
}

fn order(verb: &str, keys: &mut Keys) -> Fallible<Order> {
    Ok(match verb {
        "file" => Order::File(Filing {
            channel: keys.need("channel", Keys::word::<Channel>)?,
            received_by: keys.take("received-by", Keys::id)?,
            facts: keys.take("facts", Keys::facts)?.unwrap_or_default(),
            documents: keys.take("documents", Keys::documents)?.unwrap_or_default(),
        }),
        "facts" => Order::Facts(keys.need("facts", Keys::facts)?),
        "document" => Order::Documents(documents(keys)?),
        "answer" => Order::Answer(Answer {
            consultation: keys.need("consultation", Keys::id)?,
            opinion: keys.need("opinion", Keys::word::<Opinion>)?,
            facts: keys.take("facts", Keys::facts)?.unwrap_or_default(),
        }),
        "pay" => Order::Pay(Payment {
            amount: keys.need("amount", Keys::amount)?,
            fee: keys.take("fee", Keys::id)?,
        }),
        "migrate" => Order::Migrate,
        // The decision is signed by a transition; with a document the applicant signs that.
        "sign" if keys.has("document") => {
            Order::Sign { document: keys.need("document", Keys::id)? }
        }
        transition => Order::Take(taking(transition, keys)?),
    })
}

fn documents(keys: &mut Keys) -> Fallible<Vec<Received>> {
    if keys.has("documents") {
        return keys.need("documents", Keys::documents);
    }
    let document = keys.need("document", Keys::id)?;
    Ok(vec![Received { document, database: keys.take("database", Keys::id)? }])
}

fn taking(transition: &str, keys: &mut Keys) -> Fallible<Taking> {
    let transition = Id::parse(transition).map_err(|it| Failure::from(it).at("key `do`"))?;
    Ok(Taking {
        facts: keys.take("facts", Keys::facts)?.unwrap_or_default(),
        documents: keys.take("documents", Keys::documents)?.unwrap_or_default(),
        reason: keys.take("reason", Keys::text)?.map(Into::into),
        competent: keys.take("competent", Keys::moment)?,
        new_due: keys.take("new-due", Keys::date)?,
        amount: keys.take("amount", Keys::amount)?,
        code: keys.take("code", Keys::word)?,
        ..Taking::of(transition)
    })
}

/// The keys of a line that were not read yet.
struct Keys {
    left: Map<String, Value>,
    offset: FixedOffset,
    // In the order in which they were asked for.
    asked: Vec<&'static str>,
}

impl Keys {
    fn of(text: &str, offset: FixedOffset) -> Fallible<Self> {
        let wrong = |what: &dyn std::fmt::Display| {
            Failure::new(what).help(
                "write one command a line: {\"dossier\": …, \"at\": …, \"actor\": {…}, \"do\": …}",
            )
        };
        match serde_json::from_str(text).map_err(|error| wrong(&error))? {
            Strict(Value::Object(left)) => Ok(Self { left, offset, asked: Vec::new() }),
            _ => Err(wrong(&"a command is a JSON object")),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.left.get(key).is_some_and(|it| !it.is_null())
    }

    /// Reads a key that may be left out.
    fn take<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Self, Value) -> Fallible<T>,
    ) -> Fallible<Option<T>> {
        self.asked.push(key);
        match self.left.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                read(self, value).map(Some).map_err(|it| it.at(format_args!("key `{key}`")))
            }
        }
    }

    /// Reads a key that must be there.
    fn need<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Self, Value) -> Fallible<T>,
    ) -> Fallible<T> {
        self.take(key, read)?.ok_or_else(|| Failure::new(format_args!("key `{key}` is missing")))
    }

    /// Complains of a key that nobody asked for.
    fn finish(self, verb: &str) -> Fallible<()> {
        let Some(key) = self.left.keys().next() else { return Ok(()) };
        let known: Vec<String> = self.asked.iter().map(|it| format!("`{it}`")).collect();
        Err(Failure::new(format_args!("key `{key}` is not known here"))
            .help(format_args!("`{verb}` takes {}", known.join(", "))))
    }

    fn text(&self, value: Value) -> Fallible<String> {
        match value {
            Value::String(text) if !text.trim().is_empty() => Ok(text),
            other => Err(wrong(&other, "a text")),
        }
    }

    fn word<T: std::str::FromStr<Err = hoso::error::Error>>(&self, value: Value) -> Fallible<T> {
        Ok(self.text(value)?.parse()?)
    }

    fn id(&self, value: Value) -> Fallible<Id> {
        Ok(Id::parse(&self.text(value)?)?)
    }

    fn moment(&self, value: Value) -> Fallible<Moment> {
        moment::moment(&self.text(value)?, self.offset)
    }

    fn date(&self, value: Value) -> Fallible<chrono::NaiveDate> {
        moment::date(&self.text(value)?)
    }

    fn count(&self, value: Value) -> Fallible<u32> {
        let count = value.as_u64().and_then(|it| u32::try_from(it).ok());
        count.ok_or_else(|| wrong(&value, "a whole number"))
    }

    fn amount(&self, value: Value) -> Fallible<Dong> {
        value.as_i64().map(Dong::new).ok_or_else(|| wrong(&value, "a whole number of đồng"))
    }

    fn actor(&self, value: Value) -> Fallible<Actor> {
        let Value::Object(left) = value else {
            return Err(
                wrong(&value, "an actor").help("write {\"id\": \"an\", \"role\": \"applicant\"}")
            );
        };
        let mut keys = Self { left, offset: self.offset, asked: Vec::new() };
        let id = keys.need("id", Self::text)?;
        let role = keys.need("role", Self::id)?;
        keys.finish("actor")?;
        Ok(Actor::new(&id, role))
    }

    fn facts(&self, value: Value) -> Fallible<Vec<(Id, FactValue)>> {
        let Value::Object(facts) = value else {
            return Err(wrong(&value, "a table of facts").help("write {\"floors\": 3}"));
        };
        let mut read = Vec::with_capacity(facts.len());
        for (fact, value) in facts {
            let value = serde_json::from_value(value)
                .map_err(|error| Failure::new(error).at(format_args!("fact `{fact}`")))?;
            read.push((Id::parse(&fact)?, value));
        }
        Ok(read)
    }

    fn documents(&self, value: Value) -> Fallible<Vec<Received>> {
        match value {
            Value::Array(all) => all.into_iter().map(|it| self.received(it)).collect(),
            other => Err(wrong(&other, "a list of documents").help("write [\"application\"]")),
        }
    }

    fn received(&self, value: Value) -> Fallible<Received> {
        let Value::Object(left) = value else { return Ok(Received::handed_in(self.id(value)?)) };
        let mut keys = Self { left, offset: self.offset, asked: Vec::new() };
        let document = keys.need("document", Self::id)?;
        let database = keys.take("database", Self::id)?;
        keys.finish("a document")?;
        Ok(Received { document, database })
    }
}

fn wrong(value: &Value, expected: &str) -> Failure {
    let found: String = value.to_string().chars().take(60).collect();
    Failure::new(format_args!("`{found}` is not {expected}"))
}
