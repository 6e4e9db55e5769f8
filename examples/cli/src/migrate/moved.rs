//! What became of dossiers, for people: a table, why some stay, totals.

use hoso::dossier::Dossier;
use hoso::text::Lang;

use super::text::{Page, alike};
use super::{Move, Moves};
use crate::table::Table;

impl Page<'_> {
    pub(super) fn moves(&mut self, moves: &Moves) {
        let lang = self.lang;
        let (id, state, passes, moved, before, after) = lang.pick(
            ("hồ sơ", "trạng thái", "kế hoạch", "đã chuyển", "hẹn trả cũ", "hẹn trả mới"),
            ("dossier", "state", "plan", "moved", "due before", "due after"),
        );
        let mut table = Table::new(&[id, state, passes, moved, before, after]);
        for it in &moves.list {
            table.row(row(it, lang));
        }
        if !moves.list.is_empty() {
            self.out.push('\n');
            table.print("  ", &mut self.out);
        }
        for group in alike(moves.list.iter().filter(|it| !it.is_made()), Move::reasons) {
            self.staying(&group);
        }
        self.totals(moves);
    }

    /// Says why dossiers stay, once for all that stay for the same reasons.
    fn staying(&mut self, group: &[&Move]) {
        let Some(first) = group.first() else { return };
        let stay = self.lang.pick("không chuyển", "staying");
        self.line(&format!("\n  {stay}: {}", group.len()));
        for it in group {
            self.line(&format!("    {}", it.before.id()));
        }
        for reason in first.reasons() {
            let line = self.reason(reason);
            self.line(&format!("    – {line}"));
        }
    }

    fn totals(&mut self, moves: &Moves) {
        let lang = self.lang;
        let parts = [
            (lang.pick("hồ sơ", "dossiers"), moves.list.len()),
            (lang.pick("đã chuyển", "moved"), moves.count(Move::is_made)),
            (lang.pick("ở lại", "staying"), moves.count(|it| !it.is_made())),
            (lang.pick("khác hoặc đã xong", "others, or closed"), moves.others),
        ];
        let parts = parts.map(|(what, count)| format!("{what} {count}"));
        let total = lang.pick("Tổng cộng", "Totals");
        self.line(&format!("\n{total}: {}", parts.join(" · ")));
    }
}

fn row(it: &Move, lang: Lang) -> [String; 6] {
    let due = |it: &Dossier| it.due().map_or("–".into(), |it| it.date_naive().to_string());
    let after = match it.before.due() {
        Some(before) if it.after.due() == Some(before) => "=".into(),
        _ => due(&it.after),
    };
    let passage = it.passage().map_or("", |it| it.label(lang));
    let moved = if it.is_made() { lang.pick("có", "yes") } else { lang.pick("không", "no") };
    let state = it.before.state().map_or(String::new(), |it| it.to_string());
    [it.before.id().to_string(), state, passage.into(), moved.into(), due(&it.before), after]
}
