//! A procedure as histories are aligned with it: its net, its words, what was gone through before.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::align::{Alignment, Ending};
use super::trace::Activity;
use super::vocabulary::{Meaning, Vocabulary};
use crate::definition::{ConsultationIdx, Procedure, SYSTEM, TransitionIdx};
use crate::id::Id;
use crate::net::{Net, Place, SINK, SOURCE, What};
use crate::text::Lang;

/// Something that somebody does in a procedure, and that a record may tell.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "a net has steps and the answers of agencies")]
pub enum Task {
    /// A transition is taken.
    Step(TransitionIdx),
    /// An agency answers a consultation.
    Answer(ConsultationIdx),
}

/// A version of a procedure with which histories are aligned.
///
/// It remembers what it went through, so that one model for a whole log is
/// quicker than one for each history; the answers are the same.
#[derive(Clone, Debug)]
pub struct Model<'p> {
    procedure: &'p Procedure,
    net: Net,
    vocabulary: Vocabulary,
    // The transitions by the first place from which they take.
    by_place: Vec<Vec<usize>>,
    markings: Vec<Marking>,
    known: BTreeMap<Vec<usize>, usize>,
    pub(super) aligned: BTreeMap<(Ending, Vec<Vec<Task>>), Option<Alignment>>,
}

/// The places that hold a token, and what may follow; none before that was asked.
#[derive(Clone, Debug)]
struct Marking {
    places: Vec<usize>,
    follows: Option<Vec<(usize, usize)>>,
}

/// Where every dossier starts.
pub(super) const START: usize = 0;

impl<'p> Model<'p> {
    /// Makes the model of a procedure; none where its net would have more than 50,000 arcs.
    #[must_use]
    pub fn new(procedure: &'p Procedure) -> Option<Self> {
        let net = Net::new(procedure)?;
        let mut by_place: Vec<Vec<usize>> = net.places.iter().map(|_| Vec::new()).collect();
        for (at, firing) in net.firings.iter().enumerate() {
            let first = firing.takes.first().and_then(|it| by_place.get_mut(*it));
            first.into_iter().for_each(|it| it.push(at));
        }
        let vocabulary = Vocabulary::new(procedure);
        let (markings, known, aligned) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut model = Self { procedure, net, vocabulary, by_place, markings, known, aligned };
        model.marking(Vec::from([SOURCE]));
        Some(model)
    }

    /// Returns the procedure.
    #[must_use]
    pub const fn procedure(&self) -> &'p Procedure {
        self.procedure
    }

    /// Lets a word of a record mean a name or label of the procedure; without one it means no step.
    ///
    /// False where the procedure has no such name, and then nothing changes.
    #[must_use]
    pub fn give(&mut self, word: &str, name: Option<&str>) -> bool {
        self.vocabulary.give(word, name)
    }

    /// Returns what an activity of a record means here.
    #[must_use]
    pub fn meaning(&self, activity: &Activity) -> Meaning {
        self.vocabulary.meaning(activity, self.procedure)
    }

    /// Returns the role that a word of a record names, if there is one.
    #[must_use]
    pub fn role(&self, word: &str) -> Option<Id> {
        self.vocabulary.role(word)
    }

    /// Returns the name of a task: that of a transition, or of a consultation.
    #[must_use]
    pub fn name(&self, task: Task) -> Option<Id> {
        match task {
            Task::Step(at) => self.procedure.transitions().name(at),
            Task::Answer(at) => self.procedure.consultations().name(at),
        }
    }

    /// Returns the words of a task.
    #[must_use]
    pub fn label(&self, task: Task, lang: Lang) -> &'p str {
        let procedure = self.procedure;
        let words = match task {
            Task::Step(at) => procedure.transitions().get(at).map(|it| it.name(lang)),
            Task::Answer(at) => procedure.consultations().get(at).map(|it| it.name().get(lang)),
        };
        words.unwrap_or_default()
    }

    /// Returns true where a task happens without anybody who could have recorded it: only the system does it.
    #[must_use]
    pub fn is_free(&self, task: Task) -> bool {
        let Task::Step(at) = task else { return false };
        let Some(step) = self.procedure.transitions().get(at) else { return false };
        step.by().all(|it| self.procedure.roles().name(it) == Some(SYSTEM))
    }

    /// Returns the task of a net transition; none for a silent one.
    pub(super) fn task(&self, firing: usize) -> Option<Task> {
        match self.net.firings.get(firing)?.what {
            What::Step(at) => Some(Task::Step(at)),
            What::Answer(at) => Some(Task::Answer(at)),
            _ => None,
        }
    }

    /// Returns true where the dossier has ended.
    pub(super) fn is_over(&self, marking: usize) -> bool {
        self.markings.get(marking).is_some_and(|it| it.places == [SINK])
    }

    /// Returns true where the dossier stands in a state after which nothing follows.
    pub(super) fn is_ended(&self, marking: usize) -> bool {
        let places = self.markings.get(marking).map_or(&[][..], |it| &it.places);
        places.iter().any(|it| match self.net.places.get(*it) {
            Some(Place::Sink) => true,
            Some(Place::Standing(standing)) => self.procedure.is_end(standing.state),
            _ => false,
        })
    }

    /// Returns every net transition that is possible, with the marking to which it leads.
    pub(super) fn follows(&mut self, marking: usize) -> Vec<(usize, usize)> {
        let Some(own) = self.markings.get(marking) else { return Vec::new() };
        if let Some(known) = &own.follows {
            return known.clone();
        }
        let places = own.places.clone();
        let mut follows = Vec::new();
        for place in &places {
            let possible = self.by_place.get(*place).cloned().unwrap_or_default();
            for firing in possible {
                if let Some(next) = self.fired(&places, firing) {
                    follows.push((firing, self.marking(next)));
                }
            }
        }
        if let Some(own) = self.markings.get_mut(marking) {
            own.follows = Some(follows.clone());
        }
        follows
    }

    fn fired(&self, places: &[usize], firing: usize) -> Option<Vec<usize>> {
        let firing = self.net.firings.get(firing)?;
        let mut left = places.to_vec();
        for place in &firing.takes {
            let at = left.iter().position(|it| it == place)?;
            left.remove(at);
        }
        left.extend(&firing.gives);
        left.sort_unstable();
        Some(left)
    }

    fn marking(&mut self, places: Vec<usize>) -> usize {
        if let Some(known) = self.known.get(&places) {
            return *known;
        }
        let at = self.markings.len();
        self.known.insert(places.clone(), at);
        self.markings.push(Marking { places, follows: None });
        at
    }
}
