//! A term of the whole that ends before its parts can, along the way that takes longest.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::cmp::Reverse;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};

use super::Rule;
use crate::clock::{Clock, Due, Length, Limit};
use crate::definition::bundle::{Bundle, BundlePart};
use crate::definition::fact::{Domain, Value};
use crate::definition::guard::Truth;
use crate::definition::{DECISION, Part, PartKind, Position as _, Procedure, Running};
use crate::diagnostic::{Detail, Severity};
use crate::id::Id;
use crate::source::Span;
use crate::text::Lang;
use crate::verify::case::Case;
use crate::verify::finding::{Finding, Findings};
use crate::witness::Witness;

pub(super) const RULE: Rule = Rule {
    code: "group-term-too-short",
    title: "a term of the whole that its parts need not keep",
    severity: Severity::Warning,
    why: "Every agency is in time, and the applicant still comes on the day of the slip for nothing.",
    check,
};

/// How many days are tried: two years, whatever the calendar holds.
const MOST_DAYS: usize = 731;

/// The most yes-or-no facts of the lead's own cases that are tried together.
const MOST_FACTS: usize = 4;

type Moment = DateTime<FixedOffset>;
pub(super) type Known = Vec<(Id, Value)>;

/// Tries every day of two years, before and after 15:00, for whatever decides the term of the whole.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some(bundle) = case.bundle else { return Vec::new() };
    let mut found = Vec::new();
    for known in assignments(bundle.lead()) {
        // What sums to more than the term is said by a rule of its own.
        if exceeding(bundle, &known).is_none() {
            let late = moments(case, bundle).filter_map(|at| late(case, bundle, &known, at));
            found.extend(late.min_by_key(|it| Reverse(it.by())).map(Late::finding));
        }
    }
    found
}

/// Returns what may be known when the case is accepted: nothing, or a value of each fact that the term asks for.
pub(super) fn assignments(lead: &Procedure) -> Vec<Known> {
    let Some((_, term)) = lead.terms().find(&DECISION) else { return Vec::new() };
    let mut all: Vec<Known> = Vec::from([Vec::new()]);
    let mut facts: Vec<_> = term.cases().iter().flat_map(|it| it.when().facts()).collect();
    facts.sort_unstable_by_key(|it| it.index());
    facts.dedup();
    let facts = facts.into_iter().filter_map(|it| lead.facts().fact(*it));
    for fact in facts.filter(|it| *it.domain() == Domain::Boolean).take(MOST_FACTS) {
        let with = |yes: bool| {
            let value = (fact.id(), Value::Boolean(yes));
            all.iter()
                .map(move |it| it.iter().copied().chain([value]).collect())
                .collect::<Vec<_>>()
        };
        all = [with(true), with(false)].concat();
    }
    all
}

/// Returns a moment before and one after 15:00 of every day on which a case may be accepted.
fn moments<'c>(case: &Case<'c>, bundle: &'c Bundle) -> impl Iterator<Item = Moment> + use<'c> {
    let (from, until) = case.calendar.covered();
    let effective = bundle.lead().effective();
    let first: NaiveDate = effective.from().max(from);
    let last = effective.until().map_or(until, |it| it.min(until));
    let days = core::iter::successors(Some(first), |it| it.checked_add_days(Days::new(1)));
    let offset = case.calendar.offset();
    let times = [9, 16].into_iter().filter_map(|it| NaiveTime::from_hms_opt(it, 0, 0));
    days.take_while(move |it| *it < last).take(MOST_DAYS).flat_map(move |day| {
        let at = move |time| day.and_time(time).and_local_timezone(offset).single();
        times.clone().filter_map(at)
    })
}

/// A moment from which on the parts may end after the whole.
struct Late {
    from: Moment,
    length: Length,
    known: Vec<(Id, Box<str>)>,
    path: Vec<Id>,
    parts: Moment,
    whole: Moment,
}

impl Late {
    /// Returns by how many seconds the parts are late.
    fn by(&self) -> u64 {
        self.parts.signed_duration_since(self.whole).num_seconds().unsigned_abs()
    }

    fn finding(self) -> Finding {
        let length = self.length.label(Lang::En);
        let message = format!("the parts may end after the term of the whole, of {length}");
        let [from, whole, parts] = [self.from, self.whole, self.parts].map(|it| it.date_naive());
        let detail =
            format!("begun on {from}, the whole ends on {whole}, and the parts on {parts}");
        Finding::at(Part::new(PartKind::Term, DECISION), message)
            .because([Detail::new(detail)])
            .by(self.by())
            .help("shorten a part in the bundle, lengthen the whole, or waive it with the reason")
            .witness(Witness::path(self.path).knowing(self.known).on(from))
    }
}

/// Returns how a moment is too late for the whole; none where it is not.
fn late(case: &Case<'_>, bundle: &Bundle, known: &Known, from: Moment) -> Option<Late> {
    let (length, whole) = (length(bundle.lead(), known)?, due(case, bundle.lead(), known, from)?);
    let mut ends: Vec<(Moment, Vec<Id>)> = Vec::new();
    for (_, name, part) in bundle.parts().iter() {
        let end =
            if applies(bundle, part, known) { end(case, part, known, from, &ends) } else { None };
        let (moment, mut path) = end.unwrap_or((from, Vec::new()));
        path.push(name);
        ends.push((moment, path));
    }
    let (parts, path) = ends.into_iter().max_by_key(|(at, _)| *at)?;
    let (known, whole) = (shown(known), whole.moment());
    (parts > whole).then_some(Late { from, length, known, path, parts, whole })
}

