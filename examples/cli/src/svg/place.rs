//! Where the parts of a drawing stand: layers from top to bottom, by Sugiyama's method.
//!
//! Every line is cut at each layer that it crosses, and its words are a part of
//! their own, so that no words cover others and no line runs through a box.

use hoso::export::Graph;
use rust_sugiyama::configure::{Config, RankingType};

/// A size or a distance in pixels.
pub(super) type Pixels = i32;

/// The middle of a part.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Point {
    pub(super) x: Pixels,
    pub(super) y: Pixels,
}

/// Width and height.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    pub(super) width: Pixels,
    pub(super) height: Pixels,
}

/// A line from one node to another, always downwards.
#[derive(Debug)]
pub(super) struct Way {
    /// The place of the line in the graph.
    pub(super) edge: usize,
    /// Whether the line leads upwards, against the way.
    pub(super) back: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    /// The parts between the two nodes.
    parts: Vec<usize>,
    /// Which of them bears the words.
    words: usize,
}

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Places {
    points: Vec<Point>,
    pub(super) ways: Vec<Way>,
}

/// Between two parts of one layer.
const SPACE: f64 = 18.0;

/// More between two layers, so that lines can bend.
const BEND: Pixels = 16;

impl Places {
    /// Places nodes of these sizes, and lines whose words have these sizes.
    pub(super) fn new(graph: &Graph, boxes: &[Size], words: &[Size]) -> Self {
        let layers = graph.layers();
        let layer = |node: usize| layers.get(node).copied().unwrap_or(0);
        let mut sizes = boxes.to_vec();
        let mut ways = Vec::new();
        for (edge, (it, words)) in graph.edges().iter().zip(words).enumerate() {
            if it.from() == it.to() {
                continue;
            }
            let back = layer(it.from()) > layer(it.to());
            let (from, to) = if back { (it.to(), it.from()) } else { (it.from(), it.to()) };
            // Between two layers of nodes there is one for words; a line has its words at its own start.
            let between = 2 * (layer(to) - layer(from)) - 1;
            let bearer = if back { between - 1 } else { 0 };
            let first = sizes.len();
            sizes
                .extend((0..between).map(|at| if at == bearer { *words } else { Size::default() }));
            ways.push(Way {
                edge,
                back,
                from,
                to,
                parts: (first..first + between).collect(),
                words: first + bearer,
            });
        }
        Self { points: placed(&sizes, &ways), ways }
    }

    pub(super) fn node(&self, node: usize) -> Point {
        self.points.get(node).copied().unwrap_or_default()
    }

    /// Returns the middles of the parts of a way, from top to bottom.
    pub(super) fn turns(&self, way: &Way) -> Vec<Point> {
        way.parts.iter().map(|it| self.node(*it)).collect()
    }

    /// Returns the middle of the words of a way.
    pub(super) fn words(&self, way: &Way) -> Point {
        self.node(way.words)
    }
}

/// Lets the crate place all parts; pieces that hang together by no line stand side by side.
fn placed(sizes: &[Size], ways: &[Way]) -> Vec<Point> {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let vertices: Vec<(u32, (f64, f64))> = sizes
        .iter()
        .enumerate()
        .map(|(at, it)| (number(at), (f64::from(it.width), f64::from(it.height + BEND))))
        .collect();
    let mut edges = Vec::new();
    for way in ways {
        let ends = std::iter::once(way.from).chain(way.parts.iter().copied());
        let next = way.parts.iter().copied().chain(std::iter::once(way.to));
        edges.extend(ends.zip(next).map(|(from, to)| (number(from), number(to))));
    }
    let config = Config {
        vertex_spacing: SPACE,
        ranking_type: RankingType::Up,
        dummy_vertices: false,
        ..Config::default()
    };
    let mut points = vec![Point::default(); sizes.len()];
    let mut left = 0;
    for (piece, _, _) in rust_sugiyama::from_vertices_and_edges(&vertices, &edges, &config) {
        let mut right = left;
        for (at, (x, y)) in piece {
            let wide = sizes.get(at).map_or(0, |it| it.width);
            let point = Point { x: left + pixels(x), y: pixels(y) };
            right = right.max(point.x + wide);
            if let Some(it) = points.get_mut(at) {
                *it = point;
            }
        }
        left = right + 2 * pixels(SPACE);
    }
    points
}

/// Drawings are a few thousand pixels wide.
fn pixels(number: f64) -> Pixels {
    number.round() as Pixels
}
