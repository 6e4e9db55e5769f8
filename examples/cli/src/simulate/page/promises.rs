//! What was promised: the share on time, by kind of case and by channel.

use hoso::simulate::{Estimate, FlowReport};
use hoso::text::Lang;

use super::{Run, Shown, Side, meter};
use crate::html::{Html, Reader, Table};
use crate::simulate::figure::{hundred, maybe, number, whole};
use crate::simulate::names::channel;

pub(super) fn promises(reader: Reader, shown: &Shown<'_>) -> Html {
    let heading = reader.heading("Đúng hạn", "On time");
    let mut table = reader.table(
        &[
            ("Hồ sơ", "Dossiers"),
            ("", ""),
            ("Đúng hạn", "On time"),
            ("Nộp", "Filed"),
            ("Quá hạn (phải xin lỗi)", "Late (an apology is owed)"),
            ("Quá hạn trung bình (giờ)", "Mean lateness (hours)"),
        ],
        &[2, 3, 4, 5],
    );
    let runs = shown.runs();
    for case in &shown.as_is.report.cases {
        let same = |run: &Run<'_>| run.report.cases.iter().find(|it| it.case == case.case).cloned();
        let of = |run: &Run<'_>| same(run).map(|it| it.all);
        let name = reader.both(|lang| shown.as_is.names().case(case, lang));
        rows(reader, &runs, &name, of, &mut table);
        for it in case.channels.iter().filter(|_| case.channels.len() > 1) {
            let of = |run: &Run<'_>| {
                let mut all = same(run)?.channels.into_iter();
                all.find(|other| other.channel == it.channel).map(|it| it.flow)
            };
            let name = reader.both(|lang| channel(&it.channel, lang));
            rows(reader, &runs, &Html::of("div", "below", name), of, &mut table);
        }
    }
    let has_any = shown.as_is.report.totals.on_time.is_some();
    let remark = match has_any {
        true => reader.remark(
            "Phần hồ sơ đã giải quyết xong không muộn hơn ngày hẹn trả theo luật, trong số có ngày hẹn trả.",
            "The share of settled dossiers that were settled by their lawful due date, of those that have one.",
        ),
        false => reader.remark("Không hồ sơ nào có ngày hẹn trả.", "No dossier has a due date."),
    };
    heading.and(&remark).and(&table.finish())
}

/// Writes the same dossiers in each run, one below the other.
fn rows(
    reader: Reader,
    runs: &[(Side, Run<'_>)],
    name: &Html,
    of: impl Fn(&Run<'_>) -> Option<FlowReport>,
    table: &mut Table,
) {
    for (side, run) in runs {
        if let Some(flow) = of(run) {
            row(reader, *side, name.clone(), &flow, table);
        }
    }
}

fn row(reader: Reader, side: Side, name: Html, flow: &FlowReport, table: &mut Table) {
    let lang = reader.lang();
    let bar =
        flow.on_time.as_ref().map_or_else(Html::default, |it| meter::bar(it, 1.0, side.class()));
    let late = flow.late.as_ref().filter(|_| flow.on_time.is_some());
    table.row(vec![
        name.and(&side.label(reader)),
        bar,
        Html::text(flow.on_time.as_ref().map_or_else(String::new, |it| percent(it, lang))),
        Html::text(maybe(flow.filed.as_ref(), |it| number(it, 0, lang))),
        Html::text(maybe(late, |it| number(it, 1, lang))),
        Html::text(maybe(flow.lateness.as_ref(), |it| number(it, 1, lang))),
    ]);
}

fn percent(estimate: &Estimate, lang: Lang) -> String {
    whole(estimate, |it| format!("{} %", number(hundred(it), 2, lang)))
}
