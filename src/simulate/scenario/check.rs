//! What can be wrong with a scenario before any procedure is known.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::draft::{ArrivalsDraft, CaseDraft, Draft, PoolDraft, StepDraft};
use super::uneven;
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::money::Ratio;
use crate::read::{Each, Kind, Named, Pairs};
use crate::source::{At, Span};

/// Most replications of one run.
const MAX_REPLICATIONS: u32 = 1_000_000;

/// Most days of one run.
const MAX_DAYS: i64 = 36_600;

pub(super) fn check(draft: &Draft, found: &mut Vec<Diagnostic>) {
    head(draft, found);
    for (_, office) in draft.office.iter() {
        positive(office.count.map(|it| (u64::from(it.value), it.span)), "offices", found);
    }
    for (name, pool) in draft.pool.iter() {
        self::pool(draft, name, pool, found);
    }
    for (_, step) in draft.step.iter() {
        self::step(step, found);
    }
    for (name, case) in draft.case.iter() {
        self::case(draft, name, case, found);
    }
    if draft.case.0.is_empty() {
        let message = "nobody files anything: there is no `[case.NAME]`";
        let diagnostic = Diagnostic::error("missing-key", draft.scenario.0.span, message);
        found.push(diagnostic.help("add a case, with its procedure and its arrivals"));
    }
}

fn head(draft: &Draft, found: &mut Vec<Diagnostic>) {
    let head = &draft.scenario.0;
    if let (Some(from), Some(until)) = (head.from.0, head.until.0) {
        let days = (until.value - from.value).num_days();
        let warm_up = head.warm_up.map_or(0, |it| i64::from(it.value));
        if days <= 0 {
            let message = format!("the run ends on {} before it begins", until.value);
            found.push(bad(until.span, message, "`until` is the first day on which nobody files"));
        } else if days > MAX_DAYS {
            let message = format!("a run of {days} days is too long");
            found.push(bad(until.span, message, &format!("at most {MAX_DAYS} days are run")));
        } else if let Some(at) = head.warm_up.filter(|_| warm_up >= days) {
            let message = format!("{warm_up} days of warm-up leave nothing of {days} days");
            found.push(bad(at.span, message, "make the run longer, or the warm-up shorter"));
        }
    }
    let replications = head.replications.map(|it| (u64::from(it.value), it.span));
    positive(replications, "replications", found);
    if let Some(it) = head.replications.filter(|it| it.value > MAX_REPLICATIONS) {
        let message = format!("{} replications are too many", it.value);
        found.push(bad(it.span, message, &format!("at most {MAX_REPLICATIONS} are run")));
    }
    if let Some(it) = head.precision
        && (it.value.numerator() == 0 || it.value.exceeds_one())
    {
        let message = format!("a precision of `{}` is none", percent(it.value));
        found.push(bad(it.span, message, "write half the width of the interval, such as `5%`"));
    }
}

fn pool(draft: &Draft, name: At<Id>, pool: &PoolDraft, found: &mut Vec<Diagnostic>) {
    declared(&draft.office, pool.office, OFFICE, found);
    for case in &pool.cases.0 {
        declared(&draft.case, Some(*case), CASE, found);
    }
    positive(pool.officers.0.map(|it| (u64::from(it.value), it.span)), "officers", found);
    positive(pool.at_once.map(|it| (u64::from(it.value), it.span)), "dossiers at once", found);
    share(pool.absence, found);
    if let Some(it) = pool.absence.filter(|it| it.value.numerator() == it.value.denominator()) {
        let message = format!("an absence of `{}` leaves nobody", percent(it.value));
        found.push(bad(it.span, message, "an absence is less than `100%`"));
    }
    if pool.roles.is_absent() {
        let message = format!("pool `{}` has no roles", name.value);
        found.push(bad(name.span, message, "name the roles of procedures in `roles`"));
    }
    for it in pool.sessions.0.iter().filter(|it| it.until.value <= it.from.value) {
        let message = "the session ends before it begins";
        let diagnostic = Diagnostic::error("backward-session", it.until.span, message);
        found.push(diagnostic.help("`until` comes after `from`"));
    }
}

fn step(step: &StepDraft, found: &mut Vec<Diagnostic>) {
    shares(step.share.as_ref(), found);
    shares(step.again.as_ref(), found);
    positive(step.batch.map(|it| (u64::from(it.value), it.span)), "dossiers of a batch", found);
    if let (Some(work), Some(_)) = (&step.work, &step.wait) {
        let message = "a step is either work of officers or a wait for somebody else";
        found.push(bad(work.span, message, "keep `work` or `wait`"));
    }
}

fn case(draft: &Draft, name: At<Id>, case: &CaseDraft, found: &mut Vec<Diagnostic>) {
    declared(&draft.office, case.office, OFFICE, found);
    share(case.complete, found);
    if let Some(channels) = &case.channels {
        whole(channels, "channels", found);
    }
    for (_, fact) in case.fact.iter() {
        if let Some(chances) = &fact.chances.0 {
            whole(chances, "chances", found);
        }
    }
    for (_, answer) in case.answer.iter() {
        share(answer.silent, found);
    }
    for (_, it) in case.step.iter() {
        step(it, found);
    }
    match &case.arrivals {
        Some(it) => arrivals(&it.0, name, found),
        None if case.backlog.is_none() => {
            let message = format!("case `{}` has neither arrivals nor a backlog", name.value);
            let help = format!("add `[case.{}.arrivals]`", name.value);
            found.push(bad(name.span, message, &help));
        }
        None => {}
    }
}

