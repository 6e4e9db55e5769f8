//! The work of a typical case: what a definition usually asks for, and what its activities say instead.
//!
//! Usual work has an item of the norms by its name and the channel, such as
//! `form/online`, or by its name alone. Supplements, refusals and withdrawals
//! are absent: the typical dossier is complete and granted.

use alloc::format;
use alloc::vec::Vec;

use super::account::Setting;
use super::draft::LeftOut;
use super::line::{Bearer, Gap, Line, Missing};
use super::norms::Item;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::{Guard, Truth};
use crate::definition::{
    Activity, CHANNEL, Channel, Document, Fee, Part, PartKind, Procedure, RoleIdx, Task,
};
use crate::error::Error;
use crate::fee::{Assessment, Request, assess};
use crate::id::Id;
use crate::law::Certainty;
use crate::money::Dong;
use crate::read::Maybe;
use crate::simplify::{Design, Way};
use crate::text::Text;

/// The fact by which a tariff charges a copy.
const PAGES: Id = Id::literal("pages");

/// Lists the work of every procedure of a design.
pub(super) fn lines<'a>(
    design: &Design<'a>,
    setting: &Setting<'a>,
) -> Result<Vec<Line<'a>>, Error> {
    let (channel, receives) = setting.channels(design);
    let lead = Desk { design, setting, part: None, procedure: design.lead(), channel };
    let mut lines = Vec::new();
    lead.submission(&mut lines)?;
    lead.reception(receives, &mut lines)?;
    for (part, procedure) in design.procedures() {
        let desk = Desk { part, procedure, ..lead };
        match lead.applies(design.condition(part)) {
            None => continue,
            Some(Some(gap)) => {
                lines.push(unpaid(desk.blank(Task::Other, None, Some(procedure.name())), gap));
                continue;
            }
            Some(None) => {}
        }
        desk.documents(&mut lines)?;
        desk.fees(&mut lines)?;
        desk.reports(&mut lines)?;
        desk.activities(&mut lines)?;
    }
    let counts = |it: &Line<'_>| {
        let is_usual = it.norm.is_some_and(|(_, norm)| norm.usual());
        !(is_usual && setting.norms.leaves_out(LeftOut::UsualWork))
    };
    lines.retain(counts);
    if let Some(seen) = setting.attendance_of(design) {
        seen.replace(&mut lines)?;
    }
    Ok(lines)
}

/// One procedure of a design under its setting.
#[derive(Clone, Copy)]
struct Desk<'d, 'a> {
    design: &'d Design<'a>,
    setting: &'d Setting<'a>,
    part: Option<Id>,
    procedure: &'a Procedure,
    channel: Channel,
}

/// How much of some work there is in a case.
#[derive(Clone, Copy)]
struct Amount {
    times: u16,
    copies: u8,
    pages: Option<u16>,
}

const ONCE: Amount = Amount { times: 1, copies: 1, pages: None };

