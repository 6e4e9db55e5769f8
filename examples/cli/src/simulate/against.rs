//! `hoso simulate AS-IS --against TO-BE`: two runs on the same luck, and what differs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use hoso::simulate::{Comparison, Difference, Differences, Model, Part};
use hoso::text::Lang;
use serde_json::json;

use super::figure::{better, difference, figure, replications};
use super::verdict::Bench;
use super::{Desk, Ran, Run, data, index, merge, page, remarks, run, wished, write_page};
use crate::answer::Answer;
use crate::args::{self, Global};
use crate::failure::{Failure, Fallible};
use crate::table::Table;

/// Runs both scenarios, or a part of them, with the seed and the replications of the first, which may be run to a precision.
pub(super) fn against(
    global: &Global,
    args: &args::Simulate,
    part: Part,
    (as_is, before): (&Desk, &Model<'_>),
    (to_be, after): (&Desk, &Model<'_>),
) -> Fallible<Answer> {
    let wished = wished(before, args)?;
    let before = run(before, args, part)?;
    let run_as_before = args::RunArgs {
        seed: Some(before.summary.seed()),
        replications: Some(before.summary.replications()),
        ..args.run.clone()
    };
    let paired = args::Simulate { run: run_as_before, precision: None, ..args.clone() };
    let mut after = run(after, &paired, part)?;
    after.precision = wished.map(|it| after.summary.precision(it));
    if !before.summary.is_whole() {
        let part = [(merge::AS_IS, before.summary), (merge::TO_BE, after.summary)];
        let data = serde_json::to_value(BTreeMap::from(part)).map_err(Failure::new)?;
        return Ok(Answer::new(global, || data.clone(), || format!("{data:#}\n")));
    }
    let told = (args.report.as_deref(), args.norms.as_str());
    compared(global, told, (as_is, &before), (to_be, &after))
}

/// Compares two whole runs, and writes the page of both where one is asked for.
pub(super) fn compared(
    global: &Global,
    (page, norms): (Option<&Path>, &str),
    (as_is, before): (&Desk, &Ran),
    (to_be, after): (&Desk, &Ran),
) -> Fallible<Answer> {
    let comparison = before.summary.compare(&after.summary).map_err(|error| {
        Failure::new(error).help("give both scenarios the same `from`, `until` and `warm-up-days`")
    })?;
    let reports = [before.summary.report(), after.summary.report()];
    let as_is = Run { desk: as_is, ran: before, report: &reports[0] };
    let to_be = Run { desk: to_be, ran: after, report: &reports[1] };
    let bench = Bench::open(as_is, to_be, norms)?;
    if let Some(path) = page {
        let pair = page::Pair { to_be, comparison: &comparison, bench: &bench };
        write_page(global, path, &page::Shown { as_is, to_be: Some(pair) })?;
    }
    let lang = global.lang();
    let (verdicts, judged) = (bench.data(lang)?, bench.text(lang)?);
    let answer = || {
        json!({
            "as-is": data(&reports[0], before.precision.as_ref()),
            "to-be": data(&reports[1], after.precision.as_ref()),
            "difference": comparison,
            "verdicts": verdicts,
            "not-judged": bench.not_judged_data(),
        })
    };
    Ok(Answer::new(global, answer, || text(&comparison, [as_is, to_be], lang) + &judged))
}

/// Prints a comparison as tables.
fn text(comparison: &Comparison, runs: [Run<'_>; 2], lang: Lang) -> String {
    let mut out = String::new();
    let (names, report) = (runs[0].desk.names(), runs[0].report);
    let seed = comparison.seed;
    let pairs = replications(comparison.replications, lang);
    let [as_is, to_be] = runs.map(|it| {
        let scenario = &it.desk.scenario;
        format!("{} ({})", scenario.name(lang), scenario.id())
    });
    let _ = match lang {
        Lang::Vi => writeln!(out, "{as_is} so với {to_be}: {pairs} từng cặp, hạt giống {seed}"),
        _ => writeln!(out, "{as_is} against {to_be}: {pairs} in pairs, seed {seed}"),
    };
    out.push('\n');
    table(&comparison.totals, lang, &mut out);
    for it in comparison.cases_apart() {
        let case = report.cases.iter().find(|case| case.case == it.case);
        let case = case.map_or_else(|| it.case.to_string(), |it| names.case(it, lang));
        let _ = writeln!(out, "\n{} {case}", lang.pick("hồ sơ", "case"));
        table(&it.differences, lang, &mut out);
    }
    for it in &comparison.pools {
        let _ = writeln!(out, "\n{} {}", lang.pick("bộ phận", "pool"), names.pool(&it.pool, lang));
        table(&it.differences, lang, &mut out);
    }
    index(&runs, lang, &mut out);
    for it in &comparison.unstable {
        let _ = match lang {
            Lang::Vi => writeln!(out, "\nBộ phận {it} không ổn định: hàng đợi tăng đến cuối kỳ."),
            _ => writeln!(out, "\nPool {it} is unstable: its queue grows to the end of a run."),
        };
    }
    remarks(&runs, lang, &mut out);
    if let Some(it) = remarks::few(report, lang) {
        let _ = writeln!(out, "\n{it}");
    }
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "\nKhác biệt = sau đổi − hiện tại; của tỷ lệ tính bằng điểm %. Bằng nhau: mọi lần chạy như nhau.\n\
             ± là nửa khoảng tin cậy; cả {} khoảng cùng đúng với độ tin cậy 95 % (Bonferroni).\n\
             Dấu * là khác biệt mà khoảng không chứa 0.",
            comparison.figures
        ),
        _ => writeln!(
            out,
            "\nDifference = to be − as is; of shares in percentage points. Equal: the same in every replication.\n\
             ± is half of an interval; all {} hold together with 95 % confidence (Bonferroni).\n\
             A star marks a difference whose interval does not hold 0.",
            comparison.figures
        ),
    };
    out
}

/// Prints what both runs tell of the index of service quality.
fn index(runs: &[Run<'_>; 2], lang: Lang, out: &mut String) {
    let [old, new] = runs.map(|it| &it.report.totals.index_766);
    let headings =
        lang.pick(["chỉ số 766", "hiện tại", "sau đổi"], ["index 766", "as is", "to be"]);
    let mut table = Table::new(&headings).numbers_from(1);
    for (old, new) in index::rows(old).iter().zip(index::rows(new)) {
        table.row([old.name(lang), old.mean(lang), new.mean(lang)]);
    }
    out.push('\n');
    table.print("  ", out);
    let unknown = index::unknown(old);
    let _ = writeln!(out, "  {}: {unknown}", lang.pick("chưa biết", "not known"));
}

/// Says of each side how precise it is, and what of its start had better be left out.
fn remarks(runs: &[Run<'_>; 2], lang: Lang, out: &mut String) {
    let sides = lang.pick(["hiện tại", "sau đổi"], ["as is", "to be"]);
    for (side, run) in sides.iter().zip(runs) {
        for it in remarks::all(run.report, run.ran.precision.as_ref(), run.desk.names(), lang) {
            let _ = writeln!(out, "\n{side}: {it}");
        }
    }
}

fn table(differences: &Differences, lang: Lang, out: &mut String) {
    let headings = lang.pick(
        ["", "hiện tại", "sau đổi", "khác biệt", "tốt hơn ở", "kém hơn ở"],
        ["", "as is", "to be", "difference", "better in", "worse in"],
    );
    let mut table = Table::new(&headings).numbers_from(1);
    for it in differences.iter() {
        let measure = it.measure();
        let [better, worse] = better(it, lang);
        table.row([
            measure.label(lang).to_string(),
            figure(measure, it.as_is(), lang),
            figure(measure, it.to_be(), lang),
            starred(it, lang),
            better,
            worse,
        ]);
    }
    table.print("  ", out);
}

/// Prints a difference, and a star when its interval excludes zero.
fn starred(it: &Difference, lang: Lang) -> String {
    let star = if it.interval().is_some_and(|it| !it.holds(0.0)) { " *" } else { "" };
    difference(it, lang) + star
}
