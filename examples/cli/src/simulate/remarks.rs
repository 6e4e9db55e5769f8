//! What is to be known of a run before its figures are believed.

use hoso::simulate::{CaseReport, Estimate, Precision, Report};
use hoso::text::Lang;

use super::figure::{hundred, number, replications, whole};
use super::names::Names;

/// Returns every remark on a run.
pub(super) fn all(
    report: &Report,
    precision: Option<&Precision>,
    names: Names<'_>,
    lang: Lang,
) -> Vec<String> {
    let unended = report.cases.iter().filter_map(|it| unended(it, names, lang));
    let precise = precision.map(|it| self::precision(it, lang));
    unended.chain(precise).chain(warm_up(report, lang)).collect()
}

/// Says of how many dossiers no end was seen, where any: no length of time counts them.
fn unended(case: &CaseReport, names: Names<'_>, lang: Lang) -> Option<String> {
    let figures = [
        (lang.pick("không bao giờ kết thúc", "never ended (nobody goes on with them)"), &case.left),
        (lang.pick("còn mở khi dừng chạy", "open at the end of the run"), &case.open),
    ];
    let told = figures.iter().filter_map(|(words, it)| Some((words, it.as_ref()?)));
    let told = told.filter(|(_, it)| it.mean() > 0.0);
    let count = |it: &Estimate| whole(it, |it| number(it, 1, lang));
    let told: Vec<String> = told.map(|(words, it)| format!("{words}: {}", count(it))).collect();
    let filed = case.all.filed.as_ref().map_or_else(String::new, count);
    let name = names.case(case, lang);
    let told = (!told.is_empty()).then(|| told.join("; "))?;
    Some(match lang {
        Lang::Vi => {
            format!("{name}: trong {filed} hồ sơ nộp, {told}; không tính vào thời gian toàn trình.")
        }
        _ => format!("{name}: of {filed} dossiers filed, {told}; no time to the end counts them."),
    })
}

/// Runs of fewer replications have rough intervals.
const FEW: usize = 10;

/// Says that intervals are rough, where there are few replications.
pub(super) fn few(report: &Report, lang: Lang) -> Option<String> {
    let count = report.replications;
    if count >= FEW {
        return None;
    }
    let runs = replications(count, lang);
    let alone = "Chỉ một lần chạy: không có khoảng tin cậy.";
    Some(match lang {
        _ if count == 1 => lang.pick(alone, "A single replication has no intervals.").into(),
        Lang::Vi => format!("Chỉ {runs}: khoảng tin cậy của ít lần chạy chỉ là gần đúng."),
        _ => format!("Only {runs}: intervals of few runs are rough."),
    })
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
