//! A procedure as a collaboration of BPMN 2.0 (ISO/IEC 19510), with its diagram.
//!
//! What becomes what is told in `chart.rs`, where it stands in `layout.rs`; here
//! it is written down. The process is a description and not meant to be run:
//! guards stand in the names of flows, in the words of the definition.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::chart::{Chart, Flow, Kind, Lane, Node, Trigger};
use super::key::joined;
use super::layout::{Layout, Line, Part, Rect};
use super::xml::Element;
use crate::definition::{Procedure, Waiting};
use crate::text::Lang;

const MODEL: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const DIAGRAM: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
const BOUNDS: &str = "http://www.omg.org/spec/DD/20100524/DC";
const LINES: &str = "http://www.omg.org/spec/DD/20100524/DI";
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The width of the words of a flow, which take several lines.
const WORDS: i32 = 110;

/// Writes a collaboration of BPMN 2.0 with one pool, a lane for each role, and its diagram.
///
/// Returns none where that would have more than 20,000 flows, as where hundreds
/// of steps lead back to whatever state was there before.
#[must_use]
pub fn bpmn(procedure: &Procedure, lang: Lang) -> Option<String> {
    let chart = Chart::new(procedure, lang)?;
    let lanes = lanes(&chart);
    let (mut enter, mut leave) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for (at, flow) in chart.flows.iter().enumerate() {
        enter.entry(flow.to).or_default().push(at);
        leave.entry(flow.from).or_default().push(at);
    }
    let page = Page { procedure, lang, chart, lanes, enter, leave };
    Some(page.definitions().document())
}

/// Returns the lanes in which something stands, in the order in which they are met.
fn lanes(chart: &Chart) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for node in &chart.nodes {
        let lane = lane(node);
        if !lanes.contains(&lane) {
            lanes.push(lane);
        }
    }
    lanes
}

/// An end that nothing leads to is the office's.
fn lane(node: &Node) -> Lane {
    node.lane.unwrap_or(Lane::Office)
}

struct Page<'p> {
    procedure: &'p Procedure,
    lang: Lang,
    chart: Chart,
    lanes: Vec<Lane>,
    // The flows that enter each node, and those that leave it.
    enter: BTreeMap<usize, Vec<usize>>,
    leave: BTreeMap<usize, Vec<usize>>,
}

