//! The way of one dossier through its graph: where it stands, and what comes next.
//!
//! Time is absent; the same walk tells how much work a caseload asks for
//! before anything runs.

use alloc::vec::Vec;

use crate::definition::{Act, Position as _, StateIdx, Target};
use crate::simulate::model::{CaseModel, StepModel};
use crate::simulate::random::Key;

// What a uniform number of a step or a state is for.
const ROUTE: u64 = 0;
pub(super) const LENGTH: u64 = 1;
pub(super) const SILENCE: u64 = 2;
pub(super) const LATE_ANSWER: u64 = 3;
const PURPOSES: u64 = 4;

/// No dossier takes more steps: one that could go round for ever stays where it is.
const MAX_STEPS: u16 = 10_000;

/// Where a dossier stands in its graph, and how often it did what.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(super) luck: Key,
    pub(super) profile: u32,
    pub(super) is_complete: bool,
    pub(super) state: StateIdx,
    previous: StateIdx,
    /// The errand of the present stay that comes next.
    errand: u16,
    taken: u16,
    // INVARIANT: how often each step was taken, then how often each state was entered.
    counts: Vec<u16>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Onward {
    /// This step of the case.
    Step(u16),
    /// Nothing but the end of a term.
    Wait,
}

/// Returns the number of the draw for a purpose at a visit.
#[inline]
pub(super) const fn draw(visit: u16, purpose: u64) -> u64 {
    visit as u64 * PURPOSES + purpose
}

impl Course {
    /// Creates the course of no dossier.
    pub(super) fn blank() -> Self {
        let nowhere = StateIdx::new(0);
        Self {
            luck: Key::of_seed(0),
            profile: 0,
            is_complete: true,
            state: nowhere,
            previous: nowhere,
            errand: 0,
            taken: 0,
            counts: Vec::new(),
        }
    }

    /// Puts a new dossier where it is filed; what was there before is forgotten.
    #[inline]
    pub(super) fn begin(&mut self, case: &CaseModel<'_>, luck: Key, state: StateIdx) {
        self.luck = luck;
        self.profile = case.draw_profile(luck);
        self.is_complete = case.draw_papers(luck);
        (self.state, self.previous) = (state, state);
        (self.errand, self.taken) = (0, 0);
        self.counts.clear();
        self.counts.resize(case.steps.len() + case.states.len(), 0);
        self.enter(case);
    }

    #[inline]
    fn enter(&mut self, case: &CaseModel<'_>) {
        self.errand = 0;
        if let Some(visits) = self.counts.get_mut(case.steps.len() + self.state.index()) {
            *visits = visits.saturating_add(1);
        }
    }

    /// Returns how often a step was taken.
    #[inline]
    pub(super) fn times(&self, step: u16) -> u16 {
        self.counts.get(usize::from(step)).copied().unwrap_or(0)
    }

    /// Returns how often papers were asked for that were missing.
    pub(super) fn supplements(&self, case: &CaseModel<'_>) -> u32 {
        let steps = case.steps.iter().zip(&self.counts);
        let asked = steps.filter(|(it, _)| it.act == Act::RequestSupplement);
        asked.map(|(_, times)| u32::from(*times)).sum()
    }

    #[inline]
    fn visits(&self, case: &CaseModel<'_>) -> u16 {
        self.counts.get(case.steps.len() + self.state.index()).copied().unwrap_or(0)
    }

    /// Chooses what comes next: the errands of the stay in their order, then one way out.
    #[inline]
    pub(super) fn choose(&mut self, case: &CaseModel<'_>) -> Onward {
        let Some(node) = case.node(self.profile, self.is_complete, self.state) else {
            return Onward::Wait;
        };
        if self.taken >= MAX_STEPS {
            return Onward::Wait;
        }
        for &place in case.choices(&node.errands).iter().skip(usize::from(self.errand)) {
            self.errand += 1;
            if self.runs(case, place) {
                return Onward::Step(place);
            }
        }
        self.leave(case, case.choices(&node.exits))
    }

