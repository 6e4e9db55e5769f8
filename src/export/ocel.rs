//! Histories as OCEL 2.0 in JSON: events that concern several objects at once.
//!
//! Everything that was recorded is an event here, payments and facts included;
//! what is no step is named by what happened, as `paid`. Objects are dossiers,
//! applicants, fees, documents and consultations. What changes with time, such
//! as the state of a dossier, is a dated attribute of the object.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use super::history::{History, Versions, word};
use super::json::Json;
use crate::calendar::Moment;
use crate::definition::fact::Value;
use crate::dossier::{Charge, Event, Filed, Happened, Learnt, Moved, Received};
use crate::id::Id;
use crate::text::Lang;

/// A log of OCEL 2.0 that is being written, dossier by dossier.
///
/// Events are handed out at once; objects and types are kept to the end.
#[derive(Debug)]
pub struct Ocel<'p, W> {
    out: W,
    versions: Versions<'p>,
    lang: Lang,
    // What stands before the next event.
    comma: &'static str,
    objects: BTreeMap<String, Object>,
    event_types: Types,
    object_types: Types,
}

/// The attributes of each type, with the kind of their values.
type Types = BTreeMap<String, BTreeMap<String, &'static str>>;

#[derive(Debug)]
struct Object {
    kind: &'static str,
    attributes: Vec<(String, Moment, Json)>,
    related: Vec<(String, &'static str)>,
}

/// An event on its way, and what it says of objects.
struct Record<'r, 'p, W> {
    log: &'r mut Ocel<'p, W>,
    dossier: &'r str,
    at: Moment,
    kind: String,
    attributes: Vec<Json>,
    related: Vec<Json>,
}

impl<'p, W: fmt::Write> Ocel<'p, W> {
    /// Begins a log.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn open(mut out: W, versions: Versions<'p>, lang: Lang) -> Result<Self, fmt::Error> {
        out.write_str("{\n\"events\": [")?;
        let (objects, event_types, object_types) = (BTreeMap::new(), Types::new(), Types::new());
        Ok(Self { out, versions, lang, comma: "\n", objects, event_types, object_types })
    }

    /// Writes the events of a dossier.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn write(&mut self, history: &History<'_>) -> fmt::Result {
        for (event, began) in history.worked() {
            self.event(history.name(), event, began)?;
        }
        Ok(())
    }

    /// Ends the log with its objects and types.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn close(mut self) -> Result<W, fmt::Error> {
        self.out.write_str("\n],\n\"objects\": [")?;
        let mut comma = "\n";
        for (id, object) in &self.objects {
            self.out.write_str(comma)?;
            self.out.write_str(&object.json(id).line())?;
            comma = ",\n";
        }
        self.out.write_str("\n],\n\"eventTypes\": ")?;
        self.out.write_str(&types(&self.event_types).line())?;
        self.out.write_str(",\n\"objectTypes\": ")?;
        self.out.write_str(&types(&self.object_types).line())?;
        self.out.write_str("\n}\n")?;
        Ok(self.out)
    }

    fn event(&mut self, dossier: &str, event: &Event, began: Option<Moment>) -> fmt::Result {
        self.out.write_str(self.comma)?;
        self.comma = ",\n";
        let activity = self.versions.activity(event, self.lang);
        let kind = activity.unwrap_or_else(|| word(event.happened()).into());
        let applicant = self.applicant(event);
        self.event_types.entry(kind.clone()).or_default();
        self.object("dossier", dossier.into());
        let (attributes, related) = (Vec::new(), Vec::new());
        let mut record = Record { log: self, dossier, at: event.at(), kind, attributes, related };
        record.relate(dossier.into(), "dossier");
        record.say("actor", "string", Json::text(event.actor().id.as_str()));
        record.say("role", "string", Json::text(event.actor().role.as_str()));
        if let Some(began) = began {
            record.say("start", "time", Json::text(began.to_rfc3339()));
        }
        if let Some(applicant) = applicant {
            record.involve("applicant", format!("applicant/{applicant}"), "filed-by");
        }
        record.happened(event.happened());
        let json = Json::object([("id", Json::text(event.id().to_string()))])
            .with("type", Json::text(&record.kind))
            .with("time", Json::text(event.at().to_rfc3339()))
            .with("attributes", Json::List(record.attributes))
            .with("relationships", Json::List(record.related));
        self.out.write_str(&json.line())
    }

    /// Returns the applicant where an event is their own filing, not that of an office.
    fn applicant<'e>(&self, event: &'e Event) -> Option<&'e str> {
        let Happened::Filed(_) = event.happened() else { return None };
        let procedure = self.versions.of(event)?;
        let role = procedure.applicant().and_then(|it| procedure.roles().name(it));
        (role == Some(event.actor().role)).then(|| event.actor().id.as_str())
    }

    fn object(&mut self, kind: &'static str, id: String) -> &mut Object {
        self.object_types.entry(kind.into()).or_default();
        let new = || Object { kind, attributes: Vec::new(), related: Vec::new() };
        self.objects.entry(id).or_insert_with(new)
    }
}

