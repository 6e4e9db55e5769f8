//! On what the figures rest: the scenario as it was written, and the published figures beside it.

use super::{Run, Shown};
use crate::html::{Html, Reader};

pub(super) fn basis(reader: Reader, shown: &Shown<'_>) -> Html {
    let mut all = reader.heading("Kịch bản", "Scenario");
    for (side, run) in shown.runs() {
        let name = run.name(reader).and(&side.label(reader));
        all = all.and(&Html::tag("h3", name)).and(&rows(reader, &run)).and(&figures(reader, &run));
        let fold = reader.say("Kịch bản như đã viết", "The scenario as it was written");
        let text = Html::tag("pre", Html::text(run.desk.text()));
        all = all.and(&Html::tag("details", Html::tag("summary", fold).and(&text)));
    }
    all
}

fn rows(reader: Reader, run: &Run<'_>) -> Html {
    let scenario = &run.desk.scenario;
    let mut rows = Vec::new();
    if let Some((from, until)) = scenario.days() {
        let days = reader.both(|lang| {
            format!(
                "{from} – {until} ({})",
                lang.pick("không kể ngày cuối", "without the last day")
            )
        });
        rows.push((reader.say("Các ngày", "Days"), days));
    }
    let warm_up = reader.both(|lang| {
        let days = scenario.warm_up_days();
        format!("{days} {}", lang.pick("ngày", if days == 1 { "day" } else { "days" }))
    });
    rows.push((reader.say("Bỏ ở đầu (warm-up)", "Left out at the start (warm-up)"), warm_up));
    rows.push((reader.say("Lịch", "Calendar"), Html::text(scenario.calendar())));
    rows.push((reader.say("Số cơ quan", "Offices"), Html::text(run.report.offices)));
    for case in &run.report.cases {
        let name = reader.both(|lang| run.names().case(case, lang));
        rows.push((name, Html::text(format_args!("{} @ {}", case.procedure, case.version))));
    }
    let print = Html::of("span", "print", Html::text(scenario.fingerprint()));
    rows.push((reader.say("SHA-256 của kịch bản", "SHA-256 of the scenario"), print));
    let rows = rows.into_iter().map(|(name, it)| Html::tag("dt", name).and(&Html::tag("dd", it)));
    Html::of("dl", "inline", Html::joined(rows, "\n"))
}

fn figures(reader: Reader, run: &Run<'_>) -> Html {
    let figures: Vec<_> = run.desk.scenario.figures().collect();
    if figures.is_empty() {
        return Html::default();
    }
    let mut table = reader.table(
        &[
            ("Số liệu đã công bố", "Published figure"),
            ("", ""),
            ("Giá trị", "Value"),
            ("Nguồn", "Source"),
        ],
        &[],
    );
    for it in figures {
        table.row(vec![
            reader.both(|lang| it.name().get(lang).into()),
            reader.both(|lang| it.role().label(lang).into()),
            Html::text(it.value()),
            Html::of("div", "source", Html::text(it.source())),
        ]);
    }
    table.finish()
}
