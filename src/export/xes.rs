//! Histories as XES (IEEE 1849), read by tools of process mining.
//!
//! A dossier is a trace, and its events are the steps of the net: transitions
//! and the answers of agencies, under the names that PNML gives them, so that
//! the log can be aligned with the net as it is. What is recorded beside the
//! steps is no event here: facts are attributes, payments and signatures stand
//! in OCEL. A step of which it is known when work on it began has two events,
//! `start` and `complete`; whoever aligns such a log takes those that complete.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use super::history::{History, Versions};
use super::xml::Element;
use crate::calendar::Moment;
use crate::definition::fact::Value;
use crate::dossier::{Event, Filed, Happened};
use crate::id::Id;
use crate::text::Lang;

/// The extensions of the standard that events use: name, prefix.
const EXTENSIONS: [(&str, &str); 5] = [
    ("Concept", "concept"),
    ("Identity", "identity"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Time", "time"),
];

/// A log of XES that is being written, dossier by dossier.
///
/// # Example
///
/// ```
/// use hoso::export::{History, Versions, Xes};
/// use hoso::text::Lang;
///
/// let mut log = Xes::open(String::new(), Versions::default(), Lang::En)?;
/// log.write(&History::new("A-1", &[]))?;
/// assert!(log.close()?.contains("<trace>"));
/// # Ok::<(), std::fmt::Error>(())
/// ```
#[derive(Debug)]
pub struct Xes<'p, W> {
    out: W,
    versions: Versions<'p>,
    lang: Lang,
}

impl<'p, W: fmt::Write> Xes<'p, W> {
    /// Begins a log.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn open(mut out: W, versions: Versions<'p>, lang: Lang) -> Result<Self, fmt::Error> {
        out.write_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        out.write_str("<log xes.version=\"1849-2016\" xes.features=\"\"")?;
        out.write_str(" xmlns=\"http://www.xes-standard.org/\">\n")?;
        let mut head = String::new();
        head_of_log().iter().for_each(|it| it.write(1, &mut head));
        out.write_str(&head)?;
        Ok(Self { out, versions, lang })
    }

    /// Writes a dossier.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, history: &History<'_>) -> fmt::Result {
        let mut text = String::new();
        self.trace(history).write(1, &mut text);
        self.out.write_str(&text)
    }

    /// Ends the log.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn close(mut self) -> Result<W, fmt::Error> {
        self.out.write_str("</log>\n")?;
        Ok(self.out)
    }

    fn trace(&self, history: &History<'_>) -> Element {
        let mut trace = Element::new("trace").child(string("concept:name", history.name()));
        if let Some(first) = history.events().first() {
            trace = trace.child(attribute("id", "identity:id", first.dossier().to_string()));
        }
        for event in history.events() {
            if let Happened::Filed(filed) = event.happened() {
                trace = trace.children(filing(filed));
            }
        }
        trace = trace.children(beside_the_steps(history).iter().map(fact));
        let mut events: Vec<(Moment, Element)> = Vec::new();
        for (event, began) in history.worked() {
            let Some(name) = self.versions.activity(event, self.lang) else { continue };
            if let Some(began) = began {
                events.push((began, step(event, &name, "start", began)));
            }
            let done = step(event, &name, "complete", event.at());
            events.push((event.at(), done.children(told(event))));
        }
        // Work on a step may begin before an earlier one is done.
        events.sort_by_key(|(at, _)| *at);
        trace.children(events.into_iter().map(|(_, it)| it))
    }
}

/// Returns what every log says of itself.
fn head_of_log() -> Vec<Element> {
    let extension = |(name, prefix): (&str, &str)| {
        let uri = format!("http://www.xes-standard.org/{prefix}.xesext");
        Element::new("extension").with("name", name).with("prefix", prefix).with("uri", uri)
    };
    let global = |scope| Element::new("global").with("scope", scope);
    let mut head: Vec<Element> = EXTENSIONS.into_iter().map(extension).collect();
    head.push(global("trace").child(string("concept:name", "")));
    head.push(
        global("event")
            .child(string("concept:name", ""))
            .child(attribute("date", "time:timestamp", "1970-01-01T00:00:00Z"))
            .child(string("lifecycle:transition", "complete"))
            .child(string("org:resource", ""))
            .child(string("org:role", "")),
    );
    let activity = Element::new("classifier").with("name", "Activity");
    head.push(activity.with("keys", "concept:name"));
    head.push(string("lifecycle:model", "standard"));
    head
}

