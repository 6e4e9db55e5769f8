//! Names that mean the same in every procedure.

use crate::id::Id;

/// The fact that is known from the filing: by which channel it came (phương thức nộp).
pub const CHANNEL: Id = Id::literal("channel");

/// The statutory term of the whole procedure (thời hạn giải quyết).
pub const DECISION: Id = Id::literal("decision");

/// The role in which the law acts when nobody does.
pub const SYSTEM: Id = Id::literal("system");
