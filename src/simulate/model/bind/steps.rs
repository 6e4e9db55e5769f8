//! The steps that a scenario lets happen: who does each, and how long it takes.

use alloc::format;
use alloc::vec::Vec;

use super::{Binding, chance};
use crate::definition::{Act, Channel, Procedure, Requirement, SYSTEM, StateIdx, Transition};
use crate::diagnostic::Diagnostic;
use crate::id::Id;
use crate::money::Ratio;
use crate::read::{Each, Named, TRANSITION};
use crate::simulate::model::{
    PoolModel, StepModel,
    step::{Performer, Share},
};
use crate::simulate::scenario::{Basis, CaseDraft, StepDraft};
use crate::source::At;

/// What a scenario says of one step: of all cases, and of one.
#[derive(Clone, Copy)]
struct Said<'d> {
    at: At<Id>,
    own: Option<&'d StepDraft>,
    shared: Option<&'d StepDraft>,
}

impl<'d> Said<'d> {
    /// Returns what the case itself says, or else what is said of all cases.
    fn or<T>(&self, of: impl Fn(&'d StepDraft) -> Option<T>) -> Option<T> {
        self.own.and_then(&of).or_else(|| self.shared.and_then(&of))
    }
}

impl Binding<'_, '_> {
    /// Returns the steps of a procedure that happen, in the order of the scenario.
    pub(super) fn steps(
        &self,
        procedure: &Procedure,
        case: At<Id>,
        (draft, channels): (&CaseDraft, &[(Channel, f64)]),
        mine: &[usize],
        pools: &[PoolModel],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<StepModel> {
        let shared = &self.scenario.draft.step;
        let mut steps = Vec::new();
        for said in merged(shared, &draft.step) {
            let Some((at, transition)) = procedure.transitions().find(&said.at.value) else {
                if said.own.is_some() {
                    found.push(undeclared(procedure, said.at));
                }
                continue;
            };
            let Some((role, performer)) =
                performer(procedure, case, said, transition, mine, pools, found)
            else {
                continue;
            };
            let states = states(procedure, said, transition, found);
            let (share, apart) = shares(procedure, said, transition, &states, found);
            let needs = transition.needs();
            let pays = procedure.fees().iter().any(|(_, _, it)| it.due_before() == Some(at));
            steps.push(StepModel {
                at,
                name: said.at.value,
                role,
                act: transition.act(),
                to: transition.to(),
                performer,
                share,
                apart,
                at_most: transition.at_most().map_or(u16::MAX, u16::from),
                needs_answers: needs.contains(&Requirement::ConsultationsAnswered),
                needs_payment: pays || needs.contains(&Requirement::FeeSettled),
                moves_clocks: false,
                states,
                days: said
                    .or(|it| (!it.days.is_absent()).then_some(&it.days.0))
                    .map_or(Vec::new(), |it| it.iter().map(|it| it.value).collect()),
                batch: said.or(|it| it.batch).map_or(1, |it| it.value),
                visits: visits(case, channels, said, found),
                sets: sets(procedure, draft, said, found),
                completes: transition.act() == Act::Supplement,
            });
        }
        steps
    }
}

/// Puts what is said of all cases and of one side by side; the case's own steps come in its order.
fn merged<'d>(
    shared: &'d Named<StepDraft>,
    own: &'d Named<StepDraft>,
) -> impl Iterator<Item = Said<'d>> {
    let of_own = |name: Id| own.iter().find(|(it, _)| it.value == name).map(|(_, it)| it);
    let of_shared = |name: Id| shared.iter().find(|(it, _)| it.value == name).map(|(_, it)| it);
    let first =
        shared.iter().map(move |(at, it)| Said { at, own: of_own(at.value), shared: Some(it) });
    let rest = own.iter().filter(move |(at, _)| of_shared(at.value).is_none());
    first.chain(rest.map(|(at, it)| Said { at, own: Some(it), shared: None }))
}

fn undeclared(procedure: &Procedure, at: At<Id>) -> Diagnostic {
    let known = procedure.transitions().iter().map(|(_, it, _)| it);
    TRANSITION.undeclared_by(*procedure.id(), at, known)
}

