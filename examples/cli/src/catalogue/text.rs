//! The catalogue as text.

use std::fmt::Write as _;

use hoso::Maybe;
use hoso::definition::Procedure;

use super::{Item, List};
use crate::table::Table;

impl List {
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let items = self.items();
        let _ = writeln!(out, "{}, {}\n", self.register.name().get(self.lang), self.day);
        self.procedures(&items, &mut out);
        self.essentials(&mut out);
        self.counts(&items, &mut out);
        self.figures(&mut out);
        out
    }

    fn procedures(&self, items: &[Item<'_>], out: &mut String) {
        let lang = self.lang;
        let mut table = Table::new(&[
            lang.pick("thủ tục", "procedure"),
            lang.pick("mã", "code"),
            lang.pick("cấp", "level"),
            lang.pick("dịch vụ công", "service"),
            lang.pick("thiết yếu", "essential"),
            lang.pick("miễn phí trực tuyến", "free online"),
            lang.pick("phiên bản", "versions"),
            lang.pick("có hiệu lực", "in force"),
        ]);
        for item in items {
            table.row(self.cells(item));
        }
        table.print("", out);
    }

    fn cells(&self, item: &Item<'_>) -> [String; 8] {
        let lang = self.lang;
        let shown = item.nearest(self.day);
        let unknown = || String::from(lang.pick("chưa rõ", "not known"));
        let code = shown.and_then(Procedure::code).map(|it| it.known().map(|it| it.to_string()));
        let level = item.level().map(|it| match it {
            Maybe::Known(level) => level.label(lang).into(),
            _ => unknown(),
        });
        let row = item.entry.and_then(|it| it.essential()).map(|it| it.to_string());
        let in_force = item.in_force.map(|it| it.version().to_string());
        let missing = || lang.pick("thiếu", "missing").into();
        let not_yet = || if item.is_missing() { missing() } else { "–".into() };
        let unlisted = if item.entry.is_some() { "" } else { " *" };
        [
            format!("{}{unlisted}", item.id),
            code.map_or_else(|| "–".into(), |it| it.unwrap_or_else(unknown)),
            shown.map_or_else(|| "–".into(), |it| it.authority().label(lang).into()),
            level.unwrap_or_else(|| "–".into()),
            row.unwrap_or_else(|| "–".into()),
            self.free(item),
            item.versions.len().to_string(),
            in_force.unwrap_or_else(not_yet),
        ]
    }

    fn free(&self, item: &Item<'_>) -> String {
        let regime = item.entry.and_then(|it| self.register.free_online(it, self.day));
        match regime {
            Some(regime) => {
                let law = self.register.cited(regime.law()).map(|it| it.instrument());
                law.collect::<Vec<_>>().join(", ")
            }
            None if item.is_without_fee() => self.lang.pick("không thu", "no fee").into(),
            None => "–".into(),
        }
    }

    fn essentials(&self, out: &mut String) {
        let lang = self.lang;
        let _ = writeln!(out, "\n{}", lang.pick("Dịch vụ công thiết yếu", "Essential services"));
        for row in self.register.essentials() {
            let missing = |it: &Item<'_>| {
                if it.is_missing() { lang.pick(" (thiếu)", " (missing)") } else { "" }
            };
            let named = |it: &Item<'_>| format!("{}{}", it.id, missing(it));
            let items: Vec<String> = self.row(row).iter().map(named).collect();
            let items = if items.is_empty() { "–".into() } else { items.join(", ") };
            let _ = writeln!(out, "  {:>2}  {}: {items}", row.row(), row.name().get(lang));
        }
    }

    fn counts(&self, items: &[Item<'_>], out: &mut String) {
        let lang = self.lang;
        let tally = self.register.tally(&self.catalogue, self.day);
        let count = |holds: fn(&&Item<'_>) -> bool| items.iter().filter(holds).count();
        let lines = [
            (lang.pick("thủ tục", "procedures"), count(|it| !it.is_missing())),
            (lang.pick("phiên bản", "versions"), self.catalogue.iter().count()),
            (lang.pick("có hiệu lực", "in force"), count(|it| it.in_force.is_some())),
            (lang.pick("thiếu", "missing"), count(|it| it.is_missing())),
            (
                lang.pick("ngoài danh mục (*)", "not in the register (*)"),
                count(|it| it.entry.is_none()),
            ),
            (lang.pick("dịch vụ thiết yếu", "essential services"), tally.essential as usize),
            (
                lang.pick("có đủ định nghĩa", "of them described"),
                tally.essential_described as usize,
            ),
            (lang.pick("toàn trình", "of them full online"), tally.essential_full as usize),
            (
                lang.pick("chưa rõ mức độ", "of them of unknown level"),
                tally.essential_unknown as usize,
            ),
            (lang.pick("miễn phí trực tuyến", "free online"), tally.free_online as usize),
        ];
        let _ = writeln!(out, "\n{}", lang.pick("Số lượng", "Counts"));
        for (what, number) in lines {
            let _ = writeln!(out, "  {number:>4}  {what}");
        }
    }

    fn figures(&self, out: &mut String) {
        let _ = writeln!(out, "\n{}", self.lang.pick("Số liệu đã công bố", "Published figures"));
        for (_, figure) in self.register.figures() {
            for line in self.figure_text(figure) {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}
