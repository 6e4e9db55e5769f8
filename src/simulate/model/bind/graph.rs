//! Which steps are possible where: every guard decided for every combination of facts.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::definition::guard::Truth;
use crate::definition::{
    Act, Position as _, Requirement, Running, StateIdx, Target, Transition, Waiting,
};
use crate::diagnostic::{Detail, Diagnostic, Severity};
use crate::simulate::model::{CaseModel, Node, StepModel};
use crate::source::Span;

/// Draws the nodes of a case.
pub(super) fn draw(case: &mut CaseModel<'_>) {
    let procedure = case.cx.procedure();
    let mut nodes = Vec::new();
    let mut choices = Vec::new();
    for profile in 0..case.profiles {
        for is_complete in [false, true] {
            for (state, _, _) in procedure.states().iter() {
                let possible = |it: &&(usize, &StepModel, &Transition)| {
                    it.2.from.contains(state)
                        && (it.1.states.is_empty() || it.1.states.contains(&state))
                        && is_possible(case, it, profile, is_complete)
                };
                let steps = case.steps.iter().enumerate();
                let steps = steps.filter_map(|(place, it)| {
                    Some((place, it, procedure.transitions().get(it.at)?))
                });
                let all: Vec<_> = steps.collect();
                let (errands, exits): (Vec<_>, Vec<_>) =
                    all.iter().filter(possible).partition(|it| it.2.to() == Target::Same);
                let mut put = |list: &[&(usize, &StepModel, &Transition)]| {
                    let start = choices.len() as u32;
                    choices.extend(list.iter().map(|it| it.0 as u16));
                    start..choices.len() as u32
                };
                nodes.push(Node { errands: put(&errands), exits: put(&exits) });
            }
        }
    }
    case.nodes = nodes;
    case.choices = choices;
}

fn is_possible(
    case: &CaseModel<'_>,
    (_, _, transition): &(usize, &StepModel, &Transition),
    profile: u32,
    is_complete: bool,
) -> bool {
    if !is_complete && transition.needs().contains(&Requirement::Documents) {
        return false;
    }
    let lookup = case.lookup(profile);
    transition.when().is_none_or(|it| it.evaluate(lookup) == Truth::Yes)
}

/// A place where a dossier may stand.
type Place = (u32, bool, StateIdx);

