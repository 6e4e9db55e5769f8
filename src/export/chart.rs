//! A procedure as a flow chart of BPMN: tasks, events, gateways and flows between them.
//!
//! - A state in which the office works is a task. Behind it, a gateway chooses
//!   among the steps; a step that happens by itself when a term ends is a timer
//!   on the border of the task.
//! - A state that waits is a gateway of events, whose first event goes on: a
//!   timer where a term ends, a message for everything else.
//! - A consultation asks each agency whose guard holds, and the office works on
//!   meanwhile: what the agencies do runs beside the dossier and not in it. A
//!   step that needs the answers waits for the condition that they are there.
//! - A step to the previous state chooses among the states from which the
//!   present one is entered; BPMN has no memory of its own.
//! - An end is an end event.
//!
//! Where things stand on the page is told elsewhere.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::duration::duration;
use super::key::{joined, key};
use super::label::label;
use crate::clock::Length;
use crate::definition::{
    Act, LawIdx, Position as _, Procedure, Requirement, RoleIdx, State, StateIdx, Target,
    Transition, TransitionIdx, Waiting,
};
use crate::id::Id;
use crate::read::Maybe;
use crate::text::Lang;

/// In whose lane a node stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Lane {
    /// A role of the procedure.
    Role(RoleIdx),
    /// Another agency.
    Agency,
    /// The office as a whole.
    Office,
}

/// What a node is in BPMN.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Start,
    End,
    Task,
    Choice,
    FirstEvent,
    Several,
    Ask,
    Catch(Trigger),
    /// On the border of the task at this place.
    Border(usize, Trigger),
}

/// What an event waits for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Trigger {
    Message,
    /// The end of a term, as an ISO 8601 duration where that says the same.
    Timer(Option<String>),
    Condition(String),
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) notes: Vec<String>,
    pub(super) lane: Option<Lane>,
}

#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) name: String,
    pub(super) notes: Vec<String>,
}

/// The nodes and flows of a procedure in one language.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) nodes: Vec<Node>,
    pub(super) flows: Vec<Flow>,
    // The flow between two nodes.
    between: BTreeMap<(usize, usize), usize>,
}

impl Chart {
    /// The most flows of a chart, far more than anybody can read.
    pub(super) const MOST_FLOWS: usize = 20_000;

    /// Returns none where there would be too many flows.
    pub(super) fn new(procedure: &Procedure, lang: Lang) -> Option<Self> {
        let chart = Self { nodes: Vec::new(), flows: Vec::new(), between: BTreeMap::new() };
        let origins = origins(procedure);
        let mut builder = Builder { procedure, lang, chart, origins, states: Vec::new() };
        builder.build();
        let mut chart = builder.chart;
        if chart.flows.len() > Self::MOST_FLOWS {
            return None;
        }
        chart.join();
        Some(chart)
    }

    fn node(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds a flow; two between the same nodes are one, with both names.
    fn flow(&mut self, flow: Flow) {
        let at = *self.between.entry((flow.from, flow.to)).or_insert(self.flows.len());
        match self.flows.get_mut(at) {
            Some(earlier) => {
                earlier.name = [earlier.name.as_str(), flow.name.as_str()].join("; ");
                earlier.notes.extend(flow.notes);
            }
            None => self.flows.push(flow),
        }
    }

    /// Puts a gateway before everything that several flows enter and that is no gateway itself.
    fn join(&mut self) {
        let mut entering: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, flow) in self.flows.iter().enumerate() {
            entering.entry(flow.to).or_default().push(at);
        }
        for (at, flows) in entering {
            let Some(node) = self.nodes.get(at) else { continue };
            if flows.len() < 2 || matches!(node.kind, Kind::Choice | Kind::Several) {
                continue;
            }
            let (key, lane) = (joined("join", &node.key), node.lane);
            let joined =
                Node { key, kind: Kind::Choice, name: String::new(), notes: Vec::new(), lane };
            let gateway = self.node(joined);
            for flow in flows {
                if let Some(flow) = self.flows.get_mut(flow) {
                    flow.to = gateway;
                }
            }
            let name = String::new();
            self.flows.push(Flow { from: gateway, to: at, name, notes: Vec::new() });
        }
    }
}

/// Returns for every state those from which it is entered.
fn origins(procedure: &Procedure) -> BTreeMap<StateIdx, BTreeSet<StateIdx>> {
    let mut origins: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (_, _, step) in procedure.transitions().iter() {
        if let Target::State(to) = step.to() {
            origins.entry(to).or_default().extend(step.from().filter(|it| *it != to));
        }
    }
    origins
}

struct Builder<'p> {
    procedure: &'p Procedure,
    lang: Lang,
    chart: Chart,
    origins: BTreeMap<StateIdx, BTreeSet<StateIdx>>,
    // The node of each state.
    states: Vec<usize>,
}

/// A step on its way from one state: where the chart was left, and the words of the next flow.
struct Leg<'p, 's> {
    id: Id,
    step: &'p Transition,
    state: StateIdx,
    state_key: &'s str,
    lane: Option<Lane>,
    from: usize,
    name: String,
    notes: Vec<String>,
}

