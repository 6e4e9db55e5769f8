//! What somebody asks of a dossier.
//!
//! Commands are imperatives and change nothing; [`decide`](super::Dossier::decide)
//! answers them with events or a rejection.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDate;
use uuid::Uuid;

use super::code::DossierCode;
use crate::calendar::Moment;
use crate::definition::Channel;
use crate::definition::fact::Value;
use crate::id::Id;
use crate::money::Dong;
use crate::text::words;

/// The id of a person or system that acts; free text, cheap to copy.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ActorId(Arc<str>);

impl ActorId {
    /// Creates an id.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ActorId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ActorId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <alloc::borrow::Cow<'de, str>>::deserialize(deserializer).map(|it| Self::new(&it))
    }
}

/// Who acts, and in which capacity.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Actor {
    /// The person or system.
    pub id: ActorId,
    /// The role of the procedure in which it acts.
    pub role: Id,
}

impl Actor {
    /// Creates an actor.
    #[must_use]
    pub fn new(id: &str, role: Id) -> Self {
        Self { id: ActorId::new(id), role }
    }
}

/// A request about one dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Command {
    /// Names the command: the same id twice is one command.
    pub id: Uuid,
    /// Who asks.
    pub actor: Actor,
    /// The sequence number of the last event that the sender saw, if it matters.
    pub expected_version: Option<u32>,
    /// What is asked.
    pub order: Order,
}

impl Command {
    /// Creates a command without an expected version.
    #[must_use]
    pub const fn new(id: Uuid, actor: Actor, order: Order) -> Self {
        Self { id, actor, expected_version: None, order }
    }
}

/// What a command asks for.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Order {
    /// File a new dossier on a channel.
    File(Filing),
    /// Take a transition of the procedure.
    Take(Taking),
    /// Record facts that became known.
    Facts(Vec<(Id, Value)>),
    /// Record documents that came in.
    Documents(Vec<Received>),
    /// Record an agency's answer to a consultation.
    Answer(Answer),
    /// Record a payment.
    Pay(Payment),
    /// Record the applicant's signature on a document.
    Sign {
        /// The document that was signed.
        document: Id,
    },
    /// Move to the version of the procedure that the context brings.
    Migrate,
}

/// What comes with a new dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Filing {
    /// How it was filed.
    pub channel: Channel,
    /// The authority that received it, if that is told.
    pub received_by: Option<Id>,
    /// What is known of the case.
    pub facts: Vec<(Id, Value)>,
    /// What was handed in, or is answered by a database.
    pub documents: Vec<Received>,
}

impl Filing {
    /// Creates a filing with nothing beside its channel.
    #[must_use]
    pub const fn on(channel: Channel) -> Self {
        Self { channel, received_by: None, facts: Vec::new(), documents: Vec::new() }
    }
}

/// A transition to take, and what comes with it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Taking {
    /// The name of the transition; empty only in `Default`.
    pub transition: Option<Id>,
    /// Facts that become known with it.
    pub facts: Vec<(Id, Value)>,
    /// Documents that come with it, or in a supplement request are asked for.
    pub documents: Vec<Received>,
    /// Reasons in writing.
    pub reason: Option<Box<str>>,
    /// When the competent agency received a dossier taken in elsewhere (phi địa giới).
    pub competent: Option<Moment>,
    /// The new day named by an apology.
    pub new_due: Option<NaiveDate>,
    /// The amount of a financial obligation that is demanded.
    pub amount: Option<Dong>,
    /// The code under which the dossier can be looked up, given at acceptance.
    pub code: Option<DossierCode>,
}

impl Taking {
    /// Creates a request for a transition with nothing beside it.
    #[must_use]
    pub fn of(transition: Id) -> Self {
        Self { transition: Some(transition), ..Self::default() }
    }
}

/// A document that came in, or that a shared database answers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
pub struct Received {
    /// The document of the procedure.
    pub document: Id,
    /// The shared database that answers for it; none when it was handed in.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub database: Option<Id>,
}

impl Received {
    /// A document handed in.
    #[must_use]
    pub const fn handed_in(document: Id) -> Self {
        Self { document, database: None }
    }
}

words! {
    /// What an agency answers.
    pub enum Opinion as "an opinion: `agree`, `agree-with-conditions` or `object`" {
        /// It agrees.
        Agree = "agree" ("Đồng ý", "Agrees"),
        /// It agrees if conditions are met.
        AgreeWithConditions = "agree-with-conditions" ("Đồng ý có điều kiện", "Agrees with conditions"),
        /// It objects.
        Object = "object" ("Không đồng ý", "Objects"),
    }
}

/// An agency's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The consultation.
    pub consultation: Id,
    /// What the agency says.
    pub opinion: Opinion,
    /// Facts that the answer establishes.
    pub facts: Vec<(Id, Value)>,
}

/// A payment.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Payment {
    /// The fee that is paid; none when there is only one open.
    pub fee: Option<Id>,
    /// How much.
    pub amount: Dong,
}
