//! A recorded history, as a log of whatever system tells it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::calendar::Moment;
use crate::definition::Channel;
use crate::definition::fact::Value;
use crate::dossier::ActorId;
use crate::id::Id;

/// What somebody recorded of one dossier.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Trace {
    /// How it was filed, if that was recorded.
    pub channel: Option<Channel>,
    /// What is known of the case from its filing on; facts of the procedure, with values of theirs.
    pub facts: Vec<(Id, Value)>,
    /// What happened, oldest first.
    pub entries: Vec<Entry>,
}

/// One recorded event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// What was done.
    pub activity: Activity,
    /// When it was done.
    pub at: Moment,
    /// When work on it began, if that was recorded.
    pub began: Option<Moment>,
    /// Who did it, if that was recorded.
    pub actor: Option<ActorId>,
    /// In which role of the procedure, if that was recorded.
    pub role: Option<Id>,
    /// What became known with it; facts of the procedure, with values of theirs.
    pub facts: Vec<(Id, Value)>,
}

impl Entry {
    /// Creates an entry of which nothing is known but what was done, and when.
    #[must_use]
    pub const fn new(activity: Activity, at: Moment) -> Self {
        Self { activity, at, began: None, actor: None, role: None, facts: Vec::new() }
    }
}

/// What was done, as the record says it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Activity {
    /// Words of another system, which a vocabulary interprets.
    Named(Box<str>),
    /// A transition of the procedure, by its name.
    Step(Id),
    /// The answer to a consultation of the procedure, by its name.
    Answer(Id),
    /// Something that is no step: facts, a payment, a signature.
    Beside,
}