/// Returns the states in which a scenario lets a step happen, where it says so.
fn states(
    procedure: &Procedure,
    said: Said<'_>,
    transition: &Transition,
    found: &mut Vec<Diagnostic>,
) -> Vec<StateIdx> {
    let mut states = Vec::new();
    for state in
        said.or(|it| (!it.states.is_absent()).then_some(&it.states.0)).into_iter().flatten()
    {
        match procedure.states().find(&state.value) {
            Some((at, _)) if transition.from.contains(at) => states.push(at),
            _ => found.push(elsewhere(procedure, said.at, transition, *state)),
        }
    }
    states
}

fn elsewhere(
    procedure: &Procedure,
    step: At<Id>,
    transition: &Transition,
    state: At<Id>,
) -> Diagnostic {
    let from = procedure.states().iter().filter(|(it, _, _)| transition.from.contains(*it));
    let from: Vec<Id> = from.map(|(_, it, _)| it).collect();
    let message = format!("`{}` does not leave state `{}`", step.value, state.value);
    let diagnostic = Diagnostic::error("undeclared-state", state.span, message);
    diagnostic.nearest(state.value.as_str(), from.iter().map(Id::as_str))
}

/// Returns the trips that a step takes of those who filed by each channel of the case.
///
/// What a step says for all cases may name channels that this case has not.
fn visits(
    case: At<Id>,
    channels: &[(Channel, f64)],
    said: Said<'_>,
    found: &mut Vec<Diagnostic>,
) -> [u8; Channel::ALL.len()] {
    let mut visits = [0; Channel::ALL.len()];
    let Some(written) = said.or(|it| it.visits.as_ref()) else { return visits };
    let is_own = said.own.is_some_and(|it| it.visits.is_some());
    let all = || Channel::ALL.iter().map(|it| it.as_str());
    let known: Vec<&str> = match is_own {
        true => channels.iter().map(|(it, _)| it.as_str()).collect(),
        false => all().collect(),
    };
    for channel in written.names().filter(|it| !known.contains(&it.value.as_str())) {
        let message = match all().any(|it| channel.value == *it) {
            true => format!("case `{}` is not filed by `{}`", case.value, channel.value),
            false => format!("`{}` is no channel", channel.value),
        };
        let diagnostic = Diagnostic::error("channel-not-offered", channel.span, message);
        let diagnostic = diagnostic.nearest(channel.value.as_str(), known.iter().copied());
        found.push(diagnostic.or_help(|| format!("the channels are {}", known.join(", "))));
    }
    for (visits, (channel, _)) in visits.iter_mut().zip(channels) {
        *visits = written.of(channel.as_str()).copied().unwrap_or(0);
    }
    visits
}

/// Returns how often a step is taken, and how often in the states that are named apart.
fn shares(
    procedure: &Procedure,
    said: Said<'_>,
    transition: &Transition,
    own: &[StateIdx],
    found: &mut Vec<Diagnostic>,
) -> (Share, Vec<(StateIdx, Share)>) {
    let first = said.or(|it| it.share.as_ref());
    let again = said.or(|it| it.again.as_ref());
    let mut apart = Vec::new();
    for state in first.into_iter().chain(again).flat_map(Each::names) {
        let place = procedure.states().find(&state.value).map(|it| it.0);
        match place.filter(|it| transition.from.contains(*it)) {
            Some(at) if own.is_empty() || own.contains(&at) => {
                let of = |it: &Each<At<Ratio>>| it.of(state.value.as_str()).map(|it| it.value);
                apart.push((at, share(first.and_then(of), again.and_then(of))));
            }
            Some(_) => found.push(left_out(said.at, state)),
            None => found.push(elsewhere(procedure, said.at, transition, state)),
        }
    }
    apart.sort_unstable_by_key(|it| it.0);
    apart.dedup_by_key(|it| it.0);
    let everywhere = |it: &Each<At<Ratio>>| match it {
        Each::All(it) => Some(it.value),
        Each::By(_) => None,
    };
    (share(first.and_then(everywhere), again.and_then(everywhere)), apart)
}

fn share(first: Option<Ratio>, again: Option<Ratio>) -> Share {
    match (first.map(chance), again.map(chance)) {
        (Some(first), again) => Share::Chance { first, again: again.unwrap_or(first) },
        (None, Some(again)) => Share::Chance { first: 1.0, again },
        (None, None) => Share::Rest,
    }
}

fn left_out(step: At<Id>, state: At<Id>) -> Diagnostic {
    let message = format!("`{}` does not happen in state `{}`", step.value, state.value);
    let diagnostic = Diagnostic::error("undeclared-state", state.span, message);
    diagnostic.help("name it in `in` too, or leave out its share")
}

