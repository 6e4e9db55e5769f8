//! What weighs on those who apply, read from a definition.
//!
//! The units that count as regulations (quy định) are documents, forms, steps,
//! conditions, fees, results and reports; that they are counted inside one
//! procedure is our choice, since the national tally counts procedures. What
//! can be counted of a unit, such as copies or visits, are its measures: when
//! one falls, the unit became simpler. Amounts and minutes are absent.

use alloc::vec::Vec;

use super::Design;
use super::way::Way;
use crate::definition::guard::Exists;
use crate::definition::{CHANNEL, Channel, Document, LawIdx, Part, PartKind, Procedure, Waiting};
use crate::id::Id;
use crate::law::Citation;
use crate::text::{Lang, Text, words};

words! {
    /// The kind of a unit that counts as a regulation (quy định).
    pub enum BurdenKind as "a kind of burden, such as `document` or `step`" {
        /// A document that is not written on a form (thành phần hồ sơ).
        Document = "document" ("Thành phần hồ sơ", "Document"),
        /// A document that is written on a form (mẫu đơn, tờ khai).
        Form = "form" ("Mẫu đơn, tờ khai", "Form"),
        /// A step of the procedure (bước thực hiện).
        Step = "step" ("Bước thực hiện", "Step"),
        /// A condition (yêu cầu, điều kiện).
        Condition = "condition" ("Yêu cầu, điều kiện", "Condition"),
        /// A fee (phí, lệ phí).
        Fee = "fee" ("Phí, lệ phí", "Fee"),
        /// A result (kết quả).
        Result = "result" ("Kết quả", "Result"),
        /// A report that is owed (chế độ báo cáo).
        Report = "report" ("Chế độ báo cáo", "Report"),
    }

    /// What can be counted of a unit.
    pub enum Measure as "a measure of a burden, such as `copies`" {
        /// Originals to hand in.
        Originals = "originals" ("Bản chính", "Originals"),
        /// Copies to hand in.
        Copies = "copies" ("Bản sao", "Copies"),
        /// Copies that must be certified.
        CertifiedCopies = "certified-copies" ("Bản sao có chứng thực", "Certified copies"),
        /// Pages of one copy.
        Pages = "pages" ("Trang", "Pages"),
        /// Fields to fill in.
        Fields = "fields" ("Trường thông tin", "Fields"),
        /// Channels on which the applicant must sign.
        Signatures = "signatures" ("Chữ ký", "Signatures"),
        /// Journeys that no channel spares.
        Visits = "visits" ("Lần đi lại", "Visits"),
        /// Takings over from another desk.
        HandOffs = "hand-offs" ("Lần chuyển giao", "Hand-offs"),
        /// Days until the answer; compared on the calendar, never counted.
        WaitingDays = "waiting-days" ("Ngày chờ", "Waiting days"),
        /// Cases that a condition rules out; compared exactly, never counted.
        Exclusions = "exclusions" ("Trường hợp bị loại trừ", "Cases that are ruled out"),
        /// How often in a year.
        TimesAYear = "times-a-year" ("Lần trong năm", "Times a year"),
    }
}

/// One unit that counts as a regulation.
#[derive(Clone, Debug)]
pub struct Burden<'p> {
    part: Option<Id>,
    kind: BurdenKind,
    at: Part,
    name: Option<&'p Text>,
    bearer: Option<&'p Text>,
    law: Vec<&'p Citation>,
    measures: Vec<(Measure, u32)>,
}

impl<'p> Burden<'p> {
    /// Returns the part of the bundle in which it stands; none in a single procedure and in the lead.
    #[must_use]
    pub const fn part(&self) -> Option<Id> {
        self.part
    }

    /// Returns what kind of unit it is.
    #[must_use]
    pub const fn kind(&self) -> BurdenKind {
        self.kind
    }

    /// Returns the part of the definition that it is: its identity in every version.
    #[must_use]
    pub const fn at(&self) -> Part {
        self.at
    }

    /// Returns the name for people, where the definition gives one.
    #[must_use]
    pub const fn name(&self) -> Option<&'p Text> {
        self.name
    }

    /// Returns who bears it: the role that works at a step, else the applicant.
    #[must_use]
    pub fn bearer(&self, lang: Lang) -> &'p str {
        self.bearer.map_or_else(|| Waiting::Applicant.label(lang), |it| it.get(lang))
    }

    /// Returns the legal basis.
    #[must_use]
    pub fn law(&self) -> &[&'p Citation] {
        &self.law
    }

    /// Returns what can be counted of it; what is not stated is left out.
    #[must_use]
    pub fn measures(&self) -> &[(Measure, u32)] {
        &self.measures
    }

    /// Returns one measure, where it is stated.
    #[must_use]
    pub fn measure(&self, measure: Measure) -> Option<u32> {
        self.measures.iter().find(|(it, _)| *it == measure).map(|(_, count)| *count)
    }
}

