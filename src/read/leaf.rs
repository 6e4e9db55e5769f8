//! Values that stand behind one key: texts, numbers, dates, names, unknowns.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use toml::de::DeValue;

use super::field::{Field, Leaves, Record, capped};
use super::reader::{Node, Reader};
use super::{MAX_PARTS, MAX_TEXT};
use crate::id::Id;
use crate::money::{Dong, Ratio};
use crate::source::At;
use crate::text::{Text, is_hidden, nfc};

/// A value that stands behind one key.
pub(crate) trait Leaf: Sized {
    /// What a message says was expected, with its article.
    const EXPECTED: &'static str;

    /// How many a list holds at most.
    const MOST: usize = MAX_PARTS;

    /// Reads the value, or reports why not.
    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self>;

    /// Prints the value as TOML.
    fn print(&self, out: &mut String);
}

/// Prints a TOML basic string.
pub(crate) fn print_string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if it.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(it));
            }
            it => out.push(it),
        }
    }
    out.push('"');
}

impl Leaf for Box<str> {
    const EXPECTED: &'static str = "a text";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = node.value().as_str() else {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        };
        if text.len() > MAX_TEXT {
            let message = format!("the text has {} bytes; at most {MAX_TEXT} are read", text.len());
            cx.error("too-long", node.span(cx), message).mend("shorten it");
            return None;
        }
        if text.trim().is_empty() {
            cx.error("empty-text", node.span(cx), "the text is empty")
                .mend("write it, or leave the key out");
            return None;
        }
        let hidden = |it: &char| is_hidden(*it) && !matches!(it, '\n' | '\r' | '\t');
        if let Some(letter) = text.chars().find(hidden) {
            let message = format!("the text holds U+{:04X}, which nobody sees", u32::from(letter));
            cx.error("hidden-character", node.span(cx), message).mend("write the text anew");
            return None;
        }
        Some(nfc(text).into())
    }

    fn print(&self, out: &mut String) {
        print_string(self, out);
    }
}

impl Leaf for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let value = node.value().as_bool();
        if value.is_none() {
            cx.wrong_type(node, Self::EXPECTED);
        }
        value
    }

    fn print(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

macro_rules! whole_numbers {
    ($($ty:ty as $expected:literal),+) => {$(
        impl Leaf for $ty {
            const EXPECTED: &'static str = $expected;

            fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
                cx.whole(node, Self::EXPECTED, |it| Self::try_from(it).ok())
            }

            fn print(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
    )+};
}
whole_numbers!(
    u8 as "a whole number from 0 to 255",
    u16 as "a whole number from 0 to 65535",
    u32 as "a whole number from 0 to 4294967295",
    i64 as "a whole number that 64 bits hold"
);

impl Leaf for Dong {
    const EXPECTED: &'static str = "an amount in whole đồng, zero or more";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.whole(node, Self::EXPECTED, |it| (it >= 0).then_some(Self::new(it)))
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{}", self.get());
    }
}

impl Leaf for Ratio {
    const EXPECTED: &'static str = "an exact ratio such as `9/10` or `50%`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let text = node.value().as_str().unwrap_or_default();
        let ratio = cx.parsed(node, Self::EXPECTED, |text| text.parse().ok());
        let percent = format!("{text}%");
        if ratio.is_none() && percent.parse::<Self>().is_ok() {
            cx.advise(format!("write `{percent}`"));
        }
        ratio
    }

    fn print(&self, out: &mut String) {
        // As people write it: `19.99%` where the parts are hundredths or smaller ones by ten.
        let (num, den) = (self.numerator(), self.denominator());
        let decimals = (0..=5).find(|it| den == 100 * 10_u32.pow(*it));
        let _ = match decimals {
            Some(0) => write!(out, "\"{num}%\""),
            Some(decimals) => {
                let unit = 10_u32.pow(decimals);
                let width = decimals as usize;
                write!(out, "\"{}.{:0width$}%\"", num / unit, num % unit)
            }
            None => write!(out, "\"{self}\""),
        };
    }
}

impl Leaf for NaiveDate {
    const EXPECTED: &'static str = "a date such as 2025-07-01";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let written = match node.value() {
            DeValue::Datetime(it) if it.time.is_none() && it.offset.is_none() => it.date,
            _ => None,
        };
        let date = written
            .and_then(|it| Self::from_ymd_opt(it.year.into(), it.month.into(), it.day.into()));
        if date.is_none() {
            cx.wrong_type(node, Self::EXPECTED);
        }
        date
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "{self}");
    }
}

impl Leaf for NaiveTime {
    const EXPECTED: &'static str = "a time of day such as `13:30`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.parsed(node, Self::EXPECTED, |text| {
            let (hour, minute) = text.split_once(':')?;
            let two = |it: &str| if it.len() == 2 { it.parse().ok() } else { None };
            Self::from_hms_opt(two(hour)?, two(minute)?, 0)
        })
    }

    fn print(&self, out: &mut String) {
        let _ = write!(out, "\"{:02}:{:02}\"", self.hour(), self.minute());
    }
}

