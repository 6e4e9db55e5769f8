//! What a dossier costs, by the tariff of the day on which it was filed.

use alloc::vec::Vec;

use chrono::NaiveDate;

use super::context::Context;
use super::event::Charge;
use super::{Dossier, term};
use crate::calendar::Moment;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::{Guard, Truth};
use crate::definition::{Channel, Fee};
use crate::fee::{self, Request, Tariff, Why};
use crate::id::Id;
use crate::money::Dong;

/// The charge of a financial obligation that the office demanded, such as a tax notice.
pub(super) const OBLIGATION: Id = Id::literal("financial-obligation");

impl Dossier {
    /// Assesses every fee; one that does not apply is left out, an unknown one stays unknown.
    pub(super) fn assess(
        &self,
        cx: &Context<'_>,
        fresh: &[(Id, Value)],
        channel: Channel,
        filed: Moment,
    ) -> Vec<Charge> {
        let facts = self.known.lookup(cx.procedure().facts(), fresh);
        let named = |fact: &Id| self.known.with(fresh, fact);
        owed(cx, (channel, term::day_of(cx, filed)), facts, named)
    }

    /// Returns the facts without which the amount of a fee cannot be told.
    pub(super) fn fee_waits_for(
        &self,
        cx: &Context<'_>,
        fee: &Fee,
        fresh: &[(Id, Value)],
    ) -> Vec<Id> {
        let declared = cx.procedure().facts();
        let facts = self.known.lookup(declared, fresh);
        let asked = fee.when().map(Guard::facts).unwrap_or_default();
        let open = asked.iter().copied().chain(fee.quantity()).filter(|it| facts(*it).is_none());
        let mut waits: Vec<Id> = open.filter_map(|it| Some(declared.fact(it)?.id())).collect();
        if let (Some(tariff), Some(base)) = (cx.tariff(), &self.filed) {
            let items: Vec<_> = tariff.find(fee.item()).into_iter().collect();
            let request = Request::new(&items, term::day_of(cx, base.at), base.channel);
            let named = |fact: &Id| self.known.with(fresh, fact);
            if let Ok(account) = fee::assess(tariff, &request, |at| lookup(tariff, at, named)) {
                waits.extend(account.lines().iter().flat_map(|it| it.waits_for()));
            }
        }
        waits.sort_unstable();
        waits.dedup();
        waits
    }

    /// Assesses anew with facts that became known; none when nothing changes.
    pub(super) fn reassess(&self, cx: &Context<'_>, fresh: &[(Id, Value)]) -> Option<Vec<Charge>> {
        let base = self.filed.as_ref()?;
        let mut charges = self.assess(cx, fresh, base.channel, base.at);
        for charge in &mut charges {
            let earlier = self.charges.iter().find(|it| it.fee == charge.fee);
            charge.paid = earlier.map_or(Dong::ZERO, |it| it.paid);
        }
        for earlier in &self.charges {
            let is_there = charges.iter().any(|it| it.fee == earlier.fee);
            if earlier.fee == OBLIGATION {
                charges.push(earlier.clone());
            } else if !is_there && earlier.paid != Dong::ZERO {
                // What was paid for a fee that no longer applies is not forgotten.
                let (payer, subsidy) = (Some(Dong::ZERO), None);
                charges.push(Charge { payer, subsidy, why: None, ..earlier.clone() });
            }
        }
        (charges != self.charges).then_some(charges)
    }
}

/// Assesses every fee of a procedure for a channel and day of filing, by facts at their places and by name.
pub(crate) fn owed(
    cx: &Context<'_>,
    filed: (Channel, NaiveDate),
    facts: impl Fn(FactIdx) -> Option<Value>,
    named: impl Fn(&Id) -> Option<Value>,
) -> Vec<Charge> {
    let fees = cx.procedure().fees().iter();
    fees.filter_map(|(_, name, fee)| {
        let applies = fee.when().map_or(Truth::Yes, |it| it.evaluate(&facts));
        let quantity = match fee.quantity() {
            Some(fact) => facts(fact).and_then(|it| match it {
                Value::Integer(it) => Some(it),
                _ => None,
            }),
            None => Some(1),
        };
        match (applies, quantity) {
            (Truth::No, _) => None,
            (Truth::Yes, Some(quantity)) => Some(price(cx, (name, fee), quantity, filed, &named)),
            _ => Some(unknown(name, fee, Why::Ambiguous)),
        }
    })
    .collect()
}

/// Adds a financial obligation to what is owed; without an amount it is met by evidence, not by counting.
pub(super) fn with_obligation(owed: &[Charge], amount: Option<Dong>) -> Vec<Charge> {
    let mut owed = owed.to_vec();
    match owed.iter_mut().find(|it| it.fee == OBLIGATION) {
        // A second demand adds to the first.
        Some(earlier) => {
            let sum = earlier.payer.zip(amount).map(|(earlier, amount)| earlier.plus(amount));
            earlier.payer = sum.and_then(Result::ok);
        }
        None => owed.push(Charge {
            fee: OBLIGATION,
            item: None,
            payer: amount,
            subsidy: None,
            why: None,
            paid: Dong::ZERO,
        }),
    }
    owed
}

/// Takes the evidence of payment: the obligation counts as met in full.
///
/// Where its amount was not known, what was paid is what it was.
pub(super) fn obligation_met(owed: &[Charge]) -> Vec<Charge> {
    let mut owed = owed.to_vec();
    for charge in owed.iter_mut().filter(|it| it.fee == OBLIGATION) {
        let met = charge.payer.unwrap_or(charge.paid);
        (charge.payer, charge.paid) = (Some(met), met);
    }
    owed
}

fn price(
    cx: &Context<'_>,
    (name, fee): (Id, &Fee),
    quantity: i64,
    (channel, day): (Channel, NaiveDate),
    facts: impl Fn(&Id) -> Option<Value>,
) -> Charge {
    let Some(tariff) = cx.tariff() else { return unknown(name, fee, Why::NoTariff) };
    let Ok(item) = tariff.find(fee.item()) else { return unknown(name, fee, Why::NoTariff) };
    let items = [item];
    let request = Request::new(&items, day, channel).times(quantity);
    match fee::price(tariff, &request, |at| lookup(tariff, at, &facts)) {
        Ok(bill) => Charge {
            payer: bill.payer(),
            subsidy: bill.subsidy().filter(|it| *it != Dong::ZERO),
            why: bill.why(),
            ..unknown(name, fee, Why::Ambiguous)
        },
        Err(_) => unknown(name, fee, Why::Ambiguous),
    }
}

/// Answers for a fact of the tariff by the fact of the same name, if the value fits.
fn lookup(tariff: &Tariff, at: FactIdx, facts: impl Fn(&Id) -> Option<Value>) -> Option<Value> {
    let fact = tariff.facts().fact(at)?;
    facts(&fact.id()).filter(|it| fact.domain().admits(*it))
}

fn unknown(name: Id, fee: &Fee, why: Why) -> Charge {
    Charge {
        fee: name,
        item: Some(*fee.item()),
        payer: None,
        subsidy: None,
        why: Some(why),
        paid: Dong::ZERO,
    }
}
