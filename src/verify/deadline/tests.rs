//! Against brute force: every day of two years, stepped through day by day and session by session.

use std::format;
use std::string::String;
use std::vec::Vec;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Timetable, timetables};
use crate::calendar::Calendar;
use crate::definition::{Procedure, load};
use crate::diagnostic::any_error;
use crate::source::Sources;
use crate::verify::rules::tests::changed;

/// The days on which the procedure of these tests is in force: two years.
const FROM: &str = "2025-07-01";
const UNTIL: &str = "2027-07-01";

/// The lengths of a term, of two steps after each other, and of a consultation beside them.
#[derive(Clone, Debug)]
struct Lengths {
    term: String,
    review: String,
    signature: String,
    agency: String,
}

impl Lengths {
    fn new(term: &str, review: &str, signature: &str, agency: &str) -> Self {
        let [term, review, signature, agency] = [term, review, signature, agency].map(String::from);
        Self { term, review, signature, agency }
    }

    fn text(&self) -> String {
        let Self { term, review, signature, agency } = self;
        // Each is marked before any is written, so that none is taken for another.
        changed("limit = \"5 working days\"", "limit = \"TERM\"")
            .replace("budget = \"2 working days\"", "budget = \"REVIEW\"")
            .replace("budget = \"1 working day\"", "budget = \"SIGNATURE\"")
            .replace("limit = \"1 working day\"", "limit = \"AGENCY\"")
            .replace("TERM", term)
            .replace("REVIEW", review)
            .replace("SIGNATURE", signature)
            .replace("AGENCY", agency)
            .replace("from = 2025-07-01 }\nlaw", &format!("from = {FROM}, until = {UNTIL} }}\nlaw"))
    }
}

fn office() -> Calendar {
    let mut sources = Sources::new();
    sources.add("vietnam.toml", include_str!("../../../procedures/calendars/vietnam.toml"));
    sources.add("hanoi.toml", include_str!("../../../procedures/calendars/hanoi.toml"));
    let (calendars, _) = Calendar::parse_all(&sources);
    calendars.into_iter().find(|it| it.id() == *"hanoi").unwrap()
}

fn read(text: &str) -> Procedure {
    let mut sources = Sources::new();
    sources.add("it.toml", text);
    let (procedures, found) = load(&sources);
    assert!(!any_error(&found), "{found:#?}");
    procedures.into_iter().next().unwrap()
}

/// Steps through a limit; none outside the calendar.
fn naive(calendar: &Calendar, limit: &str, from: NaiveDateTime) -> Option<NaiveDateTime> {
    let (number, unit) = limit.split_once(' ').unwrap();
    let number: u32 = number.parse().unwrap();
    let (mut day, mut left) = (from.date(), number);
    match unit.trim_end_matches('s') {
        "working day" => {
            while left > 0 {
                day = day.succ_opt()?;
                left -= u32::from(calendar.is_working_day(day).ok()?);
            }
        }
        "day" => {
            while left > 0 || !calendar.is_working_day(day).ok()? {
                day = day.succ_opt()?;
                left = left.saturating_sub(1);
            }
        }
        "working hour" => return naive_hours(calendar, number, from),
        other => panic!("{other}"),
    }
    day.and_hms_opt(23, 59, 59)
}

fn naive_hours(calendar: &Calendar, hours: u32, from: NaiveDateTime) -> Option<NaiveDateTime> {
    let mut left = TimeDelta::hours(hours.into());
    let mut day = from.date();
    loop {
        for session in calendar.sessions(day).ok()? {
            let begins = day.and_time(session.from()).max(from);
            let open = day.and_time(session.until()) - begins;
            if open >= left {
                return Some(begins + left);
            }
            left -= open.max(TimeDelta::zero());
        }
        day = day.succ_opt()?;
    }
}

