//! Values of facts and the domains that hold them.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use chrono::{Datelike as _, NaiveDate};

use crate::id::Id;

/// What values a fact may have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Domain {
    /// True or false.
    Boolean,
    /// Whole numbers from `min` to `max`, both included.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// One of these words.
    Choice(Box<[Id]>),
    /// Any day of the years 0 to 9999.
    Date,
}

/// A value of a fact.
///
/// As data it is plain: `true`, `7`, `"ward"`, `"2026-03-02"`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Value {
    /// It holds or it does not.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A day.
    Date(NaiveDate),
    /// A word.
    Choice(Id),
}

impl fmt::Display for Value {
    /// Writes the value as guards and the command line do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(it) => it.fmt(f),
            Self::Integer(it) => it.fmt(f),
            Self::Choice(it) => it.fmt(f),
            Self::Date(it) => it.fmt(f),
        }
    }
}

impl Domain {
    /// Returns true when the value is one of the domain.
    #[must_use]
    pub fn admits(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Boolean, Value::Boolean(_)) => true,
            // Other years cannot be written as four digits.
            (Self::Date, Value::Date(it)) => (0..=9999).contains(&it.year()),
            (Self::Integer { min, max }, Value::Integer(it)) => (*min..=*max).contains(&it),
            (Self::Choice(words), Value::Choice(it)) => words.contains(&it),
            _ => false,
        }
    }

    /// Reads a value from its text, such as `true`, `7`, `ward` or `2026-03-02`.
    #[must_use]
    pub fn parse(&self, text: &str) -> Option<Value> {
        let value = match self {
            Self::Boolean => Value::Boolean(text.parse().ok()?),
            Self::Integer { .. } => Value::Integer(text.parse().ok()?),
            Self::Choice(_) => Value::Choice(Id::try_new(text)?),
            Self::Date => Value::Date(parse_date(text)?),
        };
        self.admits(value).then_some(value)
    }

    /// Returns the domain of all values of two; none where they are no domain together.
    pub(crate) fn joined(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Boolean, Self::Boolean) => Some(Self::Boolean),
            (Self::Date, Self::Date) => Some(Self::Date),
            (Self::Choice(words), Self::Choice(others)) => {
                let more = others.iter().filter(|it| !words.contains(it));
                Some(Self::Choice(words.iter().chain(more).copied().collect()))
            }
            (Self::Integer { min, max }, Self::Integer { min: least, max: most }) => {
                let touch = min <= &most.saturating_add(1) && least <= &max.saturating_add(1);
                touch.then(|| Self::Integer { min: *min.min(least), max: *max.max(most) })
            }
            _ => None,
        }
    }

    /// Returns the values that are in both domains; none where there are none.
    pub(crate) fn shared(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Choice(words), Self::Choice(others)) => {
                let both: Box<[Id]> =
                    words.iter().filter(|it| others.contains(it)).copied().collect();
                (!both.is_empty()).then_some(Self::Choice(both))
            }
            (Self::Integer { min, max }, Self::Integer { min: least, max: most }) => {
                let (min, max) = (*min.max(least), *max.min(most));
                (min <= max).then_some(Self::Integer { min, max })
            }
            _ => (self == other).then(|| self.clone()),
        }
    }

    /// Returns the values that are not in another domain, as domains of their own.
    pub(crate) fn without(&self, other: &Self) -> Vec<Self> {
        match (self, other) {
            (Self::Choice(words), Self::Choice(others)) => {
                let own: Box<[Id]> =
                    words.iter().filter(|it| !others.contains(it)).copied().collect();
                if own.is_empty() { Vec::new() } else { Vec::from([Self::Choice(own)]) }
            }
            (Self::Integer { min, max }, Self::Integer { min: least, max: most }) => {
                let below = (*min, least.saturating_sub(1).min(*max));
                let above = (most.saturating_add(1).max(*min), *max);
                let parts = [(below, min < least), (above, max > most)].into_iter();
                let parts = parts.filter(|(_, is_there)| *is_there);
                parts.map(|((min, max), _)| Self::Integer { min, max }).collect()
            }
            _ if self == other => Vec::new(),
            _ => Vec::from([self.clone()]),
        }
    }

    /// Returns true when every value of another domain is one of this.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.joined(other).is_some_and(|it| match (&it, self) {
            (Self::Choice(all), Self::Choice(own)) => all.len() == own.len(),
            _ => it == *self,
        })
    }

    /// Describes the domain for messages, with its article.
    pub(crate) fn expected(&self) -> String {
        match self {
            Self::Boolean => "`true` or `false`".into(),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Date => "a date such as 2026-03-02".into(),
            Self::Choice(words) => {
                let shown: Vec<String> = words.iter().take(8).map(|it| format!("`{it}`")).collect();
                let more = if words.len() > shown.len() { ", …" } else { "" };
                format!("one of {}{more}", shown.join(", "))
            }
        }
    }
}

/// Reads a date of exactly the form 2026-03-02.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, it)| match at {
            4 | 7 => it == b'-',
            _ => it.is_ascii_digit(),
        });
    shaped.then(|| text.parse().ok()).flatten()
}

#[cfg(feature = "serde")]
impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(it) => serializer.serialize_bool(*it),
            Self::Integer(it) => serializer.serialize_i64(*it),
            Self::Choice(it) => it.serialize(serializer),
            Self::Date(it) => it.serialize(serializer),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

#[cfg(feature = "serde")]
struct ValueVisitor;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false, a whole number, a word, or a date such as 2026-03-02")
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Boolean(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Integer(it))
    }

    fn visit_u64<E: serde::de::Error>(self, it: u64) -> Result<Value, E> {
        i64::try_from(it).map(Value::Integer).map_err(E::custom)
    }

    fn visit_str<E: serde::de::Error>(self, it: &str) -> Result<Value, E> {
        match parse_date(it) {
            Some(date) => Ok(Value::Date(date)),
            None => Id::parse(it).map(Value::Choice).map_err(E::custom),
        }
    }
}
