//! Views: procedures and histories in the languages of other tools.
//!
//! A writer of procedures is a function from a procedure to a text; a writer of
//! histories hands out its text dossier by dossier, since logs are long. Nothing
//! is drawn and nothing is laid out where the other tool does that by itself; no
//! file is written.

mod bpmn;
mod chart;
mod colour;
mod cpsv;
mod dot;
mod duration;
mod graph;
mod history;
mod json;
mod json_schema;
mod key;
mod label;
mod layout;
mod mermaid;
mod ocel;
mod pnml;
mod rank;
mod whole;
mod wrap;
mod xes;
mod xml;

pub use bpmn::bpmn;
pub use colour::colour;
pub use cpsv::cpsv;
pub use dot::{dot, dot_bundle};
pub use graph::{Edge, Graph, Line, Node, Shape};
pub use history::{History, Versions};
pub use json_schema::json_schema;
pub use mermaid::{mermaid, mermaid_bundle};
pub use ocel::Ocel;
pub use pnml::pnml;
pub use wrap::wrapped;
pub use xes::Xes;

#[cfg(test)]
mod tests;
