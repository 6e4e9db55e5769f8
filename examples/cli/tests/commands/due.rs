//! `hoso due` on the command line.

use crate::desk::{Row, fails, hoso, json, keys, rows};
use serde_json::{Value, json};

/// Writes a row of the corpus as a call.
fn call(row: &Row) -> Vec<&str> {
    let mut args = vec!["due"];
    if let Some(limit) = row.find("limit") {
        args.extend([if limit.ends_with("-15") { "--rule" } else { "--limit" }, limit]);
    }
    for (key, flag) in [
        ("from", "--from"),
        ("before", "--before"),
        ("competent", "--competent"),
        ("restart", "--restart"),
        ("known-on", "--calendar-revision"),
        ("suspend", "--suspend"),
        ("extend", "--extend"),
        ("policies", "--policy"),
    ] {
        row.list(key).iter().for_each(|it| args.extend([flag, it]));
    }
    args
}

#[test]
fn every_deadline_of_the_corpus() {
    let rows = rows("deadlines.toml", "deadline");
    assert!(rows.len() > 90);
    for row in rows {
        let said = json(&call(&row), 0);
        let due = row.get("due");
        let end = if due.len() == 10 { format!("{due}T23:59:59") } else { due.into() };
        assert_eq!(said["due"], format!("{end}+07:00"), "{row:?}");
        assert_eq!(said["due-date"], *due.split('T').next().unwrap(), "{row:?}");
        assert_eq!(said["limit"], row.get("limit"), "{row:?}");
        assert!(!said["ledger"].as_array().unwrap().is_empty(), "{row:?}");
    }
}

#[test]
fn every_apology_of_the_corpus() {
    for row in rows("deadlines.toml", "apology") {
        let said = json(&call(&row), 0);
        assert_eq!(said["due-date"], row.get("last-day"), "{row:?}");
        assert_eq!(said["due"], format!("{}T23:59:59+07:00", row.get("last-day")), "{row:?}");
    }
}

#[test]
fn the_answer_has_the_promised_keys() {
    let said = json(&["due", "--limit", "1 working day", "--from", "2026-04-24T16:00"], 0);
    let all =
        ["due-date", "due", "limit", "calendar", "calendar-revision", "provisional", "ledger"];
    assert_eq!(keys(&said), all);
    assert_eq!(said["calendar"], "hanoi");
    assert_eq!(said["provisional"], false);
    assert_eq!(keys(&said["ledger"][0]), ["from", "to", "counted", "reason", "law"]);
    assert_eq!(
        said["ledger"][0],
        json!({
            "from": "2026-04-24",
            "to": "2026-04-24",
            "counted": false,
            "reason": "the first day is not counted",
            "law": "91/2015/QH13, art. 147(2)",
        })
    );
    let hours = json(&["due", "--limit", "8 clock hours", "--from", "2026-04-24T16:00:05"], 0);
    assert_eq!(hours["ledger"][0]["from"], "2026-04-24T16:00:05+07:00");
    assert_eq!(hours["due"], "2026-04-25T00:00:05+07:00");
}

