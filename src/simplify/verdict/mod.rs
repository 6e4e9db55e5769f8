//! The verdict: whether a redesign is simpler by as much as was asked for.
//!
//! It holds when the burdens leg, the cost leg with fees and the cost leg
//! without them reach the target and no objection stands. Shares are compared
//! by cross-multiplication; nothing is rounded before it is judged.

mod case;
mod leg;
mod objection;
mod objections;
mod report;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

pub use leg::{CostLeg, Legs};
pub use objection::Objection;

use super::balance::{Balance, Relief};
use super::cost::{Account, Adoption, Cost, Fraction, Setting, account};
use super::design::Design;
use super::diff::{Diff, diff};
use super::outcome::differences;
use crate::calendar::Calendar;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::money::{Dong, Ratio};
use case::Case;

/// The share that Resolution 68/NQ-CP of 2020 asks for at both legs.
const FIFTH: (u32, u32) = (1, 5);

/// By what two designs are compared: norms and tariff, a calendar, the target, how many take the new way.
#[derive(Clone, Copy, Debug)]
pub struct Yardstick<'a> {
    setting: Setting<'a>,
    calendar: &'a Calendar,
    target: Option<Ratio>,
    adoption: Option<Ratio>,
}

impl<'a> Yardstick<'a> {
    /// Asks for 20 %, as Resolution 68/NQ-CP does, of subjects that all take the new way unless it says otherwise.
    #[must_use]
    pub const fn new(setting: Setting<'a>, calendar: &'a Calendar) -> Self {
        Self { setting, calendar, target: None, adoption: None }
    }

    /// Asks for another share.
    #[must_use]
    pub const fn requiring(self, target: Ratio) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Lets only a share of the subjects take the new way; the others go on as before.
    #[must_use]
    pub const fn adopted_by(self, share: Ratio) -> Self {
        Self { adoption: Some(share), ..self }
    }

    /// Returns how cost is measured.
    #[must_use]
    pub const fn setting(&self) -> &Setting<'a> {
        &self.setting
    }

    /// Returns the share that is asked for.
    #[must_use]
    pub fn target(&self) -> Ratio {
        self.target.or(Ratio::new(FIFTH.0, FIFTH.1)).unwrap_or(Ratio::ONE)
    }
}

/// What a comparison of two designs comes to.
#[derive(Clone, Debug)]
pub struct Verdict<'p> {
    target: Ratio,
    adoption: Ratio,
    balance: Balance<'p>,
    before: Account<'p>,
    after: Account<'p>,
    objections: Vec<Diagnostic>,
}

impl<'p> Verdict<'p> {
    /// Compares a redesign with what it takes the place of.
    ///
    /// # Errors
    ///
    /// When an amount leaves the range of `i64`.
    pub fn between(
        before: &Design<'p>,
        after: &Design<'p>,
        by: &Yardstick<'p>,
    ) -> Result<Self, Error> {
        let own = after.lead().compliance().adoption();
        let diff = diff(before, after, by.calendar);
        let mut verdict = Self {
            target: by.target(),
            adoption: by.adoption.or(own).unwrap_or(Ratio::ONE),
            balance: Balance::between(before, after, &diff),
            before: account(before, &by.setting)?,
            after: account(after, &by.setting)?,
            objections: Vec::new(),
        };
        // Who changes nothing does nothing that one could object to.
        if before != after {
            verdict.objections = verdict.object(before, after, by, diff);
        }
        Ok(verdict)
    }

    fn object(
        &self,
        before: &Design<'p>,
        after: &Design<'p>,
        by: &Yardstick<'p>,
        diff: Diff<'p>,
    ) -> Vec<Diagnostic> {
        let differences = differences(before, after);
        let reports = after.verified(by.calendar);
        let case = Case { before, after, by, diff, differences, verdict: self, reports };
        Objection::ALL.iter().flat_map(|it| (it.find)(&case)).collect()
    }

    /// Returns true when every leg reaches the target and no objection stands.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.legs().hold() && self.objections.is_empty()
    }

    /// Returns which legs reach the target.
    #[must_use]
    pub fn legs(&self) -> Legs {
        Legs {
            burdens: self.target.is_reached_by(count(self.cut()), count(self.balance.before())),
            cost: self.cost().reaches(self.target),
            cost_without_fees: self.cost_without_fees().reaches(self.target),
        }
    }

    /// Returns the share that was asked for.
    #[must_use]
    pub const fn target(&self) -> Ratio {
        self.target
    }

    /// Returns the share of subjects that take the new way.
    #[must_use]
    pub const fn adoption(&self) -> Ratio {
        self.adoption
    }

    /// Returns what became of every burden.
    #[must_use]
    pub const fn balance(&self) -> &Balance<'p> {
        &self.balance
    }

    /// Returns how many burdens were removed or simplified.
    #[must_use]
    pub fn cut(&self) -> usize {
        self.balance.count(Relief::Removed) + self.balance.count(Relief::Simplified)
    }

    /// Returns the account of the version before.
    #[must_use]
    pub const fn before(&self) -> &Account<'p> {
        &self.before
    }

    /// Returns the account of the redesign.
    #[must_use]
    pub const fn after(&self) -> &Account<'p> {
        &self.after
    }

    /// Returns the cost of a case with fees, before and after.
    #[must_use]
    pub fn cost(&self) -> CostLeg {
        self.leg(Cost::with_fees)
    }

    /// Returns the cost of a case without fees, before and after.
    #[must_use]
    pub fn cost_without_fees(&self) -> CostLeg {
        self.leg(Cost::without_fees)
    }

    /// Returns one figure of what a case costs the applicant, before and after.
    #[must_use]
    pub fn leg(&self, figure: fn(&Cost) -> Option<Dong>) -> CostLeg {
        let (before, after) = (figure(self.before.applicant()), figure(self.after.applicant()));
        CostLeg { before, after, adoption: self.adoption }
    }

    /// Returns what so many cases cost when a share of them takes the new way, exactly; none where it is not known.
    #[must_use]
    pub fn of_cases(&self, cases: u64) -> Option<Fraction> {
        let leg = self.cost();
        Adoption::new(leg.before()?, leg.after()?, self.adoption).of_cases(cases).ok()
    }

    /// Returns what makes it fail although the figures are reached, each with the case that shows it.
    #[must_use]
    pub fn objections(&self) -> &[Diagnostic] {
        &self.objections
    }
}

fn count(units: usize) -> i128 {
    i128::try_from(units).unwrap_or(i128::MAX)
}
