//! The length of a term: a number and a unit, or one of the two 15:00 rules.
//!
//! There is no default unit and no conversion between units: five working
//! days are not five days, and a day is not eight hours.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use chrono::TimeDelta;
use toml::de::DeValue;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::read::{Leaf, Node, Reader, print_string};
use crate::text::{Lang, words};

words! {
    /// The unit in which a limit is counted (đơn vị tính thời hạn).
    pub enum Unit as "a unit: `working-hours`, `clock-hours`, `working-days`, `days`, `months` or `years`" {
        /// Hours of office sessions (giờ làm việc).
        WorkingHours = "working-hours" ("giờ làm việc", "working hours"),
        /// Hours of elapsed time, night and day (giờ, Civil Code Art. 147(1)).
        ClockHours = "clock-hours" ("giờ", "clock hours"),
        /// Days on which state offices work (ngày làm việc).
        WorkingDays = "working-days" ("ngày làm việc", "working days"),
        /// Calendar days (ngày, Civil Code Art. 148(1)).
        Days = "days" ("ngày", "days"),
        /// Months to the corresponding day, or the last (tháng, Civil Code Art. 148(3)).
        Months = "months" ("tháng", "months"),
        /// Years to the corresponding day and month (năm, Civil Code Art. 148(4)).
        Years = "years" ("năm", "years"),
    }
}

/// A number and a unit (thời hạn), such as `5 working days`.
///
/// # Example
///
/// ```
/// use hoso::clock::{Limit, Unit};
/// use hoso::text::Lang;
///
/// let limit: Limit = "5 working days".parse()?;
/// assert_eq!((limit.number(), limit.unit()), (5, Unit::WorkingDays));
/// assert_eq!(limit.label(Lang::Vi), "5 ngày làm việc");
/// assert!("5".parse::<Limit>().is_err());
/// assert!("8 hours".parse::<Limit>().is_err()); // working hours, or clock hours?
/// # Ok::<(), hoso::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limit {
    // INVARIANT: never zero.
    number: u32,
    unit: Unit,
}

/// How long a term runs: a limit, or a rule around 15 o'clock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Length {
    /// A number and a unit.
    Limit(Limit),
    /// The same working day; received after 15:00, the next one
    /// (Law 60/2014/QH13 Art. 5(3), Decree 23/2015/NĐ-CP Art. 7).
    SameDay,
    /// A paper dossier moves on within the working day; received after 15:00,
    /// at the start of the next one (Decree 118/2025/NĐ-CP Art. 18(2)).
    Transfer,
}

/// Why a text is no limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Problem {
    NoNumber,
    TooGreat,
    NoUnit,
    Zero,
    WhichHours,
    NoSuchUnit,
}

impl Unit {
    const fn english(self) -> &'static str {
        self.label(Lang::En)
    }

    /// Returns the unit as it is written behind a number.
    fn behind(self, number: u32) -> &'static str {
        let plural = self.english();
        if number == 1 { plural.strip_suffix('s').unwrap_or(plural) } else { plural }
    }
}

impl Limit {
    /// Creates a limit; none for the number zero.
    #[must_use]
    pub const fn new(number: u32, unit: Unit) -> Option<Self> {
        if number == 0 { None } else { Some(Self { number, unit }) }
    }

    /// Returns the number of units.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// Returns the unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Returns a time before which the limit cannot be over, whatever the calendar and the readings.
    ///
    /// A day may count from the day of receipt itself; a month has at least 28
    /// days, a year 365.
    #[must_use]
    pub fn least(self) -> TimeDelta {
        let number = i64::from(self.number);
        let hours = match self.unit {
            Unit::WorkingHours | Unit::ClockHours => number,
            Unit::WorkingDays | Unit::Days => 24 * (number - 1),
            Unit::Months => 24 * (28 * number - 1),
            Unit::Years => 24 * (365 * number - 1),
        };
        TimeDelta::try_hours(hours).unwrap_or(TimeDelta::MAX)
    }

