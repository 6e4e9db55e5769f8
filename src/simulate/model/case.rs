//! Dossiers of one kind: their facts, their graph, their arrivals.

use alloc::vec::Vec;

use super::step::StateModel;
use super::{Arrivals, Node, StepModel};
use crate::definition::fact::{FactIdx, Value};
use crate::definition::{Channel, ConsultationIdx, StateIdx};
use crate::dossier::Context;
use crate::id::Id;
use crate::simulate::random::{Distribution, Key, Uniform};
use crate::simulate::scenario::Basis;

/// One kind of case, bound to the version of its procedure.
#[derive(Debug)]
pub(crate) struct CaseModel<'c> {
    pub(crate) name: Id,
    pub(crate) cx: Context<'c>,
    pub(crate) priority: u8,
    pub(crate) filed: StateIdx,
    pub(crate) filer: Id,
    pub(crate) channels: Vec<(Channel, f64)>,
    pub(crate) facts: Vec<FactModel>,
    /// The fact that the channel fills, where the procedure asks for it.
    pub(crate) channel_fact: Option<FactIdx>,
    /// How many combinations of channel and facts there are.
    pub(crate) profiles: u32,
    /// The chance that the papers are complete when the dossier is filed.
    pub(crate) complete: f64,
    pub(crate) pays: Option<Distribution>,
    // INVARIANT: what each profile owes in fees, in đồng, none where that is not known; empty without fees.
    pub(crate) fees: Vec<Option<i64>>,
    pub(crate) arrivals: Arrivals,
    /// Cases of which a dossier is filed when one of this case has ended, by their positions.
    pub(crate) followers: Vec<u32>,
    pub(crate) states: Vec<StateModel>,
    pub(crate) steps: Vec<StepModel>,
    // INVARIANT: one for each profile, with and without papers, and each state.
    pub(crate) nodes: Vec<Node>,
    pub(crate) choices: Vec<u16>,
    pub(crate) answers: Vec<AnswerModel>,
    pub(crate) backlog: Vec<(StateIdx, u32)>,
    pub(crate) backlog_age: Option<Distribution>,
}

/// A fact that differs from dossier to dossier.
#[derive(Clone, Debug)]
pub(crate) struct FactModel {
    pub(crate) at: FactIdx,
    pub(crate) id: Id,
    pub(crate) values: Vec<(Value, f64)>,
    /// How many combinations the facts before it have.
    pub(crate) stride: u32,
}

/// How an agency answers.
#[derive(Clone, Debug)]
pub(crate) struct AnswerModel {
    pub(crate) at: ConsultationIdx,
    pub(crate) name: Id,
    pub(crate) after: Distribution,
    pub(crate) basis: Basis,
    pub(crate) silent: f64,
}

// What a uniform number of a dossier is for; its steps have keys of their own.
const CHANNEL: u64 = 0;
const PAPERS: u64 = 1;
pub(crate) const PAYMENT: u64 = 2;
pub(crate) const AGE: u64 = 3;
pub(crate) const DELAY: u64 = 4;
const FACTS: u64 = 16;

