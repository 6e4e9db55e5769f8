//! What a text may hold at most; each limit has its own diagnostic.
//!
//! The parser underneath takes a million keys in a second and 360 MB. An
//! office's system must not, so texts are capped before they are parsed and
//! counts after it.

/// The longest text that is parsed, in bytes: `too-large`.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// The most parts of one kind, rows of one array, or words of one list: `too-many`.
pub(crate) const MAX_PARTS: usize = 2_000;

/// The most moments of one list, each that of a dossier: `too-many`.
#[cfg(feature = "simulate")]
pub(crate) const MAX_MOMENTS: usize = 40_000;

/// The longest single text, in bytes: `too-long`.
pub(crate) const MAX_TEXT: usize = 8 << 10;
