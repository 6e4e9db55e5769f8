//! A design that only a share of the subjects takes: the others go on as before.
//!
//! Everything is exact; nothing is rounded until somebody reads it.

use super::fraction::Fraction;
use crate::error::Error;
use crate::money::{Dong, Ratio};

/// Two designs side by side, and the share of cases that take the later one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Adoption {
    before: Dong,
    after: Dong,
    share: Ratio,
}

impl Adoption {
    /// Takes the cost of a case before and after, and the share that takes the later way.
    #[must_use]
    pub const fn new(before: Dong, after: Dong, share: Ratio) -> Self {
        Self { before, after, share }
    }

    /// Returns the cost of the average case: `before − saved × share`.
    ///
    /// # Errors
    ///
    /// When the amount leaves the range of exact numbers.
    pub fn per_case(&self) -> Result<Fraction, Error> {
        self.of_cases(1)
    }

    /// Returns the cost of so many cases together.
    ///
    /// # Errors
    ///
    /// When the amount leaves the range of exact numbers.
    pub fn of_cases(&self, cases: u64) -> Result<Fraction, Error> {
        let (before, after) = (i128::from(self.before.get()), i128::from(self.after.get()));
        let (num, den) = (i128::from(self.share.numerator()), i128::from(self.share.denominator()));
        let per_case = before * den - (before - after) * num;
        let sum = per_case.checked_mul(cases.into()).ok_or_else(Error::overflow)?;
        Fraction::new(sum, den).ok_or_else(Error::overflow)
    }
}

/// Returns the least share of cases that must take the later way so that the target share is saved.
///
/// None when no share is enough: nothing is saved, or too little.
///
/// # Example
///
/// ```
/// use hoso::money::Dong;
/// use hoso::simplify::cost::break_even;
///
/// let share = break_even(Dong::new(1_000), Dong::new(600), "20%".parse()?).unwrap();
/// assert_eq!(share.to_string(), "1/2");
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[must_use]
pub fn break_even(before: Dong, after: Dong, target: Ratio) -> Option<Fraction> {
    let (before, after) = (i128::from(before.get()), i128::from(after.get()));
    let wanted = before * i128::from(target.numerator());
    let saved = (before - after) * i128::from(target.denominator());
    Fraction::new(wanted, saved).filter(|_| wanted <= saved)
}
