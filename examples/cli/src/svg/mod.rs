//! The state graph as a picture (SVG), laid out in layers.
//!
//! A step that stays in its state is written in the box of the state. Styles
//! name the picture, so that it can stand in a page.

mod place;

use std::fmt::Write as _;

use hoso::definition::Procedure;
use hoso::export::{Edge, Graph, Line, Node, Shape, colour, wrapped};
use hoso::id::Id;
use hoso::text::Lang;

use crate::markup::Escaped;
use place::{Pixels, Places, Point, Size, Way};

const STATE_WIDTH: usize = 24;
const STEP_WIDTH: usize = 22;
/// The advance of a letter and the height of a line, for states and for steps.
const STATE_LETTER: Size = Size { width: 7, height: 15 };
const STEP_LETTER: Size = Size { width: 6, height: 12 };
const TITLE_LETTER: Size = Size { width: 8, height: 20 };
const MARGIN: Pixels = 20;
const TITLE: Pixels = 30;

/// Draws the state graph.
pub(crate) fn svg(procedure: &Procedure, lang: Lang) -> String {
    draw(procedure, lang, Graph::new(procedure, lang), None)
}

/// What is known of a state: its fill, and a line of words.
#[derive(Clone, Debug)]
pub(crate) struct Heat {
    pub(crate) fill: &'static str,
    pub(crate) words: String,
}

/// Draws a part of the state graph, its states filled by what is known of them instead of by their roles.
pub(crate) fn heated(
    procedure: &Procedure,
    lang: Lang,
    graph: Graph,
    heat: &dyn Fn(&Id) -> Option<Heat>,
) -> String {
    draw(procedure, lang, graph, Some(heat))
}

/// What tells of states.
type Heats<'h> = Option<&'h dyn Fn(&Id) -> Option<Heat>>;

fn draw(procedure: &Procedure, lang: Lang, graph: Graph, heats: Heats<'_>) -> String {
    let is_heated = heats.is_some();
    let known = |it: &Node| heats?(&it.state()?);
    let heats: Vec<Option<Heat>> = graph.nodes().iter().map(known).collect();
    let fill = |(node, heat): (&Node, &Option<Heat>)| match heat {
        Some(heat) => heat.fill,
        None if is_heated => "#ffffff",
        None => colour(node.role()),
    };
    let fills = graph.nodes().iter().zip(&heats).map(fill).collect();
    let mut boxes: Vec<Vec<Row>> =
        (0..graph.nodes().len()).map(|at| rows(procedure, lang, &graph, at)).collect();
    for (rows, heat) in boxes.iter_mut().zip(&heats) {
        let row = |it: &Heat| Row { text: it.words.clone(), class: "heat" };
        rows.extend(heat.iter().map(row));
    }
    let sizes: Vec<Size> =
        graph.nodes().iter().zip(&boxes).map(|(node, it)| box_size(node, it)).collect();
    let words: Vec<String> =
        graph.edges().iter().map(|it| wrapped(it.label(), STEP_WIDTH)).collect();
    let labels: Vec<Size> = words.iter().map(|it| text_size(it, STEP_LETTER)).collect();
    let places = Places::new(&graph, &sizes, &labels);
    let picture = Picture { graph, boxes, fills, sizes, words, labels, places };
    picture.draw(procedure.name().get(lang))
}

/// A line of a box.
struct Row {
    text: String,
    class: &'static str,
}

/// Writes what stands in the box of a node: its name, who has it on the desk, what happens there.
fn rows(procedure: &Procedure, lang: Lang, graph: &Graph, at: usize) -> Vec<Row> {
    let Some(node) = graph.nodes().get(at) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut add = |text: &str, class| {
        let lines = wrapped(text, STATE_WIDTH);
        rows.extend(lines.lines().map(|it| Row { text: it.into(), class }));
    };
    add(node.label(), "state");
    if let Some(role) = node.role().and_then(|it| procedure.roles().get(it)) {
        add(role.name().get(lang), "role");
    }
    for edge in graph.edges().iter().filter(|it| (it.from(), it.to()) == (at, at)) {
        add(&format!("↻ {}", edge.label()), "stay");
    }
    rows
}

fn box_size(node: &Node, rows: &[Row]) -> Size {
    match node.shape() {
        Shape::Start => Size { width: 18, height: 18 },
        Shape::Fork | Shape::Join => Size { width: 70, height: 6 },
        _ => {
            let lines: Vec<&str> = rows.iter().map(|it| it.text.as_str()).collect();
            let text = text_size(&lines.join("\n"), STATE_LETTER);
            Size { width: text.width + 18, height: text.height + 14 }
        }
    }
}