#[test]
fn people_read_the_ledger_in_their_language() {
    let call = ["due", "--limit", "1 working day", "--from", "2026-04-24T16:00", "--lang", "vi"];
    expect_test::expect![[r#"
        Hạn trả kết quả: 2026-04-28 23:59:59 (thứ Ba)
          1 ngày làm việc
          Giờ làm việc của các cơ quan Hà Nội (theo văn bản đến ngày 2026-10-02)

          từ          đến         tính  lý do                      căn cứ
          2026-04-24  2026-04-24  –     ngày đầu tiên không tính   91/2015/QH13, Điều 147(2)
          2026-04-25  2026-04-25  –     ngày nghỉ hằng tuần        188/1999/QĐ-TTg
          2026-04-26  2026-04-26  –     Giỗ Tổ Hùng Vương          45/2019/QH14, Điều 112
          2026-04-27  2026-04-27  –     Nghỉ bù Giỗ Tổ Hùng Vương  45/2019/QH14, Điều 111(3)
          2026-04-28  2026-04-28  1     được tính
    "#]]
    .assert_eq(&hoso(&call).out);
}

#[test]
fn a_term_of_a_procedure_runs_by_its_own_rules() {
    let permit = ["due", "construction-permit-house", "--accepted", "2026-03-02T09:00"];
    let said = json(&permit, 0);
    assert_eq!(said["due-date"], "2026-03-17");
    assert_eq!(said["limit"], "15 days");
    assert_eq!(json(&["due", "construction-permit-house", "--from", "2026-03-02T09:00"], 0), said);
    let check = [&permit[..], &["--term", "supplement-check"]].concat();
    // Whether guidance was given is known to be unknown: the guard asks for that first.
    assert_eq!(json(&check, 0)["limit"], "5 working days");
    let guided = [&check[..], &["--fact", "guided=true"]].concat();
    assert_eq!(json(&guided, 0)["limit"], "3 working days");
}

#[test]
fn what_is_not_known_is_status_one_with_the_reason() {
    let why = |args: &[&str]| {
        let said = json(&[&["due"], args].concat(), 1);
        assert_eq!(said["due"], Value::Null, "{args:?}");
        assert_eq!(said["due-date"], Value::Null, "{args:?}");
        String::from(said["why"].as_str().unwrap())
    };
    let long = ["--limit", "9 years", "--from", "2026-03-02T09:00"];
    assert_eq!(why(&long), "uncovered");
    let open = ["--limit", "9 days", "--from", "2026-03-02T09:00", "--suspend", "2026-03-03.."];
    assert_eq!(why(&open), "suspended");
    let early = ["construction-permit-house", "--accepted", "2015-03-02T09:00"];
    assert_eq!(why(&early), "not-in-force");
    let supplement =
        ["construction-permit-house", "--accepted", "2026-03-02T09:00", "--term", "supplement"];
    assert_eq!(why(&supplement), "unknown-limit");
    let said = hoso(&[&["due"], &supplement[..]].concat());
    assert!(said.out.starts_with("No due date: no limit for the applicant was found"), "{said:?}");
}

#[test]
fn days_of_a_suspension_are_left_out() {
    let due = |pause: &str| {
        let call =
            ["due", "--limit", "5 working days", "--from", "2026-03-02T09:00", "--suspend", pause];
        json(&call, 0)["due-date"].clone()
    };
    // After Tuesday, up to and including Friday: three working days do not count.
    assert_eq!(due("2026-03-03..2026-03-06"), "2026-03-12");
    assert_eq!(due("2026-03-03T10:00..2026-03-06T10:00"), "2026-03-12");
    assert_eq!(due("2026-03-03..2026-03-03"), "2026-03-09");
}

#[test]
fn a_restart_drops_what_was_suspended_before_it() {
    let call = ["due", "--limit", "5 working days", "--from", "2026-03-02T09:00"];
    let pauses = ["--restart", "2026-03-09T09:00", "--suspend", "2026-03-03..2026-03-06"];
    let said = json(&[&call[..], &pauses].concat(), 0);
    assert_eq!(said["due-date"], "2026-03-16");
    let later = [&call[..], &pauses, &["--suspend", "2026-03-10..2026-03-11"]].concat();
    assert_eq!(json(&later, 0)["due-date"], "2026-03-17");
}

#[test]
fn a_moment_with_an_offset_is_the_same_moment() {
    let due = |from: &str| json(&["due", "--limit", "1 working day", "--from", from], 0);
    assert_eq!(due("2026-03-02T20:00Z"), due("2026-03-03T03:00"));
    assert_eq!(due("2026-03-02T20:00:00+00:00"), due("2026-03-03T03:00:00"));
}

#[test]
fn a_call_that_cannot_be_read_says_how_to_mend_it() {
    let wrong: [(&[&str], &str); 12] = [
        (&[], "--from MOMENT"),
        (&["--from", "2026-03-02T09:00"], "what runs is not clear"),
        (&["--limit", "5", "--from", "2026-03-02T09:00"], "a number without a unit"),
        (&["--limit", "5 days", "--from", "2026-03-02"], "YYYY-MM-DDTHH:MM"),
        (&["--limit", "5 days", "--from", "2026-13-02T09:00"], "not a moment"),
        (
            &["--limit", "5 days", "--rule", "same-day-15", "--from", "2026-03-02T09:00"],
            "not clear",
        ),
        (&["--rule", "weekly", "--from", "2026-03-02T09:00"], "same-day-15"),
        (
            &["--limit", "5 days", "--from", "2026-03-02T09:00", "--calendar", "hue"],
            "there is no calendar",
        ),
        (
            &["--limit", "5 days", "--from", "2026-03-02T09:00", "--policy", "weather=fine"],
            "a policy",
        ),
        (
            &["--limit", "5 days", "--from", "2026-03-02T09:00", "--suspend", "2026-03-04"],
            "FROM..TO",
        ),
        (
            &["construction-permit-house", "--from", "2026-03-02T09:00", "--term", "x"],
            "there is no term",
        ),
        (
            &["construction-permit-house", "--from", "2026-03-02T09:00", "--fact", "flors=2"],
            "nearest declared one is",
        ),
    ];
    for (args, expected) in wrong {
        let err = fails(&[&["due"], args].concat());
        assert!(err.contains(expected), "{args:?}: {err}");
    }
}