impl Page<'_> {
    fn definitions(&self) -> Element {
        let name = self.procedure.name().get(self.lang);
        let participant = Element::new("participant")
            .with("id", "pool")
            .with("name", name)
            .with("processRef", "process");
        let collaboration = Element::new("collaboration").with("id", "collaboration");
        Element::new("definitions")
            .with("xmlns", MODEL)
            .with("xmlns:bpmndi", DIAGRAM)
            .with("xmlns:dc", BOUNDS)
            .with("xmlns:di", LINES)
            .with("xmlns:xsi", SCHEMA)
            .with("id", "definitions")
            .with("name", name)
            .with("targetNamespace", format!("urn:hoso:procedure:{}", self.procedure.id()))
            .with("exporter", "hoso")
            .with("exporterVersion", env!("CARGO_PKG_VERSION"))
            .child(collaboration.child(participant))
            .child(self.process())
            .child(self.diagram())
    }

    fn process(&self) -> Element {
        let lanes = self.lanes.iter().enumerate().map(|(at, it)| self.lane(at, *it));
        let nodes = self.chart.nodes.iter().enumerate().map(|(at, it)| self.node(at, it));
        let flows = self.chart.flows.iter().map(|it| self.flow(it));
        Element::new("process")
            .with("id", "process")
            .with("name", self.procedure.id().as_str())
            .with("isExecutable", "false")
            .child(Element::new("laneSet").with("id", "lanes").children(lanes))
            .children(nodes)
            .children(flows)
    }

    fn lane(&self, at: usize, lane: Lane) -> Element {
        let name = match lane {
            Lane::Role(role) => self.procedure.roles().get(role).map(|it| it.name().get(self.lang)),
            Lane::Agency => Some(Waiting::Agency.label(self.lang)),
            Lane::Office => Some(self.procedure.authority().label(self.lang)),
        };
        let inside = self.chart.nodes.iter().filter(|it| self::lane(it) == lane);
        Element::new("lane")
            .with("id", lane_key(at))
            .with("name", name.unwrap_or_default())
            .children(inside.map(|it| Element::new("flowNodeRef").text(&it.key)))
    }

    fn node(&self, at: usize, node: &Node) -> Element {
        let element = match &node.kind {
            Kind::Start => Element::new("startEvent"),
            Kind::End => Element::new("endEvent"),
            Kind::Task => Element::new("userTask"),
            Kind::Choice => Element::new("exclusiveGateway"),
            Kind::FirstEvent => Element::new("eventBasedGateway"),
            Kind::Several => Element::new("inclusiveGateway"),
            Kind::Ask => Element::new("intermediateThrowEvent"),
            Kind::Catch(_) => Element::new("intermediateCatchEvent"),
            Kind::Border(..) => Element::new("boundaryEvent"),
        };
        let mut element = element.with("id", &node.key);
        if !node.name.is_empty() {
            element = element.with("name", &node.name);
        }
        if let Kind::Border(host, _) = node.kind {
            element = element.with("attachedToRef", self.key(host));
        }
        let ends = |ends: &BTreeMap<usize, Vec<usize>>, name| {
            let flows =
                ends.get(&at).into_iter().flatten().filter_map(|&it| self.chart.flows.get(it));
            flows.map(|it| Element::new(name).text(self.flow_key(it))).collect::<Vec<_>>()
        };
        let definition = match &node.kind {
            Kind::Ask => Some(event(&node.key, &Trigger::Message)),
            Kind::Catch(trigger) | Kind::Border(_, trigger) => Some(event(&node.key, trigger)),
            _ => None,
        };
        element
            .children(documentation(&node.notes))
            .children(ends(&self.enter, "incoming"))
            .children(ends(&self.leave, "outgoing"))
            .children(definition)
    }

    fn flow(&self, flow: &Flow) -> Element {
        let mut element = Element::new("sequenceFlow").with("id", self.flow_key(flow));
        if !flow.name.is_empty() {
            element = element.with("name", &flow.name);
        }
        element
            .with("sourceRef", self.key(flow.from))
            .with("targetRef", self.key(flow.to))
            .children(documentation(&flow.notes))
    }

    fn diagram(&self) -> Element {
        let places: Vec<Part> = self.chart.nodes.iter().map(|it| self.part(it)).collect();
        let lines: Vec<Line> = self.chart.flows.iter().map(drawn_line).collect();
        let layout = Layout::new(&places, &lines, self.lanes.len());
        let lanes = layout.lanes.iter().enumerate();
        let lanes = lanes.map(|(at, it)| shape(&lane_key(at), it).with("isHorizontal", "true"));
        let nodes = self.chart.nodes.iter().zip(&layout.parts);
        let flows = self.chart.flows.iter().zip(&layout.routes).zip(&layout.words);
        let plane = Element::new("bpmndi:BPMNPlane")
            .with("id", "plane")
            .with("bpmnElement", "collaboration")
            .child(shape("pool", &layout.page).with("isHorizontal", "true"))
            .children(lanes)
            .children(nodes.map(|(node, it)| drawn(node, it)))
            .children(flows.map(|((flow, route), words)| self.line(flow, route, *words)));
        Element::new("bpmndi:BPMNDiagram").with("id", "diagram").child(plane)
    }

    fn line(&self, flow: &Flow, route: &[(i32, i32)], words: (i32, i32)) -> Element {
        let key = self.flow_key(flow);
        let points = route.iter().map(|(x, y)| {
            Element::new("di:waypoint").with("x", x.to_string()).with("y", y.to_string())
        });
        let words = Rect { x: words.0 + 4, y: words.1 - 26, width: WORDS, height: 24 };
        let label = Element::new("bpmndi:BPMNLabel").child(bounds(&words));
        Element::new("bpmndi:BPMNEdge")
            .with("id", joined(&key, "di"))
            .with("bpmnElement", key)
            .children(points)
            .children((!flow.name.is_empty()).then_some(label))
    }

    fn part(&self, node: &Node) -> Part {
        let (width, height) = match node.kind {
            Kind::Task => (120, 80),
            Kind::Choice | Kind::FirstEvent | Kind::Several => (50, 50),
            _ => (36, 36),
        };
        let host = match node.kind {
            Kind::Border(host, _) => Some(host),
            _ => None,
        };
        let lane = self.lanes.iter().position(|it| *it == lane(node)).unwrap_or(0);
        Part { lane, width, height, host }
    }

    fn key(&self, at: usize) -> &str {
        self.chart.nodes.get(at).map_or("", |it| &it.key)
    }

    fn flow_key(&self, flow: &Flow) -> String {
        ["flow", self.key(flow.from), "to", self.key(flow.to)].join(".")
    }
}

