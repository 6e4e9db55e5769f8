//! Lengths of time on a wall clock, such as `90 minutes` or `1.5 days`.
//!
//! A lapse is a quantity of seconds, not a term of law: a day is 24 hours here
//! and no day is a holiday. By which calendar a lapse passes is said where it
//! is used. Absent are months and years, which have no length of their own.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::decimal::Decimal;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::read::{Leaf, Node, Reader, clip, print_string};
use crate::text::{Lang, words};

words! {
    /// The unit in which a lapse is written (đơn vị đo thời gian).
    pub enum LapseUnit as "a unit: `seconds`, `minutes`, `hours`, `days` or `weeks`" {
        /// Seconds (giây).
        Seconds = "seconds" ("giây", "seconds"),
        /// Minutes of 60 seconds (phút).
        Minutes = "minutes" ("phút", "minutes"),
        /// Hours of 60 minutes (giờ).
        Hours = "hours" ("giờ", "hours"),
        /// Days of 24 hours (ngày).
        Days = "days" ("ngày", "days"),
        /// Weeks of seven days of 24 hours (tuần).
        Weeks = "weeks" ("tuần", "weeks"),
    }
}

/// A length of time (khoảng thời gian): a number and a unit, at most a thousand years of 365 days.
///
/// # Example
///
/// ```
/// use hoso::simulate::random::Lapse;
///
/// let lapse: Lapse = "1.5 hours".parse()?;
/// assert_eq!(lapse.seconds(), 5_400.0);
/// assert!("90".parse::<Lapse>().is_err());
/// assert!("3 working days".parse::<Lapse>().is_err());
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Lapse {
    number: Decimal,
    unit: LapseUnit,
}

/// Why a text is no lapse.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Problem {
    NoNumber,
    Negative,
    NoUnit,
    NoSuchUnit,
    Working,
    WithoutLength,
    TooLong,
}

impl LapseUnit {
    const fn seconds(self) -> u32 {
        match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3_600,
            Self::Days => 86_400,
            Self::Weeks => 604_800,
        }
    }

    const fn singular(self) -> &'static str {
        match self {
            Self::Seconds => "second",
            Self::Minutes => "minute",
            Self::Hours => "hour",
            Self::Days => "day",
            Self::Weeks => "week",
        }
    }
}

impl Lapse {
    /// Returns the longest lapse in seconds: a thousand years of 365 days.
    const MOST: u128 = 1_000 * 365 * 86_400;

    /// Creates a lapse; none when it is longer than a thousand years.
    #[must_use]
    pub fn new(number: Decimal, unit: LapseUnit) -> Option<Self> {
        let lapse = Self { number, unit };
        (lapse.billionths() <= Self::MOST * 1_000_000_000).then_some(lapse)
    }

    /// Returns the lapse nearest to a number of seconds, to the millisecond.
    ///
    /// None for what is negative, not finite, or longer than a thousand years.
    #[must_use]
    pub fn of_seconds(seconds: f64) -> Option<Self> {
        Self::new(Decimal::nearest(seconds, 3)?, LapseUnit::Seconds)
    }

    /// Returns the number of units, as it was written.
    #[must_use]
    pub const fn number(self) -> Decimal {
        self.number
    }

    /// Returns the unit in which it was written.
    #[must_use]
    pub const fn unit(self) -> LapseUnit {
        self.unit
    }

    /// Returns the length in seconds.
    #[must_use]
    #[expect(clippy::float_arithmetic, reason = "one division of an exact number")]
    pub fn seconds(self) -> f64 {
        self.billionths() as f64 / 1e9
    }

    /// Returns the lapse for people.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        lang.pick(format!("{} {}", self.number, self.unit.label(Lang::Vi)), format!("{self}"))
    }

    pub(super) fn billionths(self) -> u128 {
        self.number.billionths() * u128::from(self.unit.seconds())
    }

    fn read_text(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let split = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(split).unwrap_or((text, ""));
        let number = match Decimal::read_text(number) {
            Some(number) => number,
            None if text.starts_with('-') => return Err(Problem::Negative),
            None => return Err(Problem::NoNumber),
        };
        let unit = unit.trim();
        let mut known = LapseUnit::ALL.iter().copied();
        match known.find(|it| it.as_str() == unit || it.singular() == unit) {
            Some(unit) => Self::new(number, unit).ok_or(Problem::TooLong),
            None if unit.is_empty() => Err(Problem::NoUnit),
            None if unit.starts_with("working") => Err(Problem::Working),
            None if unit.starts_with("month") || unit.starts_with("year") => {
                Err(Problem::WithoutLength)
            }
            None => Err(Problem::NoSuchUnit),
        }
    }
}

