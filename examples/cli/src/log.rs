//! Files of histories for other tools: the ending of the name says in which form they are written.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use hoso::dossier::Event;
use hoso::export::{History, Ocel, Versions, Xes};
use hoso::text::Lang;
use uuid::Uuid;

use crate::failure::{Failure, Fallible};

/// Endings of forms in which no events are written.
const OTHERS: [&str; 5] = [".csv", ".tsv", ".xlsx", ".xml", ".html"];

/// A file to which the histories of dossiers are written, one after the other.
pub(crate) struct Log<'p> {
    path: PathBuf,
    form: Form<'p>,
}

enum Form<'p> {
    /// Events of this library, one a line.
    Lines(Out),
    Xes(Xes<'p, Out>),
    Ocel(Ocel<'p, Out>),
}

impl<'p> Log<'p> {
    /// Creates the file: `.xes` and `.ocel.json` are forms of other tools, anything else is ours
    /// unless its ending promises another form.
    pub(crate) fn create(path: &Path, versions: Versions<'p>, lang: Lang) -> Fallible<Self> {
        let name =
            path.file_name().map_or_else(String::new, |it| it.to_string_lossy().to_lowercase());
        if name.ends_with(".gz") {
            let failure = Failure::file(path, &"events are written as they are");
            return Err(failure.help("leave `.gz` out, and compress the file afterwards"));
        }
        if let Some(ending) = OTHERS.iter().find(|it| name.ends_with(*it)) {
            let failure =
                Failure::file(path, &format_args!("events are not written as `{ending}`"));
            return Err(failure.help("end the name in `.jsonl`, `.xes` or `.ocel.json`"));
        }
        let file = File::create(path).map_err(|error| Failure::file(path, &error))?;
        let out = Out { file: BufWriter::new(file) };
        let failed = |_: fmt::Error| Failure::file(path, &"cannot be written");
        let form = if name.ends_with(".xes") {
            Form::Xes(Xes::open(out, versions, lang).map_err(failed)?)
        } else if name.ends_with(".ocel.json") || name.ends_with(".jsonocel") {
            Form::Ocel(Ocel::open(out, versions, lang).map_err(failed)?)
        } else {
            Form::Lines(out)
        };
        Ok(Self { path: path.into(), form })
    }

    /// Writes the history of one dossier.
    pub(crate) fn write(&mut self, history: &History<'_>) -> Fallible<()> {
        let written = match &mut self.form {
            Form::Lines(out) => history.events().iter().try_for_each(|it| out.line(it)),
            Form::Xes(xes) => xes.write(history),
            Form::Ocel(ocel) => ocel.write(history),
        };
        written.map_err(|_| self.failed())
    }

    /// Writes the events of several dossiers, which may be mixed.
    ///
    /// Our own form keeps their order; the others go dossier by dossier.
    pub(crate) fn write_mixed(
        &mut self,
        events: &[Event],
        names: &BTreeMap<Uuid, &str>,
    ) -> Fallible<()> {
        if let Form::Lines(_) = self.form {
            return self.write(&History::new("", events));
        }
        for (id, events) in by_dossier(events) {
            let name = names.get(&id).map_or_else(|| id.to_string(), |it| (*it).into());
            self.write(&History::new(&name, &events))?;
        }
        Ok(())
    }

    /// Ends the file.
    pub(crate) fn close(self) -> Fallible<()> {
        let Self { path, form } = self;
        let closed = match form {
            Form::Lines(out) => Ok(out),
            Form::Xes(xes) => xes.close(),
            Form::Ocel(ocel) => ocel.close(),
        };
        let flushed = closed.ok().and_then(|mut it| it.file.flush().ok());
        flushed.ok_or_else(|| Failure::file(&path, &"cannot be written"))
    }

    fn failed(&self) -> Failure {
        Failure::file(&self.path, &"cannot be written")
    }
}

/// Sorts events by dossier, in the order in which the dossiers first appear.
fn by_dossier(events: &[Event]) -> Vec<(Uuid, Vec<Event>)> {
    let mut sorted: Vec<(Uuid, Vec<Event>)> = Vec::new();
    let mut places: BTreeMap<Uuid, usize> = BTreeMap::new();
    for event in events {
        let at = *places.entry(event.dossier()).or_insert(sorted.len());
        if at == sorted.len() {
            sorted.push((event.dossier(), Vec::new()));
        }
        sorted.get_mut(at).into_iter().for_each(|(_, it)| it.push(event.clone()));
    }
    sorted
}

/// A file as the writers of the library know it.
struct Out {
    file: BufWriter<File>,
}

impl Out {
    fn line(&mut self, event: &Event) -> fmt::Result {
        let text = serde_json::to_string(event).map_err(|_| fmt::Error)?;
        self.write_str(&text)?;
        self.write_str("\n")
    }
}

impl fmt::Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.file.write_all(text.as_bytes()).map_err(|_| fmt::Error)
    }
}