impl CaseModel<'_> {
    /// Returns the place of a node.
    #[inline]
    pub(crate) fn node(&self, profile: u32, is_complete: bool, state: StateIdx) -> Option<&Node> {
        use crate::definition::Position as _;
        let row = profile as usize * 2 + usize::from(is_complete);
        self.nodes.get(row * self.states.len() + state.index())
    }

    /// Returns the steps of a range of a node.
    #[inline]
    pub(crate) fn choices(&self, range: &core::ops::Range<u32>) -> &[u16] {
        self.choices.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Draws channel and facts of a dossier.
    #[inline]
    pub(crate) fn draw_profile(&self, luck: Key) -> u32 {
        let channel = match self.channels.as_slice() {
            [] | [_] => 0,
            all => pick(all.iter().map(|(_, share)| *share), luck.uniform(CHANNEL)),
        };
        let mut profile = channel;
        for (number, fact) in self.facts.iter().enumerate() {
            let value = match fact.values.as_slice() {
                [] | [_] => 0,
                all => {
                    let purpose = FACTS + number as u64;
                    let luck = luck.name(&fact.id).uniform(purpose);
                    pick(all.iter().map(|(_, share)| *share), luck)
                }
            };
            profile += value * fact.stride;
        }
        profile
    }

    #[inline]
    pub(crate) fn draw_papers(&self, luck: Key) -> bool {
        self.complete >= 1.0 || luck.uniform(PAPERS).get() < self.complete
    }

    /// Returns the profile in which a fact has another value.
    pub(crate) fn with(&self, profile: u32, fact: usize, value: u32) -> u32 {
        let Some(fact) = self.facts.get(fact) else { return profile };
        let radix = fact.values.len().max(1) as u32;
        let now = profile / fact.stride % radix;
        profile - now * fact.stride + value * fact.stride
    }

    /// Returns the profile after a step that sets facts.
    pub(crate) fn becoming(&self, profile: u32, sets: &[(Id, Value)]) -> u32 {
        sets.iter().fold(profile, |profile, (id, value)| {
            let fact = self.facts.iter().position(|it| it.id == *id);
            let place = fact.and_then(|fact| {
                let values = &self.facts.get(fact)?.values;
                Some((fact, values.iter().position(|(it, _)| it == value)?))
            });
            place.map_or(profile, |(fact, value)| self.with(profile, fact, value as u32))
        })
    }

    /// Returns what a dossier of a profile owes in fees, in đồng; none where that is not known.
    pub(crate) fn owed(&self, profile: u32) -> Option<i64> {
        self.fees.get(profile as usize).copied().unwrap_or(Some(0))
    }

    /// Returns the channel of a profile.
    pub(crate) fn channel(&self, profile: u32) -> usize {
        profile as usize % self.channels.len().max(1)
    }

    /// Returns the trips to the office that filing takes: one to its counter.
    pub(crate) fn trips_to_file(&self, profile: u32) -> u64 {
        let channel = self.channels.get(self.channel(profile));
        u64::from(channel.is_some_and(|(it, _)| *it == Channel::Counter))
    }

    /// Returns true when the applicant is there while officers take a step: it takes a trip,
    /// or what was just filed at the counter is looked at.
    #[inline]
    pub(crate) fn is_attended(&self, step: &StepModel, profile: u32, state: StateIdx) -> bool {
        step.trips(self.channel(profile)) > 0
            || (state == self.filed && self.trips_to_file(profile) > 0)
    }

    /// Returns the value of every fact of a profile.
    pub(crate) fn values(&self, profile: u32) -> impl Iterator<Item = (&FactModel, Value)> {
        self.facts.iter().filter_map(move |it| {
            let radix = it.values.len().max(1) as u32;
            let (value, _) = it.values.get((profile / it.stride % radix) as usize)?;
            Some((it, *value))
        })
    }

    /// Answers for the facts of a profile, as guards ask.
    pub(crate) fn lookup(&self, profile: u32) -> impl Fn(FactIdx) -> Option<Value> {
        move |at| {
            if Some(at) == self.channel_fact {
                return self
                    .channels
                    .get(self.channel(profile))
                    .and_then(|(it, _)| channel_value(*it));
            }
            self.values(profile).find(|(it, _)| it.at == at).map(|(_, value)| value)
        }
    }
}

/// Returns the word of a channel as a value of the fact `channel`.
fn channel_value(channel: Channel) -> Option<Value> {
    Id::try_new(channel.as_str()).map(Value::Choice)
}

/// Picks one of several by their chances.
#[inline]
fn pick(chances: impl Iterator<Item = f64>, luck: Uniform) -> u32 {
    let mut left = luck.get();
    let mut last = 0;
    for (place, chance) in chances.enumerate() {
        if chance > 0.0 {
            last = place as u32;
            if left < chance {
                break;
            }
        }
        #[expect(clippy::float_arithmetic, reason = "a chance is no money")]
        {
            left -= chance;
        }
    }
    last
}
