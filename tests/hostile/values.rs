//! Values, moments, limits and quantities up to the ends of their range.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use hoso::calendar::Moment;
use hoso::clock::{Bound, Clock, Length, Limit, Unit};
use hoso::definition::Channel;
use hoso::definition::fact::{FactIdx, Value};
use hoso::fee::{self, Request};
use hoso::id::Id;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::World;

pub(crate) fn name() -> impl Strategy<Value = Id> {
    select(&["applicant", "system", "decision", "nobody", "previous", "2026-03-02"][..])
        .prop_map(|it| Id::parse(it).unwrap())
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), 0..20_i64]
            .prop_map(Value::Integer),
        prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), Just(NaiveDate::default())]
            .prop_map(Value::Date),
        name().prop_map(Value::Choice),
    ]
}

/// Moments in every zone: at the ends of the range, of the coverage, and on plain days.
pub(crate) fn moment() -> impl Strategy<Value = Moment> {
    let (from, until) = World::get().calendar.covered();
    let edge = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    let utc = prop_oneof![
         1 => Just(DateTime::<Utc>::MIN_UTC),
         1 => Just(DateTime::<Utc>::MAX_UTC),
         1 => Just(edge(from)),
         1 => Just(edge(until)),
        6 => (0..4_000_000_i64).prop_map(move |minutes| edge(from) + TimeDelta::minutes(minutes)),];
    let offset = prop_oneof![
        4 => Just(7 * 3600),
         1 => Just(0),
         1 => Just(86_399),
         1 => Just(-86_399),];
    (utc, offset, -1..=1_i64).prop_map(|(utc, offset, second)| {
        let utc = utc.checked_add_signed(TimeDelta::seconds(second)).unwrap_or(utc);
        utc.with_timezone(&FixedOffset::east_opt(offset).unwrap())
    })
}

fn limit() -> impl Strategy<Value = Limit> {
    let number = prop_oneof![1..30_u32, Just(65_536), Just(i32::MAX as u32), Just(u32::MAX)];
    (number, select(Unit::ALL)).prop_map(|(number, unit)| Limit::new(number, unit).unwrap())
}

#[derive(Clone, Debug)]
enum Act {
    Suspend(Id, Moment),
    Resume(Id, Moment),
    Restart(Moment),
    Add(Limit, Moment),
    Extend(Limit, Moment, Option<Limit>),
    Stop(Moment),
    Competent(Moment),
    Read(&'static str, &'static str),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let reading = select(
        &[
            ("after-15", "deemed-next-day"),
            ("after-15", "count-reception-day"),
            ("after-15", "may-finish-next"),
            ("leap-day", "roll"),
            ("clock-hours", "rolled"),
            ("swapped-saturday", "rest"),
            ("swapped-day-off", "ordinary"),
            ("apology", "calendar-day"),
        ][..],
    );
    let act = prop_oneof![
        (name(), moment()).prop_map(|(cause, at)| Act::Suspend(cause, at)),
        (name(), moment()).prop_map(|(cause, at)| Act::Resume(cause, at)),
        moment().prop_map(Act::Restart),
        (limit(), moment()).prop_map(|(by, at)| Act::Add(by, at)),
        (limit(), moment(), prop::option::of(limit()))
            .prop_map(|(by, at, longest)| Act::Extend(by, at, longest)),
        moment().prop_map(Act::Stop),
        moment().prop_map(Act::Competent),
        reading.prop_map(|(name, reading)| Act::Read(name, reading)),
    ];
    prop::collection::vec(act, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn terms_at_the_ends_of_the_range_are_counted_or_refused(
        length in prop_oneof![
            4 => limit().prop_map(Length::Limit),
             1 => Just(Length::SameDay),
             1 => Just(Length::Transfer),],
        at in moment(),
        now in moment(),
        acts in acts(),
    ) {
        let calendar = &World::get().calendar;
        let mut clock = Clock::start(length, at);
        for act in acts {
            match act {
                Act::Suspend(cause, at) => clock.suspend(cause, at),
                Act::Resume(cause, at) => clock.resume(cause, at),
                Act::Restart(at) => clock.restart(at),
                Act::Add(by, at) => clock.add(by, at),
                Act::Extend(by, at, longest) => {
                    drop(clock.extend(calendar, by, at, Bound { times: 2, longest }));
                }
                Act::Stop(at) => clock.stop(at),
                Act::Competent(at) => clock = clock.received_by_competent(at),
                Act::Read(name, reading) => {
                    let mut policies = clock.policies();
                    policies.set(name, reading).unwrap();
                    clock = clock.under(policies);
                }
            }
        }
        let due = clock.due(calendar);
        if let Ok(Some(due)) = &due {
            hoso::clock::latest_apology(calendar, &clock.policies(), due.date()).ok();
            let (from, until) = calendar.covered();
            prop_assert!((from..until).contains(&due.date()), "{due:?}");
        }
        let ledger = clock.ledger(calendar);
        if let (Ok(Some(due)), Ok(Some(ledger))) = (&due, &ledger) {
            prop_assert_eq!(&ledger.due(), due);
        }
        clock.remaining(calendar, now).ok();
    }

    #[test]
    fn fees_of_any_quantity_and_facts_are_assessed_or_refused(
        item in any::<Index>(),
        quantity in prop_oneof![any::<i64>(), 1..1_000_i64],
        channel in select(Channel::ALL),
        on in prop_oneof![Just(NaiveDate::MIN), Just(NaiveDate::MAX), Just(NaiveDate::default()), day()],
        answers in prop::collection::vec(prop::option::of(value()), 64),
    ) {
        let tariff = &World::get().tariff;
        let items: Vec<_> = tariff.items().map(|(it, _)| it).collect();
        let chosen = [*item.get(&items)];
        let request = Request::new(&chosen, on, channel).times(quantity);
        let lookup = |it: FactIdx| answers.get(it.index()).copied().flatten();
        let priced = fee::price(tariff, &request, lookup);
        let assessed = fee::assess(tariff, &request, lookup);
        prop_assert_eq!(priced.is_ok(), assessed.is_ok());
    }
}

pub(crate) fn day() -> impl Strategy<Value = NaiveDate> {
    (0..4_000_u64).prop_map(|it| NaiveDate::default() + chrono::Days::new(16_000 + it))
}
