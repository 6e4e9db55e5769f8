//! Estimates: every parameter that a log tells, with how surely, and what it does not tell.
#![expect(clippy::float_arithmetic, reason = "counts may count in part")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::answers::{self, Answers};
use super::arrivals::Arrivals;
use super::choices::{self, Choices};
use super::facts::{self, FactShares, Sets};
use super::fit::Fit;
use super::hours::Watch;
use super::pools::{self, Pool};
use super::routing::{Count, Routing, asks_for_papers};
use super::sample::Sample;
use super::shares::Shares;
use super::steps::{self, Performed, TimeKind};
use super::way::{self, Way, only_lapses};
use crate::calendar::{Calendar, Moment};
use crate::conform::{Model, Trace};
use crate::definition::fact::Value;
use crate::definition::{Channel, Procedure, StateIdx, Target, TransitionIdx};
use crate::error::Error;
use crate::id::Id;
use crate::simulate::figures::{Confidence, Interval};
use crate::simulate::{Basis, Hours};
use crate::text::{Text, say};

/// What a log tells of a caseload.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Estimates {
    /// The procedure.
    pub procedure: Id,
    /// Its version.
    pub version: Id,
    /// The calendar by which working time was counted.
    pub calendar: Id,
    /// How many dossiers were learnt from.
    pub dossiers: u64,
    /// How many of them the procedure explains only with deviations.
    pub deviating: u64,
    /// How many could not be compared with the procedure, or hold no step of it.
    pub unread: u64,
    /// How many had not ended.
    pub open: u64,
    /// How often the intervals hold.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::data::level"))]
    pub confidence: Confidence,
    /// How dossiers came in; none where no filing was recorded.
    pub arrivals: Option<Arrivals>,
    /// How many were filed by which channel.
    pub channels: Vec<(Channel, u64)>,
    /// How many had their papers when they were filed; none where nobody can be sent back for them.
    pub complete: Option<Chance>,
    /// What cases are.
    pub facts: Vec<FactShares>,
    /// The steps, about in the order in which they are taken.
    pub steps: Vec<StepEstimate>,
    /// Steps that were possible and never taken.
    pub never: Vec<Id>,
    /// How agencies answered.
    pub answers: Vec<Answers>,
    /// Who works.
    pub pools: Vec<Pool>,
    /// How many dossiers were open at the end, by state, and how long ago each had been filed.
    pub backlog: Vec<(Id, u64)>,
    /// How old the open dossiers were.
    pub backlog_age: Option<Fit>,
    /// The day after the last event.
    pub end: chrono::NaiveDate,
    /// What could not be told.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::data::texts"))]
    pub untold: Vec<Text>,
}

/// How often of how many, and between which bounds the share lies.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct Chance {
    /// How often.
    pub taken: u64,
    /// Of how many.
    pub possible: u64,
    /// The share.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::data::interval"))]
    pub share: Interval,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) written: u32,
}

/// What a log tells of a step.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub struct StepEstimate {
    /// The step.
    pub step: Id,
    /// How often it was taken.
    pub times: u64,
    /// Who takes it.
    pub role: Option<Id>,
    /// True where a transition may be taken by several roles.
    pub names_role: bool,
    /// The states in which it is taken; empty where it is in all that it leads from.
    pub states: Vec<Id>,
    /// How often it is taken where it is possible; none where it is what happens otherwise.
    pub share: Shares,
    /// The same once it was taken; none where that was never seen, or is no different.
    pub again: Shares,
    /// What its time is.
    pub kind: TimeKind,
    /// How long it takes; none where no moment was recorded.
    pub time: Option<Fit>,
    /// Over which hours a wait counts.
    pub counted: Basis,
    /// What becomes of facts with it.
    pub sets: Vec<(Id, Value)>,
    /// True where some cases need it that no dossier of the log was.
    pub assumed: bool,
}

impl Chance {
    pub(super) fn of(count: Count, confidence: Confidence) -> Option<Self> {
        let taken = libm::round(count.taken) as u64;
        let possible = libm::round(count.possible) as u64;
        let taken = taken.min(possible);
        let share = Interval::of_share(taken, possible, confidence)?;
        let written = libm::round(share.mean() * 10_000.0) as u32;
        Some(Self { taken, possible, share, written })
    }

    /// Returns the share as a scenario has it, in hundredths of a percent: with others it makes no more than all.
    #[must_use]
    pub const fn written(&self) -> u32 {
        self.written
    }

    /// Returns true where both were counted in the same dossiers.
    pub(super) fn is_of_the_same(&self, other: &Self) -> bool {
        self.share == other.share && self.possible == other.possible
    }