/// Writes a title over a picture, in as many lines as it needs, and makes room for it.
fn headed(title: &str, corner: Point, size: Size) -> (String, Point, Size) {
    let letters = (size.width - 2 * MARGIN) / TITLE_LETTER.width;
    let lines = wrapped(title, usize::try_from(letters).unwrap_or(0).max(STATE_WIDTH));
    let room = text_size(&lines, TITLE_LETTER);
    let more = (room.height - TITLE_LETTER.height).max(0);
    let corner = Point { x: corner.x, y: corner.y - more };
    let size = Size { width: size.width.max(room.width + 2 * MARGIN), height: size.height + more };
    let mut out = String::new();
    for (line, at) in lines.lines().zip(0..) {
        let (x, y) = (corner.x + MARGIN, corner.y + TITLE + at * TITLE_LETTER.height);
        let line = Escaped(line);
        let _ = writeln!(out, "<text class=\"title\" x=\"{x}\" y=\"{y}\">{line}</text>");
    }
    (out, corner, size)
}

/// Estimates the room that lines of text take.
fn text_size(text: &str, letter: Size) -> Size {
    let pixels = |number: usize| Pixels::try_from(number).unwrap_or(Pixels::MAX / 64);
    let longest = text.lines().map(|it| it.chars().count()).max().unwrap_or(0);
    Size {
        width: pixels(longest) * letter.width,
        height: pixels(text.lines().count()) * letter.height,
    }
}

struct Picture {
    graph: Graph,
    boxes: Vec<Vec<Row>>,
    fills: Vec<&'static str>,
    sizes: Vec<Size>,
    words: Vec<String>,
    labels: Vec<Size>,
    places: Places,
}

impl Picture {
    fn draw(&self, title: &str) -> String {
        let mut body = String::new();
        for way in &self.places.ways {
            self.line(way, &mut body);
        }
        for way in &self.places.ways {
            self.label(way, &mut body);
        }
        for (at, node) in self.graph.nodes().iter().enumerate() {
            self.node(at, node, &mut body);
        }
        let (corner, size) = self.frame();
        let (heading, corner, size) = headed(title, corner, size);
        let title = Escaped(title);
        format!(
            "<svg class=\"states\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" role=\"img\">\n\
             <title>{title}</title>\n{STYLE}\
             <rect x=\"{}\" y=\"{}\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             {heading}{body}</svg>\n",
            corner.x,
            corner.y,
            size.width,
            size.height,
            size.width,
            size.height,
            corner.x,
            corner.y,
        )
    }

    /// Returns the upper left corner and the size of the picture.
    fn frame(&self) -> (Point, Size) {
        let nodes = self.sizes.iter().enumerate().map(|(at, size)| (self.places.node(at), *size));
        let words = self.places.ways.iter().map(|it| (self.places.words(it), self.room(it)));
        let parts: Vec<(Point, Size)> = nodes.chain(words).collect();
        let least = |of: fn(&(Point, Size)) -> Pixels| parts.iter().map(of).min().unwrap_or(0);
        let most = |of: fn(&(Point, Size)) -> Pixels| parts.iter().map(of).max().unwrap_or(0);
        let x = least(|(at, size)| at.x - size.width / 2) - MARGIN;
        let y = least(|(at, size)| at.y - size.height / 2) - MARGIN - TITLE;
        let right = most(|(at, size)| at.x + size.width / 2) + MARGIN;
        let foot = most(|(at, size)| at.y + size.height / 2) + MARGIN;
        (Point { x, y }, Size { width: right - x, height: foot - y })
    }

    fn room(&self, way: &Way) -> Size {
        self.labels.get(way.edge).copied().unwrap_or_default()
    }

    fn size(&self, node: usize) -> Size {
        self.sizes.get(node).copied().unwrap_or_default()
    }

    fn edge(&self, way: &Way) -> Option<&Edge> {
        self.graph.edges().get(way.edge)
    }

