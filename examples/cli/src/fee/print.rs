//! A bill for people and programs.

use std::fmt::Write as _;

use hoso::fee::{Line, Why};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Bill, Charge};

pub(super) fn data(bill: &Bill<'_>, lang: Lang) -> Value {
    let amount = |it: Option<Dong>| it.map(Dong::get);
    let lines: Vec<Value> = bill.charges.iter().flat_map(|it| lines(it, lang)).collect();
    json!({
        "status": if bill.why().is_none() { "known" } else { "unknown" },
        "why": bill.why().map(Why::as_str),
        "payer": amount(bill.sum(hoso::fee::Bill::payer)),
        "subsidy": amount(bill.sum(hoso::fee::Bill::subsidy)),
        "accrued": amount(bill.sum(hoso::fee::Bill::accrued)),
        "lines": lines,
    })
}

/// Returns the lines of a charge as data.
fn lines(charge: &Charge<'_>, lang: Lang) -> Vec<Value> {
    match charge {
        Charge::Assessed(assessment) => {
            assessment.lines().iter().map(|it| line_data(it, lang)).collect()
        }
        Charge::Unsettled { fee, item, waits } => vec![json!({
            "item": item.as_str(),
            "component": null,
            "authority": null,
            "base": null,
            "payer": null,
            "subsidy": null,
            "why": Why::Ambiguous.as_str(),
            "waits-for": waits.iter().map(Id::as_str).collect::<Vec<_>>(),
            "ground": null,
            "not-applied": [],
            "fee": fee.as_str(),
        })],
    }
}

/// Returns a line of an assessment as data.
pub(crate) fn line_data(line: &Line<'_>, lang: Lang) -> Value {
    let amount = |it: Option<Dong>| it.map(Dong::get);
    let passed = line.not_applied().iter();
    let passed: Vec<Value> = passed
        .map(|it| {
            let (rule, why) = (it.rule(), it.reason());
            json!({ "rule": rule.as_str(), "why": why.as_str(), "name": it.name().get(lang) })
        })
        .collect();
    json!({
        "item": line.item().id().as_str(),
        "component": line.component().id().as_str(),
        "authority": line.component().authority().as_str(),
        "base": amount(line.base()),
        "payer": amount(line.payer()),
        "subsidy": amount(line.subsidy()),
        "why": line.why().map(Why::as_str),
        "waits-for": line.waits_for().iter().map(Id::as_str).collect::<Vec<_>>(),
        "rule": line.rule().map(|(id, _)| id.to_string()),
        "ground": line.ground(lang),
        "not-applied": passed,
    })
}

pub(super) fn text(bill: &Bill<'_>, lang: Lang) -> String {
    let mut out = String::new();
    let total = match bill.sum(hoso::fee::Bill::payer) {
        Some(payer) => format!("{payer} đ"),
        None => {
            let why = bill.why().map_or("", |it| it.label(lang));
            format!("{} ({why})", lang.pick("chưa xác định", "not known"))
        }
    };
    let _ = writeln!(out, "{}: {total}", lang.pick("Người nộp phải trả", "The applicant pays"));
    let subsidy = bill.sum(hoso::fee::Bill::subsidy).filter(|it| *it != Dong::ZERO);
    if let Some(subsidy) = subsidy {
        let _ = writeln!(out, "{}: {subsidy} đ", lang.pick("Ngân sách hỗ trợ", "The budget pays"));
    }
    for charge in &bill.charges {
        match charge {
            Charge::Assessed(assessment) => {
                assessment.lines().iter().for_each(|it| line_text(it, lang, &mut out));
            }
            Charge::Unsettled { fee, item, waits } => {
                let facts: Vec<&str> = waits.iter().map(Id::as_str).collect();
                let hangs = lang.pick("còn tùy thuộc", "it hangs on");
                let _ = writeln!(out, "\n  {fee} ({item}): {hangs} {}", facts.join(", "));
            }
        }
    }
    out
}

fn line_text(line: &Line<'_>, lang: Lang, out: &mut String) {
    let name = line.component().name().unwrap_or(line.item().name());
    let _ = writeln!(out, "\n  {} ({})", name.get(lang), line.item().id());
    let said = |it: Option<Dong>| it.map_or("?".into(), |it| format!("{it} đ"));
    let (base, payer) = (lang.pick("mức thu", "schedule"), lang.pick("phải trả", "payer"));
    let _ = writeln!(out, "    {base} {}, {payer} {}", said(line.base()), said(line.payer()));
    for fact in line.waits_for() {
        let _ = writeln!(out, "    {} `{fact}`", lang.pick("còn tùy thuộc", "it hangs on"));
    }
    if let Some((rule, name)) = line.rule() {
        let _ = writeln!(out, "    {}: {} ({rule})", lang.pick("quy tắc", "rule"), name.get(lang));
    }
    for ground in line.grounds() {
        let label = lang.pick("căn cứ", "ground");
        let (law, sure) = (ground.citation().display(lang), ground.certainty().label(lang));
        let _ = writeln!(out, "    {label}: {law} ({sure})");
    }
    for passed in line.not_applied() {
        let label = lang.pick("không áp dụng", "not applied");
        let (name, why) = (passed.name().get(lang), passed.reason().label(lang));
        let _ = writeln!(out, "    {label}: {name} ({}): {why}", passed.rule());
    }
}
