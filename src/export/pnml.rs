//! The control flow as PNML (ISO/IEC 15909-2), read by tools that judge soundness.
//!
//! How a procedure becomes a workflow net is told in `src/net`; here its places
//! and transitions get keys and words. The final marking is no part of the
//! standard; the element that tools of process mining share says it.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::key::{joined, key};
use super::label;
use super::xml::Element;
use crate::definition::{ConsultationIdx, Procedure, StateIdx};
use crate::id::Id;
use crate::net::{Answers, Firing, Net, Place, SINK, SOURCE, Standing, What};
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
    let net = Named::new(procedure, lang)?;
    let mut page = Element::new("page").with("id", "page");
    for (at, place) in net.places.iter().enumerate() {
        page = page.child(self::place(at, place));
    }
    page = page.children(net.firings.iter().map(|(key, it, label)| firing(it.what, key, label)));
    for (key, it, _) in &net.firings {
        for place in &it.takes {
            page = page.child(arc(net.key(*place), key));
        }
        for place in &it.gives {
            page = page.child(arc(key, net.key(*place)));
        }
    }
    let end = Element::new("place").with("idref", net.key(SINK));
    let end = Element::new("marking").child(end.child(Element::new("text").text("1")));
    let net = Element::new("net")
        .with("id", procedure.id().as_str())
        .with("type", KIND)
        .child(named(procedure.name().get(lang)))
        .child(page)
        .child(Element::new("finalmarkings").child(end));
    Some(Element::new("pnml").with("xmlns", GRAMMAR).child(net).document())
}

/// A net whose parts have keys and words.
struct Named {
    /// The key and the words of each place.
    places: Vec<(String, String)>,
    /// The key, the transition itself, and its words.
    firings: Vec<(String, Firing, String)>,
}

impl Named {
    fn new(procedure: &Procedure, lang: Lang) -> Option<Self> {
        let net = Net::new(procedure)?;
        let words = Words { procedure, lang };
        let places = net.places.iter().map(|it| words.place(*it)).collect();
        let mut named = Self { places, firings: Vec::new() };
        for firing in net.firings {
            let key = words.key(&firing, &named);
            let label = words.label(firing.what);
            named.firings.push((key, firing, label));
        }
        Some(named)
    }

    fn key(&self, place: usize) -> &str {
        self.places.get(place).map_or("", |(key, _)| key)
    }
}

/// What the parts of a net are called.
struct Words<'p> {
    procedure: &'p Procedure,
    lang: Lang,
}

impl Words<'_> {
    fn place(&self, place: Place) -> (String, String) {
        let lang = self.lang;
        match place {
            Place::Source => ("source".into(), lang.pick("Trước khi nộp", "Before filing").into()),
            Place::Sink => ("sink".into(), lang.pick("Kết thúc", "Ended").into()),
            Place::Standing(standing) => self.standing(standing),
            Place::Asked(at) => (self.agency("asked", at), self.agency_name(at)),
            Place::Answered(at) => (self.agency("answered", at), self.agency_name(at)),
            Place::Never(at) => {
                let name = self.procedure.transitions().name(at);
                let never = lang.pick("Không bao giờ", "Never");
                (name.map_or_else(String::new, |it| key("never", it)), never.into())
            }
        }
    }

    fn standing(&self, standing: Standing) -> (String, String) {
        let (mut name, mut label) = self.state("state", standing.state);
        if let Some(before) = standing.before {
            let (from, before) = self.state("from", before);
            name = joined(&name, &from);
            label = format!("{label} ← {before}");
        }
        match standing.answers {
            Answers::Settled => {}
            Answers::Due => name = joined(&name, "due"),
            Answers::Asked => name = joined(&name, "asked"),
        }
        if standing.issued {
            name = joined(&name, "issued");
        }
        (name, label)
    }

    fn state(&self, kind: &str, at: StateIdx) -> (String, String) {
        let states = self.procedure.states();
        let name =
            states.get(at).map_or_else(String::new, |it| it.name().get(self.lang).to_string());
        (states.name(at).map_or_else(String::new, |it| key(kind, it)), name)
    }

    fn agency(&self, kind: &str, at: ConsultationIdx) -> String {
        self.procedure.consultations().name(at).map_or_else(String::new, |it: Id| key(kind, it))
    }

    fn agency_name(&self, at: ConsultationIdx) -> String {
        let asked = self.procedure.consultations().get(at);
        asked.map_or_else(String::new, |it| it.name().get(self.lang).into())
    }

    /// Filing is one act with two outcomes; every other step is told by where it began.
    fn key(&self, firing: &Firing, net: &Named) -> String {
        let from = firing.takes.first().copied().unwrap_or(SOURCE);
        let to = firing.gives.first().copied().unwrap_or(SINK);
        let told = net.key(if from == SOURCE { to } else { from });
        match firing.what {
            What::Step(at) => {
                let name = self.procedure.transitions().name(at);
                joined(&name.map_or_else(String::new, |it| key("step", it)), told)
            }
            What::Answer(at) => self.agency("answer", at),
            What::Silence(at) => self.agency("silence", at),
            What::Skip(at) => self.agency("skip", at),
            What::Cancel(at) => joined(&self.agency("cancel", at), told),
            What::End => joined("end", told),
        }
    }

    fn label(&self, what: What) -> String {
        let lang = self.lang;
        match what {
            What::Step(at) => {
                let step = self.procedure.transitions().get(at);
                step.map_or_else(String::new, |it| it.name(lang).into())
            }
            What::Answer(at) => {
                let asked = self.procedure.consultations().get(at);
                asked.map_or_else(String::new, |it| label::answer(it, lang))
            }
            What::Silence(_) => lang.pick("Im lặng là đồng ý", "Silence is consent").into(),
            What::Skip(_) => lang.pick("Không phải hỏi", "Not concerned").into(),
            What::Cancel(_) => lang.pick("Không cần trả lời nữa", "No longer asked").into(),
            What::End => lang.pick("Kết thúc", "End").into(),
        }
    }
}

