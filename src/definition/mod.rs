//! What procedures are made of, as their texts declare it.

pub mod fact;
pub mod guard;
mod words;

pub use words::{
    Act, Beyond, Channel, ClockEffect, Level, Pinning, PortalStatus, Requirement, ServiceLevel,
    Silence, Status, Waiting,
};