fn arrivals(it: &ArrivalsDraft, case: At<Id>, found: &mut Vec<Diagnostic>) {
    let has_gap = it.gap.is_written && !it.after.is_written;
    let ways = [it.rate.is_written, has_gap, !it.at.is_absent(), it.after.is_written];
    if ways.into_iter().filter(|it| *it).count() != 1 {
        let message =
            format!("the arrivals of `{}` need one of `rate`, `gap`, `at` and `after`", case.value);
        found.push(bad(it.span, message, "write one of them; beside `after`, `gap` is the delay"));
    }
    if let Some(cv) = it.cv {
        if !it.rate.is_written {
            let help = "write it beside `rate`; a `gap` has a law of its own";
            found.push(bad(cv.span, "`cv` tells how the gaps of a `rate` vary", help));
        } else if uneven(cv.value).is_none() {
            let message = format!("gaps cannot vary by {}", cv.value);
            found.push(bad(cv.span, message, "write from 0.01 to 10; 1 is chance alone"));
        }
    }
    let lists = [
        (&it.by_hour, 24, "by-hour"),
        (&it.by_weekday, 7, "by-weekday"),
        (&it.by_month, 12, "by-month"),
    ];
    for (list, length, key) in lists {
        if !list.is_absent() && list.0.len() != length {
            let span = list.0.first().map_or(it.span, |it| it.span);
            let message = format!("`{key}` has {} numbers", list.0.len());
            found.push(bad(span, message, &format!("write {length} weights, zero for none")));
        } else if !list.is_absent() && list.0.iter().all(|it| it.value == 0) {
            let message = format!("`{key}` lets nobody file");
            found.push(bad(it.span, message, "at least one weight is more than zero"));
        }
    }
    if let Some(early) = it.at.0.windows(2).find_map(|it| match it {
        [before, after] if after.value < before.value => Some(after),
        _ => None,
    }) {
        let message = format!("the arrival at {} is out of order", early.value.0);
        found.push(bad(early.span, message, "list the arrivals from the first to the last"));
    }
}

fn shares(it: Option<&Each<At<Ratio>>>, found: &mut Vec<Diagnostic>) {
    it.into_iter().flat_map(Each::values).for_each(|it| share(Some(*it), found));
}

/// A chance is at most 100 %.
fn share(it: Option<At<Ratio>>, found: &mut Vec<Diagnostic>) {
    if let Some(it) = it.filter(|it| it.value.exceeds_one()) {
        let message = format!("`{}` is more than all of them", percent(it.value));
        found.push(bad(it.span, message, "a share is at most `100%`"));
    }
}

/// Chances of which one comes true make 100 %, exactly.
fn whole(chances: &At<Pairs<Ratio>>, what: &str, found: &mut Vec<Diagnostic>) {
    let sum = chances.value.0.iter().try_fold((0_u128, 1_u128), |(num, den), (_, it)| {
        let (other_num, other_den) = (u128::from(it.numerator()), u128::from(it.denominator()));
        let num = num.checked_mul(other_den)?.checked_add(other_num.checked_mul(den)?)?;
        let den = den.checked_mul(other_den)?;
        let common = gcd(num, den);
        Some((num / common, den / common))
    });
    if sum.is_none_or(|(num, den)| num != den) {
        let makes = match sum {
            Some((num, den)) => percent_of(num, den),
            None => "what cannot be counted".into(),
        };
        let message = format!("the {what} make {makes}, not 100 %");
        found.push(bad(chances.span, message, "let them add up to `100%`"));
    }
}

/// Writes a share as people do.
fn percent(it: Ratio) -> String {
    percent_of(it.numerator().into(), it.denominator().into())
}

/// Writes a part of a whole as percent, where that takes no more than five decimals.
fn percent_of(num: u128, den: u128) -> String {
    const UNIT: u128 = 100_000;
    let parts = num.checked_mul(100 * UNIT).filter(|it| it.is_multiple_of(den.max(1)));
    let Some(parts) = parts.map(|it| it / den.max(1)) else { return format!("{num}/{den}") };
    let decimals = format!("{:05}", parts % UNIT);
    match decimals.trim_end_matches('0') {
        "" => format!("{} %", parts / UNIT),
        decimals => format!("{}.{decimals} %", parts / UNIT),
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

fn positive(it: Option<(u64, Span)>, what: &str, found: &mut Vec<Diagnostic>) {
    if let Some((0, span)) = it {
        found.push(bad(span, format!("there are no {what}"), "write a number from 1 on"));
    }
}

const OFFICE: Kind = Kind { code: "undeclared-office", what: "office", table: "office" };
const CASE: Kind = Kind { code: "undeclared-case", what: "case", table: "case" };

fn declared<T>(table: &Named<T>, name: Option<At<Id>>, kind: Kind, found: &mut Vec<Diagnostic>) {
    let Some(name) = name else { return };
    if table.0.iter().any(|(it, _)| it.value == name.value) {
        return;
    }
    found.push(kind.undeclared(name, table.names()));
}

fn bad(span: Span, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::error("bad-figure", span, message).help(help)
}
