//! The state graph of a procedure as drawings show it: nodes, lines and their words.
//!
//! Beside its states a procedure has a start, bars where consultations branch
//! off and are waited for, the agencies asked, and a way back for each step
//! that leads to the previous state. That way ends in a node of its own: where
//! it leads hangs on the dossier, and an arrow to each state would promise a
//! choice that nobody has.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::key::key;
use super::label::label;
use super::rank::ranks;
use crate::definition::{
    Act, ConsultationIdx, Position as _, Procedure, Requirement, RoleIdx, Silence, StateIdx,
    Target, Transition, TransitionIdx,
};
use crate::id::Id;
use crate::text::Lang;

/// What a node stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// Before the dossier is filed.
    Start,
    /// A state in which the office works.
    Office,
    /// A state that waits for the applicant or for another agency.
    Waiting,
    /// A state that nothing follows.
    End,
    /// Where consultations branch off.
    Fork,
    /// Where their answers are waited for.
    Join,
    /// An agency that is asked.
    Agency,
    /// The state from which the present one was entered.
    Back,
}

/// A node of the drawing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Node {
    pub(super) key: String,
    pub(super) shape: Shape,
    pub(super) label: String,
    pub(super) role: Option<RoleIdx>,
    pub(super) state: Option<Id>,
}

impl Node {
    /// Returns an identifier: letters, digits and underscores.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what it stands for.
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns its words, empty for the start and for bars.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Returns who has the dossier on the desk there.
    #[must_use]
    pub const fn role(&self) -> Option<RoleIdx> {
        self.role
    }

    /// Returns the state that it stands for, if it is one.
    #[must_use]
    pub const fn state(&self) -> Option<Id> {
        self.state
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Line {
    /// Somebody takes this step.
    Step,
    /// It happens by itself when a term ends.
    ByItself,
    /// It runs beside the dossier: a consultation.
    Aside,
}

/// A line between two nodes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    pub(super) line: Line,
    pub(super) steps: Vec<Id>,
}

impl Edge {
    /// Returns the place of the node that it leaves.
    #[must_use]
    pub const fn from(&self) -> usize {
        self.from
    }

    /// Returns the place of the node to which it leads.
    #[must_use]
    pub const fn to(&self) -> usize {
        self.to
    }

    /// Returns its words: the step, and its guard in brackets.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Returns how it is drawn.
    #[must_use]
    pub const fn line(&self) -> Line {
        self.line
    }

    /// Returns the steps that it stands for: of one name, they are one line.
    #[must_use]
    pub fn steps(&self) -> &[Id] {
        &self.steps
    }
}

/// The state graph of a procedure in one language.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Graph {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Graph {
    /// Collects the nodes and lines of a procedure.
    #[must_use]
    pub fn new(procedure: &Procedure, lang: Lang) -> Self {
        let graph = Self { nodes: Vec::new(), edges: Vec::new() };
        let mut drawing = Drawing { procedure, lang, graph };
        drawing.draw();
        drawing.graph
    }

    /// Puts a key before that of every node, joined as no name is.
    pub(super) fn under(mut self, key: &str) -> Self {
        for node in &mut self.nodes {
            node.key = [key, "__", &node.key].concat();
        }
        self
    }

    /// Leaves some lines, each seen between its two nodes, and the nodes that they join.
    #[must_use]
    pub fn only(mut self, is_kept: impl Fn(&Node, &Edge, &Node) -> bool) -> Self {
        let nodes = &self.nodes;
        let ends = |it: &Edge| nodes.get(it.from).zip(nodes.get(it.to));
        self.edges.retain(|it| ends(it).is_some_and(|(from, to)| is_kept(from, it, to)));
        let edges = &self.edges;
        let is_joined = |at: usize| edges.iter().any(|it| it.from == at || it.to == at);
        let mut places = Vec::new();
        let mut nodes = Vec::new();
        for (at, node) in core::mem::take(&mut self.nodes).into_iter().enumerate() {
            places.push(nodes.len());
            if is_joined(at) {
                nodes.push(node);
            }
        }
        let place = |at: usize| places.get(at).copied().unwrap_or(START);
        for edge in &mut self.edges {
            (edge.from, edge.to) = (place(edge.from), place(edge.to));
        }
        Self { nodes, edges: self.edges }
    }

    /// Returns the nodes, the start first and then the states in their order.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the lines.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Returns the layer of each node: one more than the farthest node before it.
    ///
    /// Lines that lead back, and lines from a node to itself, are left out of account.
    #[must_use]
    pub fn layers(&self) -> Vec<usize> {
        let edges: Vec<(usize, usize)> = self.edges.iter().map(|it| (it.from, it.to)).collect();
        ranks(self.nodes.len(), &edges)
    }
}

