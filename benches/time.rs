//! Due dates and office hours beside hand-written tables, a naive loop, and the crates of the trade.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "a bench stops when its work cannot be done, and divides nanoseconds"
)]

mod ratios;

use bdays::{HolidayCalendar, HolidayCalendarCache};
use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveTime};
use hoso::calendar::Calendar;
use hoso::clock::{Clock, Limit, Unit};
use hoso::source::Sources;
use jiff::{SignedDuration, Timestamp};
use ratios::Contest;
use workclock::{Holidays, Schedule, Weekdays, WorkDay};

const QUERIES: usize = 1024;
const DAY: i64 = 86_400;

/// A stream of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % bound
    }
}

/// What a date adds to a checksum; no day number is computed for it.
fn mark(date: NaiveDate) -> u64 {
    u64::from(date.year().unsigned_abs() * 512 + date.ordinal())
}

fn hanoi() -> Calendar {
    let mut sources = Sources::new();
    sources.add("vietnam", include_str!("../procedures/calendars/vietnam.toml"));
    sources.add("hanoi", include_str!("../procedures/calendars/hanoi.toml"));
    Calendar::parse_all(&sources).0.into_iter().find(|it| it.id() == "hanoi").unwrap()
}

fn main() {
    let calendar = hanoi();
    due_dates(&calendar);
    office_hours(&calendar);
}

/// Rank and select over day numbers, and nothing else: no coverage, no provisional days.
struct Tables {
    first: i32,
    rank: Vec<u16>,
    select: Vec<u16>,
}

impl Tables {
    fn new(calendar: &Calendar) -> Self {
        let (from, until) = calendar.covered();
        let (mut rank, mut select) = (Vec::new(), Vec::new());
        for (idx, date) in from.iter_days().take_while(|it| *it < until).enumerate() {
            rank.push(u16::try_from(select.len()).unwrap());
            if calendar.is_working_day(date).unwrap() {
                select.push(u16::try_from(idx).unwrap());
            }
        }
        rank.push(u16::try_from(select.len()).unwrap());
        Self { first: from.num_days_from_ce(), rank, select }
    }

    fn add(&self, index: usize, days: u32) -> usize {
        usize::from(self.select[usize::from(self.rank[index + 1]) + days as usize - 1])
    }

    fn add_civil(&self, date: NaiveDate, days: u32) -> NaiveDate {
        let index = self.add((date.num_days_from_ce() - self.first) as usize, days);
        NaiveDate::from_num_days_from_ce_opt(self.first + index as i32).unwrap()
    }
}

/// The calendar as `bdays` asks for it.
struct Peer<'c>(&'c Calendar);

impl HolidayCalendar<NaiveDate> for Peer<'_> {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        !self.is_bday(date)
    }

    fn is_bday(&self, date: NaiveDate) -> bool {
        self.0.is_working_day(date).unwrap()
    }
}

fn naive(calendar: &Calendar, mut date: NaiveDate, days: u32) -> NaiveDate {
    let mut left = days;
    while left > 0 {
        date = date.succ_opt().unwrap();
        left -= u32::from(calendar.is_working_day(date).unwrap());
    }
    date
}

fn due_dates(calendar: &Calendar) {
    let mut dice = Dice(7);
    let (from, until) = calendar.covered();
    let working: Vec<NaiveDate> = from
        .iter_days()
        .take_while(|it| *it < until)
        .filter(|it| calendar.is_working_day(*it).unwrap())
        .collect();
    let queries: Vec<(NaiveDate, u32)> = (0..QUERIES)
        .map(|_| {
            let start = working[dice.below(working.len() as u64 - 40) as usize];
            (start, 1 + dice.below(30) as u32)
        })
        .collect();
    let offset = calendar.offset();
    let at: Vec<(DateTime<FixedOffset>, Limit)> = queries
        .iter()
        .map(|(date, days)| {
            let time = date.and_time(NaiveTime::MIN).and_local_timezone(offset).unwrap();
            (time, Limit::new(*days, Unit::WorkingDays).unwrap())
        })
        .collect();
    let tables = Tables::new(calendar);
    let cache = HolidayCalendarCache::new(Peer(calendar), from, until.pred_opt().unwrap());
    let sum = |answer: &dyn Fn(NaiveDate, u32) -> u64| -> u64 {
        queries.iter().map(|(date, days)| answer(*date, *days)).sum()
    };
    let mut contest = Contest::new("a working-day due date", QUERIES);
    contest.enter("limit: tables, civil dates in and out", || {
        queries.iter().map(|(date, days)| mark(tables.add_civil(*date, *days))).sum()
    });
    contest.enter("hoso: Calendar::add_working_days", || {
        queries
            .iter()
            .map(|(date, days)| mark(calendar.add_working_days(*date, *days).unwrap()))
            .sum()
    });
    contest.enter("hoso: Clock::due, a moment in and out", || {
        at.iter()
            .map(|(at, limit)| {
                let clock = Clock::start((*limit).into(), *at);
                mark(clock.due(calendar).unwrap().unwrap().date())
            })
            .sum()
    });
    contest.enter("a loop over days", || sum(&|date, days| mark(naive(calendar, date, days))));
    contest.enter("bdays 0.1, cached", || {
        sum(&|date, days| mark(cache.advance_bdays(date, days as i32)))
    });
    contest.print();
}

