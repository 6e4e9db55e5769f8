//! A moment of a list of arrivals, in the local time of the calendar.

use alloc::string::String;
use core::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime};
use toml::de::DeValue;

use crate::read::{Leaf, MAX_MOMENTS, Node, Reader};

/// A local date and time of day, such as `2026-06-01T09:30:00`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct LocalMoment(pub(crate) NaiveDateTime);

impl Leaf for LocalMoment {
    const EXPECTED: &'static str = "a local moment such as 2026-06-01T09:30:00";
    const MOST: usize = MAX_MOMENTS;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let written = match node.value() {
            DeValue::Datetime(it) if it.offset.is_none() => it.date.zip(it.time),
            _ => None,
        };
        let moment = written.and_then(|(date, time)| {
            let day =
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
            let second = time.second.unwrap_or(0);
            day.and_hms_opt(time.hour.into(), time.minute.into(), second.into())
        });
        if moment.is_none() {
            cx.wrong_type(node, Self::EXPECTED);
        }
        moment.map(Self)
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{}", self.0.format("%Y-%m-%dT%H:%M:%S"));
    }
}
