//! Amounts in whole đồng and exact ratios; no fractions of a đồng, no floats.

use core::fmt;

use crate::error::Error;

/// An amount in whole đồng (VND).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize), serde(transparent))]
pub struct Dong(i64);

impl Dong {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// Creates an amount of whole đồng.
    #[must_use]
    pub const fn new(amount: i64) -> Self {
        Self(amount)
    }

    /// Returns the number of đồng.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Adds.
    ///
    /// # Errors
    ///
    /// When the sum leaves the range of `i64`.
    pub fn plus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_add(other.0).map(Self).ok_or_else(Error::overflow)
    }

    /// Subtracts.
    ///
    /// # Errors
    ///
    /// When the difference leaves the range of `i64`.
    pub fn minus(self, other: Self) -> Result<Self, Error> {
        self.0.checked_sub(other.0).map(Self).ok_or_else(Error::overflow)
    }

    /// Multiplies by a count.
    ///
    /// # Errors
    ///
    /// When the product leaves the range of `i64`.
    pub fn times(self, count: i64) -> Result<Self, Error> {
        self.0.checked_mul(count).map(Self).ok_or_else(Error::overflow)
    }

    /// Multiplies by a ratio: one multiplication, one division, half a đồng rounds up.
    ///
    /// # Errors
    ///
    /// When the result leaves the range of `i64`.
    pub fn scaled(self, ratio: Ratio) -> Result<Self, Error> {
        let (num, den) = (i128::from(ratio.num), i128::from(ratio.den));
        let doubled = 2 * i128::from(self.0) * num + den;
        i64::try_from(doubled.div_euclid(2 * den)).map(Self).map_err(|_| Error::overflow())
    }
}

impl fmt::Display for Dong {
    /// Writes the amount with a point between thousands: `1.000.000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = alloc::format!("{}", self.0.unsigned_abs());
        let mut text = alloc::string::String::new();
        for (idx, digit) in digits.chars().enumerate() {
            if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

/// An exact ratio of two whole numbers, kept as it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ratio {
    num: u32,
    // INVARIANT: never zero.
    den: u32,
}

impl Ratio {
    /// All of it.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// Creates a ratio; none when the denominator is zero.
    #[must_use]
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 { None } else { Some(Self { num, den }) }
    }

    /// Returns the number above the line, as it was written.
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.num
    }

    /// Returns the number below the line, as it was written; never zero.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.den
    }

    /// Returns true when a part of a whole is at least this much of it, by cross-multiplication.
    ///
    /// No part of nothing is any share of it.
    #[must_use]
    pub fn is_reached_by(self, part: i128, whole: i128) -> bool {
        let (num, den) = (i128::from(self.num), i128::from(self.den));
        let products = part.checked_mul(den).zip(whole.checked_mul(num));
        whole > 0 && products.is_some_and(|(part, whole)| part >= whole)
    }

    pub(crate) const fn is_one(self) -> bool {
        self.num == self.den
    }

    pub(crate) const fn exceeds_one(self) -> bool {
        self.num > self.den
    }
}

impl core::str::FromStr for Ratio {
    type Err = Error;

    /// Parses `9/10`, `50%` or `19.99%`; nothing is rounded.
    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = match text.strip_suffix('%') {
            Some(percent) => hundredths(percent),
            None => text
                .split_once('/')
                .and_then(|(num, den)| Self::new(num.parse().ok()?, den.parse().ok()?)),
        };
        parsed.ok_or_else(|| Error::value(text, "a ratio such as `9/10` or `50%`"))
    }
}

/// Reads what stands before a percent sign, with at most five decimals.
fn hundredths(percent: &str) -> Option<Ratio> {
    let (whole, decimals) = percent.split_once('.').unwrap_or((percent, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty()
        || !digits(whole)
        || !digits(decimals)
        || decimals.len() > 5
        || percent.ends_with('.')
    {
        return None;
    }
    let den = 100 * 10_u32.pow(u32::try_from(decimals.len()).ok()?);
    let num: u32 = alloc::format!("{whole}{decimals}").parse().ok()?;
    Ratio::new(num, den)
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString as _;

    #[test]
    fn half_a_dong_rounds_up_once() {
        let half: Ratio = "1/2".parse().unwrap();
        assert_eq!(Dong::new(3).scaled(half).unwrap(), Dong::new(2));
        assert_eq!(Dong::new(400_000).scaled("90%".parse().unwrap()).unwrap(), Dong::new(360_000));
        assert!(Dong::new(i64::MAX).scaled("3/2".parse().unwrap()).unwrap_err().is_overflow());
        assert!("1/0".parse::<Ratio>().is_err());
        let fifth: Ratio = "20%".parse().unwrap();
        assert!(fifth.is_reached_by(9, 41) && !fifth.is_reached_by(8, 41));
        assert!(fifth.is_reached_by(20, 100) && !fifth.is_reached_by(1_999, 10_000));
        assert!(!fifth.is_reached_by(0, 0) && !fifth.is_reached_by(i128::MAX, i128::MAX));
        assert_eq!("19.99%".parse::<Ratio>().unwrap(), Ratio::new(1_999, 10_000).unwrap());
        for wrong in ["%", ".5%", "5.%", "1.234567%", "-5%", "1e3%", "99999999999%"] {
            assert!(wrong.parse::<Ratio>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(Dong::new(1_000_000).to_string(), "1.000.000");
        assert_eq!(Dong::new(-75_000).to_string(), "-75.000");
        assert_eq!(Dong::new(0).to_string(), "0");
    }
}