fn drawn_line(flow: &Flow) -> Line {
    let words = if flow.name.is_empty() { 0 } else { WORDS };
    Line { from: flow.from, to: flow.to, words }
}

fn lane_key(at: usize) -> String {
    format!("lane_{at}")
}

fn documentation(notes: &[String]) -> Option<Element> {
    let text = notes.join("\n");
    (!text.is_empty()).then(|| Element::new("documentation").text(text))
}

fn event(key: &str, trigger: &Trigger) -> Element {
    let expression =
        |name, text: &str| Element::new(name).with("xsi:type", "tFormalExpression").text(text);
    let (name, inside) = match trigger {
        Trigger::Message => ("messageEventDefinition", None),
        Trigger::Timer(duration) => {
            let duration = duration.as_deref().map(|it| expression("timeDuration", it));
            ("timerEventDefinition", duration)
        }
        Trigger::Condition(text) => {
            ("conditionalEventDefinition", Some(expression("condition", text)))
        }
    };
    Element::new(name).with("id", joined("why", key)).children(inside)
}

fn shape(key: &str, place: &Rect) -> Element {
    Element::new("bpmndi:BPMNShape")
        .with("id", joined(key, "di"))
        .with("bpmnElement", key)
        .child(bounds(place))
}

fn drawn(node: &Node, place: &Rect) -> Element {
    let shape = shape(&node.key, place);
    if node.kind == Kind::Task || node.name.is_empty() {
        return shape;
    }
    let label = Rect { x: place.x + place.width / 2 - 50, y: place.y - 30, width: 100, height: 28 };
    shape.child(Element::new("bpmndi:BPMNLabel").child(bounds(&label)))
}

