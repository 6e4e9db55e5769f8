//! Authorities (cơ quan có thẩm quyền) over time: which exist on a day, and who acts after one that ended.
//!
//! Districts ended on 01/07/2025, and dossiers that they had received went on.
//! What an authority is competent for is not said here: procedures name a
//! level, and which unit of that level is meant is for the embedding to know.

mod draft;
mod load;
mod succession;

pub use load::{format_text, load};
pub use succession::{Acting, Authorities, Authority, Succession};

#[cfg(test)]
mod tests;
