//! What must not touch the heap does not.

mod office;

use hoso::dossier::{Cause, Command, Order, Taking};
use office::{Office, name};
use uuid::Uuid;

#[test]
fn refusing_for_a_wrong_state_touches_no_heap() {
    let office = Office::open("household-business-registration", "2026-03-02");
    let dossier = office.under_review();
    let actor = office.actor("chi", "approver");
    let order = Order::Take(Taking::of(name("sign")));
    let command = Command::new(Uuid::from_u128(77), actor, order);
    let at = office.at("2026-03-04T09:00");
    let context = office.context();
    let mut refused = None;
    let counted = allocation_counter::measure(|| {
        refused = Some(dossier.decide(&context, &command, at));
    });
    let rejection = refused.unwrap().unwrap_err();
    assert_eq!(rejection.cause(), Cause::WrongState);
    assert_eq!(counted.count_total, 0);
}

#[test]
fn a_due_date_touches_no_heap() {
    let office = Office::open("household-business-registration", "2026-03-02");
    let limit: hoso::clock::Limit = "5 working days".parse().unwrap();
    let at = office.at("2026-03-04T09:00");
    let counted = allocation_counter::measure(|| {
        let due = hoso::clock::Clock::start(limit.into(), at).due(office.calendar());
        assert!(due.is_ok());
    });
    assert_eq!(counted.count_total, 0);
}
