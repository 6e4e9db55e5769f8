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
//!   dossier ends are not left over: the end waits for them and takes them in,
//!   since the law cancels the questions with the dossier.
//! - Whether there is a result is part of the standing where a step needs that
//!   there is none.
//! - Guards, roles, papers, fees, counts and the lengths of terms are left out:
//!   each choice is free. A step that only facts or a count forbid, and one that
//!   a term of unknown length should bring, is possible in the net and may not
//!   be in the procedure; the verifier looks at these.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::key::{joined, key};
use super::label;
use crate::definition::{
    Act, Procedure, Requirement, Silence, StateIdx, Target, Transition, TransitionIdx,
};
use crate::id::Id;
use crate::text::Lang;

/// A place of the net.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) key: String,
    pub(super) label: String,
}

/// A net transition with the places that it empties and fills.
#[derive(Clone, Debug)]
pub(super) struct Firing {
    pub(super) key: String,
    pub(super) label: String,
    /// Whether nobody does it: it only sorts out what stands elsewhere.
    pub(super) silent: bool,
    pub(super) takes: Vec<usize>,
    pub(super) gives: Vec<usize>,
}

/// A workflow net with one source and one sink.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub(super) places: Vec<Place>,
    pub(super) firings: Vec<Firing>,
}

pub(super) const SOURCE: usize = 0;
pub(super) const SINK: usize = 1;

impl Net {
    /// The most arcs of a net; those of real procedures have some hundred.
    pub(super) const MOST_ARCS: usize = 50_000;

    /// Returns none where there would be too many arcs.
    pub(super) fn new(procedure: &Procedure, lang: Lang) -> Option<Self> {
        let mut builder = Builder::new(procedure, lang);
        builder.build()?;
        Some(builder.net)
    }
}

/// How far the consultations of a dossier are.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Answers {
    /// None applies, or all have come in.
    Settled,
    /// Some apply, and nobody was asked.
    Due,
    /// They were asked; each has a branch.
    Asked,
}

/// What decides what may follow in a dossier.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Standing {
    state: StateIdx,
    /// From where the state was entered, where a step leads back there.
    before: Option<StateIdx>,
    answers: Answers,
    /// Whether there is a result, where a step asks for that.
    issued: bool,
}

impl Standing {
    const fn new(state: StateIdx, answers: Answers) -> Self {
        Self { state, before: None, answers, issued: false }
    }
}

/// The branch of one agency: asked, and done.
#[derive(Clone, Copy, Debug)]
struct Branch {
    open: usize,
    done: usize,
}

struct Builder<'p> {
    procedure: &'p Procedure,
    lang: Lang,
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
    fn new(procedure: &'p Procedure, lang: Lang) -> Self {
        let steps = || procedure.transitions().iter().map(|(_, _, it)| it);
        let back = steps().filter(|it| it.to() == Target::Previous);
        Self {
            procedure,
            lang,
            net: Net { places: Vec::new(), firings: Vec::new() },
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
        self.place("source".into(), self.lang.pick("Trước khi nộp", "Before filing").into());
        self.place("sink".into(), self.lang.pick("Kết thúc", "Ended").into());
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
        for (at, id, step) in self.procedure.transitions().iter() {
            if !self.taken.contains(&at) {
                self.never(at, id, step);
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
            self.step(at, step, SOURCE, &[SOURCE], &[to]);
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
            self.step(at, step, place, &takes, &gives);
        }
        self.end(from, place);
    }

    /// Where nothing follows, the dossier has ended.
    fn end(&mut self, from: Standing, place: usize) {
        let state = self.procedure.states().get(from.state);
        if !state.is_some_and(|it| it.portal_status().is_terminal()) {
            return;
        }
        let mut takes = alloc::vec![place];
        if from.answers == Answers::Asked {
            takes.extend(self.done());
        }
        let label = self.lang.pick("Kết thúc", "End");
        self.silent(joined("end", self.name(place)), label.into(), takes, SINK);
    }

    /// Adds a step that no standing allows.
    fn never(&mut self, at: TransitionIdx, id: Id, step: &Transition) {
        let places = step.from().filter_map(|state| self.reached.get(&state));
        let Some(&place) = places.min() else { return };
        let never = self.place(key("never", id), self.lang.pick("Không bao giờ", "Never").into());
        self.step(at, step, place, &[place, never], &[place]);
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
        let states = self.procedure.states();
        let (mut name, mut label) = (String::from("state"), String::new());
        if let (Some(id), Some(state)) = (states.name(standing.state), states.get(standing.state)) {
            (name, label) = (key("state", id), state.name().get(self.lang).to_string());
        }
        let before = standing.before.and_then(|it| Some((states.name(it)?, states.get(it)?)));
        if let Some((id, before)) = before {
            name = joined(&name, &key("from", id));
            label = format!("{label} ← {}", before.name().get(self.lang));
        }
        match standing.answers {
            Answers::Settled => {}
            Answers::Due => name = joined(&name, "due"),
            Answers::Asked => name = joined(&name, "asked"),
        }
        if standing.issued {
            name = joined(&name, "issued");
        }
        let place = self.place(name, label);
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
        for (_, id, asked) in self.procedure.consultations().iter() {
            let name = asked.name().get(self.lang);
            let open = self.place(key("asked", id), name.into());
            let done = self.place(key("answered", id), name.into());
            self.branches.push(Branch { open, done });
            self.fire(key("answer", id), label::answer(asked, self.lang), &[open], &[done]);
            if asked.silence() == Silence::Consent {
                let label = self.lang.pick("Im lặng là đồng ý", "Silence is consent");
                self.silent(key("silence", id), label.into(), alloc::vec![open], done);
            }
            if asked.when().is_some() {
                let label = self.lang.pick("Không phải hỏi", "Not concerned");
                self.silent(key("skip", id), label.into(), alloc::vec![open], done);
            }
        }
    }

    fn step(
        &mut self,
        at: TransitionIdx,
        step: &Transition,
        from: usize,
        takes: &[usize],
        gives: &[usize],
    ) {
        let Some(id) = self.procedure.transitions().name(at) else { return };
        self.taken.insert(at);
        let to = gives.first().copied().unwrap_or(SINK);
        // Filing is one act with two outcomes; every other step is told by where it began.
        let told = if from == SOURCE { to } else { from };
        let name = joined(&key("step", id), self.name(told));
        self.fire(name, step.name(self.lang).into(), takes, gives);
    }

    fn name(&self, place: usize) -> &str {
        self.net.places.get(place).map_or("", |it| &it.key)
    }

    fn place(&mut self, key: String, label: String) -> usize {
        self.net.places.push(Place { key, label });
        self.net.places.len() - 1
    }

    fn fire(&mut self, key: String, label: String, takes: &[usize], gives: &[usize]) {
        let (takes, gives) = (takes.to_vec(), gives.to_vec());
        self.arcs += takes.len() + gives.len();
        self.net.firings.push(Firing { key, label, silent: false, takes, gives });
    }

    fn silent(&mut self, key: String, label: String, takes: Vec<usize>, to: usize) {
        let gives = alloc::vec![to];
        self.arcs += takes.len() + gives.len();
        self.net.firings.push(Firing { key, label, silent: true, takes, gives });
    }
}
