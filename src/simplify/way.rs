//! The prescribed way: where a dossier goes from filing to its result when
//! nothing is missing and nobody asks otherwise.
//!
//! Supplements, refusals, withdrawals, apologies and extensions are beside it.

use alloc::vec::Vec;

use crate::definition::fact::FactIdx;
use crate::definition::{Act, LawIdx, Procedure, ResultIdx, RoleIdx, StateIdx, Target, Transition};

/// The prescribed way of a procedure (trình tự thực hiện).
#[derive(Clone, Debug)]
pub struct Way<'p> {
    procedure: &'p Procedure,
    steps: Vec<StateIdx>,
}

impl<'p> Way<'p> {
    /// Finds the states that stand on some way from filing to an end, in the order of declaration.
    #[must_use]
    pub fn of(procedure: &'p Procedure) -> Self {
        let first = procedure.transitions().get(procedure.filing()).map(Transition::to);
        let start = match first {
            Some(Target::State(state)) => Vec::from([state]),
            Some(Target::Same | Target::Previous) | None => Vec::new(),
        };
        let edges: Vec<(StateIdx, StateIdx)> = edges(procedure).collect();
        let entered = closure(start, |at| {
            edges.iter().filter(move |(from, _)| *from == at).map(|(_, to)| *to)
        });
        let ends = entered.iter().copied().filter(|&it| procedure.is_end(it)).collect();
        let leading = closure(ends, |at| {
            edges.iter().filter(move |(_, to)| *to == at).map(|(from, _)| *from)
        });
        let stands =
            |at: &StateIdx| entered.contains(at) && leading.contains(at) && !procedure.is_end(*at);
        let steps = procedure.states().iter().map(|(at, _, _)| at).filter(stands).collect();
        Self { procedure, steps }
    }

    /// Returns the states in which somebody works on the dossier or is waited for.
    #[must_use]
    pub fn steps(&self) -> &[StateIdx] {
        &self.steps
    }

    /// Returns the transitions between them, and those that leave the last of them.
    pub fn transitions(&self) -> impl Iterator<Item = &'p Transition> {
        self.procedure.transitions().iter().map(|(_, _, it)| it).filter(|it| self.takes(it))
    }

    /// Returns true when a transition is one of them.
    #[must_use]
    pub fn takes(&self, transition: &Transition) -> bool {
        is_prescribed(transition.act()) && transition.from().any(|at| self.steps.contains(&at))
    }

    /// Returns how many desks hand a dossier over to the desk of a state, at most one where all are the same.
    #[must_use]
    pub fn hand_offs(&self, state: StateIdx) -> u32 {
        let role = |at: StateIdx| self.procedure.states().get(at).and_then(|it| it.role());
        let own = role(state);
        let mut from: Vec<RoleIdx> = self
            .transitions()
            .filter(|it| it.leads_to(state))
            .flat_map(Transition::from)
            .filter_map(role)
            .filter(|it| own.is_some_and(|own| own != *it))
            .collect();
        from.sort_unstable();
        from.dedup();
        u32::try_from(from.len()).unwrap_or(u32::MAX)
    }

    /// Returns the facts on which the way hangs, each with the law of the transitions that ask for it.
    #[must_use]
    pub fn conditions(&self) -> Vec<(FactIdx, Vec<LawIdx>)> {
        let mut conditions: Vec<(FactIdx, Vec<LawIdx>)> = Vec::new();
        for transition in self.transitions() {
            for &fact in transition.when().into_iter().flat_map(|it| it.facts()) {
                let at = conditions.iter().position(|(it, _)| *it == fact);
                let at = at.unwrap_or_else(|| {
                    conditions.push((fact, Vec::new()));
                    conditions.len() - 1
                });
                let Some((_, law)) = conditions.get_mut(at) else { continue };
                law.extend(
                    transition
                        .law()
                        .iter()
                        .filter(|it| !law.contains(it))
                        .copied()
                        .collect::<Vec<_>>(),
                );
            }
        }
        conditions.sort_by_key(|(fact, _)| *fact);
        conditions
    }

    /// Returns the results that decisions on the way issue.
    #[must_use]
    pub fn results(&self) -> Vec<ResultIdx> {
        let decides = self.transitions().filter(|it| it.act() == Act::Decide);
        let mut results: Vec<ResultIdx> = decides.filter_map(Transition::result).collect();
        results.sort_unstable();
        results.dedup();
        results
    }
}

/// Returns true for acts that a dossier meets when nothing is missing and nobody asks otherwise.
const fn is_prescribed(act: Act) -> bool {
    matches!(
        act,
        Act::Accept
            | Act::Assign
            | Act::Verify
            | Act::Consult
            | Act::Answer
            | Act::DemandPayment
            | Act::Pay
            | Act::Decide
            | Act::Return
            | Act::Plain
    )
}

fn edges(procedure: &Procedure) -> impl Iterator<Item = (StateIdx, StateIdx)> {
    let prescribed = procedure.transitions().iter().filter(|(_, _, it)| is_prescribed(it.act()));
    prescribed.flat_map(|(_, _, it)| {
        let to = match it.to() {
            Target::State(to) => Some(to),
            Target::Same | Target::Previous => None,
        };
        it.from().filter_map(move |from| Some((from, to?)))
    })
}

fn closure<I: Iterator<Item = StateIdx>>(
    mut reached: Vec<StateIdx>,
    next: impl Fn(StateIdx) -> I,
) -> Vec<StateIdx> {
    let mut done = 0;
    while let Some(&at) = reached.get(done) {
        done += 1;
        let fresh: Vec<StateIdx> = next(at).filter(|it| !reached.contains(it)).collect();
        reached.extend(fresh);
    }
    reached
}