/// Walks everywhere a dossier can come to, and says from where it could not go on; each fault once.
pub(super) fn check(case: &CaseModel<'_>, span: Span, found: &mut Vec<Diagnostic>) {
    let mut open: Vec<Place> = first(case).collect();
    let mut seen: BTreeSet<Place> = open.iter().copied().collect();
    let mut said: BTreeSet<(StateIdx, &'static str)> = BTreeSet::new();
    while let Some(place) = open.pop() {
        if case.states.get(place.2.index()).is_none_or(|it| it.is_terminal) {
            continue;
        }
        if let Some(fault) = fault(case, place)
            && said.insert((place.2, fault.code))
        {
            found.push(report(case, place, fault, span));
        }
        for next in onward(case, place) {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
}

/// Returns where dossiers begin: filed, or waiting in the backlog.
fn first(case: &CaseModel<'_>) -> impl Iterator<Item = Place> {
    let states = [case.filed].into_iter().chain(case.backlog.iter().map(|(it, _)| *it));
    let drawn = |profile: &u32| {
        case.facts.iter().all(|it| {
            let radix = it.values.len().max(1) as u32;
            it.values.get((profile / it.stride % radix) as usize).is_none_or(|it| it.1 > 0.0)
        })
    };
    let profiles: Vec<u32> = (0..case.profiles).filter(drawn).collect();
    let papers: &[bool] = match case.complete {
        it if it >= 1.0 => &[true],
        it if it <= 0.0 => &[false],
        _ => &[false, true],
    };
    states.flat_map(move |state| {
        let profiles = profiles.clone();
        profiles
            .into_iter()
            .flat_map(move |it| papers.iter().map(move |&papers| (it, papers, state)))
    })
}

/// Returns every place to which a step leads; back to where a dossier was, that is any state.
fn onward(case: &CaseModel<'_>, (profile, is_complete, state): Place) -> Vec<Place> {
    let Some(node) = case.node(profile, is_complete, state) else { return Vec::new() };
    let steps = case.choices(&node.errands).iter().chain(case.choices(&node.exits));
    let mut places = Vec::new();
    for step in steps.filter_map(|it| case.steps.get(usize::from(*it))) {
        let profile = case.becoming(profile, &step.sets);
        let to = match step.to {
            Target::State(to) => Some(to),
            Target::Same => Some(state),
            Target::Previous => None,
        };
        places.extend(to.map(|to| (profile, is_complete || step.completes, to)));
    }
    places.extend(expiring(case, profile, state).map(|to| (profile, is_complete, to)));
    places
}

/// Returns where the end of a term leads from a state; one whose length is not known never ends.
fn expiring(case: &CaseModel<'_>, profile: u32, state: StateIdx) -> impl Iterator<Item = StateIdx> {
    let procedure = case.cx.procedure();
    procedure.terms().iter().filter_map(move |(_, _, it)| {
        let transition = procedure.transitions().get(it.expires()?)?;
        let ends = matches!(it.running(case.lookup(profile)), Running::For(..));
        match transition.to() {
            Target::State(to) if ends && transition.from.contains(state) => Some(to),
            _ => None,
        }
    })
}

/// What is wrong with a place, and how to mend it.
struct Fault {
    code: &'static str,
    severity: Severity,
    what: String,
    help: &'static str,
}

impl Fault {
    fn new(code: &'static str, help: &'static str, what: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, what: what.into(), help }
    }
}

const NAME_A_STEP: &str = "give one of them under `[step.NAME]`, without `share` if it is the rest";

fn fault(case: &CaseModel<'_>, (profile, is_complete, state): Place) -> Option<Fault> {
    let procedure = case.cx.procedure();
    let node = case.node(profile, is_complete, state)?;
    let exits: Vec<&StepModel> = case
        .choices(&node.exits)
        .iter()
        .filter_map(|it| case.steps.get(usize::from(*it)))
        .collect();
    let lapses = expiring(case, profile, state).next().is_some();
    if exits.is_empty() {
        let stuck = || Fault::new("stuck-case", NAME_A_STEP, "nothing that happens leaves it");
        return (!lapses).then(stuck);
    }
    if let Some(step) = exits.iter().find(|it| it.needs_answers)
        && let Some(agency) = unasked(case, profile)
    {
        let help = "add a step that consults, and `[case.NAME.answer.AGENCY]`";
        let what = format!("`{}` needs the answer of `{agency}`, which nobody gives", step.name);
        return Some(Fault::new("stuck-case", help, what));
    }
    let highest = exits.iter().filter_map(|it| it.rank(state, is_complete)).max();
    let rests =
        exits.iter().filter(|it| highest.is_some() && it.rank(state, is_complete) == highest);
    let rests: Vec<&str> = rests.map(|it| it.name.as_str()).collect();
    if rests.len() > 1 {
        let names = rests.join("`, `");
        let what = format!("`{names}` could each be the next step");
        let help = "give a `share` to all of them but one";
        return Some(Fault::new("ambiguous-exits", help, what));
    }
    for (first, which) in [(true, "`share`"), (false, "`again`")] {
        let chances = exits.iter().filter(|it| it.rank(state, is_complete).is_none());
        let sum = chances.filter_map(|it| it.share(state).after(u16::from(!first)));
        let sum = sum.fold(0.0, add);
        if sum > 1.000_000_001 {
            let what = format!("its chances by {which} make {}", percent(sum));
            let help = "let the chances add up to at most `100%`";
            return Some(Fault::new("shares-exceed-whole", help, what));
        }
        if first && rests.is_empty() && !lapses && sum < 0.999_999_999 {
            let waits_for = procedure.states().get(state)?.waits_for();
            return Some(remainder(sum, waits_for));
        }
    }
    None
}

/// What is wrong where chances leave a rest that no step takes and no term ends.
///
/// Applicants may let a dossier lie, and then it is open to the end of the run.
#[expect(clippy::float_arithmetic, reason = "a chance is no money")]
fn remainder(sum: f64, waits_for: Option<Waiting>) -> Fault {
    if waits_for != Some(Waiting::Applicant) {
        let what = format!("its chances by `share` make {}, and nothing is the rest", percent(sum));
        return Fault::new("stuck-case", NAME_A_STEP, what);
    }
    let what = format!(
        "{} stay for ever: no step is the rest, and no term of known length ends the wait",
        percent(1.0 - sum)
    );
    let fault = Fault::new("stays-for-ever", NAME_A_STEP, what);
    Fault { severity: Severity::Warning, ..fault }
}

/// Returns an agency that the law has asked and that is not asked, or never answers.
fn unasked(case: &CaseModel<'_>, profile: u32) -> Option<crate::id::Id> {
    let asks = case.steps.iter().any(|it| it.act == Act::Consult);
    let mut agencies = case.cx.procedure().consultations().iter();
    let unasked = agencies.find(|(at, _, it)| {
        let applies = it.when().is_none_or(|it| it.evaluate(case.lookup(profile)) != Truth::No);
        applies && !(asks && case.answers.iter().any(|it| it.at == *at))
    });
    unasked.map(|(_, name, _)| name)
}

#[expect(clippy::float_arithmetic, reason = "a chance is no money")]
fn add(sum: f64, chance: f64) -> f64 {
    sum + chance
}

#[expect(clippy::float_arithmetic, reason = "a chance is no money")]
fn percent(chance: f64) -> String {
    format!("{:.2} %", chance * 100.0)
}

fn report(
    case: &CaseModel<'_>,
    (profile, is_complete, state): Place,
    fault: Fault,
    span: Span,
) -> Diagnostic {
    let procedure = case.cx.procedure();
    let state_name = procedure.states().name(state).map(|it| format!("{it}")).unwrap_or_default();
    let message = format!("in state `{state_name}` of case `{}`, {}", case.name, fault.what);
    let channel = case.channels.get(case.channel(profile));
    let mut facts: Vec<String> =
        channel.iter().map(|(it, _)| format!("channel = {}", it.as_str())).collect();
    facts.extend(case.values(profile).map(|(fact, value)| format!("{} = {value}", fact.id)));
    if !is_complete {
        facts.push("papers are missing".into());
    }
    let leaving = procedure.leaving(state).filter(|(_, _, it)| it.to() != Target::Same);
    let names: Vec<String> =
        leaving.map(|(_, name, it)| hindrance(case, profile, is_complete, name, it)).collect();
    let mut details = Vec::new();
    if !facts.is_empty() {
        details.push(Detail::new(format!("with {}", facts.join(", "))));
    }
    details.push(Detail::new(format!("it is left by {}", names.join(", "))));
    let diagnostic = match fault.severity {
        Severity::Warning => Diagnostic::warning(fault.code, span, message),
        _ => Diagnostic::error(fault.code, span, message),
    };
    diagnostic.because(details).help(fault.help)
}

/// Names a step, and what keeps it from happening here.
fn hindrance(
    case: &CaseModel<'_>,
    profile: u32,
    is_complete: bool,
    name: crate::id::Id,
    transition: &Transition,
) -> String {
    let procedure = case.cx.procedure();
    let listed = case.steps.iter().any(|it| it.name == name);
    let at = procedure.transitions().find(&name).map(|it| it.0);
    let lapses = procedure.terms().iter().any(|(_, _, it)| at.is_some() && it.expires() == at);
    let lookup = case.lookup(profile);
    let truth = transition.when().map_or(Truth::Yes, |it| it.evaluate(lookup));
    let why = match truth {
        Truth::Unknown => " (its condition asks for facts that the case does not give)",
        Truth::No => " (its condition does not hold)",
        Truth::Yes if !is_complete && transition.needs().contains(&Requirement::Documents) => {
            " (it needs the papers)"
        }
        Truth::Yes if !listed && lapses => {
            " (not in the scenario, and its term has no known length)"
        }
        Truth::Yes if !listed => " (not in the scenario)",
        Truth::Yes => "",
    };
    format!("`{name}`{why}")
}
