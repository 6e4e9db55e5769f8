//! The case that shows a finding: a way to it, what is known of it, a day.
//!
//! A witness states; what it shows is said by the diagnostic that carries it.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDate;

use crate::id::Id;

/// A case that anybody can put through the procedure to see the finding.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub struct Witness {
    path: Vec<Id>,
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_table"))]
    facts: Vec<(Id, Box<str>)>,
    date: Option<NaiveDate>,
}

impl Witness {
    pub(crate) fn path(path: impl IntoIterator<Item = Id>) -> Self {
        Self { path: path.into_iter().collect(), ..Self::default() }
    }

    pub(crate) fn facts(facts: impl IntoIterator<Item = (Id, Box<str>)>) -> Self {
        Self::default().knowing(facts)
    }

    /// Adds a last step.
    pub(crate) fn and(mut self, step: Id) -> Self {
        self.path.push(step);
        self
    }

    /// Adds what is known of the case.
    pub(crate) fn knowing(mut self, facts: impl IntoIterator<Item = (Id, Box<str>)>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// Adds the day on which the case begins.
    pub(crate) const fn on(mut self, date: NaiveDate) -> Self {
        self.date = Some(date);
        self
    }

    /// Returns the transitions, or the states and parts, that lead to it, in order.
    #[must_use]
    pub fn steps(&self) -> &[Id] {
        &self.path
    }

    /// Returns the facts by name, each with its value as definitions write it, or `unknown`.
    #[must_use]
    pub fn known(&self) -> &[(Id, Box<str>)] {
        &self.facts
    }

    /// Returns the day on which the case begins: its filing, or its acceptance.
    #[must_use]
    pub const fn date(&self) -> Option<NaiveDate> {
        self.date
    }
}

/// One line: the way, the facts, the day.
impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<&str> = self.path.iter().map(Id::as_str).collect();
        let facts: Vec<_> = self.facts.iter().map(|(id, it)| format!("{id} = {it}")).collect();
        let date = self.date.map(|it| format!("from {it}"));
        let parts = [
            Some(path.join(" → ")).filter(|it| !it.is_empty()),
            Some(facts.join(", ")).filter(|it| !it.is_empty()),
            date,
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join("; "))
    }
}

#[cfg(feature = "serde")]
fn as_table<S: serde::Serializer>(
    facts: &[(Id, Box<str>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(id, it)| (id.as_str(), &**it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_witness_reads_as_one_line() {
        let id = Id::literal;
        let witness = Witness::path([id("file"), id("accept")])
            .knowing([(id("floors"), "7".into())])
            .on(NaiveDate::from_ymd_opt(2026, 2, 13).unwrap());
        assert_eq!(
            alloc::string::ToString::to_string(&witness),
            "file → accept; floors = 7; from 2026-02-13"
        );
    }
}
