//! What is to be known of a run before its figures are believed.

use hoso::simulate::{Precision, Report};
use hoso::text::Lang;

use super::figure::{hundred, number};

/// Returns every remark on a run.
pub(super) fn all(report: &Report, precision: Option<&Precision>, lang: Lang) -> Vec<String> {
    let precise = precision.map(|it| self::precision(it, lang));
    precise.into_iter().chain(warm_up(report, lang)).collect()
}

/// Says whether a run is as precise as was wished, and which figures are not.
fn precision(it: &Precision, lang: Lang) -> String {
    let wished = number(hundred(it.wished), 3, lang);
    let wished = wished.trim_end_matches('0').trim_end_matches(['.', ',']);
    let wide: Vec<&str> = it.wide.iter().map(|it| it.label(lang)).collect();
    let wide = wide.join("; ");
    match (it.reached, lang) {
        (true, Lang::Vi) => format!("Đạt độ chính xác {wished} %."),
        (true, _) => format!("The precision {wished} % is reached."),
        (false, Lang::Vi) => format!("Chưa đạt độ chính xác {wished} %: {wide}."),
        (false, _) => format!("The precision {wished} % is not reached: {wide}."),
    }
}

/// Says how many days had better be left out at the start, where any.
fn warm_up(report: &Report, lang: Lang) -> Option<String> {
    let days = report.suggested_warm_up_days.filter(|it| *it > 0.0)?;
    Some(match lang {
        Lang::Vi => format!("Nên bỏ {days:.0} ngày đầu (MSER-5): warm-up-days."),
        _ => format!("The first {days:.0} days had better be left out (MSER-5): warm-up-days."),
    })
}
