//! The calendars that ship with the crate, against counted figures, the law's
//! own derivations, the moon, and naive walks.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

#[expect(clippy::float_arithmetic, reason = "the moon keeps no whole numbers")]
mod lunar;
mod rows;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, Timelike, Weekday};
use hoso::calendar::{Calendar, Day, DayKind, Status};
use hoso::source::Sources;
use hoso::text::Lang;
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(calendar: &Calendar) -> impl Iterator<Item = Day<'_>> {
    let (from, until) = calendar.covered();
    from.iter_days().take_while(move |it| *it < until).map(|it| calendar.day(it).unwrap())
}

#[test]
fn working_days_of_every_month_are_as_counted() {
    let calendar = rows::calendar("vietnam");
    for row in rows::rows("working-days.toml", "year") {
        let year: i32 = row.parse("year");
        let mut months = [0_u32; 12];
        for day in days(&calendar).filter(|it| it.date().year() == year) {
            months[day.date().month0() as usize] += u32::from(day.kind().is_working());
        }
        let counted: Vec<u32> = row.list("months").map(|it| it.parse().unwrap()).collect();
        assert_eq!(months.as_slice(), counted, "{year}");
        assert_eq!(months.iter().sum::<u32>(), row.parse::<u32>("total"), "{year}");
    }
}

/// Labour Code Art. 111(3): rest for a holiday on weekly rest is taken on the next working day.
#[test]
fn compensatory_rest_follows_from_the_holidays() {
    let calendar = rows::calendar("vietnam");
    let of = |kind| -> BTreeSet<NaiveDate> {
        calendar.decrees().filter(|it| it.kind() == kind).map(|it| it.date()).collect()
    };
    let (holidays, off) = (of(DayKind::Holiday), of(DayKind::SwapOff));
    let weekend = |it: &NaiveDate| matches!(it.weekday(), Weekday::Sat | Weekday::Sun);
    let mut derived = BTreeSet::new();
    for holiday in holidays.iter().filter(|it| weekend(it)) {
        let free = |it: &NaiveDate| {
            !weekend(it) && !holidays.contains(it) && !off.contains(it) && !derived.contains(it)
        };
        let next = holiday.iter_days().skip(1).find(free).unwrap();
        derived.insert(next);
    }
    assert_eq!(derived, of(DayKind::Compensatory));
}

#[test]
fn the_moon_agrees_with_the_figures() {
    for row in rows::rows("lunar.toml", "year") {
        let year: i32 = row.parse("year");
        assert_eq!(lunar::tet(year), date(row.get("tet")), "{year}");
        assert_eq!(lunar::hung_kings(year), date(row.get("hung-kings")), "{year}");
        assert_eq!(lunar::last_month(year), row.parse::<i64>("last-month"), "{year}");
        assert_eq!(lunar::leap(year), row.find("leap").map(|it| it.parse().unwrap()), "{year}");
    }
    // Viet Nam kept Tết a month before China in 1985, and a day before it in 2007.
    assert_eq!(lunar::tet(1985), date("1985-01-21"));
    assert_eq!(lunar::tet(2007), date("2007-02-17"));
}

#[test]
fn tet_and_hung_kings_are_holidays_of_every_year() {
    let calendar = rows::calendar("vietnam");
    for year in 2018..2028 {
        for (day, name) in [(lunar::tet(year), "Tết Âm lịch"), (lunar::hung_kings(year), "Giỗ Tổ")]
        {
            let day = calendar.day(day).unwrap();
            assert_eq!(day.kind(), DayKind::Holiday);
            assert!(day.label(Lang::Vi).starts_with(name), "{}", day.label(Lang::Vi));
        }
    }
}

#[test]
fn every_decreed_day_has_its_law_and_swaps_name_each_other() {
    let calendar = rows::calendar("vietnam");
    assert_eq!(calendar.decrees().count(), 146);
    for decree in calendar.decrees() {
        assert!(!decree.law().is_empty(), "{}", decree.date());
        if let Some(other) = decree.swap() {
            let other = calendar.day(other).unwrap().decree().unwrap();
            assert_eq!(other.swap(), Some(decree.date()));
            assert_ne!(other.kind().is_working(), decree.kind().is_working());
        }
    }
    let culture = calendar.day(date("2026-11-24")).unwrap();
    assert_eq!(culture.law()[0].instrument(), "28/2026/QH16");
    assert_eq!(calendar.day(date("2025-11-24")).unwrap().kind(), DayKind::Working);
}

