//! A verdict as one JSON document.

use hoso::definition::Procedure;
use hoso::money::{Dong, Ratio};
use hoso::simplify::cost::{Account, Cost};
use hoso::simplify::{
    Burden, CostLeg, Entry, Judged, Legs, Portfolio, Relief, Tally, Verdict, Weighed,
};
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Asked, Pair, holds};
use crate::answer::put;
use crate::render;

pub(super) fn verdict(pair: &Pair<'_, '_>, asked: &Asked<'_>, lang: Lang) -> Value {
    let it = pair.verdict;
    let mut data = of_verdict(it, asked, lang);
    put(&mut data, "before", version(pair.old));
    put(&mut data, "after", version(pair.new));
    put(&mut data, "norms", asked.setting.norms().id().as_str());
    put(&mut data, "on", asked.setting.on().to_string());
    data
}

fn of_verdict(it: &Verdict<'_>, asked: &Asked<'_>, lang: Lang) -> Value {
    let balance = it.balance();
    let objections = it.objections().iter().map(|it| render::data(asked.sources, it));
    json!({
        "target": it.target().to_string(),
        "adoption": it.adoption().to_string(),
        "burdens": {
            "before": balance.before(),
            "removed": balance.count(Relief::Removed),
            "simplified": balance.count(Relief::Simplified),
            "added": balance.added().len(),
            "share": format!("{}/{}", it.cut(), balance.before()),
            "units": balance.weighed().iter().map(|it| unit(it, lang)).collect::<Vec<_>>(),
            "new": balance.added().iter().map(|it| burden(it, lang)).collect::<Vec<_>>(),
        },
        "cost": cost(it),
        "legs": legs(it.legs()),
        "objections": objections.collect::<Vec<_>>(),
        "verdict": it.holds(),
    })
}

fn version(it: &Procedure) -> Value {
    json!({ "procedure": it.id().as_str(), "version": it.version().as_str() })
}

fn legs(it: Legs) -> Value {
    json!({
        "burdens": it.burdens,
        "cost": it.cost,
        "cost-without-fees": it.cost_without_fees,
    })
}

fn unit(it: &Weighed<'_>, lang: Lang) -> Value {
    let mut data = burden(it.burden(), lang);
    put(&mut data, "became", it.relief().as_str());
    put(&mut data, "now", it.now().iter().map(|it| it.at().to_string()).collect::<Vec<_>>());
    put(&mut data, "fallen", it.fallen().iter().map(|it| it.as_str()).collect::<Vec<_>>());
    data
}

fn burden(it: &Burden<'_>, lang: Lang) -> Value {
    let measures: serde_json::Map<String, Value> =
        it.measures().iter().map(|(it, count)| (it.as_str().into(), (*count).into())).collect();
    json!({
        "at": it.at().to_string(),
        "part": it.part().map(|it| it.to_string()),
        "kind": it.kind().as_str(),
        "name": it.name().map(|it| it.get(lang)),
        "borne-by": it.bearer(lang),
        "measures": measures,
        "law": it.law().iter().map(|it| it.display(lang)).collect::<Vec<_>>(),
    })
}

fn cost(it: &Verdict<'_>) -> Value {
    let whole = it.cost();
    json!({
        "before": dong(whole.before()),
        "after": dong(whole.after()),
        "saved": dong(whole.saved()),
        "share": share(whole),
        "without-fees": leg(it.cost_without_fees()),
        "share-without-fees": share(it.cost_without_fees()),
        "time": leg(it.leg(Cost::time)),
        "direct": leg(it.leg(Cost::direct)),
        "fees": leg(it.leg(Cost::fees)),
        "minutes": { "before": it.before().applicant().minutes(), "after": it.after().applicant().minutes() },
        "on-average": whole.on_average().map(|it| it.to_string()),
        "break-even": whole.break_even(it.target()).map(|it| it.to_string()),
        "per-year": per_year(it),
    })
}

fn leg(it: CostLeg) -> Value {
    json!({ "before": dong(it.before()), "after": dong(it.after()), "saved": dong(it.saved()) })
}

fn dong(it: Option<Dong>) -> Option<i64> {
    it.map(Dong::get)
}

/// Returns what all subjects save of what they bore, not in lowest terms.
fn share(it: CostLeg) -> Option<String> {
    it.share().map(|(saved, before)| format!("{saved}/{before}"))
}

fn per_year(it: &Verdict<'_>) -> Value {
    let yearly = |it: &Account<'_>| it.yearly().map(Dong::get);
    let cases = it.after().cases_a_year().or(it.before().cases_a_year());
    json!({
        "cases": cases,
        "before": yearly(it.before()),
        "after": yearly(it.after()),
        "adopted": cases.and_then(|cases| it.of_cases(cases)).map(|it| it.to_string()),
    })
}

pub(super) fn portfolio(it: &Portfolio<'_>, asked: &Asked<'_>, lang: Lang) -> Value {
    let mut data = tally(&it.total(), it.target());
    put(&mut data, "target", it.target().to_string());
    let fields = it.by_field().into_iter().map(|(field, sums)| {
        let mut data = tally(&sums, it.target());
        put(&mut data, "field", field.map(|it| it.get(lang)));
        data
    });
    let fields: Vec<Value> = fields.collect();
    let levels = it.by_authority().into_iter().map(|(level, sums)| {
        let mut data = tally(&sums, it.target());
        put(&mut data, "authority", level.as_str());
        data
    });
    let levels: Vec<Value> = levels.collect();
    let entries: Vec<Value> = it.entries().iter().map(|it| entry(it, asked, lang)).collect();
    let objections: Vec<Value> = entries
        .iter()
        .flat_map(|it| it["objections"].as_array().into_iter().flatten().cloned())
        .collect();
    put(&mut data, "by-field", fields);
    put(&mut data, "by-authority", levels);
    put(&mut data, "procedures", entries);
    put(&mut data, "objections", objections);
    put(&mut data, "verdict", holds(it));
    data
}

fn entry(it: &Entry<'_>, asked: &Asked<'_>, lang: Lang) -> Value {
    let (became, mut data) = match it.judged() {
        Judged::Compared(verdict) => ("compared", of_verdict(verdict, asked, lang)),
        Judged::Abolished(burdens, _) => ("abolished", json!({ "burdens": burdens })),
        Judged::New(burdens, _) => ("new", json!({ "burdens": burdens })),
    };
    put(&mut data, "procedure", it.procedure().id().as_str());
    put(&mut data, "name", it.procedure().name().get(lang));
    put(&mut data, "became", became);
    data
}

fn tally(it: &Tally, target: Ratio) -> Value {
    let cut = it.removed() + it.simplified();
    let (before, after) = it.cost().with_fees();
    let (bare, rest) = it.cost().without_fees();
    json!({
        "procedures-compared": it.procedures(),
        "procedures-reaching": it.reaching(),
        "burdens": {
            "before": it.before(),
            "removed": it.removed(),
            "simplified": it.simplified(),
            "added": it.added(),
            "share": format!("{cut}/{}", it.before()),
        },
        "cost": {
            "before": whole(before),
            "after": whole(after),
            "saved": whole(before - after),
            "share": format!("{}/{before}", before - after),
            "without-fees": { "before": whole(bare), "after": whole(rest), "saved": whole(bare - rest) },
            "unknown": it.cost().unknown(),
            "single": it.cost().single(),
        },
        "legs": legs(it.legs(target)),
    })
}

/// JSON numbers end at 64 bits.
fn whole(amount: i128) -> Value {
    i64::try_from(amount).map_or_else(|_| amount.to_string().into(), Value::from)
}
