//! Back-tests: what a scenario learnt from the first part of a log says of the rest, beside what happened.
//!
//! Dossiers that were open at the cut are the backlog, and others come in at the
//! very moments that were recorded, so that only what happens to them is put to
//! the test. Both sides are measured alike: dossiers that ended between the cut
//! and the end of the log. What the scenario is for, other staff or another
//! procedure, is not tested by any of it.
#![expect(clippy::float_arithmetic, reason = "means and shares are fractions")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use chrono::{NaiveDate, TimeDelta};

use super::distance::{Distances, distances};
use super::estimates::{Estimates, calibrate};
use super::pools::day;
use super::text::{Scope, Wording};
use super::way::{self, Way};
use crate::calendar::{Calendar, Moment};
use crate::conform::{Ending, Model, Trace, replay};
use crate::definition::Procedure;
use crate::diagnostic::{Diagnostic, any_error};
use crate::error::Error;
use crate::fee::Tariff;
use crate::id::Id;
use crate::money::Ratio;
use crate::simulate::figures::{Confidence, Histogram};
use crate::simulate::{self, Estimate, Part, Report, Runs, Summary};
use crate::source::Sources;
use crate::text::{Lang, words};

words! {
    /// What is compared of the time that was held out.
    pub enum Compared as "what is compared: `closed`, `open`, `mean`, `median`, `p90` or `on-time`" {
        /// Dossiers that ended.
        Closed = "closed" ("hồ sơ kết thúc", "dossiers that ended"),
        /// Dossiers that are open at the end.
        Open = "open" ("hồ sơ còn lại cuối kỳ", "open at the end"),
        /// Hours from filing to the end, on average.
        Mean = "mean" ("thời gian trung bình, giờ", "mean time, hours"),
        /// Hours in which half have ended.
        Median = "median" ("trung vị, giờ", "median, hours"),
        /// Hours in which nine of ten have ended.
        NineOfTen = "p90" ("90 % xong trong, giờ", "90 % within, hours"),
        /// The share with which the office was done by the due date.
        OnTime = "on-time" ("tỷ lệ đúng hạn", "share on time"),
    }
}

/// One figure: as it was recorded, and as it was simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Side {
    /// Which figure.
    pub figure: Compared,
    /// What the log has; none where no dossier tells it.
    pub recorded: Option<f64>,
    /// The mean over replications; none where no replication has it.
    pub simulated: Option<f64>,
    /// Between which bounds nineteen of twenty replications lie.
    pub low: Option<f64>,
    /// The upper one.
    pub high: Option<f64>,
    /// Whether the record lies between them; none where that cannot be told.
    pub holds: Option<bool>,
}

/// What became of a back-test.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct BackTest {
    /// The first day that was held out.
    pub from: NaiveDate,
    /// The day after the last.
    pub until: NaiveDate,
    /// How many dossiers were learnt from.
    pub learnt_from: u64,
    /// How many of them were open at the cut.
    pub backlog: u64,
    /// How many were filed after it.
    pub filed: u64,
    /// How many replications were run.
    pub replications: u32,
    /// Figure by figure.
    pub figures: Vec<Side>,
    /// How far the times from filing to end lie apart; none where nothing ended.
    pub distances: Option<Distances>,
}

impl BackTest {
    /// Says in a sentence how it came out.
    pub(super) fn sentence(&self, lang: Lang) -> String {
        let (from, until) = (self.from, self.until.pred_opt().unwrap_or(self.until));
        let told = || self.figures.iter().filter_map(|it| it.holds);
        let (held, all) = (told().filter(|it| *it).count(), told().count());
        let mut text = lang.pick(
            format!("Thử ngược: học từ {} hồ sơ trước {from}, mô phỏng đến {until}; {held}/{all} chỉ số nằm trong khoảng mà 95 % lần chạy cho ra", self.learnt_from),
            format!("Back-test: learnt from {} dossiers before {from} and run until {until}, {held} of {all} figures lie where 95 % of replications do", self.learnt_from),
        );
        if let Some(it) = &self.distances {
            let (own, chance) = (it.hours.recorded, it.hours.by_chance);
            text.push_str(&lang.pick(
                format!("; thời gian lệch trung bình {own:.1} giờ (ngẫu nhiên: đến {chance:.1})"),
                format!(
                    "; times are {own:.1} hours apart on average (by chance up to {chance:.1})"
                ),
            ));
        }
        text.push('.');
        text
    }
}

/// Why nothing was tested.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Untested {
    /// The part that is held out leaves nothing to learn from, or nothing happened in it.
    Nothing,
    /// The calendar does not cover the log.
    Uncovered(Error),
    /// What was learnt from the first part is no scenario that runs.
    Refused(Vec<Diagnostic>),
}