    /// Returns the limit for people.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        format!(
            "{} {}",
            self.number,
            lang.pick(self.unit.label(lang), self.unit.behind(self.number))
        )
    }

    fn read_text(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let split = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at_checked(split).unwrap_or((text, ""));
        let problem = if digits.is_empty() { Problem::NoNumber } else { Problem::TooGreat };
        let number: u32 = digits.parse().map_err(|_| problem)?;
        let unit = unit.trim();
        let known = Unit::ALL.iter().copied();
        match known.clone().find(|it| it.behind(number) == unit || it.english() == unit) {
            Some(unit) => Self::new(number, unit).ok_or(Problem::Zero),
            None if unit.is_empty() => Err(Problem::NoUnit),
            None if unit.starts_with("hour") => Err(Problem::WhichHours),
            None => Err(Problem::NoSuchUnit),
        }
    }
}

impl Problem {
    const fn expected(self) -> &'static str {
        match self {
            Self::NoNumber => "a limit such as `5 working days`",
            Self::TooGreat => "a limit: the number is too great",
            Self::NoUnit => "a limit: a number without a unit",
            Self::Zero => "a limit: nothing runs for no time",
            Self::WhichHours => "a limit: `working hours` and `clock hours` differ",
            Self::NoSuchUnit => {
                "a limit in `working days`, `days`, `months`, `years`, `working hours` or `clock hours`"
            }
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::NoNumber => "write a whole number and a unit",
            Self::TooGreat => "write at most 4294967295",
            Self::NoUnit => {
                "write `working days`, `days`, `months`, `years`, `working hours` or `clock hours` behind it"
            }
            Self::Zero => "leave the limit out, or write at least 1",
            Self::WhichHours => {
                "working hours pass while offices are open, clock hours night and day"
            }
            Self::NoSuchUnit => "no unit is converted into another",
        }
    }
}

impl Length {
    const SAME_DAY: &'static str = "same-day-15";
    const TRANSFER: &'static str = "transfer-15";

    /// Returns the limit; none for the 15:00 rules.
    #[must_use]
    pub const fn limit(self) -> Option<Limit> {
        match self {
            Self::Limit(limit) => Some(limit),
            Self::SameDay | Self::Transfer => None,
        }
    }

    /// Returns the length for people.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        let rule = match self {
            Self::Limit(limit) => return limit.label(lang),
            Self::SameDay => lang.pick(
                "trong ngày làm việc; nhận sau 15 giờ thì trong ngày làm việc tiếp theo",
                "the same working day; received after 15:00, the next one",
            ),
            Self::Transfer => lang.pick(
                "chuyển ngay trong ngày làm việc; nhận sau 15 giờ thì đầu ngày làm việc tiếp theo",
                "moved on the same working day; received after 15:00, at the start of the next one",
            ),
        };
        String::from(rule)
    }

    fn read_text(text: &str) -> Result<Self, Problem> {
        match text {
            Self::SAME_DAY => Ok(Self::SameDay),
            Self::TRANSFER => Ok(Self::Transfer),
            _ => Limit::read_text(text).map(Self::Limit),
        }
    }
}

impl From<Limit> for Length {
    fn from(limit: Limit) -> Self {
        Self::Limit(limit)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit.behind(self.number))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit(limit) => fmt::Display::fmt(limit, f),
            Self::SameDay => f.pad(Self::SAME_DAY),
            Self::Transfer => f.pad(Self::TRANSFER),
        }
    }
}