impl Problem {
    const fn expected(self) -> &'static str {
        match self {
            Self::NoNumber => "a length of time such as `90 minutes`",
            Self::Negative => "a length of time: it is negative",
            Self::NoUnit => "a length of time: a number without a unit",
            Self::NoSuchUnit => {
                "a length of time in `seconds`, `minutes`, `hours`, `days` or `weeks`"
            }
            Self::Working => "a length of time: a calendar says when working time passes",
            Self::WithoutLength => "a length of time: months and years differ in length",
            Self::TooLong => "a length of time: it is longer than a thousand years",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::NoNumber => {
                "write a number with at most nine decimals, then a unit, as in `1.5 hours`"
            }
            Self::Negative => "time only passes; write zero or more",
            Self::NoUnit => "write `seconds`, `minutes`, `hours`, `days` or `weeks` behind it",
            Self::NoSuchUnit => "a day has 24 hours here, and a week seven such days",
            Self::Working => "write it in hours; the scenario says by which calendar they pass",
            Self::WithoutLength => "write it in days or weeks",
            Self::TooLong => "write a shorter one",
        }
    }
}

impl FromStr for Lapse {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read_text(text).map_err(|it| Error::value_with_help(text, it.expected(), it.help()))
    }
}

impl fmt::Display for Lapse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_one = self.number.billionths() == 1_000_000_000;
        let unit = if is_one { self.unit.singular() } else { self.unit.as_str() };
        write!(f, "{} {unit}", self.number)
    }
}

impl Leaf for Lapse {
    const EXPECTED: &'static str = Problem::NoNumber.expected();

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let text = match node.value() {
            toml::de::DeValue::String(text) => &**text,
            toml::de::DeValue::Integer(number) => number.as_str(),
            toml::de::DeValue::Float(number) => number.as_str(),
            _ => {
                cx.wrong_type(node, Self::EXPECTED);
                return None;
            }
        };
        let problem = match Self::read_text(text) {
            Ok(lapse) => return Some(lapse),
            Err(problem) => problem,
        };
        let message = format!("`{}` is not {}", clip(text), problem.expected());
        let diagnostic =
            Diagnostic::error("bad-value", node.span(cx), message).help(problem.help());
        let unit = text.trim_start_matches(|it: char| it.is_ascii_digit() || " .".contains(it));
        let near = LapseUnit::ALL.iter().flat_map(|it| [it.as_str(), it.singular()]);
        cx.report(match problem {
            Problem::NoSuchUnit => diagnostic.nearest(unit, near),
            _ => diagnostic,
        });
        None
    }

    fn print(&self, out: &mut String) {
        print_string(&format!("{self}"), out);
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Lapse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Lapse {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString as _;

    #[test]
    fn what_is_printed_reads_back() {
        for (text, printed, seconds) in [
            ("90 minutes", "90 minutes", 5_400.0),
            ("1.50 hours", "1.5 hours", 5_400.0),
            ("1 days", "1 day", 86_400.0),
            ("2weeks", "2 weeks", 1_209_600.0),
            ("0 seconds", "0 seconds", 0.0),
            ("0.1 seconds", "0.1 seconds", 0.1),
        ] {
            let lapse: Lapse = text.parse().unwrap();
            assert_eq!(lapse.to_string(), printed);
            assert_eq!(printed.parse::<Lapse>().unwrap(), lapse);
            assert_eq!(lapse.seconds(), seconds);
        }
        assert_eq!("2 hours".parse::<Lapse>().unwrap().label(Lang::Vi), "2 giờ");
        assert_eq!(Lapse::of_seconds(61.2345).unwrap().to_string(), "61.235 seconds");
        assert_eq!(Lapse::of_seconds(-1.0), None);
    }

    #[test]
    fn what_has_no_length_is_refused() {
        let why = |text: &str| Lapse::read_text(text).unwrap_err();
        assert_eq!(why("5"), Problem::NoUnit);
        assert_eq!(why("-5 days"), Problem::Negative);
        assert_eq!(why("3 working days"), Problem::Working);
        assert_eq!(why("2 months"), Problem::WithoutLength);
        assert_eq!(why("3 fortnights"), Problem::NoSuchUnit);
        assert_eq!(why("365001 days"), Problem::TooLong);
        assert!(Lapse::read_text("365000 days").is_ok());
        for bad in ["", "days", "1..5 days", "1e3 days"] {
            assert!(Lapse::read_text(bad).is_err(), "{bad}");
        }
    }
}
