//! Figures of a run as people read them in their language.
#![expect(clippy::float_arithmetic, reason = "a share is shown as a percentage")]

use hoso::simulate::{Difference, Estimate, Measure};
use hoso::text::Lang;

/// Writes a number: a comma before decimals in Vietnamese, a point in English.
pub(super) fn number(value: f64, decimals: usize, lang: Lang) -> String {
    let written = format!("{:.decimals$}", value.abs());
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let (thousands, decimal) = lang.pick((".", ","), (",", "."));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push_str(thousands);
        }
        grouped.push(digit);
    }
    let is_zero = written.chars().all(|it| matches!(it, '0' | '.'));
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    let point = if rest.is_empty() { "" } else { decimal };
    format!("{sign}{grouped}{point}{rest}")
}

/// Writes how many replications were run.
pub(super) fn replications(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Vi, _) => format!("{count} lần chạy"),
        (_, 1) => "1 replication".into(),
        _ => format!("{count} replications"),
    }
}

/// Writes of how many offices a run is.
pub(super) fn offices(count: u64, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Vi, _) => format!("{count} cơ quan"),
        (_, 1) => "1 office".into(),
        _ => format!("{count} offices"),
    }
}

/// Writes a measure.
pub(super) fn figure(measure: Measure, value: f64, lang: Lang) -> String {
    match measure {
        it if it.is_share() => format!("{} %", number(hundred(value), 2, lang)),
        it if it.is_money() => number(value, 0, lang),
        Measure::Late => number(value, 1, lang),
        _ => number(value, 2, lang),
    }
}

/// Writes a difference of a measure; of shares it is in points of a hundred.
pub(super) fn points(measure: Measure, value: f64, lang: Lang) -> String {
    match measure.is_share() {
        true => format!("{} {}", number(hundred(value), 2, lang), lang.pick("điểm %", "points")),
        false => figure(measure, value, lang),
    }
}

/// Writes the mean of a difference with its sign, and half of its interval where there is one.
pub(super) fn difference(it: &Difference, lang: Lang) -> String {
    let measure = it.measure();
    let sign = if it.mean() > 0.0 { "+" } else { "" };
    let mean = format!("{sign}{}", points(measure, it.mean(), lang));
    let half = it.interval().map(|it| points(measure, it.half(), lang));
    half.map_or_else(|| mean.clone(), |half| format!("{mean} ± {half}"))
}

/// Writes in what part of the replications to-be is better, and in what part it is worse.
pub(super) fn better(it: &Difference, lang: Lang) -> [String; 2] {
    if it.is_equal() {
        return [lang.pick("bằng nhau", "equal").into(), String::new()];
    }
    let percent = |it| format!("{} %", number(hundred(it), 0, lang));
    [it.better(), it.worse()].map(|it| it.map_or_else(String::new, percent))
}

/// Writes half of an interval with its sign; nothing of a single replication.
pub(super) fn half(estimate: &Estimate, write: impl Fn(f64) -> String) -> String {
    estimate.interval().map_or_else(String::new, |it| format!("± {}", write(it.half())))
}

/// Writes a figure with half of its interval.
pub(super) fn whole(estimate: &Estimate, write: impl Fn(f64) -> String) -> String {
    let half = half(estimate, &write);
    let mean = write(estimate.mean());
    if half.is_empty() { mean } else { format!("{mean} {half}") }
}

/// Writes a figure with half of its interval, or nothing.
pub(super) fn maybe(estimate: Option<&Estimate>, write: impl Fn(f64) -> String) -> String {
    estimate.map_or_else(String::new, |it| whole(it, write))
}

pub(super) fn hundred(share: f64) -> f64 {
    share * 100.0
}

/// Returns a share in thousandths, none less than zero and none more than all.
pub(super) fn thousandths(share: f64) -> i64 {
    (share * 1000.0).clamp(0.0, 1000.0).round() as i64
}

/// Returns what part one figure is of another; nothing of nothing.
pub(super) fn part(of: f64, whole: f64) -> f64 {
    if whole > 0.0 { of / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (value, decimals, vi, en) in [
            (0.0, 2, "0,00", "0.00"),
            (1_234_567.891, 1, "1.234.567,9", "1,234,567.9"),
            (-12.5, 1, "−12,5", "−12.5"),
            (-0.001, 2, "0,00", "0.00"),
            (999.6, 0, "1.000", "1,000"),
            (100.0, 0, "100", "100"),
        ] {
            assert_eq!(number(value, decimals, Lang::Vi), vi);
            assert_eq!(number(value, decimals, Lang::En), en);
        }
    }
}
