//! What the words of a record mean in a procedure.
//!
//! A name of the definition comes before a label, and a label as it is written
//! before one that differs in case, marks or joints. Whoever knows better says so.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::model::Task;
use super::trace::Activity;
use crate::definition::{Act, Procedure};
use crate::id::Id;
use crate::text::{Lang, folded, nearest, nfc};

/// What an activity means.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Meaning {
    /// It is one of these tasks, which share a label.
    Is(Vec<Task>),
    /// It is no step, and needs no explanation.
    Beside,
    /// The procedure has no such word; the nearest one that it has may help.
    Unknown(Option<String>),
}

/// The words of a procedure.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    names: BTreeMap<String, Task>,
    labels: BTreeMap<String, Vec<Task>>,
    folded: BTreeMap<String, Vec<Task>>,
    roles: BTreeMap<String, Id>,
    given: BTreeMap<String, Meaning>,
}

impl Vocabulary {
    pub(super) fn new(procedure: &Procedure) -> Self {
        let (names, labels, folded) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let (roles, given) = (BTreeMap::new(), BTreeMap::new());
        let mut words = Self { names, labels, folded, roles, given };
        for (at, name, step) in procedure.transitions().iter() {
            let labels = [Lang::Vi, Lang::En].map(|it| step.name(it).to_string());
            words.add(name.to_string(), labels, Task::Step(at));
        }
        for (at, name, asked) in procedure.consultations().iter() {
            let label =
                |it: Lang| alloc::format!("{}: {}", Act::Answer.label(it), asked.name().get(it));
            words.add(
                alloc::format!("answer/{name}"),
                [Lang::Vi, Lang::En].map(label),
                Task::Answer(at),
            );
        }
        for (_, name, role) in procedure.roles().iter() {
            for word in [name.as_str(), role.name().get(Lang::Vi), role.name().get(Lang::En)] {
                words.roles.entry(self::folded(word)).or_insert(name);
            }
        }
        words
    }

    fn add(&mut self, name: String, labels: [String; 2], task: Task) {
        let keep = |list: &mut BTreeMap<String, Vec<Task>>, word: String| {
            let own = list.entry(word).or_default();
            if !own.contains(&task) {
                own.push(task);
            }
        };
        keep(&mut self.folded, folded(&name));
        for label in labels {
            keep(&mut self.folded, folded(&label));
            keep(&mut self.labels, label);
        }
        self.names.insert(name, task);
    }

    /// Lets a word mean what a name of the procedure means; without a name it means no step.
    ///
    /// False where the procedure has no such name.
    pub(super) fn give(&mut self, word: &str, name: Option<&str>) -> bool {
        let meaning = match name {
            None => Meaning::Beside,
            Some(name) => match self.read(name) {
                Meaning::Unknown(_) => return false,
                known => known,
            },
        };
        self.given.insert(nfc(word).into_owned(), meaning);
        true
    }

    pub(super) fn meaning(&self, activity: &Activity, procedure: &Procedure) -> Meaning {
        let is = |task: Option<Task>| {
            task.map_or(Meaning::Unknown(None), |it| Meaning::Is(Vec::from([it])))
        };
        match activity {
            Activity::Beside => Meaning::Beside,
            Activity::Step(name) => {
                is(procedure.transitions().find(name).map(|(at, _)| Task::Step(at)))
            }
            Activity::Answer(name) => {
                is(procedure.consultations().find(name).map(|(at, _)| Task::Answer(at)))
            }
            Activity::Named(word) => {
                let word = nfc(word);
                self.given.get(word.as_ref()).cloned().unwrap_or_else(|| self.read(&word))
            }
        }
    }

    /// Returns a role by its name or label.
    pub(super) fn role(&self, word: &str) -> Option<Id> {
        self.roles.get(&folded(word)).copied()
    }

    fn read(&self, word: &str) -> Meaning {
        if let Some(task) = self.names.get(word) {
            return Meaning::Is(Vec::from([*task]));
        }
        let plain = folded(word);
        let found = self.labels.get(word).or_else(|| self.folded.get(&plain));
        found.map_or_else(|| self.unknown(&plain), |it| Meaning::Is(it.clone()))
    }

    fn unknown(&self, plain: &str) -> Meaning {
        let near = nearest(plain, self.folded.keys().map(String::as_str));
        let task = near.and_then(|it| self.folded.get(it)?.first());
        let name = task.and_then(|it| self.names.iter().find(|(_, known)| *known == it));
        Meaning::Unknown(name.map(|(name, _)| name.clone()))
    }
}
