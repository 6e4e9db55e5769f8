//! Published figures, and what the arithmetic says of them.
//!
//! Exact whole numbers throughout. Nothing is repaired: which of the numbers
//! is wrong cannot be computed.

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveDate;

use crate::definition::accessors::accessors;
use crate::id::Id;
use crate::law::Certainty;
use crate::read::{Leaf, Node, Reader, Remarks};
use crate::text::{Text, words};

words! {
    /// What the register itself can count on the day of a figure.
    pub enum Counted as "something to count: `essential`, `essential-full` or `free-online`" {
        /// Essential services whose procedures are all described.
        Essential = "essential" ("dịch vụ công thiết yếu có trong danh mục", "essential services described"),
        /// Those of them that are full online services.
        EssentialFull = "essential-full" ("dịch vụ công thiết yếu toàn trình", "essential services fully online"),
        /// Entries that are free when filed online.
        FreeOnline = "free-online" ("thủ tục miễn phí khi nộp trực tuyến", "procedures free online"),
    }
}

/// A published figure with its parts.
#[derive(Clone, Debug)]
pub struct Figure {
    pub(super) name: Text,
    pub(super) on: Option<NaiveDate>,
    pub(super) whole: u32,
    pub(super) within: Option<Id>,
    pub(super) counts: Option<Counted>,
    pub(super) shares: Vec<Part>,
    pub(super) parts: Vec<Part>,
    pub(super) source: Option<Box<str>>,
    pub(super) certainty: Certainty,
    pub(super) remarks: Remarks,
}

impl Figure {
    accessors! {
        /// Returns what was counted.
        name: Text,
        /// Returns the parts that should add up to the whole.
        parts: [Part],
        /// Returns the parts of which each lies within the whole, whatever the others are.
        shares: [Part],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the day that the figure is about, or the last of its days.
    #[must_use]
    pub const fn on(&self) -> Option<NaiveDate> {
        self.on
    }

    /// Returns the whole as it was published.
    #[must_use]
    pub const fn whole(&self) -> u32 {
        self.whole
    }

    /// Returns the figure of the same register that this one cannot exceed.
    #[must_use]
    pub const fn within(&self) -> Option<Id> {
        self.within
    }

    /// Returns what the register can count beside it.
    #[must_use]
    pub const fn counts(&self) -> Option<Counted> {
        self.counts
    }

    /// Returns where it was published.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Returns how surely it is known.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns what the parts add up to; none when there are none.
    #[must_use]
    pub fn sum(&self) -> Option<u64> {
        let counts = self.parts.iter().map(|it| u64::from(it.count));
        (!self.parts.is_empty()).then(|| counts.sum())
    }

    /// Returns by how much the parts exceed the whole, below zero where they fall short.
    #[must_use]
    pub fn excess(&self) -> Option<i64> {
        i64::try_from(self.sum()?).ok()?.checked_sub(i64::from(self.whole))
    }

    /// Returns every part and share with what its percentage is.
    pub fn percentages(&self) -> impl Iterator<Item = (&Part, Rounding)> {
        let all = self.parts.iter().chain(&self.shares);
        all.filter_map(|it| Some((it, it.rounding(self.whole)?)))
    }
}

/// A part of a figure.
#[derive(Clone, Debug)]
pub struct Part {
    pub(super) name: Text,
    pub(super) count: u32,
    pub(super) percent: Option<Percent>,
}

impl Part {
    accessors! {
        /// Returns what was counted.
        name: Text,
    }

    /// Returns the number as it was published.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Returns the percentage as it was published.
    #[must_use]
    pub const fn percent(&self) -> Option<&Percent> {
        self.percent.as_ref()
    }

    fn rounding(&self, whole: u32) -> Option<Rounding> {
        Some(self.percent.as_ref()?.of(self.count, whole))
    }
}

/// A percentage with the decimals with which it was published, such as `67.8`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Percent {
    // INVARIANT: below 10^9, with at most 6 decimals.
    units: u32,
    decimals: u32,
}

impl Percent {
    /// How many decimals a percentage may have.
    const MAX_DECIMALS: usize = 6;

    fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let fits = whole.len() <= 3 && decimals.len() <= Self::MAX_DECIMALS;
        let is_whole = !whole.is_empty() && !text.ends_with('.');
        if !(fits && is_whole && is_number(whole) && is_number(decimals)) {
            return None;
        }
        let units = alloc::format!("{whole}{decimals}").parse().ok()?;
        Some(Self { units, decimals: u32::try_from(decimals.len()).ok()? })
    }

    /// Returns how this percentage comes from a part of a whole.
    fn of(&self, count: u32, whole: u32) -> Rounding {
        let scaled = u128::from(count) * 100 * 10_u128.pow(self.decimals);
        let (published, whole) = (u128::from(self.units), u128::from(whole));
        let quotient = |it: u128| it.checked_div(whole);
        if quotient(scaled * 2 + whole).map(|it| it / 2) == Some(published) {
            Rounding::Nearest
        } else if quotient(scaled) == Some(published) {
            Rounding::Down
        } else {
            Rounding::Neither
        }
    }
}

impl core::fmt::Display for Percent {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let scale = 10_u32.pow(self.decimals);
        write!(out, "{}", self.units / scale)?;
        if self.decimals > 0 {
            let width = self.decimals as usize;
            write!(out, ".{:0width$}", self.units % scale)?;
        }
        Ok(())
    }
}

impl Leaf for Percent {
    const EXPECTED: &'static str = "a percentage such as `67.8`";

    fn read(node: Node<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        cx.parsed(node, Self::EXPECTED, Self::parse)
    }

    fn print(&self, out: &mut alloc::string::String) {
        use core::fmt::Write as _;
        let _ = write!(out, "\"{self}\"");
    }
}

/// How a published percentage comes from the numbers beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Rounding {
    /// The nearest one with so many decimals, halves up.
    Nearest,
    /// The rest was cut off.
    Down,
    /// It does not come from them.
    Neither,
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    fn percent(text: &str, count: u32, whole: u32) -> Rounding {
        Percent::parse(text).unwrap().of(count, whole)
    }

    #[test]
    fn percentages_are_judged_exactly() {
        assert_eq!(percent("67.8", 4_220_601, 6_220_864), Rounding::Nearest);
        assert_eq!(percent("99.7", 738_004, 739_630), Rounding::Down);
        assert_eq!(percent("0.3", 1_626, 739_630), Rounding::Neither);
        assert_eq!(percent("36", 9, 25), Rounding::Nearest);
        assert_eq!(percent("0.5", 1, 200), Rounding::Nearest);
        assert_eq!(percent("1", 1, 200), Rounding::Nearest);
        assert_eq!(percent("0", 1, 200), Rounding::Down);
        assert_eq!(percent("0", 1, 0), Rounding::Neither);
        assert_eq!(percent("999.999999", u32::MAX, u32::MAX), Rounding::Neither);
    }

    #[test]
    fn percentages_print_as_they_were_written() {
        for text in ["0", "67.8", "100", "0.05", "99.700"] {
            assert_eq!(Percent::parse(text).unwrap().to_string(), text);
        }
        for text in ["", ".5", "5.", "-1", "1000", "1,5", "1.2.3", "0.1234567", "½"] {
            assert_eq!(Percent::parse(text), None, "{text}");
        }
    }
}
