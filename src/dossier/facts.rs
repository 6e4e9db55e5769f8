//! What is known of a case: values by the names of their facts.
//!
//! The list is short, so that a scan over hash words beats any tree.

use alloc::vec::Vec;

use crate::definition::fact::{FactIdx, Facts, Value};
use crate::id::Id;

/// Known values, in the order in which they became known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Known(Vec<(Id, Value)>);

impl Known {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn get(&self, fact: &Id) -> Option<Value> {
        self.0.iter().find(|(it, _)| it == fact).map(|(_, value)| *value)
    }

    /// Returns a value; what a command brings counts before what was known.
    pub(crate) fn with(&self, fresh: &[(Id, Value)], fact: &Id) -> Option<Value> {
        let newest = fresh.iter().rev().find(|(it, _)| it == fact);
        newest.map(|(_, value)| *value).or_else(|| self.get(fact))
    }

    pub(crate) fn learn(&mut self, facts: &[(Id, Value)]) {
        self.0.reserve(facts.len());
        for (fact, value) in facts {
            match self.0.iter_mut().find(|(it, _)| it == fact) {
                Some(known) => known.1 = *value,
                None => self.0.push((*fact, *value)),
            }
        }
    }

    pub(crate) fn as_slice(&self) -> &[(Id, Value)] {
        &self.0
    }

    /// Answers for the facts of a procedure; what a command brings counts before what was known.
    pub(crate) fn lookup<'k>(
        &'k self,
        declared: &'k Facts,
        fresh: &'k [(Id, Value)],
    ) -> impl Fn(FactIdx) -> Option<Value> + 'k {
        move |at| self.with(fresh, &declared.fact(at)?.id())
    }
}

/// Facts are stored as one table: `{ "floors": 3 }`.
#[cfg(feature = "serde")]
pub(crate) fn serialize<S: serde::Serializer>(
    facts: &[(Id, Value)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(fact, value)| (fact, value)))
}

/// Reads facts back in the order in which they were stored.
#[cfg(feature = "serde")]
pub(crate) fn deserialize<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(Id, Value)>, D::Error> {
    struct Table;

    impl<'de> serde::de::Visitor<'de> for Table {
        type Value = Vec<(Id, Value)>;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("a table of facts")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(
            self,
            mut map: A,
        ) -> Result<Self::Value, A::Error> {
            let mut facts = Vec::new();
            while let Some(entry) = map.next_entry()? {
                facts.push(entry);
            }
            Ok(facts)
        }
    }

    deserializer.deserialize_map(Table)
}