/// Seconds of a uniform day of two sessions.
const SESSIONS: [(i64, i64); 2] = [(8 * 3600, 12 * 3600), (48_600, 63_000)];
const WORKED: i64 = 8 * 3600;

/// Adds office time to a local second; `epoch` is that of the first day of the tables.
fn add_seconds(tables: &Tables, epoch: i64, at: i64, seconds: i64) -> i64 {
    let index = ((at - epoch) / DAY) as usize;
    let second = (at - epoch) % DAY;
    let rank = i64::from(tables.rank[index]);
    let works = tables.rank[index + 1] > tables.rank[index];
    let before: i64 = SESSIONS.iter().map(|it| second.clamp(it.0, it.1) - it.0).sum();
    let position = rank * WORKED + if works { before } else { 0 } + seconds;
    let (day, left) = ((position - 1) / WORKED, (position - 1) % WORKED + 1);
    let second =
        if left <= 4 * 3600 { SESSIONS[0].0 + left } else { SESSIONS[1].0 + left - 4 * 3600 };
    epoch + i64::from(tables.select[day as usize]) * DAY + second
}

/// Years without swapped days, which `workclock` cannot hold.
const PLAIN: (i32, i32) = (2020, 2023);

fn office_hours(calendar: &Calendar) {
    let mut dice = Dice(11);
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let (first, last) = (day(PLAIN.0, 1, 2), day(PLAIN.1, 11, 1));
    let local = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc().timestamp();
    let days = (last - first).num_days() as u64;
    let queries: Vec<(i64, i64)> = (0..QUERIES)
        .map(|_| {
            let at = local(first) + dice.below(days * 86_400) as i64;
            (at, 1 + dice.below(30 * 8 * 3600) as i64)
        })
        .collect();
    let offset = i64::from(calendar.offset().local_minus_utc());
    let moments: Vec<(DateTime<FixedOffset>, u64)> = queries
        .iter()
        .map(|(at, seconds)| {
            let utc = DateTime::from_timestamp(at - offset, 0).unwrap();
            (utc.with_timezone(&calendar.offset()), *seconds as u64)
        })
        .collect();
    let ends: Vec<_> = moments
        .iter()
        .map(|(at, seconds)| (*at, calendar.add_office_time(*at, *seconds).unwrap()))
        .collect();
    let tables = Tables::new(calendar);
    let epoch = local(calendar.covered().0);
    let schedule = schedule(calendar, first, day(PLAIN.1, 12, 31));
    let stamp = |seconds: i64| Timestamp::from_second(seconds).unwrap();

    let mut contest = Contest::new("office hours: a moment and working time", QUERIES);
    contest.enter("limit: uniform day, seconds in and out", || {
        queries.iter().map(|it| add_seconds(&tables, epoch, it.0, it.1) as u64).sum()
    });
    contest.enter("hoso: Calendar::add_office_time", || {
        moments
            .iter()
            .map(|it| {
                let end = calendar.add_office_time(it.0, it.1).unwrap();
                (end.timestamp() + offset) as u64
            })
            .sum()
    });
    contest.enter("workclock 0.1, UTC", || {
        queries
            .iter()
            .map(|it| {
                let end = schedule.add(stamp(it.0), SignedDuration::from_secs(it.1)).unwrap();
                end.as_second() as u64
            })
            .sum()
    });
    contest.print();

    let mut contest = Contest::new("working time between two moments", QUERIES);
    contest.enter("hoso: Calendar::office_time_between", || {
        ends.iter().map(|it| calendar.office_time_between(it.0, it.1).unwrap()).sum()
    });
    contest.enter("workclock 0.1, UTC", || {
        ends.iter()
            .map(|it| {
                let (from, until) = (it.0.timestamp() + offset, it.1.timestamp() + offset);
                schedule.between(stamp(from), stamp(until)).as_secs() as u64
            })
            .sum()
    });
    contest.print();
}

/// The sessions and days off of some years, as `workclock` asks for them.
fn schedule(calendar: &Calendar, from: NaiveDate, until: NaiveDate) -> Schedule {
    let off = from
        .iter_days()
        .take_while(|it| *it <= until)
        .filter(|it| !calendar.is_working_day(*it).unwrap())
        .map(|it| {
            let (year, month, day) = (it.year() as i16, it.month() as i8, it.day() as i8);
            jiff::civil::date(year, month, day)
        });
    let time = |hour, minute| jiff::civil::time(hour, minute, 0, 0);
    Schedule::builder()
        .rule(WorkDay::new(time(8, 0), time(12, 0), Weekdays::MON_TO_FRI))
        .rule(WorkDay::new(time(13, 30), time(17, 30), Weekdays::MON_TO_FRI))
        .rule(Holidays::new(off))
        .build()
        .unwrap()
}