    /// Returns true where less is written than was counted: with others it would make more than all.
    pub(super) fn is_lessened(&self) -> bool {
        f64::from(self.written) + 5.0 < self.share.mean() * 10_000.0
    }

    /// Returns true where it was always taken.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.taken == self.possible
    }
}

/// Estimates the parameters of a caseload from recorded dossiers of one version of a procedure.
///
/// What is open counts as open at the given moment, the last of the log without
/// one. None where no trace holds a step of the procedure.
///
/// # Errors
///
/// When a moment of the log is outside the coverage of the calendar.
pub fn calibrate(
    model: &mut Model<'_>,
    calendar: &Calendar,
    traces: &[Trace],
    as_of: Option<Moment>,
    confidence: Confidence,
) -> Result<Option<Estimates>, Error> {
    let mut ways: Vec<Way> = Vec::new();
    for trace in traces {
        ways.extend(way::follow(model, calendar, trace));
    }
    let moments = || traces.iter().flat_map(|it| &it.entries).map(|it| it.at);
    let (Some(first), Some(last)) = (moments().min(), moments().max()) else { return Ok(None) };
    if ways.is_empty() {
        return Ok(None);
    }
    let end = as_of.map_or(last, |it| it.max(last));
    let local = |at: Moment| at.with_timezone(&calendar.offset()).date_naive();
    calendar.kind(local(end))?;
    let watch = Watch::from(calendar, local(first))?;
    let log = Log { procedure: model.procedure(), calendar, ways: &ways, watch, end, confidence };
    let unread = (traces.len() - ways.len()) as u64;
    Ok(log.estimates(unread))
}

/// A log that was followed.
struct Log<'l> {
    procedure: &'l Procedure,
    calendar: &'l Calendar,
    ways: &'l [Way],
    watch: Watch,
    end: Moment,
    confidence: Confidence,
}

