//! The figures of a run as tables.

use std::fmt::Write as _;

use hoso::export::wrapped;
use hoso::simulate::{CaseReport, Estimate, PoolReport, Precision, Report, StateReport, Totals};
use hoso::text::Lang;

use super::figure::{hundred, maybe, number, offices, replications, whole};
use super::names::Names;
use super::{index, name, remarks};
use crate::table::Table;

/// Where the name of a step is broken, in letters.
const WIDEST_NAME: usize = 40;

/// Prints a report.
pub(super) fn text(
    report: &Report,
    precision: Option<&Precision>,
    names: Names<'_>,
    lang: Lang,
) -> String {
    let mut out = String::new();
    let Report { scenario, seed, .. } = report;
    let title = names.scenario.map_or_else(|| scenario.to_string(), |it| it.name(lang).into());
    let runs = replications(report.replications, lang);
    let offices = offices(report.offices, lang);
    let _ = match lang {
        Lang::Vi => writeln!(out, "{title} ({scenario}): {runs}, hạt giống {seed}, {offices}"),
        _ => writeln!(out, "{title} ({scenario}): {runs}, seed {seed}, {offices}"),
    };
    for case in &report.cases {
        self::case(case, names, lang, &mut out);
    }
    pools(&report.pools, names, lang, &mut out);
    totals(&report.totals, lang, &mut out);
    remarks(report, precision, names, lang, &mut out);
    out.push_str(said(
        lang,
        "\nThời gian tính bằng giờ đồng hồ; ± là nửa khoảng tin cậy 95 %.\n",
        "\nTimes are in hours of the clock; ± is half of the 95 % confidence interval.\n",
    ));
    out
}

fn case(case: &CaseReport, names: Names<'_>, lang: Lang, out: &mut String) {
    let CaseReport { case: id, procedure, version, .. } = case;
    let name = names.case(case, lang);
    let _ = writeln!(out, "\n{name} ({id}: {procedure}@{version})");
    let mut table = Table::new(&["", ""]);
    let mut line = |vi: &str, en: &str, figure: Option<String>| {
        if let Some(figure) = figure {
            table.row([said(lang, vi, en).to_string(), figure]);
        }
    };
    let flow = &case.all;
    line("hồ sơ nộp", "dossiers filed", flow.filed.as_ref().map(|it| count(it, lang)));
    line("hồ sơ kết thúc", "dossiers closed", flow.closed.as_ref().map(|it| count(it, lang)));
    line(
        "thời gian toàn trình",
        "from filing to the end",
        flow.mean_sojourn.as_ref().map(|it| hours(it, lang)),
    );
    line(
        "chờ cán bộ mỗi hồ sơ",
        "wait for officers per dossier",
        case.wait_per_dossier.as_ref().map(|it| hours(it, lang)),
    );
    line(
        "từ hồ sơ đầu của chuỗi",
        "from the first filing of the chain",
        case.mean_chain.as_ref().map(|it| hours(it, lang)),
    );
    if let Some(it) = &case.sojourn {
        let quantiles = [&it.p50, &it.p90, &it.p95, &it.p99];
        let quantiles = quantiles.map(|it| whole(it, |it| number(it, 2, lang)));
        line("p50 · p90 · p95 · p99", "p50 · p90 · p95 · p99", Some(quantiles.join(" · ")));
    }
    line("đúng hạn", "on time", flow.on_time.as_ref().map(|it| percent(it, lang)));
    line(
        "quá hạn (phải xin lỗi)",
        "late (an apology is owed)",
        flow.late.as_ref().filter(|_| flow.on_time.is_some()).map(|it| count(it, lang)),
    );
    line(
        "số lần đi lại",
        "trips to the office",
        case.visits.as_ref().map(|it| whole(it, |it| number(it, 2, lang))),
    );
    line(
        "phí, lệ phí một hồ sơ, đồng",
        "fees per dossier, đồng",
        flow.fees.as_ref().map(|it| count(it, lang)),
    );
    let unknown = flow.unknown_fees.as_ref().filter(|it| it.mean() > 0.0);
    line(
        "hồ sơ chưa biết phí",
        "dossiers whose fees are not known",
        unknown.map(|it| count(it, lang)),
    );
    for it in case.states.iter().filter(|it| ends(it)) {
        let name = names.state(case, &it.state, lang);
        let share = it.stays.as_ref().map_or_else(String::new, |it| percent(it, lang));
        table.row([format!("{} “{name}”", said(lang, "kết thúc ở", "ended in")), share]);
    }
    table.print("  ", out);
    steps(case, names, lang, out);
}

/// Returns true for a state in which dossiers ended.
fn ends(it: &StateReport) -> bool {
    let mean = |it: &Option<Estimate>| it.as_ref().map(Estimate::mean);
    mean(&it.stays).is_some_and(|it| it > 0.0) && mean(&it.mean_stay) == Some(0.0)
}

