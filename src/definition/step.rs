//! The graph of a procedure: who acts, in which states, by which transitions.

use alloc::vec::Vec;

use super::accessors::accessors;
use super::guard::Guard;
use super::paper::Form;
use super::table::{LawIdx, ResultIdx, RoleIdx, Set, StateIdx, TermIdx, TransitionIdx};
use super::words::{Act, Beyond, ClockEffect, PortalStatus, Requirement, Waiting};
use crate::clock::Limit;
use crate::read::{Maybe, Remarks};
use crate::text::{Lang, Text};

/// A capacity in which somebody acts (vai trò).
#[derive(Clone, Debug)]
pub struct Role {
    pub(crate) name: Text,
}

impl Role {
    accessors! {
        /// Returns the name.
        name: Text,
    }
}

/// A state of the dossier (trạng thái).
#[derive(Clone, Debug)]
pub struct State {
    pub(crate) name: Text,
    pub(crate) role: Option<RoleIdx>,
    pub(crate) waits_for: Option<Waiting>,
    pub(crate) portal_status: PortalStatus,
    pub(crate) budget: Option<Maybe<Limit>>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl State {
    accessors! {
        /// Returns the name for people.
        name: Text,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns who has the dossier on the desk.
    #[must_use]
    pub const fn role(&self) -> Option<RoleIdx> {
        self.role
    }

    /// Returns whom it waits for outside the office.
    #[must_use]
    pub const fn waits_for(&self) -> Option<Waiting> {
        self.waits_for
    }

    /// Returns the status on the Portal.
    #[must_use]
    pub const fn portal_status(&self) -> PortalStatus {
        self.portal_status
    }

    /// Returns how long the step may take inside the office.
    #[must_use]
    pub const fn budget(&self) -> Option<&Maybe<Limit>> {
        self.budget.as_ref()
    }
}

/// Where a transition leads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "a step leads onward, back or nowhere")]
pub enum Target {
    /// To a state.
    State(StateIdx),
    /// Back to the state from which the present one was entered.
    Previous,
    /// Nowhere: the dossier stays where it is.
    Same,
}

/// A step from one state to another.
#[derive(Clone, Debug)]
pub struct Transition {
    pub(crate) name: Option<Text>,
    pub(crate) act: Act,
    pub(crate) from: Set,
    pub(crate) to: Target,
    pub(crate) by: Set,
    pub(crate) when: Option<Guard>,
    pub(crate) needs: Vec<Requirement>,
    pub(crate) not_by_who_did: Vec<TransitionIdx>,
    pub(crate) at_most: Option<u8>,
    pub(crate) beyond: Beyond,
    pub(crate) within: Vec<TermIdx>,
    pub(crate) clock: Vec<(TermIdx, ClockEffect)>,
    // INVARIANT: the terms that `act` starts, those that it stops.
    pub(crate) starts: Vec<TermIdx>,
    pub(crate) stops: Vec<TermIdx>,
    pub(crate) result: Option<ResultIdx>,
    pub(crate) form: Option<Maybe<Form>>,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Transition {
    accessors! {
        /// Returns the conditions beside the guard.
        needs: [Requirement],
        /// Returns the transitions whose actors may not take this one (four eyes).
        not_by_who_did: [TransitionIdx],
        /// Returns the terms after whose end taking it is a breach of service.
        within: [TermIdx],
        /// Returns its effects on running terms.
        clock: [(TermIdx, ClockEffect)],
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the name for people, or that of the act.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        self.name.as_ref().map_or_else(|| self.act.label(lang), |it| it.get(lang))
    }

    /// Returns what it is in law.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }

    /// Returns the states that it leaves.
    pub fn from(&self) -> impl Iterator<Item = StateIdx> + use<> {
        self.from.iter()
    }

    /// Returns where it leads.
    #[must_use]
    pub const fn to(&self) -> Target {
        self.to
    }

    /// Returns true when it leads to a state whatever was before.
    #[must_use]
    pub fn leads_to(&self, state: StateIdx) -> bool {
        self.to == Target::State(state)
    }

    /// Returns the roles that may take it.
    pub fn by(&self) -> impl Iterator<Item = RoleIdx> + use<> {
        self.by.iter()
    }

    /// Returns its guard.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns how often it may be taken in one dossier.
    #[must_use]
    pub const fn at_most(&self) -> Option<u8> {
        self.at_most
    }

    /// Returns what happens beyond that.
    #[must_use]
    pub const fn beyond(&self) -> Beyond {
        self.beyond
    }

    /// Returns the result that it issues.
    #[must_use]
    pub const fn result(&self) -> Option<ResultIdx> {
        self.result
    }

    /// Returns the form that it uses, where that is known.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        self.form.as_ref().and_then(Maybe::known)
    }
}
