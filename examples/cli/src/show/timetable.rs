//! The steps of a procedure on the worst day of each term, with what is left of each.

use std::fmt::Write as _;

use hoso::calendar::Moment;
use hoso::verify::{Row, Timetable, timetables};
use serde_json::{Value, json};

use super::View;
use crate::table::Table;

impl View<'_> {
    /// Prints one table for each term, length and consultation.
    pub(super) fn timetables(&self, out: &mut String) {
        let tables = self.worst();
        if tables.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "\n{}",
            self.lang.pick(
                "Bước và thời hạn, ngày bất lợi nhất",
                "Steps against terms, on the worst day"
            )
        );
        for it in &tables {
            let _ = writeln!(out, "  {}", self.heading(it));
            let headings = match self.lang.pick("vi", "en") {
                "vi" => ["bước", "định mức", "từ", "đến", "dự trữ"],
                _ => ["step", "budget", "from", "until", "slack"],
            };
            let mut table = Table::new(&headings);
            it.rows().iter().for_each(|it| table.row(self.cells(it)));
            table.print("    ", out);
        }
    }

    pub(super) fn timetables_data(&self) -> Vec<Value> {
        let tables = self.worst();
        tables.iter().map(|it| json!({
            "term": it.term().as_str(),
            "limit": it.length().to_string(),
            "consultation": it.consultation().map(|it| it.to_string()),
            "facts": it.facts().iter().map(|(name, it)| (name.to_string(), Value::from(&**it))).collect::<serde_json::Map<_, _>>(),
            "path": it.path().iter().map(|it| it.to_string()).collect::<Vec<_>>(),
            "from": it.from().to_rfc3339(),
            "due": it.due().to_rfc3339(),
            "done": it.done().to_rfc3339(),
            "kept": it.is_kept(),
            "steps": it.rows().iter().map(|it| json!({
                "part": it.part().to_string(),
                "budget": it.length().to_string(),
                "from": it.from().to_rfc3339(),
                "until": it.until().to_rfc3339(),
                "slack": it.slack(),
            })).collect::<Vec<_>>(),
        })).collect()
    }

    fn worst(&self) -> Vec<Timetable> {
        let found = self.calendar.map(|it| timetables(self.procedure, it));
        found.map(|it| it.tables().to_vec()).unwrap_or_default()
    }

    fn heading(&self, it: &Timetable) -> String {
        let lang = self.lang;
        let beside =
            it.consultation().map(|it| format!(", {} {it}", lang.pick("có lấy ý kiến", "beside")));
        let facts: Vec<String> =
            it.facts().iter().map(|(name, it)| format!("{name} = {it}")).collect();
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!(", {} {}", lang.pick("khi", "if"), facts.join(", "))
        };
        let verdict = if it.is_kept() {
            lang.pick("kịp", "kept")
        } else {
            lang.pick("KHÔNG KỊP", "NOT KEPT")
        };
        format!(
            "{} ({}{}{facts}): {} {}, {} {}, {} {}: {verdict}",
            it.term(),
            it.length().label(lang),
            beside.unwrap_or_default(),
            lang.pick("từ", "from"),
            minute(it.from()),
            lang.pick("hạn", "due"),
            minute(it.due()),
            lang.pick("xong", "done"),
            minute(it.done()),
        )
    }

    fn cells(&self, it: &Row) -> [String; 5] {
        let slack = it.slack().map_or("–".into(), |it| format!("{it:+}"));
        let length = it.length().label(self.lang);
        [it.part().name().to_string(), length, minute(it.from()), minute(it.until()), slack]
    }
}

fn minute(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}
