//! `hoso fee`: what an item, or every fee of a procedure, costs.

mod print;

use chrono::NaiveDate;
use hoso::definition::fact::{FactIdx, Value as FactValue};
use hoso::definition::guard::Truth;
use hoso::definition::{self, Channel, Procedure};
use hoso::fee::{Assessment, Request, Tariff, Why, assess};
use hoso::id::Id;
use hoso::money::Dong;

use crate::answer::Answer;
use crate::args::{Fee, Global};
use crate::failure::{Failure, Fallible};
use crate::load::Texts;
use crate::moment;
use crate::versions;
pub(crate) use print::line_data;
use print::{data, text};

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
    let mut waits: Vec<Id> =
        unknown.filter_map(|it| Some(procedure.facts().fact(it)?.id())).collect();
    waits.sort_unstable();
    waits.dedup();
    waits
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
