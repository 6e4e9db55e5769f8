//! An account of compliance costs as data.

use hoso::id::Id;
use hoso::money::Dong;
use hoso::simplify::cost::{Account, Bearer, Cost, Fraction, Gap, Line};
use hoso::text::Lang;
use serde_json::{Value, json};

use super::{Against, Asked};
use crate::answer::put;

pub(super) fn data(
    asked: &Asked<'_>,
    account: &Account<'_>,
    against: Option<&Against<'_>>,
    lang: Lang,
) -> Value {
    let compliance = asked.procedure.compliance();
    let norms = account.norms();
    let mut data = json!({
        "procedure": asked.procedure.id().as_str(),
        "version": asked.procedure.version().as_str(),
        "norms": norms.id().as_str(),
        "income": {
            "year": norms.year(),
            "hourly": norms.income().hourly().get(),
            "yearly": norms.income().yearly().get(),
            "hours": norms.income().hours(),
            "certainty": norms.income().certainty().as_str(),
            "source": norms.income().source(),
        },
        "tariff": asked.tariff.id().as_str(),
        "on": asked.day.to_string(),
        "lines": account.lines().iter().map(|it| line(it, lang)).collect::<Vec<_>>(),
        "applicant": cost(account.applicant()),
        "others": account.others().iter().map(|it| {
            let mut data = cost(it.cost());
            put(&mut data, "borne-by", bearer(it.bearer()));
            data
        }).collect::<Vec<_>>(),
        "year": {
            "subjects": compliance.subjects(),
            "times-a-year": compliance.times_a_year(),
            "cases": account.cases_a_year(),
            "cost": amount(account.yearly()),
        },
    });
    if let Some(it) = against {
        put(
            &mut data,
            "against",
            json!({
                "version": it.procedure.version().as_str(),
                "before": it.cost.get(),
                "saved": it.saved.get(),
                "adoption": it.share.to_string(),
                "per-case": it.per_case.to_string(),
                "per-year": it.yearly.map(|it| it.to_string()),
                "target": it.target.to_string(),
                "break-even": it.least.as_ref().map(Fraction::to_string),
            }),
        );
    }
    data
}

fn amount(amount: Option<Dong>) -> Option<i64> {
    amount.map(Dong::get)
}

fn bearer(bearer: Bearer<'_>) -> String {
    match bearer {
        Bearer::Applicant => "applicant".into(),
        Bearer::Role(id, _) => id.as_str().into(),
    }
}

fn cost(cost: &Cost) -> Value {
    json!({
        "minutes": cost.minutes(),
        "time": amount(cost.time()),
        "direct": amount(cost.direct()),
        "fees": amount(cost.fees()),
        "without-fees": amount(cost.without_fees()),
        "cost": amount(cost.with_fees()),
    })
}

fn line(line: &Line<'_>, lang: Lang) -> Value {
    json!({
        "part": line.part().as_ref().map(Id::as_str),
        "name": line.name(lang),
        "task": line.task().as_str(),
        "for": line.serves().map(|it| it.to_string()),
        "activity": line.activity().as_ref().map(Id::as_str),
        "item": line.norm().map(|(id, _)| String::from(id.as_str())),
        "borne-by": bearer(line.bearer()),
        "times": line.times(),
        "minutes": line.minutes(),
        "direct": amount(line.direct()),
        "fee": amount(line.fee()),
        "certainty": line.gaps().is_empty().then(|| line.certainty().as_str()),
        "assumed": line.assumed(),
        "unknown": line.gaps().iter().map(|it| gap(it, lang)).collect::<Vec<_>>(),
    })
}

fn gap(gap: &Gap<'_>, lang: Lang) -> Value {
    json!({
        "why": gap.missing().as_str(),
        "item": gap.item().as_ref().map(Id::as_str),
        "facts": gap.facts().iter().map(Id::as_str).collect::<Vec<_>>(),
        "message": gap.reason().unwrap_or_else(|| gap.missing().label(lang)),
    })
}