    /// Draws a line through the layers, as a curve that is upright where it meets a part.
    fn line(&self, way: &Way, out: &mut String) {
        let turns = self.places.turns(way);
        let mut points = vec![self.port(way, true)];
        points.extend(turns);
        points.push(self.port(way, false));
        if way.back {
            points.reverse();
        }
        let class = match self.edge(way).map(Edge::line) {
            Some(Line::ByItself) => "line itself",
            Some(Line::Aside) => "line aside",
            _ => "line",
        };
        let mut path = String::new();
        let mut last: Option<Point> = None;
        for point in points {
            let _ = match last {
                None => write!(path, "M{} {}", point.x, point.y),
                Some(from) => {
                    let middle = (from.y + point.y) / 2;
                    let (x, y) = (point.x, point.y);
                    write!(path, " C{} {middle} {x} {middle} {x} {y}", from.x)
                }
            };
            last = Some(point);
        }
        let _ = writeln!(out, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// Returns where a way meets its upper or its lower node; ways side by side share the border evenly.
    fn port(&self, way: &Way, upper: bool) -> Point {
        let node = if upper { way.from } else { way.to };
        let beside = |it: &&Way| if upper { it.from == node } else { it.to == node };
        let next = |it: &Way| {
            let turns = self.places.turns(it);
            let turn = if upper { turns.first() } else { turns.last() };
            (turn.map_or(0, |it| it.x), it.edge)
        };
        let ways: Vec<&Way> = self.places.ways.iter().filter(beside).collect();
        let before = ways.iter().filter(|it| next(it) < next(way)).count();
        let (middle, size) = (self.places.node(node), self.size(node));
        let share = |number: usize| Pixels::try_from(number).unwrap_or(1);
        let x =
            middle.x - size.width / 2 + size.width * (share(before) + 1) / (share(ways.len()) + 1);
        let half = size.height / 2;
        Point { x, y: if upper { middle.y + half } else { middle.y - half } }
    }

    fn label(&self, way: &Way, out: &mut String) {
        let Some(words) = self.words.get(way.edge).filter(|it| !it.is_empty()) else { return };
        let (at, room) = (self.places.words(way), self.room(way));
        let (x, y) = (at.x - room.width / 2, at.y - room.height / 2);
        let _ = writeln!(
            out,
            "<rect class=\"words\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"/>",
            room.width, room.height
        );
        for (line, text) in (1..).zip(words.lines()) {
            let y = y + STEP_LETTER.height * line - 3;
            let _ = writeln!(
                out,
                "<text class=\"step\" x=\"{}\" y=\"{y}\">{}</text>",
                at.x,
                Escaped(text)
            );
        }
    }

    fn node(&self, at: usize, node: &Node, out: &mut String) {
        let (middle, size) = (self.places.node(at), self.size(at));
        let (x, y) = (middle.x - size.width / 2, middle.y - size.height / 2);
        let fill = self.fills.get(at).copied().unwrap_or("#ffffff");
        let (class, fill) = match node.shape() {
            Shape::Start | Shape::Fork | Shape::Join => ("bar", "#222222"),
            Shape::Waiting => ("box waiting", fill),
            Shape::End => ("box end", fill),
            Shape::Agency => ("box agency", "#ffffff"),
            Shape::Back => ("box back", "#ffffff"),
            _ => ("box", fill),
        };
        let round = if node.shape() == Shape::Agency { 0 } else { size.height.min(18) / 2 };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"{round}\" fill=\"{fill}\"/>",
            size.width, size.height
        );
        for (line, row) in (1..).zip(self.boxes.get(at).into_iter().flatten()) {
            let y = y + 4 + STATE_LETTER.height * line;
            let (class, text) = (row.class, Escaped(&row.text));
            let _ =
                writeln!(out, "<text class=\"{class}\" x=\"{}\" y=\"{y}\">{text}</text>", middle.x);
        }
    }
}

const STYLE: &str = "<style>\n\
    .states text { font-family: sans-serif; text-anchor: middle; fill: #111111; }\n\
    .states .title { font-size: 16px; text-anchor: start; }\n\
    .states .state { font-size: 12px; font-weight: bold; }\n\
    .states .role, .states .stay { font-size: 11px; }\n\
    .states .role { font-style: italic; }\n\
    .states .heat { font-size: 12px; }\n\
    .states .step { font-size: 10px; }\n\
    .states .words { fill: #ffffff; opacity: 0.85; }\n\
    .states .box { stroke: #333333; stroke-width: 1.2; }\n\
    .states .waiting { stroke-dasharray: 6 3; }\n\
    .states .end { stroke-width: 3.5; }\n\
    .states .agency, .states .back { stroke-dasharray: 2 3; }\n\
    .states .line { fill: none; stroke: #444444; stroke-width: 1.1; marker-end: url(#tip); }\n\
    .states .itself { stroke-dasharray: 7 4; }\n\
    .states .aside { stroke-dasharray: 2 3; }\n\
    </style>\n\
    <defs><marker id=\"tip\" markerWidth=\"9\" markerHeight=\"8\" refX=\"9\" refY=\"4\" orient=\"auto\">\
    <path d=\"M0 0 L9 4 L0 8 z\" fill=\"#444444\"/></marker></defs>\n";
