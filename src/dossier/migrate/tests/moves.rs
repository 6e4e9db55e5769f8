//! What a move keeps, changes and refuses.

use expect_test::expect;

use super::*;
use crate::dossier::Payment;
use crate::money::Dong;

const AREA: (&str, Value) = ("area", Value::Integer(50));

#[test]
fn a_move_changes_the_version_and_nothing_else() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    let before = desk.dossier.clone();
    expect![["01/01 00:00 2026-01 review: decision running 29/12"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let after = &desk.dossier;
    assert_eq!(after.facts(), before.facts());
    assert_eq!(after.documents(), before.documents());
    assert_eq!(after.terms(), before.terms());
    assert_eq!(after.charges(), before.charges());
    assert_eq!(after.appointment(), before.appointment());
    assert_eq!((after.taken.len(), after.accepted()), (2, before.accepted()));
    let Happened::Migrated(migrated) = desk.log.last().unwrap().happened() else { panic!() };
    assert_eq!((migrated.from.as_str(), migrated.version.as_str()), ("2025-01", "2026-01"));
    assert_eq!((&*migrated.terms, &migrated.charges), (&[][..], &None));
}

#[test]
fn a_due_date_stands_unless_the_law_gives_the_term_another_length() {
    let shorter = [("limit = \"10 working days\"", "limit = \"7 working days\"")];
    let mut kept = Desk::accepted(&shorter, "", &[AREA]);
    expect![["01/01 00:00 2026-01 review: decision running 29/12 kept"]]
        .assert_eq(&kept.migrate("2026-01-01T00:00"));
    // What becomes known later does not measure it anew.
    let facts = Order::Facts([(Id::literal("eligible"), Value::Boolean(true))].into());
    expect![["02/01 09:00 2026-01 review: decision running 29/12 kept"]].assert_eq(&kept.ask(
        "2026-01-02T09:00",
        "officer",
        facts,
    ));
    let rule = r#"
[migration.shorter]
term = { decision = "new-length" }
reason = "Thời hạn mới áp dụng cho hồ sơ đang giải quyết"
"#;
    let mut shortened = Desk::accepted(&shorter, rule, &[AREA]);
    expect![["01/01 00:00 2026-01 review: decision running 24/12"]]
        .assert_eq(&shortened.migrate("2026-01-01T00:00"));
}

#[test]
fn a_suspended_term_is_carried_suspended_and_resumes_with_its_days() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 19/01"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    // Three days were run before it was suspended; seven are left from 6 January on.
    expect!["06/01 09:00 2026-01 review: decision running 14/01, supplement stopped 19/01"]
        .assert_eq(&desk.take("2026-01-06T09:00", "applicant", "supplement"));
    // The one request that the law allows was made under the old version.
    expect![[
        "at-most: taken as often as allowed: Request a supplement (`ask`); needed: 1; found: 1"
    ]]
    .assert_eq(&desk.take("2026-01-07T09:00", "officer", "ask"));
}