/// When everything is done; the agency is asked when the review begins, and awaited before the signature.
fn done(
    calendar: &Calendar,
    it: &Lengths,
    beside: bool,
    from: NaiveDateTime,
) -> Option<NaiveDateTime> {
    let reviewed = naive(calendar, &it.review, from)?;
    let signed = naive(calendar, &it.signature, reviewed)?;
    if !beside {
        return Some(signed);
    }
    Some(signed.max(naive(calendar, &it.agency, from)?))
}

/// The office hours of a day in steps of half an hour, to their very end.
fn office_times(calendar: &Calendar, day: NaiveDate) -> Vec<NaiveDateTime> {
    let sessions = calendar.sessions(day).unwrap();
    let receptions = calendar.receptions(day).unwrap();
    let hours = if sessions.is_empty() { receptions.as_slice() } else { sessions };
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else { return Vec::new() };
    let (opening, closing) = (first.from(), last.until());
    let halves = (0..48).map(|it| opening + TimeDelta::minutes(30 * it));
    let times = halves.take_while(|it| *it < closing).chain([closing]);
    times.map(|it| day.and_time(it)).collect()
}

/// The least time left over all working days, and when it begins.
fn worst(calendar: &Calendar, it: &Lengths, beside: bool) -> Option<(TimeDelta, NaiveDateTime)> {
    let days: NaiveDate = FROM.parse().unwrap();
    let until: NaiveDate = UNTIL.parse().unwrap();
    let days = days.iter_days().take_while(|it| *it < until);
    let moments = days.flat_map(|day| office_times(calendar, day));
    let left = moments.filter_map(|from| {
        let due = naive(calendar, &it.term, from)?;
        Some((due - done(calendar, it, beside, from)?, from))
    });
    left.min_by_key(|(left, _)| *left)
}

fn table(tables: &[Timetable], beside: bool) -> Option<&Timetable> {
    let mut of_decision = tables.iter().filter(|it| it.term() == *"decision");
    of_decision.find(|it| it.consultation().is_some() == beside)
}

fn lengths(units: &'static [&'static str]) -> impl Strategy<Value = String> {
    (1_u32..25, proptest::sample::select(units))
        .prop_map(|(number, unit)| format!("{number} {unit}{}", if number == 1 { "" } else { "s" }))
}

const ALL: &[&str] = &["working day", "day", "working hour"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_worst_day_of_two_years_is_found(
        term in lengths(&["working day", "day"]),
        review in lengths(ALL),
        signature in lengths(ALL),
        agency in lengths(ALL),
    ) {
        let lengths = Lengths { term, review, signature, agency };
        let calendar = office();
        let found = timetables(&read(&lengths.text()), &calendar);
        for beside in [false, true] {
            let table = table(found.tables(), beside).unwrap();
            let from = table.from().naive_local();
            let by_hand = naive(&calendar, &lengths.term, from).unwrap();
            prop_assert_eq!(table.due().naive_local(), by_hand);
            prop_assert_eq!(Some(table.done().naive_local()), done(&calendar, &lengths, beside, from));
            let (left, _) = worst(&calendar, &lengths, beside).unwrap();
            prop_assert_eq!(by_hand - table.done().naive_local(), left);
        }
    }

    #[test]
    fn slack_is_as_much_as_can_be_added(
        term in lengths(&["working day", "day"]),
        review in lengths(ALL),
        signature in lengths(ALL),
    ) {
        let mut lengths = Lengths::new(&term, &review, &signature, "1 working day");
        let calendar = office();
        let found = timetables(&read(&lengths.text()), &calendar);
        let table = table(found.tables(), false).unwrap();
        let from = table.from().naive_local();
        let (number, unit) = review.split_once(' ').unwrap();
        let number: i64 = number.parse().unwrap();
        let mut keeps = |number: i64| {
            lengths.review = format!("{number} {unit}");
            let done = done(&calendar, &lengths, false, from);
            done.is_some_and(|it| it <= table.due().naive_local())
        };
        let row = table.rows().iter().find(|it| *it.part().name() == *"under-review").unwrap();
        match row.slack() {
            Some(slack) => {
                prop_assert!(number + slack == 0 || keeps(number + slack));
                prop_assert!(!keeps(number + slack + 1));
            }
            None => prop_assert!(!keeps(1) && !table.is_kept()),
        }
    }
}