impl Leaf for Id {
    const EXPECTED: &'static str =
        "a name: 1 to 47 lower-case letters and digits joined by `-`, `/` or `.`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = node.value().as_str() else {
            cx.wrong_type(node, Self::EXPECTED);
            return None;
        };
        cx.name(text, node.span(cx))
    }

    fn print(&self, out: &mut String) {
        print_string(self.as_str(), out);
    }
}

impl Leaf for Text {
    const EXPECTED: &'static str = "a text, or `{ vi = \"…\", en = \"…\" }`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if node.value().as_table().is_none() {
            let vi: Box<str> = Leaf::read(node, cx)?;
            return Some(Self::new(&vi, None));
        }
        let mut table = cx.record(node, Self::EXPECTED, &["vi", "en"])?;
        let vi = <Box<str> as Field>::take(&mut table, "vi");
        let en = <Option<Box<str>> as Field>::take(&mut table, "en");
        table.finish();
        Some(Self::new(&vi?, en?.as_deref()))
    }

    fn print(&self, out: &mut String) {
        let Some(en) = self.en() else {
            return print_string(self.vi(), out);
        };
        out.push_str("{ vi = ");
        print_string(self.vi(), out);
        out.push_str(", en = ");
        print_string(en, out);
        out.push_str(" }");
    }
}

impl<T: Leaf> Leaf for At<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    const MOST: usize = T::MOST;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let value = T::read(node, cx)?;
        Some(Self { value, span: node.span(cx) })
    }

    fn print(&self, out: &mut String) {
        self.value.print(out);
    }
}

/// A record may also stand behind a key, as an inline table.
impl<T: Record> Leaf for T {
    const EXPECTED: &'static str = "a table";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        T::read_record(node, cx)
    }

    fn print(&self, out: &mut String) {
        out.push_str("{ ");
        self.print_leaves(&mut Leaves::inline(out));
        out.push_str(" }");
    }
}

/// A value that is known, or that nobody could find, with the reason.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Maybe<T> {
    /// It is known.
    Known(T),
    /// Nobody could find it; why.
    Unknown(Box<str>),
}

impl<T> Maybe<T> {
    /// Returns the value, if it is known.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

impl<T: Leaf> Leaf for Maybe<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let says_unknown = node.value().as_table().is_some_and(|it| it.contains_key("unknown"));
        if !says_unknown {
            return T::read(node, cx).map(Self::Known);
        }
        let mut table = cx.table(node, Self::EXPECTED)?;
        let why = <Box<str> as Field>::take(&mut table, "unknown");
        table.finish();
        let why = why?;
        cx.note("unknown", node.span(cx), &*why);
        Some(Self::Unknown(why))
    }

    fn print(&self, out: &mut String) {
        match self {
            Self::Known(value) => value.print(out),
            Self::Unknown(why) => {
                out.push_str("{ unknown = ");
                print_string(why, out);
                out.push_str(" }");
            }
        }
    }
}

/// What an author assumed and noted beside a rule.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Remarks {
    pub(crate) assumed: Option<Box<str>>,
    pub(crate) note: Option<Box<str>>,
}

impl Remarks {
    /// Returns the assumption on which the rule rests; none when it rests on a source.
    #[must_use]
    pub fn assumed(&self) -> Option<&str> {
        self.assumed.as_deref()
    }

    /// Returns a remark that matters to readers.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    pub(crate) fn print(&self, leaves: &mut Leaves<'_>) {
        Field::print_leaf(&self.assumed, "assumed", leaves);
        Field::print_leaf(&self.note, "note", leaves);
    }
}

/// Names with a value each, in one inline table, as in `{ decision = "suspend" }`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Pairs<T>(pub(crate) alloc::vec::Vec<(At<Id>, T)>);

impl<T: Leaf> Leaf for Pairs<T> {
    const EXPECTED: &'static str = "a table of names with a value each";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let entries = cx.table(node, Self::EXPECTED)?.entries();
        let entries = capped(cx, node.span(cx), entries.into_iter());
        let mut pairs = alloc::vec::Vec::with_capacity(entries.len());
        for (name, span, node) in entries {
            let (name, value) = (cx.name(name, span), T::read(node, cx));
            pairs.extend(name.zip(value).map(|(name, value)| (At { value: name, span }, value)));
        }
        Some(Self(pairs))
    }

    fn print(&self, out: &mut String) {
        out.push_str("{ ");
        for (idx, (name, value)) in self.0.iter().enumerate() {
            out.push_str(if idx > 0 { ", " } else { "" });
            super::field::print_key(name.value.as_str(), out);
            out.push_str(" = ");
            value.print(out);
        }
        out.push_str(" }");
    }
}
