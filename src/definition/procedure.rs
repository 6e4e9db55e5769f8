//! A procedure as the rest of the library uses it: every name resolved, every
//! guard compiled.
//!
//! A `Procedure` that exists is well-formed; whether it is sensible is for the
//! verifier to say. Nothing here can be changed after loading.

use alloc::boxed::Box;
use alloc::vec::Vec;

use chrono::NaiveTime;

use super::fact::Facts;
use super::guard::Guard;
use super::table::{
    ConsultationIdx, DatabaseIdx, DocumentIdx, FeeIdx, LawIdx, ResultIdx, RoleIdx, Set, StateIdx,
    Table, TermIdx, TransitionIdx,
};
use super::words::{
    Act, Beyond, Channel, ClockEffect, Level, Pinning, PortalStatus, Requirement, ServiceLevel,
    Silence, Status, Waiting,
};
use crate::clock::{Length, Limit, Policies};
use crate::id::{Fingerprint, Id};
use crate::law::{Citation, Interval};
use crate::read::{Maybe, Remarks};
use crate::source::Span;
use crate::text::Text;

/// Declares accessors that borrow.
macro_rules! accessors {
    ($($(#[$meta:meta])* $field:ident : $ty:ty),+ $(,)?) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $field(&self) -> &$ty {
            &self.$field
        }
    )+};
}

/// One version of an administrative procedure (thủ tục hành chính).
#[derive(Clone, Debug)]
pub struct Procedure {
    pub(crate) id: Id,
    pub(crate) code: Option<Maybe<Box<str>>>,
    pub(crate) version: Id,
    pub(crate) name: Text,
    pub(crate) field: Option<Text>,
    pub(crate) authority: Level,
    pub(crate) service_level: Maybe<ServiceLevel>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) effective: Interval,
    pub(crate) status: Status,
    pub(crate) pinned: Pinning,
    pub(crate) published: Option<Maybe<Box<str>>>,
    pub(crate) subjects: Option<Text>,
    pub(crate) remarks: Remarks,
    pub(crate) policies: Policies,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) laws: Table<LawIdx, Citation>,
    pub(crate) facts: Facts,
    pub(crate) roles: Table<RoleIdx, Role>,
    pub(crate) databases: Table<DatabaseIdx, Database>,
    pub(crate) documents: Table<DocumentIdx, Document>,
    pub(crate) results: Table<ResultIdx, Outcome>,
    pub(crate) terms: Table<TermIdx, Term>,
    pub(crate) consultations: Table<ConsultationIdx, Consultation>,
    pub(crate) states: Table<StateIdx, State>,
    pub(crate) transitions: Table<TransitionIdx, Transition>,
    pub(crate) fees: Table<FeeIdx, Fee>,
    pub(crate) filing: TransitionIdx,
    pub(crate) text: Box<str>,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) span: Span,
}

impl Procedure {
    accessors! {
        /// Returns the name that all versions share.
        id: Id,
        /// Returns the version, which is unique among those of one id.
        version: Id,
        /// Returns the official name.
        name: Text,
        /// Returns the days on which this version may be filed under.
        effective: Interval,
        /// Returns the ways of filing.
        channels: [Channel],
        /// Returns the digest of the canonical print, inherited parts included.
        fingerprint: Fingerprint,
        /// Returns the readings of the law that this procedure fixes.
        policies: Policies,
        /// Returns the facts that guards may ask for.
        facts: Facts,
        /// Returns the citations.
        laws: Table<LawIdx, Citation>,
        /// Returns the roles.
        roles: Table<RoleIdx, Role>,
        /// Returns the shared databases.
        databases: Table<DatabaseIdx, Database>,
        /// Returns the documents (thành phần hồ sơ).
        documents: Table<DocumentIdx, Document>,
        /// Returns the results (kết quả).
        results: Table<ResultIdx, Outcome>,
        /// Returns the terms (thời hạn).
        terms: Table<TermIdx, Term>,
        /// Returns the consultations (lấy ý kiến).
        consultations: Table<ConsultationIdx, Consultation>,
        /// Returns the states.
        states: Table<StateIdx, State>,
        /// Returns the transitions.
        transitions: Table<TransitionIdx, Transition>,
        /// Returns the fees.
        fees: Table<FeeIdx, Fee>,
        /// Returns what was assumed and noted of the procedure as a whole.
        remarks: Remarks,
        /// Returns the service level, or why it is not known.
        service_level: Maybe<ServiceLevel>,
    }

    /// Returns the national code, such as `1.013225`, or why it is not known.
    #[must_use]
    pub const fn code(&self) -> Option<&Maybe<Box<str>>> {
        self.code.as_ref()
    }

