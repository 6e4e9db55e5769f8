//! `hoso fee` on the command line.

use crate::desk::{fails, hoso, json, keys, rows};
use serde_json::Value;

#[test]
fn every_case_of_the_corpus() {
    let rows = rows("fees.toml", "case");
    assert!(rows.len() > 90);
    for row in rows {
        let item = row.get("item");
        let mut args = vec!["fee", item, "--on", row.get("on"), "--channel", row.get("channel")];
        row.list("quantity").iter().for_each(|it| args.extend(["--quantity", it]));
        row.list("facts").iter().for_each(|it| args.extend(["--fact", it]));
        let known = row.find("payer").is_some();
        let said = json(&args, i32::from(!known));
        assert_eq!(said["status"], if known { "known" } else { "unknown" }, "{row:?}");
        assert_eq!(said["payer"], row.number("payer").map_or(Value::Null, Into::into), "{row:?}");
        assert_eq!(said["why"], row.find("why").map_or(Value::Null, Into::into), "{row:?}");
        for key in ["subsidy", "accrued"] {
            if let Some(expected) = row.number(key) {
                assert_eq!(said[key], expected, "{row:?}");
            }
        }
        if let Some(law) = row.find("law").filter(|_| known) {
            assert!(said["lines"][0]["ground"].as_str().unwrap().contains(law), "{row:?}: {said}");
        }
    }
}

#[test]
fn the_answer_has_the_promised_keys() {
    let said =
        json(&["fee", "residence/permanent", "--on", "2024-06-03", "--channel", "online"], 0);
    assert_eq!(keys(&said), ["status", "why", "payer", "subsidy", "accrued", "lines"]);
    let line = &said["lines"][0];
    for key in
        ["item", "component", "authority", "base", "payer", "subsidy", "ground", "not-applied"]
    {
        assert!(line.get(key).is_some(), "{key}");
    }
    assert_eq!(line["not-applied"][0]["why"], "not-proved");
}

#[test]
fn a_procedure_charges_by_the_version_of_the_day() {
    let fee = |name: &str, facts: &[&str]| {
        let call = ["fee", name, "--on", "2026-03-02", "--channel", "counter"];
        json(&[&call[..], facts].concat(), 0)["payer"].clone()
    };
    assert_eq!(fee("construction-permit-house", &[]), 75_000);
    assert_eq!(fee("construction-permit-works", &[]), 150_000);
    // Houses and works share a code; the facts of the case tell them apart.
    assert_eq!(fee("1.013225", &["--fact", "applicant=elderly", "--fact", "floors=3"]), 0);
    let said = fails(&["fee", "1.013225", "--on", "2026-03-02", "--channel", "counter"]);
    assert!(said.contains("shared by `construction-permit-house`"), "{said}");
    let before = ["fee", "construction-permit-house", "--on", "2015-03-02", "--channel", "counter"];
    assert_eq!(json(&before, 1)["why"], "no-tariff");
}

#[test]
fn people_read_every_ground_and_what_was_not_applied() {
    let call = ["fee", "construction-permit/house", "--on", "2026-03-02", "--channel", "online"];
    expect_test::expect![[r#"
        The applicant pays: 0 đ

          Construction permit, individual house (construction-permit/house)
            schedule 75.000 đ, payer 0 đ
            rule: Zero fee for filing online, appraisal excepted (online-2026)
            ground: 77/2025/NQ-HĐND (read in a source)
            not applied: Groups exempt from the construction permit fee (construction-groups): its condition is not proved
    "#]].assert_eq(&hoso(&call).out);
}

#[test]
fn a_call_that_cannot_be_read_says_how_to_mend_it() {
    let fee = |item: &str, more: &[&str]| {
        let call = ["fee", item, "--on", "2026-03-02", "--channel", "counter"];
        fails(&[&call[..], more].concat())
    };
    assert!(fee("residence/permanant", &[]).contains("the nearest is `residence/permanent`"));
    assert!(fee("9.999999", &[]).contains("no procedure has this id or code either"));
    assert!(fee("residence/permanent", &["--fact", "appicant=elderly"]).contains("applicant"));
    assert!(fee("residence/permanent", &["--quantity", "-1"]).contains("quantity"));
    assert!(fee("residence/permanent", &["--tariff", "hue"]).contains("there is no tariff"));
    fails(&["fee", "residence/permanent", "--on", "2026-02-30", "--channel", "counter"]);
    fails(&["fee", "residence/permanent", "--on", "2026-02-03", "--channel", "fax"]);
}

#[test]
fn a_fact_that_a_fee_asks_for_twice_is_named_once() {
    let call = ["fee", "death-registration", "--on", "2026-03-02", "--channel", "counter"];
    let said = json(&[&call[..], &["--fact", "late=false"]].concat(), 1);
    let lines = said["lines"].as_array().unwrap();
    let open: Vec<&Value> = lines.iter().filter(|it| it["payer"].is_null()).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["waits-for"], serde_json::json!(["copies"]));
}
