//! When terms end: a corpus from the law, and what holds for every term.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files, and fails by panicking"
)]

mod rows;

use std::collections::BTreeSet;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta};
use hoso::calendar::Calendar;
use hoso::clock::{
    Bound, Clock, ClockHours, Due, Entry, Length, Limit, Mark, Policies, Reason, Refusal,
    Remaining, Unit, latest_apology,
};
use hoso::id::Id;
use hoso::text::Lang;
use proptest::prelude::*;
use rows::Row;

fn moment(text: &str) -> DateTime<FixedOffset> {
    let seconds = if text.len() == 16 { ":00" } else { "" };
    format!("{text}{seconds}+07:00").parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn clock(length: &str, from: &str) -> Clock {
    Clock::start(length.parse().unwrap(), moment(from))
}

fn due(clock: &Clock, calendar: &Calendar) -> Due {
    clock.due(calendar).unwrap().unwrap()
}

fn policies(row: &Row) -> Policies {
    let mut policies = Policies::default();
    for policy in row.list("policies") {
        let (name, reading) = policy.split_once('=').unwrap();
        policies.set(name, reading).unwrap();
    }
    policies
}

fn clock_of(row: &Row) -> Clock {
    let mut clock = clock(row.get("limit"), row.get("from")).under(policies(row));
    if let Some(at) = row.find("competent") {
        clock = clock.received_by_competent(moment(at));
    }
    if let Some(at) = row.find("restart") {
        clock.restart(moment(at));
    }
    for (idx, span) in row.list("suspend").enumerate() {
        let (from, until) = span.split_once("..").unwrap();
        let cause = id(&format!("cause-{idx}"));
        clock.suspend(cause, moment(from));
        clock.resume(cause, moment(until));
    }
    for by in row.list("extend") {
        clock.add(by.parse().unwrap(), clock.started());
    }
    clock
}

#[test]
fn every_deadline_of_the_corpus() {
    let latest = rows::calendar("hanoi");
    for row in rows::rows("deadlines.toml", "deadline") {
        let name = row.get("id");
        let calendar = match row.find("known-on") {
            Some(day) => latest.known_on(date(day)),
            None => latest.clone(),
        };
        let clock = clock_of(&row);
        let due = due(&clock, &calendar);
        let expected = row.get("due");
        let expected =
            if expected.len() == 10 { format!("{expected}T23:59:59") } else { expected.into() };
        assert_eq!(due.moment(), moment(&expected), "{name}");
        assert_eq!(due.date(), due.moment().date_naive(), "{name}");
        assert!(!row.get("law").is_empty() && "ABC".contains(row.get("confidence")), "{name}");
        adds_up(&clock, &calendar);
    }
}

#[test]
fn every_apology_of_the_corpus() {
    let calendar = rows::calendar("hanoi");
    for row in rows::rows("deadlines.toml", "apology") {
        let last = latest_apology(&calendar, &policies(&row), row.parse("before")).unwrap();
        assert_eq!(last, row.parse("last-day"), "{}", row.get("id"));
    }
}

/// Every reading of a doubtful row is in the corpus under some name.
#[test]
fn every_reading_of_every_policy_decides_some_row() {
    let kinds = ["deadline", "apology"];
    let rows: Vec<Row> = kinds.iter().flat_map(|it| rows::rows("deadlines.toml", it)).collect();
    let named: Vec<&str> = rows.iter().flat_map(|it| it.list("policies")).collect();
    for policy in Policies::NAMES {
        let readings: BTreeSet<_> =
            named.iter().filter(|it| it.split_once('=').unwrap().0 == *policy).collect();
        let all = if *policy == "after-15" { 4 } else { 2 };
        assert_eq!(readings.len(), all, "{policy}: {readings:?}");
    }
}

/// Checks that the ledger leads without a gap from the start to the due date, and counts the limit.
fn adds_up(clock: &Clock, calendar: &Calendar) {
    let ledger = clock.ledger(calendar).unwrap().unwrap();
    assert_eq!(ledger.due(), due(clock, calendar));
    let entries = ledger.entries();
    let (first, last) = (&entries[0], &entries[entries.len() - 1]);
    match first.from() {
        Mark::Day(day) => assert_eq!(day, clock.started().date_naive(), "{entries:#?}"),
        Mark::Moment(at) => assert_eq!(at, clock.started(), "{entries:#?}"),
    }
    match last.to() {
        Mark::Day(day) => assert_eq!(day, ledger.due().date(), "{entries:#?}"),
        Mark::Moment(at) => assert_eq!(at, ledger.due().moment(), "{entries:#?}"),
    }
    for pair in entries.windows(2) {
        match (pair[0].to(), pair[1].from()) {
            (Mark::Day(end), Mark::Day(next)) => {
                assert_eq!(end + Days::new(1), next, "{entries:#?}");
            }
            (Mark::Day(end), Mark::Moment(next)) => {
                assert_eq!(
                    (end + Days::new(1)).and_time(chrono::NaiveTime::MIN),
                    next.naive_local()
                );
            }
            (Mark::Moment(end), Mark::Moment(next)) => assert_eq!(end, next, "{entries:#?}"),
            (Mark::Moment(end), Mark::Day(next)) => {
                assert_eq!(
                    end.naive_local(),
                    next.and_time(chrono::NaiveTime::MIN),
                    "{entries:#?}"
                );
            }
        }
    }
    let units: Vec<Unit> = clock.extensions().iter().map(|it| it.by().unit()).collect();
    if let Some(limit) =
        clock.length().unwrap().limit().filter(|it| units.iter().all(|unit| *unit == it.unit()))
    {
        let extra: u32 = clock.extensions().iter().map(|it| it.by().number()).sum();
        let counted: i64 = entries.iter().filter(|it| it.is_counted()).map(length).sum();
        let number = i64::from(limit.number() + extra);
        match limit.unit() {
            Unit::WorkingDays | Unit::Days => assert_eq!(counted, number, "{entries:#?}"),
            Unit::WorkingHours | Unit::ClockHours => {
                assert_eq!(counted, number * 3600, "{entries:#?}");
            }
            _ => assert!((28 * number..=366 * number).contains(&counted), "{entries:#?}"),
        }
    }
}

/// Returns days or seconds.
fn length(entry: &Entry) -> i64 {
    match (entry.from(), entry.to()) {
        (Mark::Day(from), Mark::Day(to)) => (to - from).num_days() + 1,
        (Mark::Moment(from), Mark::Moment(to)) => (to - from).num_seconds(),
        mixed => panic!("{mixed:?}"),
    }
}

#[test]
fn a_ledger_says_why_and_by_which_law() {
    let calendar = rows::calendar("hanoi");
    let mut clock = clock("3 working days", "2025-04-25T10:00");
    clock.suspend(id("tax"), moment("2025-04-28T09:00"));
    clock.resume(id("tax"), moment("2025-04-29T09:00"));
    let ledger = clock.ledger(&calendar).unwrap().unwrap();
    let line = |it: &Entry, lang| {
        let law: Vec<String> = it.law().iter().map(|it| it.display(lang)).collect();
        format!(
            "{}..{} {} {} [{}]",
            it.from(),
            it.to(),
            it.is_counted(),
            it.reason().text(lang),
            law.join("; ")
        )
    };
    let lines: Vec<String> = ledger.entries().iter().map(|it| line(it, Lang::En)).collect();
    expect_test::expect![[r#"
        2025-04-25..2025-04-25 false the first day is not counted [91/2015/QH13, art. 147(2)]
        2025-04-26..2025-04-26 true counted: Worked in exchange for 2025-05-02 [8726/VPCP-KGVX]
        2025-04-27..2025-04-27 false weekly rest [188/1999/QĐ-TTg]
        2025-04-28..2025-04-28 true counted []
        2025-04-29..2025-04-29 false suspended: tax []
        2025-04-30..2025-04-30 false Victory Day [45/2019/QH14, art. 112]
        2025-05-01..2025-05-01 false International Labour Day [45/2019/QH14, art. 112]
        2025-05-02..2025-05-02 false Off in exchange for Saturday 2025-04-26 [8726/VPCP-KGVX]
        2025-05-03..2025-05-04 false weekly rest [188/1999/QĐ-TTg]
        2025-05-05..2025-05-05 true counted []"#]]
    .assert_eq(&lines.join("\n"));
    let lines: Vec<String> = ledger.entries().iter().map(|it| line(it, Lang::Vi)).collect();
    expect_test::expect![[r#"
        2025-04-25..2025-04-25 false ngày đầu tiên không tính [91/2015/QH13, Điều 147(2)]
        2025-04-26..2025-04-26 true được tính: Làm bù cho ngày 02/05/2025 [8726/VPCP-KGVX]
        2025-04-27..2025-04-27 false ngày nghỉ hằng tuần [188/1999/QĐ-TTg]
        2025-04-28..2025-04-28 true được tính []
        2025-04-29..2025-04-29 false tạm dừng: tax []
        2025-04-30..2025-04-30 false Ngày Chiến thắng 30/4 [45/2019/QH14, Điều 112]
        2025-05-01..2025-05-01 false Ngày Quốc tế Lao động 1/5 [45/2019/QH14, Điều 112]
        2025-05-02..2025-05-02 false Hoán đổi với thứ Bảy 26/04/2025 [8726/VPCP-KGVX]
        2025-05-03..2025-05-04 false ngày nghỉ hằng tuần [188/1999/QĐ-TTg]
        2025-05-05..2025-05-05 true được tính []"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn a_ledger_of_hours_shows_when_offices_are_closed() {
    let calendar = rows::calendar("hanoi");
    let clock = clock("4 working hours", "2026-10-09T15:00");
    let ledger = clock.ledger(&calendar).unwrap().unwrap();
    let lines: Vec<String> = ledger
        .entries()
        .iter()
        .map(|it| format!("{}..{} {}", it.from(), it.to(), it.reason().as_str()))
        .collect();
    expect_test::expect![[r#"
        2026-10-09T15:00:00+07:00..2026-10-09T17:30:00+07:00 counted
        2026-10-09T17:30:00+07:00..2026-10-10T00:00:00+07:00 out-of-hours
        2026-10-10T00:00:00+07:00..2026-10-12T00:00:00+07:00 weekly-rest
        2026-10-12T00:00:00+07:00..2026-10-12T08:00:00+07:00 out-of-hours
        2026-10-12T08:00:00+07:00..2026-10-12T09:30:00+07:00 counted"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn while_suspended_there_is_no_due_date_but_time_remains() {
    let calendar = rows::calendar("hanoi");
    let mut clock = clock("10 working days", "2026-06-01T09:00");
    let left = |clock: &Clock, at| clock.remaining(&calendar, moment(at)).unwrap();
    assert_eq!(left(&clock, "2026-06-01T10:00"), [Remaining::WorkingDays(10)]);
    assert_eq!(left(&clock, "2026-06-04T10:00"), [Remaining::WorkingDays(7)]);
    clock.suspend(id("tax"), moment("2026-06-04T10:00"));
    assert!(clock.is_suspended());
    assert_eq!(clock.due(&calendar).unwrap(), None);
    assert!(clock.ledger(&calendar).unwrap().is_none());
    assert_eq!(left(&clock, "2026-06-09T10:00"), [Remaining::WorkingDays(7)]);
    clock.suspend(id("tax"), moment("2026-06-05T10:00"));
    clock.suspend(id("land"), moment("2026-06-08T10:00"));
    clock.resume(id("tax"), moment("2026-06-09T10:00"));
    assert!(clock.is_suspended());
    clock.stop(moment("2026-06-10T10:00"));
    assert_eq!(due(&clock, &calendar).date(), date("2026-06-19"));
    assert_eq!(left(&clock, "2026-06-19T10:00"), []);
}

#[test]
fn remaining_time_stays_in_its_unit() {
    let calendar = rows::calendar("hanoi");
    let left = |length: &str, at: &str| {
        clock(length, "2026-03-10T09:30").remaining(&calendar, moment(at)).unwrap()
    };
    assert_eq!(left("8 working hours", "2026-03-10T12:30"), [Remaining::OfficeSeconds(19_800)]);
    assert_eq!(left("24 clock hours", "2026-03-10T12:30"), [Remaining::Seconds(75_600)]);
    assert_eq!(left("1 month", "2026-03-20T12:30"), [Remaining::Days(21)]);
    assert_eq!(left("same-day-15", "2026-03-10T12:30"), []);
    let mut two = clock("3 working days", "2026-03-10T09:30");
    two.add("4 days".parse().unwrap(), two.started());
    let both = [Remaining::WorkingDays(2), Remaining::Days(4)];
    assert_eq!(two.remaining(&calendar, moment("2026-03-11T09:00")).unwrap(), both);
}

#[test]
fn an_extension_is_bounded_and_comes_before_the_end() {
    let calendar = rows::calendar("hanoi");
    let limit = |text: &str| text.parse::<Limit>().unwrap();
    let bound = Bound { times: 1, longest: Some(limit("5 working days")) };
    let start = clock("5 working days", "2026-03-02T09:00");
    let extend = |clock: &mut Clock, by: &str, at: &str| {
        clock.extend(&calendar, limit(by), moment(at), bound).unwrap()
    };
    let mut clock = start.clone();
    let late = extend(&mut clock, "5 working days", "2026-03-10T00:00");
    assert!(matches!(late, Err(Refusal::Expired(due)) if due.date() == date("2026-03-09")));
    let long = extend(&mut clock, "6 working days", "2026-03-09T09:00");
    assert_eq!(long.unwrap_err().to_string(), "the term may be extended by 5 working days at most");
    assert!(matches!(extend(&mut clock, "1 day", "2026-03-09T09:00"), Err(Refusal::TooLong(_))));
    assert_eq!(clock, start);
    extend(&mut clock, "5 working days", "2026-03-09T23:59:59").unwrap();
    assert_eq!(due(&clock, &calendar).date(), date("2026-03-16"));
    assert_eq!(extend(&mut clock, "1 working day", "2026-03-10T09:00"), Err(Refusal::TooOften(1)));
    clock.stop(moment("2026-03-11T09:00"));
    assert_eq!(extend(&mut clock, "1 working day", "2026-03-11T09:00"), Err(Refusal::Stopped));
}

#[test]
fn on_time_is_at_or_before_in_whole_seconds() {
    let due = due(&clock("5 working days", "2026-03-02T09:00"), &rows::calendar("hanoi"));
    assert!(due.is_on_time("2026-03-09T23:59:59.9+07:00".parse().unwrap()));
    assert!(due.is_on_time("2026-03-09T16:59:59Z".parse().unwrap()));
    assert!(!due.is_on_time(moment("2026-03-10T00:00")));
}

#[test]
fn a_due_date_in_an_undecreed_year_is_provisional() {
    let calendar = rows::calendar("hanoi");
    let long = clock("10 working days", "2026-12-28T09:00");
    assert!(!due(&long, &calendar).is_provisional());
    assert!(due(&long, &calendar.known_on(date("2026-09-30"))).is_provisional());
    assert!(due(&clock("1 day", "2027-04-30T09:00"), &calendar).is_provisional());
    assert!(clock("10 years", "2026-12-28T09:00").due(&calendar).unwrap_err().is_uncovered());
}

#[test]
fn nothing_panics_at_the_ends_of_time() {
    let calendar = rows::calendar("hanoi");
    let extremes = [
        DateTime::<chrono::Utc>::MIN_UTC.into(),
        DateTime::<chrono::Utc>::MAX_UTC.into(),
        moment("2018-01-01T00:00"),
        moment("2027-12-31T23:59:59"),
    ];
    for from in extremes {
        for unit in Unit::ALL {
            for number in [1, u32::MAX] {
                let mut clock = Clock::start(Limit::new(number, *unit).unwrap().into(), from);
                clock.suspend(id("x"), extremes[0]);
                clock.resume(id("x"), extremes[1]);
                assert!(clock.due(&calendar).is_err());
                assert!(clock.ledger(&calendar).is_err());
                clock.add(Limit::new(u32::MAX, *unit).unwrap(), from);
                assert!(clock.remaining(&calendar, from).is_err());
            }
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_stored_clock_reads_back() {
    let rows = rows::rows("deadlines.toml", "deadline");
    for clock in rows.iter().map(clock_of) {
        let stored = serde_json::to_string(&clock).unwrap();
        let again: Clock = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, clock, "{stored}");
    }
    let due = due(&clock("5 working days", "2026-03-02T09:00"), &rows::calendar("hanoi"));
    let stored = serde_json::to_string(&due).unwrap();
    assert_eq!(
        stored,
        r#"{"date":"2026-03-09","moment":"2026-03-09T23:59:59+07:00","calendar":"hanoi","revision":"2026-10-02","provisional":false}"#
    );
    assert_eq!(serde_json::from_str::<Due>(&stored).unwrap(), due);
}

fn lengths() -> impl Strategy<Value = Length> {
    let limit = (1_u32..40, 0..Unit::ALL.len()).prop_map(|(number, unit)| {
        let number = if Unit::ALL[unit] == Unit::Years { 1 + number % 3 } else { number };
        Limit::new(number, Unit::ALL[unit]).unwrap().into()
    });
    prop_oneof![8 => limit, 1 => Just(Length::SameDay), 1 => Just(Length::Transfer)]
}

fn any_policies() -> impl Strategy<Value = Policies> {
    let readings: Vec<(&str, &[&str])> = vec![
        ("after-15", &["literal", "deemed-next-day", "count-reception-day", "may-finish-next"]),
        ("at-15-sharp", &["same-day", "next"]),
        ("saturday-counter", &["next", "same-day"]),
        ("swapped-day-off", &["rest", "ordinary"]),
        ("swapped-saturday", &["works", "rest"]),
        ("leap-day", &["last", "roll"]),
        ("clock-hours", &["literal", "rolled"]),
    ];
    proptest::collection::vec(0_usize..4, readings.len()).prop_map(move |picks| {
        let mut policies = Policies::default();
        for ((name, all), pick) in readings.iter().zip(picks) {
            policies.set(name, all[pick % all.len()]).unwrap();
        }
        policies
    })
}

fn starts() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0..5 * 365 * 24 * 60_i64).prop_map(|it| moment("2019-01-01T00:00") + TimeDelta::minutes(it))
}

/// A clock with up to three suspensions, from hours to weeks, some of them overlapping.
fn clocks() -> impl Strategy<Value = Clock> {
    let suspensions = proptest::collection::vec((0_i64..40 * 24 * 60, 0_i64..15 * 24 * 60), 0..4);
    let extensions = proptest::collection::vec((1_u32..6, 0..Unit::ALL.len() - 1), 0..3);
    (lengths(), any_policies(), starts(), suspensions, extensions).prop_map(
        |(length, policies, start, suspensions, extensions)| {
            let mut clock = Clock::start(length, start).under(policies);
            for (idx, (after, minutes)) in suspensions.into_iter().enumerate() {
                let from = start + TimeDelta::minutes(after);
                clock.suspend(id(&format!("c{idx}")), from);
                clock.resume(id(&format!("c{idx}")), from + TimeDelta::minutes(minutes));
            }
            for (number, unit) in extensions {
                clock.add(Limit::new(number, Unit::ALL[unit]).unwrap(), start);
            }
            clock
        },
    )
}

/// Returns the clock with its suspensions and nothing else.
fn unextended(clock: &Clock, length: Length) -> Clock {
    let mut plain = Clock::start(length, clock.started());
    for it in clock.suspensions() {
        plain.suspend(it.cause(), it.from());
        plain.resume(it.cause(), it.until().unwrap());
    }
    plain
}

/// Counts day by day: the first day excluded, suspended working days skipped.
fn naive_working_days(clock: &Clock, calendar: &Calendar, number: u32) -> NaiveDate {
    let works = |day| calendar.is_working_day(day).unwrap();
    let (mut last, mut left) = (clock.started().date_naive(), number);
    let mut skipped = BTreeSet::new();
    // The suspensions that touch each other, taken as one.
    let mut runs: Vec<Vec<(DateTime<FixedOffset>, DateTime<FixedOffset>)>> = Vec::new();
    for (from, until) in clock.suspensions().iter().map(|it| (it.from(), it.until().unwrap())) {
        match runs.last_mut() {
            Some(run) if run.iter().any(|it| from <= it.1) => run.push((from, until)),
            _ => runs.push(vec![(from, until)]),
        }
    }
    for run in runs {
        while left > 0 {
            last = last.succ_opt().unwrap();
            left -= u32::from(works(last));
        }
        if run[0].0.date_naive() > last {
            break;
        }
        for (from, until) in run {
            let days = from.date_naive().iter_days().skip(1);
            for day in days.take_while(|it| *it <= until.date_naive()) {
                left += u32::from(works(day) && skipped.insert(day));
            }
        }
    }
    while left > 0 {
        last = last.succ_opt().unwrap();
        left -= u32::from(works(last));
    }
    last
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_adds_up_to_the_date(clock in clocks()) {
        adds_up(&clock, &rows::calendar("hanoi"));
    }

    #[test]
    fn working_days_agree_with_a_walk(clock in clocks(), number in 1_u32..30) {
        let calendar = rows::calendar("hanoi");
        let limit = Limit::new(number, Unit::WorkingDays).unwrap();
        let plain = unextended(&clock, limit.into());
        prop_assert_eq!(due(&plain, &calendar).date(), naive_working_days(&plain, &calendar, number));
    }

    #[test]
    fn suspending_and_resuming_at_once_changes_nothing(clock in clocks(), after in 0_i64..60 * 24 * 60) {
        let calendar = rows::calendar("hanoi");
        let at = clock.started() + TimeDelta::minutes(after);
        let mut other = clock.clone();
        other.suspend(id("nothing"), at);
        other.resume(id("nothing"), at);
        prop_assert_eq!(due(&other, &calendar), due(&clock, &calendar));
        other.resume(id("never-suspended"), at);
        prop_assert_eq!(due(&other, &calendar), due(&clock, &calendar));
    }

    #[test]
    fn a_suspension_never_brings_the_date_forward(clock in clocks(), after in 0_i64..60, days in 0_i64..20) {
        let calendar = rows::calendar("hanoi");
        let from = clock.started() + TimeDelta::days(after);
        let mut other = clock.clone();
        other.suspend(id("longer"), from);
        other.resume(id("longer"), from + TimeDelta::days(days));
        let (before, after) = (due(&clock, &calendar), due(&other, &calendar));
        prop_assert!(before.date() <= after.date());
        // Rolled clock hours keep their time of day, which may be an earlier one of the same day.
        let rolled = clock.policies().clock_hours() == ClockHours::Rolled;
        prop_assert!(rolled || before.moment() <= after.moment());
    }

    /// The shortcut for steps that are surely in time never claims too much.
    #[test]
    fn no_limit_is_over_before_its_least_time(clock in clocks()) {
        let clock = Clock::start(clock.length().unwrap(), clock.started()).under(clock.policies());
        if let Some(limit) = clock.length().unwrap().limit() {
            let over = due(&clock, &rows::calendar("hanoi")).moment();
            prop_assert!(over - clock.started() >= limit.least(), "{limit}");
        }
    }

    #[test]
    fn what_remains_never_grows_by_itself(clock in clocks(), early in 0_i64..90, more in 0_i64..90) {
        let clock = unextended(&clock, clock.length().unwrap());
        let calendar = rows::calendar("hanoi");
        let left = |hours| {
            let at = clock.started() + TimeDelta::hours(hours);
            match clock.remaining(&calendar, at).unwrap().first() {
                None => 0,
                Some(Remaining::WorkingDays(it) | Remaining::Days(it)) => u64::from(*it),
                Some(Remaining::OfficeSeconds(it) | Remaining::Seconds(it)) => *it,
                Some(other) => panic!("{other:?}"),
            }
        };
        prop_assert!(left(early * 10) >= left((early + more) * 10));
    }

    #[test]
    fn the_roll_touches_only_last_days_on_rest(number in 1_u32..200, start in starts()) {
        let calendar = rows::calendar("vietnam");
        let clock = Clock::start(Limit::new(number, Unit::Days).unwrap().into(), start);
        let (end, last) = (due(&clock, &calendar).date(), start.date_naive() + Days::new(number.into()));
        prop_assert!(calendar.is_working_day(end).unwrap());
        prop_assert_eq!(end == last, calendar.is_working_day(last).unwrap());
        prop_assert_eq!(calendar.working_days_between(last, end).unwrap(), u32::from(end != last));
    }
}

#[test]
fn another_calendar_gives_another_date() {
    let hanoi = rows::calendar("hanoi");
    let early = hanoi.known_on(date("2025-12-20"));
    let clock = clock("7 working days", "2025-12-24T09:00");
    assert_ne!(due(&clock, &hanoi).date(), due(&clock, &early).date());
    assert_eq!(due(&clock, &early).revision(), date("2025-10-16"));
    let national = rows::calendar("vietnam");
    assert_eq!(due(&clock, &hanoi).date(), due(&clock, &national).date());
    assert_ne!(due(&clock, &hanoi), due(&clock, &national));
    let hours = Clock::start("8 working hours".parse().unwrap(), clock.started());
    assert!(hours.due(&national).unwrap_err().is_without_sessions());
}

#[test]
fn limits_in_different_units_are_never_converted() {
    let calendar = rows::calendar("hanoi");
    let end = |length: &str| due(&clock(length, "2026-06-01T08:00"), &calendar).moment();
    assert_eq!(end("30 working days"), moment("2026-07-13T23:59:59"));
    assert_eq!(end("240 working hours"), moment("2026-07-10T17:30"));
    assert_ne!(end("2 months"), end("60 days"));
    assert_ne!(end("1 day"), end("24 clock hours"));
}

#[test]
fn the_way_to_the_competent_agency_stands_in_the_ledger() {
    let calendar = rows::calendar("hanoi");
    let clock = clock("5 working days", "2026-08-10T16:00")
        .received_by_competent(moment("2026-08-11T08:10"));
    let ledger = clock.ledger(&calendar).unwrap().unwrap();
    assert_eq!(*ledger.entries()[0].reason(), Reason::OnItsWay);
    assert_eq!(ledger.entries()[1].from(), Mark::Day(date("2026-08-11")));
}
