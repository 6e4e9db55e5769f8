//! The index of Decision 766/QĐ-TTg, as far as a run tells of it.

use hoso::quality::Indicator;
use hoso::simulate::{Estimate, IndexReport};
use hoso::text::Lang;

use super::figure::{hundred, number, whole};

/// An indicator that a run tells, with its figure where there is one.
pub(super) struct Row<'i> {
    pub(super) indicator: Indicator,
    words: [&'static str; 2],
    estimate: Option<&'i Estimate>,
    write: fn(f64, Lang) -> String,
}

impl Row<'_> {
    /// Returns the number of the indicator, and what is told of it.
    pub(super) fn name(&self, lang: Lang) -> String {
        let [vi, en] = self.words;
        format!("{} {}", self.indicator.as_str(), lang.pick(vi, en))
    }

    /// Writes the figure with half of its interval.
    pub(super) fn figure(&self, lang: Lang) -> String {
        self.written(|it| whole(it, |it| (self.write)(it, lang)))
    }

    /// Writes the mean alone.
    pub(super) fn mean(&self, lang: Lang) -> String {
        self.written(|it| (self.write)(it.mean(), lang))
    }

    fn written(&self, write: impl Fn(&Estimate) -> String) -> String {
        self.estimate.map_or_else(|| "–".into(), write)
    }
}

/// Returns what is told.
pub(super) fn rows(index: &IndexReport) -> [Row<'_>; 3] {
    let percent: fn(f64, Lang) -> String = |it, lang| format!("{} %", number(hundred(it), 2, lang));
    [
        Row {
            indicator: Indicator::OnTime,
            words: ["đúng hạn", "on time"],
            estimate: index.on_time.as_ref(),
            write: percent,
        },
        Row {
            indicator: Indicator::MeanTime,
            words: ["thời gian giải quyết, giờ", "time of settling, hours"],
            estimate: index.mean_time.as_ref(),
            write: |it, lang| number(it, 3, lang),
        },
        Row {
            indicator: Indicator::Online,
            words: ["trực tuyến, không quá", "online, at most"],
            estimate: index.online_at_most.as_ref(),
            write: percent,
        },
    ]
}

/// Returns the numbers of the indicators that a run cannot tell.
pub(super) fn unknown(index: &IndexReport) -> String {
    let unknown: Vec<&str> = index.unknown.iter().map(|it| it.as_str()).collect();
    unknown.join(", ")
}
