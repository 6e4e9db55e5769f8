//! `hoso simulate AS-IS --against TO-BE`: two runs on the same luck, and what differs.

use std::fmt::Write as _;

use hoso::simulate::{Comparison, Difference, Differences, Measure, Model, Part};
use hoso::text::Lang;
use serde_json::json;

use super::{data, run};
use crate::answer::Answer;
use crate::args::{self, Global};
use crate::failure::{Failure, Fallible};
use crate::table::Table;

/// Runs both scenarios with the seed and the replications of the first, which may be run to a precision.
pub(super) fn against(
    global: &Global,
    args: &args::Simulate,
    as_is: &Model<'_>,
    to_be: &Model<'_>,
) -> Fallible<Answer> {
    let before = run(as_is, args, Part::WHOLE)?;
    let paired = args::Simulate {
        seed: Some(before.summary.seed()),
        replications: Some(before.summary.replications()),
        precision: None,
        ..args.clone()
    };
    let after = run(to_be, &paired, Part::WHOLE)?;
    let comparison = before.summary.compare(&after.summary).map_err(|error| {
        Failure::new(error).help("give both scenarios the same `from`, `until` and `warm-up-days`")
    })?;
    let answer = || {
        json!({
            "as-is": data(&before.summary.report(), before.precision.as_ref()),
            "to-be": data(&after.summary.report(), None),
            "difference": comparison,
        })
    };
    Ok(Answer::new(global, answer, || text(&comparison, global.lang())))
}

/// Prints a comparison as tables.
fn text(comparison: &Comparison, lang: Lang) -> String {
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
        let _ = writeln!(out, "\n{} {}", lang.pick("hồ sơ", "case"), it.case);
        table(&it.differences, lang, &mut out);
    }
    for it in &comparison.pools {
        let _ = writeln!(out, "\n{} {}", lang.pick("bộ phận", "pool"), it.pool);
        table(&it.differences, lang, &mut out);
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
    let mut table = Table::new(&headings);
    for it in differences.iter() {
        let measure = it.measure();
        let better = it.better().map_or_else(String::new, |it| format!("{:.0} %", hundred(it)));
        table.row([
            measure.label(lang).to_string(),
            figure(measure, it.as_is()),
            figure(measure, it.to_be()),
            difference(it),
            better,
        ]);
    }
    table.print("  ", out);
}

/// Prints a difference with its sign, half its interval, and a star when the interval excludes zero.
fn difference(it: &Difference) -> String {
    let measure = it.measure();
    let sign = if it.mean() > 0.0 { "+" } else { "" };
    let mean = figure(measure, it.mean());
    match it.interval() {
        Some(interval) => {
            let star = if interval.holds(0.0) { "" } else { " *" };
            format!("{sign}{mean} ± {}{star}", figure(measure, interval.half()))
        }
        None => format!("{sign}{mean}"),
    }
}

fn figure(measure: Measure, value: f64) -> String {
    match measure {
        it if it.is_share() => format!("{:.2} %", hundred(value)),
        it if it.is_money() => format!("{value:.0}"),
        Measure::Late => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

#[expect(clippy::float_arithmetic, reason = "a share is printed as a percentage")]
fn hundred(share: f64) -> f64 {
    share * 100.0
}