/// Learns from the first part of a log, runs the rest, and compares.
///
/// So much of the time of the log is held out, from a midnight on. The same log
/// and runs give the same answer.
///
/// # Errors
///
/// Why nothing can be tested.
pub fn back_test(
    model: &mut Model<'_>,
    calendar: &Calendar,
    tariff: Option<&Tariff>,
    traces: &[Trace],
    as_of: Option<Moment>,
    held_out: Ratio,
    runs: &Runs,
) -> Result<BackTest, Untested> {
    let moments = || traces.iter().flat_map(|it| &it.entries).map(|it| it.at);
    let (first, last) = moments().min().zip(moments().max()).ok_or(Untested::Nothing)?;
    let end = as_of.map_or(last, |it| it.max(last));
    let cut = cut(calendar, first, end, held_out).ok_or(Untested::Nothing)?;
    let until = last_day(model.procedure(), calendar, end).ok_or(Untested::Nothing)?;
    let rest = midnight(calendar, until).filter(|it| cut < *it).ok_or(Untested::Nothing)?;
    let before: Vec<Trace> = traces.iter().filter_map(|it| until_moment(it, cut)).collect();
    let as_of = cut - TimeDelta::seconds(1);
    let learnt = calibrate(model, calendar, &before, Some(as_of), Confidence::NINETY_FIVE)
        .map_err(Untested::Uncovered)?
        .ok_or(Untested::Nothing)?;
    let record = Record::of(model, calendar, traces, cut..rest);
    let summary = simulated(model, calendar, tariff, &learnt, &record, until, runs)?;
    let report = summary.report();
    let case = learnt.procedure;
    let histograms: Vec<&Histogram> = summary.each_sojourns(&case).collect();
    Ok(BackTest {
        from: learnt.end,
        until,
        learnt_from: learnt.dossiers,
        backlog: learnt.backlog.iter().map(|it| it.1).sum(),
        filed: record.filed.len() as u64,
        replications: summary.replications(),
        figures: Compared::ALL.iter().map(|it| side(*it, &record, &report)).collect(),
        distances: distances(&record.whole, &histograms),
    })
}

/// Returns the midnight from which on so much of the time is left.
fn cut(calendar: &Calendar, first: Moment, end: Moment, held_out: Ratio) -> Option<Moment> {
    let all = i128::from(end.timestamp() - first.timestamp());
    let left = all * i128::from(held_out.numerator()) / i128::from(held_out.denominator());
    let at = end.timestamp() - i64::try_from(left).ok()?;
    let cut = midnight(calendar, day(calendar, at)?)?;
    (first < cut && left > 0).then_some(cut)
}

/// Returns the day after the last of a log, while its version is in force and its calendar covers it.
fn last_day(procedure: &Procedure, calendar: &Calendar, end: Moment) -> Option<NaiveDate> {
    let after = day(calendar, end.timestamp())?.succ_opt()?;
    let ends = [procedure.effective().until(), calendar.covered().1.pred_opt()];
    Some(ends.into_iter().flatten().fold(after, NaiveDate::min))
}

fn midnight(calendar: &Calendar, day: NaiveDate) -> Option<Moment> {
    day.and_hms_opt(0, 0, 0)?.and_local_timezone(calendar.offset()).single()
}

/// Returns what a record had said until a moment; none where it had said nothing.
fn until_moment(trace: &Trace, cut: Moment) -> Option<Trace> {
    let entries: Vec<_> = trace.entries.iter().filter(|it| it.at < cut).cloned().collect();
    let begun = !entries.is_empty();
    begun.then(|| Trace { channel: trace.channel, facts: trace.facts.clone(), entries })
}

/// What was recorded of the time that is held out.
struct Record {
    /// When dossiers were filed.
    filed: Vec<i64>,
    /// From filing to the end of those that ended.
    whole: Histogram,
    seconds: i128,
    closed: u64,
    open: u64,
    on_time: u64,
    late: u64,
}