impl<W: fmt::Write> Record<'_, '_, W> {
    fn happened(&mut self, happened: &Happened) {
        match happened {
            Happened::Filed(filed) => self.filed(filed),
            Happened::Moved(moved) => self.moved(moved),
            Happened::Learnt(learnt) => self.learnt(learnt),
            Happened::Answered { consultation, opinion, learnt } => {
                let id = self.part("consultation", consultation);
                self.change("consultation", &id, "opinion", Json::text(opinion.as_str()));
                self.involve("consultation", id, "answers");
                self.learnt(learnt);
            }
            Happened::Lapsed { consultation, silence } => {
                let id = self.part("consultation", consultation);
                self.change("consultation", &id, "silence", Json::text(silence.as_str()));
                self.involve("consultation", id, "ends");
            }
            Happened::Paid { fee, amount } => {
                self.say("amount", "integer", Json::Number(amount.get()));
                let id = self.part("fee", fee);
                self.involve("fee", id, "pays");
            }
            Happened::Signed { document } => {
                let id = self.part("document", document);
                self.involve("document", id, "signs");
            }
            Happened::Migrated(migrated) => {
                self.dossier("version", Json::text(migrated.version.as_str()));
                self.dossier("state", Json::text(migrated.state.as_str()));
            }
        }
    }

    fn filed(&mut self, filed: &Filed) {
        self.say("transition", "string", Json::text(filed.transition.as_str()));
        self.dossier("procedure", Json::text(filed.procedure.as_str()));
        self.dossier("version", Json::text(filed.version.as_str()));
        self.dossier("channel", Json::text(filed.channel.as_str()));
        self.dossier("state", Json::text(filed.state.as_str()));
        self.facts(&filed.facts);
        self.received(&filed.documents);
        self.charged(&filed.charges);
    }

    fn moved(&mut self, moved: &Moved) {
        self.say("transition", "string", Json::text(moved.transition.as_str()));
        self.say("act", "string", Json::text(moved.act.as_str()));
        if let Some(expired) = moved.expired {
            self.say("expired", "string", Json::text(expired.as_str()));
        }
        if let Some(version) = moved.pinned {
            self.dossier("version", Json::text(version.as_str()));
        }
        if moved.from != moved.to {
            self.dossier("state", Json::text(moved.to.as_str()));
        }
        if let Some(appointment) = moved.appointment {
            self.dossier("due", Json::text(appointment.moment().to_rfc3339()));
        }
        self.facts(&moved.facts);
        self.received(&moved.documents);
        self.charged(moved.charges.as_deref().unwrap_or_default());
        for asked in &moved.consulted {
            let id = self.part("consultation", &asked.consultation);
            if let Some(due) = asked.due {
                let due = Json::text(due.moment().to_rfc3339());
                self.change("consultation", &id, "due", due);
            }
            self.involve("consultation", id, "asks");
        }
    }

