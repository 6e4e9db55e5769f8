//! `hoso simulate AS-IS --against TO-BE`: two runs on the same luck, and what differs.

use std::fmt::Write as _;

use hoso::simulate::{Comparison, Difference, Differences, Model, Part, Report};
use hoso::text::Lang;
use serde_json::json;

use super::figure::{figure, hundred};
use super::names::Names;
use super::verdict::{Bench, Side};
use super::{Desk, data, page, run, write_page};
use crate::answer::Answer;
use crate::args::{self, Global};
use crate::failure::{Failure, Fallible};
use crate::table::Table;

/// Runs both scenarios with the seed and the replications of the first, which may be run to a precision.
pub(super) fn against(
    global: &Global,
    args: &args::Simulate,
    (as_is, before): (&Desk, &Model<'_>),
    (to_be, after): (&Desk, &Model<'_>),
) -> Fallible<Answer> {
    let before = run(before, args, Part::WHOLE)?;
    let run_as_before = args::RunArgs {
        seed: Some(before.summary.seed()),
        replications: Some(before.summary.replications()),
        ..args.run.clone()
    };
    let paired = args::Simulate { run: run_as_before, precision: None, ..args.clone() };
    let after = run(after, &paired, Part::WHOLE)?;
    let comparison = before.summary.compare(&after.summary).map_err(|error| {
        Failure::new(error).help("give both scenarios the same `from`, `until` and `warm-up-days`")
    })?;
    let names = as_is.names();
    let reports = (before.summary.report(), after.summary.report());
    if let Some(path) = &args.report {
        let as_is = page::Run { desk: as_is, summary: &before.summary, report: &reports.0 };
        let to_be = page::Run { desk: to_be, summary: &after.summary, report: &reports.1 };
        write_page(global, path, &page::Shown { as_is, to_be: Some((to_be, &comparison)) })?;
    }
    let lang = global.lang();
    let old = Side { desk: as_is, report: &reports.0 };
    let bench = Bench::open(old, Side { desk: to_be, report: &reports.1 }, &args.norms)?;
    let (verdicts, judged) = (bench.data(lang)?, bench.text(lang)?);
    let answer = || {
        json!({
            "as-is": data(&reports.0, before.precision.as_ref()),
            "to-be": data(&reports.1, None),
            "difference": comparison,
            "verdicts": verdicts,
        })
    };
    Ok(Answer::new(global, answer, || text(&comparison, &reports.0, names, lang) + &judged))
}

/// Prints a comparison as tables.
fn text(comparison: &Comparison, report: &Report, names: Names<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let Comparison { as_is, to_be, seed, replications, .. } = comparison;
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "{as_is} so với {to_be}: {replications} lần chạy từng cặp, hạt giống {seed}"
        ),
        _ => writeln!(
            out,
            "{as_is} against {to_be}: {replications} replications in pairs, seed {seed}"
        ),
    };
    out.push('\n');
    table(&comparison.totals, lang, &mut out);
    // Of a single kind of case there is nothing more to say.
    for it in comparison.cases.iter().filter(|_| comparison.cases.len() > 1) {
        let case = report.cases.iter().find(|case| case.case == it.case);
        let case = case.map_or_else(|| it.case.to_string(), |it| names.case(it, lang));
        let _ = writeln!(out, "\n{} {case}", lang.pick("hồ sơ", "case"));
        table(&it.differences, lang, &mut out);
    }
    for it in &comparison.pools {
        let _ = writeln!(out, "\n{} {}", lang.pick("bộ phận", "pool"), names.pool(&it.pool, lang));
        table(&it.differences, lang, &mut out);
    }
    for it in &comparison.unstable {
        let _ = match lang {
            Lang::Vi => writeln!(out, "\nBộ phận {it} không ổn định: hàng đợi tăng đến cuối kỳ."),
            _ => writeln!(out, "\nPool {it} is unstable: its queue grows to the end of a run."),
        };
    }
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "\n± là nửa khoảng tin cậy; cả {} khoảng cùng đúng với độ tin cậy 95 % (Bonferroni).\n\
             Dấu * là khác biệt mà khoảng không chứa 0.",
            comparison.figures
        ),
        _ => writeln!(
            out,
            "\n± is half of an interval; all {} hold together with 95 % confidence (Bonferroni).\n\
             A star marks a difference whose interval does not hold 0.",
            comparison.figures
        ),
    };
    out
}

fn table(differences: &Differences, lang: Lang, out: &mut String) {
    let headings = lang.pick(
        ["", "hiện tại", "sau đổi", "khác biệt", "tốt hơn ở"],
        ["", "as is", "to be", "difference", "better in"],
    );
    let mut table = Table::new(&headings).numbers_from(1);
    for it in differences.iter() {
        let measure = it.measure();
        let better = it.better().map_or_else(String::new, |it| format!("{:.0} %", hundred(it)));
        table.row([
            measure.label(lang).to_string(),
            figure(measure, it.as_is(), lang),
            figure(measure, it.to_be(), lang),
            difference(it, lang),
            better,
        ]);
    }
    table.print("  ", out);
}

/// Prints a difference with its sign, half its interval, and a star when the interval excludes zero.
fn difference(it: &Difference, lang: Lang) -> String {
    let measure = it.measure();
    let sign = if it.mean() > 0.0 { "+" } else { "" };
    let mean = figure(measure, it.mean(), lang);
    match it.interval() {
        Some(interval) => {
            let star = if interval.holds(0.0) { "" } else { " *" };
            format!("{sign}{mean} ± {}{star}", figure(measure, interval.half(), lang))
        }
        None => format!("{sign}{mean}"),
    }
}
