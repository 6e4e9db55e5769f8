//! Exact fractions of amounts: shares, and costs of a mixed population.
//!
//! There is no arithmetic between fractions here; they are made and shown.

use alloc::format;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;

/// An exact fraction in lowest terms.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fraction {
    num: i128,
    // INVARIANT: positive, and without a divisor that `num` has too.
    den: i128,
}

impl Fraction {
    /// Creates a fraction; none when the denominator is not positive.
    #[must_use]
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den <= 0 {
            return None;
        }
        let shared = i128::try_from(divisor(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        Some(Self { num: num.checked_div(shared)?, den: den.checked_div(shared)? })
    }

    /// Returns the number above the line.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.num
    }

    /// Returns the number below the line; always positive.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.den
    }

    /// Writes it with some decimals, the last one rounded half up; for people only.
    #[must_use]
    pub fn decimals(self, places: u8) -> String {
        let places = usize::from(places.min(18));
        let scale = (0..places).fold(1_i128, |it, _| it * 10);
        let (whole, rest) = (self.num.div_euclid(self.den), self.num.rem_euclid(self.den));
        // Half a unit of the last place is added before the division cuts.
        let scaled = rest
            .checked_mul(2 * scale)
            .and_then(|it| it.checked_add(self.den))
            .map_or(0, |it| it.div_euclid(self.den.saturating_mul(2)));
        let units = whole.saturating_mul(scale).saturating_add(scaled);
        let sign = if units < 0 { "-" } else { "" };
        let (units, scale) = (units.unsigned_abs(), scale.unsigned_abs());
        let (whole, rest) = (units.div_euclid(scale), units.rem_euclid(scale));
        if places == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{rest:0places$}")
        }
    }

    /// Writes it as a percentage with some decimals; for people only.
    #[must_use]
    pub fn percent(self, places: u8) -> String {
        let hundred = self.num.checked_mul(100).and_then(|num| Self::new(num, self.den));
        format!("{} %", hundred.unwrap_or(self).decimals(places))
    }
}

fn divisor(left: u128, right: u128) -> u128 {
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left.checked_rem(right).unwrap_or(0));
    }
    left.max(1)
}

impl PartialOrd for Fraction {
    /// Compares exactly; none where the products leave 128 bits.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let left = self.num.checked_mul(other.den)?;
        Some(left.cmp(&other.num.checked_mul(self.den)?))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}
