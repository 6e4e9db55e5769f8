//! Plain numbers of a scenario, such as `1.5`: exact decimals, as they were written.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::fmt::Write as _;
use core::str::FromStr;

use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::read::{Leaf, Node, Reader, clip};

/// A number zero or more with at most nine decimals, kept exactly.
///
/// # Example
///
/// ```
/// use hoso::simulate::random::Decimal;
///
/// let number: Decimal = "1.50".parse()?;
/// assert_eq!((number.to_string().as_str(), number.get()), ("1.5", 1.5));
/// assert!("1e3".parse::<Decimal>().is_err());
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Decimal {
    // INVARIANT: below 10^15, so that a float holds it exactly.
    digits: u64,
    // INVARIANT: at most nine, and the last decimal is not a zero.
    places: u32,
}

impl Decimal {
    const MOST: u64 = 1_000_000_000_000_000;
    const PLACES: u32 = 9;
    const HELP: &'static str = "write digits and a point, with at most nine decimals";

    /// Returns the decimal nearest to a number, with so many places at most.
    ///
    /// None for what is negative, not finite, or too great.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "an estimate is a fraction until it is written")]
    pub fn nearest(number: f64, places: u32) -> Option<Self> {
        let places = places.min(Self::PLACES);
        let digits = libm::round(number * 10_u64.pow(places) as f64);
        let fits = (0.0..Self::MOST as f64).contains(&digits);
        fits.then(|| Self::new(digits as u64, places))
    }

    /// Returns the number as a float: the nearest one.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "one division of two exact numbers")]
    pub fn get(self) -> f64 {
        self.digits as f64 / 10_u64.pow(self.places) as f64
    }

    /// Returns the number of whole units of 10^-9.
    pub(super) fn billionths(self) -> u128 {
        u128::from(self.digits) * 10_u128.pow(Self::PLACES - self.places)
    }

    fn new(digits: u64, places: u32) -> Self {
        let (mut digits, mut places) = (digits, places);
        while places > 0 && digits.is_multiple_of(10) {
            (digits, places) = (digits / 10, places - 1);
        }
        Self { digits, places }
    }

    pub(super) fn read_text(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if whole.is_empty() || text.ends_with('.') || !digits(whole) || !digits(decimals) {
            return None;
        }
        let places = u32::try_from(decimals.len()).ok().filter(|it| *it <= Self::PLACES)?;
        let digits = format!("{whole}{decimals}").parse().ok().filter(|it| *it < Self::MOST)?;
        Some(Self::new(digits, places))
    }
}

impl FromStr for Decimal {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read_text(text)
            .ok_or_else(|| Error::value_with_help(text, Self::EXPECTED, Self::HELP))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(self.places);
        let (whole, rest) = (self.digits / unit, self.digits % unit);
        let width = self.places as usize;
        if width == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{rest:0width$}") }
    }
}

impl Leaf for Decimal {
    const EXPECTED: &'static str = "a number such as `1.5`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let text = match node.value() {
            DeValue::String(text) => &**text,
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                cx.wrong_type(node, Self::EXPECTED);
                return None;
            }
        };
        let number = Self::read_text(text);
        if number.is_none() {
            let message = format!("`{}` is not {}", clip(text), Self::EXPECTED);
            let diagnostic = Diagnostic::error("bad-value", node.span(cx), message);
            cx.report(diagnostic.help(Self::HELP));
        }
        number
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString as _;

    #[test]
    fn what_is_printed_reads_back_and_nothing_is_rounded() {
        for (text, printed) in [
            ("0", "0"),
            ("1.50", "1.5"),
            ("0.1", "0.1"),
            ("007", "7"),
            ("10.05", "10.05"),
            ("0.000000001", "0.000000001"),
        ] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(number.to_string(), printed);
            assert_eq!(printed.parse::<Decimal>().unwrap(), number);
            assert_eq!(number.get(), text.parse::<f64>().unwrap());
        }
        for bad in ["", ".5", "5.", "-1", "1e3", "1_000", "nan", "1.0000000001", "1000000000000000"]
        {
            assert!(bad.parse::<Decimal>().is_err(), "{bad}");
        }
    }

    #[test]
    fn estimates_become_decimals() {
        let nearest = |it, places| Decimal::nearest(it, places).map(|it| it.to_string());
        assert_eq!(nearest(0.123_456, 3).as_deref(), Some("0.123"));
        assert_eq!(nearest(2.0, 9).as_deref(), Some("2"));
        for bad in [-1.0, f64::NAN, f64::INFINITY, 1e16] {
            assert_eq!(nearest(bad, 0), None, "{bad}");
        }
    }
}
