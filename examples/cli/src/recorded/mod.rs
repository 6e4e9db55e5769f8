//! Histories that some system recorded: event logs in CSV or XES, or our own events.
//!
//! What is read is what was written, in the words of whoever wrote it; what the
//! words mean is for a procedure to say.

mod columns;
mod csv;
mod desk;
mod lines;
mod pair;
mod xes;

use std::path::Path;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};
use hoso::conform::Activity;

use crate::failure::{Failure, Fallible};
use crate::moment::{self, Moment};
pub(crate) use columns::Columns;
pub(crate) use desk::{Desk, Unread, trace, word};

/// The histories of a file.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// In the order in which they first appear.
    pub(crate) cases: Vec<Case>,
    /// Rows that tell of no step done, such as that one was assigned.
    pub(crate) left_out: usize,
}

/// The history of one dossier.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Id or code of the procedure, where the record names it.
    pub(crate) procedure: Option<String>,
    pub(crate) channel: Option<String>,
    /// Names and values of what may be facts.
    pub(crate) facts: Vec<(String, String)>,
    /// Oldest first.
    pub(crate) rows: Vec<Row>,
}

/// One recorded event.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) activity: Activity,
    pub(crate) at: Moment,
    /// When work on it began, where that was recorded.
    pub(crate) began: Option<Moment>,
    pub(crate) resource: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) lifecycle: Option<String>,
    pub(crate) facts: Vec<(String, String)>,
}

/// Reads a file; its ending says what it is.
pub(crate) fn read(path: &Path, columns: &Columns, offset: FixedOffset) -> Fallible<Recorded> {
    let name = path.file_name().map_or_else(String::new, |it| it.to_string_lossy().to_lowercase());
    let is = |endings: &[&str]| endings.iter().any(|it| name.ends_with(it));
    let cases = if is(&[".csv", ".tsv", ".txt"]) {
        csv::read(path, columns, offset)?
    } else if is(&[".xes", ".xes.gz"]) {
        xes::read(path, offset)?
    } else if is(&[".jsonl"]) {
        lines::read(path)?
    } else {
        let failure = Failure::file(path, &"not known what kind of log this is");
        return Err(failure.help(
            "logs end in .csv, .xes, .xes.gz, or .jsonl as `hoso run --events` writes them",
        ));
    };
    let mut recorded = Recorded { cases, left_out: 0 };
    for case in &mut recorded.cases {
        recorded.left_out += pair::complete(&mut case.rows);
    }
    Ok(recorded)
}

/// How logs write moments beside the two ways of the command line.
const WRITTEN: [&str; 7] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y/%m/%d %H:%M:%S%.f",
    "%Y/%m/%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
];

/// Reads a moment of a log, in local time unless an offset follows; a bare date is its first moment.
fn time(text: &str, offset: FixedOffset) -> Fallible<Moment> {
    let text = text.trim();
    let local = WRITTEN.iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok());
    let days = ["%Y-%m-%d", "%d/%m/%Y"];
    let day = || {
        days.iter().find_map(|it| NaiveDate::parse_from_str(text, it).ok()?.and_hms_opt(0, 0, 0))
    };
    let local = local.or_else(day).and_then(|it| it.and_local_timezone(offset).single());
    let zoned = || {
        let forms = ["%Y-%m-%d %H:%M:%S%.f%:z", "%Y-%m-%d %H:%M:%S%.f%z"];
        let read = forms.iter().find_map(|it| Moment::parse_from_str(text, it).ok());
        read.map(|it| it.with_timezone(&offset))
    };
    match local.or_else(zoned) {
        // The years of the command line hold here too.
        Some(it) => moment::moment(&it.to_rfc3339(), offset),
        None => moment::moment(text, offset),
    }
}
