//! What happened to a dossier.
//!
//! Every date, amount and breach is computed before an event exists and stored
//! in it, so that yesterday's dossier does not change when today's code does.

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveDate;
use uuid::Uuid;

use super::code::DossierCode;
use super::command::{Actor, Opinion, Received};
use crate::calendar::Moment;
use crate::clock::{Clock, Due};
use crate::definition::fact::Value;
use crate::definition::{Act, Channel, PortalStatus, Silence};
use crate::fee::Why;
use crate::id::{Fingerprint, Id};
use crate::money::Dong;
use crate::text::words;

/// One event of one dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Event {
    pub(crate) dossier: Uuid,
    pub(crate) sequence: u32,
    pub(crate) at: Moment,
    pub(crate) actor: Actor,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) command: Option<Uuid>,
    pub(crate) procedure: Fingerprint,
    pub(crate) calendar: Fingerprint,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) tariff: Option<Fingerprint>,
    pub(crate) happened: Happened,
}

impl Event {
    /// Returns the dossier.
    #[must_use]
    pub const fn dossier(&self) -> Uuid {
        self.dossier
    }

    /// Returns the number of the event in its dossier, from 1.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// Returns the id of the event, derived from dossier and sequence (UUID version 5).
    #[must_use]
    pub fn id(&self) -> Uuid {
        Uuid::new_v5(&self.dossier, &self.sequence.to_be_bytes())
    }

    /// Returns when it happened; for what the law does by itself, the moment at which it fell due.
    #[must_use]
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Returns who acted; `system` for what the law does by itself.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Returns the command that it answers; none for what the law does by itself.
    #[must_use]
    pub const fn command(&self) -> Option<Uuid> {
        self.command
    }

    /// Returns the fingerprint of the procedure that decided.
    #[must_use]
    pub const fn procedure(&self) -> &Fingerprint {
        &self.procedure
    }

    /// Returns the fingerprint of the calendar that decided.
    #[must_use]
    pub const fn calendar(&self) -> &Fingerprint {
        &self.calendar
    }

    /// Returns the fingerprint of the tariff that decided, if one was at hand.
    #[must_use]
    pub const fn tariff(&self) -> Option<&Fingerprint> {
        self.tariff.as_ref()
    }

    /// Returns what happened.
    #[must_use]
    pub const fn happened(&self) -> &Happened {
        &self.happened
    }
}

/// What happened.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Happened {
    /// The dossier was filed.
    Filed(Box<Filed>),
    /// A transition was taken.
    Moved(Box<Moved>),
    /// Something became known without a transition.
    Learnt(Learnt),
    /// An agency answered a consultation.
    Answered {
        /// The consultation.
        consultation: Id,
        /// What the agency says.
        opinion: Opinion,
        /// What the answer established.
        #[cfg_attr(feature = "serde", serde(default))]
        learnt: Learnt,
    },
    /// A consultation ended in silence.
    Lapsed {
        /// The consultation.
        consultation: Id,
        /// What the silence means.
        silence: Silence,
    },
    /// A fee was paid.
    Paid {
        /// The fee of the procedure.
        fee: Id,
        /// How much.
        amount: Dong,
    },
    /// The applicant signed a document.
    Signed {
        /// The document.
        document: Id,
    },
    /// The dossier moved to another version.
    Migrated(Box<Migrated>),
}

impl Happened {
    /// Returns what was asked for: a transition, or the kind of order.
    pub(super) fn asked(&self) -> Id {
        match self {
            Self::Filed(filed) => filed.transition,
            Self::Moved(moved) => moved.transition,
            Self::Learnt(_) => LEARN,
            Self::Answered { .. } | Self::Lapsed { .. } => ANSWER,
            Self::Paid { .. } => PAY,
            Self::Signed { .. } => SIGN_DOCUMENT,
            Self::Migrated(_) => MIGRATE,
        }
    }
}

// Orders that name no transition.
pub(super) const LEARN: Id = Id::literal("learn");
pub(super) const ANSWER: Id = Id::literal("answer");
pub(super) const PAY: Id = Id::literal("pay");
pub(super) const SIGN_DOCUMENT: Id = Id::literal("sign-document");
pub(super) const MIGRATE: Id = Id::literal("migrate");

/// A dossier was filed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Filed {
    /// The transition that files.
    pub transition: Id,
    /// The procedure.
    pub procedure: Id,
    /// Its version on that day; the one that governs is fixed at acceptance.
    pub version: Id,
    /// How it was filed.
    pub channel: Channel,
    /// The authority that received it; who acts for it later is computed, never stored.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub received_by: Option<Id>,
    /// The state in which it starts.
    pub state: Id,
    /// The status of that state on the Portal.
    pub portal_status: PortalStatus,
    /// What is known of the case.
    #[cfg_attr(
        feature = "serde",
        serde(default, with = "super::facts", skip_serializing_if = "Vec::is_empty")
    )]
    pub facts: Vec<(Id, Value)>,
    /// What was handed in, or is answered by a database.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub documents: Vec<Received>,
    /// The terms that filing starts.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub terms: Vec<TermState>,
    /// What it costs on that day.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub charges: Vec<Charge>,
}

