//! The figures of a run as tables.

use std::fmt::Write as _;

use hoso::simulate::{CaseReport, Estimate, PoolReport, Precision, Report, Totals};
use hoso::text::Lang;

use super::name;
use crate::table::Table;

/// Prints a report.
pub(super) fn text(report: &Report, precision: Option<&Precision>, lang: Lang) -> String {
    let mut out = String::new();
    let seed = report.seed;
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "{}: {} lần chạy, hạt giống {seed}, {} cơ quan",
            report.scenario, report.replications, report.offices
        ),
        _ => writeln!(
            out,
            "{}: {} replications, seed {seed}, {} offices",
            report.scenario, report.replications, report.offices
        ),
    };
    for case in &report.cases {
        self::case(case, lang, &mut out);
    }
    pools(&report.pools, lang, &mut out);
    totals(&report.totals, lang, &mut out);
    remarks(report, precision, lang, &mut out);
    out.push_str(said(
        lang,
        "\nThời gian tính bằng giờ; ± là nửa khoảng tin cậy 95 %.\n",
        "\nTimes are in hours; ± is half of the 95 % confidence interval.\n",
    ));
    out
}

fn case(case: &CaseReport, lang: Lang, out: &mut String) {
    let _ = writeln!(out, "\n{} ({}@{})", case.case, case.procedure, case.version);
    let mut table = Table::new(&["", ""]);
    let mut line = |vi: &str, en: &str, figure: Option<String>| {
        if let Some(figure) = figure {
            table.row([said(lang, vi, en).to_string(), figure]);
        }
    };
    let flow = &case.all;
    line("hồ sơ nộp", "dossiers filed", flow.filed.as_ref().map(count));
    line("hồ sơ kết thúc", "dossiers closed", flow.closed.as_ref().map(count));
    line("thời gian toàn trình", "from filing to the end", flow.mean_sojourn.as_ref().map(hours));
    if let Some(it) = &case.sojourn {
        let quantiles = [&it.p50, &it.p90, &it.p95, &it.p99].map(|it| format!("{:.2}", it.mean()));
        line("p50, p90, p95, p99", "p50, p90, p95, p99", Some(quantiles.join(", ")));
    }
    line("đúng hạn", "on time", flow.on_time.as_ref().map(percent));
    line("quá hạn (phải xin lỗi)", "late (an apology is owed)", flow.late.as_ref().map(count));
    line(
        "số lần đi lại",
        "trips to the office",
        case.visits.as_ref().map(|it| format!("{:.2}", it.mean())),
    );
    line("phí, lệ phí một hồ sơ, đồng", "fees per dossier, đồng", flow.fees.as_ref().map(count));
    let unknown = flow.unknown_fees.as_ref().filter(|it| it.mean() > 0.0);
    line("hồ sơ chưa biết phí", "dossiers whose fees are not known", unknown.map(count));
    table.print("  ", out);
    let headings = match lang {
        Lang::Vi => ["bước", "vai trò", "lần", "chờ", "làm"],
        _ => ["step", "role", "times", "wait", "work"],
    };
    let mut table = Table::new(&headings);
    for it in case.steps.iter().filter(|it| it.mean_work.is_some()) {
        let figure = |it: &Option<Estimate>| it.as_ref().map_or_else(String::new, hours);
        let times = it.times.as_ref().map_or_else(String::new, |it| format!("{:.3}", it.mean()));
        table.row([
            name(&it.step),
            name(&it.role),
            times,
            figure(&it.mean_wait),
            figure(&it.mean_work),
        ]);
    }
    out.push('\n');
    table.print("  ", out);
}

