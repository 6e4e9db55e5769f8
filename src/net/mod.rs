//! The control flow of a procedure as a workflow net: places, net transitions, arcs.
//!
//! The net is sound where from whatever can be reached an end can be reached,
//! nothing is left over when it is, and every step can be taken. That is what
//! the verifier asks of the control flow too, as far as the net knows it; the
//! last point below says what it does not know. What is translated, and how:
//!
//! - The source is the wish to file; the sink is a dossier that has ended.
//! - A place is a *standing* of the dossier: its state, and as much of its past
//!   as decides what may follow. Only standings that can be reached are built.
//!   A state that cannot be reached has a place that nothing fills, and a step
//!   that cannot be taken waits for one, so that the net is as unsound as the
//!   procedure.
//! - A step is one net transition for each standing that it leaves. `same`
//!   leads back to the place that it left. `previous` leads back to the state
//!   from which the present one was entered: states that such a step leaves
//!   have one place for each state from which they are entered.
//! - Consultations. Whether any of them applies hangs on facts, which a net
//!   does not have: filing chooses. If none applies, a need for answers is met.
//!   If some apply, it cannot be met before the act `consult`, which opens one
//!   branch for each agency; a branch ends with an answer, with silence where
//!   silence is consent, or because that agency was not concerned. The need
//!   for answers joins all branches. Branches that are still open when the
//!   dossier ends are not left over: the law cancels the questions with the
//!   dossier, and the end takes all branches in.
//! - Whether there is a result is part of the standing where a step needs that
//!   there is none.
//! - Guards, roles, papers, fees, counts and the lengths of terms are left out:
//!   each choice is free. A step that only facts or a count forbid, and one that
//!   a term of unknown length should bring, is possible in the net and may not
//!   be in the procedure; the verifier looks at these.
//!
//! There are no words here: who writes the net down, or explains a deviation
//! from it, takes them from the procedure.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crate::definition::{
    Act, ConsultationIdx, Procedure, Requirement, Silence, StateIdx, Target, Transition,
    TransitionIdx,
};

/// A place of the net, and what a token in it says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    /// Nothing was filed.
    Source,
    /// The dossier has ended.
    Sink,
    /// The dossier stands so.
    Standing(Standing),
    /// An agency was asked.
    Asked(ConsultationIdx),
    /// The branch of an agency is done.
    Answered(ConsultationIdx),
    /// Nothing fills it: the step that takes from it is never possible.
    Never(TransitionIdx),
}

/// What a net transition does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum What {
    /// A step of the procedure.
    Step(TransitionIdx),
    /// An agency answers.
    Answer(ConsultationIdx),
    /// An agency is silent, and that is consent.
    Silence(ConsultationIdx),
    /// An agency was not concerned.
    Skip(ConsultationIdx),
    /// The question is cancelled, since the dossier has ended.
    Cancel(ConsultationIdx),
    /// The dossier has ended.
    End,
}

/// A net transition with the places that it empties and fills.
#[derive(Clone, Debug)]
pub(crate) struct Firing {
    pub(crate) what: What,
    pub(crate) takes: Vec<usize>,
    pub(crate) gives: Vec<usize>,
}

/// A workflow net with one source and one sink.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    pub(crate) places: Vec<Place>,
    pub(crate) firings: Vec<Firing>,
}

pub(crate) const SOURCE: usize = 0;
pub(crate) const SINK: usize = 1;

impl Net {
    /// The most arcs of a net; those of real procedures have some hundred.
    pub(crate) const MOST_ARCS: usize = 50_000;

    /// Returns none where there would be too many arcs.
    pub(crate) fn new(procedure: &Procedure) -> Option<Self> {
        let mut builder = Builder::new(procedure);
        builder.build()?;
        Some(builder.net)
    }
}

/// How far the consultations of a dossier are.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Answers {
    /// None applies, or all have come in.
    Settled,
    /// Some apply, and nobody was asked.
    Due,
    /// They were asked; each has a branch.
    Asked,
}