    fn learnt(&mut self, learnt: &Learnt) {
        self.facts(&learnt.facts);
        self.received(&learnt.documents);
        self.charged(learnt.charges.as_deref().unwrap_or_default());
    }

    fn facts(&mut self, facts: &[(Id, Value)]) {
        for (name, value) in facts {
            let value = match value {
                Value::Boolean(it) => Json::Bool(*it),
                Value::Integer(it) => Json::Number(*it),
                Value::Date(_) | Value::Choice(_) => Json::text(value.to_string()),
            };
            self.dossier(&format!("fact.{name}"), value);
        }
    }

    fn received(&mut self, documents: &[Received]) {
        for received in documents {
            let id = self.part("document", &received.document);
            if let Some(database) = received.database {
                self.change("document", &id, "database", Json::text(database.as_str()));
            }
            self.involve("document", id, "brings");
        }
    }

    fn charged(&mut self, charges: &[Charge]) {
        for charge in charges {
            let id = self.part("fee", &charge.fee);
            if let Some(payer) = charge.payer {
                self.change("fee", &id, "payer", Json::Number(payer.get()));
            }
            self.involve("fee", id, "charges");
        }
    }

    /// Returns the id of a part of the dossier; its kind comes first, so that no dossier is meant.
    fn part(&self, kind: &str, name: &Id) -> String {
        format!("{kind}/{}/{name}", self.dossier)
    }

    /// Adds an attribute of the event.
    fn say(&mut self, name: &str, kind: &'static str, value: Json) {
        declare(&mut self.log.event_types, &self.kind, name, kind);
        self.attributes.push(Json::object([("name", Json::text(name))]).with("value", value));
    }

    fn dossier(&mut self, name: &str, value: Json) {
        self.change("dossier", self.dossier, name, value);
    }

    /// Gives an attribute of an object a value from this moment on.
    fn change(&mut self, kind: &'static str, id: &str, name: &str, value: Json) {
        let of_value = match value {
            Json::Bool(_) => "boolean",
            Json::Number(_) => "integer",
            _ if name == "due" => "time",
            _ => "string",
        };
        declare(&mut self.log.object_types, kind, name, of_value);
        let at = self.at;
        self.log.object(kind, id.into()).attributes.push((name.into(), at, value));
    }

    /// Relates the event and its dossier to another object.
    fn involve(&mut self, kind: &'static str, id: String, qualifier: &'static str) {
        self.log.object(kind, id.clone());
        let own = &mut self.log.object("dossier", self.dossier.into()).related;
        if !own.iter().any(|(it, _)| *it == id) {
            own.push((id.clone(), kind));
        }
        self.relate(id, qualifier);
    }

    fn relate(&mut self, id: String, qualifier: &str) {
        self.related.push(relation(&id, qualifier));
    }
}

impl Object {
    fn json(&self, id: &str) -> Json {
        let attributes = self.attributes.iter().map(|(name, at, value)| {
            Json::object([("name", Json::text(name))])
                .with("time", Json::text(at.to_rfc3339()))
                .with("value", value.clone())
        });
        let related = self.related.iter().map(|(id, qualifier)| relation(id, qualifier));
        Json::object([("id", Json::text(id)), ("type", Json::text(self.kind))])
            .with("attributes", Json::list(attributes))
            .with("relationships", Json::list(related))
    }
}

fn relation(id: &str, qualifier: &str) -> Json {
    Json::object([("objectId", Json::text(id)), ("qualifier", Json::text(qualifier))])
}

/// Notes the kind of an attribute; one whose values are of several kinds is text.
fn declare(types: &mut Types, of: &str, name: &str, kind: &'static str) {
    let Some(known) = types.get_mut(of) else {
        types.insert(of.into(), BTreeMap::from([(name.into(), kind)]));
        return;
    };
    match known.get_mut(name) {
        Some(known) if *known != kind => *known = "string",
        Some(_) => {}
        None => {
            known.insert(name.into(), kind);
        }
    }
}