impl<'a> Desk<'_, 'a> {
    fn documents(&self, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        for (_, name, document) in self.procedure.documents().iter() {
            let serves = Part::new(PartKind::Document, name);
            let is_asked = document.replaced_by().is_empty() && self.design.asks(self.part, &name);
            if !is_asked || self.is_stated(&[serves]) {
                continue;
            }
            let Some(gap) = self.applies(document.when()) else { continue };
            let blank = self.blank(Task::Prepare, Some(serves), Some(document.name()));
            if let Some(gap) = gap {
                lines.push(unknown(blank, gap));
                continue;
            }
            let works = works(document);
            for (work, copies) in works.iter().flatten() {
                let amount = Amount { times: 1, copies: *copies, pages: document.pages() };
                lines.push(self.usual(blank.clone(), work, self.channel, amount)?);
            }
            if works.iter().all(Option::is_none) {
                lines.push(unknown(blank, Gap::new(Missing::NotStated)));
            }
        }
        Ok(())
    }

    fn submission(&self, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        let filing = self.procedure.filing();
        let Some(name) = self.procedure.transitions().name(filing) else { return Ok(()) };
        let serves = Part::new(PartKind::Transition, name);
        if !self.is_stated(&[serves]) {
            let blank = self.blank(Task::Submit, Some(serves), None);
            lines.push(self.usual(blank, "submit", self.channel, ONCE)?);
        }
        Ok(())
    }

    /// The applicant receives once, whichever result it is.
    fn reception(&self, channel: Channel, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        let results = Way::of(self.procedure).results();
        let results: Vec<(Part, &'a Text)> = results
            .iter()
            .filter_map(|&at| {
                let name = self.procedure.results().name(at)?;
                let result = self.procedure.results().get(at)?;
                Some((Part::new(PartKind::Result, name), result.name()))
            })
            .collect();
        let served: Vec<Part> = results.iter().map(|(it, _)| *it).collect();
        if self.is_stated(&served) {
            return Ok(());
        }
        let first = results.first();
        let (serves, subject) = (first.map(|(it, _)| *it), first.map(|(_, it)| *it));
        let blank = self.blank(Task::Receive, serves, subject);
        lines.push(self.usual(blank, "receive", channel, ONCE)?);
        Ok(())
    }

    /// A fee that is not zero is paid; an activity may say how, never how much.
    fn fees(&self, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        for (_, name, fee) in self.procedure.fees().iter() {
            let serves = Part::new(PartKind::Fee, name);
            let Some(gap) = self.applies(fee.when()) else { continue };
            let blank = self.blank(Task::Pay, Some(serves), fee.name());
            let quantity = fee.quantity().map_or(Some(1), |it| self.count(it));
            let line = match (gap, quantity) {
                (Some(gap), _) => unpaid(blank, gap),
                (None, None) => unpaid(blank, self.without(fee)),
                (None, Some(quantity)) => match self.charged(blank, fee, quantity)? {
                    Some(line) => line,
                    None => continue,
                },
            };
            lines.push(line);
        }
        Ok(())
    }

    /// Returns the line of a fee; none where nothing is due.
    fn charged(
        &self,
        blank: Line<'a>,
        fee: &Fee,
        quantity: i64,
    ) -> Result<Option<Line<'a>>, Error> {
        let charge = self.assess(fee.item(), self.channel, quantity, |it| self.named(it))?;
        let Some(charge) = charge else {
            let gap = Gap { item: Some(*fee.item()), ..Gap::new(Missing::NoTariff) };
            return Ok(Some(unpaid(blank, gap)));
        };
        let Some(payer) = charge.bill().payer() else {
            let gap = unpriced(*fee.item(), &charge);
            return Ok(Some(Line { charge: Some(charge), ..unpaid(blank, gap) }));
        };
        let stated = blank.serves.is_some_and(|it| self.is_stated(&[it]));
        if payer == Dong::ZERO {
            return Ok(None);
        }
        let line = match stated {
            true => blank,
            false => self.usual(blank, "pay", self.channel, ONCE)?,
        };
        let counted = match self.setting.norms.leaves_out(LeftOut::Fees) {
            true => Dong::ZERO,
            false => payer,
        };
        let grounds = charge.lines().iter().flat_map(|it| it.grounds());
        let certainty = grounds.map(|it| it.certainty()).fold(line.certainty, Certainty::max);
        Ok(Some(Line { fee: Some(counted), certainty, charge: Some(charge), ..line }))
    }

    fn reports(&self, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        for (_, name, report) in self.procedure.reports().iter() {
            let serves = Part::new(PartKind::Report, name);
            let Some(gap) = self.applies(report.when()) else { continue };
            if self.is_stated(&[serves]) {
                continue;
            }
            let blank = self.blank(Task::Other, Some(serves), Some(report.name()));
            let amount = Amount { times: report.times_a_year(), ..ONCE };
            lines.push(match gap {
                Some(gap) => unknown(blank, gap),
                None => self.usual(blank, "report", self.channel, amount)?,
            });
        }
        Ok(())
    }

    fn activities(&self, lines: &mut Vec<Line<'a>>) -> Result<(), Error> {
        for (_, name, activity) in self.procedure.activities().iter() {
            let Some(gap) = self.applies(activity.when()) else { continue };
            let blank = self.stated(name, activity);
            lines.push(match (gap, self.setting.norms.find(activity.item().as_str())) {
                (Some(gap), _) => unknown(blank, gap),
                (None, Some(norm)) => {
                    let amount = Amount { times: activity.times(), ..self.extent(activity) };
                    self.measured(blank, norm, amount)?
                }
                (None, None) => {
                    let item = Some(*activity.item());
                    unknown(blank, Gap { item, ..Gap::new(Missing::NoNorm) })
                }
            });
        }
        Ok(())
    }

    /// Returns the line of an activity before it is measured.
    fn stated(&self, name: Id, activity: &'a Activity) -> Line<'a> {
        let norm = self.setting.norms.find(activity.item().as_str());
        let task = activity.task().or(norm.map(|(_, it)| it.task())).unwrap_or(Task::Other);
        let assumed = activity.remarks().assumed();
        Line {
            activity: Some(name),
            name: activity.name(),
            bearer: activity.borne_by().map_or(Bearer::Applicant, |it| self.bearer(it)),
            certainty: assumed.map_or(Certainty::Read, |_| Certainty::Assumed),
            assumed,
            ..self.blank(task, activity.serves(), activity.serves().and_then(|it| self.subject(it)))
        }
    }

    fn bearer(&self, role: RoleIdx) -> Bearer<'a> {
        let roles = self.procedure.roles();
        match (roles.name(role), roles.get(role)) {
            (Some(id), Some(it)) if self.procedure.applicant() != Some(role) => {
                Bearer::Role(id, it.name())
            }
            _ => Bearer::Applicant,
        }
    }

    /// An activity for a document is about as many copies and pages as the document has.
    fn extent(&self, activity: &Activity) -> Amount {
        let served = activity.serves().filter(|it| it.kind() == PartKind::Document);
        let document = served.and_then(|it| self.procedure.documents().find(it.name()));
        document.map_or(ONCE, |(_, it)| Amount {
            times: 1,
            copies: it.copies().max(1),
            pages: it.pages(),
        })
    }

    fn subject(&self, part: Part) -> Option<&'a Text> {
        let name = part.name();
        match part.kind() {
            PartKind::Document => self.procedure.documents().find(name).map(|(_, it)| it.name()),
            PartKind::Result => self.procedure.results().find(name).map(|(_, it)| it.name()),
            PartKind::Report => self.procedure.reports().find(name).map(|(_, it)| it.name()),
            PartKind::Fee => self.procedure.fees().find(name).and_then(|(_, it)| it.name()),
            _ => None,
        }
    }

    /// Returns true when an activity stands in place of the usual work for one of these parts.
    fn is_stated(&self, parts: &[Part]) -> bool {
        let mut activities = self.procedure.activities().iter();
        activities.any(|(_, _, it)| it.serves().is_some_and(|it| parts.contains(&it)))
    }

    /// Measures usual work by the norm for its channel, or for all channels.
    fn usual(
        &self,
        blank: Line<'a>,
        work: &str,
        channel: Channel,
        amount: Amount,
    ) -> Result<Line<'a>, Error> {
        let norms = self.setting.norms;
        match norms.find(&format!("{work}/{channel}")).or_else(|| norms.find(work)) {
            Some(norm) => self.measured(blank, norm, amount),
            None => {
                let item = Id::try_new(&format!("{work}/{channel}"));
                Ok(unknown(blank, Gap { item, ..Gap::new(Missing::NoNorm) }))
            }
        }
    }

    /// Fills in what a norm says of a line.
    fn measured(
        &self,
        blank: Line<'a>,
        (id, norm): (Id, &'a Item),
        amount: Amount,
    ) -> Result<Line<'a>, Error> {
        let mut gaps = Vec::new();
        let mut found = |gap: Gap<'a>| gaps.push(Gap { item: gap.item.or(Some(id)), ..gap });
        let times = i64::from(amount.times);
        let minutes = taken(norm.minutes(), &mut found).map(|it| u64::from(*it));
        let minutes = minutes.map(|it| it.checked_mul(amount.times.into()));
        let minutes = minutes.map(|it| it.ok_or_else(Error::overflow)).transpose()?;
        let once = taken(norm.direct(), &mut found).copied();
        let each = taken(norm.per_copy(), &mut found).copied();
        let charged = self.for_copies(norm, amount, &mut found)?;
        let direct = match (once, each, charged) {
            (Some(once), Some(each), Some(charged)) => {
                let copies = each.times(amount.copies.into())?.plus(charged)?;
                Some(once.plus(copies)?.times(times)?)
            }
            _ => None,
        };
        Ok(Line {
            name: blank.name.or(Some(norm.name())),
            norm: Some((id, norm)),
            times: amount.times,
            minutes,
            direct,
            certainty: blank.certainty.max(norm.certainty()),
            assumed: blank.assumed.or(norm.remarks().assumed()),
            gaps,
            ..blank
        })
    }

    /// Returns what another office charges for the copies, at its counter.
    fn for_copies(
        &self,
        norm: &Item,
        amount: Amount,
        found: &mut impl FnMut(Gap<'a>),
    ) -> Result<Option<Dong>, Error> {
        let Some(item) = norm.charged() else { return Ok(Some(Dong::ZERO)) };
        let pages =
            |fact: &Id| amount.pages.filter(|_| *fact == PAGES).map(|it| Value::Integer(it.into()));
        let charge = self.assess(&item, Channel::Counter, amount.copies.into(), pages)?;
        let gap = match charge {
            None => Gap { item: Some(item), ..Gap::new(Missing::NoTariff) },
            Some(charge) => match charge.bill().payer() {
                Some(payer) => return Ok(Some(payer)),
                None => unpriced(item, &charge),
            },
        };
        found(gap);
        Ok(None)
    }

    fn assess(
        &self,
        item: &Id,
        channel: Channel,
        quantity: i64,
        facts: impl Fn(&Id) -> Option<Value>,
    ) -> Result<Option<Assessment<'a>>, Error> {
        let Some(tariff) = self.setting.tariff else { return Ok(None) };
        let Ok(item) = tariff.find(item) else { return Ok(None) };
        let items = [item];
        let request = Request::new(&items, self.setting.on, channel).times(quantity);
        let lookup = |at: FactIdx| {
            let fact = tariff.facts().fact(at)?;
            facts(&fact.id()).filter(|it| fact.domain().admits(*it))
        };
        assess(tariff, &request, lookup).map(Some)
    }

    /// Says whether something applies: none when not, a gap when that is not known.
    fn applies(&self, when: Option<&Guard>) -> Option<Option<Gap<'a>>> {
        let Some(guard) = when else { return Some(None) };
        match guard.evaluate(|it| self.value(it)) {
            Truth::No => None,
            Truth::Yes => Some(None),
            Truth::Unknown => {
                let open = guard.facts().iter().filter(|it| self.value(**it).is_none());
                let facts = open.filter_map(|it| self.fact(*it)).collect();
                Some(Some(Gap { facts, ..Gap::new(Missing::UnknownCase) }))
            }
        }
    }

    fn without(&self, fee: &Fee) -> Gap<'a> {
        let facts = fee.quantity().and_then(|it| self.fact(it)).into_iter().collect();
        Gap { facts, ..Gap::new(Missing::UnknownCase) }
    }

    fn count(&self, fact: FactIdx) -> Option<i64> {
        match self.value(fact)? {
            Value::Integer(it) => Some(it),
            Value::Boolean(_) | Value::Date(_) | Value::Choice(_) => None,
        }
    }

    fn fact(&self, at: FactIdx) -> Option<Id> {
        self.procedure.facts().fact(at).map(crate::definition::fact::Fact::id)
    }

    /// Returns what the typical case says of a fact of this procedure.
    fn value(&self, at: FactIdx) -> Option<Value> {
        let fact = self.procedure.facts().fact(at)?;
        self.named(&fact.id()).filter(|it| fact.domain().admits(*it))
    }

    fn named(&self, fact: &Id) -> Option<Value> {
        if *fact == CHANNEL {
            return Id::try_new(self.channel.as_str()).map(Value::Choice);
        }
        let given = self.setting.case.iter().find(|(it, _)| it == fact);
        if let Some((_, value)) = given {
            return Some(*value);
        }
        let own = |procedure: &Procedure, name: &Id| {
            procedure.compliance().fact(procedure.facts().position(name)?)
        };
        let lead = self.design.lead();
        own(self.procedure, fact).or_else(|| own(lead, &self.design.shared_fact(self.part, fact)?))
    }

    /// Returns a line of the applicant that asks for nothing.
    const fn blank(&self, task: Task, serves: Option<Part>, subject: Option<&'a Text>) -> Line<'a> {
        Line {
            part: self.part,
            activity: None,
            name: None,
            subject,
            task,
            serves,
            norm: None,
            bearer: Bearer::Applicant,
            times: 1,
            minutes: Some(0),
            direct: Some(Dong::ZERO),
            fee: Some(Dong::ZERO),
            certainty: Certainty::Read,
            assumed: None,
            charge: None,
            by_norm: None,
            gaps: Vec::new(),
        }
    }
}

