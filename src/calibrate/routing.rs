//! How often a step was taken where it was possible, the first time and later.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::patience::{Never, share_out};
use super::sample::Sample;
use super::way::{Stay, Way, only_lapses, outlook};
use crate::definition::fact::FactIdx;
use crate::definition::guard::{Guard, Truth};
use crate::definition::{Act, Procedure, StateIdx, Target, Transition, TransitionIdx, Waiting};

/// How often of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    pub(super) taken: f64,
    pub(super) possible: f64,
}

/// A step: the first time, and again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) first: Count,
    pub(super) again: Count,
}

/// By what the steps that were possible in a stay are told.
struct Stays<'p> {
    procedure: &'p Procedure,
    /// The facts that some dossier tells.
    told: BTreeSet<FactIdx>,
}

/// What the stays of a log tell of choices.
#[derive(Debug, Default)]
pub(super) struct Routing {
    pub(super) counts: BTreeMap<TransitionIdx, BTreeMap<StateIdx, Counts>>,
    /// Lengths that were cut off, by the step that was waited for; from and until.
    pub(super) cuts: BTreeMap<TransitionIdx, Vec<(i64, i64, f64)>>,
    /// The exits of each state that were possible together, and how often each was taken then.
    pub(super) choices: BTreeMap<(StateIdx, Vec<TransitionIdx>), BTreeMap<TransitionIdx, u64>>,
    /// The states in which some waited for nothing.
    pub(super) abandoned: Vec<StateIdx>,
    /// Stays that were open at the end and that nobody outside was waited for.
    pub(super) open: u64,
}

impl Count {
    #[expect(clippy::float_arithmetic, reason = "counts may count in part")]
    fn add(&mut self, taken: f64) {
        self.taken += taken;
        self.possible += 1.0;
    }
}

impl Routing {
    pub(super) fn of(
        procedure: &Procedure,
        ways: &[Way],
        end: i64,
        waits: impl Fn(TransitionIdx) -> bool,
    ) -> Self {
        let mut routing = Self::default();
        let told = ways.iter().flat_map(|it| it.facts.keys().copied()).collect();
        let stays = Stays { procedure, told };
        let mut cut: BTreeMap<StateIdx, Vec<(&Way, &Stay)>> = BTreeMap::new();
        for way in ways {
            for stay in &way.stays {
                match &stay.exit {
                    Some(exit) if !exit.is_lapse => {
                        routing.closed(&stays, way, stay, exit.step);
                    }
                    // Nothing follows the last stay of a dossier that has ended.
                    None if way.has_ended => {}
                    Some(_) | None => cut.entry(stay.state).or_default().push((way, stay)),
                }
            }
        }
        for (state, cut) in cut {
            routing.cut(&stays, ways, (state, &cut), end, &waits);
        }
        routing
    }

    /// Counts a stay that came to its end.
    fn closed(&mut self, stays: &Stays<'_>, way: &Way, stay: &Stay, exit: TransitionIdx) {
        let (mut exits, mut all_sure) = (Vec::new(), true);
        for Open { step, is_errand, is_sure } in stays.possible(way, stay) {
            let taken = match is_errand {
                true => stay.errands.iter().any(|it| it.step == step),
                false => step == exit,
            };
            if is_sure {
                self.count(stay, step, f64::from(u8::from(taken)));
            }
            if !is_errand {
                exits.push(step);
                all_sure &= is_sure;
            }
        }
        if all_sure {
            *self.choices.entry((stay.state, exits)).or_default().entry(exit).or_default() += 1;
        }
    }

    fn count(&mut self, stay: &Stay, step: TransitionIdx, taken: f64) {
        let counts = self.counts.entry(step).or_default().entry(stay.state).or_default();
        match stay.before.get(&step) {
            None | Some(0) => counts.first.add(taken),
            Some(_) => counts.again.add(taken),
        }
    }