    /// Returns the field of administration (lĩnh vực).
    #[must_use]
    pub const fn field(&self) -> Option<&Text> {
        self.field.as_ref()
    }

    /// Returns the level of the competent authority.
    #[must_use]
    pub const fn authority(&self) -> Level {
        self.authority
    }

    /// Returns whether the definition is law.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Returns which version governs an open dossier.
    #[must_use]
    pub const fn pinned(&self) -> Pinning {
        self.pinned
    }

    /// Returns the decision that published the procedure.
    #[must_use]
    pub const fn published(&self) -> Option<&Maybe<Box<str>>> {
        self.published.as_ref()
    }

    /// Returns who may apply.
    #[must_use]
    pub const fn subjects(&self) -> Option<&Text> {
        self.subjects.as_ref()
    }

    /// Returns the citations on which the procedure as a whole rests.
    pub fn law(&self) -> impl Iterator<Item = &Citation> {
        self.cited(&self.law)
    }

    /// Returns the citations at positions of this procedure.
    pub fn cited(&self, law: &[LawIdx]) -> impl Iterator<Item = &Citation> {
        law.iter().filter_map(|&at| self.laws.get(at))
    }

    /// Returns the canonical text of this version, inherited parts included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the transition that files a dossier.
    #[must_use]
    pub const fn filing(&self) -> TransitionIdx {
        self.filing
    }

    /// Returns the transitions that leave a state, in the order of declaration.
    pub fn leaving(
        &self,
        state: StateIdx,
    ) -> impl Iterator<Item = (TransitionIdx, Id, &Transition)> {
        self.transitions.iter().filter(move |(_, _, it)| it.from.contains(state))
    }

    /// Returns where the head was written.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}

/// Two procedures are equal when they say the same, wherever they were written.
impl PartialEq for Procedure {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Procedure {}

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

/// A shared database that can answer for a document.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) name: Text,
    pub(crate) law: Vec<LawIdx>,
}

impl Database {
    accessors! {
        /// Returns the name.
        name: Text,
        /// Returns the legal basis.
        law: [LawIdx],
    }
}

/// A part of the dossier (thành phần hồ sơ).
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) name: Text,
    pub(crate) form: Option<Form>,
    pub(crate) originals: u8,
    pub(crate) copies: u8,
    pub(crate) presented: bool,
    pub(crate) signed: Vec<Channel>,
    pub(crate) when: Option<Guard>,
    pub(crate) replaced_by: Vec<DatabaseIdx>,
    pub(crate) law: Vec<LawIdx>,
}

impl Document {
    accessors! {
        /// Returns the official name.
        name: Text,
        /// Returns the shared databases that can answer instead.
        replaced_by: [DatabaseIdx],
        /// Returns the channels on which the applicant signs it.
        signed: [Channel],
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns the form on which it is written.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }

    /// Returns the number of originals to hand in.
    #[must_use]
    pub const fn originals(&self) -> u8 {
        self.originals
    }

    /// Returns the number of copies to hand in.
    #[must_use]
    pub const fn copies(&self) -> u8 {
        self.copies
    }

    /// Returns true when it is only shown and given back.
    #[must_use]
    pub const fn presented(&self) -> bool {
        self.presented
    }

    /// Returns the condition under which it is asked for.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }
}

/// A form, addressed by instrument and number, since numbers change meaning.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Form {
    pub(crate) instrument: LawIdx,
    pub(crate) number: Box<str>,
}

impl Form {
    accessors! {
        /// Returns the number inside the instrument.
        number: str,
    }

    /// Returns the instrument that issues the form.
    #[must_use]
    pub const fn instrument(&self) -> LawIdx {
        self.instrument
    }
}

/// What the applicant receives in the end (kết quả).
#[derive(Clone, Debug)]
pub struct Outcome {
    pub(crate) name: Text,
    pub(crate) code: Option<Maybe<Box<str>>>,
    pub(crate) valid_for: Option<Maybe<Limit>>,
    pub(crate) law: Vec<LawIdx>,
}