#[test]
fn who_acted_and_how_often_counts_under_another_name() {
    let changes = [("[transition.ask]", "[transition.ask-once]")];
    let mut desk = Desk::accepted(&changes, "", &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.take("2025-12-19T09:00", "applicant", "supplement");
    expect!["step-not-in-version: this version has no such step, and it was taken: `ask`"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let rule = r#"
[migration.renamed]
transition = { ask = "ask-once" }
reason = "Đổi tên bước"
"#;
    let mut desk = Desk::accepted(&changes, rule, &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.take("2025-12-19T09:00", "applicant", "supplement");
    desk.migrate("2026-01-01T00:00");
    expect![[
        "at-most: taken as often as allowed: Request a supplement (`ask-once`); needed: 1; found: 1"
    ]]
    .assert_eq(&desk.take("2026-01-05T09:00", "officer", "ask-once"));
}

#[test]
fn what_was_paid_is_paid() {
    let paid = |rule: &str| {
        let mut desk = Desk::accepted(&[("[fee.permit]", "[fee.issuing]")], rule, &[AREA]);
        let payment = Payment { fee: Some(Id::literal("permit")), amount: Dong::new(75_000) };
        desk.ask("2025-12-16T09:00", "applicant", Order::Pay(payment));
        let said = desk.migrate("2026-01-01T00:00");
        let charges = desk.dossier.charges().iter();
        let paid: Vec<_> = charges.map(|it| format!("{} {}", it.fee, it.paid)).collect();
        format!("{said}\n{}", paid.join(", "))
    };
    expect![[r#"
        fee-not-in-version: this version has no such fee, and it was paid: `permit`; found: 75.000 đ
        permit 75.000"#]]
    .assert_eq(&paid(""));
    let rule = r#"
[migration.renamed]
fee = { permit = "issuing" }
reason = "Lệ phí đổi tên"
"#;
    expect![[r#"
        01/01 00:00 2026-01 review: decision running 29/12
        issuing 75.000"#]]
    .assert_eq(&paid(rule));
}

#[test]
fn what_fell_due_before_the_move_follows_the_version_that_is_left() {
    // Under the later version the applicant's silence closes nothing.
    let changes = [("expires = \"lapse\"\n", ""), ("limit = \"30 days\"", "limit = \"300 days\"")];
    let mut desk = Desk::accepted(&changes, "", &[AREA]);
    desk.take("2025-12-16T09:00", "officer", "ask");
    let mut late = Desk { log: desk.log.clone(), ..Desk::accepted(&changes, "", &[AREA]) };
    late.dossier = desk.dossier.clone();
    // On time: the move comes before the term ends, so it never closes the dossier.
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 15/01 kept"]]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let year = "2027-01-01T09:00:00+07:00".parse().unwrap();
    assert_eq!(desk.dossier.expire(&desk.cx().under(&desk.new), year), []);
    // A year late: the same, stamped with the same day.
    expect![["01/01 00:00 2026-01 waiting: decision suspended -, supplement running 15/01 kept"]]
        .assert_eq(&late.migrate("2026-12-30T09:00"));
    assert_eq!(
        late.dossier.last().map(|it| it.to_rfc3339()),
        desk.dossier.last().map(|it| it.to_rfc3339())
    );
}

#[test]
fn a_term_that_ended_under_the_old_version_does_not_end_again() {
    let mut desk = Desk::accepted(&[], "", &[AREA]);
    desk.take("2025-12-16T09:00", "officer", "ask");
    let lapsed = "2026-01-16T09:00:00+07:00".parse().unwrap();
    let events = desk.dossier.expire(&desk.cx(), lapsed);
    assert_eq!(events.len(), 1);
    events.iter().for_each(|it| desk.dossier.evolve(it));
    expect!["terminal: the dossier is closed: Đã dừng (`stopped`)"]
        .assert_eq(&desk.migrate("2026-02-01T09:00"));
    assert_eq!(
        desk.dossier.expire(&desk.cx().under(&desk.new), lapsed + chrono::TimeDelta::days(900)),
        []
    );
}

#[test]
fn what_was_decided_and_who_is_still_asked_stay_with_the_old_version() {
    let area = ("area", Value::Integer(500));
    let mut desk = Desk::accepted(&[("[consultation.fire]", "[consultation.rescue]")], "", &[area]);
    desk.take("2025-12-16T09:00", "officer", "consult");
    expect!["consultation-not-in-version: this version does not ask the agency that has yet to answer: `fire`; found: 2025-12-23 23:59"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
    let mut desk = Desk::accepted(&[], "", &[AREA, ("eligible", Value::Boolean(true))]);
    desk.take("2025-12-16T09:00", "officer", "submit");
    desk.take("2025-12-16T10:00", "head", "initial");
    let payment = Payment { fee: None, amount: Dong::new(75_000) };
    desk.ask("2025-12-16T11:00", "applicant", Order::Pay(payment));
    desk.take("2025-12-17T10:00", "head", "sign");
    expect!["17/12 10:00 2025-01 signed: decision stopped 29/12"].assert_eq(&desk.stand());
    expect!["result-exists: a result exists; found: 2025-12-17 10:00"]
        .assert_eq(&desk.migrate("2026-01-01T00:00"));
}

#[test]
fn without_the_version_that_is_left_nothing_moves() {
    let desk = Desk::accepted(&[], "", &[AREA]);
    let command = Command::new(Uuid::max(), Actor::new("x", Id::literal("system")), Order::Migrate);
    let at = "2026-01-05T09:00:00+07:00".parse().unwrap();
    let cx = desk.cx().under(&desk.new);
    let no = desk.dossier.decide(&cx, &command, at).unwrap_err();
    assert_eq!(no.cause(), Cause::WrongProcedure);
    let twice = desk.dossier.decide(&cx.moving_from(&desk.new), &command, at).unwrap_err();
    assert_eq!(twice.cause(), Cause::WrongProcedure);
    let back = desk.cx().moving_from(&desk.new);
    let same = desk.dossier.decide(&back, &command, at).unwrap_err();
    assert!(same.has(Cause::NotMigratable));
}

#[test]
fn a_stored_move_replays() {
    let rule = r#"
[migration.all]
state = { waiting = "waiting" }
transition = { ask = "ask-once" }
term = { decision = "new-length" }
reason = "Đổi tên bước"
"#;
    let changes = [
        ("[transition.ask]", "[transition.ask-once]"),
        ("\"10 working days\"", "\"9 working days\""),
    ];
    let mut desk = Desk::accepted(&changes, rule, &[AREA]);
    desk.take("2025-12-18T09:00", "officer", "ask");
    desk.migrate("2026-01-01T00:00");
    let stored = serde_json::to_string(&desk.log).unwrap();
    let read: Vec<Event> = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, desk.log);
    assert_eq!(Dossier::replay(Uuid::nil(), &read).unwrap(), desk.dossier);
    let happened = desk.log.last().unwrap().happened();
    let happened = serde_json::to_string_pretty(happened).unwrap();
    expect![[r#"
        {
          "migrated": {
            "from": "2025-01",
            "version": "2026-01",
            "by": "all",
            "state": "waiting",
            "portal-status": 5,
            "previous": "review",
            "counted": [
              [
                "ask",
                "ask-once"
              ]
            ],
            "terms": [
              {
                "term": "decision",
                "standing": "suspended",
                "clock": {
                  "length": "9 working days",
                  "policies": {},
                  "cut-off": "15:00:00",
                  "started": "2025-12-15T09:00:00+07:00",
                  "competent": null,
                  "suspensions": [
                    {
                      "cause": "ask",
                      "from": "2025-12-18T09:00:00+07:00",
                      "until": null
                    }
                  ],
                  "extensions": [],
                  "stopped": null
                }
              }
            ],
            "appointment": {
              "original": {
                "date": "2025-12-29",
                "moment": "2025-12-29T23:59:59+07:00",
                "calendar": "hanoi",
                "revision": "2026-10-02",
                "provisional": false
              }
            }
          }
        }"#]]
    .assert_eq(&happened);
}
