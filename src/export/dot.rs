//! The state graph in DOT, the language of Graphviz.
//!
//! Each role has its colour, and a state names the role that has the dossier on
//! the desk. Clusters of roles are absent: they pull steps apart that follow
//! each other.

use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;

use super::colour::colour;
use super::graph::{Edge, Graph, Line, Node, Shape};
use super::whole::{Section, openings, sections};
use super::wrap::wrapped;
use crate::definition::Procedure;
use crate::definition::bundle::Bundle;
use crate::text::Lang;

/// How many letters a line of a state, and of a step, has.
const STATE_WIDTH: usize = 24;
const STEP_WIDTH: usize = 22;

/// Writes the state graph as a directed graph of Graphviz.
#[must_use]
pub fn dot(procedure: &Procedure, lang: Lang) -> String {
    let mut out = head(procedure, lang);
    fill(procedure, &Graph::new(procedure, lang), lang, &mut out);
    out.push_str("}\n");
    out
}

/// Writes a bundle as one directed graph: a cluster for its lead and for each part, and what opens them.
#[must_use]
pub fn dot_bundle(bundle: &Bundle, lang: Lang) -> String {
    let sections = sections(bundle, lang);
    let mut out = head(bundle.lead(), lang);
    out.push_str("  compound=true;\n");
    for Section { key, procedure, graph } in &sections {
        let _ = writeln!(out, "  subgraph cluster_{key} {{");
        let _ = writeln!(out, "  label={};", quoted(procedure.name().get(lang)));
        fill(procedure, graph, lang, &mut out);
        out.push_str("  }\n");
    }
    for opening in openings(bundle, lang) {
        let ends = sections.get(opening.from).zip(sections.get(opening.to));
        let Some((from, to)) = ends else { continue };
        let starts = from.graph.nodes().first().zip(to.graph.nodes().first());
        let Some((start, end)) = starts else { continue };
        let label = quoted(&wrapped(&opening.label, STEP_WIDTH));
        let clusters = format!("ltail=cluster_{}, lhead=cluster_{}", from.key, to.key);
        let (start, end) = (start.key(), end.key());
        let _ = writeln!(out, "  {start} -> {end} [label={label}, style=bold, {clusters}];");
    }
    out.push_str("}\n");
    out
}

fn head(procedure: &Procedure, lang: Lang) -> String {
    let mut out = format!("digraph {} {{\n", quoted(procedure.id().as_str()));
    let _ = writeln!(out, "  label={};", quoted(procedure.name().get(lang)));
    out.push_str("  labelloc=t;\n  rankdir=TB;\n");
    out.push_str("  node [fontname=\"sans-serif\", fontsize=11];\n");
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=9];\n");
    out
}

fn fill(procedure: &Procedure, graph: &Graph, lang: Lang, out: &mut String) {
    for node in graph.nodes() {
        declare(procedure, lang, node, out);
    }
    for edge in graph.edges() {
        draw(graph, edge, out);
    }
}

fn declare(procedure: &Procedure, lang: Lang, node: &Node, out: &mut String) {
    let mut label = wrapped(node.label(), STATE_WIDTH);
    if let Some(role) = node.role().and_then(|at| procedure.roles().get(at)) {
        let _ = write!(label, "\n({})", wrapped(role.name().get(lang), STATE_WIDTH));
    }
    let fill = colour(node.role());
    let look = match node.shape() {
        Shape::Start => "shape=circle, style=filled, fillcolor=black, width=0.2",
        Shape::Office => "shape=box, style=\"rounded,filled\"",
        Shape::Waiting => "shape=box, style=\"rounded,filled,dashed\"",
        Shape::End => "shape=box, style=\"rounded,filled\", peripheries=2",
        Shape::Fork | Shape::Join => {
            "shape=box, style=filled, fillcolor=black, height=0.06, width=0.8"
        }
        Shape::Agency => "shape=component",
        Shape::Back => "shape=box, style=\"rounded,dotted\"",
    };
    let fill = match node.shape() {
        Shape::Office | Shape::Waiting | Shape::End => format!(", fillcolor=\"{fill}\""),
        _ => String::new(),
    };
    let _ = writeln!(out, "  {} [label={}, {look}{fill}];", node.key(), quoted(&label));
}

