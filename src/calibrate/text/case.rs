//! The case: its papers, channels, facts, answers and arrivals.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::DateTime;

use super::words::{bounds, chance, decimals, hundredths, key, ratio};
use super::{Page, Scope};
use crate::calibrate::facts::FactShares;
use crate::simulate::Basis;

/// The most combinations of facts that are written.
const MOST_COMBINATIONS: usize = 2_048;

impl<'p> Page<'p> {
    pub(super) fn case(&mut self) {
        let estimates = self.estimates;
        let name = key(estimates.procedure.as_str());
        self.line(format!("\n[case.{name}]"));
        self.text("procedure", estimates.procedure.as_str());
        self.text("version", estimates.version.as_str());
        if let Some(it) = &estimates.complete {
            self.line(format!("complete = \"{}\"", ratio(it)));
        }
        self.channels();
        let (fixed, drawn) = self.facts();
        if !fixed.is_empty() {
            let fixed: Vec<String> = fixed
                .iter()
                .filter_map(|it| {
                    Some(format!("{} = \"{}\"", key(it.fact.as_str()), commonest(it)?))
                })
                .collect();
            self.line(format!("facts = {{ {} }}", fixed.join(", ")));
        }
        if self.wording.scope.has_backlog() {
            self.backlog();
        }
        if let Some(it) = &estimates.complete {
            let word = self.pick("Đủ giấy tờ khi nộp", "Papers complete when filed");
            let note = format!("{word}: {}.", chance(it));
            self.text("note", &note);
        }
        self.arrivals(&name);
        for it in drawn {
            self.drawn(&name, it);
        }
        for it in &estimates.answers {
            let Some(after) = &it.after else { continue };
            self.line(format!("\n[case.{name}.answer.{}]", key(it.consultation.as_str())));
            self.line(format!("after = {}", after.distribution()));
            if it.counted == Basis::Office {
                self.line("counted = \"office\"");
            }
            self.line(format!("silent = \"{}%\"", hundredths(it.silent.mean())));
            if let Some(other) = it.assumed_as {
                let assumed = self.wording.lang.pick(
                    format!("nhật ký không có trả lời nào: lấy như của `{other}`"),
                    format!("the log has no answer: it is taken to answer as `{other}` did"),
                );
                self.text("assumed", &assumed);
            }
            let (asked, answered) = (it.asked, it.answered);
            let silent = bounds(&it.silent);
            let fit = self.fit(after);
            let note = self.wording.lang.pick(
                format!("Hỏi {asked} lần, trả lời {answered}. Im lặng {silent}. Trả lời: {fit}"),
                format!(
                    "Asked {asked} times, answered {answered}. Silent {silent}. Answers: {fit}"
                ),
            );
            self.text("note", &note);
        }
    }

    fn channels(&mut self) {
        let all: u64 = self.estimates.channels.iter().map(|it| it.1).sum();
        let shares: Vec<String> = match self.estimates.channels.as_slice() {
            [] => self
                .procedure
                .channels()
                .iter()
                .take(1)
                .map(|it| format!("{it} = \"100%\""))
                .collect(),
            some => some.iter().map(|(it, count)| format!("{it} = \"{count}/{all}\"")).collect(),
        };
        self.line(format!("channels = {{ {} }}", shares.join(", ")));
    }

    /// Returns the facts with one value, and those that are drawn; as few are drawn as the cases allow.
    fn facts(&self) -> (Vec<&'p FactShares>, Vec<&'p FactShares>) {
        let mut all: Vec<&'p FactShares> = self.estimates.facts.iter().collect();
        all.retain(|it| it.fact != crate::definition::CHANNEL);
        all.sort_by_key(|it| !it.decides);
        let mut combinations = self.estimates.channels.len().max(1);
        all.into_iter().partition(|it| {
            let more = combinations.saturating_mul(it.values.len());
            let is_fixed = it.values.len() <= 1 || more > MOST_COMBINATIONS;
            if !is_fixed {
                combinations = more;
            }
            is_fixed
        })
    }

