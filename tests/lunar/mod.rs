//! The Vietnamese lunisolar calendar (UTC+7): an oracle, never part of the library.
//!
//! New moons and solar longitude by the truncated series that Hồ Ngọc Đức
//! published, after Meeus. Days are Julian day numbers at local midnight.

use chrono::{Datelike, Days, NaiveDate};
use std::f64::consts::PI;

const OFFSET: f64 = 7.0 / 24.0;
const MONTH: f64 = 29.530_588_853;
/// Julian day number of the day before 0001-01-01, from which chrono counts.
const EPOCH: i64 = 1_721_425;

/// A lunar month: its first day, its number, and whether it is a leap month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Month {
    pub(crate) first: NaiveDate,
    pub(crate) number: u32,
    pub(crate) leap: bool,
}

/// Returns the months from the eleventh of the lunar year before `year` to the next eleventh.
pub(crate) fn months(year: i32) -> Vec<Month> {
    let (first, last) = (eleventh(year - 1), eleventh(year));
    let moons: Vec<i64> = (first.0..=last.0).map(new_moon).collect();
    let leap = (moons.len() == 14).then(|| {
        let sectors: Vec<u32> = moons.iter().map(|it| sector(*it)).collect();
        1 + sectors[1..].windows(2).position(|it| it[0] == it[1]).unwrap()
    });
    let mut number = 10;
    moons
        .iter()
        .enumerate()
        .map(|(idx, day)| {
            let leap = leap == Some(idx);
            number += u32::from(!leap);
            Month { first: date(*day), number: (number - 1) % 12 + 1, leap }
        })
        .collect()
}

/// Returns the first day of the lunar year (Tết).
pub(crate) fn tet(year: i32) -> NaiveDate {
    months(year).iter().find(|it| it.number == 1 && !it.leap).unwrap().first
}

/// Returns the tenth day of the third month (Giỗ Tổ Hùng Vương).
pub(crate) fn hung_kings(year: i32) -> NaiveDate {
    let third = months(year).into_iter().find(|it| it.number == 3 && !it.leap).unwrap();
    third.first + Days::new(9)
}

/// Returns the number of days of the month before Tết.
pub(crate) fn last_month(year: i32) -> i64 {
    let months = months(year);
    let new_year = months.iter().position(|it| it.number == 1 && !it.leap).unwrap();
    (months[new_year].first - months[new_year - 1].first).num_days()
}

/// Returns the leap month of a lunar year.
pub(crate) fn leap(year: i32) -> Option<u32> {
    let (from, until) = (tet(year), tet(year + 1));
    let all = months(year).into_iter().chain(months(year + 1));
    all.filter(|it| it.leap && from <= it.first && it.first < until).map(|it| it.number).next()
}

/// Returns number and day of the new moon that begins the month of the winter solstice.
fn eleventh(year: i32) -> (i64, i64) {
    let end = julian(NaiveDate::from_ymd_opt(year, 12, 31).unwrap());
    let number = ((end as f64 - 2_415_021.077) / MONTH).floor() as i64;
    let day = new_moon(number);
    if sector(day) >= 9 { (number - 1, new_moon(number - 1)) } else { (number, day) }
}

/// Returns the local day of the `k`-th new moon since 1900.
fn new_moon(k: i64) -> i64 {
    let k = k as f64;
    let t = k / 1236.85;
    let (t2, t3, dr) = (t * t, t * t * t, PI / 180.0);
    let mean = 2_415_020.759_33 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
        + 0.00033 * ((166.56 + 132.87 * t - 0.009173 * t2) * dr).sin();
    let m = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * dr;
    let mp = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * dr;
    let f = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * dr;
    let c1 = (0.1734 - 0.000393 * t) * m.sin() + 0.0021 * (2.0 * m).sin() - 0.4068 * mp.sin()
        + 0.0161 * (2.0 * mp).sin()
        - 0.0004 * (3.0 * mp).sin()
        + 0.0104 * (2.0 * f).sin()
        - 0.0051 * (m + mp).sin()
        - 0.0074 * (m - mp).sin()
        + 0.0004 * (2.0 * f + m).sin()
        - 0.0004 * (2.0 * f - m).sin()
        - 0.0006 * (2.0 * f + mp).sin()
        + 0.0010 * (2.0 * f - mp).sin()
        + 0.0005 * (2.0 * mp + m).sin();
    let delta = -0.000278 + 0.000265 * t + 0.000262 * t2;
    (mean + c1 - delta + 0.5 + OFFSET).floor() as i64
}

/// Returns the twelfth of the ecliptic in which the sun stands at the local midnight of a day.
fn sector(day: i64) -> u32 {
    let t = (day as f64 - 2_451_545.5 - OFFSET) / 36525.0;
    let (t2, dr) = (t * t, PI / 180.0);
    let m = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
    let l0 = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
    let dl = (1.914600 - 0.004817 * t - 0.000014 * t2) * (dr * m).sin()
        + (0.019993 - 0.000101 * t) * (2.0 * dr * m).sin()
        + 0.000290 * (3.0 * dr * m).sin();
    let longitude = ((l0 + dl) * dr).rem_euclid(2.0 * PI);
    (longitude / PI * 6.0).floor() as u32
}

fn julian(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) + EPOCH
}

fn date(julian: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt((julian - EPOCH) as i32).unwrap()
}