/// What decides what may follow in a dossier.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Standing {
    pub(crate) state: StateIdx,
    /// From where the state was entered, where a step leads back there.
    pub(crate) before: Option<StateIdx>,
    pub(crate) answers: Answers,
    /// Whether there is a result, where a step asks for that.
    pub(crate) issued: bool,
}

impl Standing {
    const fn new(state: StateIdx, answers: Answers) -> Self {
        Self { state, before: None, answers, issued: false }
    }
}

/// The branch of one agency: asked, and done.
#[derive(Clone, Copy, Debug)]
struct Branch {
    agency: ConsultationIdx,
    open: usize,
    done: usize,
    /// Whether it may end without a word of the agency.
    ends_alone: bool,
}

struct Builder<'p> {
    procedure: &'p Procedure,
    net: Net,
    arcs: usize,
    // In the order in which they are gone through, each with its place.
    standings: Vec<(Standing, usize)>,
    places: BTreeMap<Standing, usize>,
    // The first place of each state.
    reached: BTreeMap<StateIdx, usize>,
    branches: Vec<Branch>,
    // The steps that some standing allows.
    taken: BTreeSet<TransitionIdx>,
    // The states from which a step leads back.
    leads_back: BTreeSet<StateIdx>,
    // Whether some step needs that there is no result.
    asks_for_result: bool,
}

impl<'p> Builder<'p> {
    fn new(procedure: &'p Procedure) -> Self {
        let steps = || procedure.transitions().iter().map(|(_, _, it)| it);
        let back = steps().filter(|it| it.to() == Target::Previous);
        Self {
            procedure,
            net: Net { places: Vec::from([Place::Source, Place::Sink]), firings: Vec::new() },
            arcs: 0,
            standings: Vec::new(),
            places: BTreeMap::new(),
            reached: BTreeMap::new(),
            branches: Vec::new(),
            taken: BTreeSet::new(),
            leads_back: back.flat_map(Transition::from).collect(),
            asks_for_result: steps().any(|it| it.needs().contains(&Requirement::NoResult)),
        }
    }

    fn build(&mut self) -> Option<()> {
        self.file();
        let mut done = 0;
        loop {
            while let Some(&(standing, place)) = self.standings.get(done) {
                self.leave(standing, place);
                if self.arcs > Net::MOST_ARCS {
                    return None;
                }
                done += 1;
            }
            let Some(state) = self.unreached() else { break };
            self.standing(Standing::new(state, Answers::Settled));
        }
        for (at, _, step) in self.procedure.transitions().iter() {
            if !self.taken.contains(&at) {
                self.never(at, step);
            }
        }
        Some(())
    }

    /// The dossier is filed; whether any consultation applies is chosen here.
    fn file(&mut self) {
        let at = self.procedure.filing();
        let Some(step) = self.procedure.transitions().get(at) else { return };
        let Target::State(state) = step.to() else { return };
        let all = self.procedure.consultations();
        let mut cases = Vec::new();
        if all.iter().all(|(_, _, it)| it.when().is_some()) {
            cases.push(Answers::Settled);
        }
        if !all.is_empty() {
            cases.push(Answers::Due);
        }
        for answers in cases {
            let to = self.standing(Standing::new(state, answers));
            self.step(at, Vec::from([SOURCE]), Vec::from([to]));
        }
    }

    /// Adds every way to leave a standing.
    fn leave(&mut self, from: Standing, place: usize) {
        for (at, _, step) in self.procedure.leaving(from.state) {
            let Some(state) = self.target(from, step) else { continue };
            if from.issued && step.needs().contains(&Requirement::NoResult) {
                continue;
            }
            let waits = step.needs().contains(&Requirement::ConsultationsAnswered);
            let (answers, mut takes, mut gives) = match from.answers {
                Answers::Due if waits => continue,
                Answers::Due if step.act() == Act::Consult => {
                    (Answers::Asked, Vec::new(), self.opened())
                }
                Answers::Asked if waits => (Answers::Settled, self.done(), Vec::new()),
                same => (same, Vec::new(), Vec::new()),
            };
            let before = if state == from.state { from.before } else { Some(from.state) };
            let before = before.filter(|_| self.leads_back.contains(&state));
            let issued = from.issued || self.asks_for_result && step.act().yields_result();
            let to = self.standing(Standing { state, before, answers, issued });
            takes.insert(0, place);
            gives.insert(0, to);
            self.step(at, takes, gives);
        }
        self.end(from, place);
    }

