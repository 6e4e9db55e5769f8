//! The definition language: from TOML texts to procedures.
//!
//! A text is read into a draft, merged with the life cycle that it inherits,
//! and lowered: names resolved, guards compiled. What comes out is well-formed;
//! whether it is sensible is not decided here.

mod catalogue;
mod draft;
pub mod fact;
pub mod guard;
mod inherit;
mod load;
mod lower;
mod procedure;
mod running;
mod table;
mod words;

pub use catalogue::Catalogue;
pub use load::{format_text, load};
pub use procedure::{
    Case, Consultation, Database, Document, Extension, Fee, Form, Outcome, Procedure, Role, State,
    Target, Term, Transition,
};
pub use running::Running;
pub use table::{
    ConsultationIdx, DatabaseIdx, DocumentIdx, FeeIdx, LawIdx, Position, ResultIdx, RoleIdx,
    StateIdx, Table, TermIdx, TransitionIdx,
};
pub use words::{
    Act, Beyond, Channel, ClockEffect, Level, Pinning, PortalStatus, Requirement, ServiceLevel,
    Silence, Status, Waiting,
};

#[cfg(test)]
mod tests;