    /// Shares out the stays of a state that were cut off: by a term, or by the end of the log.
    fn cut(
        &mut self,
        all: &Stays<'_>,
        ways: &[Way],
        (state, stays): (StateIdx, &[(&Way, &Stay)]),
        end: i64,
        waits: &impl Fn(TransitionIdx) -> bool,
    ) {
        let seen = lengths(ways, state);
        if seen.is_empty() || !seen.keys().all(|it| waits(*it)) {
            self.open += stays.iter().filter(|(_, it)| it.exit.is_none()).count() as u64;
            return;
        }
        let until = |stay: &Stay| stay.exit.as_ref().map_or(Some(end), |it| it.at);
        let cuts: Vec<(&Way, &Stay, i64, i64)> = stays
            .iter()
            .filter_map(|(way, stay)| Some((*way, *stay, stay.since?, until(stay)?)))
            .collect();
        let options: Vec<Vec<i64>> = seen.values().cloned().collect();
        let lengths: Vec<i64> = cuts.iter().map(|(_, _, from, until)| until - from).collect();
        let for_applicant = all.procedure.states().get(state).and_then(|it| it.waits_for());
        let may_end = stays.iter().any(|(_, it)| it.exit.is_some());
        let never = match for_applicant == Some(Waiting::Applicant) || may_end {
            true => Never::Perhaps,
            false => Never::Not,
        };
        let shared = share_out(&options, &lengths, never);
        if shared.never > 0.0 {
            self.abandoned.push(state);
        }
        for ((way, stay, from, until), chances) in cuts.into_iter().zip(&shared.cuts) {
            let chance = |step: &TransitionIdx| {
                seen.keys().zip(chances).find(|(it, _)| *it == step).map_or(0.0, |it| *it.1)
            };
            for Open { step, .. } in
                all.possible(way, stay).into_iter().filter(|it| it.is_sure && !it.is_errand)
            {
                self.count(stay, step, chance(&step));
                self.cuts.entry(step).or_default().push((from, until, chance(&step)));
            }
        }
    }
}

/// How long each exit of a state was waited for, in seconds of the clock.
fn lengths(ways: &[Way], state: StateIdx) -> BTreeMap<TransitionIdx, Vec<i64>> {
    let mut lengths: BTreeMap<TransitionIdx, Vec<i64>> = BTreeMap::new();
    let stays = ways.iter().flat_map(|it| &it.stays).filter(|it| it.state == state);
    for stay in stays {
        if let Some(exit) = stay.exit.as_ref().filter(|it| !it.is_lapse)
            && let Some((from, until)) = stay.since.zip(exit.at)
        {
            lengths.entry(exit.step).or_default().push(until - from);
        }
    }
    lengths
}

/// A step that could be taken in a stay.
#[derive(Clone, Copy, Debug)]
struct Open {
    step: TransitionIdx,
    is_errand: bool,
    /// False where its condition rests on a fact that other dossiers tell and this one does not.
    is_sure: bool,
}

impl Stays<'_> {
    /// Returns the steps that could be taken in a stay.
    fn possible(&self, way: &Way, stay: &Stay) -> Vec<Open> {
        let procedure = self.procedure;
        let option = |at: TransitionIdx, step: &Transition| {
            let times = stay.before.get(&at).copied().unwrap_or(0);
            let done = stay.errands.iter().chain(&stay.exit).any(|it| it.step == at);
            let asked = || step.when().map_or(&[][..], Guard::facts).iter();
            let truth = outlook(procedure, step, way.channel, &stay.facts);
            let may = truth != Truth::No
                && step.at_most().is_none_or(|it| times < u16::from(it))
                && !only_lapses(procedure, at);
            let untold = truth == Truth::Unknown
                && asked().any(|it| !stay.facts.contains_key(it) && self.told.contains(it));
            let is_errand = step.to() == Target::Same;
            (may || done).then_some(Open { step: at, is_errand, is_sure: done || !untold })
        };
        procedure.leaving(stay.state).filter_map(|(at, _, step)| option(at, step)).collect()
    }
}

/// Adds the lengths that were cut off to a sample.
pub(super) fn add_cuts(
    sample: &mut Sample,
    cuts: Option<&Vec<(i64, i64, f64)>>,
    between: impl Fn(i64, i64) -> i64,
) {
    for (from, until, chance) in cuts.into_iter().flatten().filter(|it| it.2 > 1e-6) {
        sample.cut(between(*from, *until), *chance);
    }
}

/// Returns true for the step by which papers that lack are asked for before acceptance.
pub(super) fn asks_for_papers(procedure: &Procedure, at: TransitionIdx) -> bool {
    let Some(step) = procedure.transitions().get(at) else { return false };
    let filing = procedure.transitions().get(procedure.filing()).map(|it| it.to());
    let from_filed = step.from().any(|it| filing == Some(Target::State(it)));
    step.act() == Act::RequestSupplement && from_filed
}