    /// Returns whether an errand is run in this stay.
    fn runs(&self, case: &CaseModel<'_>, place: u16) -> bool {
        let Some(step) = case.steps.get(usize::from(place)) else { return false };
        let times = self.times(place);
        if times >= step.at_most {
            return false;
        }
        step.share(self.state).after(times).is_none_or(|chance| {
            let visit = self.visits(case);
            self.luck.name(&step.name).uniform(draw(visit, ROUTE)).get() < chance
        })
    }

    #[inline]
    fn leave(&self, case: &CaseModel<'_>, exits: &[u16]) -> Onward {
        if let [only] = exits
            && case
                .steps
                .get(usize::from(*only))
                .is_some_and(|it| it.rank(self.state, self.is_complete).is_some())
        {
            return Onward::Step(*only);
        }
        let state = case.states.get(self.state.index());
        let luck = state.map_or(self.luck, |it| self.luck.name(&it.name));
        let mut left = luck.uniform(draw(self.visits(case), ROUTE)).get();
        let mut rest = (Onward::Wait, None);
        for &place in exits {
            let Some(step) = case.steps.get(usize::from(place)) else { continue };
            let times = self.times(place);
            if times >= step.at_most {
                continue;
            }
            let rank = step.rank(self.state, self.is_complete);
            match step.share(self.state).after(times).filter(|_| rank.is_none()) {
                None if rank > rest.1 => rest = (Onward::Step(place), rank),
                None => {}
                Some(chance) if left < chance => return Onward::Step(place),
                Some(chance) => {
                    #[expect(clippy::float_arithmetic, reason = "a chance is no money")]
                    {
                        left -= chance;
                    }
                }
            }
        }
        rest.0
    }

    /// Takes a step; returns true when it leads to another state.
    #[inline]
    pub(super) fn take(&mut self, case: &CaseModel<'_>, place: u16) -> bool {
        let Some(step) = case.steps.get(usize::from(place)) else { return false };
        self.taken = self.taken.saturating_add(1);
        if let Some(times) = self.counts.get_mut(usize::from(place)) {
            *times = times.saturating_add(1);
        }
        if !step.sets.is_empty() {
            self.profile = case.becoming(self.profile, &step.sets);
        }
        self.is_complete |= step.completes;
        self.move_to(case, step.to)
    }

    /// Returns the state to which a transition leads from here.
    #[inline]
    pub(super) const fn target(&self, to: Target) -> StateIdx {
        match to {
            Target::State(to) => to,
            Target::Previous => self.previous,
            Target::Same => self.state,
        }
    }

    /// Goes where a transition leads; returns true when that is another state.
    #[inline]
    pub(super) fn move_to(&mut self, case: &CaseModel<'_>, to: Target) -> bool {
        if to == Target::Same {
            return false;
        }
        let to = self.target(to);
        let moves = to != self.state;
        if moves {
            self.previous = self.state;
        }
        self.state = to;
        self.enter(case);
        moves
    }
}

/// A dossier that is walked through its steps without time.
#[derive(Debug)]
pub(crate) struct Walk {
    course: Course,
}

impl Walk {
    pub(crate) fn begin(case: &CaseModel<'_>, luck: Key) -> Self {
        let mut course = Course::blank();
        course.begin(case, luck, case.filed);
        Self { course }
    }

    /// Takes the next step; none when the dossier ends, or only waits.
    pub(crate) fn next<'m>(&mut self, case: &'m CaseModel<'_>) -> Option<&'m StepModel> {
        if case.states.get(self.course.state.index()).is_none_or(|it| it.is_terminal) {
            return None;
        }
        let Onward::Step(place) = self.course.choose(case) else { return None };
        self.course.take(case, place);
        case.steps.get(usize::from(place))
    }
}
