//! Event logs as tables: a row for each event, a heading for each column.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::FixedOffset;
use csv::{ReaderBuilder, StringRecord};
use hoso::conform::Activity;

use super::{Case, Columns, Row, time};
use crate::failure::{Failure, Fallible};
use crate::run::contents;

/// Where each column stands.
struct Table {
    headings: Vec<String>,
    case: usize,
    activity: usize,
    time: usize,
    start: Option<usize>,
    resource: Option<usize>,
    role: Option<usize>,
    lifecycle: Option<usize>,
    channel: Option<usize>,
    procedure: Option<usize>,
    offset: FixedOffset,
}

pub(super) fn read(path: &Path, columns: &Columns, offset: FixedOffset) -> Fallible<Vec<Case>> {
    let text = contents(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = ReaderBuilder::new().delimiter(delimiter(text)).from_reader(text.as_bytes());
    let place = |line: u64| format!("{}:{line}", path.display());
    let wrong = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Failure::new(reason(&error)).at(place(line))
    };
    let headings = reader.headers().map_err(wrong)?.iter().map(String::from).collect();
    let table = Table::of(headings, columns, offset).map_err(|it| it.at(place(1)))?;
    let mut cases: Vec<Case> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let line = record.position().map_or(0, csv::Position::line);
        table.take(&record, &mut cases, &mut places).map_err(|it| it.at(place(line)))?;
    }
    Ok(cases)
}

/// Returns what separates the headings: the sign of which there are most.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: &u8| first.bytes().filter(|it| it == sign).count();
    let signs = [b',', b';', b'\t'];
    signs.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// Says what is wrong without the place, which stands before it.
fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("the row has {len} columns, the heading has {expected_len}")
        }
        csv::ErrorKind::Utf8 { err, .. } => format!("column {}: not UTF-8", err.field() + 1),
        _ => error.to_string(),
    }
}

impl Table {
    fn of(headings: Vec<String>, columns: &Columns, offset: FixedOffset) -> Fallible<Self> {
        let need = |it| columns.need(it, &headings);
        let find = |it| columns.find(it, &headings);
        Ok(Self {
            case: need("case")?,
            activity: need("activity")?,
            time: need("time")?,
            start: find("start")?,
            resource: find("resource")?,
            role: find("role")?,
            lifecycle: find("lifecycle")?,
            channel: find("channel")?,
            procedure: find("procedure")?,
            offset,
            headings,
        })
    }

    fn take(
        &self,
        record: &StringRecord,
        cases: &mut Vec<Case>,
        places: &mut BTreeMap<String, usize>,
    ) -> Fallible<()> {
        let name = self.need(record, self.case)?;
        let at = *places.entry(name.into()).or_insert(cases.len());
        if at == cases.len() {
            cases.push(Case { name: name.into(), ..Case::default() });
        }
        let row = self.row(record)?;
        let Some(case) = cases.get_mut(at) else { return Ok(()) };
        if case.procedure.is_none() {
            case.procedure = text(record, self.procedure);
        }
        if case.channel.is_none() {
            case.channel = text(record, self.channel);
        }
        case.rows.push(row);
        Ok(())
    }

    fn row(&self, record: &StringRecord) -> Fallible<Row> {
        let moment = |column: usize, value: &str| {
            time(value, self.offset).map_err(|it| it.at(self.column(column)))
        };
        let began = self.start.and_then(|it| Some((it, record.get(it)?.trim())));
        let began = began.filter(|(_, it)| !it.is_empty());
        Ok(Row {
            activity: Activity::Named(self.need(record, self.activity)?.into()),
            at: moment(self.time, self.need(record, self.time)?)?,
            began: began.map(|(column, it)| moment(column, it)).transpose()?,
            resource: text(record, self.resource),
            role: text(record, self.role),
            lifecycle: text(record, self.lifecycle),
            facts: self.facts(record),
        })
    }

    /// Returns every other column that says something.
    fn facts(&self, record: &StringRecord) -> Vec<(String, String)> {
        let all = self.headings.iter().zip(record).filter(|(_, it)| !it.trim().is_empty());
        let pair = |(name, it): (&String, &str)| (name.trim().to_owned(), it.trim().to_owned());
        all.map(pair).collect()
    }

    fn need<'r>(&self, record: &'r StringRecord, column: usize) -> Fallible<&'r str> {
        let value = record.get(column).map(str::trim).filter(|it| !it.is_empty());
        value.ok_or_else(|| Failure::new("nothing is written here").at(self.column(column)))
    }

    fn column(&self, column: usize) -> String {
        let heading = self.headings.get(column).map_or("", |it| it.trim());
        format!("column {} (`{heading}`)", column + 1)
    }
}

fn text(record: &StringRecord, column: Option<usize>) -> Option<String> {
    let value = record.get(column?)?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
