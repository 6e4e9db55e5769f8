//! What must not touch the heap does not.

#[cfg(feature = "simulate")]
mod caseload;
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

/// Places of dossiers are used again: a run of nine times the length takes next to no more memory.
#[cfg(feature = "simulate")]
#[test]
fn a_caseload_touches_the_heap_for_the_open_dossiers_alone() {
    let models = [
        ("mm5", include_str!("../procedures/scenarios/reference/mm5.toml")),
        ("rework", include_str!("../procedures/scenarios/reference/rework.toml")),
        (
            "rework-office-hours",
            include_str!("../procedures/scenarios/reference/rework-office-hours.toml"),
        ),
        // With terms, suspensions and agencies.
        ("ward", include_str!("fixture/ward.toml")),
    ];
    for (id, text) in models {
        let [(few, short), (many, long)] = caseloads(id, text);
        assert!(many > 8 * few && few > 2_000, "{id}: {few} {many}");
        // Queues that grow by chance double their room.
        assert!(long.count_total < short.count_total + 150, "{id}: {short:?} {long:?}");
        assert!(long.bytes_max < 2 * short.bytes_max, "{id}: {short:?} {long:?}");
    }
}

/// Returns the events of a caseload of three weeks and of one of half a year, and what they took.
#[cfg(feature = "simulate")]
fn caseloads(id: &str, text: &str) -> [(u64, allocation_counter::AllocationInfo); 2] {
    let days = ["2018-01-01", "2020-01-01", "2025-09-01"];
    ["2025-07-20", "2025-12-31"].map(|until| {
        let text = text
            .replace("warm-up-days = 60\n", "")
            .replace(&format!("id = \"{id}\""), "id = \"tested\"")
            .replace("until = 2022-01-01", &format!("until = {until}"))
            .replace("until = 2025-12-01", &format!("until = {until}"));
        let text = days.iter().fold(text, |it, day| it.replace(day, "2025-07-01"));
        let desk = caseload::Desk::open(&[("tested.toml", &text)]);
        let model = desk.model("tested");
        let mut events = 0;
        let counted = alone(|| events = caseload::run(&model, 1).report().totals.events);
        (events, counted)
    })
}

/// Counts what one thread does, and runs nothing on others.
#[cfg(feature = "simulate")]
fn alone(run: impl FnOnce() + Send) -> allocation_counter::AllocationInfo {
    #[cfg(feature = "parallel")]
    return hoso::simulate::on_threads(1, || allocation_counter::measure(run));
    #[cfg(not(feature = "parallel"))]
    return allocation_counter::measure(run);
}
