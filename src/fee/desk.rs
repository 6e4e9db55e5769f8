//! The desk: the steps of an assessment for one component, in their fixed order.
//!
//! Nothing here allocates; what is worth telling goes to the account.

use super::account::Account;
use super::assess::Request;
use super::assessment::{Reason, Settled, Why};
use super::draft::{Basis, Stage};
use super::tariff::{Case, Component, GroundIdx, Price, Rule, Tariff};
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::{Guard, Truth};
use crate::error::Error;
use crate::money::{Dong, Ratio};

/// One component on the desk.
pub(super) struct Desk<'d, F, A> {
    pub(super) tariff: &'d Tariff,
    pub(super) component: &'d Component,
    pub(super) request: &'d Request<'d>,
    pub(super) facts: &'d F,
    pub(super) account: A,
}

/// What one unit costs at the present step, and on which ground.
#[derive(Clone, Copy)]
struct Charge<'d> {
    amount: Result<Dong, Why>,
    case: Option<&'d Case>,
    ground: Option<GroundIdx>,
    rule: Option<u16>,
}

impl<'d, F: Fn(FactIdx) -> Option<Value>, A: Account> Desk<'d, F, A> {
    /// Takes every step and says what came of it.
    pub(super) fn settle(&mut self) -> Result<Settled, Error> {
        let Some(base) = self.schedule()? else {
            return Ok(Settled::unknown(Why::NoTariff));
        };
        if let Some((place, rule)) = self.exemption() {
            self.pass_over(&[Stage::Reduction, Stage::Temporary, Stage::Zero, Stage::Subsidy]);
            return self.free(base, place, rule);
        }
        let reduced = self.reduced(base)?;
        let column = self.column(reduced);
        if column.amount != Ok(Dong::ZERO)
            && let Some((place, rule)) = self.first(Stage::Doubt)
        {
            return Ok(self.finish(base, Err(Why::Ambiguous))?.by(place, rule));
        }
        let charge = self.temporary(reduced, column)?;
        if charge.amount == Ok(Dong::ZERO) {
            self.pass_over(&[Stage::Zero, Stage::Subsidy]);
        } else if let Some((place, rule)) = self.first(Stage::Zero) {
            self.pass_over(&[Stage::Subsidy]);
            return self.free(base, place, rule);
        }
        let settled = self.finish(base, charge.amount)?;
        let settled = Settled { grounds: [charge.ground, None], rule: charge.rule, ..settled };
        self.subsidised(settled)
    }