    fn drawn(&mut self, case: &str, it: &FactShares) {
        self.line(format!("\n[case.{case}.fact.{}]", key(it.fact.as_str())));
        let all: u64 = it.values.iter().map(|it| it.1).sum();
        let chances: Vec<String> = it
            .values
            .iter()
            .map(|(value, count)| format!("{} = \"{count}/{all}\"", key(&format!("{value}"))))
            .collect();
        self.line(format!("chances = {{ {} }}", chances.join(", ")));
        let (told, dossiers) = (it.told, self.estimates.dossiers);
        let note = self.wording.lang.pick(
            format!("Được ghi ở {told} trên {dossiers} hồ sơ."),
            format!("Recorded of {told} of {dossiers} dossiers."),
        );
        self.text("note", &note);
    }

    fn backlog(&mut self) {
        let states: Vec<String> = self
            .estimates
            .backlog
            .iter()
            .map(|(state, count)| format!("{} = {count}", key(state.as_str())))
            .collect();
        if states.is_empty() {
            return;
        }
        self.line(format!("backlog = {{ {} }}", states.join(", ")));
        if let Some(age) = &self.estimates.backlog_age {
            self.line(format!("backlog-age = {}", age.distribution()));
        }
    }

    fn moments(&mut self, moments: &[i64]) {
        let offset = self.calendar.offset();
        let moments: Vec<String> = moments
            .iter()
            .filter_map(|at| DateTime::from_timestamp(*at, 0))
            .map(|at| format!("{}", at.with_timezone(&offset).format("%Y-%m-%dT%H:%M:%S")))
            .collect();
        self.line(format!("at = [{}]", moments.join(", ")));
    }

    fn arrivals(&mut self, case: &str) {
        if let Scope::Rest { filed, .. } = self.wording.scope {
            if !filed.is_empty() {
                self.line(format!("\n[case.{case}.arrivals]"));
                self.moments(filed);
            }
            return;
        }
        let Some(it) = &self.estimates.arrivals else { return };
        self.line(format!("\n[case.{case}.arrivals]"));
        let is_recorded = matches!(self.wording.scope, Scope::Recorded);
        if is_recorded {
            self.moments(&it.moments);
        } else {
            self.line(format!("rate = \"{} per day\"", decimals(it.per_day.mean())));
            if let Some(cv) = it.cv {
                self.line(format!("cv = {}", decimals(cv)));
            }
            self.line(format!("hours = \"{}\"", it.hours));
            for (word, weights) in [
                ("by-hour", &it.by_hour),
                ("by-weekday", &it.by_weekday),
                ("by-month", &it.by_month),
            ] {
                if !weights.is_empty() {
                    self.line(format!("{word} = {weights:?}"));
                }
            }
        }
        let (filed, days) = (it.counted, it.days);
        let (low, high) = (decimals(it.per_day.low()), decimals(it.per_day.high()));
        let (dispersion, cv) = (it.dispersion, it.gap_cv);
        let note = self.wording.lang.pick(
            format!("{filed} hồ sơ trong {days} ngày: {low}–{high} mỗi ngày; phương sai/trung bình {dispersion:.2}, hệ số biến thiên của khoảng cách {cv:.2} (Poisson: 1)."),
            format!("{filed} dossiers on {days} days: {low}–{high} a day; variance over mean {dispersion:.2}, gaps vary by {cv:.2} (Poisson: 1)."),
        );
        self.text("note", &note);
        if it.is_uneven() && !is_recorded {
            let assumed = self.pick(
                "các ngày khác nhau như trong nhật ký vì khoảng cách giữa các hồ sơ biến động; trong một ngày hồ sơ có thể đến dồn hơn",
                "days differ as in the log because gaps between dossiers vary; within a day they may come in denser bursts",
            );
            self.text("assumed", assumed);
        }
    }
}

/// Returns the value that most dossiers have.
fn commonest(it: &FactShares) -> Option<String> {
    it.values.iter().max_by_key(|it| it.1).map(|it| format!("{}", it.0))
}
