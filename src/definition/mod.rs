//! What procedures are made of, as their texts declare it.

pub mod fact;
pub mod guard;
