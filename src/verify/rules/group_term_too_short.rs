//! A term of the whole that ends before its parts can, along the way that takes longest.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};

use super::Rule;
use crate::clock::{Clock, Due};
use crate::definition::bundle::{Bundle, BundlePart};
use crate::definition::fact::{Domain, Value};
use crate::definition::guard::Truth;
use crate::definition::{DECISION, Part, PartKind, Position as _, Procedure, Running};
use crate::diagnostic::Severity;
use crate::id::Id;
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
type Known = Vec<(Id, Value)>;

/// Tries every day of two years, before and after 15:00, for whatever decides the term of the whole.
fn check(case: &Case<'_>, _: &Findings<'_>) -> Vec<Finding> {
    let Some(bundle) = case.bundle else { return Vec::new() };
    let mut found = Vec::new();
    for known in assignments(bundle.lead()) {
        found.extend(moments(case, bundle).find_map(|at| late(case, bundle, &known, at)));
    }
    found
}

/// Returns what may be known when the case is accepted: nothing, or a value of each fact that the term asks for.
fn assignments(lead: &Procedure) -> Vec<Known> {
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

/// Returns the finding of a moment at which the parts may end after the whole.
fn late(case: &Case<'_>, bundle: &Bundle, known: &Known, at: Moment) -> Option<Finding> {
    let whole = due(case, bundle.lead(), known, at)?;
    let mut ends: Vec<(Moment, Vec<Id>)> = Vec::new();
    for (_, name, part) in bundle.parts().iter() {
        let end =
            if applies(bundle, part, known) { end(case, part, known, at, &ends) } else { None };
        let (moment, mut path) = end.unwrap_or((at, Vec::new()));
        path.push(name);
        ends.push((moment, path));
    }
    let (last, path) = ends.into_iter().max_by_key(|(at, _)| *at)?;
    if last <= whole.moment() {
        return None;
    }
    let (last, whole) = (last.date_naive(), whole.date());
    let message = format!("the parts may end on {last}, the term of the whole on {whole}");
    let facts = known.iter().map(|(id, it)| (*id, Box::from(it.to_string())));
    let finding = Finding::at(Part::new(PartKind::Term, DECISION), message)
        .help("shorten a part in the bundle, lengthen the whole, or waive it with the reason")
        .witness(Witness::path(path).knowing(facts).on(at.date_naive()));
    Some(finding)
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
    let shared = part.facts().iter().filter_map(|it| {
        let (_, value) = known.iter().find(|(id, _)| *id == it.bundle)?;
        Some((it.part, *value))
    });
    let due = due(case, part.procedure(), &shared.collect(), begins)?;
    Some((due.moment(), path))
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
    let facts = procedure.facts();
    let lookup = |at| {
        let id = facts.fact(at)?.id();
        known.iter().find(|(it, _)| *it == id).map(|(_, value)| *value)
    };
    let Running::For(length, _) = term.running(lookup) else { return None };
    let policies = term.policies().or(*procedure.policies()).or(case.calendar.policies());
    let mut clock = Clock::start(length, at).under(policies);
    if let Some(time) = term.cut_off() {
        clock = clock.cutting_off_at(time);
    }
    clock.due(case.calendar).ok().flatten()
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
                47:7 the parts may end on 2024-06-18, the term of the whole on 2024-06-17
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2024-06-10
                47:7 the parts may end on 2025-07-09, the term of the whole on 2025-07-08
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2025-07-01
                47:7 the parts may end on 2026-01-10, the term of the whole on 2026-01-09
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2025-12-31
                47:7 the parts may end on 2026-07-09, the term of the whole on 2026-07-08
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2026-07-01
                47:7 the parts may end on 2026-08-13, the term of the whole on 2026-08-12
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2026-08-05
                47:7 the parts may end on 2026-09-10, the term of the whole on 2026-09-09
                  help: shorten a part in the bundle, lengthen the whole, or waive it with the reason
                  witness: birth → residence; verification = true; from 2026-09-01"#]],
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
