//! The control flow as PNML (ISO/IEC 15909-2), read by tools that judge soundness.
//!
//! How a procedure becomes a workflow net is told in `net.rs`. The final marking
//! is no part of the standard; the element that tools of process mining share
//! says it.

use alloc::string::String;

use super::net::{Firing, Net, Place, SINK, SOURCE};
use super::xml::Element;
use crate::definition::Procedure;
use crate::text::Lang;

const GRAMMAR: &str = "http://www.pnml.org/version-2009/grammar/pnml";
const KIND: &str = "http://www.pnml.org/version-2009/grammar/ptnet";

/// Writes the control flow as a workflow net in PNML.
///
/// The net is sound where from whatever can be reached an end can be reached, no
/// consultation is left over, and every step can be taken. Guards, counts and
/// the lengths of terms are left out, so that every choice is free: a procedure
/// may be unsound for one of these and its net be sound.
///
/// Returns none where the net would have more than 50,000 arcs.
#[must_use]
pub fn pnml(procedure: &Procedure, lang: Lang) -> Option<String> {
    let net = Net::new(procedure, lang)?;
    let mut page = Element::new("page").with("id", "page");
    for (at, place) in net.places.iter().enumerate() {
        page = page.child(self::place(at, place));
    }
    page = page.children(net.firings.iter().map(firing));
    for firing in &net.firings {
        for place in &firing.takes {
            page = page.children(name(&net, *place).map(|it| arc(it, &firing.key)));
        }
        for place in &firing.gives {
            page = page.children(name(&net, *place).map(|it| arc(&firing.key, it)));
        }
    }
    let end = name(&net, SINK).map(|it| {
        let place = Element::new("place").with("idref", it);
        Element::new("marking").child(place.child(Element::new("text").text("1")))
    });
    let net = Element::new("net")
        .with("id", procedure.id().as_str())
        .with("type", KIND)
        .child(named(procedure.name().get(lang)))
        .child(page)
        .child(Element::new("finalmarkings").children(end));
    Some(Element::new("pnml").with("xmlns", GRAMMAR).child(net).document())
}

fn name(net: &Net, place: usize) -> Option<&str> {
    net.places.get(place).map(|it| it.key.as_str())
}

fn named(text: &str) -> Element {
    Element::new("name").child(Element::new("text").text(text))
}

fn place(at: usize, place: &Place) -> Element {
    let element = Element::new("place").with("id", &place.key).child(named(&place.label));
    if at == SOURCE {
        let one = Element::new("text").text("1");
        return element.child(Element::new("initialMarking").child(one));
    }
    element
}

fn firing(firing: &Firing) -> Element {
    let element = Element::new("transition").with("id", &firing.key).child(named(&firing.label));
    if firing.silent {
        // The mark that tools of process mining read.
        let mark = Element::new("toolspecific").with("tool", "ProM").with("version", "6.4");
        return element.child(mark.with("activity", "$invisible$"));
    }
    element
}