/// A transition was taken.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Moved {
    /// The transition.
    pub transition: Id,
    /// What it is in law.
    pub act: Act,
    /// The state that was left.
    pub from: Id,
    /// The state that was entered.
    pub to: Id,
    /// Its status on the Portal.
    pub portal_status: PortalStatus,
    /// The term whose end caused it; none when somebody acted.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub expired: Option<Id>,
    /// Reasons in writing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Box<str>>,
    /// Facts that became known with it.
    #[cfg_attr(
        feature = "serde",
        serde(default, with = "super::facts", skip_serializing_if = "Vec::is_empty")
    )]
    pub facts: Vec<(Id, Value)>,
    /// Documents that came with it; in a supplement request, those asked for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub documents: Vec<Received>,
    /// Terms that it started or changed, as they run now.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub terms: Vec<TermState>,
    /// Agencies that were asked.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub consulted: Vec<Consulted>,
    /// What the dossier costs, when that was assessed anew.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub charges: Option<Vec<Charge>>,
    /// The appointment, when it changed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub appointment: Option<Appointment>,
    /// Breaches of service that it brought to light.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub breaches: Vec<Breach>,
    /// The version that governs from now on, fixed at acceptance.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub pinned: Option<Id>,
    /// The code under which the dossier can be looked up.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub code: Option<DossierCode>,
}

/// A dossier moved to another version of its procedure.
///
/// Nothing else of it changes: what was taken, learnt, handed in and paid stays.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Migrated {
    /// The version that it left.
    pub from: Id,
    /// The version that it entered.
    pub version: Id,
    /// The migration of that version which says how.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub by: Option<Id>,
    /// The state in which it arrived.
    pub state: Id,
    /// Its status on the Portal.
    pub portal_status: PortalStatus,
    /// The state from which that one was entered, by its name in this version.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub previous: Option<Id>,
    /// Steps that were taken, and the names under which they count from now on.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub counted: Vec<(Id, Id)>,
    /// The terms that the move changed, days already run carried over.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub terms: Vec<TermState>,
    /// What the dossier costs under it, when that is something else.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub charges: Option<Vec<Charge>>,
    /// The appointment under it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub appointment: Option<Appointment>,
}

/// Something became known without a transition.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Learnt {
    /// Facts.
    #[cfg_attr(
        feature = "serde",
        serde(default, with = "super::facts", skip_serializing_if = "Vec::is_empty")
    )]
    pub facts: Vec<(Id, Value)>,
    /// Documents that came in.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub documents: Vec<Received>,
    /// Terms whose length became known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub terms: Vec<TermState>,
    /// What the dossier costs, when that was assessed anew.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub charges: Option<Vec<Charge>>,
    /// The appointment, when the length of the statutory term became known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub appointment: Option<Appointment>,
}

words! {
    /// How a term stands.
    pub enum Standing as "how a term stands" {
        /// It runs towards its due date.
        Running = "running" ("đang tính", "running"),
        /// It stands still.
        Suspended = "suspended" ("tạm dừng", "suspended"),
        /// It ended.
        Stopped = "stopped" ("đã kết thúc", "stopped"),
        /// Its length is not known.
        Unknown = "unknown" ("chưa xác định", "unknown"),
    }
}

/// A term of one dossier: the clock that runs it and the date that it gives.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct TermState {
    /// The term of the procedure.
    pub term: Id,
    /// How it stands.
    pub standing: Standing,
    /// The clock that runs it.
    pub clock: Clock,
    /// When it ends; none while it is suspended or unknown.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due: Option<Due>,
    /// True when it keeps the length of an earlier version, to its end.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "core::ops::Not::not"))]
    pub is_kept: bool,
}

/// A consultation of one dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Consulted {
    /// The consultation of the procedure.
    pub consultation: Id,
    /// When the agency was asked.
    pub at: Moment,
    /// When it must have answered; none when its term is not known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due: Option<Due>,
    /// What came of it; none while the agency may still answer.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub outcome: Option<ConsultationOutcome>,
}

/// What came of a consultation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum ConsultationOutcome {
    /// The agency answered.
    Answered(Opinion),
    /// It was silent, with this meaning.
    Silent(Silence),
}

impl ConsultationOutcome {
    /// Returns true when the office may go on: an answer came, or silence was consent.
    #[must_use]
    pub const fn settles(self) -> bool {
        matches!(self, Self::Answered(_) | Self::Silent(Silence::Consent))
    }
}

/// A fee of one dossier.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Charge {
    /// The fee of the procedure, or `financial-obligation`.
    pub fee: Id,
    /// The item of the tariff.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub item: Option<Id>,
    /// What the payer owes in all; none when that is not known.
    pub payer: Option<Dong>,
    /// What the budget pays instead of the payer.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub subsidy: Option<Dong>,
    /// Why the amount is not known.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub why: Option<Why>,
    /// What was paid so far.
    pub paid: Dong,
}

impl Charge {
    /// Returns true when nothing is left to pay.
    ///
    /// Where the schedule that was read has no amount, the receipt that names
    /// one settles it. An amount that only hangs on facts is not settled
    /// before they are known.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        match self.payer {
            Some(payer) => payer <= self.paid,
            None => {
                let is_receipted = self.paid > Dong::ZERO;
                is_receipted && matches!(self.why, Some(Why::NoTariff | Why::UnknownBase))
            }
        }
    }
}

/// The day on which the applicant was told to come (ngày hẹn trả kết quả).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Appointment {
    /// The day on the slip: the due date of the statutory term as it ran last.
    pub original: Due,
    /// The day that an apology named instead.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub renewed: Option<NaiveDate>,
}

/// A breach of service; it never blocks the work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize, serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub struct Breach {
    /// What was breached, such as `supplement-notice-late` or `second-supplement`.
    pub rule: Id,
    /// When it came to light.
    pub at: Moment,
    /// The moment that was missed, where there is one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub due: Option<Moment>,
}
