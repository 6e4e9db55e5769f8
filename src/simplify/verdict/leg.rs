//! The legs on which a verdict stands.

use crate::money::{Dong, Ratio};
use crate::simplify::cost::{Adoption, Fraction, break_even};

/// Which legs reach the target.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_structs,
    reason = "the government's sentence has two legs, and one is judged twice"
)]
pub struct Legs {
    /// Regulations cut or simplified.
    pub burdens: bool,
    /// Compliance cost, fees counted.
    pub cost: bool,
    /// Compliance cost, fees left out.
    pub cost_without_fees: bool,
}

impl Legs {
    /// Returns true when all of them do.
    #[must_use]
    pub const fn hold(self) -> bool {
        self.burdens && self.cost && self.cost_without_fees
    }
}

/// A figure of a case before and after, and the share of subjects for whom the latter is true.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CostLeg {
    pub(super) before: Option<Dong>,
    pub(super) after: Option<Dong>,
    pub(super) adoption: Ratio,
}

impl CostLeg {
    /// Returns what it was, where it is known.
    #[must_use]
    pub const fn before(self) -> Option<Dong> {
        self.before
    }

    /// Returns what it is for those who take the new way, where it is known.
    #[must_use]
    pub const fn after(self) -> Option<Dong> {
        self.after
    }

    /// Returns what those who take the new way save; negative where they pay more.
    #[must_use]
    pub fn saved(self) -> Option<Dong> {
        self.before?.minus(self.after?).ok()
    }

    /// Returns what the average subject bears after, exactly.
    #[must_use]
    pub fn on_average(self) -> Option<Fraction> {
        Adoption::new(self.before?, self.after?, self.adoption).per_case().ok()
    }

    /// Returns the least share of subjects that must take the new way to reach a target.
    #[must_use]
    pub fn break_even(self, target: Ratio) -> Option<Fraction> {
        break_even(self.before?, self.after?, target)
    }

    /// Returns what all subjects save of what they bore, as two numbers that are not in lowest terms; none where a figure is not known.
    #[must_use]
    pub fn share(self) -> Option<(i128, i128)> {
        let (before, saved) = (self.before?.get(), self.saved()?.get());
        let saved = i128::from(saved) * i128::from(self.adoption.numerator());
        Some((saved, i128::from(before) * i128::from(self.adoption.denominator())))
    }

    /// Returns true when what all subjects save reaches a share of what they bore; never where a figure is not known.
    #[must_use]
    pub fn reaches(self, target: Ratio) -> bool {
        self.share().is_some_and(|(saved, before)| target.is_reached_by(saved, before))
    }
}