/// Returns the usual work for a document, each with the number of papers.
const fn works(document: &Document) -> [Option<(&'static str, u8)>; 2] {
    let copy = if document.certified() { "certified-copy" } else { "copy" };
    match (document.form().is_some(), document.presented()) {
        (true, _) => [Some(("form", 1)), None],
        (false, true) => [Some(("presented", 1)), None],
        (false, false) => {
            [counted("original", document.originals()), counted(copy, document.copies())]
        }
    }
}

const fn counted(work: &'static str, papers: u8) -> Option<(&'static str, u8)> {
    if papers == 0 { None } else { Some((work, papers)) }
}

/// Turns a line into one of which nothing is known, for a reason.
fn unknown<'a>(line: Line<'a>, gap: Gap<'a>) -> Line<'a> {
    let mut gaps = line.gaps;
    gaps.push(gap);
    Line { minutes: None, direct: None, gaps, ..line }
}

/// Turns a line into one of a fee that is not known; so is its work, since nobody pays what is zero.
fn unpaid<'a>(line: Line<'a>, gap: Gap<'a>) -> Line<'a> {
    Line { fee: None, ..unknown(line, gap) }
}

fn taken<'a, T>(figure: &'a Maybe<T>, found: &mut impl FnMut(Gap<'a>)) -> Option<&'a T> {
    match figure {
        Maybe::Known(it) => Some(it),
        Maybe::Unknown(why) => {
            found(Gap { reason: Some(why), ..Gap::new(Missing::NotFound) });
            None
        }
    }
}

fn unpriced<'a>(item: Id, charge: &Assessment<'_>) -> Gap<'a> {
    let waits = charge.lines().iter().flat_map(|it| it.waits_for());
    let mut facts: Vec<Id> = waits.copied().collect();
    facts.sort_unstable();
    facts.dedup();
    let missing = charge.bill().why().map_or(Missing::Ambiguous, Missing::from);
    Gap { item: Some(item), facts, ..Gap::new(missing) }
}