fn attribute(kind: &'static str, key: impl AsRef<str>, value: impl AsRef<str>) -> Element {
    Element::new(kind).with("key", key).with("value", value)
}

fn string(key: &str, value: impl AsRef<str>) -> Element {
    attribute("string", key, value)
}

/// Returns a fact of the case; a day is no moment, and so is told as text.
fn fact((name, value): &(Id, Value)) -> Element {
    let kind = match value {
        Value::Boolean(_) => "boolean",
        Value::Integer(_) => "int",
        Value::Date(_) | Value::Choice(_) => "string",
    };
    attribute(kind, format!("fact.{name}"), value.to_string())
}

/// Returns what filing says of the whole dossier.
fn filing(filed: &Filed) -> Vec<Element> {
    let mut all = alloc::vec![
        string("procedure", filed.procedure.as_str()),
        string("channel", filed.channel.as_str()),
    ];
    all.extend(filed.received_by.map(|it| string("received-by", it.as_str())));
    all
}

/// Returns what is known of a case from its filing on, or was told beside the steps; the last value of each.
fn beside_the_steps(history: &History<'_>) -> Vec<(Id, Value)> {
    let mut known: Vec<(Id, Value)> = Vec::new();
    for event in history.events() {
        let facts = match event.happened() {
            Happened::Filed(filed) => &filed.facts,
            Happened::Learnt(learnt) | Happened::Answered { learnt, .. } => &learnt.facts,
            _ => continue,
        };
        for (name, value) in facts {
            match known.iter_mut().find(|(it, _)| it == name) {
                Some(earlier) => earlier.1 = *value,
                None => known.push((*name, *value)),
            }
        }
    }
    known
}

fn step(event: &Event, name: &str, lifecycle: &str, at: Moment) -> Element {
    Element::new("event")
        .child(string("concept:name", name))
        .child(attribute("date", "time:timestamp", at.to_rfc3339()))
        .child(string("lifecycle:transition", lifecycle))
        .child(string("org:resource", event.actor().id.as_str()))
        .child(string("org:role", event.actor().role.as_str()))
}

