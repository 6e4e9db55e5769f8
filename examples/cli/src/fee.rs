//! `hoso fee`: what an item, or every fee of a procedure, costs.

use std::fmt::Write as _;

use chrono::NaiveDate;
use hoso::definition::fact::{FactIdx, Value as FactValue};
use hoso::definition::guard::Truth;
use hoso::definition::{self, Channel, Procedure};
use hoso::fee::{Assessment, Line, Request, Tariff, Why, assess};
use hoso::id::Id;
use hoso::money::Dong;
use hoso::text::Lang;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::args::{Fee, Global};
use crate::failure::{Failure, Fallible};
use crate::load::Texts;
use crate::moment;
use crate::versions;

pub(crate) fn fee(global: &Global, args: &Fee) -> Fallible<Answer> {
    let texts = Texts::open(global)?;
    let tariff = texts.tariff(&args.tariff)?;
    let on = moment::date(&args.on)?;
    let filing = Filing { tariff: &tariff, on, channel: args.channel.parse()? };
    let item = Id::parse(&args.item).ok().filter(|it| tariff.find(it).is_ok());
    let lang = global.lang();
    let bill = match item {
        Some(item) => Bill { charges: vec![filing.item(&item, args)?], none: None },
        None => {
            let catalogue = texts.catalogue();
            if versions::ids_of(&catalogue, &args.item).is_err() {
                return Err(nothing(&tariff, &args.item));
            }
            let fits = |it: &Procedure| args.fact.iter().all(|fact| declares(it, fact));
            let procedure = versions::in_force(&catalogue, &args.item, on, fits)?;
            match procedure {
                Some(procedure) => filing.procedure(procedure, args)?,
                None => Bill { charges: Vec::new(), none: Some(Why::NoTariff) },
            }
        }
    };
    let known = bill.why().is_none();
    Ok(Answer::new(global, || data(&bill, lang), || text(&bill, lang)).holds_if(known))
}

fn declares(procedure: &Procedure, fact: &str) -> bool {
    procedure.facts().parse(fact).is_ok()
}

fn nothing(tariff: &Tariff, name: &str) -> Failure {
    let near = match Id::parse(name).map(|it| tariff.find(&it)) {
        Ok(Err(error)) => error.to_string(),
        _ => format!("tariff `{}` has no item `{name}`", tariff.id()),
    };
    Failure::new(near).help("no procedure has this id or code either")
}

/// The day and way of filing, and the tariff that is charged.
struct Filing<'t> {
    tariff: &'t Tariff,
    on: NaiveDate,
    channel: Channel,
}

/// What is charged for, together.
struct Bill<'t> {
    charges: Vec<Charge<'t>>,
    /// Why nothing can be charged for, when no version is in force.
    none: Option<Why>,
}

/// One item, assessed; or a fee of which it is not known whether it is charged.
enum Charge<'t> {
    Assessed(Assessment<'t>),
    Unsettled { fee: Id, item: Id, waits: Vec<Id> },
}

