//! The text of authorities, exactly as written.

use crate::definition::Level;
use crate::id::Id;
use crate::law::{Citation, Interval};
use crate::read::{Format, Many, Named, Need, Section, record};
use crate::source::At;
use crate::text::Text;

record! {
    /// One file: the authorities of a jurisdiction.
    pub(super) struct Draft {
        format: At<Format> = "format",
        authorities: Section<Head> = "authorities",
        law: Named<Citation> = "law",
        authority: Named<AuthorityDraft> = "authority",
    }
}

record! {
    /// Whose authorities these are.
    pub(super) struct Head {
        id: Need<At<Id>> = "id",
        name: Need<Text> = "name",
    }
}

record! {
    /// An authority, while it exists.
    pub(super) struct AuthorityDraft {
        name: Need<Text> = "name",
        level: Need<Level> = "level",
        effective: Need<At<Interval>> = "effective",
        successors: Many<At<Id>> = "successors",
        law: Many<At<Id>> = "law",
    }
}
