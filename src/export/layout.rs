//! Where the parts of a flow chart stand: lanes from top to bottom, layers from left to right.
//!
//! Whole numbers, and no part covers another. Lines run between the layers and,
//! where they go farther than to the next one, along the foot of the lane in
//! which they end; lines to the same part share that way, as on a bus.

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

use super::rank::ranks;

/// What is to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) lane: usize,
    pub(super) width: i32,
    pub(super) height: i32,
    /// The part on whose lower border it stands.
    pub(super) host: Option<usize>,
}

/// A line to be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// How wide its words are.
    pub(super) words: i32,
}

/// A place on the page, in pixels from the upper left.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// The turns of a line, from its first point to its last.
pub(super) type Route = Vec<(i32, i32)>;

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) parts: Vec<Rect>,
    pub(super) routes: Vec<Route>,
    /// Where the words of each line begin: where it has turned towards its end.
    pub(super) words: Vec<(i32, i32)>,
    pub(super) lanes: Vec<Rect>,
    pub(super) page: Rect,
}

/// Room for the name of the page and of a lane, on the left.
const HEAD: i32 = 30;
/// Between parts of one layer, and between a part and the border of its lane.
const SPACE: i32 = 40;
/// Between two lines side by side.
const TRACK: i32 = 12;

impl Layout {
    pub(super) fn new(parts: &[Part], lines: &[Line], lanes: usize) -> Self {
        let mut plan = Plan::new(parts, lines, lanes);
        plan.rows();
        plan.tracks();
        plan.place()
    }
}

/// A line before the page has its measures.
#[derive(Clone, Copy, Debug)]
struct Way {
    from: usize,
    to: usize,
    /// The track behind the layer of its start.
    leave: i32,
    /// For a line that goes farther: the track before the layer of its end, and that at the foot of its lane.
    bus: Option<(i32, i32)>,
}

struct Plan<'p> {
    parts: &'p [Part],
    lines: &'p [Line],
    lanes: usize,
    layers: Vec<usize>,
    // The row of each part in its lane and layer.
    rows: Vec<i32>,
    ways: Vec<Way>,
    // The widest part of each layer, the widest words before it, and the highest part of each lane.
    widths: Vec<i32>,
    words: Vec<i32>,
    heights: Vec<i32>,
    // How many tracks there are before each layer, and at the foot of each lane.
    before: Vec<i32>,
    feet: Vec<i32>,
}

impl<'p> Plan<'p> {
    fn new(parts: &'p [Part], lines: &'p [Line], lanes: usize) -> Self {
        // What stands on a border is in the layer of its host.
        let hosts: Vec<(usize, usize)> =
            lines.iter().map(|it| (host(parts, it.from), it.to)).collect();
        let mut layers = ranks(parts.len(), &hosts);
        for at in 0..parts.len() {
            let layer = layers.get(host(parts, at)).copied().unwrap_or(0);
            if let Some(it) = layers.get_mut(at) {
                *it = layer;
            }
        }
        let count = layers.iter().max().map_or(0, |it| it + 1);
        let (rows, ways) = (vec![0; parts.len()], Vec::new());
        let (before, feet) = (vec![0; count + 1], vec![0; lanes]);
        let (widths, words, heights) = (before.clone(), before.clone(), feet.clone());
        let mut plan =
            Self { parts, lines, lanes, layers, rows, ways, widths, words, heights, before, feet };
        plan.measure();
        plan
    }

    fn measure(&mut self) {
        for (at, part) in self.parts.iter().enumerate() {
            let layer = self.layer(at);
            widen(&mut self.widths, layer, part.width);
            widen(&mut self.heights, part.lane, part.height);
        }
        for line in self.lines {
            let behind = self.layer(line.from) + 1;
            widen(&mut self.words, behind, line.words);
        }
    }

    /// Stacks the parts of one lane and layer.
    fn rows(&mut self) {
        let mut stacks: BTreeMap<(usize, usize), i32> = BTreeMap::new();
        for (at, part) in self.parts.iter().enumerate() {
            let stack = stacks.entry((self.layer(at), part.lane)).or_default();
            if let Some(it) = self.rows.get_mut(at) {
                *it = *stack;
            }
            *stack += i32::from(part.host.is_none());
        }
    }

    /// Gives every line its tracks.
    fn tracks(&mut self) {
        let mut buses: BTreeMap<usize, (i32, i32)> = BTreeMap::new();
        for &Line { from, to, .. } in self.lines {
            let gap = self.layer(from) + 1;
            let leave = count(&mut self.before, gap);
            let (layer, lane) = (self.layer(to), self.lane(to));
            let bus = (gap != layer).then(|| {
                *buses.entry(to).or_insert_with(|| {
                    (count(&mut self.before, layer), count(&mut self.feet, lane))
                })
            });
            self.ways.push(Way { from, to, leave, bus });
        }
    }