impl Log<'_> {
    fn estimates(&self, unread: u64) -> Option<Estimates> {
        let (procedure, ways) = (self.procedure, self.ways);
        let performed = steps::gather(procedure, ways, &self.watch);
        let end = self.end.timestamp();
        let waits = |it| performed.get(&it).is_some_and(|it: &Performed| it.kind == TimeKind::Wait);
        let mut routing = Routing::of(procedure, ways, end, waits);
        let complete = self.complete(&mut routing);
        let choices = choices::of(procedure, &routing, self.confidence);
        let sets = facts::sets(procedure, ways);
        let pools = pools::pools(procedure, self.calendar, ways, &performed, &self.watch);
        let steps = self.steps(&performed, &routing, &choices, &sets, &pools);
        let mut untold = Vec::new();
        self.tell_routing(&routing, &mut untold);
        let count =
            |which: &dyn Fn(&Way) -> bool| ways.iter().filter(|it| which(it)).count() as u64;
        let (backlog, backlog_age) = self.backlog();
        let mut estimates = Estimates {
            procedure: *procedure.id(),
            version: *procedure.version(),
            calendar: self.calendar.id(),
            dossiers: ways.len() as u64,
            deviating: count(&|it| it.deviates),
            unread,
            open: count(&|it| !it.has_ended),
            confidence: self.confidence,
            arrivals: self.arrivals(),
            channels: self.channels(),
            complete,
            facts: facts::shares(procedure, ways),
            steps,
            never: self.never(),
            answers: answers::answers(procedure, ways, &self.watch, end, self.confidence),
            pools,
            backlog,
            backlog_age,
            end: pools::day(self.calendar, end)?.succ_opt()?,
            untold,
        };
        let seen = ways.iter().flat_map(|it| &it.stays).map(|it| it.state).collect();
        super::settle::settle(procedure, seen, &mut estimates);
        super::untold::tell(&mut estimates);
        Some(estimates)
    }

    fn arrivals(&self) -> Option<Arrivals> {
        let mut moments: Vec<i64> = self.ways.iter().filter_map(|it| it.filed).collect();
        moments.sort_unstable();
        Arrivals::of(moments, self.calendar, &self.watch, self.confidence)
    }

    fn channels(&self) -> Vec<(Channel, u64)> {
        let offered = self.procedure.channels().iter();
        let count =
            |it: &Channel| self.ways.iter().filter(|way| way.channel == Some(*it)).count() as u64;
        offered.map(|it| (*it, count(it))).filter(|it| it.1 > 0).collect()
    }

    /// Takes whoever is sent back before acceptance for one whose papers lacked.
    fn complete(&self, routing: &mut Routing) -> Option<Chance> {
        let step =
            routing.counts.keys().copied().find(|it| asks_for_papers(self.procedure, *it))?;
        let Target::State(filed) = self.procedure.transitions().get(self.procedure.filing())?.to()
        else {
            return None;
        };
        let counts = routing.counts.get_mut(&step)?.get_mut(&filed)?;
        let Count { taken, possible } = counts.first;
        counts.first.taken = 0.0;
        Chance::of(Count { taken: possible - taken, possible }, self.confidence)
    }

    fn steps(
        &self,
        performed: &BTreeMap<TransitionIdx, Performed>,
        routing: &Routing,
        choices: &Choices,
        sets: &Sets,
        pools: &[Pool],
    ) -> Vec<StepEstimate> {
        let mut all: Vec<_> =
            performed.iter().filter(|(it, _)| **it != self.procedure.filing()).collect();
        all.sort_by_key(|(_, it)| it.rank);
        let each = all.into_iter();
        each.filter_map(|(at, it)| self.step(*at, it, routing, choices, sets, pools)).collect()
    }

    fn step(
        &self,
        at: TransitionIdx,
        it: &Performed,
        routing: &Routing,
        choices: &Choices,
        sets: &Sets,
        pools: &[Pool],
    ) -> Option<StepEstimate> {
        let choice = choices.get(&at).cloned().unwrap_or_default();
        let (time, counted) = self.time(at, it, routing, pools);
        let transition = self.procedure.transitions().get(at)?;
        Some(StepEstimate {
            step: self.procedure.transitions().name(at)?,
            times: it.times,
            role: it.role,
            names_role: transition.by().count() > 1,
            states: choice.states,
            share: choice.share,
            again: choice.again,
            kind: it.kind,
            time,
            counted,
            sets: sets.get(&at).cloned().unwrap_or_default(),
            assumed: false,
        })
    }

    fn time(
        &self,
        at: TransitionIdx,
        it: &Performed,
        routing: &Routing,
        pools: &[Pool],
    ) -> (Option<Fit>, Basis) {
        if it.kind == TimeKind::Work {
            let own = pools.iter().find(|pool| it.role.is_some_and(|it| pool.roles.contains(&it)));
            let hours = own.map_or(Hours::Always, |it| it.hours);
            let lengths =
                it.spans.iter().map(|(from, until)| self.watch.between(hours, *from, *until));
            return (Fit::of(&Sample::of(lengths), self.confidence), Basis::Office);
        }
        let found = steps::fit_wait(at, &it.spans, routing, &self.watch, self.confidence);
        found.map_or((None, Basis::Clock), |(fit, basis)| (Some(fit), basis))
    }

    /// Returns the steps that were possible and never taken, in their order.
    fn never(&self) -> Vec<Id> {
        let seen: BTreeSet<StateIdx> =
            self.ways.iter().flat_map(|it| &it.stays).map(|it| it.state).collect();
        let transitions = self.procedure.transitions().iter();
        let never = transitions.filter(|(at, _, it)| {
            let mut stays = self.ways.iter().flat_map(|it| &it.stays);
            let taken = stays.any(|it| it.errands.iter().chain(&it.exit).any(|it| it.step == *at));
            !taken && it.from().any(|it| seen.contains(&it)) && !only_lapses(self.procedure, *at)
        });
        never.map(|(_, name, _)| name).collect()
    }

    fn backlog(&self) -> (Vec<(Id, u64)>, Option<Fit>) {
        let mut states: BTreeMap<StateIdx, u64> = BTreeMap::new();
        let mut ages = Vec::new();
        for way in self.ways.iter().filter(|it| !it.has_ended) {
            let Some(stay) = way.stays.last() else { continue };
            *states.entry(stay.state).or_default() += 1;
            ages.extend(way.filed.map(|it| self.end.timestamp() - it));
        }
        let named = states
            .into_iter()
            .filter_map(|(state, count)| Some((self.procedure.states().name(state)?, count)));
        (named.collect(), Fit::of(&Sample::of(ages), self.confidence))
    }

    fn tell_routing(&self, routing: &Routing, untold: &mut Vec<Text>) {
        for state in &routing.abandoned {
            let Some(name) = self.procedure.states().name(*state) else { continue };
            untold.push(say!(
                lang,
                "Ở trạng thái `{name}`, một số hồ sơ không đi bước nào cho đến khi hết hạn hoặc hết nhật ký: tỷ lệ các bước không đủ 100 %; nhật ký không nói vì sao.",
                "In state `{name}` some dossiers took no step until a term or the log ended: the shares of its steps do not make 100 %, and the log does not say why."
            ));
        }
    }
}
