//! The control flow of a procedure as a workflow net: places, net transitions, arcs.
//!
//! The net is sound when, and only when, the procedure is: from whatever can be
//! reached an end can be reached, nothing is left over when it is, and every
//! step can be taken. What is translated, and how:
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
//! - Guards, roles, papers, fees and counts are left out: each choice is free.
//!   A step that only facts forbid is possible in the net, and whether guards
//!   leave a gap is another question, which the verifier answers exactly.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::key::{joined, key};
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
    pub(super) fn new(procedure: &Procedure, lang: Lang) -> Self {
        let net = Self { places: Vec::new(), firings: Vec::new() };
        let (standings, branches, taken) = (Vec::new(), Vec::new(), Vec::new());
        let mut builder = Builder { procedure, lang, net, standings, branches, taken };
        builder.build();
        builder.net
    }
}

/// How far the consultations of a dossier are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Answers {
    /// None applies, or all have come in.
    Settled,
    /// Some apply, and nobody was asked.
    Due,
    /// They were asked; each has a branch.
    Asked,
}

/// What decides what may follow in a dossier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Standing {
    state: StateIdx,
    /// From where the state was entered, where a step leads back there.
    before: Option<StateIdx>,
    answers: Answers,
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
    // Each with its place; those at the end were not gone through yet.
    standings: Vec<(Standing, usize)>,
    branches: Vec<Branch>,
    // The steps that some standing allows.
    taken: Vec<TransitionIdx>,
}

impl Builder<'_> {
    fn build(&mut self) {
        self.place("source".into(), self.lang.pick("Trước khi nộp", "Before filing").into());
        self.place("sink".into(), self.lang.pick("Kết thúc", "Ended").into());
        self.file();
        let mut done = 0;
        loop {
            while let Some(&(standing, place)) = self.standings.get(done) {
                self.leave(standing, place);
                done += 1;
            }
            let Some(state) = self.unreached() else { break };
            self.standing(Standing { state, before: None, answers: Answers::Settled });
        }
        for (at, id, step) in self.procedure.transitions().iter() {
            if !self.taken.contains(&at) {
                self.never(at, id, step);
            }
        }
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
            let to = self.standing(Standing { state, before: None, answers });
            self.step(at, step, SOURCE, &[SOURCE], &[to]);
        }
    }

    /// Adds every way to leave a standing.
    fn leave(&mut self, from: Standing, place: usize) {
        for (at, _, step) in self.procedure.leaving(from.state) {
            let Some(state) = self.target(from, step) else { continue };
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
            let before = before.filter(|_| self.leads_back(state));
            let to = self.standing(Standing { state, before, answers });
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
        let leaves = |it: &&(Standing, usize)| step.from().any(|state| state == it.0.state);
        let Some(&(_, place)) = self.standings.iter().find(leaves) else { return };
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

    fn leads_back(&self, state: StateIdx) -> bool {
        self.procedure.leaving(state).any(|(_, _, it)| it.to() == Target::Previous)
    }

    fn unreached(&self) -> Option<StateIdx> {
        let mut states = self.procedure.states().iter().map(|(at, _, _)| at);
        states.find(|at| !self.standings.iter().any(|(it, _)| it.state == *at))
    }

    /// Returns the place of a standing; a new one is gone through later.
    fn standing(&mut self, standing: Standing) -> usize {
        if let Some((_, place)) = self.standings.iter().find(|(it, _)| *it == standing) {
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
        let place = self.place(name, label);
        self.standings.push((standing, place));
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
            let answer = format!("{}: {name}", Act::Answer.label(self.lang));
            self.fire(key("answer", id), answer, &[open], &[done]);
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
        self.taken.push(at);
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
        self.net.firings.push(Firing { key, label, silent: false, takes, gives });
    }

    fn silent(&mut self, key: String, label: String, takes: Vec<usize>, to: usize) {
        let gives = alloc::vec![to];
        self.net.firings.push(Firing { key, label, silent: true, takes, gives });
    }
}
