//! The headline figures: as cards, or as-is against to-be with the differences.
#![expect(clippy::float_arithmetic, reason = "a difference is drawn in per cent of what is")]

use hoso::simulate::{Difference, Differences, Estimate, Measure, Totals};
use hoso::text::Lang;

use super::{Pair, Shown, meter};
use crate::html::{Html, Reader, Table};
use crate::simulate::figure::{better, difference, figure, half, number, replications};
use crate::simulate::remarks;

/// Figures of more letters are set smaller, so that they fit into their card.
const LONG: usize = 10;

pub(super) fn headline(reader: Reader, shown: &Shown<'_>) -> Html {
    let heading = reader.heading("Kết quả chính", "Headline figures");
    let lang = reader.lang();
    let report = shown.as_is.report;
    let seed = report.seed;
    let told = reader.both(|lang| match lang.pick(0, 1) {
        0 => format!("{}, hạt giống {seed}; ± là nửa khoảng tin cậy 95 %. Thời gian tính bằng giờ đồng hồ.", replications(report.replications, lang)),
        _ => format!("{}, seed {seed}; ± is half of the 95 % confidence interval. Times are in hours of the clock.", replications(report.replications, lang)),
    });
    let told = Html::of("p", "remark", told);
    let told = told.and(&remarks(reader, shown));
    let Some(Pair { comparison, .. }) = shown.to_be else {
        let cards = Measure::ALL.iter().filter_map(|it| {
            let estimate = of_totals(&report.totals, *it)?;
            Some(card(reader, *it, estimate))
        });
        let filed = report.totals.filed.as_ref().map(|it| {
            let name = reader.say("hồ sơ nộp", "dossiers filed");
            plain_card(name, number(it.mean(), 0, lang), half(it, |it| number(it, 0, lang)))
        });
        let cards = Html::joined(filed.into_iter().chain(cards), "\n");
        return heading.and(&told).and(&Html::of("div", "cards", cards));
    };
    let mut all = heading.and(&told).and(&differences(reader, &comparison.totals));
    for it in comparison.cases_apart() {
        let report = report.cases.iter().find(|of| of.case == it.case);
        let name = reader.both(|lang| {
            let of = shown.as_is.names();
            report.map_or_else(|| it.case.to_string(), |report| of.case(report, lang))
        });
        all = all.and(&Html::tag("h3", name)).and(&differences(reader, &it.differences));
    }
    for it in &comparison.pools {
        let name = reader.both(|lang| shown.as_is.names().pool(&it.pool, lang));
        all = all.and(&Html::tag("h3", name)).and(&differences(reader, &it.differences));
    }
    let count = comparison.figures;
    let told = reader.both(|lang| match lang.pick(0, 1) {
        0 => format!("Khác biệt = sau đổi − hiện tại; của tỷ lệ tính bằng điểm %. Cả {count} khoảng của các khác biệt cùng đúng với độ tin cậy 95 % (Bonferroni). Cùng một vận may ở hai phía: mỗi hồ sơ gặp đúng những chuyện như nhau. Khác biệt in đậm là khác biệt mà khoảng không chứa 0."),
        _ => format!("Difference = to be − as is; of shares in percentage points. All {count} intervals of differences hold together with 95 % confidence (Bonferroni). Both sides share their luck: each dossier meets the same fortune. A difference in bold is one whose interval does not hold 0."),
    });
    all.and(&Html::of("p", "remark", told))
}

/// Says of each run how precise it is, and what of its start had better be left out.
fn remarks(reader: Reader, shown: &Shown<'_>) -> Html {
    let mut all = Html::default();
    for (side, run) in shown.runs() {
        let said = |lang| remarks::all(run.report, run.ran.precision.as_ref(), run.names(), lang);
        for at in 0..said(reader.lang()).len() {
            let it = reader.both(|lang| said(lang).get(at).cloned().unwrap_or_default());
            all = all.and(&Html::of("p", "remark", side.label(reader).and(&it)));
        }
    }
    let report = shown.as_is.report;
    if remarks::few(report, reader.lang()).is_some() {
        let few = reader.both(|lang| remarks::few(report, lang).unwrap_or_default());
        all = all.and(&Html::of("p", "remark", few));
    }
    all
}