/// Reads a limit or length of a text, saying what is wrong and how to mend it.
fn read<T>(
    node: Node<'_>,
    cx: &mut Reader<'_>,
    words: &[&'static str],
    parse: fn(&str) -> Result<T, Problem>,
) -> Option<T> {
    let text = match node.value() {
        DeValue::String(text) => &**text,
        DeValue::Integer(number) => number.as_str(),
        _ => {
            cx.wrong_type(node, Problem::NoNumber.expected());
            return None;
        }
    };
    let problem = match parse(text) {
        Ok(value) => return Some(value),
        Err(problem) => problem,
    };
    let shown = crate::read::clip(text);
    let diagnostic = Diagnostic::error(
        "bad-limit",
        node.span(cx),
        format!("`{shown}` is not {}", problem.expected()),
    )
    .help(problem.help());
    let unit = text.trim_start_matches(|it: char| it.is_ascii_digit() || it == ' ');
    let near = Unit::ALL.iter().flat_map(|it| [it.english(), it.behind(1)]);
    let diagnostic = match problem {
        Problem::NoSuchUnit => diagnostic.nearest(unit, near),
        Problem::NoNumber => diagnostic.nearest(text, words.iter().copied()),
        _ => diagnostic,
    };
    cx.report(diagnostic);
    None
}

/// Gives a type with `read_text` and `Display` its reader, printer and serde form.
macro_rules! as_text {
    ($name:ident, $words:expr) => {
        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::read_text(text)
                    .map_err(|it| Error::value_with_help(text, it.expected(), it.help()))
            }
        }

        impl Leaf for $name {
            const EXPECTED: &'static str = Problem::NoNumber.expected();

            fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
                read(node, cx, $words, Self::read_text)
            }

            fn print(&self, out: &mut String) {
                print_string(&format!("{self}"), out);
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <alloc::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
as_text!(Limit, &[]);
as_text!(Length, &[Self::SAME_DAY, Self::TRANSFER]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::record;
    use crate::source::FileId;
    use alloc::vec::Vec;
    use expect_test::expect;
    use std::string::ToString as _;

    #[test]
    fn what_is_printed_reads_back() {
        for text in
            ["1 working day", "15 days", "1 month", "2 years", "8 working hours", "1 clock hour"]
        {
            assert_eq!(text.parse::<Limit>().unwrap().to_string(), text);
        }
        for text in ["same-day-15", "transfer-15", "30 days"] {
            assert_eq!(text.parse::<Length>().unwrap().to_string(), text);
        }
        assert_eq!("1 days".parse::<Limit>().unwrap().to_string(), "1 day");
    }

    #[test]
    fn a_number_without_a_unit_and_a_bare_hour_are_refused() {
        let why = |text: &str| Length::read_text(text).unwrap_err();
        assert_eq!(why("5"), Problem::NoUnit);
        assert_eq!(why("24 hours"), Problem::WhichHours);
        assert_eq!(why("0 days"), Problem::Zero);
        assert_eq!(why("5 weeks"), Problem::NoSuchUnit);
        assert_eq!(why("4294967296 days"), Problem::TooGreat);
        for bad in ["", "days", "-5 days", "five days", "same-day"] {
            assert_eq!(why(bad), Problem::NoNumber, "{bad}");
        }
    }

    record! {
        struct Sample {
            limit: Length = "limit",
        }
    }

    #[test]
    fn a_text_is_told_what_is_wrong_with_its_limit() {
        let lines = ["5", "'5'", "'8 hours'", "'5 workng days'", "'0 days'", "'same-day'", "true"]
            .map(|written| {
                let mut found = Vec::new();
                let text = format!("limit = {written}");
                let sample: Option<Sample> =
                    crate::read::read(FileId::default(), &text, &mut found);
                assert!(sample.is_none());
                let advice = found[0].advice().unwrap_or_default();
                format!("{}: {} ({advice})", found[0].code(), found[0].message())
            });
        expect![[r#"
            bad-limit: `5` is not a limit: a number without a unit (write `working days`, `days`, `months`, `years`, `working hours` or `clock hours` behind it)
            bad-limit: `5` is not a limit: a number without a unit (write `working days`, `days`, `months`, `years`, `working hours` or `clock hours` behind it)
            bad-limit: `8 hours` is not a limit: `working hours` and `clock hours` differ (working hours pass while offices are open, clock hours night and day)
            bad-limit: `5 workng days` is not a limit in `working days`, `days`, `months`, `years`, `working hours` or `clock hours` (did you mean `working days`?)
            bad-limit: `0 days` is not a limit: nothing runs for no time (leave the limit out, or write at least 1)
            bad-limit: `same-day` is not a limit such as `5 working days` (did you mean `same-day-15`?)
            wrong-type: expected a limit such as `5 working days`, found true or false ()"#]].assert_eq(&lines.join("\n"));
    }

    #[test]
    fn limits_speak_both_languages() {
        let label = |text: &str, lang| text.parse::<Length>().unwrap().label(lang);
        assert_eq!(label("24 clock hours", Lang::Vi), "24 giờ");
        assert_eq!(label("1 working day", Lang::En), "1 working day");
        assert!(label("same-day-15", Lang::Vi).contains("15 giờ"));
    }
}
