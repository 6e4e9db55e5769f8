//! Which column of a table says what: by the headings that logs have, or as the caller says.

use crate::failure::{Failure, Fallible};

/// What a column says, and the headings by which it is known.
const KNOWN: [(&str, &[&str]); 9] = [
    ("case", &["case:concept:name", "case_id", "case id", "caseid", "case", "dossier", "mã hồ sơ"]),
    (
        "activity",
        &["concept:name", "activity", "activity_name", "activity name", "event", "task", "bước"],
    ),
    (
        "time",
        &[
            "time:timestamp",
            "end_time",
            "end time",
            "end_timestamp",
            "complete_timestamp",
            "complete timestamp",
            "completed",
            "timestamp",
            "time",
            "end",
            "at",
            "thời điểm",
        ],
    ),
    ("start", &["start_timestamp", "start timestamp", "start_time", "start time", "start"]),
    ("resource", &["org:resource", "resource", "actor", "user", "người thực hiện"]),
    ("role", &["org:role", "role", "vai trò"]),
    ("lifecycle", &["lifecycle:transition", "lifecycle"]),
    ("channel", &["case:channel", "channel"]),
    ("procedure", &["case:procedure", "procedure"]),
];

/// The columns that the caller names.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    given: Vec<(&'static str, String)>,
}

impl Columns {
    /// Reads what the caller says, each as `case=Mã`.
    pub(crate) fn read(given: &[String]) -> Fallible<Self> {
        let mut columns = Self::default();
        for text in given {
            let known: Vec<&str> = KNOWN.iter().map(|(it, _)| *it).collect();
            let wrong = || {
                Failure::new(format_args!("--column `{text}` names no column"))
                    .help(format_args!("write WHAT=HEADING; WHAT is {}", known.join(", ")))
            };
            let (what, heading) = text.split_once('=').ok_or_else(wrong)?;
            let what = KNOWN.iter().map(|(it, _)| *it).find(|it| *it == what).ok_or_else(wrong)?;
            columns.given.push((what, heading.into()));
        }
        Ok(columns)
    }

    /// Returns where a column stands; none where no heading is known for it.
    ///
    /// # Errors
    ///
    /// When the caller names a heading that is not there.
    pub(super) fn find(&self, what: &str, headings: &[String]) -> Fallible<Option<usize>> {
        let place = |wanted: &str| {
            headings.iter().position(|it| it.trim().to_lowercase() == wanted.trim().to_lowercase())
        };
        if let Some((_, heading)) = self.given.iter().find(|(it, _)| *it == what) {
            let missing = || {
                Failure::new(format_args!("there is no column `{heading}`"))
                    .help(format_args!("the headings are {}", headings.join(", ")))
            };
            return place(heading).ok_or_else(missing).map(Some);
        }
        let known = KNOWN.iter().find(|(it, _)| *it == what).map_or(&[][..], |(_, known)| known);
        Ok(known.iter().find_map(|it| place(it)))
    }

    /// The same for a column that must be there.
    pub(super) fn need(&self, what: &str, headings: &[String]) -> Fallible<usize> {
        self.find(what, headings)?.ok_or_else(|| {
            Failure::new(format_args!("no column is known to say the {what}")).help(format_args!(
                "name it: --column {what}=HEADING; the headings are {}",
                headings.join(", ")
            ))
        })
    }
}