impl Leg<'_, '_> {
    /// Names a node on the way: a step that leaves several states has one for each.
    fn key(&self, kind: &str) -> String {
        joined(&key(kind, self.id), self.state_key)
    }
}

impl<'p> Builder<'p> {
    fn build(&mut self) {
        let procedure = self.procedure;
        let Some(file) = procedure.transitions().get(procedure.filing()) else { return };
        let lane = self.applicant();
        let name = file.name(self.lang).to_string();
        let start = self.node("start".into(), Kind::Start, name, lane);
        for (at, id, state) in procedure.states().iter() {
            let node = self.state(at, id, state);
            self.states.push(node);
        }
        if let Target::State(to) = file.to() {
            let notes = self.notes(file);
            self.flow(start, to, String::new(), notes, lane);
        }
        for (at, _, state) in procedure.states().iter() {
            if self.chart.flows.len() > Chart::MOST_FLOWS {
                return;
            }
            if !state.portal_status().is_terminal() {
                self.leave(at, state);
            }
        }
    }

    /// Adds the node of a state.
    fn state(&mut self, at: StateIdx, id: Id, state: &State) -> usize {
        let kind = if state.portal_status().is_terminal() {
            Kind::End
        } else if state.waits_for().is_none() {
            Kind::Task
        } else {
            let mut steps = self.procedure.leaving(at);
            match (steps.next(), steps.next()) {
                (_, Some(_)) => Kind::FirstEvent,
                (Some((only, _, _)), None) => Kind::Catch(self.trigger(only)),
                (None, None) => Kind::Catch(Trigger::Message),
            }
        };
        let lane = match (state.portal_status().is_terminal(), state.waits_for(), state.role()) {
            // An end stands where the dossier comes from.
            (true, _, None) => None,
            (_, Some(Waiting::Applicant), _) => self.applicant(),
            (_, Some(Waiting::Agency), _) => Some(Lane::Agency),
            (_, _, Some(role)) => Some(Lane::Role(role)),
            (_, _, None) => Some(Lane::Office),
        };
        let node = self.node(key("state", id), kind, state.name().get(self.lang).into(), lane);
        let notes = self.cited(state.law());
        if let Some(it) = self.chart.nodes.get_mut(node) {
            it.notes = notes;
        }
        node
    }

    /// Adds every step that leaves a state.
    fn leave(&mut self, at: StateIdx, state: &State) {
        let Some(&node) = self.states.get(at.index()) else { return };
        let Some((key, lane)) = self.chart.nodes.get(node).map(|it| (it.key.clone(), it.lane))
        else {
            return;
        };
        let procedure = self.procedure;
        let waits = state.waits_for().is_some();
        let steps: Vec<(TransitionIdx, Id, &Transition)> = procedure.leaving(at).collect();
        let chosen = steps.iter().filter(|it| waits || !self.by_itself(it.0)).count();
        let name = self.lang.pick("Bước tiếp theo?", "What next?");
        let mut choice = node;
        if !waits && chosen > 1 {
            choice = self.node(joined("choose", &key), Kind::Choice, name.into(), lane);
            self.link(node, choice);
        }
        for (step_at, id, step) in steps {
            let (name, notes) = (label(step, self.lang), self.notes(step));
            let mut leg =
                Leg { id, step, state: at, state_key: &key, lane, from: choice, name, notes };
            let kind = match (waits, self.by_itself(step_at)) {
                (true, _) if chosen > 1 => Some(Kind::Catch(self.trigger(step_at))),
                (false, true) => Some(Kind::Border(node, self.trigger(step_at))),
                _ => None,
            };
            if let Some(kind) = kind {
                self.happen(&mut leg, kind, node);
            }
            self.ask(&mut leg);
            self.wait(&mut leg);
            self.arrive(leg);
        }
    }

    /// Adds the event by which a step comes about.
    fn happen(&mut self, leg: &mut Leg<'p, '_>, kind: Kind, node: usize) {
        let attached = matches!(kind, Kind::Border(..));
        let name = core::mem::take(&mut leg.name);
        let event = self.node(leg.key("on"), kind, name, leg.lane);
        if !attached {
            self.link(node, event);
        }
        leg.from = event;
    }

