//! Verifying the whole catalogue, beside the bare parse of its texts and their loading.
#![expect(
    clippy::unwrap_used,
    clippy::float_arithmetic,
    reason = "a bench stops when its work cannot be done, and divides nanoseconds"
)]

#[path = "../tests/office/mod.rs"]
mod office;
mod ratios;

use hoso::calendar::Calendar;
use hoso::definition::{Procedure, load};
use hoso::diagnostic::any_error;
use hoso::id::Id;
use hoso::source::Sources;
use hoso::verify::{timetables, verify};
use ratios::Contest;

fn main() {
    let sources = office::sources(&office::folder());
    let (procedures, found) = load(&sources);
    assert!(!any_error(&found));
    let (calendars, _) = Calendar::parse_all(&sources);
    let hanoi = Id::parse("hanoi").unwrap();
    let calendar = calendars.iter().find(|it| it.id() == hanoi).unwrap();
    // Every contender answers with the number of procedures, for which its time is given.
    let count = u64::try_from(procedures.len()).unwrap();

    let mut contest = Contest::new("catalogue, per procedure", procedures.len());
    contest.enter("bare TOML parse of the texts", || {
        parse(&sources);
        count
    });
    contest.enter("load: read, inherit, resolve, compile", || {
        u64::try_from(load(&sources).0.len()).unwrap()
    });
    contest.enter("verify, on one core", || all(&procedures, calendar));
    contest.enter("verify, on two cores", || both(&procedures, calendar));
    contest.enter("of that: timetables over all days", || {
        let tables = procedures.iter().map(|it| timetables(it, calendar).tables().len());
        assert!(tables.sum::<usize>() > 0);
        count
    });
    contest.print();
    println!("{count} procedures");
}

fn parse(sources: &Sources) {
    for (_, text) in sources.iter() {
        assert!(toml::de::DeTable::parse(text.text()).is_ok());
    }
}

/// Halves the catalogue: procedures are values, and share nothing but the calendar.
fn both(procedures: &[Procedure], calendar: &Calendar) -> u64 {
    let (one, other) = procedures.split_at(procedures.len().div_euclid(2));
    std::thread::scope(|scope| {
        let half = scope.spawn(|| all(one, calendar));
        all(other, calendar) + half.join().unwrap()
    })
}

fn all(procedures: &[Procedure], calendar: &Calendar) -> u64 {
    let reports = procedures.iter().map(|it| verify(it, calendar));
    let clean = reports.filter(|it| !any_error(it.findings())).count();
    u64::try_from(clean).unwrap()
}
