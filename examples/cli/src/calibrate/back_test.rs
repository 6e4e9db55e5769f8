//! A back-test: what the first part of a log says of the rest, beside what happened.
#![expect(clippy::float_arithmetic, reason = "a share is shown as a percentage")]

use std::fmt::Write as _;

use hoso::calendar::Moment;
use hoso::calibrate::{BackTest, Compared, Distance, Untested};
use hoso::conform::{Model, Trace};
use hoso::diagnostic::Diagnostic;
use hoso::money::Ratio;
use hoso::simulate::{Part, Runs};
use hoso::text::Lang;

use crate::failure::{Failure, Fallible};
use crate::office::Office;
use crate::table::Table;

/// One in forty replications lies below its bounds, and one above: so many that the fifth of each end is meant.
const RUNS: Runs = Runs { seed: 1, replications: 199, part: Part::WHOLE };

/// Learns from the first part of a log and runs the rest; none where what was learnt does not run, which is said.
pub(super) fn back_test(
    office: &Office,
    model: &mut Model<'_>,
    traces: &[Trace],
    as_of: Option<Moment>,
    share: &str,
) -> Fallible<Option<BackTest>> {
    let wrong = |what: &dyn std::fmt::Display| {
        Failure::new(format_args!("--hold-out {share}: {what}"))
            .help("write a share of the time of the log at its end, such as 20%")
    };
    let held_out: Ratio = share.parse().map_err(|it| wrong(&it))?;
    let (calendar, tariff) = (office.calendar(), office.tariff());
    let found =
        hoso::calibrate::back_test(model, calendar, Some(tariff), traces, as_of, held_out, &RUNS);
    match found {
        Ok(it) => Ok(Some(it)),
        Err(Untested::Refused(found)) => {
            let why: Vec<&str> = found.iter().map(Diagnostic::message).collect();
            eprintln!("no back-test: what was learnt before does not run: {}", why.join("; "));
            Ok(None)
        }
        Err(Untested::Uncovered(error)) => Err(wrong(&error)),
        Err(_) => Err(wrong(&"nothing is left to learn from, or nothing happened after it")),
    }
}

/// Writes what was recorded beside what was simulated.
pub(super) fn text(it: &BackTest, lang: Lang, out: &mut String) {
    let (from, until) = (it.from, it.until.pred_opt().unwrap_or(it.until));
    let (learnt, backlog, filed, runs) = (it.learnt_from, it.backlog, it.filed, it.replications);
    let heading = lang.pick(
        format!("Thử ngược {from} – {until}: học từ {learnt} hồ sơ trước đó, {backlog} còn dở dang; {filed} hồ sơ nộp sau; {runs} lần chạy"),
        format!("Back-test {from} to {until}: learnt from {learnt} dossiers before, of which {backlog} were open; {filed} filed after; {runs} replications"),
    );
    let _ = writeln!(out, "\n{heading}:");
    let heading = lang.pick(
        ["", "nhật ký", "mô phỏng", "95 % lần chạy", ""],
        ["", "recorded", "simulated", "95 % of runs", ""],
    );
    let mut table = Table::new(&heading).numbers_from(1);
    for side in &it.figures {
        let write = |it: Option<f64>| it.map_or_else(|| "–".into(), |it| figure(side.figure, it));
        let range = match (side.low, side.high) {
            (Some(low), Some(high)) => {
                format!("{} – {}", figure(side.figure, low), figure(side.figure, high))
            }
            _ => "–".into(),
        };
        let verdict = match side.holds {
            Some(false) => lang.pick("ngoài khoảng", "outside"),
            Some(true) | None => "",
        };
        let name = side.figure.label(lang).to_owned();
        table.row([name, write(side.recorded), write(side.simulated), range, verdict.into()]);
    }
    table.print("  ", out);
    let Some(distances) = &it.distances else { return };
    let _ = writeln!(
        out,
        "  {}",
        lang.pick(
            "Khoảng cách giữa các thời gian từ nộp đến kết thúc:",
            "How far apart the times from filing to end lie:"
        )
    );
    let mut line = |name: &str, it: &Distance, unit: &str, decimals: usize| {
        let (own, chance, as_far) = (it.recorded, it.by_chance, 100.0 * it.as_far);
        let words = lang.pick(
            ["95 % lần chạy đến", "lần chạy xa như thế"],
            ["95 % of runs up to", "of runs as far"],
        );
        let _ = writeln!(
            out,
            "    {name} {own:.decimals$}{unit}; {} {chance:.decimals$}{unit}, {as_far:.1} % {}",
            words[0], words[1]
        );
    };
    let hours = lang.pick(" giờ", " hours");
    line("Kolmogorov–Smirnov", &distances.greatest, "", 3);
    line("Wasserstein", &distances.hours, hours, 2);
}

fn figure(figure: Compared, value: f64) -> String {
    match figure {
        Compared::OnTime => format!("{:.2} %", 100.0 * value),
        Compared::Closed | Compared::Open => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