fn bounds(place: &Rect) -> Element {
    Element::new("dc:Bounds")
        .with("x", place.x.to_string())
        .with("y", place.y.to_string())
        .with("width", place.width.to_string())
        .with("height", place.height.to_string())
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use expect_test::expect;

    use super::*;
    use crate::definition::tests::LEAST;
    use crate::export::tests::{SAMPLE, procedure};

    /// Writes each flow as the nodes that it joins.
    fn flows(text: &str) -> String {
        let chart = Chart::new(&procedure(text), Lang::En).unwrap();
        let name = |at: usize| {
            let node = &chart.nodes[at];
            format!("{} ({:?})", node.key, node.kind)
        };
        let line = |it: &Flow| format!("{} → {} : {}", name(it.from), name(it.to), it.name);
        chart.flows.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn states_are_tasks_waits_and_ends_and_steps_are_flows_and_events() {
        expect![[r#"
            start (Start) → join.state_filed (Choice) : 
            state_filed (Task) → choose.state_filed (Choice) : 
            choose.state_filed (Choice) → join.state_under_review (Choice) : Accept
            choose.state_filed (Choice) → join.state_withdrawal_requested (Choice) : Withdraw
            state_under_review (Task) → choose.state_under_review (Choice) : 
            choose.state_under_review (Choice) → agency_fire.ask_consult.state_under_review (Ask) : Consult [floors >= 7]
            agency_fire.ask_consult.state_under_review (Ask) → join.state_under_review (Choice) : 
            choose.state_under_review (Choice) → state_supplement_requested (FirstEvent) : Request a supplement [not complete]
            choose.state_under_review (Choice) → await_sign.state_under_review (Catch(Condition("consultations-answered"))) : Decide [complete]
            await_sign.state_under_review (Catch(Condition("consultations-answered"))) → state_signed (Task) : 
            choose.state_under_review (Choice) → join.state_withdrawal_requested (Choice) : Withdraw
            state_supplement_requested (FirstEvent) → on_supplement.state_supplement_requested (Catch(Message)) : 
            on_supplement.state_supplement_requested (Catch(Message)) → join.state_under_review (Choice) : 
            state_supplement_requested (FirstEvent) → on_lapse.state_supplement_requested (Catch(Timer(Some("P30D")))) : 
            on_lapse.state_supplement_requested (Catch(Timer(Some("P30D")))) → join.state_stopped (Choice) : 
            state_withdrawal_requested (Task) → choose.state_withdrawal_requested (Choice) : 
            choose.state_withdrawal_requested (Choice) → back_refuse_withdrawal.state_withdrawal_requested (Choice) : Refuse the withdrawal
            back_refuse_withdrawal.state_withdrawal_requested (Choice) → join.state_filed (Choice) : Filed
            back_refuse_withdrawal.state_withdrawal_requested (Choice) → join.state_under_review (Choice) : Under review
            choose.state_withdrawal_requested (Choice) → join.state_stopped (Choice) : Confirm the stop
            state_signed (Task) → state_returned (End) : Return the result
            join.state_filed (Choice) → state_filed (Task) : 
            join.state_under_review (Choice) → state_under_review (Task) : 
            join.state_withdrawal_requested (Choice) → state_withdrawal_requested (Task) : 
            join.state_stopped (Choice) → state_stopped (End) : "#]].assert_eq(&flows(SAMPLE));
    }

    #[test]
    fn the_least_procedure_is_written_whole() {
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" name="Thủ tục mẫu" targetNamespace="urn:hoso:procedure:least" exporter="hoso" exporterVersion="0.1.0">
              <collaboration id="collaboration">
                <participant id="pool" name="Thủ tục mẫu" processRef="process"/>
              </collaboration>
              <process id="process" name="least" isExecutable="false">
                <laneSet id="lanes">
                  <lane id="lane_0" name="Người nộp">
                    <flowNodeRef>start</flowNodeRef>
                  </lane>
                  <lane id="lane_1" name="Commune">
                    <flowNodeRef>state_filed</flowNodeRef>
                    <flowNodeRef>state_received</flowNodeRef>
                    <flowNodeRef>state_signed</flowNodeRef>
                    <flowNodeRef>state_returned</flowNodeRef>
                  </lane>
                </laneSet>
                <startEvent id="start" name="File">
                  <outgoing>flow.start.to.state_filed</outgoing>
                </startEvent>
                <userTask id="state_filed" name="Mới nộp">
                  <incoming>flow.start.to.state_filed</incoming>
                  <outgoing>flow.state_filed.to.state_received</outgoing>
                </userTask>
                <userTask id="state_received" name="Tiếp nhận">
                  <incoming>flow.state_filed.to.state_received</incoming>
                  <outgoing>flow.state_received.to.state_signed</outgoing>
                </userTask>
                <userTask id="state_signed" name="Đã ký">
                  <incoming>flow.state_received.to.state_signed</incoming>
                  <outgoing>flow.state_signed.to.state_returned</outgoing>
                </userTask>
                <endEvent id="state_returned" name="Đã trả">
                  <incoming>flow.state_signed.to.state_returned</incoming>
                </endEvent>
                <sequenceFlow id="flow.start.to.state_filed" sourceRef="start" targetRef="state_filed">
                  <documentation>By: Người nộp</documentation>
                </sequenceFlow>
                <sequenceFlow id="flow.state_filed.to.state_received" name="Accept" sourceRef="state_filed" targetRef="state_received">
                  <documentation>By: Công chức</documentation>
                </sequenceFlow>
                <sequenceFlow id="flow.state_received.to.state_signed" name="Decide [floors &lt; 5]" sourceRef="state_received" targetRef="state_signed">
                  <documentation>By: Công chức</documentation>
                </sequenceFlow>
                <sequenceFlow id="flow.state_signed.to.state_returned" name="Return the result" sourceRef="state_signed" targetRef="state_returned">
                  <documentation>By: Công chức</documentation>
                </sequenceFlow>
              </process>
              <bpmndi:BPMNDiagram id="diagram">
                <bpmndi:BPMNPlane id="plane" bpmnElement="collaboration">
                  <bpmndi:BPMNShape id="pool.di" bpmnElement="pool" isHorizontal="true">
                    <dc:Bounds x="0" y="0" width="1150" height="276"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="lane_0.di" bpmnElement="lane_0" isHorizontal="true">
                    <dc:Bounds x="30" y="0" width="1120" height="116"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="lane_1.di" bpmnElement="lane_1" isHorizontal="true">
                    <dc:Bounds x="30" y="116" width="1120" height="160"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="start.di" bpmnElement="start">
                    <dc:Bounds x="100" y="40" width="36" height="36"/>
                    <bpmndi:BPMNLabel>
                      <dc:Bounds x="68" y="10" width="100" height="28"/>
                    </bpmndi:BPMNLabel>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="state_filed.di" bpmnElement="state_filed">
                    <dc:Bounds x="188" y="156" width="120" height="80"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="state_received.di" bpmnElement="state_received">
                    <dc:Bounds x="470" y="156" width="120" height="80"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="state_signed.di" bpmnElement="state_signed">
                    <dc:Bounds x="752" y="156" width="120" height="80"/>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNShape id="state_returned.di" bpmnElement="state_returned">
                    <dc:Bounds x="1034" y="178" width="36" height="36"/>
                    <bpmndi:BPMNLabel>
                      <dc:Bounds x="1002" y="148" width="100" height="28"/>
                    </bpmndi:BPMNLabel>
                  </bpmndi:BPMNShape>
                  <bpmndi:BPMNEdge id="flow.start.to.state_filed.di" bpmnElement="flow.start.to.state_filed">
                    <di:waypoint x="136" y="58"/>
                    <di:waypoint x="168" y="58"/>
                    <di:waypoint x="168" y="196"/>
                    <di:waypoint x="188" y="196"/>
                  </bpmndi:BPMNEdge>
                  <bpmndi:BPMNEdge id="flow.state_filed.to.state_received.di" bpmnElement="flow.state_filed.to.state_received">
                    <di:waypoint x="308" y="196"/>
                    <di:waypoint x="470" y="196"/>
                    <bpmndi:BPMNLabel>
                      <dc:Bounds x="312" y="170" width="110" height="24"/>
                    </bpmndi:BPMNLabel>
                  </bpmndi:BPMNEdge>
                  <bpmndi:BPMNEdge id="flow.state_received.to.state_signed.di" bpmnElement="flow.state_received.to.state_signed">
                    <di:waypoint x="590" y="196"/>
                    <di:waypoint x="752" y="196"/>
                    <bpmndi:BPMNLabel>
                      <dc:Bounds x="594" y="170" width="110" height="24"/>
                    </bpmndi:BPMNLabel>
                  </bpmndi:BPMNEdge>
                  <bpmndi:BPMNEdge id="flow.state_signed.to.state_returned.di" bpmnElement="flow.state_signed.to.state_returned">
                    <di:waypoint x="872" y="196"/>
                    <di:waypoint x="1034" y="196"/>
                    <bpmndi:BPMNLabel>
                      <dc:Bounds x="876" y="170" width="110" height="24"/>
                    </bpmndi:BPMNLabel>
                  </bpmndi:BPMNEdge>
                </bpmndi:BPMNPlane>
              </bpmndi:BPMNDiagram>
            </definitions>
        "#]].assert_eq(&bpmn(&procedure(LEAST), Lang::En).unwrap());
    }
}