    fn place(&self) -> Layout {
        let (columns, width) = self.columns();
        let (lanes, height) = self.rooms(width);
        let mut parts: Vec<Rect> =
            (0..self.parts.len()).map(|at| self.rect(at, &columns, &lanes)).collect();
        let mut attached = BTreeMap::new();
        for (at, part) in self.parts.iter().enumerate() {
            let Some(host) = part.host else { continue };
            let earlier = attached.entry(host).or_insert(0);
            attach(&mut parts, at, host, *earlier);
            *earlier += 1;
        }
        let routes = self.ways.iter().map(|it| self.route(it, &columns, &lanes, &parts)).collect();
        let words = self.ways.iter().zip(&routes).map(|(way, it)| self.words(way, it)).collect();
        Layout { parts, routes, words, lanes, page: Rect { x: 0, y: 0, width, height } }
    }

    /// Returns the left border and the width of each layer, and the width of the page.
    fn columns(&self) -> (Vec<(i32, i32)>, i32) {
        let mut columns = Vec::new();
        let mut x = 2 * HEAD;
        for (layer, tracks) in self.before.iter().enumerate() {
            x += SPACE + TRACK * tracks + self.words_before(layer);
            let width = self.widths.get(layer).copied().unwrap_or(0);
            columns.push((x, width));
            x += width;
        }
        (columns, x + SPACE)
    }

    /// Returns the room for words between the tracks before a layer and the layer.
    fn words_before(&self, layer: usize) -> i32 {
        self.words.get(layer).copied().unwrap_or(0)
    }

    /// Returns each lane, and the height of the page.
    fn rooms(&self, width: i32) -> (Vec<Rect>, i32) {
        let mut lanes = Vec::new();
        let mut y = 0;
        for (lane, tracks) in (0..self.lanes).zip(&self.feet) {
            let inside = self.rows.iter().enumerate().filter(|(at, _)| self.lane(*at) == lane);
            let rows = inside.map(|(_, row)| row + 1).max().unwrap_or(1);
            let height = rows * self.row(lane) + SPACE + TRACK * tracks;
            lanes.push(Rect { x: HEAD, y, width: width - HEAD, height });
            y += height;
        }
        (lanes, y)
    }

    /// Returns the height of a row of a lane.
    fn row(&self, lane: usize) -> i32 {
        self.heights.get(lane).copied().unwrap_or(0) + SPACE
    }

    fn rect(&self, at: usize, columns: &[(i32, i32)], lanes: &[Rect]) -> Rect {
        let Some(part) = self.parts.get(at) else { return Rect::default() };
        let (left, wide) = columns.get(self.layer(at)).copied().unwrap_or_default();
        let top = lanes.get(part.lane).map_or(0, |it| it.y);
        let (row, tall) = (self.rows.get(at).copied().unwrap_or(0), self.row(part.lane));
        let middle = top + SPACE / 2 + row * tall + tall / 2;
        let (x, y) = (left + (wide - part.width) / 2, middle - part.height / 2);
        Rect { x, y, width: part.width, height: part.height }
    }

    fn route(&self, way: &Way, columns: &[(i32, i32)], lanes: &[Rect], parts: &[Rect]) -> Route {
        let (Some(from), Some(to)) = (parts.get(way.from), parts.get(way.to)) else {
            return Vec::new();
        };
        let track = |layer: usize, track: i32| {
            let tracks = self.before.get(layer).copied().unwrap_or(0);
            let left = columns.get(layer).map_or(0, |it| it.0);
            left - SPACE / 2 - self.words_before(layer) - TRACK * (tracks - 1 - track)
        };
        let leave = track(self.layer(way.from) + 1, way.leave);
        let end = (to.x, to.y + to.height / 2);
        let mut route = Vec::new();
        let hosted = self.parts.get(way.from).is_some_and(|it| it.host.is_some());
        let level = if hosted {
            route.push((from.x + from.width / 2, from.y + from.height));
            from.y + from.height + TRACK / 2
        } else {
            route.push((from.x + from.width, from.y + from.height / 2));
            from.y + from.height / 2
        };
        if hosted {
            route.push((from.x + from.width / 2, level));
        }
        route.push((leave, level));
        if let Some((enter, foot)) = way.bus {
            let lane = lanes.get(self.lane(way.to)).copied().unwrap_or_default();
            let y = lane.y + lane.height - TRACK * (foot + 1);
            let enter = track(self.layer(way.to), enter);
            route.extend([(leave, y), (enter, y), (enter, end.1)]);
        } else {
            route.push((leave, end.1));
        }
        route.push(end);
        straightened(route)
    }

