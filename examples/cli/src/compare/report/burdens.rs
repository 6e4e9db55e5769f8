//! The table of burdens: what weighed before, what became of it, what is new.

use crate::html::{Html, Reader};
use hoso::simplify::{Burden, Measure, Relief, Verdict, Weighed};

pub(super) fn burdens(reader: Reader, it: &Verdict<'_>) -> Html {
    let mut table = reader.table(
        &[
            ("Quy định", "Burden"),
            ("Loại", "Kind"),
            ("Người chịu", "Borne by"),
            ("Kết quả", "What became of it"),
            ("Số đo: trước → sau", "Measures: before → after"),
            ("Căn cứ", "Legal basis"),
        ],
        &[],
    );
    for it in it.balance().weighed() {
        let cells = cells(reader, it.burden(), became(reader, it), measures(reader, it));
        table.classed(it.relief().as_str(), cells);
    }
    for it in it.balance().added() {
        let new = Html::of("span", "chip no", reader.say("Mới", "New"));
        table.classed("added", cells(reader, it, new, own_measures(reader, it)));
    }
    let counted = reader.remark(
        "Đơn vị đếm: thành phần hồ sơ, mẫu đơn, bước, điều kiện, phí, kết quả, báo cáo. Đổi tên không phải là cắt giảm.",
        "Units: documents, forms, steps, conditions, fees, results, reports. A new name removes nothing.",
    );
    reader.heading("Các quy định", "The burdens").and(&counted).and(&table.finish())
}

fn cells(reader: Reader, it: &Burden<'_>, became: Html, measures: Html) -> Vec<Html> {
    let part = it.part().map_or_else(String::new, |part| format!("{part}: "));
    let at = Html::of("div", "at", Html::text(format_args!("{part}{}", it.at())));
    let name =
        it.name().map_or_else(Html::default, |name| reader.both(|lang| name.get(lang).into()));
    let law = it.law().iter().map(|it| Html::tag("div", reader.cited(it)));
    vec![
        name.and(&at),
        reader.both(|lang| it.kind().label(lang).into()),
        reader.both(|lang| it.bearer(lang).into()),
        became,
        measures,
        Html::joined(law, ""),
    ]
}

fn became(reader: Reader, it: &Weighed<'_>) -> Html {
    let class = match it.relief() {
        Relief::Removed | Relief::Simplified => "chip yes",
        _ => "chip",
    };
    let relief = Html::of("span", class, reader.both(|lang| it.relief().label(lang).into()));
    let renamed = it.now().iter().filter(|now| now.at() != it.burden().at());
    let renamed =
        renamed.map(|it| Html::of("div", "at", Html::text(format_args!("→ {}", it.at()))));
    relief.and(&Html::joined(renamed, ""))
}

/// Lists measures that are not nothing on both sides; one that fell stands out.
fn measures(reader: Reader, it: &Weighed<'_>) -> Html {
    let now = |measure: Measure| {
        let counts: Vec<u32> = it.now().iter().filter_map(|it| it.measure(measure)).collect();
        counts.iter().copied().reduce(u32::saturating_add)
    };
    let all = it.burden().measures().iter().filter_map(|(measure, before)| {
        let after = now(*measure);
        if *before == 0 && after.unwrap_or(0) == 0 {
            return None;
        }
        let name = reader.both(|lang| measure.label(lang).into());
        let after = match (it.relief(), after) {
            (Relief::Removed, _) => "–".into(),
            (_, Some(after)) => after.to_string(),
            (_, None) => "?".into(),
        };
        let counts = Html::text(format_args!(" {before} → {after}"));
        let class = if it.fallen().contains(measure) { "inline fell" } else { "inline" };
        Some(Html::of("div", class, name.and(&counts)))
    });
    Html::joined(all, "")
}

fn own_measures(reader: Reader, it: &Burden<'_>) -> Html {
    let all = it.measures().iter().filter(|(_, count)| *count > 0).map(|(measure, count)| {
        let name = reader.both(|lang| measure.label(lang).into());
        Html::of("div", "inline", name.and(&Html::text(format_args!(" – → {count}"))))
    });
    Html::joined(all, "")
}