/// Finds who does a step: officers if it is work, else whoever may and is outside.
fn performer(
    procedure: &Procedure,
    case: At<Id>,
    said: Said<'_>,
    transition: &Transition,
    mine: &[usize],
    pools: &[PoolModel],
    found: &mut Vec<Diagnostic>,
) -> Option<(Id, Performer)> {
    let may: Vec<Id> = transition.by().filter_map(|it| procedure.roles().name(it)).collect();
    let named = said.or(|it| it.by);
    if let Some(named) = named.filter(|it| !may.contains(&it.value)) {
        let message = format!("`{}` may not take `{}`", named.value, said.at.value);
        let diagnostic = Diagnostic::error("undeclared-role", named.span, message);
        let known: Vec<&str> = may.iter().map(Id::as_str).collect();
        found.push(diagnostic.help(format!("it is taken by {}", known.join(", "))));
        return None;
    }
    let candidates: Vec<Id> = named.map_or(may, |it| Vec::from([it.value]));
    let pool_of = |role: &Id| {
        mine.iter().copied().find(|&it| pools.get(it).is_some_and(|it| it.works(role, &case.value)))
    };
    if let Some(work) = said.or(|it| it.work.as_ref()) {
        let staffed = candidates.iter().find_map(|it| Some((*it, pool_of(it)?)));
        if let Some((role, pool)) = staffed {
            return Some((role, Performer::Pool(pool, work.value.clone())));
        }
        found.push(unstaffed(case, said, &candidates));
        return None;
    }
    let applicant = procedure.applicant().and_then(|it| procedure.roles().name(it));
    let wait = said.or(|it| it.wait.as_ref()).map(|it| it.value.clone());
    let outside =
        [applicant, Some(SYSTEM)].into_iter().flatten().find(|it| candidates.contains(it));
    let role = outside.or_else(|| candidates.first().copied().filter(|_| wait.is_some()));
    let Some(role) = role else {
        let message =
            format!("`{}` takes no time: nothing says how long it is worked on", said.at.value);
        let diagnostic = Diagnostic::error("missing-key", said.at.span, message);
        found.push(diagnostic.help("add `work`, or `wait` where nobody's time is spent"));
        return None;
    };
    let basis = said.or(|it| it.counted).unwrap_or(Basis::Clock);
    Some((role, Performer::Outside(wait, basis)))
}

fn unstaffed(case: At<Id>, said: Said<'_>, roles: &[Id]) -> Diagnostic {
    let names: Vec<alloc::string::String> = roles.iter().map(|it| format!("`{it}`")).collect();
    let message = format!(
        "`{}` of case `{}` is the work of {}, and no pool does it",
        said.at.value,
        case.value,
        names.join(" or ")
    );
    let diagnostic = Diagnostic::error("unstaffed-role", said.at.span, message);
    diagnostic
        .help("add the role, and the case where cases are named, to a pool of the same office")
}

/// Resolves what becomes of facts; what cannot be read was reported with the facts.
fn sets(
    procedure: &Procedure,
    draft: &CaseDraft,
    said: Said<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(Id, crate::definition::fact::Value)> {
    let mut sets = Vec::new();
    let declared = |fact: &Id| {
        draft.fact.iter().any(|(it, _)| it.value == *fact)
            || draft.facts.iter().flat_map(|it| &it.value.0).any(|(it, _)| it.value == *fact)
    };
    let is_own = said.own.is_some_and(|it| it.sets.is_some());
    for (fact, text) in said.or(|it| it.sets.as_ref()).iter().flat_map(|it| &it.0) {
        // What is said of all cases concerns those that have the fact.
        if !is_own && !declared(&fact.value) {
            continue;
        }
        let domain =
            procedure.facts().position(&fact.value).and_then(|it| procedure.facts().fact(it));
        let value = domain.and_then(|it| it.domain().parse(text));
        match value.filter(|_| declared(&fact.value)) {
            Some(value) => sets.push((fact.value, value)),
            None => {
                let message = format!("`{text}` cannot become of fact `{}`", fact.value);
                let diagnostic = Diagnostic::error("bad-value", fact.span, message);
                found.push(diagnostic.help(format!(
                    "declare the fact under `[case.NAME.fact.{}]`, and write a value of it",
                    fact.value
                )));
            }
        }
    }
    sets
}