/// Lists what weighs on those who apply under a design.
///
/// A document that a shared database answers is none for those it answers for,
/// and neither is one that another part of the bundle hands over, nor one that
/// is asked for on other channels only than those of the design. Steps and
/// conditions are those on the [way](super::Way) from filing to the result.
#[must_use]
pub fn burdens<'p>(design: &Design<'p>) -> Vec<Burden<'p>> {
    let mut all = Vec::new();
    for (part, procedure) in design.procedures() {
        let mut of = Lister { part, procedure, found: &mut all };
        of.documents(design);
        of.way(&Way::of(procedure));
        of.fees();
        of.reports();
    }
    all
}

struct Lister<'a, 'p> {
    part: Option<Id>,
    procedure: &'p Procedure,
    found: &'a mut Vec<Burden<'p>>,
}

impl<'p> Lister<'_, 'p> {
    fn documents(&mut self, design: &Design<'p>) {
        let offered = design.lead().channels();
        let is_offered = |word: &Id| offered.iter().any(|it| *word == *it.as_str());
        let facts = self.procedure.facts().narrowed(&CHANNEL, is_offered);
        for (_, name, document) in self.procedure.documents().iter() {
            let is_asked = document.when().is_none_or(|it| it.holds_in(&facts) != Exists::Nowhere);
            if is_asked && document.replaced_by().is_empty() && design.asks(self.part, &name) {
                let kind = match document.form() {
                    Some(_) => BurdenKind::Form,
                    None => BurdenKind::Document,
                };
                let at = Part::new(PartKind::Document, name);
                let burden = self.unit(kind, at, Some(document.name()), document.law());
                self.found.push(Burden { measures: of_document(document), ..burden });
            }
        }
    }

    fn way(&mut self, way: &Way<'p>) {
        let procedure = self.procedure;
        for &at in way.steps() {
            let (Some(name), Some(state)) =
                (procedure.states().name(at), procedure.states().get(at))
            else {
                continue;
            };
            let part = Part::new(PartKind::State, name);
            let burden = self.unit(BurdenKind::Step, part, Some(state.name()), state.law());
            let bearer = state.role().and_then(|it| procedure.roles().get(it)).map(|it| it.name());
            let mut measures = Vec::from([(Measure::HandOffs, way.hand_offs(at))]);
            if procedure.transitions().get(procedure.filing()).is_some_and(|it| it.leads_to(at)) {
                measures.push((Measure::Visits, visits(procedure.channels())));
            }
            self.found.push(Burden { bearer, measures, ..burden });
        }
        for (fact, law) in way.conditions() {
            let Some(fact) = procedure.facts().fact(fact) else { continue };
            let part = Part::new(PartKind::Fact, fact.id());
            self.found.push(self.unit(BurdenKind::Condition, part, fact.name(), &law));
        }
        for at in way.results() {
            let (Some(name), Some(result)) =
                (procedure.results().name(at), procedure.results().get(at))
            else {
                continue;
            };
            let part = Part::new(PartKind::Result, name);
            let burden = self.unit(BurdenKind::Result, part, Some(result.name()), result.law());
            let channels = match result.channels() {
                [] => procedure.channels(),
                channels => channels,
            };
            let measures = Vec::from([(Measure::Visits, visits(channels))]);
            self.found.push(Burden { measures, ..burden });
        }
    }

    fn fees(&mut self) {
        for (_, name, fee) in self.procedure.fees().iter() {
            let at = Part::new(PartKind::Fee, name);
            self.found.push(self.unit(BurdenKind::Fee, at, fee.name(), fee.law()));
        }
    }

    fn reports(&mut self) {
        for (_, name, report) in self.procedure.reports().iter() {
            let at = Part::new(PartKind::Report, name);
            let burden = self.unit(BurdenKind::Report, at, Some(report.name()), report.law());
            let measures = Vec::from([(Measure::TimesAYear, u32::from(report.times_a_year()))]);
            self.found.push(Burden { measures, ..burden });
        }
    }

    fn unit(
        &self,
        kind: BurdenKind,
        at: Part,
        name: Option<&'p Text>,
        law: &[LawIdx],
    ) -> Burden<'p> {
        let law = law.iter().filter_map(|&it| self.procedure.laws().get(it)).collect();
        Burden { part: self.part, kind, at, name, bearer: None, law, measures: Vec::new() }
    }
}

fn of_document(document: &Document) -> Vec<(Measure, u32)> {
    let copies = u32::from(document.copies());
    let certified = if document.certified() { copies } else { 0 };
    let mut measures = Vec::from([
        (Measure::Originals, u32::from(document.originals())),
        (Measure::Copies, copies),
        (Measure::CertifiedCopies, certified),
        (Measure::Signatures, count(document.signed())),
    ]);
    measures.extend(document.pages().map(|it| (Measure::Pages, u32::from(it))));
    measures.extend(document.fields().map(|it| (Measure::Fields, u32::from(it))));
    measures
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// A journey is needed where the counter is the only channel.
fn visits(channels: &[Channel]) -> u32 {
    u32::from(!channels.is_empty() && channels.iter().all(|it| *it == Channel::Counter))
}

#[cfg(test)]
pub(crate) mod tests;