fn pools(pools: &[PoolReport], lang: Lang, out: &mut String) {
    let headings = match lang {
        Lang::Vi => ["bộ phận", "người", "bận", "chờ", "chờ p95", "hàng đợi", "dài nhất"],
        _ => ["pool", "officers", "busy", "wait", "wait p95", "queue", "longest"],
    };
    let mut table = Table::new(&headings);
    for it in pools {
        let wait = it.wait.as_ref();
        table.row([
            name(&it.pool),
            it.officers.to_string(),
            it.utilisation.as_ref().map_or_else(String::new, percent),
            match it.unstable {
                true => said(lang, "không ổn định", "unstable").into(),
                false => wait.map_or_else(String::new, |it| hours(&it.mean)),
            },
            wait.map_or_else(String::new, |it| format!("{:.2}", it.p95.mean())),
            it.mean_queue.as_ref().map_or_else(String::new, |it| format!("{:.2}", it.mean())),
            it.longest_queue.to_string(),
        ]);
    }
    out.push('\n');
    table.print("  ", out);
}

/// What is to be known before the figures are believed.
fn remarks(report: &Report, precision: Option<&Precision>, lang: Lang, out: &mut String) {
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
    if let Some(it) = precision {
        let wide: Vec<&str> = it.wide.iter().map(|it| it.label(lang)).collect();
        let _ = match (it.reached, lang) {
            (true, Lang::Vi) => writeln!(out, "\nĐạt độ chính xác {}.", it.wished),
            (true, _) => writeln!(out, "\nThe precision {} is reached.", it.wished),
            (false, Lang::Vi) => {
                writeln!(out, "\nChưa đạt độ chính xác {}: {}.", it.wished, wide.join("; "))
            }
            (false, _) => {
                writeln!(out, "\nThe precision {} is not reached: {}.", it.wished, wide.join("; "))
            }
        };
    }
    if let Some(days) = report.suggested_warm_up_days.filter(|it| *it > 0.0) {
        let _ = match lang {
            Lang::Vi => writeln!(out, "\nNên bỏ {days:.0} ngày đầu (MSER-5): warm-up-days."),
            _ => writeln!(
                out,
                "\nThe first {days:.0} days had better be left out (MSER-5): warm-up-days."
            ),
        };
    }
}

/// What the run cost whom, and what it tells of the index of service quality.
fn totals(totals: &Totals, lang: Lang, out: &mut String) {
    let index = &totals.index_766;
    let lines = [
        (
            "chi phí của cơ quan, đồng",
            "cost to the office, đồng",
            totals.office_cost.as_ref().map(count),
        ),
        (
            "chi phí của người dân, đồng",
            "cost to citizens, đồng",
            totals.citizen_cost.as_ref().map(count),
        ),
        ("chỉ số 766, 2.1 đúng hạn", "index 766, 2.1 on time", index.on_time.as_ref().map(percent)),
        ("chỉ số 766, 2.2 thời gian", "index 766, 2.2 time", index.mean_time.as_ref().map(hours)),
        (
            "chỉ số 766, 3.3 trực tuyến, không quá",
            "index 766, 3.3 online, at most",
            index.online_at_most.as_ref().map(percent),
        ),
    ];
    let mut table = Table::new(&["", ""]);
    for (vi, en, figure) in lines {
        table.row([said(lang, vi, en).to_string(), figure.unwrap_or_else(|| "–".into())]);
    }
    let unknown: Vec<&str> = index.unknown.iter().map(|it| it.as_str()).collect();
    table.row([
        said(lang, "chỉ số 766, chưa biết", "index 766, not known").to_string(),
        unknown.join(", "),
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

fn half(estimate: &Estimate) -> f64 {
    estimate.interval().map_or(0.0, |it| it.half())
}

fn hours(estimate: &Estimate) -> String {
    format!("{:.3} ± {:.3}", estimate.mean(), half(estimate))
}

fn count(estimate: &Estimate) -> String {
    format!("{:.0} ± {:.0}", estimate.mean(), half(estimate))
}

#[expect(clippy::float_arithmetic, reason = "a share is printed as a percentage")]
fn percent(estimate: &Estimate) -> String {
    format!("{:.2} % ± {:.2}", estimate.mean() * 100.0, half(estimate) * 100.0)
}
