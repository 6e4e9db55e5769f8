//! Names of parts as identifiers that every language of drawings takes.
//!
//! Definitions join words by `-`, `/` and `.`, which mean something else there.

use alloc::string::String;

use crate::id::Id;

/// Turns a name into an identifier: equal names give equal ones, others different ones.
///
/// The kind comes first, so that a state called `end` is no word of the language.
pub(super) fn key(kind: &str, name: Id) -> String {
    let mut key = String::from(kind);
    key.push('_');
    // A name has no capital letters and no underscores of its own.
    key.extend(name.as_str().chars().map(|letter| match letter {
        '-' => '_',
        '/' => 'S',
        '.' => 'D',
        other => other,
    }));
    key
}

/// Joins identifiers by a letter that none of them has, so that others joined give another one.
///
/// Only for XML: elsewhere the full stop is no letter of a name.
pub(super) fn joined(one: &str, other: &str) -> String {
    [one, other].join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_stay_different() {
        let key = |it| key("state", Id::parse(it).unwrap());
        assert_eq!(key("under-review"), "state_under_review");
        assert_eq!(key("a/b.c"), "state_aSbDc");
        assert_ne!(joined(&key("filed"), "due"), key("filed-due"));
    }
}
