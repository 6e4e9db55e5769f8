//! What the runs tell of the index of Decision 766/QĐ-TTg.

use super::Shown;
use crate::html::{Html, Reader};
use crate::simulate::index;

pub(super) fn index(reader: Reader, shown: &Shown<'_>) -> Html {
    let heading = reader.heading("Bộ chỉ số 766", "Index 766");
    let runs = shown.runs();
    let heads = [("Chỉ số", "Indicator"), ("Hiện tại", "As is"), ("Sau đổi", "To be")];
    let alone = [("Chỉ số", "Indicator"), ("Giá trị", "Figure")];
    let mut table = match runs.len() {
        1 => reader.table(&alone, &[1]),
        _ => reader.table(&heads, &[1, 2]),
    };
    let rows: Vec<_> =
        runs.iter().map(|(_, it)| index::rows(&it.report.totals.index_766)).collect();
    for (at, row) in rows.first().into_iter().flatten().enumerate() {
        let figures = rows.iter().filter_map(|it| it.get(at));
        let figures = figures.map(|it| Html::text(it.figure(reader.lang())));
        table.row([reader.both(|lang| row.name(lang))].into_iter().chain(figures).collect());
    }
    let index = &shown.as_is.report.totals.index_766;
    let unknown = reader.both(|lang| {
        let told = index.unknown.iter().map(|it| format!("{} {}", it.as_str(), it.label(lang)));
        let told: Vec<String> = told.collect();
        let none = lang.pick("Một lần chạy không cho biết", "A run cannot tell");
        format!("{none}: {}.", told.join("; "))
    });
    heading.and(&table.finish()).and(&Html::of("p", "remark", unknown))
}