/// Returns what else a step says.
fn told(event: &Event) -> Vec<Element> {
    match event.happened() {
        Happened::Filed(filed) => alloc::vec![
            string("transition", filed.transition.as_str()),
            string("state", filed.state.as_str()),
            string("version", filed.version.as_str()),
        ],
        Happened::Moved(moved) => {
            let mut all = alloc::vec![
                string("transition", moved.transition.as_str()),
                string("state", moved.to.as_str()),
            ];
            all.extend(moved.pinned.map(|it| string("version", it.as_str())));
            all.extend(moved.expired.map(|it| string("expired", it.as_str())));
            all.extend(moved.facts.iter().map(fact));
            all
        }
        Happened::Answered { consultation, opinion, .. } => alloc::vec![
            string("consultation", consultation.as_str()),
            string("opinion", opinion.as_str()),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use std::format;

    use super::*;
    use crate::export::pnml;
    use crate::export::tests::{SAMPLE, events, procedure};

    /// Writes each event of a log as one line, without what all of them say.
    fn lines(log: &str) -> String {
        let value = |line: &str| line.split('"').nth(3).unwrap_or_default().to_string();
        let mut lines = String::new();
        for event in log.split("<event>").skip(1) {
            let all: Vec<String> = event.lines().map(value).filter(|it| !it.is_empty()).collect();
            lines += &format!("{}\n", all.join(" | "));
        }
        lines
    }

    fn log(history: &History<'_>, lang: Lang) -> String {
        let procedure = procedure(SAMPLE);
        let versions = [&procedure].into_iter().collect();
        let mut log = Xes::open(String::new(), versions, lang).unwrap();
        log.write(history).unwrap();
        log.close().unwrap()
    }

    #[test]
    fn a_trace_tells_who_did_what_when() {
        let events = events(&procedure(SAMPLE));
        let text = log(&History::new("A \"1\" & <2>", &events), Lang::En);
        expect![[r#"
            File | 2025-07-01T08:00:00+07:00 | complete | chi &lt;a&amp;b&gt; | applicant | file | filed | 2025-07
            Accept | 2025-07-02T08:00:00+07:00 | complete | binh | officer | accept | under-review | 2025-07
            Consult | 2025-07-04T08:00:00+07:00 | complete | binh | officer | consult | under-review
            Answer: Fire police | 2025-07-05T08:00:00+07:00 | complete | fire | officer | fire | agree
            Decide | 2025-07-06T08:00:00+07:00 | complete | an | chair | sign | signed
            Return the result | 2025-07-07T08:00:00+07:00 | complete | binh | officer | return | returned
        "#]].assert_eq(&lines(&text));
        let head = text.split("<event>").next().unwrap();
        let (_, head) = head.split_once("<trace>").unwrap();
        let head: Vec<&str> = head.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        expect![[r#"
            <string key="concept:name" value="A &quot;1&quot; &amp; &lt;2&gt;"/>
            <id key="identity:id" value="00000000-0000-0000-0000-000000000000"/>
            <string key="procedure" value="sample"/>
            <string key="channel" value="counter"/>
            <int key="fact.floors" value="7"/>
            <string key="fact.use" value="home"/>
            <string key="fact.channel" value="counter"/>
            <boolean key="fact.complete" value="true"/>"#]]
        .assert_eq(&head.join("\n"));
    }

    #[test]
    fn every_name_is_that_of_a_visible_transition_of_the_net() {
        let procedure = procedure(SAMPLE);
        let events = events(&procedure);
        for lang in [Lang::Vi, Lang::En] {
            let net = pnml(&procedure, lang).unwrap();
            let visible = |name: &str| {
                let transitions = net.split("<transition ").skip(1);
                let mut own = transitions.filter_map(|it| it.split("</transition>").next());
                own.any(|it| {
                    it.contains(&format!("<text>{name}</text>")) && !it.contains("invisible")
                })
            };
            let versions: Versions<'_> = [&procedure].into_iter().collect();
            let names = events.iter().filter_map(|it| versions.activity(it, lang));
            let mut named = 0;
            for name in names {
                assert!(visible(&name), "{name}");
                named += 1;
            }
            // Facts that became known are no step.
            assert_eq!(named, events.len() - 1);
        }
    }

    #[test]
    fn a_step_whose_beginning_is_known_has_two_events_in_the_order_of_time() {
        let events = events(&procedure(SAMPLE));
        let moment = |it: &str| Some(it.parse().unwrap());
        // Work on the decision began before the agency had answered.
        let began = [
            None,
            moment("2025-07-02T07:30:00+07:00"),
            None,
            None,
            None,
            moment("2025-07-04T09:00:00+07:00"),
        ];
        let text = log(&History::new("A-1", &events).began(&began), Lang::En);
        let short: Vec<String> = lines(&text)
            .lines()
            .map(|it| it.split(" | ").take(3).collect::<Vec<_>>().join(" "))
            .collect();
        expect![[r#"
            File 2025-07-01T08:00:00+07:00 complete
            Accept 2025-07-02T07:30:00+07:00 start
            Accept 2025-07-02T08:00:00+07:00 complete
            Consult 2025-07-04T08:00:00+07:00 complete
            Decide 2025-07-04T09:00:00+07:00 start
            Answer: Fire police 2025-07-05T08:00:00+07:00 complete
            Decide 2025-07-06T08:00:00+07:00 complete
            Return the result 2025-07-07T08:00:00+07:00 complete"#]]
        .assert_eq(&short.join("\n"));
    }

    #[test]
    fn a_version_that_nobody_knows_leaves_the_names_of_the_definition() {
        let events = events(&procedure(SAMPLE));
        let mut log = Xes::open(String::new(), Versions::default(), Lang::En).unwrap();
        log.write(&History::new("A-1", &events)).unwrap();
        let text = log.close().unwrap();
        assert!(lines(&text).starts_with("file | 2025-07-01T08:00:00+07:00 | complete"), "{text}");
    }
}