    /// Lines that leave one part turn at different heights, so that their words stand apart.
    fn words(&self, way: &Way, route: &Route) -> (i32, i32) {
        let hosted = self.parts.get(way.from).is_some_and(|it| it.host.is_some());
        // Behind the start, and below a border, a line turns once into its track and once out of it.
        let turned = if hosted { 3 } else { 2 };
        let point =
            route.get(turned).filter(|_| route.len() > turned + 1).or_else(|| route.first());
        point.copied().unwrap_or_default()
    }

    fn layer(&self, at: usize) -> usize {
        self.layers.get(at).copied().unwrap_or(0)
    }

    fn lane(&self, at: usize) -> usize {
        self.parts.get(at).map_or(0, |it| it.lane)
    }
}

fn host(parts: &[Part], at: usize) -> usize {
    parts.get(at).and_then(|it| it.host).unwrap_or(at)
}

/// Moves a part onto the lower border of its host, right of those already there.
fn attach(parts: &mut [Rect], at: usize, host: usize, earlier: i32) {
    let Some(border) = parts.get(host).copied() else { return };
    if let Some(part) = parts.get_mut(at) {
        part.x = border.x + SPACE / 4 + earlier * (part.width + 4);
        part.y = border.y + border.height - part.height / 2;
    }
}

fn widen(most: &mut [i32], at: usize, by: i32) {
    most.get_mut(at).into_iter().for_each(|it| *it = by.max(*it));
}

/// Takes the next track of a group.
fn count(groups: &mut [i32], at: usize) -> i32 {
    let Some(used) = groups.get_mut(at) else { return 0 };
    *used += 1;
    *used - 1
}

/// Drops points at which a line does not turn.
fn straightened(route: Route) -> Route {
    let mut out: Route = Vec::with_capacity(route.len());
    for point in route {
        if out.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = out.as_slice() {
            let level = before.1 == last.1 && last.1 == point.1;
            let upright = before.0 == last.0 && last.0 == point.0;
            if level || upright {
                out.pop();
            }
        }
        out.push(point);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(ends: &[(usize, usize)]) -> Vec<Line> {
        ends.iter().map(|&(from, to)| Line { from, to, words: 50 }).collect()
    }

    const BOX: Part = Part { lane: 0, width: 100, height: 80, host: None };

    #[test]
    fn parts_follow_each_other_and_none_covers_another() {
        let parts = [BOX, BOX, BOX, Part { lane: 1, ..BOX }];
        let layout = Layout::new(&parts, &lines(&[(0, 1), (0, 2), (1, 3), (3, 0), (2, 2)]), 2);
        for (at, one) in layout.parts.iter().enumerate() {
            for other in &layout.parts[at + 1..] {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + one.height <= other.y
                    || other.y + other.height <= one.y;
                assert!(apart, "{one:?} {other:?}");
            }
            let lane = layout.lanes[parts[at].lane];
            assert!(lane.y < one.y && one.y + one.height < lane.y + lane.height);
        }
        assert!(layout.parts[0].x < layout.parts[1].x && layout.parts[1].x < layout.parts[3].x);
    }

    #[test]
    fn lines_run_level_or_upright_from_border_to_border_and_through_no_part() {
        let parts = [
            BOX,
            BOX,
            BOX,
            Part { lane: 1, ..BOX },
            Part { width: 36, height: 36, host: Some(1), ..BOX },
        ];
        let edges = [(0, 1), (0, 2), (1, 3), (3, 0), (2, 2), (4, 3), (0, 3)];
        let layout = Layout::new(&parts, &lines(&edges), 2);
        for (route, (from, to)) in layout.routes.iter().zip(edges) {
            let (start, end) = (layout.parts[from], layout.parts[to]);
            let hosted = parts[from].host.is_some();
            assert!(hosted || route[0] == (start.x + 100, start.y + 40));
            assert_eq!(route[route.len() - 1], (end.x, end.y + 40));
            for pair in route.windows(2) {
                let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
                assert!((x1 == x2) != (y1 == y2), "{route:?}");
                let through = |it: &&Rect| {
                    x1.min(x2) < it.x + it.width
                        && it.x < x1.max(x2)
                        && y1.min(y2) < it.y + it.height
                        && it.y < y1.max(y2)
                };
                let crossed = layout.parts[..4].iter().find(through);
                assert!(hosted || crossed.is_none(), "{route:?} {crossed:?}");
            }
        }
    }
}