fn arc(from: &str, to: &str) -> Element {
    let id = alloc::format!("{from}-{to}");
    Element::new("arc").with("id", id).with("source", from).with("target", to)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use std::format;
    use std::vec::Vec;

    use super::*;
    use crate::definition::tests::LEAST;
    use crate::export::tests::{SAMPLE, procedure};

    /// Writes each net transition as what it takes and gives.
    fn lines(text: &str) -> String {
        let net = Net::new(&procedure(text), Lang::En).unwrap();
        let names = |places: &[usize]| {
            let names: Vec<&str> = places.iter().filter_map(|it| name(&net, *it)).collect();
            names.join(" + ")
        };
        let line = |it: &Firing| {
            let arrow = if it.silent { "⇝" } else { "→" };
            format!("{} {arrow} {} : {}", names(&it.takes), names(&it.gives), it.label)
        };
        net.firings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_chain_of_states_is_a_chain_of_places() {
        expect![[r#"
            source → state_filed : File
            state_filed → state_received : Accept
            state_received → state_signed : Decide
            state_signed → state_returned : Return the result
            state_returned ⇝ sink : End"#]]
        .assert_eq(&lines(LEAST));
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
              <net id="least" type="http://www.pnml.org/version-2009/grammar/ptnet">
                <name>
                  <text>Thủ tục mẫu</text>
                </name>
                <page id="page">
                  <place id="source">
                    <name>
                      <text>Before filing</text>
                    </name>
                    <initialMarking>
                      <text>1</text>
                    </initialMarking>
                  </place>
                  <place id="sink">
                    <name>
                      <text>Ended</text>
                    </name>
                  </place>
                  <place id="state_filed">
                    <name>
                      <text>Mới nộp</text>
                    </name>
                  </place>
                  <place id="state_received">
                    <name>
                      <text>Tiếp nhận</text>
                    </name>
                  </place>
                  <place id="state_signed">
                    <name>
                      <text>Đã ký</text>
                    </name>
                  </place>
                  <place id="state_returned">
                    <name>
                      <text>Đã trả</text>
                    </name>
                  </place>
                  <transition id="step_file.state_filed">
                    <name>
                      <text>File</text>
                    </name>
                  </transition>
                  <transition id="step_accept.state_filed">
                    <name>
                      <text>Accept</text>
                    </name>
                  </transition>
                  <transition id="step_sign.state_received">
                    <name>
                      <text>Decide</text>
                    </name>
                  </transition>
                  <transition id="step_return.state_signed">
                    <name>
                      <text>Return the result</text>
                    </name>
                  </transition>
                  <transition id="end.state_returned">
                    <name>
                      <text>End</text>
                    </name>
                    <toolspecific tool="ProM" version="6.4" activity="$invisible$"/>
                  </transition>
                  <arc id="source-step_file.state_filed" source="source" target="step_file.state_filed"/>
                  <arc id="step_file.state_filed-state_filed" source="step_file.state_filed" target="state_filed"/>
                  <arc id="state_filed-step_accept.state_filed" source="state_filed" target="step_accept.state_filed"/>
                  <arc id="step_accept.state_filed-state_received" source="step_accept.state_filed" target="state_received"/>
                  <arc id="state_received-step_sign.state_received" source="state_received" target="step_sign.state_received"/>
                  <arc id="step_sign.state_received-state_signed" source="step_sign.state_received" target="state_signed"/>
                  <arc id="state_signed-step_return.state_signed" source="state_signed" target="step_return.state_signed"/>
                  <arc id="step_return.state_signed-state_returned" source="step_return.state_signed" target="state_returned"/>
                  <arc id="state_returned-end.state_returned" source="state_returned" target="end.state_returned"/>
                  <arc id="end.state_returned-sink" source="end.state_returned" target="sink"/>
                </page>
                <finalmarkings>
                  <marking>
                    <place idref="sink">
                      <text>1</text>
                    </place>
                  </marking>
                </finalmarkings>
              </net>
            </pnml>
        "#]].assert_eq(&pnml(&procedure(LEAST), Lang::En).unwrap());
    }

    #[test]
    fn consultations_branch_and_join_and_the_way_back_is_remembered() {
        expect![[r#"
            source → state_filed : File
            source → state_filed.due : File
            state_filed → state_under_review : Accept
            state_filed → state_withdrawal_requested.from_filed : Withdraw
            state_filed.due → state_under_review.due : Accept
            state_filed.due → state_withdrawal_requested.from_filed.due : Withdraw
            state_under_review → state_under_review : Consult
            state_under_review → state_supplement_requested : Request a supplement
            state_under_review → state_signed.issued : Decide
            state_under_review → state_withdrawal_requested.from_under_review : Withdraw
            state_withdrawal_requested.from_filed → state_filed : Refuse the withdrawal
            state_withdrawal_requested.from_filed → state_stopped : Confirm the stop
            asked_fire → answered_fire : Answer: Fire police
            asked_fire ⇝ answered_fire : Silence is consent
            asked_fire ⇝ answered_fire : Not concerned
            state_under_review.due → state_under_review.asked + asked_fire : Consult
            state_under_review.due → state_supplement_requested.due : Request a supplement
            state_under_review.due → state_withdrawal_requested.from_under_review.due : Withdraw
            state_withdrawal_requested.from_filed.due → state_filed.due : Refuse the withdrawal
            state_withdrawal_requested.from_filed.due → state_stopped.due : Confirm the stop
            state_supplement_requested → state_under_review : Supplement
            state_supplement_requested → state_stopped : Lapse
            state_signed.issued → state_returned.issued : Return the result
            state_withdrawal_requested.from_under_review → state_under_review : Refuse the withdrawal
            state_withdrawal_requested.from_under_review → state_stopped : Confirm the stop
            state_stopped ⇝ sink : End
            state_under_review.asked → state_under_review.asked : Consult
            state_under_review.asked → state_supplement_requested.asked : Request a supplement
            state_under_review.asked + answered_fire → state_signed.issued : Decide
            state_under_review.asked → state_withdrawal_requested.from_under_review.asked : Withdraw
            state_supplement_requested.due → state_under_review.due : Supplement
            state_supplement_requested.due → state_stopped.due : Lapse
            state_withdrawal_requested.from_under_review.due → state_under_review.due : Refuse the withdrawal
            state_withdrawal_requested.from_under_review.due → state_stopped.due : Confirm the stop
            state_stopped.due ⇝ sink : End
            state_returned.issued ⇝ sink : End
            state_supplement_requested.asked → state_under_review.asked : Supplement
            state_supplement_requested.asked → state_stopped.asked : Lapse
            state_withdrawal_requested.from_under_review.asked → state_under_review.asked : Refuse the withdrawal
            state_withdrawal_requested.from_under_review.asked → state_stopped.asked : Confirm the stop
            state_stopped.asked + answered_fire ⇝ sink : End"#]].assert_eq(&lines(SAMPLE));
    }

    #[test]
    fn a_state_that_nothing_enters_has_a_place_that_nothing_fills() {
        let lonely = "[state.lonely]\nname = \"Lẻ\"\nportal-status = 4\n[transition.file]";
        let text = LEAST.replace("[transition.file]", lonely);
        let net = Net::new(&procedure(&text), Lang::En).unwrap();
        let lonely = net.places.iter().position(|it| it.key == "state_lonely").unwrap();
        assert!(net.firings.iter().all(|it| !it.gives.contains(&lonely)));
    }

    #[test]
    fn a_step_that_waits_for_answers_nobody_asked_for_waits_for_ever() {
        let text = SAMPLE.replace("act = \"consult\"", "act = \"verify\"");
        let text = text.replace("when = \"floors >= 7\"\n", "");
        let lines = lines(&text);
        assert!(
            lines.contains("state_under_review.due + never_sign → state_under_review.due"),
            "{lines}"
        );
    }
}