impl<'t> Filing<'t> {
    /// Assesses one item of the tariff by facts of the tariff.
    fn item(&self, item: &Id, args: &Fee) -> Fallible<Charge<'t>> {
        let facts = self.tariff.facts();
        let mut known = vec![None; facts.len()];
        for fact in &args.fact {
            let (place, value) = facts.parse(fact)?;
            if let Some(slot) = known.get_mut(place.index()) {
                *slot = Some(value);
            }
        }
        self.assess(item, args.quantity, |it| known.get(it.index()).copied().flatten())
    }

    fn assess(
        &self,
        item: &Id,
        quantity: i64,
        facts: impl Fn(FactIdx) -> Option<FactValue>,
    ) -> Fallible<Charge<'t>> {
        let items = [self.tariff.find(item)?];
        let request = Request::new(&items, self.on, self.channel).times(quantity);
        Ok(Charge::Assessed(assess(self.tariff, &request, facts)?))
    }

    /// Assesses every fee of a procedure, by its facts and those of the tariff.
    fn procedure(&self, procedure: &Procedure, args: &Fee) -> Fallible<Bill<'t>> {
        let known = self.known(procedure, &args.fact)?;
        let named = |fact: &Id| known.iter().rev().find(|(it, _)| it == fact).map(|(_, it)| *it);
        let own = |at: FactIdx| named(&procedure.facts().fact(at)?.id());
        let priced = |at: FactIdx| {
            let fact = self.tariff.facts().fact(at)?;
            named(&fact.id()).filter(|it| fact.domain().admits(*it))
        };
        let mut charges = Vec::new();
        for (_, name, fee) in procedure.fees().iter() {
            let quantity = quantity(fee, args.quantity, own);
            charges.push(match (fee.when().map_or(Truth::Yes, |it| it.evaluate(own)), quantity) {
                (Truth::No, _) => continue,
                (Truth::Yes, Some(quantity)) => self.assess(fee.item(), quantity, priced)?,
                _ => Charge::Unsettled {
                    fee: name,
                    item: *fee.item(),
                    waits: waits(procedure, fee, own),
                },
            });
        }
        Ok(Bill { charges, none: None })
    }

    /// Reads the facts by name; the channel is one, where the procedure declares it.
    fn known(&self, procedure: &Procedure, given: &[String]) -> Fallible<Vec<(Id, FactValue)>> {
        let mut known = Vec::new();
        let channel = format!("channel={}", self.channel);
        let of = |facts: &definition::fact::Facts, fact: &str| {
            let (place, value) = facts.parse(fact)?;
            Ok((facts.fact(place).map(definition::fact::Fact::id), value))
        };
        if let Ok((Some(id), value)) = of(procedure.facts(), &channel) {
            known.push((id, value));
        }
        for fact in given {
            let read: Result<_, hoso::error::Error> = of(procedure.facts(), fact)
                .or_else(|it| of(self.tariff.facts(), fact).map_err(|_| it));
            if let (Some(id), value) = read? {
                known.push((id, value));
            }
        }
        Ok(known)
    }
}

/// Returns how many: what the fact says that counts them, else what the call says.
fn quantity(
    fee: &definition::Fee,
    given: i64,
    facts: impl Fn(FactIdx) -> Option<FactValue>,
) -> Option<i64> {
    match fee.quantity().map(facts) {
        None => Some(given),
        Some(Some(FactValue::Integer(count))) => Some(count),
        Some(_) => None,
    }
}

fn waits(
    procedure: &Procedure,
    fee: &definition::Fee,
    facts: impl Fn(FactIdx) -> Option<FactValue>,
) -> Vec<Id> {
    let asked = fee.when().into_iter().flat_map(|it| it.facts()).copied().chain(fee.quantity());
    let unknown = asked.filter(|it| facts(*it).is_none());
    unknown.filter_map(|it| Some(procedure.facts().fact(it)?.id())).collect()
}

impl Bill<'_> {
    fn why(&self) -> Option<Why> {
        self.none.or_else(|| {
            self.charges.iter().find_map(|it| match it {
                Charge::Assessed(assessment) => assessment.bill().why(),
                Charge::Unsettled { .. } => Some(Why::Ambiguous),
            })
        })
    }

    /// Adds up one amount of every charge; none when one of them is not known.
    fn sum(&self, amount: impl Fn(&hoso::fee::Bill) -> Option<Dong>) -> Option<Dong> {
        if self.none.is_some() {
            return None;
        }
        self.charges.iter().try_fold(Dong::ZERO, |sum, it| match it {
            Charge::Assessed(assessment) => sum.plus(amount(assessment.bill())?).ok(),
            Charge::Unsettled { .. } => None,
        })
    }
}

fn data(bill: &Bill<'_>, lang: Lang) -> Value {
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

fn text(bill: &Bill<'_>, lang: Lang) -> String {
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
