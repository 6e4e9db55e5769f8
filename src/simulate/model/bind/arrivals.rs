//! From written rates and weights to stretches of time with one rate.
#![expect(clippy::float_arithmetic, reason = "a rate of arrivals is no money")]

use alloc::vec::Vec;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime};

use super::Binding;
use crate::error::Error;
use crate::simulate::model::Arrivals;
use crate::simulate::model::roster::{seconds, spans};
use crate::simulate::scenario::{ArrivalsDraft, Hours, Per, uneven};
use crate::source::At;

impl Binding<'_, '_> {
    /// Lays a rate over the days of the run.
    ///
    /// # Errors
    ///
    /// When a day is outside the calendar's coverage.
    pub(super) fn arrivals(
        &self,
        draft: &ArrivalsDraft,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Arrivals, Error> {
        if let Some(of) = draft.after.value {
            let delay = draft.gap.value.as_ref().map(|it| it.value.clone());
            return Ok(Arrivals::After { of: of.value, delay });
        }
        if !draft.at.is_absent() {
            let moments = draft.at.0.iter().map(|it| seconds(self.calendar, it.value.0));
            return Ok(Arrivals::At(moments.collect()));
        }
        let hours = draft.hours.unwrap_or(Hours::Office);
        let (by_weekday, by_month) = (weights(&draft.by_weekday.0), weights(&draft.by_month.0));
        let by_hour = weights(&draft.by_hour.0);
        let mut stretches = Vec::new();
        let mut day = from;
        while day < until {
            let weight = weight(&by_weekday, day.weekday().num_days_from_monday())
                * weight(&by_month, day.month0());
            let windows = windows(&spans(self.calendar, hours, day)?, &by_hour);
            let midnight = seconds(self.calendar, day.and_time(NaiveTime::MIN));
            let total: f64 =
                windows.iter().map(|(from, until, it)| f64::from(until - from) * it).sum();
            for (from, until, share) in windows {
                let rate = match (&draft.rate.value, &draft.gap.value) {
                    (Some(rate), _) => match rate.value.per() {
                        Per::Hour => rate.value.number() * share / 3600.0,
                        Per::Day => rate.value.number() * share / total,
                    },
                    (None, Some(gap)) => share / gap.value.mean(),
                    (None, None) => 0.0,
                };
                let (from, until) = (midnight + i64::from(from), midnight + i64::from(until));
                Arrivals::push(&mut stretches, from, until, rate * weight);
            }
            day = day.checked_add_days(Days::new(1)).ok_or_else(Error::overflow)?;
        }
        let own = draft.gap.value.as_ref().map(|it| it.value.clone());
        let gap = own.or_else(|| uneven(draft.cv?.value));
        Ok(Arrivals::Rate { stretches, gap })
    }
}

/// Returns weights whose mean, over those that are not zero, is one.
fn weights(written: &[At<u32>]) -> Vec<f64> {
    let some: Vec<f64> =
        written.iter().filter(|it| it.value > 0).map(|it| f64::from(it.value)).collect();
    let mean = some.iter().sum::<f64>() / some.len().max(1) as f64;
    written.iter().map(|it| f64::from(it.value) / mean).collect()
}

fn weight(weights: &[f64], place: u32) -> f64 {
    weights.get(place as usize).copied().unwrap_or(1.0)
}

/// Cuts the hours of a day where the weight changes.
fn windows(spans: &[(u32, u32)], by_hour: &[f64]) -> Vec<(u32, u32, f64)> {
    if by_hour.is_empty() {
        return spans.iter().map(|(from, until)| (*from, *until, 1.0)).collect();
    }
    let hours = (0_u32..24).zip(by_hour);
    let cut = |(from, until): (u32, u32)| {
        hours.clone().filter_map(move |(hour, weight)| {
            let (from, until) = (from.max(hour * 3600), until.min((hour + 1) * 3600));
            (from < until && *weight > 0.0).then_some((from, until, *weight))
        })
    };
    spans.iter().flat_map(|it| cut(*it)).collect()
}
