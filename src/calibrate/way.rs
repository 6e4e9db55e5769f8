//! The way of one recorded dossier through its procedure: stays, and the steps taken in them.
//!
//! A step that nobody recorded moves the dossier and has no moment; what was
//! recorded and not allowed is left out. What is known of the case is taken to
//! have been so from the filing on, until a step says otherwise, because a
//! simulated case knows its facts from the filing on.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::calendar::{Calendar, Moment};
use crate::conform::{Ending, Entry, Meaning, Model, Move, Task, Trace};
use crate::definition::fact::{FactIdx, Value};
use crate::definition::guard::Truth;
use crate::definition::{
    Act, CHANNEL, Channel, ConsultationIdx, Procedure, Requirement, SYSTEM, StateIdx, Target,
    Transition, TransitionIdx,
};
use crate::dossier::{ActorId, Context, term};
use crate::id::Id;

/// What became of one dossier.
#[derive(Debug)]
pub(super) struct Way {
    /// When it was filed; none where the record begins later.
    pub(super) filed: Option<i64>,
    pub(super) channel: Option<Channel>,
    /// What the case was when it was filed, by the place of the fact.
    pub(super) facts: Known,
    /// In their order; the last one is open unless the dossier has ended.
    pub(super) stays: Vec<Stay>,
    pub(super) asked: Vec<Asked>,
    pub(super) has_ended: bool,
    pub(super) deviates: bool,
    /// What became known with which step, of a fact that was known before.
    pub(super) told: Vec<Told>,
}

/// Facts by their place.
pub(super) type Known = BTreeMap<FactIdx, Value>;

/// A stay in a state.
#[derive(Debug)]
pub(super) struct Stay {
    pub(super) state: StateIdx,
    pub(super) since: Option<i64>,
    pub(super) facts: Known,
    /// How often each step had been taken before.
    pub(super) before: BTreeMap<TransitionIdx, u16>,
    /// Steps that stayed there.
    pub(super) errands: Vec<Taken>,
    /// The step that ended it.
    pub(super) exit: Option<Taken>,
}

/// A step that was taken.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) step: TransitionIdx,
    pub(super) at: Option<i64>,
    pub(super) began: Option<i64>,
    /// When nothing that the record tells of stood in its way any more.
    pub(super) ready: Option<i64>,
    pub(super) actor: Option<ActorId>,
    pub(super) role: Option<Id>,
    /// True when it happened by itself because a term had ended.
    pub(super) is_lapse: bool,
}

/// An agency that was asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) consultation: ConsultationIdx,
    pub(super) at: i64,
    /// The last second on time.
    pub(super) due: Option<i64>,
    pub(super) answered: Option<i64>,
}

/// A fact told anew with a step.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) step: TransitionIdx,
    pub(super) fact: FactIdx,
    pub(super) value: Value,
    pub(super) changes: bool,
}

/// Follows a record; none when its alignment was given up, or nothing in it is a step.
pub(super) fn follow(model: &mut Model<'_>, calendar: &Calendar, trace: &Trace) -> Option<Way> {
    let meanings: Vec<Meaning> =
        trace.entries.iter().map(|it| model.meaning(&it.activity)).collect();
    let alignment = model.align(&meanings, Ending::Open)?;
    let procedure = model.procedure();
    let mut walk = Walk::new(procedure, calendar, trace)?;
    walk.way.deviates = alignment.cost() > 0;
    for step in alignment.moves() {
        match *step {
            Move::Both(place, task) => walk.take(place, task),
            Move::Record(place) => walk.tell(place + 1, None),
            Move::Model(Task::Step(step)) => walk.step(step, None),
            Move::Model(Task::Answer(_)) => {}
        }
    }
    walk.way.has_ended = alignment.has_ended();
    walk.way.stays.first()?;
    Some(walk.way)
}

/// Returns the answer of facts to a guard, the channel among them.
pub(super) fn lookup<'f>(
    procedure: &Procedure,
    channel: Option<Channel>,
    facts: &'f Known,
) -> impl Fn(FactIdx) -> Option<Value> + use<'f> {
    let place = procedure.facts().position(&CHANNEL);
    move |at| match channel {
        Some(channel) if Some(at) == place => Id::parse(channel.as_str()).ok().map(Value::Choice),
        _ => facts.get(&at).copied(),
    }
}