impl Record {
    fn of(
        model: &mut Model<'_>,
        calendar: &Calendar,
        traces: &[Trace],
        time: Range<Moment>,
    ) -> Self {
        let rest = time.start.timestamp()..time.end.timestamp();
        let mut record = Self {
            filed: Vec::new(),
            whole: Histogram::default(),
            seconds: 0,
            closed: 0,
            open: 0,
            on_time: 0,
            late: 0,
        };
        for trace in traces {
            let Some(way) = way::follow(model, calendar, trace) else { continue };
            let begun = way.stays.first().and_then(|it| it.since);
            record.filed.extend(way.filed.filter(|it| rest.contains(it)));
            let ended = way.stays.last().and_then(|it| it.since).filter(|_| way.has_ended);
            let is_there = begun.is_none_or(|it| it < rest.end);
            record.open += u64::from(is_there && ended.is_none_or(|it| it >= rest.end));
            if let Some(at) = ended.filter(|it| rest.contains(it)) {
                record.closed += 1;
                if let Some(filed) = way.filed {
                    record.whole.record(at - filed);
                    record.seconds += i128::from(at - filed);
                }
            }
            let settled = settled(model, &way).filter(|it| rest.contains(it));
            let due =
                settled.and_then(|_| replay(model, calendar, trace, Ending::Open, time.end)?.due());
            match settled.zip(due) {
                Some((at, due)) if at <= due.timestamp() => record.on_time += 1,
                Some(_) => record.late += 1,
                None => {}
            }
        }
        record.filed.sort_unstable();
        record
    }
}

/// Returns when the office was done with a dossier.
fn settled(model: &Model<'_>, way: &Way) -> Option<i64> {
    let states = model.procedure().states();
    let is_settled =
        |it: &&way::Stay| states.get(it.state).is_some_and(|it| it.portal_status().is_settled());
    way.stays.iter().find(is_settled)?.since
}

/// Runs the time that is held out.
fn simulated(
    model: &Model<'_>,
    calendar: &Calendar,
    tariff: Option<&Tariff>,
    learnt: &Estimates,
    record: &Record,
    until: NaiveDate,
    runs: &Runs,
) -> Result<Summary, Untested> {
    let wording = Wording {
        id: Id::literal("back-test"),
        source: "the first part of the log",
        lang: Lang::En,
        scope: Scope::Rest { until, filed: &record.filed },
        tested: None,
    };
    if record.filed.is_empty() && learnt.backlog.is_empty() {
        return Err(Untested::Nothing);
    }
    let text: String =
        learnt.scenario(model.procedure(), calendar, &wording).map_err(Untested::Refused)?;
    let mut sources = Sources::new();
    sources.add("back-test", text);
    let (scenarios, mut found) = simulate::load(&sources);
    let scenario = scenarios.first().filter(|_| !any_error(&found));
    let procedures = [model.procedure().clone()];
    let bound = scenario.map(|it| it.bind_for_staffing(&procedures, calendar, tariff));
    let bound = bound.and_then(|(bound, more)| {
        found.extend(more);
        bound
    });
    let bound = bound.ok_or(Untested::Refused(found))?;
    Ok(simulate::simulate(&bound, &Runs { part: Part::WHOLE, ..*runs }, &|| {}))
}

fn side(figure: Compared, record: &Record, report: &Report) -> Side {
    let quantile = |share: f64| record.whole.quantile(share).map(hours);
    let recorded = match figure {
        Compared::Closed => Some(record.closed as f64),
        Compared::Open => Some(record.open as f64),
        Compared::Mean => part(record.seconds, record.whole.count()).map(|it| it / 3_600.0),
        Compared::Median => quantile(0.5),
        Compared::NineOfTen => quantile(0.9),
        Compared::OnTime => part(record.on_time.into(), record.on_time + record.late),
    };
    let of = |it: Option<&Estimate>| it.map_or_else(Vec::new, |it| it.values().to_vec());
    let values = report.cases.first().map(|it| {
        let spread = it.sojourn.as_ref();
        match figure {
            Compared::Closed => of(it.all.closed.as_ref()),
            Compared::Open => {
                let (filed, closed) = (of(it.all.filed.as_ref()), of(it.all.closed.as_ref()));
                filed.into_iter().zip(closed).map(|(filed, closed)| filed - closed).collect()
            }
            Compared::Mean => of(it.all.mean_sojourn.as_ref()),
            Compared::Median => of(spread.map(|it| &it.p50)),
            Compared::NineOfTen => of(spread.map(|it| &it.p90)),
            Compared::OnTime => of(it.all.on_time.as_ref()),
        }
    });
    let mut values = values.unwrap_or_default();
    values.sort_by(f64::total_cmp);
    let simulated = (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
    // One in forty lies below, and one above.
    let out = ((values.len() + 1) / 40).saturating_sub(1);
    let (low, high) = (values.get(out).copied(), values.iter().rev().nth(out).copied());
    let between = |it: f64| Some(low? <= it && it <= high?);
    Side { figure, recorded, simulated, low, high, holds: recorded.and_then(between) }
}

fn hours(seconds: i64) -> f64 {
    seconds as f64 / 3_600.0
}

fn part(some: i128, all: u64) -> Option<f64> {
    (all > 0).then(|| some as f64 / all as f64)
}
