//! Ledgers for people and programs: the account of a due date, stretch by stretch.

use std::fmt::Write as _;

use hoso::clock::{Entry, Ledger, Mark};
use hoso::law::Citation;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::moment;
use crate::table::Table;

/// Returns the ledger as data.
pub(crate) fn data(ledger: &Ledger, lang: Lang) -> Value {
    let entry = |it: &Entry| {
        json!({
            "from": it.from().to_string(),
            "to": it.to().to_string(),
            "counted": it.is_counted(),
            "reason": it.reason().text(lang),
            "law": cited(it.law(), lang),
        })
    };
    ledger.entries().iter().map(entry).collect()
}

/// Returns citations in one text, or null.
pub(crate) fn cited<'l>(law: impl IntoIterator<Item = &'l Citation>, lang: Lang) -> Option<String> {
    let all: Vec<String> = law.into_iter().map(|it| it.display(lang)).collect();
    if all.is_empty() { None } else { Some(all.join("; ")) }
}

/// Prints the ledger as a table.
pub(crate) fn table(ledger: &Ledger, lang: Lang, indent: &str, out: &mut String) {
    let mut table = Table::new(
        &lang
            .pick(["từ", "đến", "tính", "lý do", "căn cứ"], ["from", "to", "counts", "why", "law"]),
    );
    for entry in ledger.entries() {
        let counts = if entry.is_counted() { amount(entry, lang) } else { "–".into() };
        let law = cited(entry.law(), lang).unwrap_or_default();
        table.row([mark(entry.from()), mark(entry.to()), counts, entry.reason().text(lang), law]);
    }
    table.print(indent, out);
}

/// Writes the ledger in one paragraph: `02 – 06/03: +4`; each law is cited where it first appears.
pub(crate) fn line(ledger: &Ledger, lang: Lang) -> String {
    let mut cited = Vec::new();
    let mut line = String::new();
    for entry in ledger.entries() {
        if !line.is_empty() {
            line.push_str("; ");
        }
        stretch(entry, &mut line);
        let _ = match entry.is_counted() {
            true => write!(line, " +{}", amount(entry, lang)),
            false => write!(line, " {}", entry.reason().text(lang)),
        };
        let fresh: Vec<String> = entry.law().iter().map(|it| it.display(lang)).collect();
        let fresh: Vec<String> = fresh.into_iter().filter(|it| !cited.contains(it)).collect();
        if !fresh.is_empty() {
            let _ = write!(line, " [{}]", fresh.join("; "));
            cited.extend(fresh);
        }
    }
    line
}

/// Writes a stretch shortly: its day, or first and last day; moments in full.
fn stretch(entry: &Entry, line: &mut String) {
    let _ = match (entry.from(), entry.to()) {
        (Mark::Day(from), Mark::Day(to)) if from == to => write!(line, "{}", from.format("%d/%m")),
        (Mark::Day(from), Mark::Day(to)) => {
            write!(line, "{}–{}", from.format("%d/%m"), to.format("%d/%m"))
        }
        (from, to) => write!(line, "{}–{}", mark(from), mark(to)),
    };
}

/// Returns how much an entry counts: days, or hours and minutes.
fn amount(entry: &Entry, lang: Lang) -> String {
    match (entry.from(), entry.to()) {
        (Mark::Day(from), Mark::Day(to)) => {
            (to.signed_duration_since(from).num_days() + 1).to_string()
        }
        (Mark::Moment(from), Mark::Moment(to)) => {
            let minutes = to.signed_duration_since(from).num_minutes();
            format!("{}{}{:02}", minutes / 60, lang.pick("g", "h"), minutes % 60)
        }
        _ => lang.pick("có", "yes").into(),
    }
}

fn mark(mark: Mark) -> String {
    match mark {
        Mark::Day(day) => day.to_string(),
        Mark::Moment(at) => moment::people(at),
    }
}