/// Returns a measure of everything together.
const fn of_totals(totals: &Totals, measure: Measure) -> Option<&Estimate> {
    match measure {
        Measure::MeanSojourn => totals.mean_sojourn.as_ref(),
        Measure::P95Sojourn => totals.p95_sojourn.as_ref(),
        Measure::WaitPerDossier => totals.wait_per_dossier.as_ref(),
        Measure::OnTime => totals.on_time.as_ref(),
        Measure::Late => totals.late.as_ref(),
        Measure::Trips => totals.trips.as_ref(),
        Measure::Utilisation => totals.utilisation.as_ref(),
        Measure::OfficeCost => totals.office_cost.as_ref(),
        Measure::CitizenCost => totals.citizen_cost.as_ref(),
        _ => None,
    }
}

fn card(reader: Reader, measure: Measure, estimate: &Estimate) -> Html {
    let lang = reader.lang();
    let write = |it| figure(measure, it, lang);
    let name = reader.both(|lang| measure.label(lang).into());
    plain_card(name, write(estimate.mean()), half(estimate, write))
}

fn plain_card(name: Html, mean: String, half: String) -> Html {
    let class = if mean.chars().count() > LONG { "mean long" } else { "mean" };
    let mean = Html::of("div", class, Html::text(mean));
    let half = Html::of("div", "half", Html::text(half));
    Html::of("div", "card", Html::of("div", "name", name).and(&mean).and(&half))
}

fn differences(reader: Reader, all: &Differences) -> Html {
    let mut table: Table = reader.table(
        &[
            ("", ""),
            ("Hiện tại", "As is"),
            ("Sau đổi", "To be"),
            ("Khác biệt", "Difference"),
            ("Khác biệt theo phần trăm của hiện tại", "Difference in per cent of as is"),
            ("Tốt hơn ở", "Better in"),
            ("Kém hơn ở", "Worse in"),
        ],
        &[1, 2, 3, 5, 6],
    );
    let shares: Vec<[f64; 3]> = all.iter().filter_map(share).collect();
    let most = shares.iter().flatten().fold(0.0_f64, |most, it| most.max(it.abs()));
    for it in all.iter() {
        let (measure, lang) = (it.measure(), reader.lang());
        let write = |value| figure(measure, value, lang);
        let [better, worse] = better(it, lang);
        let drawn = share(it).map_or_else(Html::default, |it| meter::around_zero(it, most));
        table.row(vec![
            reader.both(|lang| measure.label(lang).into()),
            Html::text(write(it.as_is())),
            Html::text(write(it.to_be())),
            emphasised(it, lang),
            drawn,
            Html::text(better),
            Html::text(worse),
        ]);
    }
    let scale = reader.both(|lang| {
        let most = number(most * 100.0, 1, lang);
        let text = lang.pick(
            "Thang: từ −{} % đến +{} %; vạch giữa là 0.",
            "Scale: from −{} % to +{} %; the line in the middle is 0.",
        );
        text.replace("{}", &most)
    });
    Html::of("div", "differences", table.finish()).and(&Html::of("p", "remark", scale))
}

/// Writes a difference, in bold when its interval excludes zero.
fn emphasised(it: &Difference, lang: Lang) -> Html {
    let text = Html::text(difference(it, lang));
    let is_sure = it.interval().is_some_and(|it| !it.holds(0.0));
    if is_sure { Html::tag("strong", text) } else { text }
}

/// Returns low, mean and high of a difference as parts of what is.
fn share(it: &Difference) -> Option<[f64; 3]> {
    let whole = it.as_is().abs();
    let (low, high) = it.interval().map_or((it.mean(), it.mean()), |it| (it.low(), it.high()));
    (whole > 0.0).then(|| [low, it.mean(), high].map(|it| it / whole))
}
