//! Views: a procedure in the languages of other tools.
//!
//! Every writer is a function from a procedure to a text. Nothing is drawn and
//! nothing is laid out where the other tool does that by itself; no file is
//! written.

mod bpmn;
mod chart;
mod colour;
mod cpsv;
mod dot;
mod duration;
mod graph;
mod json;
mod json_schema;
mod key;
mod label;
mod layout;
mod mermaid;
mod net;
mod pnml;
mod rank;
mod whole;
mod wrap;
mod xml;

pub use bpmn::bpmn;
pub use colour::colour;
pub use cpsv::cpsv;
pub use dot::{dot, dot_bundle};
pub use graph::{Edge, Graph, Line, Node, Shape};
pub use json_schema::json_schema;
pub use mermaid::{mermaid, mermaid_bundle};
pub use pnml::pnml;
pub use wrap::wrapped;

#[cfg(test)]
mod tests;
