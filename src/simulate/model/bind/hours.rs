//! Whether there are hours in which those file who are said to.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::Datelike as _;

use super::Binding;
use crate::calendar::Weekday;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::simulate::model::Arrivals;
use crate::simulate::model::roster::spans;
use crate::simulate::scenario::{ArrivalsDraft, Hours};
use crate::source::{At, Span};

/// What is seen of one day of a run: its weekday, and the hours in which it is open.
type Day = (usize, [bool; 24]);

impl Binding<'_, '_> {
    /// Nobody files at all, or nobody in an hour or on a weekday of some weight.
    pub(super) fn check_hours(
        &self,
        case: At<Id>,
        draft: &ArrivalsDraft,
        arrivals: &Arrivals,
        found: &mut Vec<Diagnostic>,
    ) {
        let Arrivals::Rate { stretches, .. } = arrivals else { return };
        let days = self.open_days(draft, draft.hours.unwrap_or(Hours::Office));
        let wider = self.open_days(draft, Hours::Reception);
        if stretches.is_empty() && draft.rate.value.is_none_or(|it| it.value.number() > 0.0) {
            let message =
                format!("nobody files: no arrival hour of case `{}` has a weight", case.value);
            let diagnostic = Diagnostic::error("bad-figure", draft.span, message);
            found.push(diagnostic.help(help(taking(draft, &wider, |_, _| true))));
            return;
        }
        let weekdays = draft.by_weekday.0.iter().zip(Weekday::ALL).enumerate();
        let closed = weekdays.filter_map(|(place, (weight, day))| {
            let is_asked = |it: usize, _: usize| it == place;
            let occurs = wider.iter().any(|it| it.0 == place);
            (occurs && weight.value > 0 && !is_open(draft, &days, is_asked)).then(|| Closed {
                weight: weight.span,
                name: day.as_str().into(),
                taken_by: taking(draft, &wider, is_asked),
            })
        });
        report(&closed.collect::<Vec<_>>(), found);
        let hours = draft.by_hour.0.iter().enumerate();
        let closed = hours.filter_map(|(place, weight)| {
            let is_asked = |_: usize, it: usize| it == place;
            (weight.value > 0 && !is_open(draft, &days, is_asked)).then(|| Closed {
                weight: weight.span,
                name: format!("{place}:00"),
                taken_by: taking(draft, &wider, is_asked),
            })
        });
        report(&closed.collect::<Vec<_>>(), found);
    }

    /// Returns the days of the run whose month has a weight.
    fn open_days(&self, draft: &ArrivalsDraft, hours: Hours) -> Vec<Day> {
        let head = &self.scenario.draft.scenario.0;
        let (Some(from), Some(until)) = (head.from.0, head.until.0) else { return Vec::new() };
        let days = from.value.iter_days().take_while(|it| *it < until.value);
        let days = days.filter(|it| weighs(&draft.by_month.0, it.month0() as usize));
        days.map(|day| {
            let spans = spans(self.calendar, hours, day).unwrap_or_default();
            let is_open = |hour: u32| {
                spans.iter().any(|(from, until)| *from < (hour + 1) * 3600 && *until > hour * 3600)
            };
            let mut open = [false; 24];
            open.iter_mut().zip(0..).for_each(|(it, hour)| *it = is_open(hour));
            (day.weekday().num_days_from_monday() as usize, open)
        })
        .collect()
    }
}

/// Returns true when people file in some hour that is asked for.
fn is_open(draft: &ArrivalsDraft, days: &[Day], asked: impl Fn(usize, usize) -> bool) -> bool {
    days.iter().filter(|it| weighs(&draft.by_weekday.0, it.0)).any(|(day, open)| {
        open.iter()
            .enumerate()
            .any(|(hour, is_open)| *is_open && weighs(&draft.by_hour.0, hour) && asked(*day, hour))
    })
}

/// Returns true for a place that has a weight; all have where none is written.
fn weighs(weights: &[At<u32>], place: usize) -> bool {
    weights.get(place).is_none_or(|it| it.value > 0)
}

/// Returns the hours by which people could file.
fn taking(draft: &ArrivalsDraft, reception: &[Day], asked: impl Fn(usize, usize) -> bool) -> Hours {
    if is_open(draft, reception, asked) { Hours::Reception } else { Hours::Always }
}

/// A weight that nobody can follow.
struct Closed {
    weight: Span,
    name: String,
    taken_by: Hours,
}

/// Reports the weights of one list that nobody can follow.
fn report(closed: &[Closed], found: &mut Vec<Diagnostic>) {
    let Some(first) = closed.first() else { return };
    let names: Vec<String> = closed.iter().map(|it| format!("`{}`", it.name)).collect();
    let message = format!(
        "the weight of {} lets nobody file: no arrival hour lies there on any day of the run",
        names.join(", ")
    );
    let diagnostic = Diagnostic::warning("weight-without-hours", first.weight, message);
    let hours = closed.iter().map(|it| it.taken_by).min().unwrap_or(Hours::Always);
    found.push(diagnostic.help(help(hours)));
}

fn help(hours: Hours) -> String {
    format!("write `hours = \"{hours}\"` in the arrivals, or other weights")
}