fn steps(case: &CaseReport, names: Names<'_>, lang: Lang, out: &mut String) {
    let headings = lang.pick(
        ["bước", "", "lần mỗi hồ sơ", "chờ mỗi lần", "làm mỗi lần"],
        ["step", "", "times per dossier", "wait each", "work each"],
    );
    let mut table = Table::new(&headings).numbers_from(2);
    for it in case.steps.iter().filter(|it| it.mean_work.is_some()) {
        let name_of_step = wrapped(&names.step(case, &it.step, lang), WIDEST_NAME);
        let mut lines = name_of_step.lines().map(String::from);
        table.row([
            lines.next().unwrap_or_default(),
            name(&it.step),
            maybe(it.times.as_ref(), |it| number(it, 3, lang)),
            maybe(it.mean_wait.as_ref(), |it| number(it, 3, lang)),
            maybe(it.mean_work.as_ref(), |it| number(it, 3, lang)),
        ]);
        lines.for_each(|it| table.row([format!("  {it}")]));
    }
    out.push('\n');
    table.print("  ", out);
}

fn pools(pools: &[PoolReport], names: Names<'_>, lang: Lang, out: &mut String) {
    let headings = match lang {
        Lang::Vi => {
            ["bộ phận", "", "người", "bận", "chờ mỗi lượt việc", "p95", "hàng đợi", "dài nhất"]
        }
        _ => ["pool", "", "officers", "busy", "wait per piece of work", "p95", "queue", "longest"],
    };
    let mut table = Table::new(&headings).numbers_from(2);
    for it in pools {
        let is_named = names.pool(&it.pool, lang) != name(&it.pool);
        let wait = it.wait.as_ref();
        table.row([
            names.pool(&it.pool, lang),
            if is_named { name(&it.pool) } else { String::new() },
            it.officers.to_string(),
            it.utilisation.as_ref().map_or_else(String::new, |it| percent(it, lang)),
            match it.unstable {
                true => said(lang, "không ổn định", "unstable").into(),
                false => maybe(wait.map(|it| &it.mean), |it| number(it, 3, lang)),
            },
            maybe(wait.map(|it| &it.p95), |it| number(it, 2, lang)),
            maybe(it.mean_queue.as_ref(), |it| number(it, 2, lang)),
            it.longest_queue.to_string(),
        ]);
    }
    out.push('\n');
    table.print("  ", out);
}

/// What is to be known before the figures are believed.
fn remarks(
    report: &Report,
    precision: Option<&Precision>,
    names: Names<'_>,
    lang: Lang,
    out: &mut String,
) {
    for it in report.pools.iter().filter(|it| it.unstable) {
        let _ = match lang {
            Lang::Vi => writeln!(
                out,
                "\nBộ phận {}: hàng đợi tăng đến cuối kỳ, cán bộ không còn giờ rảnh; thời gian chờ \
                 trung bình không có nghĩa, các số liệu khác chỉ đúng với độ dài kỳ này.",
                it.pool
            ),
            _ => writeln!(
                out,
                "\nPool {}: its queue grows to the end of the run and its officers have no hour to \
                 spare; a mean wait means nothing, and other figures hang on the length of the run.",
                it.pool
            ),
        };
    }
    for it in remarks::all(report, precision, names, lang) {
        let _ = writeln!(out, "\n{it}");
    }
    if let Some(it) = remarks::few(report, lang) {
        let _ = writeln!(out, "\n{it}");
    }
}

/// What the run cost whom, and what it tells of the index of service quality.
fn totals(totals: &Totals, lang: Lang, out: &mut String) {
    let mut table = Table::new(&["", ""]);
    let costs = [
        ("chi phí của cơ quan, đồng", "cost to the office, đồng", &totals.office_cost),
        ("chi phí của người dân, đồng", "cost to citizens, đồng", &totals.citizen_cost),
    ];
    for (vi, en, figure) in costs {
        let figure = figure.as_ref().map_or_else(|| "–".into(), |it| count(it, lang));
        table.row([said(lang, vi, en).to_string(), figure]);
    }
    let named = said(lang, "chỉ số 766", "index 766");
    for it in index::rows(&totals.index_766) {
        table.row([format!("{named}, {}", it.name(lang)), it.figure(lang)]);
    }
    table.row([
        format!("{named}, {}", said(lang, "chưa biết", "not known")),
        index::unknown(&totals.index_766),
    ]);
    out.push('\n');
    table.print("  ", out);
}

const fn said<'t>(lang: Lang, vi: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Vi => vi,
        _ => en,
    }
}

fn hours(estimate: &Estimate, lang: Lang) -> String {
    whole(estimate, |it| number(it, 3, lang))
}

fn count(estimate: &Estimate, lang: Lang) -> String {
    whole(estimate, |it| number(it, 0, lang))
}

fn percent(estimate: &Estimate, lang: Lang) -> String {
    whole(estimate, |it| format!("{} %", number(hundred(it), 2, lang)))
}
