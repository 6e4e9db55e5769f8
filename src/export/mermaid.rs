//! The state graph as a Mermaid state diagram, which documents and forges draw.
//!
//! Its state diagrams have no dashed lines: a step that happens by itself has a
//! clock before its name, a consultation two bars.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::graph::{Edge, Graph, Line, Node, Shape};
use super::whole::{Section, openings, sections};
use crate::definition::Procedure;
use crate::definition::bundle::Bundle;
use crate::text::Lang;

const HEAD: &str = "stateDiagram-v2\n";

/// Writes the state graph as a `stateDiagram-v2` of Mermaid.
#[must_use]
pub fn mermaid(procedure: &Procedure, lang: Lang) -> String {
    let graph = Graph::new(procedure, lang);
    let mut out = String::from(HEAD);
    fill(procedure, &graph, lang, &mut out);
    style(&[&graph], &mut out);
    out
}

/// Writes a bundle as one state diagram: a composite state for its lead and for each part, and what opens them.
#[must_use]
pub fn mermaid_bundle(bundle: &Bundle, lang: Lang) -> String {
    let sections = sections(bundle, lang);
    let mut out = String::from(HEAD);
    for Section { key, procedure, graph } in &sections {
        let name = escaped(procedure.name().get(lang));
        let _ = writeln!(out, "  state \"{name}\" as {key} {{");
        fill(procedure, graph, lang, &mut out);
        out.push_str("  }\n");
    }
    for opening in openings(bundle, lang) {
        let ends = sections.get(opening.from).zip(sections.get(opening.to));
        if let Some((from, to)) = ends {
            let label = escaped(&opening.label);
            let _ = writeln!(out, "  {} --> {} : {label}", from.key, to.key);
        }
    }
    style(&sections.iter().map(|it| &it.graph).collect::<Vec<_>>(), &mut out);
    out
}

fn fill(procedure: &Procedure, graph: &Graph, lang: Lang, out: &mut String) {
    for node in graph.nodes() {
        declare(node, out);
        if let Some(role) = node.role().and_then(|at| procedure.roles().get(at)) {
            let _ = writeln!(out, "  {} : {}", node.key(), escaped(role.name().get(lang)));
        }
    }
    for edge in graph.edges() {
        let ends = graph.nodes().get(edge.from()).zip(graph.nodes().get(edge.to()));
        if let Some((from, to)) = ends {
            draw(from, to, edge, out);
        }
    }
    for node in graph.nodes().iter().filter(|it| it.shape() == Shape::End) {
        let _ = writeln!(out, "  {} --> [*]", node.key());
    }
}

fn declare(node: &Node, out: &mut String) {
    let key = node.key();
    let _ = match node.shape() {
        Shape::Start => Ok(()),
        Shape::Fork => writeln!(out, "  state {key} <<fork>>"),
        Shape::Join => writeln!(out, "  state {key} <<join>>"),
        _ => writeln!(out, "  state \"{}\" as {key}", escaped(node.label())),
    };
}

fn draw(from: &Node, to: &Node, edge: &Edge, out: &mut String) {
    let from = if from.shape() == Shape::Start { "[*]" } else { from.key() };
    let _ = write!(out, "  {from} --> {}", to.key());
    let mark = match edge.line() {
        Line::Step => "",
        Line::ByItself => "⏱ ",
        Line::Aside => "∥ ",
    };
    let label = escaped(edge.label());
    let words = [mark, &label].concat();
    if !words.trim().is_empty() {
        let _ = write!(out, " : {}", words.trim());
    }
    out.push('\n');
}

/// Colours what is not a state in which the office works.
fn style(graphs: &[&Graph], out: &mut String) {
    for (shape, class, look) in [
        (Shape::Waiting, "waiting", "fill:#fff4d6,stroke:#b58900"),
        (Shape::End, "end_state", "fill:#e0e0e0,stroke:#555555"),
        (Shape::Agency, "agency", "fill:#e3f2e1,stroke:#4a7c45,stroke-dasharray:4"),
        (Shape::Back, "back", "fill:#ffffff,stroke:#888888,stroke-dasharray:4"),
    ] {
        let nodes = graphs.iter().flat_map(|it| it.nodes());
        let mut nodes = nodes.filter(|it| it.shape() == shape).peekable();
        if nodes.peek().is_some() {
            let _ = writeln!(out, "  classDef {class} {look}");
        }
        for node in nodes {
            let _ = writeln!(out, "  class {} {class}", node.key());
        }
    }
}

/// Writes what Mermaid would read as its own signs as entity codes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '#' | ';' | ':' | '<' | '>' | '&' | '%' | '{' | '}' | '\\' | '`' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            it if it.is_whitespace() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::export::tests::{SAMPLE, procedure};

    #[test]
    fn states_steps_guards_consultations_and_the_way_back_are_drawn() {
        expect![[r#"
            stateDiagram-v2
              state "Mới nộp#58; chờ #34;xem#34;" as state_filed
              state_filed : Công chức
              state "Đang thẩm định" as state_under_review
              state_under_review : Công chức
              state "Chờ bổ sung" as state_supplement_requested
              state "Yêu cầu rút" as state_withdrawal_requested
              state_withdrawal_requested : Công chức
              state "Đã ký" as state_signed
              state_signed : Công chức
              state "Dừng" as state_stopped
              state "Đã trả" as state_returned
              state "Cảnh sát PCCC" as agency_fire
              state ask_consult <<fork>>
              state await_sign <<join>>
              state "Trạng thái trước đó" as back_refuse_withdrawal
              [*] --> state_filed : Nộp hồ sơ
              state_filed --> state_under_review : Tiếp nhận hồ sơ
              state_under_review --> state_under_review : Lấy ý kiến
              state_under_review --> ask_consult : ∥
              ask_consult --> agency_fire : ∥ [floors #62;= 7]
              state_under_review --> state_supplement_requested : Yêu cầu bổ sung [not complete]
              state_supplement_requested --> state_under_review : Bổ sung hồ sơ
              state_supplement_requested --> state_stopped : ⏱ Hết hạn bổ sung
              agency_fire --> await_sign : ∥ có ý kiến, hoặc im lặng là đồng ý
              state_under_review --> await_sign : Phê duyệt kết quả [complete]
              await_sign --> state_signed
              state_filed --> state_withdrawal_requested : Yêu cầu rút hồ sơ
              state_under_review --> state_withdrawal_requested : Yêu cầu rút hồ sơ
              state_withdrawal_requested --> back_refuse_withdrawal : Không chấp nhận rút hồ sơ
              state_withdrawal_requested --> state_stopped : Thông báo dừng giải quyết
              state_signed --> state_returned : Trả kết quả
              state_stopped --> [*]
              state_returned --> [*]
              classDef waiting fill:#fff4d6,stroke:#b58900
              class state_supplement_requested waiting
              classDef end_state fill:#e0e0e0,stroke:#555555
              class state_stopped end_state
              class state_returned end_state
              classDef agency fill:#e3f2e1,stroke:#4a7c45,stroke-dasharray:4
              class agency_fire agency
              classDef back fill:#ffffff,stroke:#888888,stroke-dasharray:4
              class back_refuse_withdrawal back
        "#]]
        .assert_eq(&mermaid(&procedure(SAMPLE), Lang::Vi));
    }
}