/// Returns whether a step may be taken, as far as facts tell.
pub(super) fn outlook(
    procedure: &Procedure,
    step: &Transition,
    channel: Option<Channel>,
    facts: &Known,
) -> Truth {
    step.when().map_or(Truth::Yes, |it| it.evaluate(lookup(procedure, channel, facts)))
}

/// Returns true where only the system takes a step, because a term has ended.
pub(super) fn only_lapses(procedure: &Procedure, at: TransitionIdx) -> bool {
    let Some(step) = procedure.transitions().get(at) else { return false };
    let mut by = step.by().map(|it| procedure.roles().name(it));
    procedure.brought_by(at).is_some() && by.all(|it| it == Some(SYSTEM))
}

struct Walk<'w> {
    procedure: &'w Procedure,
    cx: Context<'w>,
    trace: &'w Trace,
    way: Way,
    /// What the case is now.
    facts: Known,
    times: BTreeMap<TransitionIdx, u16>,
    previous: Option<StateIdx>,
    /// When the last step was taken, as far as that is known.
    last: Option<i64>,
    /// How many entries were gone through.
    heard: usize,
    /// How many stays there were when each fact was last told.
    told: BTreeMap<FactIdx, usize>,
}

impl<'w> Walk<'w> {
    fn new(procedure: &'w Procedure, calendar: &'w Calendar, trace: &'w Trace) -> Option<Self> {
        let all = trace.entries.iter().flat_map(|it| &it.facts);
        let mut facts = Known::new();
        for (id, value) in trace.facts.iter().chain(all) {
            let place = procedure.facts().position(id)?;
            facts.entry(place).or_insert(*value);
        }
        let way = Way {
            filed: None,
            channel: trace.channel,
            facts: facts.clone(),
            stays: Vec::new(),
            asked: Vec::new(),
            has_ended: false,
            deviates: false,
            told: Vec::new(),
        };
        let cx = Context::new(procedure, calendar, None);
        let times = BTreeMap::new();
        let (previous, last, told) = (None, None, BTreeMap::new());
        Some(Self { procedure, cx, trace, way, facts, times, previous, last, heard: 0, told })
    }

    fn take(&mut self, place: usize, task: Task) {
        let Some(entry) = self.trace.entries.get(place) else { return };
        match task {
            Task::Step(step) => {
                self.tell(place, None);
                self.step(step, Some((place, entry)));
            }
            Task::Answer(consultation) => {
                self.tell(place + 1, None);
                let mut asked = self.way.asked.iter_mut().rev();
                let open =
                    asked.find(|it| it.consultation == consultation && it.answered.is_none());
                if let Some(it) = open {
                    it.answered = Some(entry.at.timestamp());
                }
            }
        }
    }

    /// Learns what was recorded up to a place, with a step or beside.
    fn tell(&mut self, until: usize, step: Option<TransitionIdx>) {
        let trace = self.trace;
        let entries = trace.entries.get(self.heard..until).unwrap_or_default();
        self.heard = self.heard.max(until);
        for (id, value) in entries.iter().flat_map(|it| &it.facts) {
            let Some(fact) = self.procedure.facts().position(id) else { continue };
            let before = self.facts.insert(fact, *value);
            let since = self.told.insert(fact, self.way.stays.len());
            if let (Some(step), Some(before)) = (step, before) {
                let changes = before != *value;
                let cause = match changes {
                    true => self.changed(step, fact, since.unwrap_or(0), *value),
                    false => step,
                };
                self.way.told.push(Told { step: cause, fact, value: *value, changes });
            }
        }
    }