/// Writes what is known for a witness.
pub(super) fn shown(known: &Known) -> Vec<(Id, Box<str>)> {
    known.iter().map(|(id, it)| (*id, Box::from(it.to_string()))).collect()
}

/// What the parts along a way are given, where that is more than the whole has in the same unit.
pub(super) struct Exceeding {
    pub(super) whole: Limit,
    pub(super) sum: Limit,
    pub(super) path: Vec<Given>,
}

/// A part with what it is given of the unit of the whole, and where it was written.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub(super) part: Id,
    pub(super) number: u32,
    pub(super) span: Option<Span>,
}

/// Returns the way of the parts that are given most, where that is more than the whole has.
pub(super) fn exceeding(bundle: &Bundle, known: &Known) -> Option<Exceeding> {
    let whole = length(bundle.lead(), known)?.limit()?;
    let mut paths: Vec<Vec<Given>> = Vec::new();
    for (at, name, part) in bundle.parts().iter() {
        let before = part.after().iter().filter_map(|it| paths.get(it.index()));
        let mut path = before.max_by_key(|it| sum(it)).cloned().unwrap_or_default();
        let own = length(part.procedure(), &shared(part, known)).and_then(Length::limit);
        let own = own.filter(|it| applies(bundle, part, known) && it.unit() == whole.unit());
        let span = bundle.parts().span(at);
        path.push(Given { part: name, number: own.map_or(0, Limit::number), span });
        paths.push(path);
    }
    let path = paths.into_iter().max_by_key(|it| sum(it))?;
    let sum = Limit::new(sum(&path), whole.unit()).filter(|it| it.number() > whole.number())?;
    Some(Exceeding { whole, sum, path })
}

fn sum(path: &[Given]) -> u32 {
    path.iter().fold(0, |sum, it| sum.saturating_add(it.number))
}

/// Returns when a part must have ended that begins when those before it must have; its way there.
fn end(
    case: &Case<'_>,
    part: &BundlePart,
    known: &Known,
    accepted: Moment,
    ends: &[(Moment, Vec<Id>)],
) -> Option<(Moment, Vec<Id>)> {
    let before = part.after().iter().filter_map(|it| ends.get(it.index()));
    let latest = before.max_by_key(|(at, _)| *at).cloned();
    let (begins, path) = latest.unwrap_or((accepted, Vec::new()));
    let due = due(case, part.procedure(), &shared(part, known), begins)?;
    Some((due.moment(), path))
}

/// Returns what a part knows of what is known of the whole.
fn shared(part: &BundlePart, known: &Known) -> Known {
    let shared = part.facts().iter().filter_map(|it| {
        let (_, value) = known.iter().find(|(id, _)| *id == it.bundle)?;
        Some((it.part, *value))
    });
    shared.collect()
}

fn applies(bundle: &Bundle, part: &BundlePart, known: &Known) -> bool {
    let facts = bundle.lead().facts();
    let lookup = |at| {
        let id = facts.fact(at)?.id();
        known.iter().find(|(it, _)| *it == id).map(|(_, value)| *value)
    };
    part.when().is_none_or(|it| it.evaluate(lookup) != Truth::No)
}

/// Returns when the statutory term of a procedure ends; none where that is not known.
fn due(case: &Case<'_>, procedure: &Procedure, known: &Known, at: Moment) -> Option<Due> {
    let (_, term) = procedure.terms().find(&DECISION)?;
    let length = length(procedure, known)?;
    let policies = term.policies().or(*procedure.policies()).or(case.calendar.policies());
    let mut clock = Clock::start(length, at).under(policies);
    if let Some(time) = term.cut_off() {
        clock = clock.cutting_off_at(time);
    }
    clock.due(case.calendar).ok().flatten()
}

/// Returns how long the statutory term of a procedure is; none where that is not known.
fn length(procedure: &Procedure, known: &Known) -> Option<Length> {
    let (_, term) = procedure.terms().find(&DECISION)?;
    let facts = procedure.facts();
    let lookup = |at| {
        let id = facts.fact(at)?.id();
        known.iter().find(|(it, _)| *it == id).map(|(_, value)| *value)
    };
    match term.running(lookup) {
        Running::For(length, _) => Some(length),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::RULE;
    use crate::verify::rules::tests::{JOINED, check_joined};

    #[test]
    fn a_birth_after_three_and_five_days_of_verification() {
        check_joined(
            &RULE,
            JOINED,
            expect![[r#"
                47:7 the parts may end after the term of the whole, of 5 working days
                  note: begun on 2025-01-17, the whole ends on 2025-01-24, and the parts on 2025-02-03
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2025-01-17"#]],
        );
    }

    #[test]
    fn a_whole_that_leaves_room() {
        let text = JOINED
            .replace("limit = \"3 working days\"", "limit = \"4 working days\"")
            .replacen("limit = \"5 working days\"", "limit = \"7 working days\"", 1);
        check_joined(&RULE, &text, expect![""]);
    }
}
