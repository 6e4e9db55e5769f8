//! JSON whose keys keep the order in which they were written.
//!
//! The order of the keys of `serde_json::Value` hangs on a feature of that
//! crate, which any other crate of a build may switch on.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// A value of JSON.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().to_owned())
    }

    pub(super) fn list(values: impl IntoIterator<Item = Self>) -> Self {
        Self::List(values.into_iter().collect())
    }

    pub(super) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::list(texts.into_iter().map(Self::text))
    }

    pub(super) fn object<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Object(entries.into_iter().map(|(key, it)| (key.as_ref().to_owned(), it)).collect())
    }

    /// Adds a key to an object.
    pub(super) fn with(mut self, key: &str, value: Self) -> Self {
        if let Self::Object(entries) = &mut self {
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// Adds a key to an object where there is a value.
    pub(super) fn with_some(self, key: &str, value: Option<Self>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Writes the value in one line.
    pub(super) fn line(&self) -> String {
        // Texts and whole numbers can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Writes a document.
    pub(super) fn document(&self) -> String {
        let mut out = serde_json::to_string_pretty(self).unwrap_or_default();
        out.push('\n');
        out
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(it) => serializer.serialize_bool(*it),
            Self::Number(it) => serializer.serialize_i64(*it),
            Self::Text(it) => serializer.serialize_str(it),
            Self::List(list) => serializer.collect_seq(list),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
