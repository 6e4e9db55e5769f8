//! A procedure as the rest of the library uses it: every name resolved, every
//! guard compiled.
//!
//! A `Procedure` that exists is well-formed; whether it is sensible is for the
//! verifier to say. Nothing here can be changed after loading.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::accessors::accessors;
use super::choice::{Choice, Waiver};
use super::compliance::{Activity, Change, Compliance, Report};
use super::fact::{Fact, Facts};
use super::migration::Migration;
use super::paper::{Database, Document, Outcome};
use super::part::{Part, PartKind};
use super::step::{Role, State, Transition};
use super::table::{
    ActivityIdx, ChangeIdx, ChoiceIdx, ConsultationIdx, DatabaseIdx, DocumentIdx, FeeIdx, LawIdx,
    MigrationIdx, Position, ReportIdx, ResultIdx, RoleIdx, StateIdx, Table, TermIdx, TransitionIdx,
    WaiverIdx,
};
use super::term::{Consultation, Fee, Term};
use super::words::{Act, Channel, Level, Pinning, ServiceLevel, Status};
use crate::calendar::policy::Policies;
use crate::id::{Fingerprint, Id};
use crate::law::{Citation, Interval};
use crate::read::{Maybe, Remarks};
use crate::source::Span;
use crate::text::Text;

/// One version of an administrative procedure (thủ tục hành chính).
#[derive(Clone, Debug)]
pub struct Procedure {
    pub(crate) id: Id,
    pub(crate) code: Option<Maybe<Box<str>>>,
    pub(crate) version: Id,
    // What its own text says, where the version of a life cycle names it anew.
    pub(crate) own_version: Id,
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
    pub(crate) choices: Table<ChoiceIdx, Choice>,
    pub(crate) fees: Table<FeeIdx, Fee>,
    pub(crate) compliance: Compliance,
    pub(crate) activities: Table<ActivityIdx, Activity>,
    pub(crate) reports: Table<ReportIdx, Report>,
    pub(crate) changes: Table<ChangeIdx, Change>,
    // The parts of another version in whose place each part stands.
    pub(crate) replaced: Vec<(Part, Vec<Part>)>,
    pub(crate) waivers: Table<WaiverIdx, Waiver>,
    pub(crate) migrations: Table<MigrationIdx, Migration>,
    pub(crate) filing: TransitionIdx,
    // Of the lead of a bundle: what follows by itself from how its parts stand.
    pub(crate) followed: Vec<TransitionIdx>,
    // Of a part of a bundle: it is opened when its case is, however late, so its days have no end.
    pub(crate) is_part: bool,
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
        /// Returns the choices between transitions that exclude each other.
        choices: Table<ChoiceIdx, Choice>,
        /// Returns the fees.
        fees: Table<FeeIdx, Fee>,
        /// Returns who complies, and what the typical case is.
        compliance: Compliance,
        /// Returns the work of compliance that the definition states itself.
        activities: Table<ActivityIdx, Activity>,
        /// Returns the reports that are owed.
        reports: Table<ReportIdx, Report>,
        /// Returns the applications that are meant to be decided otherwise than before.
        changes: Table<ChangeIdx, Change>,
        /// Returns the findings that are accepted.
        waivers: Table<WaiverIdx, Waiver>,
        /// Returns how open dossiers of earlier versions pass to this one.
        migrations: Table<MigrationIdx, Migration>,
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

    /// Returns the roles that may file, in the order of declaration.
    pub fn filers(&self) -> impl Iterator<Item = RoleIdx> {
        self.transitions.get(self.filing).into_iter().flat_map(Transition::by)
    }

    /// Returns the role of the applicant (người nộp hồ sơ) among those that may file.
    ///
    /// An office may file for him, yet it has dossiers on the desk, and it is
    /// not the office that withdraws. Where that does not tell, names do.
    #[must_use]
    pub fn applicant(&self) -> Option<RoleIdx> {
        let works = |role| self.states.iter().any(|(_, _, it)| it.role() == Some(role));
        let owns = |role| {
            let own = |it: &Transition| {
                matches!(it.act(), Act::Supplement | Act::Withdraw) && it.by.contains(role)
            };
            self.transitions.iter().any(|(_, _, it)| own(it))
        };
        self.filers().min_by_key(|&it| (works(it), !owns(it), self.roles.name(it)))
    }

    /// Returns the term whose end brings a transition by itself.
    #[must_use]
    pub fn brought_by(&self, transition: TransitionIdx) -> Option<&Term> {
        let mut terms = self.terms.iter().map(|(_, _, it)| it);
        terms.find(|it| it.expires() == Some(transition))
    }

    /// Returns the transitions that follow by themselves from how the parts of a bundle stand.
    ///
    /// Only the lead of a bundle has any.
    #[must_use]
    pub fn followed(&self) -> &[TransitionIdx] {
        &self.followed
    }

    /// Returns the transitions that leave a state, in the order of declaration.
    pub fn leaving(
        &self,
        state: StateIdx,
    ) -> impl Iterator<Item = (TransitionIdx, Id, &Transition)> {
        self.transitions.iter().filter(move |(_, _, it)| it.from.contains(state))
    }

    /// Returns true when nothing can follow a state: Portal status 3, 8 or 10.
    pub(crate) fn is_end(&self, state: StateIdx) -> bool {
        self.states.get(state).is_none_or(|it| it.portal_status().is_terminal())
    }

    /// Returns the parts of the version before in whose place a part stands (`replaces`).
    #[must_use]
    pub fn replaced(&self, part: &Part) -> &[Part] {
        self.replaced.iter().find(|(it, _)| it == part).map_or(&[], |(_, it)| it)
    }

    /// Returns where a part was written, by its table and name.
    #[must_use]
    pub fn span_of(&self, part: &Part) -> Option<Span> {
        fn find<P: Position, T>(table: &Table<P, T>, name: &Id) -> Option<Span> {
            table.find(name).and_then(|(at, _)| table.span(at))
        }
        let name = part.name();
        match part.kind() {
            PartKind::Law => find(&self.laws, name),
            PartKind::Fact => {
                self.facts.position(name).and_then(|it| self.facts.fact(it)).map(Fact::span)
            }
            PartKind::Role => find(&self.roles, name),
            PartKind::Database => find(&self.databases, name),
            PartKind::Document => find(&self.documents, name),
            PartKind::Result => find(&self.results, name),
            PartKind::Term => find(&self.terms, name),
            PartKind::Consultation => find(&self.consultations, name),
            PartKind::State => find(&self.states, name),
            PartKind::Transition => find(&self.transitions, name),
            PartKind::Choice => find(&self.choices, name),
            PartKind::Fee => find(&self.fees, name),
            PartKind::Activity => find(&self.activities, name),
            PartKind::Report => find(&self.reports, name),
            PartKind::Change => find(&self.changes, name),
            PartKind::Waiver => find(&self.waivers, name),
            PartKind::Migration => find(&self.migrations, name),
        }
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