impl Outcome {
    accessors! {
        /// Returns the official name.
        name: Text,
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns the code of the result on the Portal.
    #[must_use]
    pub const fn code(&self) -> Option<&Maybe<Box<str>>> {
        self.code.as_ref()
    }

    /// Returns how long it is valid.
    #[must_use]
    pub const fn valid_for(&self) -> Option<&Maybe<Limit>> {
        self.valid_for.as_ref()
    }
}

/// A term (thời hạn): how long, from which act, and what its end brings.
#[derive(Clone, Debug)]
pub struct Term {
    pub(crate) name: Option<Text>,
    pub(crate) when: Option<Guard>,
    pub(crate) limit: Maybe<Length>,
    pub(crate) cases: Vec<Case>,
    pub(crate) starts: Vec<Act>,
    pub(crate) stops: Vec<Act>,
    pub(crate) expires: Option<TransitionIdx>,
    pub(crate) extension: Option<Extension>,
    pub(crate) cut_off: Option<NaiveTime>,
    pub(crate) policies: Policies,
    pub(crate) law: Vec<LawIdx>,
    pub(crate) remarks: Remarks,
}

impl Term {
    accessors! {
        /// Returns the length, or why it is not known.
        limit: Maybe<Length>,
        /// Returns the lengths that the law sets for some dossiers, the first that holds wins.
        cases: [Case],
        /// Returns the acts that start it.
        starts: [Act],
        /// Returns the acts that stop it, beside the end of the dossier.
        stops: [Act],
        /// Returns the readings of the law that this term fixes, over the procedure's.
        policies: Policies,
        /// Returns the legal basis.
        law: [LawIdx],
        /// Returns what was assumed and noted.
        remarks: Remarks,
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the condition under which it runs at all.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns the transition that happens by itself when the term ends.
    #[must_use]
    pub const fn expires(&self) -> Option<TransitionIdx> {
        self.expires
    }

    /// Returns by how much it may be prolonged.
    #[must_use]
    pub const fn extension(&self) -> Option<Extension> {
        self.extension
    }

    /// Returns the time of day after which reception counts otherwise; 15:00 when not said.
    #[must_use]
    pub const fn cut_off(&self) -> Option<NaiveTime> {
        self.cut_off
    }
}

/// A length that holds under a condition.
#[derive(Clone, Debug)]
pub struct Case {
    pub(crate) when: Guard,
    pub(crate) limit: Maybe<Length>,
    pub(crate) law: Vec<LawIdx>,
}

impl Case {
    accessors! {
        /// Returns the condition.
        when: Guard,
        /// Returns the length.
        limit: Maybe<Length>,
        /// Returns the legal basis.
        law: [LawIdx],
    }
}

/// By how much, and how often, a term may be prolonged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Extension {
    pub(crate) by: Limit,
    pub(crate) at_most: u8,
}

impl Extension {
    /// Returns the length of one extension.
    #[must_use]
    pub const fn by(&self) -> Limit {
        self.by
    }

    /// Returns how many extensions there may be.
    #[must_use]
    pub const fn at_most(&self) -> u8 {
        self.at_most
    }
}

/// A question to another agency (lấy ý kiến).
#[derive(Clone, Debug)]
pub struct Consultation {
    pub(crate) name: Text,
    pub(crate) when: Option<Guard>,
    pub(crate) limit: Maybe<Length>,
    pub(crate) silence: Silence,
    pub(crate) law: Vec<LawIdx>,
}

impl Consultation {
    accessors! {
        /// Returns the name of the agency.
        name: Text,
        /// Returns how long the agency has.
        limit: Maybe<Length>,
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns the condition under which the agency is asked.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns what silence means.
    #[must_use]
    pub const fn silence(&self) -> Silence {
        self.silence
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
    pub(crate) form: Option<Form>,
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
    pub fn name(&self, lang: crate::text::Lang) -> &str {
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

    /// Returns the form that it uses.
    #[must_use]
    pub const fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }
}

/// A fee that a tariff prices (phí, lệ phí).
#[derive(Clone, Debug)]
pub struct Fee {
    pub(crate) name: Option<Text>,
    pub(crate) item: Id,
    pub(crate) when: Option<Guard>,
    pub(crate) quantity: Option<super::fact::FactIdx>,
    pub(crate) due_before: Option<TransitionIdx>,
    pub(crate) law: Vec<LawIdx>,
}

impl Fee {
    accessors! {
        /// Returns the item of the tariff.
        item: Id,
        /// Returns the legal basis.
        law: [LawIdx],
    }

    /// Returns the name for people.
    #[must_use]
    pub const fn name(&self) -> Option<&Text> {
        self.name.as_ref()
    }

    /// Returns the condition under which it is charged.
    #[must_use]
    pub const fn when(&self) -> Option<&Guard> {
        self.when.as_ref()
    }

    /// Returns the fact that counts the units.
    #[must_use]
    pub const fn quantity(&self) -> Option<super::fact::FactIdx> {
        self.quantity
    }

    /// Returns the transition before which it must be settled.
    #[must_use]
    pub const fn due_before(&self) -> Option<TransitionIdx> {
        self.due_before
    }
}
