//! What the transitions of a choice ask for, and what of it fails in a case.
//!
//! Each fact is one line that names the transition. What the law says of the
//! case is for the reader.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::case::Case;
use super::inquiry::{Meeting, guards};
use crate::definition::guard::{Assignment, Guard, Truth};
use crate::definition::{Part, PartKind, Procedure, Target, Transition, TransitionIdx};
use crate::diagnostic::Detail;
use crate::id::Id;

/// How many letters of a condition are shown.
const MAX_LETTERS: usize = 120;

/// How many transitions, and how many gaps beside the first, are shown.
const MAX_SHOWN: usize = 3;

/// States what a transition asks for, and what of it fails in a case.
pub(super) fn asked(procedure: &Procedure, at: TransitionIdx, case: &Assignment) -> Option<Detail> {
    let (name, transition) = (procedure.transitions().name(at)?, procedure.transitions().get(at)?);
    let text = match transition.when() {
        None => format!("`{name}` has no condition"),
        Some(when) => {
            format!("`{name}` asks for `{}`{}", cut(when), failing(procedure, when, case))
        }
    };
    Some(Detail::at(procedure.span_of(&Part::new(PartKind::Transition, name)), text))
}

/// Names transitions outside a choice whose conditions hold in a case.
pub(super) fn outside(case: &Case<'_>, of: &Meeting, gap: &Assignment) -> Vec<Detail> {
    let roles = of.roles(case.procedure);
    let leaving = case.procedure.leaving(of.state);
    let holding = leaving.filter(|(at, _, it)| {
        let holds = |when: &Guard| when.evaluate(|fact| gap.value(fact)) == Truth::Yes;
        let goes = matches!(it.to(), Target::State(to) if to != of.state);
        let acts = it.by().next().is_some();
        goes && acts && !of.of.contains(at) && it.when().is_some_and(holds)
    });
    let detail = |(_, name, it): (TransitionIdx, Id, &Transition)| {
        let part = Part::new(PartKind::Transition, name);
        let shared = it.by().any(|role| roles.contains(&role));
        let text = if shared {
            format!("`{name}` holds here, and is not in the choice")
        } else {
            let names = roles.iter().filter_map(|it| case.procedure.roles().name(*it));
            let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
            let names = names.join(", ");
            format!("`{name}` holds here, but not for {names}; adding it does not close the gap")
        };
        Detail::at(case.procedure.span_of(&part), text)
    };
    holding.take(MAX_SHOWN).map(detail).collect()
}

/// States other gaps of the same transitions: those that stay where what fails of one of them is mended.
pub(super) fn other_gaps(case: &Case<'_>, of: &Meeting, gap: &Assignment) -> Vec<Detail> {
    let Some(guards) = guards(case.procedure, &of.of) else { return Vec::new() };
    let part = Part::new(PartKind::Choice, of.choice);
    let facts = case.procedure.facts();
    let mut shown: Vec<String> = Vec::new();
    for guard in &guards {
        let mended = unmet(case.procedure, guard, gap).join(" and ");
        let Ok(mended) = Guard::parse(&mended, facts) else { continue };
        let other = case.inquiry.gap_where(part, &mended, &guards);
        let differing = other.case().and_then(|it| case.inquiry.differing(it, gap));
        shown.extend(differing.filter(|it| !shown.contains(it)));
    }
    let text = |it| format!("another gap, all else alike, for {it}");
    shown.into_iter().take(MAX_SHOWN).map(text).map(Detail::new).collect()
}

/// Says what of a condition fails in a case; nothing where it holds.
fn failing(procedure: &Procedure, when: &Guard, case: &Assignment) -> String {
    let conditions = unmet(procedure, when, case);
    let quoted: Vec<String> = conditions.iter().map(|it| format!("`{it}`")).collect();
    match &*conditions {
        [] => String::new(),
        [one] if **one == *when.as_str() => ", which fails here".into(),
        [_] => format!("; here {} fails", quoted.concat()),
        _ => format!("; here {} fail", quoted.join(" and ")),
    }
}

/// Returns the conditions that would have to turn for a guard to hold: as few as possible.
fn unmet(procedure: &Procedure, when: &Guard, case: &Assignment) -> Vec<String> {
    let found = when.unmet(|fact| case.value(fact), procedure.facts());
    found.needs().iter().flat_map(|it| it.conditions().map(String::from)).collect()
}

fn cut(when: &Guard) -> String {
    let text = when.as_str();
    match text.char_indices().nth(MAX_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into(),
    }
}