fn check(text: &str, expected: Expect) {
    let found = timetables(&read(text), &office());
    let line = |it: &Timetable| {
        let rows = it.rows().iter().map(|it| {
            let slack = it.slack().map_or("?".into(), |it| format!("{it:+}"));
            format!(
                "\n  {} {}: {} to {} ({slack})",
                it.part(),
                it.length(),
                it.from().naive_local(),
                it.until().naive_local()
            )
        });
        let path: Vec<&str> = it.path().iter().map(crate::id::Id::as_str).collect();
        let beside = it.consultation().map_or(String::new(), |it| format!(" beside {it}"));
        format!(
            "{} {}{beside}: {} to {}, done {} by {}{}",
            it.term(),
            it.length(),
            it.from().naive_local(),
            it.due().naive_local(),
            it.done().naive_local(),
            path.join(" "),
            rows.collect::<String>()
        )
    };
    let lines: Vec<String> = found.tables().iter().map(line).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_sound_procedure_has_time_to_spare() {
    check(
        &changed("", ""),
        expect![[r#"
        decision 5 working days: 2025-07-02 08:00:00 to 2025-07-09 23:59:59, done 2025-07-07 23:59:59 by accept submit sign
          state.under-review 2 working days: 2025-07-02 08:00:00 to 2025-07-04 23:59:59 (+2)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+2)
        decision 5 working days beside fire-police: 2025-07-02 08:00:00 to 2025-07-09 23:59:59, done 2025-07-07 23:59:59 by accept submit sign
          consultation.fire-police 1 working day: 2025-07-02 08:00:00 to 2025-07-03 23:59:59 (+4)
          state.under-review 2 working days: 2025-07-02 08:00:00 to 2025-07-04 23:59:59 (+2)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+2)"#]],
    );
}

/// A review of its own after the supplement.
fn reviewed_twice(effect: &str) -> String {
    let to = "from = [\"supplement-requested\"]\nto =";
    changed(&format!("{to} \"under-review\""), &format!("{to} \"second-review\""))
        .replace("{ decision = \"resume\" }", &format!("{{ decision = \"{effect}\" }}"))
        + "\n[state.second-review]\nname = \"S\"\nrole = \"officer\"\nportal-status = 4\nbudget = \"3 working days\"\n\
        [transition.submit-again]\nact = \"plain\"\nfrom = \"second-review\"\nto = \"awaiting-signature\"\nby = \"officer\""
}

#[test]
fn what_ran_before_a_suspension_counts_after_it() {
    check(
        &reviewed_twice("resume"),
        expect![[r#"
        decision 5 working days: 2026-02-06 08:00:00 to 2026-02-13 23:59:59, done 2026-02-23 23:59:59 by accept request-supplement supplement submit-again sign
          state.under-review 2 working days: 2026-02-06 08:00:00 to 2026-02-10 23:59:59 (-1)
          state.second-review 3 working days: 2026-02-10 23:59:59 to 2026-02-13 23:59:59 (-1)
          state.awaiting-signature 1 working day: 2026-02-13 23:59:59 to 2026-02-23 23:59:59 (-1)
        decision 5 working days beside fire-police: 2026-02-06 08:00:00 to 2026-02-13 23:59:59, done 2026-02-23 23:59:59 by accept request-supplement supplement submit-again sign
          consultation.fire-police 1 working day: 2026-02-06 08:00:00 to 2026-02-09 23:59:59 (?)
          state.under-review 2 working days: 2026-02-06 08:00:00 to 2026-02-10 23:59:59 (-1)
          state.second-review 3 working days: 2026-02-10 23:59:59 to 2026-02-13 23:59:59 (-1)
          state.awaiting-signature 1 working day: 2026-02-13 23:59:59 to 2026-02-23 23:59:59 (-1)"#]],
    );
}

#[test]
fn a_restart_begins_a_way_of_its_own() {
    check(
        &reviewed_twice("restart"),
        expect![[r#"
        decision 5 working days: 2025-07-01 00:00:00 to 2025-07-08 23:59:59, done 2025-07-07 23:59:59 by supplement submit-again sign
          state.second-review 3 working days: 2025-07-01 00:00:00 to 2025-07-04 23:59:59 (+1)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+1)
        decision 5 working days beside fire-police: 2025-07-02 08:00:00 to 2025-07-09 23:59:59, done 2025-07-07 23:59:59 by accept submit sign
          consultation.fire-police 1 working day: 2025-07-02 08:00:00 to 2025-07-03 23:59:59 (+4)
          state.under-review 2 working days: 2025-07-02 08:00:00 to 2025-07-04 23:59:59 (+2)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+2)"#]],
    );
}

#[test]
fn a_term_that_one_step_must_keep_is_timed_to_that_step() {
    let text = changed("when = \"not complete\"", "when = \"not complete\"\nwithin = [\"notice\"]")
        + "\n[term.notice]\nlimit = \"2 days\"\nstarts = [\"accept\"]\nstops = [\"request-supplement\"]";
    check(
        &text,
        expect![[r#"
        decision 5 working days: 2025-07-02 08:00:00 to 2025-07-09 23:59:59, done 2025-07-07 23:59:59 by accept submit sign
          state.under-review 2 working days: 2025-07-02 08:00:00 to 2025-07-04 23:59:59 (+2)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+2)
        decision 5 working days beside fire-police: 2025-07-02 08:00:00 to 2025-07-09 23:59:59, done 2025-07-07 23:59:59 by accept submit sign
          consultation.fire-police 1 working day: 2025-07-02 08:00:00 to 2025-07-03 23:59:59 (+4)
          state.under-review 2 working days: 2025-07-02 08:00:00 to 2025-07-04 23:59:59 (+2)
          state.awaiting-signature 1 working day: 2025-07-04 23:59:59 to 2025-07-07 23:59:59 (+2)
        notice 2 days: 2026-11-20 08:00:00 to 2026-11-23 23:59:59, done 2026-11-25 23:59:59 by accept request-supplement
          state.under-review 2 working days: 2026-11-20 08:00:00 to 2026-11-25 23:59:59 (-1)"#]],
    );
}

#[test]
fn hours_of_a_term_are_counted_from_every_minute() {
    let text =
        Lengths::new("20 clock hours", "3 working hours", "1 working hour", "1 working hour")
            .text();
    check(
        &text,
        expect![[r#"
        decision 20 clock hours: 2026-02-13 13:31:00 to 2026-02-14 09:31:00, done 2026-02-23 08:01:00 by accept submit sign
          state.under-review 3 working hours: 2026-02-13 13:31:00 to 2026-02-13 16:31:00 (-1)
          state.awaiting-signature 1 working hour: 2026-02-13 16:31:00 to 2026-02-23 08:01:00 (-1)
        decision 20 clock hours beside fire-police: 2026-02-13 13:31:00 to 2026-02-14 09:31:00, done 2026-02-23 08:01:00 by accept submit sign
          consultation.fire-police 1 working hour: 2026-02-13 13:31:00 to 2026-02-13 14:31:00 (?)
          state.under-review 3 working hours: 2026-02-13 13:31:00 to 2026-02-13 16:31:00 (-1)
          state.awaiting-signature 1 working hour: 2026-02-13 16:31:00 to 2026-02-23 08:01:00 (-1)"#]],
    );
}