fn named(text: &str) -> Element {
    Element::new("name").child(Element::new("text").text(text))
}

fn place(at: usize, (key, label): &(String, String)) -> Element {
    let element = Element::new("place").with("id", key).child(named(label));
    if at == SOURCE {
        let one = Element::new("text").text("1");
        return element.child(Element::new("initialMarking").child(one));
    }
    element
}

fn firing(what: What, key: &str, label: &str) -> Element {
    let element = Element::new("transition").with("id", key).child(named(label));
    if is_silent(what) {
        // The mark that tools of process mining read.
        let mark = Element::new("toolspecific").with("tool", "ProM").with("version", "6.4");
        return element.child(mark.with("activity", "$invisible$"));
    }
    element
}

/// Whether nobody does it: it only sorts out what stands elsewhere.
const fn is_silent(what: What) -> bool {
    !matches!(what, What::Step(_) | What::Answer(_))
}

fn arc(from: &str, to: &str) -> Element {
    let id = format!("{from}-{to}");
    Element::new("arc").with("id", id).with("source", from).with("target", to)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::definition::tests::LEAST;
    use crate::export::tests::{SAMPLE, procedure};

    /// Writes each net transition as what it takes and gives.
    fn lines(text: &str) -> String {
        let net = Named::new(&procedure(text), Lang::En).unwrap();
        let names = |places: &[usize]| {
            let names: Vec<&str> = places.iter().map(|it| net.key(*it)).collect();
            names.join(" + ")
        };
        let line = |(_, it, label): &(String, Firing, String)| {
            let arrow = if is_silent(it.what) { "⇝" } else { "→" };
            format!("{} {arrow} {} : {label}", names(&it.takes), names(&it.gives))
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
        let net = Named::new(&procedure(&text), Lang::En).unwrap();
        let lonely = net.places.iter().position(|(key, _)| key == "state_lonely").unwrap();
        assert!(net.firings.iter().all(|(_, it, _)| !it.gives.contains(&lonely)));
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

    #[test]
    fn a_question_is_cancelled_with_the_dossier_where_silence_says_nothing() {
        let text = SAMPLE.replace("silence = \"consent\"", "silence = \"escalate\"");
        let lines = lines(&text.replace("when = \"floors >= 7\"\n", ""));
        let cancelled = "state_stopped.asked + asked_fire ⇝ state_stopped.asked + answered_fire : No longer asked";
        assert!(lines.contains(cancelled), "{lines}");
        assert!(!lines.contains("Silence is consent"), "{lines}");
    }
}
