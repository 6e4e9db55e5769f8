//! The definition language: from TOML texts to procedures.
//!
//! A text is read into a draft, merged with the life cycle that it inherits,
//! and lowered: names resolved, guards compiled. What comes out is well-formed;
//! whether it is sensible is not decided here.

mod accessors;
mod base;
pub mod bundle;
mod catalogue;
mod choice;
mod compliance;
mod draft;
pub mod fact;
pub mod guard;
mod inherit;
mod load;
mod lower;
mod migration;
mod names;
mod paper;
mod part;
mod procedure;
pub mod register;
mod running;
mod step;
mod table;
mod term;
mod words;

pub use catalogue::Catalogue;
pub use choice::{Choice, Waiver};
pub use compliance::{Activity, Change, Compliance, Report};
pub use load::{format_text, load, load_all};
pub use migration::Migration;
pub use names::{CHANNEL, DECISION, SYSTEM};
pub use paper::{Database, Document, Form, Outcome};
pub use part::{Part, PartKind};
pub use procedure::Procedure;
pub use running::Running;
pub use step::{Role, State, Target, Transition};
pub use table::{
    ActivityIdx, ChangeIdx, ChoiceIdx, ConsultationIdx, DatabaseIdx, DocumentIdx, FeeIdx, LawIdx,
    MigrationIdx, Position, ReportIdx, ResultIdx, RoleIdx, StateIdx, Table, TermIdx, TransitionIdx,
    WaiverIdx,
};
pub use term::{Case, Consultation, Extension, Fee, Term};
pub use words::{
    Act, Beyond, Carriage, Channel, ClockEffect, HitPolicy, Level, Pinning, PortalStatus,
    Requirement, Ruling, ServiceLevel, Silence, Status, Task, Waiting,
};

#[cfg(test)]
pub(crate) mod tests;
