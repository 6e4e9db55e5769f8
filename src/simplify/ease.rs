//! Which conditions rule fewer cases out than before.
//!
//! A condition is a fact that guards on the way ask for. It became weaker when
//! each of those guards holds wherever it held before, and one of them may hold
//! for a value of the fact with which it never held. A guard that asks for less
//! of one fact does not make the conditions of its other facts weaker.

use alloc::format;
use alloc::vec::Vec;

use super::joint::Joint;
use super::pairing::Pairing;
use super::way::Way;
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::{Exists, Guard, Relation, representatives};
use crate::definition::{Act, Part, PartKind, Procedure, Transition};

/// Returns the conditions of a procedure, as parts, that are weaker in the later version.
pub(super) fn eased(before: &Procedure, after: &Procedure) -> Vec<Part> {
    let pairing = Pairing::between(before, after);
    let joint = Joint::of(before, after, &pairing);
    let ways = [Way::of(before), Way::of(after)];
    let steps = steps(&pairing, &ways, before, after);
    let [_, later] = &ways;
    let conditions = later.conditions();
    let kept = pairing.pairs().filter(|(it, _)| it.kind() == PartKind::Fact);
    let eased = kept.filter(|(was, is)| {
        let places = (before.facts().position(was.name()), after.facts().position(is.name()));
        let (Some(old), Some(new)) = places else { return false };
        let is_asked = conditions.iter().any(|(it, _)| *it == new);
        is_asked && joint.before(old) == joint.after(new) && is_weaker(&joint, &steps, old, new)
    });
    eased.map(|(was, _)| was).collect()
}

/// A transition of the way before, and the one of the way after.
type Step<'p> = (Option<&'p Transition>, Option<&'p Transition>);

fn steps<'p>(
    pairing: &Pairing,
    [earlier, later]: &[Way<'p>; 2],
    before: &'p Procedure,
    after: &'p Procedure,
) -> Vec<Step<'p>> {
    let found = |procedure: &'p Procedure, part: Option<&Part>| {
        procedure.transitions().find(part?.name()).map(|(_, it)| it)
    };
    let of_transitions = |it: &&super::Match| {
        it.before().iter().chain(it.after()).all(|it| it.kind() == PartKind::Transition)
    };
    let steps = pairing.matches().iter().filter(of_transitions).flat_map(|it| {
        // Of a split or a merger each later one stands for the first of the earlier ones.
        let old = found(before, it.before().first()).filter(|it| earlier.takes(it));
        let later = it.after().iter().map(move |new| (old, found(after, Some(new))));
        later.chain(it.after().is_empty().then_some((old, None)))
    });
    steps.map(|(old, new)| (old, new.filter(|it| later.takes(it)))).collect()
}

fn is_weaker(joint: &Joint, steps: &[Step<'_>], old: FactIdx, new: FactIdx) -> bool {
    let asks = |it: Option<&Transition>, fact: FactIdx| {
        it.and_then(Transition::when).is_some_and(|it| it.facts().contains(&fact))
    };
    let own = || steps.iter().filter(|(was, is)| asks(*was, old) || asks(*is, new));
    // To be asked to pay in more cases is no relief.
    let holds_wider = own().all(|(was, is)| match (was, is) {
        (Some(was), Some(is)) => {
            is.act() != Act::DemandPayment
                && matches!(
                    joint.relation(was.when(), is.when()),
                    Relation::Equivalent | Relation::Weaker { .. }
                )
        }
        (None, Some(_)) => false,
        (_, None) => true,
    });
    holds_wider && own().any(|(was, is)| admits_more(joint, joint.before(old), *was, *is))
}

/// Returns true when a step may be taken with a value of a fact with which it never could.
fn admits_more(
    joint: &Joint,
    fact: FactIdx,
    was: Option<&Transition>,
    is: Option<&Transition>,
) -> bool {
    let (Some(was), Some(is)) = (was, is) else { return false };
    let Some(old) = was.when().map(|it| joint.guard_before(it)) else { return false };
    let new = is.when().map(|it| joint.guard_after(it));
    let Some(declared) = joint.facts().fact(fact) else { return false };
    let guards: Vec<&Guard> = [&old].into_iter().chain(&new).collect();
    let holds = |guard: &Guard, value: &Guard| joint.facts().overlap(&[guard, value]);
    representatives(fact, declared.domain(), &guards).into_iter().any(|value| {
        let id = declared.id();
        let text = match value {
            Value::Boolean(true) => format!("{id}"),
            Value::Boolean(false) => format!("not {id}"),
            other => format!("{id} == {other}"),
        };
        let Ok(value) = Guard::parse(&text, joint.facts()) else { return false };
        let could = holds(&old, &value) != Exists::Nowhere;
        let can = new.as_ref().is_none_or(|it| matches!(holds(it, &value), Exists::In(_)));
        can && !could
    })
}
