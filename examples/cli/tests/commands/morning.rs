//! `hoso run` over the morning of an office that the repository shows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::desk::{hoso, json as run};

const MORNING: &str = "examples/a-morning-in-hanoi.jsonl";

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap()
}

#[test]
fn the_morning_adds_up() {
    let totals = &run(&["run", MORNING], 0)["totals"];
    let keys = ["dossiers", "commands", "refused", "on-time", "overdue", "fees"];
    assert_eq!(json!(keys.map(|it| &totals[it])), json!([254, 1955, 196, 235, 13, 22_765_000]));
    let sum = ["on-time", "overdue", "without-appointment"].map(|it| totals[it].as_u64().unwrap());
    assert_eq!(sum.iter().sum::<u64>(), 254);
}

#[test]
fn every_refusal_rests_on_a_law_or_waits_for_somebody() {
    let said = run(&["run", MORNING], 0);
    let mut without = BTreeSet::new();
    for refused in list(&said, "dossiers").iter().flat_map(|it| list(it, "refused")) {
        let reasons = list(refused, "reasons");
        assert!(!reasons.is_empty(), "{refused}");
        if reasons.iter().all(|it| it["law"].is_null() && it["who"].is_null()) {
            without.extend(reasons.iter().map(|it| it["code"].as_str().unwrap()));
        }
    }
    // A command that does not fit its dossier is refused by the definition alone; a stop for
    // another legal cause names that cause in the written reasons.
    expect_test::expect![[r#"
        bad-payment
        channel-not-offered
        code-day
        no-such-consultation
        not-migratable
        reason-required
        terminal
        undeclared-fact
        version-conflict
        wrong-state"#]]
    .assert_eq(&Vec::from_iter(without).join("\n"));
}

#[test]
fn consultations_and_what_expired_by_itself_are_told() {
    let said = run(&["run", MORNING], 0);
    let all = |key: &'static str| list(&said, "dossiers").iter().flat_map(move |it| list(it, key));
    assert!(all("consultations").any(|it| it["silence"] == "consent" && it["opinion"].is_null()));
    assert!(all("consultations").any(|it| it["opinion"] == "agree" && it["due"].is_string()));
    let expired: Vec<&Value> = all("expired").map(|it| &it["transition"]).collect();
    assert!(!expired.is_empty());
    assert!(expired.iter().all(|it| *it == "confirm-by-silence"), "{expired:?}");
}

#[test]
fn people_find_what_asks_for_attention_at_the_end() {
    let out = hoso(&["run", MORNING]).out;
    let (_, end) = out.split_at(out.find("Overdue and open").unwrap());
    expect_test::expect![[r#"
        Overdue and open (5):
          dossier      procedure                              state                           due
          XD-2026-025  Construction permit, individual house  Signature, stamp and hand-over  2026-10-08
          KD-2026-017  Registration of a household business   Awaiting signature              2026-10-09
          TT-2026-020  Registration of temporary residence    Awaiting signature              2026-10-09
          XD-2026-020  Construction permit, individual house  Review by the team leader       2026-10-12
          KS-2026-030  Birth registration                     Received                        2026-10-12

        Ended overdue (8):
          dossier      procedure                              state     due
          XD-2025-008  Construction permit, individual house  Returned  2025-07-15
          KD-2025-014  Registration of a household business   Returned  2025-11-24
          KS-2026-007  Birth registration                     Returned  2026-03-10
          KS-2026-018  Birth registration                     Returned  2026-08-18
          TT-2026-014  Registration of temporary residence    Returned  2026-09-09
          CT-2026-019  Certification of copies of originals   Returned  2026-09-11
          KD-2026-014  Registration of a household business   Returned  2026-09-17
          XD-2026-019  Construction permit, individual house  Returned  2026-09-18

        Due today (2):
          dossier      procedure                             state     due
          KS-2026-036  Birth registration                    Received  2026-10-13
          CT-2026-038  Certification of copies of originals  Received  2026-10-13

        Waiting for the applicant (4):
          dossier      procedure                              state                                                     due
          XD-2026-028  Construction permit, individual house  Supplement requested                                      –
          XD-2026-036  Construction permit, individual house  Supplement awaited before reception                       –
          KS-2026-031  Birth registration                     Applicant's confirmation of the electronic draft awaited  –
          TT-2026-028  Registration of temporary residence    Supplement awaited before reception                       –

        Totals: dossiers 254 · commands 1955 · refused 196 · on time 235 (of which open 23) · overdue 13 · without an appointment 6 · fees 22.765.000 đ · fee not known 1 (as of 2026-10-13 11:30)
    "#]].assert_eq(end);
    let out = hoso(&["run", MORNING, "--lang", "vi"]).out;
    assert!(out.contains(" · mã số hồ sơ H26.50.03-261013-0005\n"), "{out}");
    let totals = out.lines().last().unwrap();
    assert!(
        totals.contains("đúng hạn 235 (còn mở 23) · quá hạn 13 · chưa có ngày hẹn 6"),
        "{totals}"
    );
}

#[test]
fn a_stopped_dossier_is_not_due() {
    let out = hoso(&["run", MORNING]).out;
    let stopped: Vec<&str> = out.lines().filter(|it| it.contains("Stopped (8)")).collect();
    assert_eq!(stopped.len(), 5);
    assert!(stopped.iter().all(|it| !it.contains(" due ")), "{stopped:?}");
}
