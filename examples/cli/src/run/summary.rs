//! The end of a run for people: which dossiers ask for somebody's attention, then the totals.

use std::fmt::Write as _;

use hoso::definition::Waiting;
use hoso::money::Dong;
use hoso::text::Lang;

use super::Report;
use super::case::Case;
use super::label;
use crate::moment;
use crate::table::Table;

/// Lists what is overdue, due today, or waiting for the applicant; then adds up.
pub(super) fn print(report: &Report<'_>, lang: Lang, out: &mut String) {
    let is_open = |it: &Case<'_>| it.dossier().ended().is_none();
    let overdue = |open: bool| {
        report.cases.iter().filter(move |it| report.is_overdue(it) && is_open(it) == open)
    };
    let some = |wanted: fn(&Report<'_>, &Case<'_>) -> bool| {
        report.cases.iter().filter(move |it| wanted(report, it))
    };
    list(report, lang, lang.pick("Quá hạn, chưa xong", "Overdue and open"), overdue(true), out);
    list(report, lang, lang.pick("Đã xong, quá hạn", "Ended overdue"), overdue(false), out);
    list(report, lang, lang.pick("Đến hạn hôm nay", "Due today"), some(is_due_today), out);
    let waiting = lang.pick("Chờ người nộp hồ sơ", "Waiting for the applicant");
    list(report, lang, waiting, some(waits_for_the_applicant), out);
    totals(report, lang, out);
}

/// Whether the day of the report is the last on which an open dossier is on time.
fn is_due_today(report: &Report<'_>, case: &Case<'_>) -> bool {
    let day = |at| report.office.day(at);
    let dossier = case.dossier();
    let is_open = dossier.ended().is_none() && !report.is_overdue(case);
    is_open && dossier.due().is_some() && dossier.due().map(day) == report.as_of.map(day)
}

fn waits_for_the_applicant(report: &Report<'_>, case: &Case<'_>) -> bool {
    let version = case.version(report.office);
    let present = version.zip(case.dossier().state());
    let state = present.and_then(|(version, state)| version.states().find(&state));
    state.is_some_and(|(_, it)| it.waits_for() == Some(Waiting::Applicant))
}

/// Prints one line for each dossier, the longest due first.
fn list<'c>(
    report: &Report<'_>,
    lang: Lang,
    title: &str,
    cases: impl Iterator<Item = &'c Case<'c>>,
    out: &mut String,
) {
    let mut cases: Vec<&Case<'_>> = cases.collect();
    if cases.is_empty() {
        return;
    }
    cases.sort_by_key(|it| it.dossier().due());
    let (id, procedure) = lang.pick(("hồ sơ", "thủ tục"), ("dossier", "procedure"));
    let (state, due) = lang.pick(("trạng thái", "hẹn trả"), ("state", "due"));
    let mut table = Table::new(&[id, procedure, state, due]);
    for case in &cases {
        table.row(row(report, case, lang));
    }
    let _ = writeln!(out, "{title} ({}):", cases.len());
    table.print("  ", out);
    out.push('\n');
}

fn row(report: &Report<'_>, case: &Case<'_>, lang: Lang) -> [String; 4] {
    let (dossier, version) = (case.dossier(), case.version(report.office));
    let procedure = version.map_or(String::new(), |it| label::procedure(it, lang));
    let state = label::state(dossier, version, lang).unwrap_or_default();
    let due = dossier.due().map_or("–".into(), |it| report.office.day(it).to_string());
    [case.name().into(), procedure, state, due]
}

fn totals(report: &Report<'_>, lang: Lang, out: &mut String) {
    let (fees, unknown) = report.fees();
    let open = format!("({} {})", lang.pick("còn mở", "of which open"), report.on_time_open());
    let mut parts = vec![
        (lang.pick("hồ sơ", "dossiers"), report.cases.len().to_string()),
        (lang.pick("lệnh", "commands"), report.lines.to_string()),
        (lang.pick("bị từ chối", "refused"), report.refused().to_string()),
        (lang.pick("đúng hạn", "on time"), format!("{} {open}", report.on_time())),
        (lang.pick("quá hạn", "overdue"), report.overdue().to_string()),
        (
            lang.pick("chưa có ngày hẹn", "without an appointment"),
            report.without_appointment().to_string(),
        ),
        (lang.pick("phí, lệ phí", "fees"), format!("{} đ", Dong::new(fees))),
    ];
    if unknown > 0 {
        parts.push((lang.pick("chưa rõ phí", "fee not known"), unknown.to_string()));
    }
    let parts: Vec<String> =
        parts.into_iter().map(|(what, number)| format!("{what} {number}")).collect();
    let _ = write!(out, "{}: {}", lang.pick("Tổng cộng", "Totals"), parts.join(" · "));
    if let Some(as_of) = report.as_of {
        let _ = write!(out, " ({} {})", lang.pick("tính đến", "as of"), moment::people(as_of));
    }
    out.push('\n');
}
