//! How long dossiers take: a histogram, the share that is done by then, and quantiles.
//!
//! Everything is drawn in whole pixels and seconds.

use std::fmt::Write as _;

use hoso::simulate::figures::Histogram;
use hoso::simulate::{Estimate, Spread};
use hoso::text::Lang;

use super::{Run, Shown, Side, case_heading};
use crate::html::{Html, Reader};
use crate::simulate::figure::{number, whole};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Widths of bins and distances of ticks that people read easily, in seconds.
const ROUND: [i64; 22] = [
    60,
    120,
    300,
    600,
    900,
    1_800,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    5 * DAY,
    10 * DAY,
    20 * DAY,
    30 * DAY,
    60 * DAY,
    120 * DAY,
    365 * DAY,
    1_000 * DAY,
];

const MOST_BINS: i64 = 40;
const MOST_TICKS: i64 = 9;

// The picture: margins, the width of a panel, the heights of both, and what is between.
const LEFT: i64 = 56;
const WIDTH: i64 = 660;
const RIGHT: i64 = 36;
const TOP: i64 = 12;
const BARS: i64 = 150;
const GAP: i64 = 26;
const CURVE: i64 = 120;
const FOOT: i64 = 40;

pub(super) fn lengths(reader: Reader, shown: &Shown<'_>) -> Html {
    let mut all = reader.heading("Từ khi nộp đến khi kết thúc", "From filing to the end");
    for (at, case) in shown.as_is.report.cases.iter().enumerate() {
        let same = |run: &Run<'_>| run.report.cases.iter().any(|it| it.case == case.case);
        let runs: Vec<(Side, Run<'_>)> =
            shown.runs().into_iter().filter(|(_, it)| same(it)).collect();
        let lengths = runs.iter().map(|(side, it)| (*side, it.ran.summary.sojourns(&case.case)));
        let lengths: Vec<(Side, Histogram)> = lengths.filter(|(_, it)| it.count() > 0).collect();
        all = all.and(&case_heading(reader, &shown.as_is, at));
        let Some(chart) = Chart::of(&lengths) else {
            all = all.and(&reader.remark("Không hồ sơ nào kết thúc.", "No dossier ended."));
            continue;
        };
        let legend = runs.iter().map(|(side, _)| side.label(reader));
        all = all.and(&Html::of("p", "legend", Html::joined(legend, " ")));
        all = all.and(&chart.draw(reader)).and(&quantiles(reader, &runs, &case.case));
    }
    all
}

fn quantiles(reader: Reader, runs: &[(Side, Run<'_>)], case: &hoso::id::Id) -> Html {
    let heads = [
        ("Giờ", "Hours"),
        ("Trung bình", "Mean"),
        ("Một nửa", "Half (p50)"),
        ("9 trong 10 (p90)", "9 of 10 (p90)"),
        ("19 trong 20 (p95)", "19 of 20 (p95)"),
        ("99 trong 100 (p99)", "99 of 100 (p99)"),
    ];
    let mut table = reader.table(&heads, &[1, 2, 3, 4, 5]);
    for (side, run) in runs {
        let found = run.report.cases.iter().find(|it| it.case == *case);
        let Some(it) = found.and_then(|it| it.sojourn.as_ref()) else { continue };
        let Spread { mean, p50, p90, p95, p99, .. } = it;
        let figure = |it: &Estimate| Html::text(whole(it, |it| number(it, 2, reader.lang())));
        let name = match side {
            Side::Only => reader.both(|lang| run.desk.scenario.name(lang).into()),
            _ => side.label(reader),
        };
        let mut cells = vec![name];
        cells.extend([mean, p50, p90, p95, p99].map(figure));
        table.row(cells);
    }
    table.finish()
}

/// Counts of lengths in bins of one width, for one run or two.
struct Chart {
    bin: i64,
    bins: i64,
    series: Vec<Series>,
}

struct Series {
    side: Side,
    /// One for each bin, and one for all that are longer.
    counts: Vec<u64>,
    all: u64,
}

impl Chart {
    fn of(lengths: &[(Side, Histogram)]) -> Option<Self> {
        let most = lengths.iter().filter_map(|(_, it)| it.quantile(0.99)).max()?;
        let span = most.saturating_add(most / 10).max(60);
        let fits = |it: &&i64| span / **it < MOST_BINS;
        let bin = ROUND.iter().find(fits).copied().unwrap_or(1_000 * DAY);
        let bins = (span / bin + 1).min(MOST_BINS);
        let series = lengths.iter().map(|(side, it)| Series::of(*side, it, bin, bins)).collect();
        Some(Self { bin, bins, series })
    }

    fn span(&self) -> i64 {
        self.bin * self.bins
    }

    fn x(&self, seconds: i64) -> i64 {
        LEFT + seconds.saturating_mul(WIDTH) / self.span().max(1)
    }

    fn draw(&self, reader: Reader) -> Html {
        let mut body = String::new();
        self.grid(reader.lang(), &mut body);
        let peak = self.series.iter().flat_map(Series::shares).max().unwrap_or(1).max(1);
        for it in &self.series {
            self.bars(it, peak, &mut body);
        }
        for it in &self.series {
            self.curve(it, &mut body);
        }
        let (width, height) = (LEFT + WIDTH + RIGHT, TOP + BARS + GAP + CURVE + FOOT);
        let told = reader.both(|lang| match (lang, length(self.bin, lang)) {
            (Lang::Vi, bin) => format!("Trên: phần hồ sơ trong mỗi khoảng {bin}. Dưới: phần hồ sơ đã kết thúc đến lúc đó. {}", self.beyond(lang)),
            (_, bin) => format!("Above: the share of dossiers in each {bin}. Below: the share that has ended by then. {}", self.beyond(lang)),
        });
        Html::drawn(format_args!(
            "<svg class=\"lengths\" viewBox=\"0 0 {width} {height}\" role=\"img\">{body}</svg>"
        ))
        .and(&Html::of("p", "remark", told))
    }

    /// Says how many took longer than is drawn.
    fn beyond(&self, lang: Lang) -> String {
        let shares = self.series.iter().map(|it| {
            let beyond = it.counts.last().copied().unwrap_or(0);
            format!("{} %", hundredths(beyond.saturating_mul(10_000) / it.all.max(1), lang))
        });
        let shares: Vec<String> = shares.collect();
        format!("{} {}.", lang.pick("Lâu hơn nữa:", "Longer than that:"), shares.join("; "))
    }

    fn grid(&self, lang: Lang, out: &mut String) {
        let (foot, right) = (TOP + BARS + GAP + CURVE, LEFT + WIDTH);
        let step = ROUND.iter().find(|it| self.span() / **it <= MOST_TICKS);
        let step = step.copied().unwrap_or(1_000 * DAY);
        let unit = [DAY, HOUR, 60].into_iter().find(|it| step % it == 0).unwrap_or(60);
        let mut at = 0;
        while at <= self.span() {
            let x = self.x(at);
            let _ = write!(
                out,
                "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{TOP}\" y2=\"{foot}\"/>\
                 <text class=\"tick\" x=\"{x}\" y=\"{}\">{}</text>",
                foot + 18,
                length_in(unit, at, lang)
            );
            at += step;
        }
        for percent in [0, 50, 90, 100] {
            let y = self.curve_y(percent * 10_000);
            let _ = write!(
                out,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>\
                 <text class=\"level\" x=\"{}\" y=\"{}\">{percent} %</text>",
                LEFT - 6,
                y + 4
            );
        }
        let y = TOP + BARS;
        let _ = write!(
            out,
            "<line class=\"axis\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>"
        );
    }

    fn bars(&self, series: &Series, peak: u64, out: &mut String) {
        let height = |share: u64| i64::try_from(share * 140 / peak).unwrap_or(0);
        let floor = TOP + BARS;
        if series.side != Side::ToBe {
            for (place, share) in (0..).zip(series.shares()) {
                let (left, right) = (self.x(place * self.bin), self.x((place + 1) * self.bin));
                let tall = height(share);
                let _ = write!(
                    out,
                    "<rect class=\"was\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{tall}\"/>",
                    floor - tall,
                    (right - left - 1).max(1)
                );
            }
        } else {
            let mut path = format!("M{LEFT} {floor}");
            for (place, share) in (0..).zip(series.shares()) {
                let y = floor - height(share);
                let _ = write!(path, " V{y} H{}", self.x((place + 1) * self.bin));
            }
            let _ = write!(out, "<path class=\"outline will\" d=\"{path} V{floor}\"/>");
        }
        if series.side != Side::ToBe {
            let top = hundredths(peak / 100, Lang::En);
            let _ = write!(
                out,
                "<text class=\"level\" x=\"{}\" y=\"{}\">{} %</text>",
                LEFT - 6,
                floor - 140 + 4,
                top.split('.').next().unwrap_or(&top)
            );
        }
    }

    /// Returns where a share in millionths stands in the lower panel.
    fn curve_y(&self, share: i64) -> i64 {
        TOP + BARS + GAP + CURVE - share * CURVE / 1_000_000
    }

    fn curve(&self, series: &Series, out: &mut String) {
        let mut path = format!("M{LEFT} {}", self.curve_y(0));
        let mut sum = 0;
        for (place, count) in (1..=self.bins).zip(&series.counts) {
            sum += count;
            let share = i64::try_from(sum.saturating_mul(1_000_000) / series.all.max(1));
            let _ =
                write!(path, " L{} {}", self.x(place * self.bin), self.curve_y(share.unwrap_or(0)));
        }
        let class = series.side.class();
        let _ = write!(out, "<path class=\"curve {class}\" d=\"{path}\"/>");
    }
}

impl Series {
    fn of(side: Side, lengths: &Histogram, bin: i64, bins: i64) -> Self {
        let mut counts = vec![0; usize::try_from(bins + 1).unwrap_or(1)];
        for cell in lengths.cells() {
            let place = (cell.middle() / bin.max(1)).clamp(0, bins);
            let place = usize::try_from(place).unwrap_or(0);
            counts.get_mut(place).into_iter().for_each(|it| *it += cell.count());
        }
        Self { side, counts, all: lengths.count() }
    }

    /// Returns the share of each bin in millionths; what is longer is left out.
    fn shares(&self) -> impl Iterator<Item = u64> {
        let drawn = self.counts.len().saturating_sub(1);
        self.counts.iter().take(drawn).map(|it| it.saturating_mul(1_000_000) / self.all.max(1))
    }
}

/// Writes hundredths as a number with two decimals.
fn hundredths(value: u64, lang: Lang) -> String {
    format!("{}{}{:02}", value / 100, lang.pick(',', '.'), value % 100)
}

/// Writes a round length of time in the greatest unit that it is whole in.
fn length(seconds: i64, lang: Lang) -> String {
    let unit = [DAY, HOUR, 60].into_iter().find(|it| seconds % it == 0).unwrap_or(60);
    length_in(unit, seconds, lang)
}

fn length_in(unit: i64, seconds: i64, lang: Lang) -> String {
    let count = seconds / unit.max(1);
    let word = match unit {
        _ if count == 0 => return "0".into(),
        DAY => lang.pick("ngày", if count == 1 { "day" } else { "days" }),
        HOUR => lang.pick("giờ", "h"),
        _ => lang.pick("phút", "min"),
    };
    format!("{count} {word}")
}
