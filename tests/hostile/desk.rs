//! Cases that random commands found, at a small desk.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use hoso::calendar::Moment;
use hoso::definition::fact::Value;
use hoso::definition::{self, Channel, Procedure};
use hoso::dossier::{Actor, Cause, Command, Context, Dossier, Filing, Order, Payment, Taking};
use hoso::money::Dong;
use hoso::source::Sources;
use uuid::Uuid;

use crate::commands::Case;
use crate::{World, office};

/// A small procedure whose fee falls away with a fact; nothing prices it.
fn desk() -> &'static Procedure {
    static PROCEDURE: OnceLock<Procedure> = OnceLock::new();
    PROCEDURE.get_or_init(|| {
        let mut sources = Sources::new();
        sources.add(
            "text",
            r#"
            format = 1
            procedure = { id = "a", version = "1", name = "A", authority = "commune", service-level = "full", channels = "counter", effective = { from = 2025-07-01 } }
            fact.poor = { type = "boolean" }
            fact.born = { type = "date" }
            role.a = { name = "A" }
            state.a = { name = "A", portal-status = 1 }
            state.b = { name = "B", portal-status = 6 }
            transition.file = { act = "file", to = "a", by = "a" }
            transition.demand = { act = "demand-payment", from = "a", to = "b", by = "a" }
            fee.a = { item = "a", when = "not poor" }
            "#,
        );
        definition::load(&sources).0.remove(0)
    })
}

fn filed() -> Case {
    let mut case = Case { dossier: Dossier::new(Uuid::nil()), log: Vec::new() };
    let filing = Filing::on(Channel::Counter);
    assert_eq!(case.ask(Order::File(filing), "2026-03-02T08:00:00+07:00"), None);
    case
}

impl Case {
    /// Asks the small desk for something; says why not.
    fn ask(&mut self, order: Order, at: &str) -> Option<Cause> {
        let at = at.parse().unwrap();
        self.ask_at(order, at)
    }

    fn ask_at(&mut self, order: Order, at: Moment) -> Option<Cause> {
        let cx = Context::new(desk(), &World::get().calendar, None);
        let id = Uuid::from_u128(self.log.len() as u128);
        let command = Command::new(id, Actor::new("an", office::name("a")), order);
        match self.dossier.decide(&cx, &command, at) {
            Ok(events) => {
                events.iter().for_each(|it| self.dossier.evolve(it));
                self.log.extend(events);
                self.check_stored();
                None
            }
            Err(rejection) => Some(rejection.cause()),
        }
    }

    fn poor(&mut self, is_poor: bool) -> Option<Cause> {
        let facts = vec![(office::name("poor"), Value::Boolean(is_poor))];
        self.ask(Order::Facts(facts), "2026-03-02T09:00:00+07:00")
    }

    fn pay(&mut self, amount: i64) -> Option<Cause> {
        let payment = Payment { fee: Some(office::name("a")), amount: Dong::new(amount) };
        self.ask(Order::Pay(payment), "2026-03-02T09:00:00+07:00")
    }
}

#[test]
fn moments_that_cannot_be_stored_are_refused() {
    let mut case = filed();
    for utc in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let at = utc.with_timezone(&FixedOffset::east_opt(86_399).unwrap());
        assert_eq!(case.ask_at(Order::Facts(Vec::new()), at), Some(Cause::Uncovered));
    }
    let odd = FixedOffset::east_opt(7 * 3600 + 59).unwrap();
    let at: Moment = "2026-03-02T09:00:00+07:00".parse().unwrap();
    assert_eq!(case.ask_at(Order::Facts(Vec::new()), at.with_timezone(&odd)), None);
    assert_eq!(case.log[1].at().to_rfc3339(), "2026-03-02T09:00:00+07:00");
}

#[test]
fn days_that_cannot_be_stored_are_no_facts() {
    let mut case = filed();
    let mut born = |day| {
        let facts = vec![(office::name("born"), Value::Date(day))];
        case.ask(Order::Facts(facts), "2026-03-02T09:00:00+07:00")
    };
    assert_eq!(born(NaiveDate::MAX), Some(Cause::IllTypedFact));
    assert_eq!(born(NaiveDate::default()), None);
}

#[test]
fn what_was_paid_is_not_forgotten_while_the_fee_falls_away() {
    let mut case = filed();
    assert_eq!(case.poor(false), None);
    assert_eq!(case.pay(5), None);
    assert_eq!(case.poor(true), None);
    assert_eq!(case.dossier.charges()[0].payer, Some(Dong::ZERO));
    assert_eq!(case.poor(false), None);
    assert_eq!(case.dossier.charges()[0].paid, Dong::new(5));
}

#[test]
fn a_payment_that_cannot_be_added_is_refused() {
    let mut case = filed();
    assert_eq!(case.pay(i64::MAX), None);
    assert_eq!(case.pay(1), Some(Cause::BadPayment));
}

#[test]
fn nobody_is_made_to_owe_less_than_something() {
    let mut case = filed();
    let amount = Some(Dong::new(-1));
    let demand = Taking { amount, ..Taking::of(office::name("demand")) };
    let asked = case.ask(Order::Take(demand), "2026-03-02T09:00:00+07:00");
    assert_eq!(asked, Some(Cause::BadPayment));
}