    /// Adds the questions to other agencies.
    fn ask(&mut self, leg: &mut Leg<'p, '_>) {
        let all = self.procedure.consultations();
        if leg.step.act() != Act::Consult || all.is_empty() {
            return;
        }
        let key = leg.key("ask");
        let several = all.len() > 1;
        let mut fork = leg.from;
        if several {
            let name = self.lang.pick("Hỏi cơ quan nào?", "Which agencies?").into();
            fork = self.node(joined("fork", &key), Kind::Several, name, leg.lane);
            self.pass(leg, fork);
        }
        let mut asked = Vec::new();
        for (_, id, agency) in all.iter() {
            let name =
                format!("{}: {}", Act::Consult.label(self.lang), agency.name().get(self.lang));
            let kind = Kind::Ask;
            let node = self.node(joined(&self::key("agency", id), &key), kind, name, leg.lane);
            let guard = agency.when().map_or(String::new(), |it| format!("[{it}]"));
            let notes = self.cited(agency.law());
            let name = [core::mem::take(&mut leg.name), guard].join(" ").trim().to_string();
            self.chart.flow(Flow { from: fork, to: node, name, notes });
            asked.push(node);
        }
        leg.from = if several {
            let join = self.node(joined("met", &key), Kind::Several, String::new(), leg.lane);
            asked.into_iter().for_each(|it| self.link(it, join));
            join
        } else {
            asked.first().copied().unwrap_or(leg.from)
        };
    }

    /// Adds the wait for the answers of agencies.
    fn wait(&mut self, leg: &mut Leg<'p, '_>) {
        let need = Requirement::ConsultationsAnswered;
        if !leg.step.needs().contains(&need) || self.procedure.consultations().is_empty() {
            return;
        }
        let kind = Kind::Catch(Trigger::Condition(need.as_str().into()));
        let name = need.label(self.lang).into();
        let node = self.node(leg.key("await"), kind, name, leg.lane);
        self.pass(leg, node);
    }

    /// Leads a step to its state.
    fn arrive(&mut self, mut leg: Leg<'p, '_>) {
        match leg.step.to() {
            Target::State(to) => self.flow(leg.from, to, leg.name, leg.notes, leg.lane),
            Target::Same => self.flow(leg.from, leg.state, leg.name, leg.notes, leg.lane),
            Target::Previous => {
                let origins = self.origins.get(&leg.state).cloned().unwrap_or_default();
                if origins.len() > 1 {
                    let name = self.lang.pick("Từ trạng thái nào?", "From which state?").into();
                    let node = self.node(leg.key("back"), Kind::Choice, name, leg.lane);
                    self.pass(&mut leg, node);
                }
                for origin in origins {
                    let state = self.procedure.states().get(origin);
                    let name = state.map_or(String::new(), |it| it.name().get(self.lang).into());
                    self.flow(leg.from, origin, name, Vec::new(), leg.lane);
                }
            }
        }
    }

    fn pass(&mut self, leg: &mut Leg<'p, '_>, to: usize) {
        let (name, notes) = (core::mem::take(&mut leg.name), core::mem::take(&mut leg.notes));
        self.chart.flow(Flow { from: leg.from, to, name, notes });
        leg.from = to;
    }

    fn link(&mut self, from: usize, to: usize) {
        self.chart.flow(Flow { from, to, name: String::new(), notes: Vec::new() });
    }

    fn flow(
        &mut self,
        from: usize,
        to: StateIdx,
        name: String,
        notes: Vec<String>,
        lane: Option<Lane>,
    ) {
        let Some(&to) = self.states.get(to.index()) else { return };
        if let Some(node) = self.chart.nodes.get_mut(to) {
            node.lane = node.lane.or(lane);
        }
        self.chart.flow(Flow { from, to, name, notes });
    }

    fn node(&mut self, key: String, kind: Kind, name: String, lane: Option<Lane>) -> usize {
        self.chart.node(Node { key, kind, name, notes: Vec::new(), lane })
    }

    fn applicant(&self) -> Option<Lane> {
        self.procedure.applicant().map(Lane::Role)
    }

    fn by_itself(&self, at: TransitionIdx) -> bool {
        self.procedure.brought_by(at).is_some()
    }

    fn trigger(&self, at: TransitionIdx) -> Trigger {
        match self.procedure.brought_by(at) {
            Some(term) => Trigger::Timer(match term.limit() {
                Maybe::Known(Length::Limit(limit)) if term.cases().is_empty() => duration(*limit),
                _ => None,
            }),
            None => Trigger::Message,
        }
    }

    /// Says who takes a step, what it needs, and on which law it rests.
    fn notes(&self, step: &Transition) -> Vec<String> {
        let roles = step.by().filter_map(|it| self.procedure.roles().get(it));
        let roles: Vec<&str> = roles.map(|it| it.name().get(self.lang)).collect();
        let needs: Vec<&str> = step.needs().iter().map(|it| it.label(self.lang)).collect();
        let mut notes = Vec::new();
        for (what, list) in [
            (self.lang.pick("Người thực hiện", "By"), roles),
            (self.lang.pick("Cần", "Needs"), needs),
        ] {
            if !list.is_empty() {
                notes.push(format!("{what}: {}", list.join(", ")));
            }
        }
        notes.extend(self.cited(step.law()));
        notes
    }

    fn cited(&self, law: &[LawIdx]) -> Vec<String> {
        let cited: Vec<String> =
            self.procedure.cited(law).map(|it| it.display(self.lang)).collect();
        let what = self.lang.pick("Căn cứ", "Law");
        if cited.is_empty() { cited } else { alloc::vec![format!("{what}: {}", cited.join("; "))] }
    }
}