fn types(types: &Types) -> Json {
    Json::list(types.iter().map(|(name, attributes)| {
        let attributes = attributes.iter().map(|(name, kind)| {
            Json::object([("name", Json::text(name)), ("type", Json::text(kind))])
        });
        Json::object([("name", Json::text(name))]).with("attributes", Json::list(attributes))
    }))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::export::tests::{SAMPLE, events, procedure};

    #[test]
    fn everything_recorded_is_an_event_and_what_changes_is_dated() {
        let procedure = procedure(SAMPLE);
        let events = events(&procedure);
        let versions = [&procedure].into_iter().collect();
        let mut log = Ocel::open(String::new(), versions, Lang::En).unwrap();
        log.write(&History::new("A \"1\"", &events)).unwrap();
        let text = log.close().unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["events"].as_array().unwrap().len(), events.len());
        expect![[r#"
            {
            "events": [
            {"id":"9a8f1282-65e4-5cf2-8b69-1b4cefccc055","type":"File","time":"2025-07-01T08:00:00+07:00","attributes":[{"name":"actor","value":"chi <a&b>"},{"name":"role","value":"applicant"},{"name":"transition","value":"file"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"},{"objectId":"applicant/chi <a&b>","qualifier":"filed-by"},{"objectId":"document/A \"1\"/form","qualifier":"brings"},{"objectId":"document/A \"1\"/drawing","qualifier":"brings"},{"objectId":"document/A \"1\"/title","qualifier":"brings"},{"objectId":"fee/A \"1\"/permit","qualifier":"charges"}]},
            {"id":"767aa75b-de78-5c75-925d-671f27c92975","type":"Accept","time":"2025-07-02T08:00:00+07:00","attributes":[{"name":"actor","value":"binh"},{"name":"role","value":"officer"},{"name":"transition","value":"accept"},{"name":"act","value":"accept"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"}]},
            {"id":"6a13dc42-41fa-52fc-8785-f3d8e9464978","type":"learnt","time":"2025-07-03T08:00:00+07:00","attributes":[{"name":"actor","value":"binh"},{"name":"role","value":"officer"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"}]},
            {"id":"8ca52c7b-7665-5cc9-97a6-06c118465bd6","type":"Consult","time":"2025-07-04T08:00:00+07:00","attributes":[{"name":"actor","value":"binh"},{"name":"role","value":"officer"},{"name":"transition","value":"consult"},{"name":"act","value":"consult"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"},{"objectId":"consultation/A \"1\"/fire","qualifier":"asks"}]},
            {"id":"d291fd9c-c3e5-5ac2-8689-d9150f1e99b9","type":"Answer: Fire police","time":"2025-07-05T08:00:00+07:00","attributes":[{"name":"actor","value":"fire"},{"name":"role","value":"officer"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"},{"objectId":"consultation/A \"1\"/fire","qualifier":"answers"}]},
            {"id":"c4e992ef-5f17-541f-8ad1-38f2ddc1d9e7","type":"Decide","time":"2025-07-06T08:00:00+07:00","attributes":[{"name":"actor","value":"an"},{"name":"role","value":"chair"},{"name":"transition","value":"sign"},{"name":"act","value":"decide"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"}]},
            {"id":"357605f3-d86a-5e6f-a019-e530a7d36f10","type":"Return the result","time":"2025-07-07T08:00:00+07:00","attributes":[{"name":"actor","value":"binh"},{"name":"role","value":"officer"},{"name":"transition","value":"return"},{"name":"act","value":"return"}],"relationships":[{"objectId":"A \"1\"","qualifier":"dossier"}]}
            ],
            "objects": [
            {"id":"A \"1\"","type":"dossier","attributes":[{"name":"procedure","time":"2025-07-01T08:00:00+07:00","value":"sample"},{"name":"version","time":"2025-07-01T08:00:00+07:00","value":"2025-07"},{"name":"channel","time":"2025-07-01T08:00:00+07:00","value":"counter"},{"name":"state","time":"2025-07-01T08:00:00+07:00","value":"filed"},{"name":"fact.floors","time":"2025-07-01T08:00:00+07:00","value":7},{"name":"fact.use","time":"2025-07-01T08:00:00+07:00","value":"home"},{"name":"fact.channel","time":"2025-07-01T08:00:00+07:00","value":"counter"},{"name":"version","time":"2025-07-02T08:00:00+07:00","value":"2025-07"},{"name":"state","time":"2025-07-02T08:00:00+07:00","value":"under-review"},{"name":"due","time":"2025-07-02T08:00:00+07:00","value":"2025-07-17T23:59:59+07:00"},{"name":"fact.complete","time":"2025-07-03T08:00:00+07:00","value":true},{"name":"state","time":"2025-07-06T08:00:00+07:00","value":"signed"},{"name":"state","time":"2025-07-07T08:00:00+07:00","value":"returned"}],"relationships":[{"objectId":"applicant/chi <a&b>","qualifier":"applicant"},{"objectId":"document/A \"1\"/form","qualifier":"document"},{"objectId":"document/A \"1\"/drawing","qualifier":"document"},{"objectId":"document/A \"1\"/title","qualifier":"document"},{"objectId":"fee/A \"1\"/permit","qualifier":"fee"},{"objectId":"consultation/A \"1\"/fire","qualifier":"consultation"}]},
            {"id":"applicant/chi <a&b>","type":"applicant","attributes":[],"relationships":[]},
            {"id":"consultation/A \"1\"/fire","type":"consultation","attributes":[{"name":"due","time":"2025-07-04T08:00:00+07:00","value":"2025-07-16T23:59:59+07:00"},{"name":"opinion","time":"2025-07-05T08:00:00+07:00","value":"agree"}],"relationships":[]},
            {"id":"document/A \"1\"/drawing","type":"document","attributes":[],"relationships":[]},
            {"id":"document/A \"1\"/form","type":"document","attributes":[],"relationships":[]},
            {"id":"document/A \"1\"/title","type":"document","attributes":[{"name":"database","time":"2025-07-01T08:00:00+07:00","value":"land"}],"relationships":[]},
            {"id":"fee/A \"1\"/permit","type":"fee","attributes":[],"relationships":[]}
            ],
            "eventTypes": [{"name":"Accept","attributes":[{"name":"act","type":"string"},{"name":"actor","type":"string"},{"name":"role","type":"string"},{"name":"transition","type":"string"}]},{"name":"Answer: Fire police","attributes":[{"name":"actor","type":"string"},{"name":"role","type":"string"}]},{"name":"Consult","attributes":[{"name":"act","type":"string"},{"name":"actor","type":"string"},{"name":"role","type":"string"},{"name":"transition","type":"string"}]},{"name":"Decide","attributes":[{"name":"act","type":"string"},{"name":"actor","type":"string"},{"name":"role","type":"string"},{"name":"transition","type":"string"}]},{"name":"File","attributes":[{"name":"actor","type":"string"},{"name":"role","type":"string"},{"name":"transition","type":"string"}]},{"name":"Return the result","attributes":[{"name":"act","type":"string"},{"name":"actor","type":"string"},{"name":"role","type":"string"},{"name":"transition","type":"string"}]},{"name":"learnt","attributes":[{"name":"actor","type":"string"},{"name":"role","type":"string"}]}],
            "objectTypes": [{"name":"applicant","attributes":[]},{"name":"consultation","attributes":[{"name":"due","type":"time"},{"name":"opinion","type":"string"}]},{"name":"document","attributes":[{"name":"database","type":"string"}]},{"name":"dossier","attributes":[{"name":"channel","type":"string"},{"name":"due","type":"time"},{"name":"fact.channel","type":"string"},{"name":"fact.complete","type":"boolean"},{"name":"fact.floors","type":"integer"},{"name":"fact.use","type":"string"},{"name":"procedure","type":"string"},{"name":"state","type":"string"},{"name":"version","type":"string"}]},{"name":"fee","attributes":[]}]
            }
        "#]].assert_eq(&text);
    }
}
