//! A transition as it happens in a caseload: who does it, how often, how long it takes.

use alloc::vec::Vec;

use crate::calendar::Weekday;
use crate::definition::fact::Value;
use crate::definition::{Act, Channel, PortalStatus, StateIdx, Target, TransitionIdx};
use crate::id::Id;
use crate::simulate::random::Distribution;
use crate::simulate::scenario::Basis;

/// A step of a case that happens.
#[derive(Clone, Debug)]
pub(crate) struct StepModel {
    pub(crate) at: TransitionIdx,
    pub(crate) name: Id,
    pub(crate) role: Id,
    pub(crate) act: Act,
    pub(crate) to: Target,
    pub(crate) performer: Performer,
    /// How often it is taken, in the states that are not named apart and in those that are.
    pub(crate) share: Share,
    pub(crate) apart: Vec<(StateIdx, Share)>,
    /// How often one dossier may take it.
    pub(crate) at_most: u16,
    /// Needs the answers of every agency that was asked, or every fee.
    pub(crate) needs_answers: bool,
    pub(crate) needs_payment: bool,
    /// Does something to a term.
    pub(crate) moves_clocks: bool,
    /// The states in which it happens; empty for all from which it leads.
    pub(crate) states: Vec<StateIdx>,
    /// The days on which it can begin; empty for every day.
    pub(crate) days: Vec<Weekday>,
    /// How many dossiers are taken together.
    pub(crate) batch: u16,
    /// Trips of the applicant to the office, for each channel of the case.
    pub(crate) visits: [u8; Channel::ALL.len()],
    /// What becomes of facts.
    pub(crate) sets: Vec<(Id, Value)>,
    /// True when the papers are complete after it.
    pub(crate) completes: bool,
}

impl StepModel {
    /// Returns the trips of an applicant who filed by this channel of the case.
    #[inline]
    pub(crate) fn trips(&self, channel: usize) -> u8 {
        self.visits.get(channel).copied().unwrap_or(0)
    }

    /// Returns how often it is taken in a state.
    #[inline]
    pub(crate) fn share(&self, state: StateIdx) -> Share {
        let apart = self.apart.iter().find(|it| it.0 == state);
        apart.map_or(self.share, |it| it.1)
    }

    /// Returns which step comes in a state when no chance decides: the one of the highest rank; none where a chance does.
    ///
    /// A dossier without its papers is sent back for them. One that has them is
    /// sent back only where nothing else can come, as when what they say is found wanting.
    #[inline]
    pub(crate) fn rank(&self, state: StateIdx, is_complete: bool) -> Option<u8> {
        match (self.act == Act::RequestSupplement, is_complete) {
            (true, false) => Some(2),
            _ if self.share(state) != Share::Rest => None,
            (true, true) => Some(0),
            (false, _) => Some(1),
        }
    }
}

/// Who does a step, and how long it takes.
#[derive(Clone, Debug)]
pub(crate) enum Performer {
    /// Officers of a pool, by its position among all pools.
    Pool(usize, Distribution),
    /// Somebody outside, or the system: it takes its time and nobody's work.
    Outside(Option<Distribution>, Basis),
}

/// How often a step is taken where it is possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Share {
    /// Whenever nothing else is.
    Rest,
    /// With this chance, and with another once it was taken.
    Chance {
        /// The first time.
        first: f64,
        /// Afterwards.
        again: f64,
    },
}

impl Share {
    /// Returns the chance after so many times, or none for the rest.
    #[inline]
    pub(crate) const fn after(self, times: u16) -> Option<f64> {
        match self {
            Self::Rest => None,
            Self::Chance { first, .. } if times == 0 => Some(first),
            Self::Chance { again, .. } => Some(again),
        }
    }
}

/// How a state stands on the Portal, as far as a caseload asks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct StateModel {
    pub(crate) name: Id,
    pub(crate) is_settled: bool,
    pub(crate) is_terminal: bool,
    /// The result has been returned.
    pub(crate) is_returned: bool,
}

impl StateModel {
    pub(crate) const fn new(name: Id, status: PortalStatus) -> Self {
        Self {
            name,
            is_settled: status.is_settled(),
            is_terminal: status.is_terminal(),
            is_returned: status.is_returned(),
        }
    }
}