    /// Returns the step that made a fact what is told of it with a later one.
    ///
    /// What is found out after a supplement has been so since the supplement; a
    /// step whose condition asks for it found it so already.
    fn changed(
        &mut self,
        step: TransitionIdx,
        fact: FactIdx,
        since: usize,
        value: Value,
    ) -> TransitionIdx {
        let transitions = self.procedure.transitions();
        let supplements = |it: &Stay| {
            it.exit.as_ref().is_some_and(|it| {
                transitions.get(it.step).is_some_and(|it| it.act() == Act::Supplement)
            })
        };
        let stays = self.way.stays.iter().enumerate().skip(since);
        let asks = transitions
            .get(step)
            .and_then(Transition::when)
            .is_some_and(|it| it.facts().contains(&fact));
        let place = stays.rev().find(|it| supplements(it.1)).map(|it| it.0);
        let place = place.or_else(|| self.way.stays.len().checked_sub(2).filter(|_| asks));
        let Some(cause) = place.and_then(|it| self.way.stays.get(it)?.exit.as_ref()) else {
            return step;
        };
        let cause = cause.step;
        for stay in self.way.stays.iter_mut().skip(place.map_or(usize::MAX, |it| it + 1)) {
            stay.facts.insert(fact, value);
        }
        cause
    }

    fn step(&mut self, step: TransitionIdx, told: Option<(usize, &Entry)>) {
        let Some(it) = self.procedure.transitions().get(step) else { return };
        let entry = told.map(|it| it.1);
        let at = entry.map(|it| it.at.timestamp());
        if step == self.procedure.filing() {
            self.way.filed = at;
        } else {
            let taken = self.taken(step, it, entry);
            self.stayed(taken, it.to());
        }
        *self.times.entry(step).or_default() += 1;
        self.last = at;
        if let Some((place, _)) = told {
            self.tell(place + 1, Some(step));
        }
        if it.act() == Act::Consult
            && let Some(entry) = entry
        {
            self.ask(entry.at);
        }
        self.enter(it.to(), at);
    }

    fn taken(&self, step: TransitionIdx, it: &Transition, entry: Option<&Entry>) -> Taken {
        let is_system = entry.is_none_or(|it| it.role.is_none_or(|it| it == SYSTEM));
        let waits = it.needs().contains(&Requirement::ConsultationsAnswered);
        let answered = self.way.asked.iter().filter(|_| waits).filter_map(Asked::settled);
        Taken {
            step,
            at: entry.map(|it| it.at.timestamp()),
            began: entry.and_then(|it| it.began).map(|it| it.timestamp()),
            ready: self.last.map(|last| answered.fold(last, i64::max)),
            actor: entry.and_then(|it| it.actor.clone()),
            role: entry.and_then(|it| it.role),
            is_lapse: self.procedure.brought_by(step).is_some()
                && (only_lapses(self.procedure, step) || (entry.is_some() && is_system)),
        }
    }

    fn stayed(&mut self, taken: Taken, to: Target) {
        let Some(stay) = self.way.stays.last_mut() else { return };
        match to {
            Target::Same => stay.errands.push(taken),
            Target::State(_) | Target::Previous => stay.exit = Some(taken),
        }
    }

    fn enter(&mut self, to: Target, at: Option<i64>) {
        let now = self.way.stays.last().map(|it| it.state);
        let state = match to {
            Target::State(state) => state,
            Target::Previous => match self.previous {
                Some(previous) => previous,
                None => return,
            },
            Target::Same => return,
        };
        self.previous = now;
        self.way.stays.push(Stay {
            state,
            since: at,
            facts: self.facts.clone(),
            before: self.times.clone(),
            errands: Vec::new(),
            exit: None,
        });
    }

    /// Asks every agency that the facts of the case say is asked.
    fn ask(&mut self, at: Moment) {
        for (place, _, it) in self.procedure.consultations().iter() {
            let truth = it.when().map_or(Truth::Yes, |guard| {
                guard.evaluate(lookup(self.procedure, self.way.channel, &self.facts))
            });
            if truth != Truth::Yes {
                continue;
            }
            let due = term::due_of(&self.cx, it.limit(), at).ok().flatten();
            let due = due.map(|it| it.moment().timestamp());
            self.way.asked.push(Asked {
                consultation: place,
                at: at.timestamp(),
                due,
                answered: None,
            });
        }
    }
}

impl Asked {
    /// Returns when nothing had to be waited for any more.
    fn settled(&self) -> Option<i64> {
        self.answered.or_else(|| self.due.map(|it| it + 1))
    }
}