fn draw(graph: &Graph, edge: &Edge, out: &mut String) {
    let ends = graph.nodes().get(edge.from()).zip(graph.nodes().get(edge.to()));
    let Some((from, to)) = ends else { return };
    let style = match edge.line() {
        Line::Step => "solid",
        Line::ByItself => "dashed",
        Line::Aside => "dotted",
    };
    let label = quoted(&wrapped(edge.label(), STEP_WIDTH));
    let _ = writeln!(out, "  {} -> {} [label={label}, style={style}];", from.key(), to.key());
}

/// Writes a string of DOT; a line break stays one.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            // Labels know the entities of HTML.
            '&' => out.push_str("&amp;"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::export::tests::{SAMPLE, procedure};

    #[test]
    fn roles_have_colours_and_lines_say_how_a_step_comes_about() {
        expect![[r##"
            digraph "sample" {
              label="Thủ tục “mẫu” <A &amp; B>";
              labelloc=t;
              rankdir=TB;
              node [fontname="sans-serif", fontsize=11];
              edge [fontname="sans-serif", fontsize=9];
              start [label="", shape=circle, style=filled, fillcolor=black, width=0.2];
              state_filed [label="Mới nộp: chờ \"xem\"\n(Công chức)", shape=box, style="rounded,filled", fillcolor="#fde2e2"];
              state_under_review [label="Đang thẩm định\n(Công chức)", shape=box, style="rounded,filled", fillcolor="#fde2e2"];
              state_supplement_requested [label="Chờ bổ sung", shape=box, style="rounded,filled,dashed", fillcolor="#ffffff"];
              state_withdrawal_requested [label="Yêu cầu rút\n(Công chức)", shape=box, style="rounded,filled", fillcolor="#fde2e2"];
              state_signed [label="Đã ký\n(Công chức)", shape=box, style="rounded,filled", fillcolor="#fde2e2"];
              state_stopped [label="Dừng", shape=box, style="rounded,filled", peripheries=2, fillcolor="#ffffff"];
              state_returned [label="Đã trả", shape=box, style="rounded,filled", peripheries=2, fillcolor="#ffffff"];
              agency_fire [label="Cảnh sát PCCC", shape=component];
              ask_consult [label="", shape=box, style=filled, fillcolor=black, height=0.06, width=0.8];
              await_sign [label="", shape=box, style=filled, fillcolor=black, height=0.06, width=0.8];
              back_refuse_withdrawal [label="Trạng thái trước đó", shape=box, style="rounded,dotted"];
              start -> state_filed [label="Nộp hồ sơ", style=solid];
              state_filed -> state_under_review [label="Tiếp nhận hồ sơ", style=solid];
              state_under_review -> state_under_review [label="Lấy ý kiến", style=solid];
              state_under_review -> ask_consult [label="", style=dotted];
              ask_consult -> agency_fire [label="[floors >= 7]", style=dotted];
              state_under_review -> state_supplement_requested [label="Yêu cầu bổ sung [not\ncomplete]", style=solid];
              state_supplement_requested -> state_under_review [label="Bổ sung hồ sơ", style=solid];
              state_supplement_requested -> state_stopped [label="Hết hạn bổ sung", style=dashed];
              agency_fire -> await_sign [label="có ý kiến, hoặc im\nlặng là đồng ý", style=dotted];
              state_under_review -> await_sign [label="Phê duyệt kết quả\n[complete]", style=solid];
              await_sign -> state_signed [label="", style=solid];
              state_filed -> state_withdrawal_requested [label="Yêu cầu rút hồ sơ", style=solid];
              state_under_review -> state_withdrawal_requested [label="Yêu cầu rút hồ sơ", style=solid];
              state_withdrawal_requested -> back_refuse_withdrawal [label="Không chấp nhận rút hồ\nsơ", style=solid];
              state_withdrawal_requested -> state_stopped [label="Thông báo dừng giải\nquyết", style=solid];
              state_signed -> state_returned [label="Trả kết quả", style=solid];
            }
        "##]].assert_eq(&dot(&procedure(SAMPLE), Lang::Vi));
    }
}
