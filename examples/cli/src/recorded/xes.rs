//! Event logs in XES (IEEE 1849), compressed ones too.
//!
//! What is nested in an attribute, and what a log says of itself, is left aside.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use chrono::FixedOffset;
use flate2::read::MultiGzDecoder;
use hoso::conform::Activity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Case, Row, time};
use crate::failure::{Failure, Fallible};
use crate::moment::Moment;

pub(super) fn read(path: &Path, offset: FixedOffset) -> Fallible<Vec<Case>> {
    let text = text(path)?;
    let mut log = Log { offset, cases: Vec::new(), inside: Vec::new(), read: Attributes::new() };
    let mut reader = Reader::from_str(&text);
    loop {
        // Where the element begins that is wrong.
        let before = reader.buffer_position();
        let event = reader
            .read_event()
            .map_err(|error| Failure::new(error).at(place(path, &text, reader.error_position())))?;
        let taken = match event {
            Event::Start(it) => log.open(&it),
            Event::Empty(it) => log.open(&it).and_then(|()| log.close()),
            Event::End(_) => log.close(),
            Event::Eof => break,
            _ => Ok(()),
        };
        taken.map_err(|it| it.at(place(path, &text, before)))?;
    }
    match log.inside.is_empty() {
        true => Ok(log.cases),
        false => Err(Failure::file(path, &"the log ends in the middle of an element")),
    }
}

/// Reads a file, unpacked where it is packed.
fn text(path: &Path) -> Fallible<String> {
    let mut bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        let unpacked = MultiGzDecoder::new(&*bytes).read_to_end(&mut plain);
        unpacked.map_err(|error| Failure::file(path, &error))?;
        bytes = plain;
    }
    String::from_utf8(bytes).map_err(|_| Failure::file(path, &"not UTF-8"))
}

/// Says on which line a position stands.
fn place(path: &Path, text: &str, position: u64) -> String {
    let end = usize::try_from(position).unwrap_or(usize::MAX).min(text.len());
    let before = text.as_bytes().get(..end).unwrap_or_default();
    let mut line = 1 + before.iter().filter(|it| **it == b'\n').count();
    // Blanks before an element are no part of it.
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let blanks = rest.iter().take_while(|it| it.is_ascii_whitespace());
    line += blanks.filter(|it| **it == b'\n').count();
    format!("{}:{line}", path.display())
}

/// Keys and values, as they were written.
type Attributes = Vec<(String, String)>;

/// What an element is here.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Inside {
    Log,
    Trace,
    Event,
    Other,
}

/// A log while it is being read.
struct Log {
    offset: FixedOffset,
    cases: Vec<Case>,
    inside: Vec<Inside>,
    /// What was read of the present event.
    read: Attributes,
}

impl Log {
    fn open(&mut self, element: &BytesStart<'_>) -> Fallible<()> {
        let parent = self.inside.last().copied();
        let name = element.local_name();
        let kind = match (parent, name.as_ref()) {
            (None, "log") => Inside::Log,
            (None, _) => return Err(Failure::new("the outermost element of XES is `log`")),
            (Some(Inside::Log), "trace") => Inside::Trace,
            (Some(Inside::Trace), "event") => Inside::Event,
            _ => Inside::Other,
        };
        self.inside.push(kind);
        match (kind, parent) {
            (Inside::Trace, _) => self.cases.push(Case::default()),
            (Inside::Event, _) => self.read.clear(),
            (Inside::Other, Some(Inside::Event)) => self.read.extend(attribute(element)?),
            (Inside::Other, Some(Inside::Trace)) => {
                let read = attribute(element)?;
                if let Some(case) = self.cases.last_mut() {
                    case.facts.extend(read);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Fallible<()> {
        match self.inside.pop() {
            Some(Inside::Event) => {
                let row = row(std::mem::take(&mut self.read), self.offset);
                let row = row.map_err(|it| it.at("event"))?;
                if let Some(case) = self.cases.last_mut() {
                    case.rows.push(row);
                }
                Ok(())
            }
            Some(Inside::Trace) => self.cases.last_mut().map_or(Ok(()), name),
            _ => Ok(()),
        }
    }
}

/// Gives a trace what its attributes say of it as a whole.
fn name(case: &mut Case) -> Fallible<()> {
    let name = value(&case.facts, "concept:name");
    case.name = name.ok_or_else(|| Failure::new("the trace has no `concept:name`"))?;
    case.procedure = value(&case.facts, "procedure");
    case.channel = value(&case.facts, "channel");
    Ok(())
}

fn row(read: Attributes, offset: FixedOffset) -> Fallible<Row> {
    let lacks = |key| move || Failure::new(format_args!("has no `{key}`"));
    let moment = |key: &str| -> Fallible<Option<Moment>> {
        let text = value(&read, key);
        text.map(|it| time(&it, offset).map_err(|it| it.at(format_args!("`{key}`")))).transpose()
    };
    let name = value(&read, "concept:name").ok_or_else(lacks("concept:name"))?;
    Ok(Row {
        activity: Activity::Named(name.into()),
        at: moment("time:timestamp")?.ok_or_else(lacks("time:timestamp"))?,
        began: moment("start_timestamp")?,
        resource: value(&read, "org:resource"),
        role: value(&read, "org:role"),
        lifecycle: value(&read, "lifecycle:transition"),
        facts: read,
    })
}

/// Reads one attribute of a trace or event; none for an element that is no attribute.
fn attribute(element: &BytesStart<'_>) -> Fallible<Option<(String, String)>> {
    let own = |name: &str| -> Fallible<Option<String>> {
        let found = element.try_get_attribute(name).map_err(Failure::new)?;
        let text = found
            .map(|it| it.normalized_value(XmlVersion::Implicit1_0))
            .transpose()
            .map_err(Failure::new)?;
        Ok(text.map(std::borrow::Cow::into_owned))
    };
    Ok(own("key")?.zip(own("value")?))
}

fn value(read: &[(String, String)], key: &str) -> Option<String> {
    let (_, value) = read.iter().find(|(it, _)| it == key)?;
    (!value.trim().is_empty()).then(|| value.clone())
}