const START: usize = 0;

struct Drawing<'p> {
    procedure: &'p Procedure,
    lang: Lang,
    graph: Graph,
}

impl Drawing<'_> {
    fn draw(&mut self) {
        self.node(String::from("start"), Shape::Start, String::new(), None);
        for (_, id, state) in self.procedure.states().iter() {
            let shape = if state.portal_status().is_terminal() {
                Shape::End
            } else if state.waits_for().is_some() {
                Shape::Waiting
            } else {
                Shape::Office
            };
            let label = state.name().get(self.lang).to_string();
            let at = self.node(key("state", id), shape, label, state.role());
            self.graph.nodes.get_mut(at).into_iter().for_each(|it| it.state = Some(id));
        }
        let agencies = self.agencies();
        for (at, id, transition) in self.procedure.transitions().iter() {
            self.transition(at, id, transition, &agencies);
        }
    }

    /// Draws the agencies, and returns where each of them stands.
    fn agencies(&mut self) -> Vec<(ConsultationIdx, usize)> {
        let all = self.procedure.consultations().iter();
        all.map(|(at, id, it)| {
            let label = it.name().get(self.lang).to_string();
            (at, self.node(key("agency", id), Shape::Agency, label, None))
        })
        .collect()
    }

    fn transition(
        &mut self,
        at: TransitionIdx,
        id: Id,
        step: &Transition,
        agencies: &[(ConsultationIdx, usize)],
    ) {
        let (label, line) = (label(step, self.lang), self.line(at));
        let from: Vec<usize> = if at == self.procedure.filing() {
            alloc::vec![START]
        } else {
            step.from().map(place).collect()
        };
        let waits = step.needs().contains(&Requirement::ConsultationsAnswered);
        let join = (waits && !agencies.is_empty()).then(|| self.join(id, agencies));
        let back = (step.to() == Target::Previous).then(|| self.back(id));
        for &start in &from {
            let end = match step.to() {
                Target::State(to) => place(to),
                Target::Previous => back.unwrap_or(start),
                Target::Same => start,
            };
            self.edge(id, start, join.unwrap_or(end), label.clone(), line);
            if let Some(join) = join {
                self.edge(id, join, end, String::new(), line);
            }
        }
        if step.act() == Act::Consult && !agencies.is_empty() {
            self.fork(id, &from, agencies);
        }
    }

    fn fork(&mut self, id: Id, from: &[usize], agencies: &[(ConsultationIdx, usize)]) {
        let fork = self.node(key("ask", id), Shape::Fork, String::new(), None);
        for &start in from {
            self.edge(id, start, fork, String::new(), Line::Aside);
        }
        for &(at, agency) in agencies {
            let guard = self.procedure.consultations().get(at).and_then(|it| it.when());
            let label = guard.map_or(String::new(), |it| format!("[{it}]"));
            self.edge(id, fork, agency, label, Line::Aside);
        }
    }

    fn join(&mut self, id: Id, agencies: &[(ConsultationIdx, usize)]) -> usize {
        let join = self.node(key("await", id), Shape::Join, String::new(), None);
        for &(at, agency) in agencies {
            let silence = self.procedure.consultations().get(at).map(|it| it.silence());
            let label = match silence {
                Some(Silence::Consent) => {
                    self.lang.pick("có ý kiến, hoặc im lặng là đồng ý", "answer, or silence")
                }
                _ => self.lang.pick("có ý kiến", "answer"),
            };
            self.edge(id, agency, join, label.into(), Line::Aside);
        }
        join
    }

    fn back(&mut self, id: Id) -> usize {
        let label = self.lang.pick("Trạng thái trước đó", "The state before").into();
        self.node(key("back", id), Shape::Back, label, None)
    }

    fn line(&self, at: TransitionIdx) -> Line {
        self.procedure.brought_by(at).map_or(Line::Step, |_| Line::ByItself)
    }

    fn node(&mut self, key: String, shape: Shape, label: String, role: Option<RoleIdx>) -> usize {
        self.graph.nodes.push(Node { key, shape, label, role, state: None });
        self.graph.nodes.len() - 1
    }

    /// Draws a line; the same line twice is one.
    fn edge(&mut self, step: Id, from: usize, to: usize, label: String, line: Line) {
        let mut edges = self.graph.edges.iter_mut();
        let same =
            |it: &&mut Edge| (it.from, it.to, it.line) == (from, to, line) && it.label == label;
        match edges.find(same) {
            Some(edge) => edge.steps.push(step),
            None => self.graph.edges.push(Edge { from, to, label, line, steps: [step].into() }),
        }
    }
}

/// Returns where a state stands among the nodes.
fn place(state: StateIdx) -> usize {
    START + 1 + state.index()
}
