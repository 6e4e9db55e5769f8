//! What a command says: text for people or one JSON document, and the exit status.

use serde_json::Value;

use crate::args::{Format, Global};

/// Adds a key to an object.
pub(crate) fn put(data: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(object) = data.as_object_mut() {
        object.insert(key.into(), value.into());
    }
}

/// A finished answer.
#[derive(Debug)]
pub(crate) struct Answer {
    text: String,
    status: u8,
}

impl Answer {
    /// Creates an answer in the format asked for; only that one is made.
    pub(crate) fn new(
        global: &Global,
        json: impl FnOnce() -> Value,
        text: impl FnOnce() -> String,
    ) -> Self {
        let text = match global.format {
            Format::Json => format!("{:#}\n", json()),
            Format::Text => text(),
        };
        Self { text, status: 0 }
    }

    /// Makes the exit status 1 unless it holds.
    pub(crate) fn holds_if(mut self, holds: bool) -> Self {
        self.status = u8::from(!holds);
        self
    }

    pub(crate) fn printed(&self) -> &str {
        &self.text
    }

    pub(crate) const fn status(&self) -> u8 {
        self.status
    }
}