    /// Reads the schedule; none when it has nothing in force on this day.
    fn schedule(&mut self) -> Result<Option<Charge<'d>>, Error> {
        let on = self.request.on;
        let mut in_force =
            self.component.cases.iter().filter(|it| it.effective.contains(on)).peekable();
        if in_force.peek().is_none() {
            return Ok(None);
        }
        let mut charge =
            Charge { amount: Err(Why::NoTariff), case: None, ground: None, rule: None };
        for case in in_force {
            match self.truth(case.when.as_ref()) {
                Truth::Yes => {
                    let (amount, ground) = (self.unit(case)?, Some(case.ground));
                    return Ok(Some(Charge { amount, case: Some(case), ground, rule: None }));
                }
                Truth::No => {}
                Truth::Unknown => {
                    charge.amount = Err(Why::Ambiguous);
                    case.when.iter().for_each(|it| self.account.wait(it, self.facts));
                }
            }
        }
        Ok(Some(charge))
    }

    fn unit(&mut self, case: &Case) -> Result<Result<Dong, Why>, Error> {
        match &case.price {
            Price::Unknown => Ok(Err(Why::UnknownBase)),
            Price::Flat(amount) => Ok(Ok(*amount)),
            Price::Tiered { per, tiers, cap } => {
                let Some(Value::Integer(count)) = (self.facts)(*per) else {
                    self.account.wait_for(*per);
                    return Ok(Err(Why::Ambiguous));
                };
                let (mut sum, mut reached) = (Dong::ZERO, 0);
                for tier in tiers {
                    let units = count.min(tier.up_to).saturating_sub(reached).max(0);
                    sum = sum.plus(tier.each.times(units)?)?;
                    reached = tier.up_to;
                }
                Ok(Ok(cap.map_or(sum, |it| sum.min(it))))
            }
        }
    }

    fn exemption(&mut self) -> Option<(u16, &'d Rule)> {
        [Basis::Event, Basis::Person].into_iter().find_map(|basis| {
            self.find(|rule| rule.stage == Stage::Exemption && rule.basis == basis)
        })
    }

    /// Puts the lowest amount of the reductions in the place of the schedule's.
    fn reduced(&mut self, base: Charge<'d>) -> Result<Charge<'d>, Error> {
        let mut lowest = base;
        let tariff = self.tariff;
        for (place, rule) in self.in_force(tariff, Stage::Reduction) {
            if self.applies(place, rule) {
                lowest = self.lower(lowest, offer(rule, base.amount)?, place, rule);
            }
        }
        Ok(lowest)
    }

    fn column(&self, charge: Charge<'d>) -> Charge<'d> {
        let column = charge.case.and_then(|it| it.column(self.request.channel));
        match (column, charge.amount) {
            (Some(column), Ok(amount)) if amount < column => charge,
            (Some(column), _) => Charge { amount: Ok(column), ..charge },
            (None, _) => charge,
        }
    }

    /// Applies the lowest of the temporary instruments that no other one supersedes.
    ///
    /// A ratio is one of the schedule's amount, never of another instrument's.
    fn temporary(&mut self, base: Charge<'d>, column: Charge<'d>) -> Result<Charge<'d>, Error> {
        let tariff = self.tariff;
        let mut lowest = column;
        for (place, rule) in self.in_force(tariff, Stage::Temporary) {
            if !self.applies(place, rule) {
                continue;
            }
            let mut others = self.in_force(tariff, Stage::Temporary);
            if others.any(|(_, it)| it.supersedes.contains(&place) && self.matches(it)) {
                self.account.pass(place, Reason::Superseded);
            } else {
                lowest = self.lower(lowest, offer(rule, base.amount)?, place, rule);
            }
        }
        Ok(lowest)
    }

    /// Takes an offer that is lower than the charge; on a tie the charge stays, since its ground lasts.
    fn lower(
        &mut self,
        charge: Charge<'d>,
        offer: Option<Dong>,
        place: u16,
        rule: &Rule,
    ) -> Charge<'d> {
        let Some(offer) = offer else {
            self.account.pass(place, Reason::NoBase);
            return charge;
        };
        if charge.amount.is_ok_and(|it| it <= offer) {
            self.account.pass(place, Reason::NotLower);
            return charge;
        }
        // A reduction is not beaten by the instrument that builds on it.
        let beaten = charge.rule.filter(|it| {
            let beaten = self.tariff.rules.get(usize::from(*it));
            beaten.is_some_and(|it| it.stage == rule.stage)
        });
        if let Some(beaten) = beaten {
            self.account.pass(beaten, Reason::NotLower);
        }
        Charge { amount: Ok(offer), ground: Some(rule.ground), rule: Some(place), ..charge }
    }

    /// Nothing is due, whatever the base.
    fn free(&mut self, base: Charge<'d>, place: u16, rule: &Rule) -> Result<Settled, Error> {
        let accrued = match base.amount {
            // No case of the schedule applies to what the law frees.
            Ok(_) | Err(Why::NoTariff) => Some(Dong::ZERO),
            Err(_) => None,
        };
        let settled = self.finish(base, base.amount)?.by(place, rule);
        let nothing = Some(Dong::ZERO);
        Ok(Settled { accrued, payer: nothing, subsidy: nothing, why: None, ..settled })
    }

    /// Multiplies by the quantity and adds what further units cost.
    fn finish(&self, base: Charge<'_>, charge: Result<Dong, Why>) -> Result<Settled, Error> {
        let total = |unit: Dong| match base.case.and_then(|it| it.beyond) {
            _ if unit == Dong::ZERO => Ok(Dong::ZERO),
            Some((covers, each)) => {
                unit.plus(each.times(self.request.quantity.saturating_sub(covers).max(0))?)
            }
            None => unit.times(self.request.quantity),
        };
        let accrued = charge.ok().map(total).transpose()?;
        Ok(Settled {
            base: base.amount.ok().map(total).transpose()?,
            accrued,
            payer: accrued,
            subsidy: accrued.map(|_| Dong::ZERO),
            why: charge.err(),
            ..Settled::unknown(Why::NoTariff)
        })
    }

    fn subsidised(&mut self, settled: Settled) -> Result<Settled, Error> {
        if settled.accrued == Some(Dong::ZERO) {
            return Ok(settled);
        }
        let Some((place, rule)) = self.first(Stage::Subsidy) else { return Ok(settled) };
        let grounds = [settled.grounds[0], Some(rule.ground)];
        let whole = rule.amount.is_none() && rule.ratio.is_none_or(Ratio::is_one);
        let Some(accrued) = settled.accrued else {
            if !whole {
                self.account.pass(place, Reason::NoBase);
                return Ok(settled);
            }
            let (payer, why, rule) = (Some(Dong::ZERO), None, Some(place));
            return Ok(Settled { payer, subsidy: None, why, grounds, rule, ..settled });
        };
        let share = rule.ratio.map_or(Ok(accrued), |it| accrued.scaled(it))?;
        let most = rule.amount.map_or(Ok(accrued), |it| it.times(self.request.quantity))?;
        let subsidy = share.min(most);
        let payer = Some(accrued.minus(subsidy)?);
        Ok(Settled { payer, subsidy: Some(subsidy), grounds, rule: Some(place), ..settled })
    }

    /// Takes down rules that would apply, had nothing been settled before them.
    fn pass_over(&mut self, stages: &[Stage]) {
        if !A::COMPLETE {
            return;
        }
        let tariff = self.tariff;
        for stage in stages {
            for (place, rule) in self.in_force(tariff, *stage) {
                if self.applies(place, rule) {
                    self.account.pass(place, Reason::NothingDue);
                }
            }
        }
    }

    fn first(&mut self, stage: Stage) -> Option<(u16, &'d Rule)> {
        self.find(|rule| rule.stage == stage)
    }

    /// Finds the first rule that applies; the others of its sort are taken down.
    fn find(&mut self, sort: impl Fn(&Rule) -> bool) -> Option<(u16, &'d Rule)> {
        let mut first = None;
        let (tariff, on) = (self.tariff, self.request.on);
        for place in &self.component.rules {
            let Some(rule) = tariff.rules.get(usize::from(*place)) else { continue };
            if !sort(rule) || !rule.is_in_force(on) || !self.applies(*place, rule) {
                continue;
            }
            if first.is_none() {
                first = Some((*place, rule));
                if !A::COMPLETE {
                    break;
                }
            } else {
                self.account.pass(*place, Reason::NothingDue);
            }
        }
        first
    }

    fn in_force(
        &self,
        tariff: &'d Tariff,
        stage: Stage,
    ) -> impl Iterator<Item = (u16, &'d Rule)> + use<'d, F, A> {
        let (component, on) = (self.component, self.request.on);
        let rules = component
            .rules
            .iter()
            .filter_map(|it| Some((*it, tariff.rules.get(usize::from(*it))?)));
        rules.filter(move |(_, rule)| rule.stage == stage && rule.is_in_force(on))
    }

    fn applies(&mut self, place: u16, rule: &Rule) -> bool {
        let reason = match self.truth(rule.when.as_ref()) {
            _ if !rule.channels.contains(self.request.channel) => Reason::OtherChannel,
            Truth::Yes => return true,
            Truth::No => Reason::NotMet,
            Truth::Unknown => Reason::NotProved,
        };
        self.account.pass(place, reason);
        false
    }

    fn matches(&self, rule: &Rule) -> bool {
        rule.channels.contains(self.request.channel) && self.truth(rule.when.as_ref()) == Truth::Yes
    }

    fn truth(&self, guard: Option<&Guard>) -> Truth {
        guard.map_or(Truth::Yes, |it| it.evaluate(self.facts))
    }
}

/// Returns what a rule would charge: its own amount, or its share of a known one.
fn offer(rule: &Rule, base: Result<Dong, Why>) -> Result<Option<Dong>, Error> {
    match (rule.amount, rule.ratio, base) {
        (Some(amount), _, _) => Ok(Some(amount)),
        (_, Some(ratio), Ok(base)) => base.scaled(ratio).map(Some),
        _ => Ok(None),
    }
}
