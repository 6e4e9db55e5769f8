//! How many dossiers come in: a number to a unit of time, kept as it was written.

use alloc::string::String;
use core::fmt;

use crate::error::Error;
use crate::read::{Leaf, Node, Reader};

/// A rate of arrivals: a decimal number per hour or per day, exact.
///
/// Per hour, it is that of an ordinary hour in which people file; per day, that
/// of an ordinary day on which they do.
///
/// # Example
///
/// ```
/// use hoso::simulate::Rate;
///
/// let rate: Rate = "4.05 per hour".parse()?;
/// assert_eq!(rate.to_string(), "4.05 per hour");
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rate {
    // INVARIANT: the number is `digits / 10^decimals`.
    digits: u32,
    decimals: u8,
    per: Per,
}

/// The unit of time of a rate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Per {
    Hour,
    Day,
}

impl Per {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

impl Rate {
    const WHAT: &'static str = "a rate such as `4.5 per hour` or `120 per day`";

    /// Returns the number, as close as a float comes to it.
    #[expect(clippy::float_arithmetic, reason = "a rate is no money")]
    pub(crate) fn number(self) -> f64 {
        let scale = (0..self.decimals).fold(1.0, |it, _| it * 10.0);
        f64::from(self.digits) / scale
    }

    pub(crate) const fn per(self) -> Per {
        self.per
    }
}

impl core::str::FromStr for Rate {
    type Err = Error;

    /// Parses `4.5 per hour` or `120 per day`; at most six decimals.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::value(text, Self::WHAT);
        let (number, unit) = text.split_once(" per ").ok_or_else(wrong)?;
        let per = [Per::Hour, Per::Day].into_iter().find(|it| it.as_str() == unit.trim());
        let (whole, fraction) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
        let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) || fraction.len() > 6 {
            return Err(wrong());
        }
        let digits = alloc::format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
        let decimals = u8::try_from(fraction.len()).map_err(|_| wrong())?;
        Ok(Self { digits, decimals, per: per.ok_or_else(wrong)? })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_u32.pow(self.decimals.into());
        write!(f, "{}", self.digits / scale)?;
        if self.decimals > 0 {
            write!(f, ".{:0width$}", self.digits % scale, width = usize::from(self.decimals))?;
        }
        write!(f, " per {}", self.per.as_str())
    }
}

impl Leaf for Rate {
    const EXPECTED: &'static str = Self::WHAT;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.parsed(node, Self::EXPECTED, |text| text.parse().ok())
    }

    fn print(&self, out: &mut String) {
        crate::read::print_string(&alloc::format!("{self}"), out);
    }
}