    /// Where nothing follows, the dossier has ended.
    fn end(&mut self, from: Standing, place: usize) {
        let state = self.procedure.states().get(from.state);
        if !state.is_some_and(|it| it.portal_status().is_terminal()) {
            return;
        }
        let mut takes = Vec::from([place]);
        if from.answers == Answers::Asked {
            for Branch { agency, open, done, ends_alone } in self.branches.clone() {
                if !ends_alone {
                    let (takes, gives) = (Vec::from([place, open]), Vec::from([place, done]));
                    self.fire(What::Cancel(agency), takes, gives);
                }
            }
            takes.extend(self.done());
        }
        self.fire(What::End, takes, Vec::from([SINK]));
    }

    /// Adds a step that no standing allows.
    fn never(&mut self, at: TransitionIdx, step: &Transition) {
        let places = step.from().filter_map(|state| self.reached.get(&state));
        let Some(&place) = places.min() else { return };
        let never = self.place(Place::Never(at));
        self.step(at, Vec::from([place, never]), Vec::from([place]));
    }

    fn target(&self, from: Standing, step: &Transition) -> Option<StateIdx> {
        match step.to() {
            Target::State(state) => Some(state),
            Target::Same => Some(from.state),
            Target::Previous => from.before,
        }
    }

    fn unreached(&self) -> Option<StateIdx> {
        let mut states = self.procedure.states().iter().map(|(at, _, _)| at);
        states.find(|at| !self.reached.contains_key(at))
    }

    /// Returns the place of a standing; a new one is gone through later.
    fn standing(&mut self, standing: Standing) -> usize {
        if let Some(place) = self.places.get(&standing) {
            return *place;
        }
        let place = self.place(Place::Standing(standing));
        self.standings.push((standing, place));
        self.places.insert(standing, place);
        self.reached.entry(standing.state).or_insert(place);
        place
    }

    /// Returns the places of branches that were just opened.
    fn opened(&mut self) -> Vec<usize> {
        if self.branches.is_empty() {
            self.branch();
        }
        self.branches.iter().map(|it| it.open).collect()
    }

    fn done(&self) -> Vec<usize> {
        self.branches.iter().map(|it| it.done).collect()
    }

    /// Adds the branch of each agency.
    fn branch(&mut self) {
        for (agency, _, asked) in self.procedure.consultations().iter() {
            let open = self.place(Place::Asked(agency));
            let done = self.place(Place::Answered(agency));
            let mut end = |what| self.fire(what, Vec::from([open]), Vec::from([done]));
            end(What::Answer(agency));
            let (consents, may_skip) =
                (asked.silence() == Silence::Consent, asked.when().is_some());
            if consents {
                end(What::Silence(agency));
            }
            if may_skip {
                end(What::Skip(agency));
            }
            let ends_alone = consents || may_skip;
            self.branches.push(Branch { agency, open, done, ends_alone });
        }
    }

    fn step(&mut self, at: TransitionIdx, takes: Vec<usize>, gives: Vec<usize>) {
        self.taken.insert(at);
        self.fire(What::Step(at), takes, gives);
    }

    fn place(&mut self, place: Place) -> usize {
        self.net.places.push(place);
        self.net.places.len() - 1
    }

    fn fire(&mut self, what: What, takes: Vec<usize>, gives: Vec<usize>) {
        self.arcs += takes.len() + gives.len();
        self.net.firings.push(Firing { what, takes, gives });
    }
}