#[test]
fn a_swapped_saturday_has_the_hours_of_its_friday() {
    let hanoi = rows::calendar("hanoi");
    let hours = |day| {
        let all = hanoi.sessions(date(day)).unwrap().iter();
        all.map(|it| format!("{}-{}", it.from(), it.until())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(hours("2025-04-26"), "08:00:00-12:00:00 13:30:00-17:30:00");
    assert_eq!(hours("2025-05-02"), "");
    assert_eq!(hours("2026-03-07"), "");
    assert_eq!(hanoi.receptions(date("2026-03-07")).unwrap().len(), 1);
    assert_eq!(hanoi.receptions(date("2022-01-01")).unwrap(), []);
    let received = |at: &str| hanoi.is_reception(at.parse().unwrap()).unwrap();
    assert!(received("2026-03-07T09:00:00+07:00"));
    assert!(received("2026-03-06T02:00:00Z"));
    assert!(!received("2026-03-07T11:30:00+07:00"));
    assert!(!received("2026-03-08T09:00:00+07:00"));
}

#[test]
fn a_revision_knows_what_was_announced_by_then() {
    let calendar = rows::calendar("vietnam");
    let swap = date("2026-01-02");
    let before = calendar.known_on(date("2025-12-20"));
    let after = calendar.known_on(date("2025-12-25"));
    assert_eq!(before.revision(), date("2025-10-16"));
    assert_eq!(after.revision(), swap.checked_sub_days(Days::new(8)).unwrap());
    assert!(before.is_working_day(swap).unwrap());
    assert!(!after.is_working_day(swap).unwrap());
    assert_ne!(before.fingerprint(), after.fingerprint());
    assert_eq!(calendar.known_on(date("2027-06-01")).fingerprint(), calendar.fingerprint());
    assert_eq!(calendar.revision(), date("2026-10-02"));
    assert_eq!(calendar.revisions().len(), 7);
    assert_eq!(calendar.known_on(date("2001-01-01")).revision(), date("2018-01-01"));
}

#[test]
fn what_may_still_change_is_provisional() {
    let calendar = rows::calendar("vietnam");
    let provisional: Vec<_> =
        days(&calendar).filter(|it| it.is_provisional()).map(|it| it.date()).collect();
    assert_eq!(provisional, [date("2027-05-03")]);
    assert_eq!(calendar.day(provisional[0]).unwrap().decree().unwrap().status(), Status::Derived);
    let early = calendar.known_on(date("2025-10-15"));
    assert!(!early.is_provisional(date("2025-01-01"), date("2025-12-31")).unwrap());
    assert!(early.is_provisional(date("2025-12-31"), date("2026-01-01")).unwrap());
}

#[test]
fn days_outside_coverage_are_refused_by_name() {
    let calendar = rows::calendar("hanoi");
    let error = calendar.is_working_day(date("2028-01-01")).unwrap_err();
    assert!(error.is_uncovered());
    assert_eq!(
        error.to_string(),
        "2028-01-01 is outside calendar `hanoi`, which covers 2018-01-01 to the day before 2028-01-01"
    );
    assert!(calendar.add_working_days(date("2027-12-30"), 2).unwrap_err().is_uncovered());
    assert!(calendar.add_working_days(date("2018-01-01"), u32::MAX).unwrap_err().is_uncovered());
    assert!(calendar.previous_working_day(date("2018-01-02")).unwrap_err().is_uncovered());
    for day in [NaiveDate::MIN, NaiveDate::MAX, date("2017-12-31")] {
        assert!(calendar.roll(day).unwrap_err().is_uncovered());
        assert!(calendar.working_days_between(day, date("2026-01-01")).is_err());
    }
    let hour = |text: &str| text.parse::<DateTime<FixedOffset>>().unwrap();
    let end = hour("2027-12-31T17:00:00+07:00");
    assert!(calendar.add_office_time(end, 1801).unwrap_err().is_uncovered());
    assert!(calendar.add_office_time(end, u64::MAX).unwrap_err().is_uncovered());
    for extreme in [DateTime::<chrono::Utc>::MIN_UTC, DateTime::<chrono::Utc>::MAX_UTC] {
        assert!(calendar.add_office_time(extreme.into(), 1).is_err());
    }
    let national = rows::calendar("vietnam");
    assert!(national.add_office_time(end, 1).unwrap_err().is_without_sessions());
}

#[test]
fn another_calendar_gives_other_answers() {
    let text = std::fs::read_to_string(rows::path("procedures/calendars/vietnam.toml")).unwrap();
    let swapped = text.replace("rest = [\"saturday\", \"sunday\"]", "rest = [\"sunday\"]");
    let shorter: String = swapped
        .lines()
        .filter(|it| !it.contains("swap-work") && !it.contains("swap-off"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut sources = Sources::new();
    sources.add("six-days.toml", shorter);
    let (calendars, found) = Calendar::parse_all(&sources);
    assert!(found.is_empty(), "{found:?}");
    let (ours, friday) = (rows::calendar("vietnam"), date("2026-03-06"));
    assert_eq!(ours.add_working_days(friday, 1).unwrap(), date("2026-03-09"));
    assert_eq!(calendars[0].add_working_days(friday, 1).unwrap(), date("2026-03-07"));
    assert_ne!(calendars[0].fingerprint(), ours.fingerprint());
}

#[test]
fn printing_is_an_identity() {
    for calendar in rows::calendars() {
        let mut sources = Sources::new();
        let others: Vec<_> =
            rows::calendars().into_iter().filter(|it| it.id() == "vietnam").collect();
        let file = sources.add("again", calendar.print());
        let again = Calendar::parse(&sources, file, &others, &mut Vec::new()).unwrap();
        assert_eq!(again.print(), calendar.print());
        let shipped = rows::path("procedures/calendars").join(format!("{}.toml", calendar.id()));
        assert_eq!(std::fs::read_to_string(shipped).unwrap(), calendar.print());
        assert_eq!(again.fingerprint(), calendar.fingerprint());
    }
}

/// A calendar with sessions of several lengths, a season, and a lone short day.
fn uneven() -> Calendar {
    let mut sources = Sources::new();
    let text = r#"
        format = 1
        [calendar]
        id = "uneven"
        extends = "vietnam"
        name = "Uneven"
        session = [
          { days = ["monday", "tuesday", "wednesday"], from = "07:30", until = "11:00" },
          { days = ["monday", "wednesday", "thursday"], from = "13:00", until = "16:45" },
          { days = ["thursday"], from = "09:00", until = "09:10" },
          { days = ["friday"], from = "08:00", until = "12:00", effective = { from = 2019-01-01, until = 2025-01-01 } },
        ]
    "#;
    let file = sources.add("uneven.toml", text);
    let mut found = Vec::new();
    let calendar = Calendar::parse(&sources, file, &[rows::calendar("vietnam")], &mut found);
    calendar.unwrap_or_else(|| panic!("{found:?}"))
}

/// Walks minute by minute until so many office minutes have passed.
fn naive_office(
    calendar: &Calendar,
    at: DateTime<FixedOffset>,
    minutes: u64,
) -> DateTime<FixedOffset> {
    let (mut now, mut left) = (at, minutes);
    while left > 0 {
        let sessions = calendar.sessions(now.date_naive()).unwrap();
        let open = sessions.iter().any(|it| it.from() <= now.time() && now.time() < it.until());
        left -= u64::from(open);
        now += TimeDelta::minutes(1);
    }
    now
}

fn moments() -> impl Strategy<Value = DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(7 * 3600).unwrap();
    let first = "2018-01-01T00:00:00+07:00".parse::<DateTime<FixedOffset>>().unwrap();
    (0..9 * 365 * 24 * 60_i64)
        .prop_map(move |it| (first + TimeDelta::minutes(it)).with_timezone(&offset))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rank_and_select_agree_with_a_walk(start in 1_u64..3300, count in 0_u32..120) {
        let calendar = rows::calendar("vietnam");
        let start = calendar.covered().0 + Days::new(start);
        let (mut day, mut left) = (start, count);
        while left > 0 {
            day = day.succ_opt().unwrap();
            left -= u32::from(calendar.day(day).unwrap().kind().is_working());
        }
        prop_assert_eq!(calendar.add_working_days(start, count).unwrap(), day);
        prop_assert_eq!(calendar.working_days_between(start, day).unwrap(), count);
        prop_assert_eq!(calendar.working_days_between(day, start).unwrap(), 0);
        let works = calendar.is_working_day(start).unwrap();
        let next = calendar.next_working_day(start).unwrap();
        prop_assert_eq!(calendar.roll(start).unwrap(), if works { start } else { next });
        prop_assert_eq!(calendar.previous_working_day(next).unwrap() == start, works);
    }

    #[test]
    fn office_time_agrees_with_a_walk(at in moments(), minutes in 0_u64..6000) {
        for calendar in [rows::calendar("hanoi"), uneven()] {
            let naive = naive_office(&calendar, at, minutes);
            let end = calendar.add_office_time(at, minutes * 60).unwrap();
            prop_assert_eq!(end, naive);
            prop_assert_eq!(calendar.office_time_between(at, end).unwrap(), minutes * 60);
            prop_assert_eq!(end.second(), 0);
        }
    }
}
